"""The frontier: a link's way from seen to done, over several nights and after a killed run."""

from datetime import UTC, date, datetime, timedelta

import pytest

from scrapers.article import Link
from scrapers.errors import FrontierError
from scrapers.frontier import Frontier, Night, Reading
from scrapers.state import State
from scrapers.visits import RobotsFile, Visit, Visits

NIGHT = datetime(2024, 3, 19, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
A = Link("https://www.alfa.it/a", "alfa", "Alfa compra Beta", date(2024, 3, 18))
B = Link("https://www.alfa.it/b", "alfa")


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path / "state" / "frontier.db")
    yield opened
    opened.close()


def due(frontier, *, now, recheck=1):
    return [
        (pending.link.url[-1], pending.archive_key) for pending in frontier.due_links("alfa", now=now, recheck=recheck)
    ]


def test_a_link_is_new_once_under_all_its_addresses(state):
    frontier = Frontier(state)
    assert frontier.save_links((A, B), now=NIGHT) == 2
    assert frontier.save_links((Link("http://alfa.it/a/", "alfa"), B), now=NIGHT) == 0
    [first, _] = frontier.due_links("alfa", now=NIGHT, recheck=0)
    assert first.link == A
    assert frontier.states_of((A, Link("https://www.alfa.it/c", "alfa"))) == ("seen", None)


def test_done_only_when_the_reader_says_so(state):
    frontier = Frontier(state)
    frontier.save_links((A, B), now=NIGHT)
    frontier.mark_archived(B, "k1", now=NIGHT)
    assert due(frontier, now=NIGHT) == [("b", "k1"), ("a", None)]
    frontier.mark_done(B, now=NIGHT)
    assert due(frontier, now=NIGHT) == [("a", None)]
    assert frontier.start_over() == 1
    assert due(frontier, now=NIGHT) == [("b", "k1"), ("a", None)]


def test_looked_at_again_on_later_nights_while_offered(state):
    frontier = Frontier(state)
    frontier.mark_archived(A, "k1", now=NIGHT)
    frontier.mark_done(A, now=NIGHT)
    assert due(frontier, now=NIGHT + DAY) == []  # no longer offered
    frontier.save_links((A,), now=NIGHT + DAY)
    assert due(frontier, now=NIGHT + DAY, recheck=0) == []
    assert due(frontier, now=NIGHT + DAY) == [("a", None)]
    frontier.mark_archived(A, "k2", now=NIGHT + DAY)
    assert due(frontier, now=NIGHT + DAY) == [("a", "k2")]
    frontier.mark_done(A, now=NIGHT + DAY)
    frontier.save_links((A,), now=NIGHT + 2 * DAY)
    assert due(frontier, now=NIGHT + 2 * DAY) == []
    assert due(frontier, now=NIGHT + 2 * DAY, recheck=2) == [("a", None)]
    frontier.mark_unchanged(A, now=NIGHT + 2 * DAY)
    assert due(frontier, now=NIGHT + 2 * DAY, recheck=2) == []
    assert frontier.count_states() == {"alfa": {"unchanged": 1}}


def test_failures_come_back_later_and_later_and_then_never(state):
    frontier = Frontier(state)
    frontier.save_links((A,), now=NIGHT)
    pauses, now = [], NIGHT
    while frontier.states_of((A,)) != ("gone",):
        frontier.mark_failed(A, "500", now=now)
        tried = now
        while not due(frontier, now=now) and now < tried + 30 * DAY:
            now += DAY
        pauses.append((now - tried).days)
    assert pauses == [1, 2, 4, 8, 30]
    frontier.mark_gone(B, "410")  # unknown links stay unknown
    assert frontier.states_of((B,)) == (None,)


def test_nights_and_their_readings(state):
    frontier = Frontier(state)
    day = NIGHT.date()
    frontier.save_night("alfa", day, links=7)
    frontier.save_night("alfa", day, links=3)
    for _ in range(2):
        frontier.save_reading(Reading(A, 900, dated=True), day=day)
    frontier.save_reading(Reading(B, 100, dated=False), day=day)
    assert frontier.read_nights("alfa", since=day) == (Night(day, 7, (900, 100), 1),)
    assert frontier.read_nights("alfa", since=day + DAY) == ()
    frontier.save_night("alfa", day + 90 * DAY, links=1)
    assert [night.links for night in frontier.read_nights("alfa", since=day)] == [1]


def test_ten_thousand_links_in_one_go(state):
    links = [Link(f"https://www.alfa.it/{n}", "alfa") for n in range(10_000)]
    assert Frontier(state).save_links(links, now=NIGHT) == 10_000
    assert len(Frontier(state).due_links("alfa", now=NIGHT, recheck=0)) == 10_000


def test_visits_robots_and_closed_hosts(state):
    visits = Visits(state)
    assert visits.read_visit(A.url) == Visit()
    visits.save_visit(A.url, Visit('"x"', None, "d"), now=NIGHT)
    assert visits.read_visit(A.url) == Visit('"x"', None, "d")
    visits.save_robots("https://alfa.it", RobotsFile(200, b"User-agent: *"), now=NIGHT)
    assert visits.read_robots("https://alfa.it", now=NIGHT + DAY / 2) == RobotsFile(200, b"User-agent: *")
    assert visits.read_robots("https://alfa.it", now=NIGHT + DAY) is None
    visits.close_host("alfa.it", until=NIGHT + DAY, reason="429")
    assert visits.why_closed("alfa.it", now=NIGHT) == "429"
    assert visits.why_closed("alfa.it", now=NIGHT + DAY) is None
    assert visits.why_closed("beta.it", now=NIGHT) is None


def test_what_is_no_state_file_says_so(tmp_path):
    (tmp_path / "a.db").write_text("no database at all, but long enough to look like a header of one" * 20)
    with pytest.raises(FrontierError, match=r"a\.db"):
        State(tmp_path / "a.db")
    with pytest.raises(FrontierError, match="cannot be opened"):
        State(tmp_path / "a.db" / "b.db")


def test_a_newer_state_file_is_refused(tmp_path):
    state = State(tmp_path / "a.db")
    state.rows("PRAGMA user_version = 99", {})
    state.close()
    with pytest.raises(FrontierError, match="newer affari"):
        State(tmp_path / "a.db")


def test_state_survives_reopening(tmp_path):
    for expected in (1, 0):
        state = State(tmp_path / "a.db")
        assert Frontier(state).save_links((A,), now=NIGHT) == expected
        state.close()
