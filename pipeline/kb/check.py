"""Checks the knowledge base for `affari doctor`: the file, orphans, evidence, offsets. Repairs only indexes."""

from dataclasses import dataclass

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
    file = Check("the file is whole: pages, references, full-text indexes", find_damage(db))
    rows = [Check(what, tuple(row["what"] for row in SQL.all(db, name))) for name, what in CHECKS.items()]
    return (file, *rows, Check("every article's text is as it was stored", changed_texts(db)))


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
