"""Finds the SQL: named statements in statements/*.sql, whole files in queries/*.sql and schema/*.sql. Knows no table.

A statements file holds blocks that begin with `-- name: the_name`; parameters are `:named`, never put into the text.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlite_utils import Database

HERE = Path(__file__).resolve().parent
MARK = "-- name: "

Value = str | int | float | None
Parameter = Value | bytes


@cache
def read_statements(subject: str) -> Mapping[str, str]:
    """Return the statements of statements/`subject`.sql by their name."""
    text = (HERE / "statements" / f"{subject}.sql").read_text(encoding="utf-8")
    blocks = text.split(MARK)[1:]
    return {name.strip(): sql.strip() for name, _, sql in (block.partition("\n") for block in blocks)}


def read_schema(name: str) -> str:
    """Return the text of schema/`name`.sql."""
    return (HERE / "schema" / f"{name}.sql").read_text(encoding="utf-8")


def iter_schema_statements(text: str) -> Iterator[str]:
    """Part `text` into statements; a trigger's body stays whole.

    `executescript` cannot be used in a migration: it commits the transaction that the migration runs in.
    """
    rest = ""
    for line in text.splitlines(keepends=True):
        rest += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(rest):
            yield rest.strip()
            rest = ""


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements of one subject, ready to run."""

    subject: str

    def all(self, db: Database, name: str, /, **values: Value) -> list[sqlite3.Row]:
        """Return all rows of statement `name`."""
        return list(db.conn.execute(read_statements(self.subject)[name], values))

    def one(self, db: Database, name: str, /, **values: Value) -> sqlite3.Row | None:
        """Return the first row of statement `name`, None where there is none."""
        row: sqlite3.Row | None = db.conn.execute(read_statements(self.subject)[name], values).fetchone()
        return row

    def run(self, db: Database, name: str, /, **values: Parameter) -> int:
        """Run statement `name`; return the identifier of the row that it inserted last."""
        return db.conn.execute(read_statements(self.subject)[name], values).lastrowid or 0

    def run_many(self, db: Database, name: str, /, rows: Iterable[Mapping[str, Value]]) -> None:
        """Run statement `name` once for each of `rows`."""
        db.conn.executemany(read_statements(self.subject)[name], rows)
