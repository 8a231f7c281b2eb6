"""Collecting, drawn: from source.toml to Articles, one at a time, in an order that survives a kill -9.

```
source.toml           source.py
  | find_links        discover.py, feeds.py     feeds, sitemaps, listing pages -> Link
  | due_links         frontier.py               which of them are to be read tonight
  | fetch             http.py or local.py       Link -> Page; hosts at once, one request at a time for each
  | save_page         archive.py                the page as it came, before anybody reads it
  | parse             pages.py                  Page -> Article
  v yield Collected   the reader stores it, then says frontier.mark_done(collected.link)
```

What the reader does not mark as done is given again by the next run, from the archive, without the network: nothing is
lost, and since storing twice is storing once, nothing is there twice.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from scrapers.archive import Archive
from scrapers.article import Article, Link, Page
from scrapers.discover import NO_MEMORY, Memory, find_links
from scrapers.door import NOT_MODIFIED, Door, Want
from scrapers.drift import WINDOW_DAYS, find_drift
from scrapers.errors import ArchiveError, GoneError, HostError, PageError, ScrapeError, SourceError
from scrapers.feeds import ROME
from scrapers.frontier import Frontier, Pending, Reading
from scrapers.hosts import gather_at_once
from scrapers.issues import Issue, IssueKind, issue_of_page
from scrapers.links import identity_of
from scrapers.parsing import Parse, read_article, settle_claim
from scrapers.source import Source
from scrapers.visits import Visit, Visits, visit_of_page


@dataclass(frozen=True, slots=True)
class Collected:
    """An article to be stored; then `frontier.mark_done(collected.link, now=...)`."""

    source: str
    link: Link
    article: Article
    archive_key: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class SourceNight:
    """What became of a source's links in this run."""

    source: str
    links: int  # on offer
    new: int = 0  # articles given to the reader
    unchanged: int = 0
    failed: int = 0
    variants: int = 0  # AMP, mobile or print copies of an article that is collected anyway


Result = Collected | Issue | SourceNight


@dataclass(frozen=True, slots=True)
class Choice:
    """Which links of a source are read in this run."""

    limit: int | None = None  # of each source
    since: date | None = None  # links whose feed says an older day wait for another run


EVERYTHING = Choice()


@dataclass(frozen=True, slots=True)
class Collector:
    """What collecting needs; one of it serves all sources of a run."""

    doors: Callable[[Source], Door]
    parse: Parse
    archive: Archive
    frontier: Frontier
    visits: Visits
    now: datetime  # the run's; the night is its day in Rome
    hosts: int = 4  # at once
    choice: Choice = EVERYTHING
    stop: threading.Event = field(default_factory=threading.Event)  # set: leave at the next request

    @property
    def day(self) -> date:
        """The night that this run belongs to."""
        return self.now.astimezone(ROME).date()

    def oldest(self, source: Source) -> date:
        """Return the day from which on links are taken; --since may reach further back than the source's own limit.

        It never takes fewer: what a feed says today and is not noted today may not be said again.
        """
        limit = self.day - timedelta(days=source.days)
        return min(limit, self.choice.since or limit)


def collect(sources: Iterable[Source], collector: Collector) -> Iterator[Result]:
    """Yield the articles of `sources` as they come, the issues, and a SourceNight when a source is through.

    Articles of one source come in the order of its links; sources of several hosts come mixed. Raises ArchiveError
    and FrontierError. Close the iterator to stop early: what was fetched stays archived.
    """
    counts: dict[str, _Counts] = {}
    groups = _by_host(sources)
    gather = partial(_gather_group, collector=collector)
    for piece in gather_at_once(groups, gather, hosts=collector.hosts, stop=collector.stop):
        count = counts.setdefault(piece.source if isinstance(piece, Issue) else piece.source.id, _Counts())
        if isinstance(piece, _Fetched):
            yield from _read(piece, count, collector)
        elif isinstance(piece, _Through):
            yield from _close_night(piece, count, collector)
        else:
            yield piece


def find_offered(source: Source, collector: Collector) -> tuple[tuple[Link, ...], tuple[Issue, ...]]:
    """Return all links that `source` offers now, and what went wrong; feeds are fetched, nothing is noted."""
    memory = Memory(visit_of=NO_MEMORY.visit_of, all_known=_memory(source, collector).all_known)
    with closing(collector.doors(source)) as door:
        found = find_links(source, door=door, oldest=collector.oldest(source), memory=memory)
    return tuple({link.url: link for links in found.links.values() for link in links}.values()), tuple(found.issues)


def plan_links(source: Source, collector: Collector) -> tuple[tuple[Link, ...], tuple[Issue, ...]]:
    """Return the links that a run would fetch now, and what went wrong; feeds are fetched, nothing is noted."""
    offered, issues = find_offered(source, collector)
    states = collector.frontier.states_of(offered)
    unknown = [link for link, state in zip(offered, states, strict=True) if state is None]
    due = collector.frontier.due_links(source.id, now=collector.now, recheck=source.recheck)
    links = [pending.link for pending in due if pending.archive_key is None] + unknown
    return tuple(_chosen(links, collector.choice)), issues


@dataclass(frozen=True, slots=True)
class _Fetched:
    source: Source
    link: Link
    key: str
    page: Page


@dataclass(frozen=True, slots=True)
class _Through:
    source: Source
    unchanged: int
    failed: int


@dataclass(slots=True)
class _Counts:
    new: int = 0
    variants: int = 0
    failed: int = 0


_Piece = _Fetched | _Through | Issue


def _by_host(sources: Iterable[Source]) -> list[list[Source]]:
    groups: dict[str, list[Source]] = {}
    for source in sources:
        groups.setdefault(source.host, []).append(source)
    return list(groups.values())


def _gather_group(group: list[Source], collector: Collector) -> Iterator[_Piece]:
    for source in group:
        yield from _gather(source, collector)


def _gather(source: Source, collector: Collector) -> Iterator[_Piece]:
    """Yield what one source brings; runs in its host's thread."""
    unchanged = failed = 0
    if collector.stop.is_set():
        return
    try:
        opened = collector.doors(source)
    except SourceError as error:
        yield Issue(source.id, IssueKind.SOURCE, str(error))
        yield _Through(source, 0, 0)
        return
    with closing(opened) as door:
        try:
            yield from _discover(source, door, collector)
            for pending in _due(source, collector):
                if collector.stop.is_set():
                    return
                piece = _bring(pending, source, door, collector)
                unchanged += piece is None
                failed += isinstance(piece, Issue)
                if piece is not None:
                    yield piece
        except HostError as error:
            yield Issue(source.id, IssueKind.HOST, str(error))
    yield _Through(source, unchanged, failed)


def _discover(source: Source, door: Door, collector: Collector) -> tuple[Issue, ...]:
    frontier, visits, now = collector.frontier, collector.visits, collector.now
    found = find_links(source, door=door, oldest=collector.oldest(source), memory=_memory(source, collector))
    with frontier.state.transaction():
        for url, links in found.links.items():
            frontier.save_links(links, now=now, feed=url)
        for url in found.unchanged:
            frontier.keep_links(source.id, feed=url, now=now)
        for url, visit in found.visits.items():
            visits.save_visit(url, visit, now=now)
    return tuple(found.issues)


def _memory(source: Source, collector: Collector) -> Memory:
    """Return what is known of earlier nights; nothing, where --since reaches further back than they did."""
    frontier, usual = collector.frontier, collector.day - timedelta(days=source.days)
    if collector.oldest(source) < usual:
        return NO_MEMORY
    return Memory(collector.visits.read_visit, all_known=lambda links: None not in frontier.states_of(links))


def _due(source: Source, collector: Collector) -> list[Pending]:
    due = collector.frontier.due_links(source.id, now=collector.now, recheck=source.recheck)
    chosen = set(_chosen([pending.link for pending in due], collector.choice))
    return [pending for pending in due if pending.link in chosen]


def _chosen(links: list[Link], choice: Choice) -> list[Link]:
    since = choice.since
    recent = [link for link in links if since is None or link.published is None or link.published >= since]
    return recent[: choice.limit]


def _bring(pending: Pending, source: Source, door: Door, collector: Collector) -> _Fetched | Issue | None:
    """Return the page of a link, from the archive where it lies there already; None where it did not change."""
    link, frontier, now = pending.link, collector.frontier, collector.now
    try:
        if pending.archive_key is not None:
            return _Fetched(source, link, pending.archive_key, collector.archive.read_page(pending.archive_key).page)
        return _fetch(pending, source, door, collector)
    except HostError:
        raise
    except GoneError as error:
        frontier.mark_gone(link, str(error)) if error.for_ever else frontier.mark_failed(link, str(error), now=now)
        return Issue(source.id, IssueKind.GONE, str(error), link.url)
    except ScrapeError as error:
        frontier.mark_failed(link, str(error), now=now)
        return Issue(source.id, IssueKind.LINK, str(error), link.url)
    except ArchiveError as error:
        if pending.archive_key is None:
            raise
        frontier.mark_failed(link, str(error), now=now)
        return Issue(source.id, IssueKind.ARCHIVE, str(error), link.url)


def _fetch(pending: Pending, source: Source, door: Door, collector: Collector) -> _Fetched | None:
    visits, frontier, now, link = collector.visits, collector.frontier, collector.now, pending.link
    before = visits.read_visit(link.url) if pending.stored else Visit()  # what was never stored is fetched whole
    page = door.fetch(link.url, want=Want.PAGE, visit=before)
    after = visit_of_page(page)
    if page.status == NOT_MODIFIED or (before.digest and after.digest == before.digest):
        frontier.mark_unchanged(link, now=now)
        return None
    key = collector.archive.save_page(page, source=source.id)
    with frontier.state.transaction():
        frontier.mark_archived(link, key, now=now)
        visits.save_visit(link.url, after, now=now)
    return _Fetched(source, link, key, page)


def _read(fetched: _Fetched, count: _Counts, collector: Collector) -> Iterator[Collected | Issue]:
    link, frontier = fetched.link, collector.frontier
    try:
        article = read_article(fetched.page, fetched.source, collector.parse)
    except PageError as error:
        count.failed += 1
        frontier.mark_failed(link, str(error), now=collector.now)
        yield issue_of_page(fetched.source.id, error, link.url)
        return
    settled = settle_canonical(article, link, frontier)
    if settled is None:
        count.variants += 1
        frontier.mark_done(link, now=collector.now)
        return
    count.new += 1
    frontier.save_reading(Reading(link, len(settled.body), settled.published is not None), day=collector.day)
    yield Collected(fetched.source.id, link, settled, fetched.key, fetched.page.fetched_at)


def settle_canonical(article: Article, link: Link, frontier: Frontier) -> Article | None:
    """Return None for another rendering of an article that comes anyway, and see through false claims."""
    canonical = article.canonical_url
    if identity_of(canonical) == identity_of(link.url):
        return article
    [state] = frontier.states_of((Link(canonical, link.source),))
    if state in ("seen", "fetched", "unchanged"):
        return None
    return settle_claim(article, frontier.save_claim(link, canonical, title=article.title))


def _close_night(through: _Through, count: _Counts, collector: Collector) -> Iterator[Issue | SourceNight]:
    source, frontier = through.source, collector.frontier
    offered, readable = frontier.count_offered(source.id, now=collector.now)
    frontier.save_night(source.id, collector.day, links=offered)
    nights = frontier.read_nights(source.id, since=collector.day - timedelta(days=WINDOW_DAYS))
    history = [night for night in nights if night.day < collector.day]
    [tonight] = [night for night in nights if night.day == collector.day]
    yield from find_drift(source.id, tonight, history, readable=readable, minimum=source.min_articles)
    failed = through.failed + count.failed
    yield SourceNight(source.id, offered, count.new, through.unchanged, failed, count.variants)
