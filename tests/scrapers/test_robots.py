"""robots.txt of every kind, pure and against a server."""

from datetime import timedelta

import pytest

from scrapers.door import Want
from scrapers.errors import HostError, ScrapeError
from scrapers.robots import parse_robots
from scrapers.visits import RobotsFile, Visit
from tests.scrapers.server import NOON, Visitor, in_turn, page, raw, redirect, status

RULES = [  # (status, robots.txt, path, allowed)
    (200, b"", "/a", True),
    (200, b"User-agent: *\nDisallow: /", "/a", False),
    (200, b"User-agent: *\nDisallow:", "/a", True),
    (200, b"User-agent: *\nDisallow: /privato/", "/a", True),
    (200, b"User-agent: *\nDisallow: /privato/", "/privato/a", False),
    (200, b"User-agent: *\nDisallow: /\nAllow: /economia", "/economia/a", True),
    (200, b"User-agent: *\nAllow: /\nDisallow: /*.pdf$", "/a.pdf", False),
    (200, b"User-agent: *\nAllow: /\nDisallow: /*.pdf$", "/a.pdf?b", True),
    (200, b"User-agent: Affari\nDisallow: /\n\nUser-agent: *\nDisallow:", "/a", False),
    (200, b"User-agent: affari\nDisallow: /b\n\nUser-agent: *\nDisallow: /", "/a", True),
    (200, b"User-agent: GPTBot\nDisallow: /", "/a", True),
    (200, b"User-agent: GPTBot\nUser-agent: Affari\nDisallow: /", "/a", False),
    (200, b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /", "/a", False),
    (200, b"User-agent: *\rDisallow: /", "/a", False),
    (200, "User-agent: *\nDisallow: /società".encode(), "/societ%C3%A0", False),
    (200, b"User-agent: *\nDisallow: /\xff\n", "/a", True),
    (200, b"<html><body>Non trovato</body></html>", "/a", True),
    (200, b"\0\1\2" * 999, "/a", True),
    (200, b"# " + b"x" * 600_000 + b"\nUser-agent: *\nDisallow: /", "/a", True),
    (401, b"User-agent: *\nDisallow: /", "/a", True),
    (403, b"", "/a", True),
    (404, b"", "/a", True),
    (410, b"", "/a", True),
    (429, b"", "/a", False),
    (500, b"", "/a", False),
    (503, b"User-agent: *\nDisallow:", "/a", False),
    (0, b"", "/a", False),
]


@pytest.mark.parametrize(("code", "body", "path", "allowed"), RULES)
def test_rules(code, body, path, allowed):
    assert parse_robots(RobotsFile(code, body)).allow(f"https://www.alfa.it{path}") is allowed


DELAYS = [
    (b"User-agent: *\nCrawl-delay: 7", 7.0),
    (b"User-agent: *\nCrawl-delay: 0.5", 0.5),
    (b"User-agent: Affari\nCrawl-delay: 3\n\nUser-agent: *\nCrawl-delay: 9", 3.0),
    (b"User-agent: *\nCrawl-delay: presto", 0.0),
    (b"User-agent: *\nCrawl-delay: -1", 0.0),
    (b"", 0.0),
]


@pytest.mark.parametrize(("body", "delay"), DELAYS)
def test_crawl_delay(body, delay):
    assert parse_robots(RobotsFile(200, body)).delay == delay


def fetch(visitor, server, path):
    return visitor.door.fetch(server.url(path), want=Want.PAGE, visit=Visit())


ANSWERS = [  # (answer for robots.txt, error, words)
    (status(200, b"User-agent: *\nDisallow: /privato"), None, ""),
    (status(200, b"User-agent: *\nDisallow: /a"), ScrapeError, "robots.txt forbids"),
    (status(404), None, ""),
    (status(403), None, ""),
    (status(500), HostError, "stay out"),
    (status(429), HostError, "stay out"),
    (in_turn(status(500), status(200, b"")), None, ""),
    (raw(b""), HostError, "stay out"),
    (redirect("/robots2"), None, ""),
    (redirect("/robots.txt"), HostError, "stay out"),
    (redirect("http://169.254.169.254/robots.txt"), HostError, "stay out"),
    (status(200, b"\x00" * 800_000), None, ""),
    (status(200, b"x", content_type="image/png"), None, ""),
    (status(200, b"User-agent: *\nCrawl-delay: 86400"), HostError, "too slow"),
]


@pytest.mark.parametrize(("answer", "error", "words"), ANSWERS)
def test_answers_for_robots_txt(server, visitor, answer, error, words):
    server.routes.update({"/robots.txt": answer, "/robots2": status(200, b"User-agent: *\nDisallow:"), "/a": page()})
    if error is None:
        assert fetch(visitor, server, "/a").status == 200
        return
    with pytest.raises(error, match=words) as caught:
        fetch(visitor, server, "/a")
    assert type(caught.value) is error
    assert "/a" not in server.paths


def test_robots_txt_is_asked_for_once_a_day(server):
    now = [NOON]
    first = Visitor(server, clock=lambda: now[0])
    second = Visitor(server, clock=lambda: now[0], state=first.state)
    server.routes.update({"/robots.txt": status(200, b"User-agent: *\nDisallow: /privato"), "/a": page()})
    for visitor in (first, first, second):
        fetch(visitor, server, "/a")
    assert [path for path, _ in server.log].count("/robots.txt") == 1
    now[0] += timedelta(hours=24)
    third = Visitor(server, clock=lambda: now[0], state=first.state)
    fetch(third, server, "/a")
    assert [path for path, _ in server.log].count("/robots.txt") == 2
    for visitor in (first, second, third):
        visitor.close()


def test_an_unreachable_robots_txt_is_asked_for_again_by_the_next_run(server):
    first = Visitor(server)
    server.routes.update({"/robots.txt": status(503), "/a": page()})
    with pytest.raises(HostError):
        fetch(first, server, "/a")
    server.routes["/robots.txt"] = status(404)
    second = Visitor(server, state=first.state)
    assert fetch(second, server, "/a").status == 200
    first.close()
    second.close()


def test_crawl_delay_is_waited_for(server, visitor):
    server.routes.update({"/robots.txt": status(200, b"User-agent: *\nCrawl-delay: 30"), "/a": page(), "/b": page()})
    fetch(visitor, server, "/a")
    fetch(visitor, server, "/b")
    assert all(29 < pause <= 30 for pause in visitor.pauses)
    assert len(visitor.pauses) == 2


def test_redirects_obey_the_robots_txt_of_every_hop(server, visitor):
    server.routes.update(
        {"/robots.txt": status(200, b"User-agent: *\nDisallow: /b"), "/a": redirect("/b"), "/b": page()}
    )
    with pytest.raises(ScrapeError, match=r"robots\.txt forbids"):
        fetch(visitor, server, "/a")
    assert server.paths == ["/a"]
