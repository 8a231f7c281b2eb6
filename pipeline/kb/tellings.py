"""Reads deals as articles tell them: rows of deal_mention as Telling values. Decides nothing."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlite_utils import Database

from pipeline.kb.money import sum_of
from pipeline.kb.statements import Statements
from pipeline.known import KnownDeal, Telling, ToldParty
from pipeline.link import says_behind
from pipeline.records import DealType, PartyRole, Status

SQL = Statements("tellings")


def read_tellings(db: Database, extraction_id: int) -> tuple[Telling, ...]:
    """Return the deals of one reading, in the article's order."""
    return tuple(telling for _, telling in make_tellings(db, SQL.all(db, "of_extraction", extraction_id=extraction_id)))


def read_known_deals(db: Database, deals: Iterable[int]) -> tuple[KnownDeal, ...]:
    """Return the deals `deals` (those that stand for others) with all that tell them, by identifier."""
    wanted = sorted(set(deals))
    told: dict[int, list[Telling]] = {deal: [] for deal in wanted}
    for root, telling in make_tellings(db, SQL.all(db, "of_deals", ids=json.dumps(wanted))):
        told[root].append(telling)
    return tuple(KnownDeal(deal, tuple(tellings)) for deal, tellings in told.items())


def make_tellings(db: Database, rows: list[sqlite3.Row]) -> list[tuple[int, Telling]]:
    """Return (deal, telling) for each row, with parties and quotes."""
    ids = json.dumps([row["id"] for row in rows])
    told = SQL.all(db, "parties", ids=ids)
    maybe = read_proposed(db, {row["entity"] for row in told if row["entity"] is not None})
    parties: Mapping[int, list[ToldParty]] = defaultdict(list)
    for row in told:
        party = ToldParty(PartyRole(row["role"]), row["name"], bool(row["named"]), row["entity"], maybe[row["entity"]])
        parties[row["deal_mention_id"]].append(party)
    quotes: Mapping[int, list[str]] = defaultdict(list)
    for row in SQL.all(db, "sentences", ids=ids):
        quotes[row["deal_mention_id"]].append(row["text"])
    tellings = [(row["root"], make_telling(row, tuple(parties[row["id"]]), tuple(quotes[row["id"]]))) for row in rows]
    return [(root, look_around(db, telling)) for root, telling in tellings]


def read_proposed(db: Database, entities: set[int]) -> Mapping[int | None, frozenset[int]]:
    """Return for each of `entities` those that it was proposed to be one with: a misspelt name must not hide a deal."""
    found: defaultdict[int | None, set[int]] = defaultdict(set)
    for row in SQL.all(db, "proposed", ids=json.dumps(sorted(entities))):
        found[row["entity"]].add(row["other"])
    return defaultdict(frozenset, {entity: frozenset(others - {entity}) for entity, others in found.items()})


def look_around(db: Database, telling: Telling) -> Telling:
    """Return `telling` with the bodies told beside its deals, where its sentences say that one acts for another."""
    if not says_behind(telling):
        return telling
    return replace(telling, around=frozenset(row["id"] for row in SQL.all(db, "around", id=telling.id)))


def make_telling(row: sqlite3.Row, parties: tuple[ToldParty, ...], quotes: tuple[str, ...]) -> Telling:
    """Return the value of one row of deal_mention."""
    return Telling(
        id=row["id"],
        article=row["article_id"],
        source=row["source"],
        original=row["original"],
        published=date.fromisoformat(row["published"]) if row["published"] else None,
        seen=date.fromisoformat(row["saved_at"][:10]),
        type=DealType(row["type"]),
        status=Status(row["status"]),
        denied=bool(row["denied"]),
        parties=parties,
        confidence=row["confidence"],
        amount=sum_of(row["currency"], row["qualifier"], row["amount_low"], row["amount_high"]),
        total=sum_of(row["total_currency"], row["total_qualifier"], row["total_low"], row["total_high"]),
        stake=decimal_of(row["stake"]),
        stake_after=decimal_of(row["stake_after"]),
        date=row["date"],
        subject=row["subject"],
        quotes=quotes,
    )


def decimal_of(number: float | None) -> Decimal | None:
    """Return a percentage as the article wrote it: 51.0 is 51."""
    if number is None:
        return None
    return Decimal(int(number)) if number == int(number) else Decimal(str(number))
