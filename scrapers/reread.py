"""Articles without the network: made anew from the archive, or brought in from folders, JSON lines and WARC files.

Both give what collect.py gives, so that one reader stores all three. What is imported goes into the archive first, as
it came; rebuilding therefore covers it, too.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlsplit

from scrapers.archive import Archived, Entry, read_warc
from scrapers.article import Article, Link, Page
from scrapers.collect import Collected, Collector, settle_canonical
from scrapers.errors import ArchiveError, CollectError, PageError, SourceError
from scrapers.issues import Issue, IssueKind, issue_of_page
from scrapers.links import canonical_url, identity_of, same_site, site_of
from scrapers.parsing import GIVEN, parse_given, read_article, settle_claim
from scrapers.source import ID, Source

IMPORT = "import"  # the source of what no source brought
NO_SITE = f"https://{IMPORT}.invalid/"  # the address of what has none
PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
LINE_SUFFIXES = frozenset({".jsonl", ".ndjson"})
WARC_SUFFIXES = (".warc", ".warc.gz", ".arc", ".arc.gz")
# wget --mirror and browsers: "www.alfa.it/economia/a.html" is an address, "alfa/a.html" is none
HOST_FOLDER = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?", re.IGNORECASE)


def read_archive(
    entries: Sequence[Entry], collector: Collector, sources: Mapping[str, Source]
) -> Iterator[Collected | Issue]:
    """Yield the articles of archived pages, in the order of `entries`, as the parser of today reads them.

    A page that is another rendering (AMP) of one among them is left out, a damaged file is an issue.
    """
    known = {identity_of(entry.url) for entry in entries if entry.url}
    claims: dict[str, dict[str, str]] = {}
    for entry in entries:
        try:
            archived = collector.archive.read_page(entry.key)
            collected = _parsed(archived, collector, sources)
        except ArchiveError as error:
            yield Issue(entry.source or IMPORT, IssueKind.ARCHIVE, str(error), entry.url or None)
        except PageError as error:
            yield issue_of_page(archived.source, error, archived.page.url)
        else:
            settled = _settled(collected.article, known, claims)
            if settled is not None:
                yield replace(collected, article=settled)


def latest_entries(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the last entry of each address, and those that cannot be read: what a reader that has the rest needs.

    Given all of them, it would take the first version of a changed article for a change back.
    """
    latest = {identity_of(entry.url) if entry.url else entry.key: entry for entry in entries}
    return tuple(latest.values())


def read_import(path: Path, collector: Collector, *, source_of: Callable[[str], Source]) -> Iterator[Collected | Issue]:
    """Archive what lies at `path` and yield its articles: a page, a folder of pages, JSON lines, a WARC file.

    `source_of` says by its address whose page it is. What cannot be read is an issue that names it, the rest goes on.
    Raises CollectError where there is nothing to read.
    """
    for page in _pages_at(path):
        if isinstance(page, Issue):
            yield page
            continue
        source = source_of(page.url)
        try:
            collected = _imported(page, source, collector)
        except ArchiveError:
            raise
        except CollectError as error:
            yield issue_of_page(source.id, error, page.url)
            continue
        if collected is not None:
            yield collected


def source_by_site(sources: Sequence[Source]) -> Callable[[str], Source]:
    """Return what finds the source of an address: of its host, else of its site, else a stand-in named for the site.

    Five papers without a folder of their own are five sources of a deal; what has no address is the source "import".
    """

    def find(url: str) -> Source:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        of_host = [each for each in sources if (urlsplit(each.home).hostname or "").removeprefix("www.") == host]
        of_site = [each for each in sources if same_site(each.home, url)]
        return [*of_host, *of_site, unlisted_source(name_of_site(url))][0]

    return find


def name_of_site(url: str) -> str:
    """Return the name of a source for the site of `url`: "altrove.example" is "altrove-example"; "import" for none."""
    name = site_of(url).replace(".", "-")
    return name if ID.fullmatch(name) and not url.startswith(NO_SITE) else IMPORT


def unlisted_source(name: str) -> Source:
    """Return a stand-in for a source without source.toml: what was imported, or a source that is no more."""
    if not ID.fullmatch(name):
        raise SourceError(f"{name!r}: a source's name has small letters, digits and '-'")
    home = f"https://{name}.invalid/"
    return Source(
        id=name, folder=Path(name), name=name, home=home, feeds=(home,), licence="unknown", reliability="unknown"
    )


def _imported(page: Page, source: Source, collector: Collector) -> Collected | None:
    link = Link(canonical_url(page.url), source.id)
    key = collector.archive.save_page(page, source=source.id)
    article = settle_canonical(read_article(page, source, collector.parse), link, collector.frontier)
    collector.frontier.mark_archived(link, key, now=collector.now)
    if article is None:  # another rendering of an article that is there
        collector.frontier.mark_done(link, now=collector.now)
        return None
    return Collected(source.id, link, article, key, page.fetched_at)


def _parsed(archived: Archived, collector: Collector, sources: Mapping[str, Source]) -> Collected:
    source = sources.get(archived.source) or unlisted_source(archived.source or IMPORT)
    article = read_article(archived.page, source, collector.parse)
    link = Link(canonical_url(archived.page.url), source.id)
    return Collected(source.id, link, article, archived.key, archived.page.fetched_at)


def _settled(article: Article, known: set[str], claims: dict[str, dict[str, str]]) -> Article | None:
    """Do with all archived pages what collect.py does with the frontier; `claims`: canonical -> page -> title."""
    own, canonical = identity_of(article.url), identity_of(article.canonical_url)
    if own == canonical:
        return article
    if canonical in known:
        return None
    claimants = claims.setdefault(canonical, {})
    claimants[own] = article.title
    return settle_claim(article, tuple(title for page, title in claimants.items() if page != own))


def _pages_at(path: Path) -> Iterator[Page | Issue]:
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.suffix.lower() in PAGE_SUFFIXES)
        if not files:
            raise CollectError(f"{path}: no {', '.join(sorted(PAGE_SUFFIXES))} in this folder")
        for file in files:
            yield _page_of_file(file, file.relative_to(path))
    elif not path.is_file():
        raise CollectError(f"{path}: no such file or folder")
    elif path.suffix.lower() in LINE_SUFFIXES:
        yield from _pages_of_lines(path)
    elif path.name.lower().endswith(WARC_SUFFIXES):
        yield from read_warc(path)
    elif path.suffix.lower() in PAGE_SUFFIXES:
        yield _page_of_file(path, Path(path.name))
    else:
        raise CollectError(f"{path}: give a folder of pages, .html, .jsonl or .warc(.gz)")


def _page_of_file(file: Path, place: Path) -> Page | Issue:
    try:
        body, changed = file.read_bytes(), file.stat().st_mtime
    except OSError as error:
        return Issue(IMPORT, IssueKind.INPUT, f"{file}: cannot be read: {error.strerror}")
    host, *rest = place.parts
    address = "/".join(rest) if rest and HOST_FOLDER.fullmatch(host) else None
    url = f"https://{host}/{quote(address)}" if address else f"{NO_SITE}{quote(place.as_posix())}"
    return Page(url, body, datetime.fromtimestamp(changed, UTC), headers=(("content-type", "text/html"),))


def _pages_of_lines(path: Path) -> Iterator[Page | Issue]:
    """Yield a page for each line; a line that is none is an issue with its number."""
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _page_of_line(line.strip(), f"{path}, line {number}", changed)
    except OSError as error:
        raise CollectError(f"{path}: cannot be read: {error.strerror}") from error


def _page_of_line(line: bytes, place: str, changed: datetime) -> Page | Issue:
    try:
        given = parse_given(line)
    except PageError as error:
        return Issue(IMPORT, IssueKind.INPUT, f"{place}: {error}")
    if not (given.text or given.html):
        return Issue(IMPORT, IssueKind.INPUT, f"{place}: neither text nor html")
    name = str(given.id) if given.id is not None else hashlib.sha256(line).hexdigest()[:16]
    url = given.url or f"{NO_SITE}{quote(name)}"
    if given.html:
        return Page(url, given.html.encode(), changed, headers=(("content-type", "text/html; charset=utf-8"),))
    return Page(url, line, changed, headers=(("content-type", GIVEN),))
