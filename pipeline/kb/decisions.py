"""Records what people decide and lets it hold: append-only, revocable, refused where it contradicts another decision.

Merging moves nothing: it sets a pointer, so that taking it back is exact. What follows from all decisions together is
pipeline.link's matter (`settle`); this module checks, writes, and rewrites the records that are touched.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from pipeline.errors import InputError
from pipeline.kb.connection import atomic
from pipeline.kb.corrections import NONE, check_correction
from pipeline.kb.people import rename_roots, rewrite_offices
from pipeline.kb.read import find_deal, find_entity
from pipeline.kb.rebuild import rebuild_deal
from pipeline.kb.statements import Statements
from pipeline.known import Decision
from pipeline.link import check_decision, settle
from pipeline.records import PartyRole

SQL = Statements("decisions")
LINKING = Statements("linking")
JOINING = ("merge", "same")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who decides, why, and when."""

    who: str
    why: str | None
    now: datetime

    @property
    def moment(self) -> str:
        """Return the time as it is stored."""
        return self.now.isoformat(timespec="seconds")


def correct(db: Database, deal: str, fields: Iterable[tuple[str, str]], by: Signature) -> tuple[int, ...]:
    """Correct fields of a deal, all or none; raises InputError for a field or value that cannot be."""
    with atomic(db):
        row = find_deal(db, deal)
        made = []
        for field, value in fields:
            check_correction(field, value)
            meant = name_parties(db, row, value) if field in list(PartyRole) else value
            made.append(record(db, Decision(0, "correct", deal, None, field, meant), by))
        return tuple(made)


def name_parties(db: Database, deal: int, value: str) -> str:
    """Return the parties of a correction with the identifier of each that is known: "Kamaz; un fondo", "O1; un fondo".

    So that it means the same whatever else is called so later. Raises InputError for an unknown identifier, and for a
    name that several bear, none of them a party of the deal.
    """
    if value == NONE:
        return value
    own = {row["name"].casefold(): row["public_id"] for row in SQL.all(db, "parties_known", deal=deal)}
    return "; ".join(own.get(name.casefold()) or name_party(db, name) for name in map(str.strip, value.split(";")))


def name_party(db: Database, name: str) -> str:
    """Return the identifier of whom `name` names, or the name where it is nobody's yet; raises InputError."""
    if name[:1] in "OP" and name[1:].isdecimal():
        return str(find_entity(db, name)["public_id"])
    named = [row["public_id"] for row in SQL.all(db, "called", name=name)]
    if len(named) > 1:
        raise InputError(f"{name!r} is the name of {', '.join(named)}; write the identifier")
    return str(named[0]) if named else name


def reject(db: Database, deal: str, by: Signature) -> int:
    """Say that a deal is none: it leaves all lists, and stays out however often it is told again."""
    with atomic(db):
        find_deal(db, deal)
        return record(db, Decision(0, "reject", deal), by)


def confirm(db: Database, deal: str, by: Signature) -> int:
    """Say that the record of a deal is right as it stands; `decisions` tells when it has changed since."""
    with atomic(db):
        row = SQL.one(db, "state_of_deal", id=find_deal(db, deal))
        assert row is not None  # noqa: S101 - find_deal found it
        return record(db, Decision(0, "confirm", deal, value=row["record_hash"]), by)


def merge(db: Database, deal: str, into: str, by: Signature) -> int:
    """Say that `deal` is the deal `into`. Raises InputError for a deal with itself, a ring, or a contradiction."""
    with atomic(db):
        find_deal(db, deal)
        find_deal(db, into)
        return record(db, Decision(0, "merge", deal, into), by)


def say_same(db: Database, entity: str, into: str, by: Signature) -> int:
    """Say that `entity` is the organisation or person `into`."""
    with atomic(db):
        find_entity(db, entity)
        find_entity(db, into)
        return record(db, Decision(0, "same", entity, into), by)


def say_different(db: Database, first: str, second: str, by: Signature) -> int:
    """Say that two organisations, people or deals are not one."""
    with atomic(db):
        for public_id in (first, second):
            find_deal(db, public_id) if public_id.startswith("D") else find_entity(db, public_id)
        return record(db, Decision(0, "different", first, second), by)


def revoke(db: Database, decision_id: int, by: Signature) -> None:
    """Take a decision back; raises InputError where there is none, or it is revoked, or another one rests on it."""
    with atomic(db):
        row = SQL.one(db, "decision", id=decision_id)
        if row is None:
            raise InputError(f"there is no decision {decision_id}; `affari decisions` lists them")
        if row["revoked_at"]:
            raise InputError(
                f"decision {decision_id} was revoked already, {row['revoked_at'][:10]} by {row['revoked_by']}"
            )
        if row["kind"] == "split":
            check_unsplit(db, row)
        SQL.run(db, "revoke", id=decision_id, why=by.why, who=by.who, now=by.moment)
        refuse_contradictions(db, f"decision {decision_id} cannot be revoked")
        hold(db, (row["a"], row["b"]), now=by.now)


def check_unsplit(db: Database, row: sqlite3.Row) -> None:
    """Raise InputError where what a split made has been joined to something else since."""
    for other in SQL.all(db, "live"):
        if other["kind"] in JOINING and row["b"] in {other["a"], other["b"]}:
            raise InputError(
                f"decision {other['id']} ({other['kind']} {other['a']} {other['b']}) rests on this one; revoke it first"
            )


def record(db: Database, decision: Decision, by: Signature, *, article_id: int | None = None) -> int:
    """Write a decision and let it hold; raises InputError that lists what it contradicts."""
    live = read_joining(db)
    what = f"{decision.kind} {decision.a} {decision.b or ''}".rstrip()
    if same := next((held for held in live if replace(held, id=0) == replace(decision, id=0)), None):
        raise InputError(f"{what}: decided already, decision {same.id}; nothing to do")
    against = check_decision(decision, live)
    if against:
        listed = "; ".join(f"decision {found.second}: {found.why}" for found in against)
        raise InputError(f"{what}: contradicts {listed}. Revoke that first")
    decision_id = SQL.run(
        db,
        "insert",
        kind=decision.kind,
        a=decision.a,
        b=decision.b,
        field=decision.field,
        value=decision.value,
        article_id=article_id,
        why=by.why,
        who=by.who,
        now=by.moment,
    )
    refuse_contradictions(db, f"{decision.kind} {decision.a}")
    hold(db, (decision.a, decision.b), now=by.now)
    return decision_id


def read_joining(db: Database) -> tuple[Decision, ...]:
    """Return the decisions that hold, what joins first: a split taken back joins what it parted."""
    rejoined = [Decision(row["id"], "merge", row["b"], row["a"]) for row in SQL.all(db, "revoked_splits")]
    live = [Decision(**dict(row)) for row in SQL.all(db, "live")]
    joining = [decision for decision in live if decision.kind in JOINING]
    return (*rejoined, *joining, *(decision for decision in live if decision.kind not in JOINING))


def refuse_contradictions(db: Database, what: str) -> None:
    """Raise InputError where the decisions that now hold contradict each other; the transaction takes all back."""
    decisions = read_joining(db)
    found = settle(decisions, existing=mentioned(decisions)).contradictions
    if found:
        listed = "; ".join(f"decisions {each.second} and {each.first}: {each.why}" for each in found)
        raise InputError(f"{what}: {listed}. Revoke one first")


def mentioned(decisions: tuple[Decision, ...]) -> frozenset[str]:
    """Return every public id in `decisions`; all exist, since rows are never deleted."""
    return frozenset(name for decision in decisions for name in (decision.a, decision.b) if name)


def hold(db: Database, touched: tuple[str | None, ...], *, now: datetime) -> None:
    """Bring pointers and records in line with all decisions, after one about `touched` was made or taken back."""
    decisions = read_joining(db)
    heads = dict(settle(decisions, existing=mentioned(decisions)).merged)
    entities = point(db, "entity", {name: head for name, head in heads.items() if name[0] != "D"})
    deals = point(db, "deal", {name: head for name, head in heads.items() if name[0] == "D"})
    deals |= {int(name[1:]) for name in touched if name and name[0] == "D"}
    if entities:
        deals |= recount(db, entities)
    for deal in sorted({root_deal(db, deal) for deal in deals}):
        rebuild_deal(db, deal, now=now)


def point(db: Database, table: str, heads: dict[str, str]) -> set[int]:
    """Set `merged_into` of a table's rows to `heads`; return the rows that changed, and the heads they had and have."""
    rows = SQL.all(db, "merged_deals" if table == "deal" else "merged_entities")
    before = {row["id"]: row["merged_into"] for row in rows}
    after = {int(name[1:]): int(head[1:]) for name, head in heads.items()}
    changed = [row for row in before.keys() | after.keys() if before.get(row) != after.get(row)]
    for row in changed:
        SQL.run(db, f"point_{table}", id=row, head=after.get(row))
    return {each for row in changed for each in (row, before.get(row), after.get(row)) if each is not None}


def root_deal(db: Database, deal: int) -> int:
    """Return the deal that stands for `deal`."""
    row = LINKING.one(db, "deal_root", id=deal)
    assert row is not None  # noqa: S101 - deals are never deleted
    return int(row["id"])


def recount(db: Database, entities: set[int]) -> set[int]:
    """Count the entities anew, with their offices; return the deals in which they take part."""
    ids = json.dumps(sorted(entities))
    for entity in sorted(entities):
        LINKING.run(db, "recount_entity", id=entity)
    rename_roots(db, entities)
    people = {row["id"] for row in SQL.all(db, "people_of_entities", ids=ids)}
    rewrite_offices(db, people | entities)
    return {row["id"] for row in SQL.all(db, "deals_of_entities", ids=ids)}
