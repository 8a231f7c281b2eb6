"""Checks the knowledge base for `affari doctor`: the file, orphans, evidence, offsets. Repairs only indexes."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sqlite_utils import Database

from pipeline.kb.articles import hash_text
from pipeline.kb.connection import atomic, find_damage
from pipeline.kb.statements import Statements

SQL = Statements("check")
BATCH = 1000
CHECKS = {  # statement -> what it means when it finds nothing
    "orphans": "every deal is told, every telling has its deal, every name its entity",
    "unproved": "every field of every deal has evidence or a decision",
    "misplaced": "every mention's offsets cut its words from the stored text",
    "misplaced_spans": "every piece of evidence lies inside its article",
    "miscounted": "every organisation and person counts its articles right",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; `problems` is empty where all is well, and at most twenty long."""

    what: str
    problems: tuple[str, ...]


def check_all(db: Database) -> tuple[Check, ...]:
    """Return every check with what it found."""
    file = look("the file is whole: pages, references, full-text indexes", lambda: find_damage(db))
    rows = [look(what, partial(find_rows, db, name)) for name, what in CHECKS.items()]
    return (file, *rows, look("every article's text is as it was stored", lambda: changed_texts(db)))


def look(what: str, find: Callable[[], tuple[str, ...]]) -> Check:
    """Return what `find` finds; a page that SQLite cannot read is a finding too, and the next check goes on."""
    try:
        return Check(what, find())
    except sqlite3.DatabaseError as error:
        return Check(what, (f"cannot be looked at: {error}; restore a copy that `affari backup` made",))


def find_rows(db: Database, name: str) -> tuple[str, ...]:
    """Return what statement `name` finds."""
    return tuple(row["what"] for row in SQL.all(db, name))


def changed_texts(db: Database) -> tuple[str, ...]:
    """Return the articles whose text is not the one that was stored."""
    found: list[str] = []
    after = 0
    while rows := SQL.all(db, "unlike_hash", after=after, limit=BATCH):
        found += [f"article {row['id']}" for row in rows if hash_text(row["text"]) != row["text_hash"]]
        after = rows[-1]["id"]
    return tuple(found[:20])


def rebuild_indexes(db: Database) -> None:
    """Build the full-text indexes anew from the stored text."""
    with atomic(db):
        for table in ("article_fts", "deal_text_fts"):
            db.execute(f'INSERT INTO "{table}"("{table}") VALUES(\'rebuild\')')
