"""Reads the ledger: deals by filter, one deal with everything that proves it, names, words. Changes nothing."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlite_utils import Database

from pipeline.errors import InputError
from pipeline.kb.money import sum_of, to_cents, to_units
from pipeline.kb.rows import DealRow, DealStory, PartyRow, Proof, Sentence, StatusRow
from pipeline.kb.statements import Statements
from pipeline.kb.tellings import decimal_of
from pipeline.link import normal_form

SQL = Statements("read")


@dataclass(frozen=True, slots=True)
class DealFilter:
    """Which deals are wanted; empty and None mean all. `since` and `until` are days, `min_amount` is euro."""

    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    party: str | None = None
    since: str | None = None
    until: str | None = None
    min_amount: Decimal | None = None


def read_deals(db: Database, wanted: DealFilter = DealFilter(), *, limit: int = -1) -> tuple[DealRow, ...]:
    """Return the live deals that `wanted` describes, the latest first; all of them for a `limit` of -1."""
    entities = find_named(db, wanted.party) if wanted.party else []
    rows = SQL.all(
        db,
        "deals",
        types=json.dumps(wanted.types) if wanted.types else None,
        statuses=json.dumps(wanted.statuses) if wanted.statuses else None,
        since=wanted.since,
        until=wanted.until,
        min_cents=to_cents(wanted.min_amount),
        party=escape_like(wanted.party) if wanted.party else None,
        entities=json.dumps(entities),
        limit=limit,
    )
    return make_deals(db, rows)


def make_deals(db: Database, rows: list[sqlite3.Row]) -> tuple[DealRow, ...]:
    """Return the values of rows of `deal`, with their parties."""
    parties: Mapping[int, list[PartyRow]] = defaultdict(list)
    for row in SQL.all(db, "parties_of", ids=json.dumps([row["id"] for row in rows])):
        parties[row["deal_id"]].append(PartyRow(row["role"], row["name"], row["public_id"]))
    return tuple(make_deal(row, tuple(parties[row["id"]])) for row in rows)


def make_deal(row: sqlite3.Row, parties: tuple[PartyRow, ...]) -> DealRow:
    """Return the value of one row of `deal`."""
    return DealRow(
        id=row["public_id"],
        title=row["title"],
        type=row["type"],
        status=row["status"],
        denied=bool(row["denied"]),
        date=row["date"],
        day=row["day"],
        amount=sum_of(row["currency"], row["qualifier"], row["amount_low"], row["amount_high"]),
        amount_eur=to_units(row["amount_eur"]),
        stake=decimal_of(row["stake"]),
        stake_after=decimal_of(row["stake_after"]),
        subject=row["subject"],
        parties=parties,
        confidence=row["confidence"],
        sources=row["sources"],
        articles=row["articles"],
        disputed=row["disputed"],
        review=row["review"],
        first_seen=row["first_seen"],
        last_changed=row["last_changed"],
    )


def parse_public_id(text: str, letters: str) -> int:
    """Return the row that a public id names: "D12" is 12; raises InputError for what is none."""
    if text[:1].upper() not in letters or not text[1:].isdecimal() or len(text) > 19:
        raise InputError(f"{text!r} is no identifier; write {' or '.join(f'{letter}12' for letter in letters)}")
    return int(text[1:])


def find_deal(db: Database, public_id: str) -> int:
    """Return the deal that stands for `public_id`; raises InputError where there is none."""
    row = SQL.one(db, "deal", id=parse_public_id(public_id, "D"))
    if row is None:
        raise InputError(f"there is no deal {public_id}; `affari deals` lists them")
    return int(row["merged_into"] or row["id"])


def find_entity(db: Database, public_id: str) -> sqlite3.Row:
    """Return id, public_id, kind, name and root of an organisation or person; raises InputError where there is none."""
    row = SQL.one(db, "entity", id=parse_public_id(public_id, "OP"), public_id=public_id.upper())
    if row is None:
        raise InputError(f"there is no {public_id}; `affari orgs` and `affari people` list them")
    return row


def find_named(db: Database, name: str) -> list[int]:
    """Return the entities called `name` in any way, or with that public id."""
    if name[:1] in "OP" and name[1:].isdecimal():
        row = SQL.one(db, "entity", id=parse_public_id(name, "OP"), public_id=name)
        return [row["root"]] if row else []
    return [row["id"] for row in SQL.all(db, "entities_named", name=name, norm=normal_form("organisation", name))]


def find_named_like(db: Database, name: str) -> list[int]:
    """Return the entities called `name`, or, where there are none, those with `name` in a name."""
    return find_named(db, name) or [row["id"] for row in SQL.all(db, "entities_like", name=escape_like(name))]


def escape_like(text: str) -> str:
    r"""Return `text` for LIKE with ESCAPE '\', so that % and _ stand for themselves."""
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


def read_story(db: Database, public_id: str) -> DealStory:
    """Return a deal with every sentence that proves a field of it; raises InputError for an unknown one.

    A deal that became part of another gives that other one.
    """
    deal_id = find_deal(db, public_id)
    rows = SQL.all(db, "deal", id=deal_id)
    statuses = tuple(
        StatusRow(row["date"], row["status"], bool(row["denied"]), row["source"], row["url"])
        for row in SQL.all(db, "statuses", id=deal_id)
    )
    decided = read_decisions_on(db, deal_id)
    return DealStory(
        make_deals(db, rows)[0],
        read_proofs(db, deal_id),
        statuses,
        tuple(map(say_decision, decided)),
        frozenset(row["field"] for row in decided if row["field"]),
    )


def read_decisions_on(db: Database, deal_id: int) -> list[sqlite3.Row]:
    """Return what people decided on a deal or on one that is part of it, the oldest first."""
    ids = json.dumps([f"D{row['id']}" for row in Statements("rebuild").all(db, "group", id=deal_id)])
    return SQL.all(db, "decisions_on", ids=ids)


def say_decision(row: sqlite3.Row) -> str:
    """Write a decision as a line: "3: correct status=completed, anna, 2026-03-01 (closing)"."""
    what = f"{row['kind']} {row['field']}={row['value']}" if row["field"] else row["kind"]
    why = f" ({row['why']})" if row["why"] else ""
    return f"{row['id']}: {what}, {row['who']}, {row['made_at'][:10]}{why}"


def read_sentences(db: Database, deals: Iterable[DealRow]) -> dict[str, tuple[Sentence, ...]]:
    """Return the sentences that prove each of `deals`, by public id, the oldest first."""
    ids = [int(deal.id[1:]) for deal in deals]
    found: dict[str, list[Sentence]] = defaultdict(list)
    for row in SQL.all(db, "sentences", ids=json.dumps(ids)):
        found[row["deal"]].append(Sentence(**dict(row)))
    return {f"D{deal}": tuple(found[f"D{deal}"]) for deal in ids}


def read_proofs(db: Database, deal_id: int) -> tuple[Proof, ...]:
    """Return for every field and article the sentence that says so, chosen values first."""
    spans: Mapping[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    for row in SQL.all(db, "spans", id=deal_id):
        spans[row["deal_mention_id"], row["field"]].append((row["char_start"], row["char_end"]))
    positions = {
        (row["deal_mention_id"], f"{row['role']} {row['name']}"): f"party:{row['position']}"
        for row in SQL.all(db, "told_parties", id=deal_id)
    }
    proofs = []
    for row in SQL.all(db, "evidence", id=deal_id):
        telling = row["deal_mention_id"]
        field = positions.get((telling, row["value"]), row["field"])
        start, end = sentence_of(spans[telling, "sentence"], spans[telling, field])
        proofs.append(make_proof(row, start, end))
    return tuple(proofs)


def sentence_of(sentences: list[tuple[int, int]], spans: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Return the sentence that holds one of `spans`, else the first that proves the deal."""
    for start, _ in spans:
        for sentence in sentences:
            if sentence[0] <= start < sentence[1]:
                return sentence
    return sentences[0] if sentences else (0, 0)


def make_proof(row: sqlite3.Row, start: int, end: int) -> Proof:
    """Return the value of a row of evidence with the sentence at `start` to `end`."""
    return Proof(
        field=row["field"],
        value=row["value"],
        chosen=bool(row["chosen"]),
        agrees=bool(row["agrees"]),
        sentence=row["text"][start:end],
        source=row["source"],
        article=row["article"],
        published=row["published"],
        url=row["url"],
        char_start=start,
        char_end=end,
        extractor=row["extractor"],
    )
