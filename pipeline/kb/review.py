"""Lists what people decided with what became of it, and what they should decide next, the most valuable first."""

import sqlite3
from dataclasses import dataclass
from decimal import Decimal

from sqlite_utils import Database

from pipeline.kb.money import to_units
from pipeline.kb.statements import Statements, Value

SQL = Statements("decisions")
DOUBTFUL = 0.6  # confidence below which a person should look


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision and its state: holds, revoked, or why it applies to nothing now."""

    id: int
    kind: str
    a: str
    b: str | None
    field: str | None
    value: str | None
    article: str | None
    why: str | None
    who: str
    made_at: str
    state: str


@dataclass(frozen=True, slots=True)
class Task:
    """Something to decide: a pair that may be one ("same"), or a deal that may be wrong ("deal").

    `euro` is what is at stake: the sums of the deals that the answer touches.
    """

    kind: str
    a: str
    b: str | None
    text: str
    euro: Decimal


def list_decisions(db: Database) -> tuple[DecisionRow, ...]:
    """Return all decisions, oldest first; those that apply to nothing any more are listed like the others."""
    return tuple(
        DecisionRow(
            id=row["id"],
            kind=row["kind"],
            a=row["a"],
            b=row["b"],
            field=row["field"],
            value=None if row["kind"] == "confirm" else row["value"],
            article=row["article"],
            why=row["why"],
            who=row["who"],
            made_at=row["made_at"],
            state=state_of(db, row),
        )
        for row in SQL.all(db, "all")
    )


def state_of(db: Database, row: sqlite3.Row) -> str:
    """Return what became of a decision."""
    if row["revoked_at"]:
        return f"revoked {str(row['revoked_at'])[:10]} by {row['revoked_by']}"
    a = str(row["a"])
    if not a.startswith("D"):
        unnamed = [name for name in (a, row["b"]) if name and not is_named(db, str(name))]
        return f"no article names {' or '.join(unnamed)} now" if unnamed else "holds"
    deal = SQL.one(db, "state_of_deal", id=int(a[1:]))
    assert deal is not None  # noqa: S101 - deals are never deleted
    if not deal["articles"]:
        return "no article tells of it now"
    if row["kind"] == "confirm" and row["value"] != deal["record_hash"]:
        return "the record has changed since"
    return "holds"


def is_named(db: Database, public_id: str) -> bool:
    """Return whether an article names an organisation or person, or one that was joined to it."""
    return SQL.one(db, "named", id=int(public_id[1:])) is not None


def list_tasks(db: Database, *, limit: int) -> tuple[Task, ...]:
    """Return what to decide next: pairs of organisations, pairs of deals, doubtful deals; by euro at stake."""
    entities = [entity_task(dict(row)) for row in SQL.all(db, "entity_pairs", limit=limit)]
    deals = [deal_pair_task(dict(row)) for row in SQL.all(db, "deal_pairs", limit=limit)]
    doubtful = [deal_task(dict(row)) for row in SQL.all(db, "doubtful_deals", below=DOUBTFUL, limit=limit)]
    ordered = sorted((*entities, *deals, *doubtful), key=lambda task: -task.euro)
    return tuple(ordered[:limit])


def entity_task(row: dict[str, Value]) -> Task:
    """Return the task of saying whether two organisations or people are one."""
    one, other = (f"{row[side]} {row[f'{side}_name']} ({side_facts(row, side)})" for side in ("a", "b"))
    return Task("same", str(row["a"]), str(row["b"]), f"{one} = {other}? {row['why']}", euro_of(row))


def side_facts(row: dict[str, Value], side: str) -> str:
    """Return what is known of one of two: "company, Alba, Piemonte, 3 articles"; a region is not said twice."""
    known = dict.fromkeys(str(row[f"{side}_{fact}"]) for fact in ("kind", "place", "region") if row[f"{side}_{fact}"])
    return ", ".join((*known, f"{row[f'{side}_articles']} article(s)"))


def deal_pair_task(row: dict[str, Value]) -> Task:
    """Return the task of saying whether two deals are one."""
    sides = [f"{row[side]} {row[f'{side}_name']}, {row[f'{side}_date'] or 'no date'}" for side in ("a", "b")]
    return Task("same", str(row["a"]), str(row["b"]), f"{sides[0]} = {sides[1]}?", euro_of(row))


def deal_task(row: dict[str, Value]) -> Task:
    """Return the task of saying whether a deal is right."""
    why = f"{row['disputed']} field(s) disputed" if row["disputed"] else f"confidence {row['confidence']:.2f}"
    text = f"{row['a']} {row['a_name']}, {row['status']}, {row['a_date'] or 'no date'}: {why}"
    return Task("deal", str(row["a"]), None, text, euro_of(row))


def euro_of(row: dict[str, Value]) -> Decimal:
    """Return the euro at stake."""
    cents = row["cents"]
    assert isinstance(cents, int)  # noqa: S101 - a sum of integers
    return to_units(cents) or Decimal(0)
