"""What feeds, sitemaps and listing pages offer: bytes in, items out. Pure; fetches nothing, follows nothing.

RSS, Atom, RSS 1.0 and JSON Feed; sitemaps, news sitemaps and their indexes, also gzipped; listing pages. Nothing found
is `()`; what cannot be read as what it should be is a FeedError. Documents that declare entities are refused: no feed
needs them, bombs and readers of local files do.
"""

import html
import io
import json
import re
from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import feedparser
from lxml import etree

from scrapers.article import Page
from scrapers.decoding import decode_gzip_file
from scrapers.errors import FeedError, PageError, ScrapeError
from scrapers.soup import attribute_of, parse_soup
from scrapers.tree import one_line

ROME = ZoneInfo("Europe/Rome")
MAX_BYTES = 50_000_000  # of a sitemap after decompression; the sitemap protocol's own limit
MAX_ITEMS = 50_000
# "<!ENTITY a 'b'>" yes, "&lt;!ENTITY" no
ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """What a feed says of one article. `url` may be relative to the feed's own address."""

    url: str
    title: str | None = None
    published: date | None = None  # in Rome
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap's items, or the sitemaps that an index names, each with its last change."""

    items: tuple[Item, ...] = ()
    sitemaps: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class ListingPage:
    """The links of one listing page and the address of the next one."""

    items: tuple[Item, ...] = ()
    next: str | None = None


def parse_feed(page: Page) -> tuple[Item, ...]:
    """Return the items of an RSS, Atom, RSS 1.0 or JSON feed, in its order.

    Raises FeedError for anything else, e.g. the HTML of an error page. Broken XML gives the items that can be read.
    """
    body = page.body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if body.startswith(b"{"):
        return tuple(_json_items(body, page.url))
    _refuse_entities(body, page.url)
    headers = {"content-type": dict(page.headers).get("content-type", "application/xml")}
    parsed = feedparser.parse(
        io.BytesIO(body), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
    )
    if not parsed.get("version") and not parsed.entries:
        raise FeedError(f"{page.url}: is no feed: it begins {body[:40].decode('utf-8', 'replace')!r}")
    return tuple(_feed_item(entry) for entry in parsed.entries[:MAX_ITEMS] if _address_of(entry))


def parse_sitemap(page: Page) -> Sitemap:
    """Return what a sitemap or sitemap index names, in its order; raises FeedError for anything else."""
    try:
        body = decode_gzip_file(page.body, limit=MAX_BYTES)
    except ScrapeError as error:
        raise FeedError(f"{page.url}: {error}") from error
    _refuse_entities(body, page.url)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(body.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FeedError(f"{page.url}: is no sitemap: {error}") from error
    kind = None if root is None else _local_name(root)
    if root is None or kind not in ("urlset", "sitemapindex"):
        raise FeedError(f"{page.url}: is no sitemap but {kind or 'nothing'}")
    items = tuple(_sitemap_items(root))
    return Sitemap(items=items) if kind == "urlset" else Sitemap(sitemaps=items)


def parse_listing(page: Page, *, links: str, next_selector: str | None = None) -> ListingPage:
    """Return the links of a listing page that match `links`, in reading order, and the address of the next page."""
    try:
        soup = parse_soup(page)
    except PageError as error:
        raise FeedError(f"{page.url}: is no listing: {error}") from error
    wanted = re.compile(links)
    titles: dict[str, str] = {}
    for anchor in soup.find_all("a", href=True, limit=MAX_ITEMS):
        url = attribute_of(anchor, "href")
        if url and wanted.search(url):
            titles[url] = titles.get(url) or one_line(anchor.get_text())
    turns = soup.select(next_selector) if next_selector else []
    following = next((url for turn in turns if (url := attribute_of(turn, "href"))), None)
    return ListingPage(tuple(Item(url, title or None) for url, title in titles.items()), following)


def parse_moment(text: str | None) -> date | None:
    """Return the day in Rome of a W3C date-time ("2024-03-19T23:30:00Z" is the 20th); None for anything else."""
    try:
        moment = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=ROME)).astimezone(ROME).date()


def _refuse_entities(body: bytes, url: str) -> None:
    # UTF-16 and UTF-32 write NULs between the letters
    if ENTITY.search(body) or ENTITY.search(body.replace(b"\0", b"")):
        raise FeedError(f"{url}: declares entities; no feed needs them")


def _feed_item(entry: feedparser.FeedParserDict) -> Item:
    # feedparser's own get would give the one for the other, with a warning
    moment = dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")
    categories = tuple(tag["term"] for tag in entry.get("tags", ()) if tag.get("term"))
    # "Alfa <b>e</b> Beta" loses its tags, "utili < attese" nothing
    title = re.sub(r"</?[a-z][^<>]*>", "", html.unescape(entry.get("title", ""))).strip()
    return Item(_address_of(entry), title or None, None if moment is None else _rome_day(moment), categories)


def _address_of(entry: feedparser.FeedParserDict) -> str:
    return str(entry.get("feedburner_origlink") or entry.get("link") or "").strip()


def _rome_day(moment: object) -> date | None:
    try:
        return datetime.fromtimestamp(timegm(moment), UTC).astimezone(ROME).date()  # type: ignore[arg-type]
    except (ValueError, OverflowError, OSError):  # a year of 0 or 99999
        return None


def _json_items(body: bytes, url: str) -> Iterator[Item]:
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise FeedError(f"{url}: is no JSON feed: {error}") from error
    if "jsonfeed.org" not in str(feed.get("version", "")) or not isinstance(feed.get("items"), list):
        raise FeedError(f"{url}: is JSON, but no JSON feed")
    for item in feed["items"][:MAX_ITEMS]:
        address = item.get("url") or item.get("external_url") if isinstance(item, dict) else None
        if isinstance(address, str):
            tags = item.get("tags")
            yield Item(
                address,
                str(item["title"]) if item.get("title") else None,
                parse_moment(str(item.get("date_published", ""))),
                tuple(str(tag) for tag in tags) if isinstance(tags, list) else (),
            )


def _sitemap_items(root: etree._Element) -> Iterator[Item]:
    for entry in list(root)[:MAX_ITEMS]:
        said = {_local_name(part): (part.text or "").strip() for part in entry.iter(tag=etree.Element)}
        if said.get("loc"):
            moment = said.get("publication_date") or said.get("lastmod")
            yield Item(said["loc"], said.get("title") or None, parse_moment(moment))


def _local_name(element: etree._Element) -> str:
    # lxml's QName refuses the names that broken documents have: "n-ews:news"
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]
