"""Turns and pauses: one request at a time for a host, several hosts at once, never like a clockwork."""

import threading
import time
from datetime import UTC, datetime
from functools import partial

from scrapers.archive import Archive
from scrapers.article import Article
from scrapers.collect import Collected, Collector, SourceNight, collect
from scrapers.frontier import Frontier
from scrapers.http import Web, WebDoor
from scrapers.pace import Pace
from scrapers.state import State
from scrapers.visits import Visits
from tests.scrapers.server import QUICK, page, resolve, send, source_of

NOW = datetime(2024, 3, 19, 3, 0, tzinfo=UTC)


def test_pauses_have_jitter_and_count_from_the_end_of_the_last_request():
    clock, waited, chances = [100.0], [], iter([0.0, 1.0, 0.5])
    pace = Pace(wait=waited.append, monotonic=lambda: clock[0], chance=lambda: next(chances))
    for seconds in (3.0, 0.5, 60.0, 0.0):
        with pace.turn("alfa.it", delay=2.0):
            clock[0] += seconds
    with pace.turn("beta.it", delay=2.0):  # another host waits for nobody
        pass
    assert waited == [2.0, 3.0, 2.5]


def test_several_hosts_at_once_but_one_request_at_a_time_for_each(server, tmp_path):
    active, most, lock = {}, {}, threading.Lock()

    def answer(handler, body):
        host = handler.headers["Host"]
        with lock:
            active[host] = active.get(host, 0) + 1
            most[host] = max(most.get(host, 0), active[host])
            most["all"] = max(most.get("all", 0), sum(active.values()))
        time.sleep(0.01)
        with lock:
            active[host] -= 1
        send(handler, 200, body)

    links = "".join(f"<item><link>/{n}</link></item>" for n in range(8))
    server.routes["/feed"] = page(f"<rss version='2.0'><channel>{links}</channel></rss>")
    for number in range(8):
        server.routes[f"/{number}"] = partial(answer, body=b"testo")
    sources = [
        source_of(server, id=f"s{n}", home=server.url("/", host=host), feeds=(server.url("/feed", host=host),))
        for n, host in enumerate(["alfa.test", "beta.test", "gamma.test", "www.alfa.test"])
    ]
    state = State(tmp_path / "frontier.db")
    web = Web(QUICK, Visits(state), Pace(wait=lambda _: None), resolve=resolve)
    collector = Collector(
        doors=lambda source: WebDoor(source, web),
        parse=lambda page, _: Article(page.url, page.url, "titolo", "corpo"),
        archive=Archive(tmp_path / "archive"),
        frontier=Frontier(state),
        visits=Visits(state),
        now=NOW,
        hosts=3,
    )
    pieces = list(collect(sources, collector))
    state.close()
    nights = {piece.source: piece for piece in pieces if isinstance(piece, SourceNight)}
    assert sum(isinstance(piece, Collected) for piece in pieces) == 24  # www.alfa.test offers what alfa.test has
    assert all(nights[name].new == 8 for name in ("s0", "s1", "s2"))
    assert most.pop("all") > 1
    assert set(most.values()) == {1}
