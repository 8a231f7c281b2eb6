"""Which links a source offers: its feeds, sitemaps and listing pages, fetched and filtered.

A feed that did not change (304) offers what it offered. What is to be remembered of a visit is given back and saved
together with the links, never before them: a killed run asks again.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

from scrapers.article import Link, Page
from scrapers.door import NOT_MODIFIED, Door, Want
from scrapers.errors import FeedError, HostError, ScrapeError
from scrapers.feeds import Item, ListingPage, Sitemap, parse_feed, parse_listing, parse_sitemap
from scrapers.issues import Issue, IssueKind
from scrapers.links import canonical_url, same_site
from scrapers.source import Listing, Source
from scrapers.visits import Visit, visit_of_page

T = TypeVar("T")
MAX_SITEMAPS = 30  # of one source in one night
MAX_DEPTH = 2  # an index may name indexes; the protocol forbids it, papers do it


@dataclass(slots=True)
class Discovery:
    """What a source offers tonight."""

    links: dict[str, list[Link]] = field(default_factory=dict)  # by the address of feed, sitemap or listing
    unchanged: list[str] = field(default_factory=list)  # addresses of those that did not change
    issues: list[Issue] = field(default_factory=list)
    visits: dict[str, Visit] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known from earlier nights."""

    visit_of: Callable[[str], Visit]
    all_known: Callable[[Iterable[Link]], bool]  # ends the turning of listing pages


NO_MEMORY = Memory(visit_of=lambda _: Visit(), all_known=lambda _: False)


def find_links(source: Source, *, door: Door, oldest: date, memory: Memory) -> Discovery:
    """Return what `source` offers, as far as it is not known to be older than `oldest`.

    A feed that fails becomes an issue, the others go on.

    Raises HostError where the host does not want us.
    """
    finder = _Finder(source, door, oldest, memory)
    for url in source.feeds:
        finder.take_feed(url)
    finder.take_sitemaps()
    for listing in source.listings:
        finder.turn_pages(listing)
    return finder.found


class _Finder:
    def __init__(self, source: Source, door: Door, oldest: date, memory: Memory) -> None:
        self.source, self.door, self.memory = source, door, memory
        self.oldest = oldest
        self.found = Discovery()

    def take_feed(self, url: str) -> None:
        read = self._read(url, parse_feed, Want.FEED, visit=self.memory.visit_of(url))
        if read is not None:
            page, items = read
            self._take(items, url, page.url)
            self.found.visits[url] = visit_of_page(page)

    def take_sitemaps(self) -> None:
        waiting = [(url, 0) for url in self.source.sitemaps]
        for _ in range(MAX_SITEMAPS):
            if not waiting:
                return
            url, depth = waiting.pop(0)
            sitemap = self._take_sitemap(url)
            if depth < MAX_DEPTH:
                newest_first = sorted(sitemap.sitemaps, key=lambda item: item.published or date.max, reverse=True)
                waiting += [(urljoin(url, item.url), depth + 1) for item in newest_first if self._is_recent(item)]

    def turn_pages(self, listing: Listing) -> None:
        url: str | None = listing.url
        for number in range(1, listing.pages + 1):
            if url is None:
                return
            page = self._take_listing(listing, url)
            fresh = [link for item in page.items if (link := self._link_of(item, url))]
            if not fresh or self.memory.all_known(fresh):
                return
            following = listing.page.format(page=number + 1) if listing.page else page.next
            url = urljoin(url, following) if following else None

    def _take_sitemap(self, url: str) -> Sitemap:
        read = self._read(url, parse_sitemap, Want.FEED, visit=self.memory.visit_of(url))
        if read is None:
            return Sitemap()
        page, sitemap = read
        if not sitemap.sitemaps:  # an index is always asked for whole: what it names may have changed
            self._take(sitemap.items, url, page.url)
            self.found.visits[url] = visit_of_page(page)
        return sitemap

    def _take_listing(self, listing: Listing, url: str) -> ListingPage:
        def parse(page: Page) -> ListingPage:
            return parse_listing(page, links=listing.links, next_selector=listing.next)

        # turning needs what the page says, so it is never asked for conditionally
        read = self._read(url, parse, Want.LISTING, visit=Visit())
        if read is None:
            return ListingPage()
        page, listed = read
        self._take(listed.items, url, page.url)
        return listed

    def _read(self, url: str, parse: Callable[[Page], T], want: Want, *, visit: Visit) -> tuple[Page, T] | None:
        try:
            page = self.door.fetch(url, want=want, visit=visit)
            if page.status == NOT_MODIFIED:
                self.found.unchanged.append(url)
                return None
            return page, parse(page)
        except HostError:
            raise
        except (ScrapeError, FeedError) as error:
            self.found.issues.append(Issue(self.source.id, IssueKind.FEED, str(error), url))
            return None

    def _take(self, items: Iterable[Item], feed: str, base: str) -> None:
        self.found.links[feed] = [link for item in items if (link := self._link_of(item, base))]

    def _link_of(self, item: Item, base: str) -> Link | None:
        """Return the link of an item, None where the source's settings do not want it."""
        try:
            url = canonical_url(item.url, base=base)
        except ScrapeError:  # "mailto:" among the links of a listing; a feed of such items shows as no links at all
            return None
        wanted = same_site(url, self.source.home) and self._is_recent(item) and _is_wanted(url, item, self.source)
        return Link(url, self.source.id, item.title, item.published) if wanted else None

    def _is_recent(self, item: Item) -> bool:
        return item.published is None or item.published >= self.oldest


def _is_wanted(url: str, item: Item, source: Source) -> bool:
    if source.links and not any(re.search(pattern, url) for pattern in source.links):
        return False
    if not source.sections:
        return True
    said = {*(category.casefold() for category in item.categories), *urlsplit(url).path.casefold().split("/")}
    return any(section.casefold() in said for section in source.sections)
