"""Writes the record of one deal anew: what its articles say (pipeline.link merges), then what people decided."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from sqlite_utils import Database

from pipeline.kb.corrections import Verdict, apply_decisions
from pipeline.kb.dates import first_day
from pipeline.kb.money import bounds_of
from pipeline.kb.rates import to_euro
from pipeline.kb.statements import Statements, Value
from pipeline.kb.tellings import read_known_deals
from pipeline.known import Choice, Decision, KnownDeal, MergedDeal, Sum, Telling, ToldParty
from pipeline.link import family_of, merge_tellings, number_text, sum_text

SQL = Statements("rebuild")
Row = dict[str, Value]


def rebuild_deal(db: Database, deal_id: int, *, now: datetime) -> None:
    """Write deal `deal_id` (one that stands for itself) with its parties, evidence, statuses and words."""
    (known,) = read_known_deals(db, [deal_id])
    for row in SQL.all(db, "group", id=deal_id):
        for clear in ("clear_parties", "clear_evidence", "clear_statuses", "clear_text"):
            SQL.run(db, clear, id=row["id"])
        if row["id"] != deal_id or not known.tellings:
            SQL.run(db, "empty", id=row["id"], now=now.isoformat(timespec="seconds"))
    if known.tellings:
        write_record(db, known, now=now)


def write_record(db: Database, known: KnownDeal, *, now: datetime) -> None:
    """Merge the tellings, apply what people decided, write all rows of the deal."""
    merged = with_known_names(db, merge_tellings(known.tellings))
    verdict = apply_decisions(merged, read_decisions(db, known.id))
    verdict = replace(verdict, deal=with_corrected_parties(db, verdict.deal))
    columns = columns_of(db, known, verdict)
    said = {name: value for name, value in columns.items() if name not in {"review", "live"}}
    digest = hashlib.sha256(json.dumps([said, say_parties(verdict.deal)], sort_keys=True).encode()).hexdigest()
    SQL.run(db, "update_deal", id=known.id, record_hash=digest, now=now.isoformat(timespec="seconds"), **columns)
    write_parties(db, known.id, verdict.deal, columns)
    write_evidence(db, known.id, merged, verdict.deal)
    write_words(db, known, verdict.deal, columns)


def with_known_names(db: Database, merged: MergedDeal) -> MergedDeal:
    """Return `merged` with every linked party under the name that stands for all its aliases."""
    parties = tuple(
        replace(party, name=name_of(db, party.entity)) if party.entity is not None else party
        for party in merged.parties
    )
    return replace(merged, parties=parties)


def name_of(db: Database, entity: int) -> str:
    """Return the name of an entity."""
    row = SQL.one(db, "entity_name", id=entity)
    assert row is not None  # noqa: S101 - entities are never deleted
    return str(row["name"])


def with_corrected_parties(db: Database, deal: MergedDeal) -> MergedDeal:
    """Return `deal` with parties that a person gave by public id ("O12") linked to that entity."""
    return replace(deal, parties=tuple(link_party(db, party) for party in deal.parties))


def link_party(db: Database, party: ToldParty) -> ToldParty:
    """Return `party` linked, where its name is the public id of an entity."""
    if party.entity is not None or not (party.name[:1] in {"O", "P"} and party.name[1:].isdecimal()):
        return party
    row = SQL.one(db, "entity_by_public_id", id=int(party.name[1:]), public_id=party.name)
    return replace(party, entity=row["id"], name=row["name"], named=True) if row else party


def read_decisions(db: Database, deal_id: int) -> tuple[Decision, ...]:
    """Return what people decided on the deal or on one that is part of it, oldest first."""
    ids = json.dumps([f"D{row['id']}" for row in SQL.all(db, "group", id=deal_id)])
    return tuple(Decision(**dict(row)) for row in SQL.all(db, "decisions", ids=ids))


def columns_of(db: Database, known: KnownDeal, verdict: Verdict) -> Row:
    """Return the columns of the deal's row."""
    deal = verdict.deal
    day = sorting_day(deal, known.tellings)
    low, high = bounds_of(deal.amount)
    eur, rate_day = to_euro(db, deal.amount, rate_days(deal, known.tellings))
    return {
        "title": title_of(deal),
        "type": deal.type.value,
        "family": family_of(deal.type),
        "status": deal.status.value,
        "denied": int(deal.denied),
        "date": deal.date,
        "day": day.isoformat() if day else None,
        "amount_low": low,
        "amount_high": high,
        "amount_eur": eur,
        "eur_rate_day": rate_day,
        "stake": float(deal.stake) if deal.stake is not None else None,
        "stake_after": float(deal.stake_after) if deal.stake_after is not None else None,
        "subject": deal.subject,
        "confidence": deal.confidence,
        "sources": deal.sources,
        "articles": len({telling.article for telling in known.tellings}),
        "disputed": count_disputes(deal),
        "review": verdict.review,
        "live": int(verdict.review != "rejected"),
        **sum_columns("", deal.amount),
        **total_columns(deal.total),
    }


def sum_columns(prefix: str, amount: Sum | None) -> Row:
    """Return currency and qualifier of a sum."""
    return {
        f"{prefix}currency": amount.currency if amount else None,
        f"{prefix}qualifier": amount.qualifier.value if amount else None,
    }


def total_columns(total: Sum | None) -> Row:
    """Return the columns of a sum that was told for several deals."""
    low, high = bounds_of(total)
    return sum_columns("total_", total) | {"total_low": low, "total_high": high}


def sorting_day(deal: MergedDeal, tellings: tuple[Telling, ...]) -> date | None:
    """Return the first day of the deal's date, else the day of the first article with one."""
    own = first_day(deal.date)
    return own or min((telling.published for telling in tellings if telling.published), default=None)


def rate_days(deal: MergedDeal, tellings: tuple[Telling, ...]) -> tuple[str | None, date | None]:
    """Return the deal's date and the day of the article that states the sum."""
    telling = next((choice.telling for choice in deal.choices if choice.field == "amount"), None)
    published = next((told.published for told in tellings if told.id == telling), None)
    return deal.date, published


def count_disputes(deal: MergedDeal) -> int:
    """Return how many fields are told in more than one way; a status that moved on is no dispute."""
    return sum(
        len({value for _, value in choice.says}) > 1
        for choice in deal.choices
        if choice.field in {"type", "amount", "total", "stake", "stake_after"}
    )


def title_of(deal: MergedDeal) -> str:
    """Return a line that names the deal: "acquisition: Alfa (buyer), Beta (target)"."""
    parties = ", ".join(f"{party.name} ({party.role.value})" for party in deal.parties)
    return f"{deal.type.value.replace('_', ' ')}: {parties or 'parties unknown'}"


def say_parties(deal: MergedDeal) -> list[list[str | int | None]]:
    """Return the parties as text that can be hashed."""
    return [[party.role.value, party.entity, party.name] for party in deal.parties]


def write_parties(db: Database, deal_id: int, deal: MergedDeal, columns: Row) -> None:
    """Write who takes part."""
    rows = [
        {
            "deal_id": deal_id,
            "position": position,
            "role": party.role.value,
            "entity_id": party.entity,
            "name": party.name,
            "family": columns["family"],
            "day": columns["day"],
        }
        for position, party in enumerate(deal.parties)
    ]
    SQL.run_many(db, "insert_party", rows)


def write_evidence(db: Database, deal_id: int, merged: MergedDeal, final: MergedDeal) -> None:
    """Write what each article says of each field, and how the deal went. `final` is `merged` as people corrected it."""
    evidence: list[Row] = [
        {
            "deal_id": deal_id,
            "field": field,
            "deal_mention_id": telling,
            "value": value,
            "chosen": int(telling == choice.telling and (value == taken or field.startswith("party:"))),
            "agrees": int(value == taken or field.startswith("party:")),
        }
        for field, taken, choice in named_choices(merged, final)
        for telling, value in choice.says
    ]
    SQL.run_many(db, "insert_evidence", evidence)
    statuses: list[Row] = [
        {
            "deal_id": deal_id,
            "position": position,
            "date": entry.date,
            "status": entry.status.value,
            "denied": int(entry.denied),
            "deal_mention_id": entry.telling,
        }
        for position, entry in enumerate(merged.timeline)
    ]
    SQL.run_many(db, "insert_status", statuses)


def named_choices(merged: MergedDeal, final: MergedDeal) -> Iterator[tuple[str, str, Choice]]:
    """Give (field, value taken, choice); a party's field names its place among the final parties: "party:0".

    pipeline.link gives one choice a party, in the order of the parties. A party that a person took out has no place.
    """
    places = {(party.role, party.entity or party.name): place for place, party in enumerate(final.parties)}
    parties = iter(merged.parties)
    for choice in merged.choices:
        if choice.field != "party":
            yield choice.field, value_taken(choice, merged, final), choice
            continue
        party = next(parties)
        place = places.get((party.role, party.entity or party.name))
        if place is not None:
            yield f"party:{place}", choice.value, choice


def value_taken(choice: Choice, merged: MergedDeal, final: MergedDeal) -> str:
    """Return what the ledger takes of a field, written as the choices are: an article's value or a person's."""
    value = getattr(final, choice.field)
    if value == getattr(merged, choice.field):
        return choice.value
    if isinstance(value, Sum):
        return sum_text(value)
    return number_text(value) if isinstance(value, Decimal) else str(value)


def write_words(db: Database, known: KnownDeal, deal: MergedDeal, columns: Row) -> None:
    """Write the words by which the deal is searched; a rejected deal is not found."""
    if not columns["live"]:
        return
    SQL.run(
        db,
        "insert_text",
        deal_id=known.id,
        title=str(columns["title"]),
        parties="\n".join(dict.fromkeys([party.name for party in deal.parties])),
        subject=deal.subject or "",
        evidence="\n".join(dict.fromkeys(quote for telling in known.tellings for quote in telling.quotes)),
    )
