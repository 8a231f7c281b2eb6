"""Looks things up in the ledger and gives them as rows for a table: articles by words, names, counts, runs."""

import json
import sqlite3
from collections.abc import Mapping

from sqlite_utils import Database

from pipeline.errors import InputError
from pipeline.kb.read import find_entity, find_named_like
from pipeline.kb.statements import Statements, Value

SQL = Statements("read")
RUNS = Statements("runs")
AROUND = 100  # characters before and after a mention
Row = Mapping[str, Value]


def search_articles(db: Database, words: str, *, limit: int) -> tuple[Row, ...]:
    """Return the articles that hold `words`, best first; raises InputError for what full-text search cannot read."""
    try:
        return as_rows(SQL.all(db, "search", words=words, limit=limit))
    except sqlite3.OperationalError:
        # "S.p.A." or an odd quote is no query: search for the words as they stand
        quoted = " ".join('"' + word.replace('"', "") + '"' for word in words.split() if word.strip('"'))
        if not quoted:
            raise InputError(f"{words!r}: no words to search for") from None
        return as_rows(SQL.all(db, "search", words=quoted, limit=limit))


def read_organisations(
    db: Database, name: str | None, *, region: str | None, province: str | None, limit: int
) -> tuple[Row, ...]:
    """Return organisations, those in most articles first."""
    entities = json.dumps(find_named_like(db, name)) if name else None
    return as_rows(SQL.all(db, "organisations", entities=entities, region=region, province=province, limit=limit))


def read_people(db: Database, name: str | None, *, organisation: str | None, limit: int) -> tuple[Row, ...]:
    """Return people with their offices, those in most articles first."""
    entities = json.dumps(find_named_like(db, name)) if name else None
    organisations = json.dumps(find_named_like(db, organisation)) if organisation else None
    return as_rows(SQL.all(db, "people", entities=entities, organisations=organisations, limit=limit))


def read_contexts(db: Database, public_id: str, *, limit: int) -> tuple[Row, ...]:
    """Return where an organisation or person is named: source, day, title and the words around, the latest first."""
    root = find_entity(db, public_id)["root"]
    return tuple(
        {name: row[name] for name in ("source", "published", "title")} | {"context": words_around(row)}
        for row in SQL.all(db, "contexts", id=root, limit=limit)
    )


def words_around(row: sqlite3.Row) -> str:
    """Return the words around a mention, the mention between «»."""
    text, start, end = str(row["text"]), int(row["char_start"]), int(row["char_end"])
    before, after = text[max(0, start - AROUND) : start].split(), text[end : end + AROUND].split()
    cut = (before[1:] if start > AROUND else before, after[:-1] if len(text) > end + AROUND else after)
    return " ".join((*cut[0], f"«{text[start:end]}»", *cut[1]))


def read_status(db: Database) -> Row:
    """Return how much there is of everything."""
    return as_rows(SQL.all(db, "status"))[0]


def read_last_run(db: Database) -> Row | None:
    """Return the last run, None where nothing ever ran."""
    return next(iter(as_rows(RUNS.all(db, "last_run"))), None)


def read_issues(db: Database, *, limit: int) -> tuple[Row, ...]:
    """Return what a person should look at, the latest first."""
    return as_rows(RUNS.all(db, "issues", limit=limit))


def read_dead_letters(db: Database) -> tuple[Row, ...]:
    """Return what failed and waits to be tried again."""
    return as_rows(RUNS.all(db, "dead_letters"))


def as_rows(rows: list[sqlite3.Row]) -> tuple[Row, ...]:
    """Return plain mappings in the order of the columns."""
    return tuple(dict(row) for row in rows)
