"""The only door to the network, against a real server that misbehaves."""

import gzip
import time
import zlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scrapers.door import Want
from scrapers.errors import GoneError, HostError, LaterError, ScrapeError
from scrapers.http import WebDoor
from scrapers.visits import Visit, visit_of_page
from tests.scrapers.server import NOON, QUICK, Server, Visitor, in_turn, page, raw, redirect, send, source_of, status

HTML = b"<html><body><p>La Alfa ha rilevato la Beta.</p></body></html>"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def fetch(visitor, server, path, *, want=Want.PAGE, visit=None):
    return visitor.door.fetch(server.url(path), want=want, visit=visit or Visit())


def test_a_page_comes_with_what_was_asked_and_answered(server, visitor):
    server.routes["/a"] = page(HTML, etag='"7"', last_modified="Tue, 19 Mar 2024 08:00:00 GMT", set_cookie="chi=7")
    got = fetch(visitor, server, "/a")
    assert (got.url, got.body, got.status, got.fetched_at) == (server.url("/a"), HTML, 200, NOON)
    assert dict(got.headers)["content-type"] == "text/html"
    assert dict(got.asked)["User-Agent"] == "Affari/0.1 (+prove@affari.example)"
    assert visit_of_page(got).etag == '"7"'
    fetch(visitor, server, "/a")
    headers = server.log[-1][1]
    assert "Cookie" not in headers
    assert headers["Accept"].startswith("text/html")
    assert headers["Accept-Language"].startswith("it")
    assert headers["Accept-Encoding"] == "gzip, deflate"


def test_conditional_get(server, visitor):
    server.routes["/a"] = lambda handler: send(
        handler,
        304 if handler.headers.get("If-None-Match") == '"7"' else 200,
        HTML if "If-None-Match" not in handler.headers else b"",
        etag='"7"',
    )
    first = fetch(visitor, server, "/a")
    again = fetch(visitor, server, "/a", visit=visit_of_page(first))
    assert (first.status, again.status, again.body) == (200, 304, b"")
    server.routes["/a"] = status(304)
    with pytest.raises(LaterError, match="304"):  # nobody asked for it: no page may be lost that way
        fetch(visitor, server, "/a")


ONE_ANSWER = [  # (answer, error, words, requests)
    (status(404), GoneError, "404", 1),
    (status(410), GoneError, "410", 1),
    (status(401), ScrapeError, "401", 1),
    (status(451), ScrapeError, "451", 1),
    (status(204), ScrapeError, "204", 1),
    (status(403), HostError, "403", 1),
    (status(429), HostError, "429", 1),
    (status(503, cf_mitigated="challenge"), HostError, "503", 1),
    (status(500), LaterError, "500", 3),
    (status(503), LaterError, "503", 3),
    (page("<html><head><title>Just a moment...</title></head></html>"), HostError, "robot", 1),
    (page("<html><script src='https://geo.captcha-delivery.com/c.js'></script></html>"), HostError, "robot", 1),
    (status(200, b"%PDF-1.7", content_type="application/pdf"), ScrapeError, "application/pdf", 1),
    (status(200, b"\xff\xd8", content_type="image/jpeg"), ScrapeError, "image/jpeg", 1),
    (status(200, b"x", content_encoding="br"), ScrapeError, "'br' was not asked for", 1),
    (status(200, b"no gzip", content_encoding="gzip"), ScrapeError, "damaged compression", 1),
    (status(200, gzip.compress(HTML * 99)[:-40], content_encoding="gzip"), ScrapeError, "cut short", 1),
    (status(302), ScrapeError, "without a location", 1),
    (redirect("mailto:redazione@paper.test"), ScrapeError, "no http", 1),
    (redirect("file:///etc/passwd"), ScrapeError, "no http", 1),
    (raw(HEAD + b"Content-Length: 500\r\n\r\n" + HTML), LaterError, "connection broke", 1),
    (raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n40\r\nhalf"), LaterError, "connection broke", 1),
    (raw(HEAD + b"Content-Length: 30000000000\r\n\r\n"), ScrapeError, "30,000,000,000 bytes announced", 1),
    (raw(b"220 smtp.paper.test ready\r\n"), LaterError, "connection broke", 1),
    (raw(b""), LaterError, "connection broke", 1),
    (raw(HEAD + b"X-Long: " + b"x" * 100_000 + b"\r\n\r\n"), LaterError, "connection broke", 1),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "error", "words", "requests"), ONE_ANSWER)
def test_each_answer_has_its_error(server, visitor, answer, error, words, requests):
    server.routes["/a"] = answer
    with pytest.raises(ScrapeError, match=words) as caught:
        fetch(visitor, server, "/a")
    assert type(caught.value) is error
    assert len(server.paths) == requests


def test_only_410_is_for_ever(server, visitor):
    for code, for_ever in ((404, False), (410, True)):
        server.routes["/a"] = status(code)
        with pytest.raises(GoneError) as caught:
            fetch(visitor, server, "/a")
        assert caught.value.for_ever is for_ever


def test_500_then_200(server):
    visitor = Visitor(server, manners=replace(QUICK, backoff=2.0))
    server.routes["/a"] = in_turn(status(500), status(502), page(HTML))
    assert fetch(visitor, server, "/a").body == HTML
    assert visitor.pauses == [2.0, 4.0]
    visitor.close()


RETRY_AFTER = [  # (header, pauses, requests)
    ("7", [7.0], 2),
    ("Tue, 19 Mar 2024 12:00:30 GMT", [30.0], 2),
    ("Tue, 19 Mar 2024 11:00:00 GMT", [2.0], 2),
    ("presto", [2.0], 2),
    ("3600", [], 1),
]


@pytest.mark.parametrize(("header", "pauses", "requests"), RETRY_AFTER)
def test_retry_after_is_obeyed(server, header, pauses, requests):
    visitor = Visitor(server, manners=replace(QUICK, backoff=2.0))
    server.routes["/a"] = in_turn(status(503, retry_after=header), page(HTML))
    if requests == 2:
        assert fetch(visitor, server, "/a").body == HTML
    else:
        with pytest.raises(LaterError):
            fetch(visitor, server, "/a")
        assert visitor.visits.why_closed(f"paper.test:{server.port}", now=NOON + timedelta(minutes=59))
    assert visitor.pauses == pauses
    assert len(server.paths) == requests
    visitor.close()


CLOSED = [  # (answer, hours closed)
    (status(403), 12),
    (status(429), 12),
    (status(429, retry_after="172800"), 48),
    (status(429, retry_after="Thu, 21 Mar 2024 12:00:00 GMT"), 48),
    (page("<html><head><title>Just a moment...</title></head></html>"), 12),
]


@pytest.mark.parametrize(("answer", "hours"), CLOSED)
def test_a_host_that_refuses_is_left_alone_for_the_night(server, answer, hours):
    now = [NOON]
    visitor = Visitor(server, clock=lambda: now[0])
    server.routes.update({"/a": answer, "/b": page(HTML)})
    with pytest.raises(HostError):
        fetch(visitor, server, "/a")
    now[0] = NOON + timedelta(hours=hours, seconds=-1)
    with pytest.raises(HostError, match="left alone for the night"):
        fetch(visitor, server, "/b")
    assert server.paths == ["/a"]
    now[0] = NOON + timedelta(hours=hours, seconds=1)
    assert fetch(visitor, server, "/b").body == HTML
    visitor.close()


def test_the_breaker_opens_after_failures_in_a_row(server):
    visitor = Visitor(server, manners=replace(QUICK, tries=1))
    server.routes.update({"/a": status(500), "/b": page(HTML)})
    for path, error in [
        ("/a", LaterError),
        ("/a", LaterError),
        ("/b", None),
        *[("/a", LaterError)] * 3,
        ("/a", HostError),
    ]:
        if error is None:
            fetch(visitor, server, path)
            continue
        with pytest.raises(error) as caught:
            fetch(visitor, server, path)
        assert type(caught.value) is error
    asked = len(server.paths)
    with pytest.raises(HostError, match="left alone"):
        fetch(visitor, server, "/b")
    assert len(server.paths) == asked
    visitor.close()


def drip(pieces, pause, head=HEAD):
    def answer(handler):
        handler.wfile.write(head)
        for _ in range(pieces):
            time.sleep(pause)
            handler.wfile.write(b"X")
        handler.close_connection = True

    return answer


HASTY = replace(QUICK, total=0.6, tries=1)  # all of it
IMPATIENT = replace(QUICK, read=0.3, tries=1)  # between two bytes
SLOW = [  # (answer, manners, words)
    (drip(1, 0.5, b""), IMPATIENT, "no answer in time"),
    (drip(1, 0.5, HEAD + b"Content-Length: 9\r\n\r\n"), IMPATIENT, "no answer in time"),
    (drip(60, 0.05, HEAD + b"X-Slow: "), HASTY, "not done after 0.6 seconds"),
    (drip(60, 0.05, HEAD + b"\r\n"), HASTY, "not done after 0.6 seconds"),
    (drip(60, 0.05, HEAD + b"Content-Length: 60\r\n\r\n"), HASTY, "not done after 0.6 seconds"),
]


@pytest.mark.parametrize(("answer", "manners", "words"), SLOW)
def test_a_slow_server_is_left(server, answer, manners, words):
    patient = Visitor(server)
    server.routes.update({"/a": answer, "/b": page(HTML)})
    fetch(patient, server, "/b")  # robots.txt is known now
    hasty = Visitor(server, manners=manners, state=patient.state)
    with pytest.raises(LaterError, match=words) as caught:
        fetch(hasty, server, "/a")
    assert caught.value.again
    assert fetch(patient, server, "/b").body == HTML
    hasty.close()
    patient.close()


def test_nobody_listens(server, visitor):
    server.close()
    with pytest.raises(HostError, match=r"robots\.txt is unreachable"):
        fetch(visitor, server, "/a")


GOOD_BODIES = [  # (answer, body)
    (status(200, gzip.compress(HTML), content_encoding="gzip"), HTML),
    (status(200, gzip.compress(HTML) + gzip.compress(b"ancora"), content_encoding="gzip"), HTML + b"ancora"),
    (status(200, gzip.compress(HTML) + b"\0" * 9, content_encoding="x-gzip"), HTML),
    (status(200, zlib.compress(HTML), content_encoding="deflate"), HTML),
    (status(200, zlib.compress(HTML)[2:-4], content_encoding="deflate"), HTML),
    (status(200, HTML, content_encoding="identity"), HTML),
    (status(200, HTML, content_type=None), HTML),
    (status(200, HTML, content_type="text/html; charset=utf-16"), HTML),
    (raw(HEAD + b"\r\n" + HTML), HTML),
    (raw(HEAD + b"Content-Length: 20\r\n\r\n" + HTML), HTML[:20]),
    (raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n6\r\n<html>\r\n0\r\n\r\n"), b"<html>"),
    (raw(HEAD + b"X-Nota: perch\xe9\r\nContent-Length: 0\r\n\r\n"), b""),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "body"), GOOD_BODIES)
def test_bodies_as_servers_send_them(server, visitor, answer, body):
    server.routes["/a"] = answer
    assert fetch(visitor, server, "/a").body == body


def test_a_gzip_bomb_is_not_unpacked(server, visitor):
    compressor = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    million = b"\0" * 1_000_000
    bomb = b"".join(compressor.compress(million) for _ in range(100)) + compressor.flush()
    server.routes["/a"] = status(200, bomb, content_encoding="gzip")
    with pytest.raises(ScrapeError, match="more than 20,000,000 bytes"):
        fetch(visitor, server, "/a")


def test_a_gigabyte_is_left_at_the_limit(server):
    visitor = Visitor(server, manners=replace(QUICK, total=60.0))
    sent = []

    def stream(handler):
        handler.wfile.write(HEAD + b"\r\n")
        for _ in range(1000):
            handler.wfile.write(b"x" * 1_000_000)
            sent.append(1)

    server.routes["/a"] = stream
    with pytest.raises(ScrapeError, match="more than 10,000,000 bytes"):
        fetch(visitor, server, "/a")
    assert len(sent) < 100
    visitor.close()


def test_redirects_are_followed_and_ended(server, visitor):
    server.routes.update(
        {f"/{n}": redirect(f"/{n + 1}", code) for n, code in enumerate((301, 302, 303, 307, 308, 302))}
    )
    server.routes["/5"] = page(HTML)
    assert fetch(visitor, server, "/0").url == server.url("/5")
    server.routes["/5"] = redirect("/6")
    server.routes["/6"] = page(HTML)
    with pytest.raises(ScrapeError, match="more than 5 redirects"):
        fetch(visitor, server, "/0")
    server.routes.update({"/x": redirect("/y"), "/y": redirect("/x#qui")})
    with pytest.raises(ScrapeError, match="loop"):
        fetch(visitor, server, "/x")


NOT_PUBLIC = [
    "http://127.0.0.1/",
    "http://localhost/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://192.168.1.1/",
    "http://172.16.0.1/",
    "http://100.64.0.1/",
    "http://0.0.0.0/",
    "http://168.63.129.16/",
    "http://224.0.0.1/",
    "http://[::1]/",
    "http://[fe80::1]/",
    "http://[fd00:ec2::254]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[2002:7f00:1::]/",
    "http://[64:ff9b::7f00:1]/",
    "http://rebind.test/",
    "http://both.test/",
]


@pytest.mark.parametrize("url", NOT_PUBLIC)
def test_no_request_to_what_is_not_public(server, url):
    server.routes["/a"] = redirect(url)
    local, other = Visitor(server), Visitor(server, local=False)
    with pytest.raises(ScrapeError, match="redirected to a host that refuses"):
        fetch(local, server, "/a")
    with pytest.raises(HostError):  # its robots.txt cannot even be asked for
        other.door.fetch(url, want=Want.PAGE, visit=Visit())
    assert server.paths == ["/a"]
    local.close()
    other.close()


def test_local_opens_only_the_source_s_own_host_and_port(server, visitor):
    server.routes.update({"/a": page(HTML), "/b": redirect(server.url("/a", host="other.test"))})
    assert fetch(visitor, server, "/a").body == HTML
    with pytest.raises(ScrapeError):
        fetch(visitor, server, "/b")
    closed = Visitor(server, local=False)
    with pytest.raises(HostError):
        fetch(closed, server, "/a")
    closed.close()


def test_what_is_checked_is_what_is_connected_to(server, visitor, monkeypatch):
    """A name server that answers well the first time and badly the second."""
    resolved, connected = [], []

    def turncoat(host, port):
        resolved.append(host)
        return ("93.184.216.34",) if len(resolved) == 1 else ("127.0.0.1",)

    def connect(address, *args, **more):
        connected.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr("scrapers.wire.create_connection", connect)
    door = WebDoor(source_of(server, local=False), replace(visitor.web, resolve=turncoat))
    with pytest.raises(HostError):
        door.fetch(server.url("/a"), want=Want.PAGE, visit=Visit())
    assert resolved == ["paper.test"]
    assert connected == ["93.184.216.34"]
    door.close()


def test_a_proxy_of_the_environment_is_used_but_gets_no_private_name(server, visitor, monkeypatch):
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{server.port}")
    server.routes["http://public.test/a"] = page(HTML)
    server.routes["http://public.test/robots.txt"] = status(404)
    got = visitor.door.fetch("http://public.test/a", want=Want.PAGE, visit=Visit())
    assert got.body == HTML
    for url in ("http://169.254.169.254/", "http://intranet.local/", "http://rebind.test/"):
        with pytest.raises(HostError):
            visitor.door.fetch(url, want=Want.PAGE, visit=Visit())
    assert {path for path, _ in server.log} == {"http://public.test/a", "http://public.test/robots.txt"}


def test_no_password_leaves_from_netrc(server, visitor, tmp_path, monkeypatch):
    (tmp_path / ".netrc").write_text("machine paper.test login lettore password segreto\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("HOME", str(tmp_path))
    server.routes["/a"] = page(HTML)
    assert "Authorization" not in dict(fetch(visitor, server, "/a").asked)


def test_a_feed_may_have_odd_types_but_not_those_of_pictures(server, visitor):
    for kind in ("text/html", "application/octet-stream", "text/plain", None):
        server.routes["/feed"] = page("<rss/>", content_type=kind)
        assert fetch(visitor, server, "/feed", want=Want.FEED).body == b"<rss/>"
    server.routes["/feed"] = page("<rss/>", content_type="image/png")
    with pytest.raises(ScrapeError, match="no feed"):
        fetch(visitor, server, "/feed", want=Want.FEED)


@pytest.fixture
def secure():
    running = Server(certificate=Path(__file__).with_name("self-signed.pem"))
    yield running
    running.close()


def test_https_is_verified(secure, monkeypatch):
    secure.routes["/a"] = page(HTML)
    url = secure.url("/a").replace("http:", "https:")
    home = secure.url("/").replace("http:", "https:")
    stranger = Visitor(secure, home=home)
    with pytest.raises(HostError, match=r"robots\.txt is unreachable"):
        stranger.door.fetch(url, want=Want.PAGE, visit=Visit())
    stranger.close()
    assert secure.log == []
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(Path(__file__).with_name("self-signed.pem")))
    friend, other = Visitor(secure, home=home), Visitor(secure, home=home.replace("paper", "other"))
    hasty = Visitor(secure, home=home, manners=HASTY, state=friend.state)
    assert friend.door.fetch(url, want=Want.PAGE, visit=Visit()).body == HTML
    with pytest.raises(HostError):  # the certificate is for another name
        other.door.fetch(url.replace("paper", "other"), want=Want.PAGE, visit=Visit())
    secure.routes["/a"] = drip(60, 0.05, HEAD + b"\r\n")
    with pytest.raises(LaterError, match="not done after"):
        hasty.door.fetch(url, want=Want.PAGE, visit=Visit())
    hasty.close()
    friend.close()
    other.close()


ANSWER = HEAD + b"Content-Length: 62\r\nETag: x\r\n\r\n" + HTML


@given(place=st.integers(0, len(ANSWER)), cut=st.integers(0, 20), noise=st.binary(max_size=8))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_answer_is_a_page_or_our_error(server, visitor, place, cut, noise):
    server.routes["/a"] = raw(ANSWER[:place] + noise + ANSWER[place + cut :])
    visitor.state.change("DELETE FROM closed", ({},))
    visitor.web.pace.note_answer(f"paper.test:{server.port}")
    try:
        assert fetch(visitor, server, "/a").status
    except ScrapeError as error:
        assert "paper.test" in str(error)
