"""Compares what two readers said of the same articles, and lets the newer one count. Nothing is forgotten by either."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from pipeline.errors import InputError
from pipeline.kb import linking
from pipeline.kb.connection import atomic
from pipeline.kb.linking import read_anchors
from pipeline.kb.money import say_sum
from pipeline.kb.statements import Statements
from pipeline.kb.tellings import read_tellings
from pipeline.known import Telling
from pipeline.link import match_by_quotes, match_by_terms, number_text

SQL = Statements("history")


@dataclass(frozen=True, slots=True)
class ExtractorRow:
    """A reader: how many articles it has read, and for how many its word counts."""

    id: int
    name: str
    version: str
    articles: int
    counting: int


@dataclass(frozen=True, slots=True)
class Change:
    """What a newer reader says otherwise of one article: `what` is new, lost, changed; `deal` the ledger's, if any.

    `decided` is what a person said of that deal: confirmed, corrected, rejected, or nothing.
    """

    what: str
    deal: str | None
    decided: str
    field: str
    old: str
    new: str
    url: str


def read_extractors(db: Database) -> tuple[ExtractorRow, ...]:
    """Return all readers that ever read an article, oldest first."""
    return tuple(
        ExtractorRow(
            row["id"], f"{row['tagger']} on {row['pipeline']}", row["version"], row["articles"], row["counting"]
        )
        for row in SQL.all(db, "extractors")
    )


def find_extractor(db: Database, name: str) -> ExtractorRow:
    """Return a reader by version, its tagger's or its own, or by row number; raises InputError that lists them."""
    known = read_extractors(db)
    found = [row for row in known if name in {row.version, str(row.id), tagger_version(row)}]
    if len(found) == 1:
        return found[0]
    listed = "; ".join(f"{row.id}: {row.name}, version {row.version}, {row.articles} articles" for row in known)
    raise InputError(f"{name!r} is {'no reader' if not found else 'several readers'}; there are {listed or 'none yet'}")


def tagger_version(row: ExtractorRow) -> str:
    """Return the version of a reader's weights: "2026-11-29.1" of "affari-reader 2026-11-29.1 on blank:it 3.8.18"."""
    return row.name.partition(" on ")[0].rpartition(" ")[2]


def count_common(db: Database, old: ExtractorRow, new: ExtractorRow) -> int:
    """Return how many articles both have read."""
    row = SQL.one(db, "both_read_count", old=old.id, new=new.id)
    assert row is not None  # noqa: S101 - count(*) always gives a row
    return int(row["articles"])


def find_changes(db: Database, old: ExtractorRow, new: ExtractorRow) -> Iterator[Change]:
    """Give every change, article by article: names lost and new, deals lost, new and changed field by field."""
    decided = {row["deal"]: row["review"] for row in SQL.all(db, "decided")}
    for row in SQL.all(db, "both_read", old=old.id, new=new.id):
        yield from changed_names(db, row["old"], row["new"], row["url"])
        for change in changed_deals(db, row["article_id"], row["old"], row["new"], row["url"]):
            yield replace(change, decided=decided.get(change.deal, ""))


def changed_names(db: Database, old: int, new: int, url: str) -> Iterator[Change]:
    """Give the organisations and people that only one reading has."""
    before, after = (
        {(row["kind"], row["name"]) for row in SQL.all(db, "names_in", extraction_id=reading)} for reading in (old, new)
    )
    yield from (Change("lost", None, "", kind, name, "", url) for kind, name in sorted(before - after))
    yield from (Change("new", None, "", kind, "", name, url) for kind, name in sorted(after - before))


def changed_deals(db: Database, article_id: int, old: int, new: int, url: str) -> Iterator[Change]:
    """Give the deals that only one reading has, and the fields of the others that differ."""
    before, after = read_tellings(db, old), read_tellings(db, new)
    pairs = pair_readings(before, after)
    deals = known_deals(db, article_id, before)
    by_id = {telling.id: telling for telling in (*before, *after)}
    for telling in before:
        deal = deals.get(telling.id)
        if telling.id in pairs:
            yield from changed_fields(telling, by_id[pairs[telling.id]], deal, url)
        else:
            yield Change("lost", deal, "", "deal", say_telling(telling), "", url)
    for telling in after:
        if telling.id not in pairs.values():
            yield Change("new", None, "", "deal", "", say_telling(telling), url)


def pair_readings(before: tuple[Telling, ...], after: tuple[Telling, ...]) -> dict[int, int]:
    """Return which telling of the one reading is which of the other, as `accept` will see it."""
    pairs = dict(match_by_quotes(before, after))
    rest = (tuple(told for told in before if told.id not in pairs), [t for t in after if t.id not in pairs.values()])
    return pairs | dict(match_by_terms(rest[0], tuple(rest[1])))


def known_deals(db: Database, article_id: int, tellings: tuple[Telling, ...]) -> dict[int, str]:
    """Return the ledger's deal of each telling, by the words that it is known by."""
    return {told: f"D{deal}" for deal, told in match_by_quotes(read_anchors(db, article_id, tellings), tellings)}


def changed_fields(old: Telling, new: Telling, deal: str | None, url: str) -> Iterator[Change]:
    """Give the fields in which two tellings of one deal differ."""
    before, after = say_fields(old), say_fields(new)
    for field, value in before.items():
        if value != after[field]:
            yield Change("changed", deal, "", field, value, after[field], url)


def say_fields(telling: Telling) -> dict[str, str]:
    """Return the fields of a telling as canonical text, "" for what it does not say."""
    stake, after = telling.stake, telling.stake_after
    return {
        "type": telling.type,
        "status": f"{telling.status}, denied" if telling.denied else telling.status,
        "parties": "; ".join(sorted(f"{party.role} {party.name}" for party in telling.parties)),
        "amount": say_sum(telling.amount) if telling.amount else "",
        "total": say_sum(telling.total) if telling.total else "",
        "stake": number_text(stake) if stake is not None else "",
        "stake_after": number_text(after) if after is not None else "",
        "date": telling.date or "",
        "subject": telling.subject or "",
    }


def say_telling(telling: Telling) -> str:
    """Return a telling in a line: "order: client Kamaz; supplier due aziende"."""
    return f"{telling.type}: {say_fields(telling)['parties'] or 'parties unknown'}"


def accept(db: Database, extractor: ExtractorRow, *, now: Callable[[], datetime]) -> Iterator[int]:
    """Let the readings of `extractor` count, article by article, each in its own transaction; give each article's row.

    Killed in between, what is done is done and the rest goes on at the next call. Identifiers, corrections and
    rejections stay with the deals, which are known again by the sentences that prove them.
    """
    for row in SQL.all(db, "waiting", extractor_id=extractor.id):
        with atomic(db):
            linking.make_count(db, row["article_id"], row["id"], now=now())
        yield row["article_id"]
