"""What the scrapers remember from night to night: one SQLite file, opened and brought up to date.

Frontier (frontier.py) and Visits (visits.py) keep their tables in it. It is no part of the knowledge base: when it is
lost, links are looked at once more and nothing else happens.
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from scrapers.errors import FrontierError

FIRST = """
CREATE TABLE link (
    identity TEXT PRIMARY KEY,      -- scrapers/links.py, identity_of
    url TEXT NOT NULL,              -- what is fetched
    source TEXT NOT NULL,
    title TEXT,
    published TEXT,                 -- as the feed says it: never trusted further than for --since
    state TEXT NOT NULL CHECK (state IN ('seen', 'fetched', 'unchanged', 'failed', 'gone')),
    archive_key TEXT,               -- set and state seen: archived, but not stored by the reader yet
    feed TEXT,                      -- address of the feed, sitemap or listing that named it last
    offered_at TEXT NOT NULL,       -- when a feed, sitemap or listing named it last
    done_at TEXT,                   -- when it was fetched and stored, or found unchanged, last
    next_try TEXT,                  -- of a failed one
    tries INTEGER NOT NULL DEFAULT 0,
    checks INTEGER NOT NULL DEFAULT 0,   -- how often it was looked at again after the first time
    note TEXT
) STRICT;
CREATE INDEX link_by_source ON link (source, state);
CREATE TABLE night (source TEXT NOT NULL, day TEXT NOT NULL, links INTEGER NOT NULL, PRIMARY KEY (source, day)) STRICT;
CREATE TABLE reading (
    source TEXT NOT NULL, day TEXT NOT NULL, identity TEXT NOT NULL, length INTEGER NOT NULL, dated INTEGER NOT NULL,
    PRIMARY KEY (source, day, identity)
) STRICT;
CREATE TABLE visit (
    url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, digest TEXT, visited_at TEXT NOT NULL
) STRICT;
CREATE TABLE robots (
    origin TEXT PRIMARY KEY, status INTEGER NOT NULL, body BLOB NOT NULL, fetched_at TEXT NOT NULL
) STRICT;
CREATE TABLE closed (host TEXT PRIMARY KEY, until TEXT NOT NULL, reason TEXT NOT NULL) STRICT;
"""
CLAIMS = """
CREATE TABLE claim (     -- pages that say they are another rendering of an address
    canonical TEXT NOT NULL, identity TEXT NOT NULL, title TEXT NOT NULL, PRIMARY KEY (canonical, identity)
) STRICT;
"""
MIGRATIONS = (FIRST, CLAIMS)  # append only; user_version counts them


class State:
    """An open state file. Safe for several threads; `path` may be ":memory:"."""

    def __init__(self, path: Path | str) -> None:
        self.path = path
        self._lock = threading.RLock()
        try:
            if isinstance(path, Path):
                path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
        except (sqlite3.Error, OSError) as error:
            raise FrontierError(f"{path}: cannot be opened as the links' state: {error}") from error
        try:
            self._bring_up_to_date()
        except FrontierError:
            self._db.close()
            raise
        except sqlite3.Error as error:
            self._db.close()
            raise FrontierError(f"{path}: cannot be opened as the links' state: {error}") from error

    def rows(self, sql: str, values: Mapping[str, object]) -> list[sqlite3.Row]:
        """Return the rows that a query finds."""
        with self._lock, self._our_errors():
            return self._db.execute(sql, values).fetchall()

    def change(self, sql: str, values: Iterable[Mapping[str, object]]) -> int:
        """Run a statement for each of `values`, all or none; return how many rows changed."""
        with self.transaction():
            return sum(self._db.execute(sql, each).rowcount for each in values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Group changes of this thread: all or none. May be nested; the outermost counts."""
        with self._lock, self._our_errors():
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            with ExitStack() as failing:
                failing.callback(self._db.execute, "ROLLBACK")
                yield
                failing.pop_all()
            self._db.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def _bring_up_to_date(self) -> None:
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute(
            "PRAGMA synchronous = NORMAL"
        )  # a killed process loses nothing; see module docstring for the rest
        [version] = self._db.execute("PRAGMA user_version").fetchone()
        if version > len(MIGRATIONS):
            raise FrontierError(f"{self.path}: was written by a newer affari (version {version})")
        for number, migration in enumerate(MIGRATIONS[version:], start=version + 1):
            self._db.executescript(f"BEGIN IMMEDIATE; {migration} PRAGMA user_version = {number}; COMMIT;")

    @contextmanager
    def _our_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise FrontierError(f"{self.path}: {error}") from error


def to_text(moment: datetime) -> str:
    """Write a moment so that text order is time order: UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def to_moment(text: str) -> datetime:
    """Read what `to_text` wrote."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
