"""A whole night, with the real parser, at a paper that does everything wrong: what can be had is had, once."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from scrapers.archive import Archive
from scrapers.collect import Collected, Collector, collect
from scrapers.frontier import Frontier
from scrapers.http import Web, WebDoor
from scrapers.issues import Issue, IssueKind
from scrapers.pace import Pace
from scrapers.parsing import parse_source_page
from scrapers.state import State
from scrapers.visits import Visits
from tests.scrapers.server import QUICK, in_turn, page, raw, redirect, resolve, source_of, status

NIGHT = datetime(2024, 3, 19, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
TEXT = "La società Caffè Città di Forlì ha rilevato la Beta di Milano per 12 milioni di euro, perché cercava. "


def article(title, encoding="utf-8"):
    html = f"<html lang='it'><head><title>{title}</title></head><body><h1>{title}</h1><p>{TEXT * 4}</p></body></html>"
    return html.encode(encoding)


ANSWERS = {  # path: (answer of the first nights, title or kind of issue)
    "/good": (page(article("Buono")), "Buono"),
    "/latin": (page(article("Città", "iso-8859-1"), content_type="text/html; charset=utf-8"), "Città"),
    "/cp1252": (page(article("Città «uno»", "cp1252"), content_type="text/html; charset=utf-16"), "Città «uno»"),
    "/later": (in_turn(status(500), status(502), page(article("Più tardi"))), "Più tardi"),
    "/chain": (redirect("/chain2"), "Catena"),
    "/chain2": (page(article("Catena")), None),
    "/missing": (status(404), IssueKind.GONE),
    "/gone": (status(410), IssueKind.GONE),
    "/login": (status(401), IssueKind.LINK),
    "/loop": (redirect("/loop"), IssueKind.LINK),
    "/inside": (redirect("http://169.254.169.254/latest/meta-data/"), IssueKind.LINK),
    "/cut": (raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n<html>"), IssueKind.LINK),
    "/picture": (status(200, b"\xff\xd8\xff", content_type="image/jpeg"), IssueKind.LINK),
    "/disguised": (status(200, b"\xff\xd8\xff\xe0" + b"\0" * 99), IssueKind.PAGE),
    "/empty": (page(""), IssueKind.PAGE),
    "/gallery": (page("<html><title>Le foto</title></html>"), IssueKind.PAGE),
}


@pytest.fixture
def night(server, tmp_path):
    """Give a function that collects a night; it returns titles and kinds of issues by path."""
    state = State(tmp_path / "frontier.db")
    links = "".join(f"<item><link>{path}</link></item>" for path in ANSWERS if path != "/chain2")
    server.routes["/feed"] = page(f"<rss version='2.0'><channel>{links}</channel></rss>", content_type="text/xml")
    server.routes.update({path: answer for path, (answer, _) in ANSWERS.items()})

    def run(now):
        web = Web(QUICK, Visits(state), Pace(wait=lambda _: None), clock=lambda: now, resolve=resolve)
        frontier = Frontier(state)
        collector = Collector(
            doors=lambda source: WebDoor(source, web),
            parse=parse_source_page,
            archive=Archive(tmp_path / "archive"),
            frontier=frontier,
            visits=Visits(state),
            now=now,
        )
        found = {}
        for piece in collect([source_of(server, min_articles=3)], collector):
            if isinstance(piece, Collected):
                found[piece.link.url.removeprefix(server.url(""))] = piece.article.title
                assert "perché cercava" in piece.article.body
                frontier.mark_done(piece.link, now=now)
            elif isinstance(piece, Issue):
                found[(piece.url or "drift").removeprefix(server.url(""))] = piece.kind
        return found

    yield run
    state.close()


def test_a_paper_that_does_everything_wrong(server, night):
    assert night(NIGHT) == {path: expected for path, (_, expected) in ANSWERS.items() if expected}
    asked = Counter(server.paths)
    assert max(asked.values()) == 3  # the one that answered at the third try
    assert night(NIGHT) == {}
    assert Counter(server.paths) - asked == Counter(["/feed"])  # nothing twice in a night
    server.routes["/cut"] = page(article("Intero"))
    server.log.clear()
    found = night(NIGHT + DAY)
    assert found.pop("/cut") == "Intero"
    assert "/gone" not in server.paths
    assert {path: kind for path, (_, kind) in ANSWERS.items() if isinstance(kind, IssueKind)} == found | {
        "/gone": IssueKind.GONE,
        "/cut": IssueKind.LINK,
    }
