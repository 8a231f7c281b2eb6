"""Collecting through a folder: the whole way, over several nights, with readers that leave early."""

import dataclasses
import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from scrapers.archive import Archive
from scrapers.article import Article
from scrapers.collect import Choice, Collected, Collector, SourceNight, collect, plan_links
from scrapers.errors import ArchiveError, FrontierError, PageError
from scrapers.frontier import Frontier
from scrapers.hosts import gather_at_once
from scrapers.issues import Issue, IssueKind
from scrapers.local import FolderDoor
from scrapers.reread import read_archive
from scrapers.source import load_source
from scrapers.state import State
from scrapers.visits import Visits

NIGHT = datetime(2024, 3, 19, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SOURCE = """
name = "Alfa"
home = "https://alfa.example/"
feeds = ["https://alfa.example/feed.xml"]
licence = "own"
reliability = "invented"
{more}
[transport]
folder = "pages"
"""


def parse(page, source):
    """Read the least of a page: `<title>|canonical|body`; what has no bar is no article."""
    text = page.body.decode()
    if "|" not in text:
        raise PageError(f"{page.url}: no article")
    title, canonical, body = text.split("|")
    return Article(page.url, canonical or page.url, title, body, published=date(2024, 3, 18), source=source.id)


class Paper:
    """A paper in a folder, and what collects it night after night."""

    def __init__(self, root, more=""):
        self.folder = root / "sources" / "alfa"
        (self.folder / "pages").mkdir(parents=True)
        (self.folder / "source.toml").write_text(SOURCE.format(more=more))
        self.state = State(root / "frontier.db")
        self.frontier = Frontier(self.state)
        self.archive = Archive(root / "archive")

    def print(self, **pages):
        links = "".join(f"<item><link>https://alfa.example/{name}.html</link></item>" for name in pages)
        feed = f"<rss version='2.0'><channel><title>Alfa</title>{links}</channel></rss>"
        (self.folder / "pages" / "feed.xml").write_text(feed)
        for name, text in pages.items():
            if text is not None:
                (self.folder / "pages" / f"{name}.html").write_text(text)

    def collector(self, now, **changes):
        return Collector(
            **{
                "doors": lambda source: FolderDoor(source, now=now),
                "parse": parse,
                "archive": self.archive,
                "frontier": self.frontier,
                "visits": Visits(self.state),
                "now": now,
                **changes,
            }
        )

    def collect(self, now=NIGHT, **changes):
        return collect([load_source(self.folder)], self.collector(now, **changes))

    def night(self, now=NIGHT, **changes):
        """Collect and store everything; return titles, issues and the night's counts."""
        titles, issues, nights = [], [], []
        for piece in self.collect(now, **changes):
            if isinstance(piece, Collected):
                titles.append(piece.article.title)
                self.frontier.mark_done(piece.link, now=now)
            elif isinstance(piece, SourceNight):
                nights.append(piece)
            else:
                issues.append(piece)
        [night] = nights
        return titles, issues, night


@pytest.fixture
def paper(tmp_path):
    made = Paper(tmp_path)
    yield made
    made.state.close()


def test_the_second_night_brings_only_what_is_new(paper):
    paper.print(a="A||la a", b="B||la b")
    assert paper.night() == (["A", "B"], [], SourceNight("alfa", 2, new=2))
    assert paper.night() == ([], [], SourceNight("alfa", 2))
    paper.print(a="A||la a", b="B2||la b, corretta", c="C||la c")
    titles, issues, night = paper.night(NIGHT + DAY)
    assert sorted(titles) == ["B2", "C"]
    assert (issues, night) == ([], SourceNight("alfa", 3, new=2, unchanged=1))
    assert len(paper.archive.entries()) == 4  # the first version of b is kept
    assert paper.night(NIGHT + 2 * DAY) == ([], [], SourceNight("alfa", 3, unchanged=1))  # c, for the first time


def test_what_the_reader_did_not_store_comes_again_from_the_archive(paper):
    paper.print(a="A||la a", b="B||la b", c="C||la c")
    pieces = paper.collect()
    first = next(pieces)
    paper.frontier.mark_done(first.link, now=NIGHT)
    next(pieces)
    pieces.close()
    for page in (paper.folder / "pages").glob("?.html"):
        page.unlink()
    titles, issues, _ = paper.night(NIGHT + timedelta(hours=1))
    archived = len(paper.archive.entries())
    assert "A" not in titles
    assert "B" in titles
    assert len(titles) == archived - 1
    assert [issue.kind for issue in issues] == [IssueKind.GONE] * (3 - archived)


def test_everything_is_read_again_from_the_archive_after_start_over(paper):
    paper.print(a="A||la a", b="B||la b")
    paper.night()
    (paper.folder / "pages" / "a.html").unlink()
    assert paper.frontier.start_over() == 2
    assert paper.night()[0] == ["A", "B"]


def test_a_page_without_an_article_is_an_issue_and_is_tried_again(paper):
    paper.print(a="A||la a", b="galleria")
    titles, issues, night = paper.night()
    assert titles == ["A"]
    assert issues == [
        Issue("alfa", IssueKind.PAGE, "https://alfa.example/b.html: no article", "https://alfa.example/b.html")
    ]
    assert not issues[0].alarm
    assert night == SourceNight("alfa", 2, new=1, failed=1)
    assert paper.night()[:2] == ([], [])  # not twice in a night
    assert [issue.kind for issue in paper.night(NIGHT + DAY)[1]] == [IssueKind.PAGE]
    paper.print(a="A||la a", b="B||ora sì")
    assert paper.night(NIGHT + 4 * DAY)[0] == ["B"]


def test_a_parser_that_breaks_costs_one_page_and_not_the_night(paper):
    def broken(page, source):
        return {"a": 1}[page.body.decode()[:1].lower()] and parse(page, source)

    paper.print(a="A||la a", b="B||la b")
    titles, [issue], _ = paper.night(parse=broken)
    assert titles == ["A"]
    assert (issue.kind, issue.alarm) == (IssueKind.PARSER, True)
    assert "KeyError: 'b' (broken, line " in issue.message
    assert paper.night(parse=broken)[:2] == ([], [])
    assert paper.night(NIGHT + DAY)[0] == ["B"]


def test_a_source_whose_folder_is_gone_is_an_alarm_and_no_crash(paper):
    paper.print(a="A||la a")
    (paper.folder / "pages").rename(paper.folder / "altrove")
    titles, issues, _ = paper.night()
    assert titles == []
    assert [issue.kind for issue in issues] == [IssueKind.SOURCE, IssueKind.DRIFT]


def test_a_missing_page_is_an_issue_and_the_rest_goes_on(paper):
    paper.print(a=None, b="B||la b")
    titles, issues, _ = paper.night()
    assert titles == ["B"]
    assert [(issue.kind, issue.url) for issue in issues] == [(IssueKind.GONE, "https://alfa.example/a.html")]


ZERO = [  # (pages, min_articles, alarm)
    ({}, 1, "no links found"),
    ({"a": "galleria", "b": "galleria"}, 1, "2 links, but no article could be read"),
    ({"a": "galleria", "b": "B||la b"}, 2, "1 articles, fewer than min_articles = 2"),
    ({"a": "A||la a", "b": "B||la b"}, 2, None),
]


@pytest.mark.parametrize(("pages", "minimum", "alarm"), ZERO)
def test_an_empty_night_is_never_a_good_one(tmp_path, pages, minimum, alarm):
    paper = Paper(tmp_path, f"min_articles = {minimum}")
    paper.print(**pages)
    for hours in (0, 1, 24, 48):  # also on nights on which the failed pages are not due
        issues = paper.night(NIGHT + timedelta(hours=hours))[1]
        drift = [issue.message for issue in issues if issue.kind is IssueKind.DRIFT]
        assert drift == ([alarm] if alarm else [])
    paper.state.close()


def test_a_feed_that_is_no_feed_is_an_alarm(paper):
    paper.print(a="A||la a")
    (paper.folder / "pages" / "feed.xml").write_text("<html><body>Manutenzione</body></html>")
    titles, issues, _ = paper.night()
    assert titles == []
    assert [issue.kind for issue in issues] == [IssueKind.FEED, IssueKind.DRIFT]
    assert all(issue.alarm for issue in issues)


def test_a_variant_of_a_known_article_is_not_given_twice(paper):
    paper.print(copia="A|https://alfa.example/a.html|la a", a="A||la a", sola="S|https://alfa.example/s.html|la s")
    titles, _, night = paper.night()
    assert titles == ["A", "S"]
    assert night.variants == 1
    assert paper.night(NIGHT)[0] == []


def test_a_false_canonical_address_makes_no_two_articles_one(paper):
    section = "https://alfa.example/economia"
    paper.print(a=f"A|{section}|la a", b=f"B|{section}|la b", c=f"A|{section}|la a, per il telefono")
    addresses = {}
    for piece in paper.collect():
        if isinstance(piece, Collected):
            addresses[piece.article.title] = piece.article.canonical_url
            paper.frontier.mark_done(piece.link, now=NIGHT)
    assert addresses == {"A": section, "B": "https://alfa.example/b.html"}
    rebuilt = read_archive(paper.archive.entries(), paper.collector(NIGHT), {})
    assert {piece.article.title: piece.article.canonical_url for piece in rebuilt} in (
        addresses,
        {"A": "https://alfa.example/a.html", "B": section},  # pages of one second have no order
        {"A": "https://alfa.example/c.html", "B": section},
    )


def test_limit_and_since(tmp_path):
    paper = Paper(tmp_path)
    paper.print(a="A||la a", b="B||la b")
    feed = paper.folder / "pages" / "feed.xml"
    feed.write_text(
        feed.read_text().replace("a.html</link>", "a.html</link><pubDate>Sun, 17 Mar 2024 09:00:00 GMT</pubDate>")
    )
    assert paper.night(choice=Choice(since=date(2024, 3, 18)))[0] == ["B"]
    assert paper.night(choice=Choice(since=date(2024, 3, 17), limit=0))[0] == []
    assert paper.night(choice=Choice(since=date(2024, 3, 17), limit=1))[0] == ["A"]
    paper.state.close()


def test_old_links_are_taken_only_when_asked_for(tmp_path):
    paper = Paper(tmp_path, "days = 2")
    paper.print(a="A||la a")
    feed = paper.folder / "pages" / "feed.xml"
    dated = "</link><pubDate>Sat, 16 Mar 2024 09:00:00 GMT</pubDate></item>"
    feed.write_text(feed.read_text().replace("</link></item>", dated))
    assert paper.night()[0] == []
    assert paper.night(choice=Choice(since=date(2024, 3, 17)))[0] == []
    assert paper.night(choice=Choice(since=date(2024, 3, 16)))[0] == ["A"]  # though the feed did not change
    paper.state.close()


def test_a_dry_run_notes_nothing(paper):
    paper.print(a="A||la a", b="B||la b")
    source = load_source(paper.folder)
    for _ in range(2):
        links, issues = plan_links(source, paper.collector(NIGHT, choice=Choice(limit=5)))
        assert [link.url for link in links] == ["https://alfa.example/a.html", "https://alfa.example/b.html"]
        assert issues == ()
    assert paper.archive.entries() == ()
    assert paper.night()[0] == ["A", "B"]
    assert plan_links(source, paper.collector(NIGHT)) == ((), ())


def test_a_damaged_archive_file_is_an_alarm_and_the_rest_goes_on(paper):
    paper.print(a="A||la a", b="B||la b")
    list(paper.collect())
    [path, _] = sorted((paper.archive.folder).rglob("*.gz"))
    path.write_bytes(b"damage")
    titles, issues, _ = paper.night()
    assert len(titles) == 1
    assert [issue.kind for issue in issues] == [IssueKind.ARCHIVE]


def test_an_archive_that_cannot_be_written_stops_the_run(tmp_path):
    paper = Paper(tmp_path)
    paper.print(a="A||la a")
    (tmp_path / "archive").write_text("a file")
    with pytest.raises(ArchiveError):
        list(paper.collect())
    paper.state.close()


def test_a_frontier_that_fails_stops_the_run(tmp_path):
    paper = Paper(tmp_path)
    paper.print(a="A||la a")
    paper.state.close()
    with pytest.raises(FrontierError):
        list(paper.collect())


def test_many_hosts_each_in_order():
    active, most, lock = set(), [0], threading.Lock()

    def gather(visit):
        with lock:
            active.add(visit)
            most[0] = max(most[0], len(active))
        yield from ((visit, number) for number in range(50))
        with lock:
            active.discard(visit)

    pieces = list(gather_at_once(range(7), gather, hosts=3, stop=threading.Event()))
    assert len(pieces) == 350
    assert most[0] <= 3
    for visit in range(7):
        assert [number for who, number in pieces if who == visit] == list(range(50))


def test_an_error_in_a_thread_is_raised_and_leaving_early_ends_all():
    def gather(visit):
        yield visit
        if visit == 1:
            raise FrontierError("disk full")
        yield visit

    with pytest.raises(FrontierError, match="disk full"):
        list(gather_at_once([0, 1, 2], gather, hosts=2, stop=threading.Event()))
    stop = threading.Event()
    pieces = gather_at_once([0], lambda _: iter(range(10_000)), hosts=1, stop=stop)
    next(pieces)
    pieces.close()
    assert stop.is_set()


def test_collected_is_a_value(paper):
    paper.print(a="A||la a")
    [collected, _] = list(paper.collect())
    assert collected.source == collected.article.source == "alfa"
    assert collected.fetched_at == NIGHT
    assert paper.archive.read_page(collected.archive_key).page.url == collected.link.url
    with pytest.raises(dataclasses.FrozenInstanceError):
        collected.source = "beta"
