"""The frontier: which links are known and what became of each.

```
seen ──archived──> seen with archive key ──stored by the reader──> fetched ──looked at again──> unchanged
  └── failed (next try after 1, 2, 4, 8 days) ──> gone
```

A link is done only when the reader says so (`mark_done`, after its own commit). A run that is killed between archive
and store leaves the link `seen` with its archive key: the next run reads it from the archive, without the network.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scrapers.article import Link
from scrapers.links import identity_of
from scrapers.state import State, to_text

MAX_TRIES = 5  # the fifth failure in a row is the last
FIRST_PAUSE = timedelta(hours=20)  # less than a day, so that the next night's run finds it due
KEPT_DAYS = 60  # of nights and readings
INSERT = (
    "INSERT INTO link (identity, url, source, title, published, state, feed, offered_at)"
    " VALUES (:identity, :url, :source, :title, :published, 'seen', :feed, :now) ON CONFLICT DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class Pending:
    """A link to be read, from the archive where it has a key."""

    link: Link
    archive_key: str | None
    stored: bool = False  # the reader has it already; it is only looked at again


@dataclass(frozen=True, slots=True)
class Reading:
    """What drift alarms need to know of one article that was read."""

    link: Link
    length: int  # characters of the body
    dated: bool


@dataclass(frozen=True, slots=True)
class Night:
    """A source's counts of one day."""

    day: date
    links: int
    lengths: tuple[int, ...] = ()  # of the bodies that were read, in characters
    undated: int = 0


class Frontier:
    """The links' states. Safe for several threads."""

    def __init__(self, state: State) -> None:
        self.state = state

    def save_links(self, links: Iterable[Link], *, now: datetime, feed: str | None = None) -> int:
        """Note that `links` are offered by `feed`; return how many were unknown."""
        rows = [_row(link, now, feed) for link in links]
        with self.state.transaction():
            new = self.state.change(
                INSERT,
                rows,
            )
            self.state.change(
                "UPDATE link SET offered_at = :now, feed = :feed WHERE identity = :identity AND source = :source", rows
            )
        return new

    def keep_links(self, source: str, *, feed: str, now: datetime) -> None:
        """Note that `feed` did not change: what it offered last is still offered."""
        self.state.change(
            "UPDATE link SET offered_at = :now WHERE source = :source AND feed = :feed AND offered_at ="
            " (SELECT max(offered_at) FROM link WHERE source = :source AND feed = :feed)",
            ({"source": source, "feed": feed, "now": to_text(now)},),
        )

    def count_offered(self, source: str, *, now: datetime) -> tuple[int, int]:
        """Return how many links the run of `now` found on offer, and how many of them did not fail."""
        rows = self.state.rows(
            "SELECT count(*), count(*) FILTER (WHERE state NOT IN ('failed', 'gone')) FROM link"
            " WHERE source = :source AND offered_at = :now",
            {"source": source, "now": to_text(now)},
        )
        return tuple(rows[0])

    def due_links(self, source: str, *, now: datetime, recheck: int) -> tuple[Pending, ...]:
        """Return what is to be read for `source` now: archived ones first, then by the order they were seen in.

        A done link is looked at again on `recheck` later nights, as long as it is still offered.
        """
        rows = self.state.rows(
            "SELECT * FROM link WHERE source = :source AND (state = 'seen' OR (state = 'failed' AND next_try <= :now)"
            " OR (state IN ('fetched', 'unchanged') AND checks < :recheck AND done_at <= :before"
            " AND offered_at > :before)) ORDER BY state != 'seen' OR archive_key IS NULL, rowid",
            {"source": source, "now": to_text(now), "recheck": recheck, "before": to_text(now - FIRST_PAUSE)},
        )
        return tuple(_pending(row) for row in rows)

    def archived_sources(self) -> tuple[str, ...]:
        """Return the sources with links that are archived but not stored."""
        sql = "SELECT DISTINCT source FROM link WHERE state = 'seen' AND archive_key IS NOT NULL ORDER BY source"
        return tuple(row["source"] for row in self.state.rows(sql, {}))

    def states_of(self, links: Iterable[Link]) -> tuple[str | None, ...]:
        """Return each link's state, None for an unknown one."""
        sql = "SELECT state FROM link WHERE identity = :identity"
        found = [self.state.rows(sql, {"identity": identity_of(link.url)}) for link in links]
        return tuple(rows[0]["state"] if rows else None for rows in found)

    def count_states(self) -> dict[str, dict[str, int]]:
        """Return how many links each source has in each state."""
        counts: dict[str, dict[str, int]] = {}
        for row in self.state.rows("SELECT source, state, count(*) AS n FROM link GROUP BY 1, 2 ORDER BY 1, 2", {}):
            counts.setdefault(row["source"], {})[row["state"]] = row["n"]
        return counts

    def mark_archived(self, link: Link, key: str, *, now: datetime) -> None:
        """Note that the page of `link`, known or not, lies in the archive; it waits to be read and stored."""
        self.state.change(INSERT, (_row(link, now, None),))
        self._change(
            link,
            "checks = checks + (state IN ('fetched', 'unchanged')), state = 'seen', archive_key = :key",
            key=key,
        )

    def mark_done(self, link: Link, *, now: datetime) -> None:
        """Note that the reader has stored what `link` holds."""
        self._change(
            link, "state = 'fetched', tries = 0, next_try = NULL, note = NULL, done_at = :now", now=to_text(now)
        )

    def mark_unchanged(self, link: Link, *, now: datetime) -> None:
        """Note that `link` was looked at again and holds what it held."""
        self._change(
            link, "state = 'unchanged', checks = checks + 1, tries = 0, note = NULL, done_at = :now", now=to_text(now)
        )

    def mark_failed(self, link: Link, note: str, *, now: datetime) -> None:
        """Note a failure: next try after 1, 2, 4, 8 days, then never. What was stored before stays done."""
        [row] = self.state.rows("SELECT tries FROM link WHERE identity = :i", {"i": identity_of(link.url)})
        pause = FIRST_PAUSE + timedelta(days=2 ** row["tries"] - 1)
        state = "gone" if row["tries"] + 1 >= MAX_TRIES else "failed"
        self._change(
            link,
            "state = :state, tries = tries + 1, next_try = :next_try, note = :note",
            state=state,
            next_try=to_text(now + pause),
            note=note[:500],
        )

    def mark_gone(self, link: Link, note: str) -> None:
        """Note that `link` will not be tried again."""
        self._change(link, "state = 'gone', next_try = NULL, note = :note", note=note[:500])

    def save_claim(self, link: Link, canonical: str, *, title: str) -> tuple[str, ...]:
        """Note that the page of `link` claims `canonical`; return the titles of other pages that claim it."""
        claim = {"canonical": identity_of(canonical), "identity": identity_of(link.url), "title": title}
        with self.state.transaction():
            self.state.change("INSERT OR REPLACE INTO claim VALUES (:canonical, :identity, :title)", (claim,))
            sql = "SELECT title FROM claim WHERE canonical = :canonical AND identity != :identity ORDER BY rowid"
            return tuple(row["title"] for row in self.state.rows(sql, claim))

    def start_over(self) -> int:
        """Let all archived links be read and stored again, from the archive; return how many."""
        return self.state.change("UPDATE link SET state = 'seen' WHERE archive_key IS NOT NULL", ({},))

    def save_reading(self, reading: Reading, *, day: date) -> None:
        """Note what was read of one article on `day`; twice is once."""
        self.state.change(
            "INSERT INTO reading VALUES (:source, :day, :identity, :length, :dated)"
            " ON CONFLICT DO UPDATE SET length = excluded.length, dated = excluded.dated",
            (
                {
                    "source": reading.link.source,
                    "day": day.isoformat(),
                    "identity": identity_of(reading.link.url),
                    "length": reading.length,
                    "dated": int(reading.dated),
                },
            ),
        )

    def save_night(self, source: str, day: date, *, links: int) -> None:
        """Note how many links `source` offered on `day`, the most of the day's runs; forget what is long past."""
        oldest = (day - timedelta(days=KEPT_DAYS)).isoformat()
        with self.state.transaction():
            self.state.change(
                "INSERT INTO night VALUES (:source, :day, :links)"
                " ON CONFLICT DO UPDATE SET links = max(links, excluded.links)",
                ({"source": source, "day": day.isoformat(), "links": links},),
            )
            self.state.change("DELETE FROM night WHERE day < :oldest", ({"oldest": oldest},))
            self.state.change("DELETE FROM reading WHERE day < :oldest", ({"oldest": oldest},))

    def read_nights(self, source: str, *, since: date) -> tuple[Night, ...]:
        """Return the counts of the days from `since` on which `source` was collected, oldest first."""
        where = {"source": source, "since": since.isoformat()}
        readings: dict[str, list[tuple[int, int]]] = {}
        for row in self.state.rows("SELECT * FROM reading WHERE source = :source AND day >= :since", where):
            readings.setdefault(row["day"], []).append((row["length"], row["dated"]))
        nights = self.state.rows("SELECT * FROM night WHERE source = :source AND day >= :since ORDER BY day", where)
        return tuple(_night(row["day"], row["links"], readings.get(row["day"], [])) for row in nights)

    def _change(self, link: Link, columns: str, **values: object) -> None:
        # `columns` is always one of the constants above
        sql = f"UPDATE link SET {columns} WHERE identity = :identity"  # noqa: S608
        self.state.change(sql, ({"identity": identity_of(link.url), **values},))


def _night(day: str, links: int, readings: list[tuple[int, int]]) -> Night:
    return Night(
        date.fromisoformat(day),
        links,
        tuple(length for length, _ in readings),
        sum(not dated for _, dated in readings),
    )


def _pending(row: sqlite3.Row) -> Pending:
    stored = row["state"] in ("fetched", "unchanged")
    return Pending(_link(row), row["archive_key"] if row["state"] == "seen" else None, stored)


def _row(link: Link, now: datetime, feed: str | None) -> dict[str, object]:
    return {
        "feed": feed,
        "identity": identity_of(link.url),
        "url": link.url,
        "source": link.source,
        "title": link.title,
        "published": link.published.isoformat() if link.published else None,
        "now": to_text(now),
    }


def _link(row: sqlite3.Row) -> Link:
    published = row["published"]
    return Link(row["url"], row["source"], row["title"], date.fromisoformat(published) if published else None)
