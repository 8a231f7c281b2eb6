"""The questions of market researchers: queries/*.sql, each with its titles and parameters in its head.

A file begins with comment lines: `-- titolo: …`, `-- title: …`, then a line a parameter,
`-- name = default: what it is`.
Datasette runs the same files as canned queries.
"""

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sqlite_utils import Database

from pipeline.errors import InputError
from pipeline.kb.asked import check_value
from pipeline.kb.statements import HERE, Value

HEAD = re.compile(r"-- (titolo|title): (.+)$")
# "-- region = Piemonte: the target's region"; a default may be empty: "-- region = : all"
PARAMETER = re.compile(r"-- (\w+) = (.*?): (.+)$")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question; `default` "today" and "yesterday" are days, counted when it is asked."""

    name: str
    default: str
    what: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its SQL."""

    name: str
    titolo: str
    title: str
    parameters: tuple[Parameter, ...]
    sql: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Columns and rows, as they come out of the query."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@cache
def read_questions() -> Mapping[str, Question]:
    """Return all questions by name, in the order of their names."""
    paths = sorted((HERE / "queries").glob("*.sql"))
    return {path.stem: parse_question(path.stem, path.read_text(encoding="utf-8")) for path in paths}


def parse_question(name: str, text: str) -> Question:
    """Take a file apart into head and SQL; raises KeyError for a missing title."""
    head = [line for line in text.splitlines() if line.startswith("-- ")]
    titles = {found[1]: found[2] for line in head if (found := HEAD.match(line))}
    parameters = tuple(Parameter(*found.groups()) for line in head if (found := PARAMETER.match(line)))
    return Question(name, titles["titolo"], titles["title"], parameters, text)


def ask(db: Database, name: str, given: Mapping[str, str], *, today: date) -> Answer:
    """Answer a question; raises InputError for an unknown question or parameter, or a value that cannot be."""
    question = find_question(name)
    unknown = sorted(set(given) - {parameter.name for parameter in question.parameters})
    if unknown:
        known = ", ".join(parameter.name for parameter in question.parameters) or "none"
        raise InputError(f"{name} has no parameter {', '.join(unknown)}; it has: {known}")
    values = {p.name: check_value(p.name, given.get(p.name, default_of(p, today))) for p in question.parameters}
    try:
        cursor = db.conn.execute(question.sql, values)
        return Answer(tuple(column[0] for column in cursor.description), tuple(tuple(row) for row in cursor))
    except sqlite3.OperationalError as error:
        raise InputError(f"{name}: {error}; a full-text query is words, OR, and * at a word's end") from error


def find_question(name: str) -> Question:
    """Return a question by name; raises InputError that lists them."""
    try:
        return read_questions()[name]
    except KeyError as error:
        raise InputError(f"no question {name!r}; there are: {', '.join(read_questions())}") from error


def default_of(parameter: Parameter, today: date) -> str:
    """Return what a parameter is when it is not given."""
    days = {"today": today, "yesterday": today - timedelta(days=1)}
    return days[parameter.default].isoformat() if parameter.default in days else parameter.default
