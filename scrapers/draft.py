"""Drafting a source from an address: its feeds and sitemaps found, three articles tried, a source.toml for a person to
finish. Reads the site as politely as a night does.
"""

import re
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from protego import Protego

from scrapers.article import Page
from scrapers.collect import Collector, find_offered
from scrapers.door import Door, Want
from scrapers.errors import FeedError, PageError, ScrapeError, SourceError
from scrapers.examples import write_example
from scrapers.feeds import parse_feed, parse_sitemap
from scrapers.links import canonical_url, site_of
from scrapers.soup import attribute_of, parse_soup
from scrapers.source import ID, SOURCE_FILE, Source, load_source
from scrapers.tree import one_line
from scrapers.visits import Visit

FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
GUESSES = ("/feed/", "/rss", "/rss.xml", "/feed.xml")  # where feeds are when the page names none
EXAMPLES = 3
DRAFT = """\
# Drafted by `affari sources new {url}`; what a person has to say is marked with ???.
name = {name}
home = {home}
feeds = [{feeds}]
sitemaps = [{sitemaps}]
language = {language}
min_articles = 1        # articles that a night has at least
enabled = false         # true once the examples are reviewed (docs/add-a-source.md)
licence = "???"         # what the publisher's terms allow
reliability = "???"     # who writes it, how good it is
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was written, and what did not go well."""

    source: Source
    files: tuple[Path, ...]
    problems: tuple[str, ...]


def draft_source(url: str, root: Path, collector: Collector, *, name: str | None = None, local: bool) -> Draft:
    """Write a new source's folder under `root`; raises SourceError where it exists or nothing is offered."""
    home = canonical_url(url)
    folder = root / (name or re.sub(r"[^a-z0-9]+", "-", site_of(home).rpartition(".")[0] or "source").strip("-"))
    if not ID.fullmatch(folder.name):
        raise SourceError(f"{folder.name!r}: a source's name has small letters, digits and '-'")
    if folder.exists():
        raise SourceError(f"{folder}: exists already; give another --name")
    probe = Source(
        id=folder.name,
        folder=folder,
        name=folder.name,
        home=home,
        feeds=(home,),
        licence="?",
        reliability="?",
        local=local,
    )
    with closing(collector.doors(probe)) as door:
        text = _draft(url, home, door)
    folder.mkdir(parents=True)
    (folder / SOURCE_FILE).write_text(text + ("local = true\n" if local else ""), encoding="utf-8")
    source = load_source(folder)
    examples, problems = _write_examples(source, collector)
    return Draft(source, (folder / SOURCE_FILE, *examples), problems)


def find_feeds(page: Page) -> tuple[str, ...]:
    """Return the addresses of the feeds that a page names in its head."""
    named = parse_soup(page).select('link[rel~="alternate" i][href]')
    feeds = [attribute_of(link, "href") for link in named if attribute_of(link, "type").lower() in FEED_TYPES]
    # comment feeds are offered beside every WordPress feed
    urls = [urljoin(page.url, feed) for feed in feeds if feed and "/comments/" not in feed]
    return tuple(dict.fromkeys(urls))


def _draft(url: str, home: str, door: Door) -> str:
    page = door.fetch(home, want=Want.LISTING, visit=Visit())
    soup = parse_soup(page)
    title = one_line(soup.title.get_text() if soup.title else "") or site_of(home)
    feeds = find_feeds(page) or tuple(urljoin(page.url, guess) for guess in GUESSES)
    feeds = tuple(feed for feed in feeds if _is_feed(feed, door))
    sitemaps = () if feeds else tuple(sitemap for sitemap in _sitemaps(page.url, door) if _is_sitemap(sitemap, door))
    if not (feeds or sitemaps):
        raise SourceError(f"{home}: offers no feed and no sitemap; write a source.toml with [[listings]] by hand")
    quoted = (", ".join(map(_quoted, addresses)) for addresses in (feeds, sitemaps))
    language = (attribute_of(soup.html, "lang") if soup.html else "").partition("-")[0].lower() or "it"
    return DRAFT.format(
        url=url,
        name=_quoted(title),
        home=_quoted(page.url),
        feeds=next(quoted),
        sitemaps=next(quoted),
        language=_quoted(language),
    )


def _sitemaps(home: str, door: Door) -> tuple[str, ...]:
    try:
        robots = door.fetch(urljoin(home, "/robots.txt"), want=Want.ROBOTS, visit=Visit())
    except ScrapeError:
        return (urljoin(home, "/sitemap.xml"),)
    named = tuple(Protego.parse(robots.body.decode("utf-8", "replace")).sitemaps)
    return named or (urljoin(home, "/sitemap.xml"),)


def _is_feed(url: str, door: Door) -> bool:
    try:
        return bool(parse_feed(door.fetch(url, want=Want.FEED, visit=Visit())))
    except (ScrapeError, FeedError):
        return False


def _is_sitemap(url: str, door: Door) -> bool:
    try:
        sitemap = parse_sitemap(door.fetch(url, want=Want.FEED, visit=Visit()))
    except (ScrapeError, FeedError):
        return False
    return bool(sitemap.items or sitemap.sitemaps)


def _write_examples(source: Source, collector: Collector) -> tuple[list[Path], tuple[str, ...]]:
    written: list[Path] = []
    links, issues = find_offered(source, collector)
    problems = [issue.message for issue in issues]
    with closing(collector.doors(source)) as door:
        for link in links[: EXAMPLES * 2]:
            if len(written) == EXAMPLES:
                break
            try:
                page = door.fetch(link.url, want=Want.PAGE, visit=Visit())
                written.append(write_example(source, _file_name(link.url), page, collector.parse))
            except (ScrapeError, PageError) as error:
                problems.append(str(error))
    return written, tuple(problems)


def _file_name(url: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", urlsplit(url).path.lower().rpartition(".html")[0] or urlsplit(url).path.lower())
    return slug.strip("-")[-60:].strip("-") or "page"


def _quoted(text: str) -> str:
    """Write a TOML string."""
    escaped = "".join(char if char.isprintable() else " " for char in text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
