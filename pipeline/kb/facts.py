"""Writes what a reader said of one article, as it said it. Who is who is linking.py's matter."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime

from sqlite_utils import Database

from pipeline.contract import extraction_record
from pipeline.errors import ArticleError
from pipeline.kb.articles import read_article
from pipeline.kb.money import bounds_of, say_sum
from pipeline.kb.rows import StoredArticle
from pipeline.kb.statements import Statements, Value
from pipeline.link.places import find_place
from pipeline.records import (
    Amount,
    DateValue,
    Deal,
    Extraction,
    Mention,
    Model,
    Organisation,
    Party,
    Person,
    Place,
    Share,
)

SQL = Statements("facts")

Row = dict[str, Value]


def ensure_extractor(db: Database, model: Model, *, now: datetime) -> int:
    """Return the row of the reader `model`, made if missing."""
    names = {"pipeline": model.pipeline, "tagger": model.tagger, "version": model.version}
    SQL.run(db, "insert_extractor", now=now.isoformat(timespec="seconds"), **names)
    row = SQL.one(db, "extractor", **names)
    assert row is not None  # noqa: S101 - inserted the line before
    return int(row["id"])


def hash_record(extraction: Extraction) -> str:
    """Return the SHA-256 of everything that the record says."""
    record = json.dumps(extraction_record(extraction), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(record.encode()).hexdigest()


def find_extraction(db: Database, article: StoredArticle, extractor_id: int) -> tuple[int, str] | None:
    """Return identifier and record hash of the reading of this text by this extractor, None if there is none."""
    row = SQL.one(db, "extraction", article_id=article.id, version=article.version, extractor_id=extractor_id)
    return (row["id"], row["record_hash"]) if row else None


def write_extraction(db: Database, article_id: int, extraction: Extraction, *, run_id: int, now: datetime) -> int:
    """Write all rows of one reading, not yet counting; return its identifier.

    Raises ArticleError where the record is of another text than the stored one, or an offset lies outside.
    """
    article = read_article(db, article_id)
    check_offsets(article, extraction)
    extraction_id = SQL.run(
        db,
        "insert_extraction",
        article_id=article.id,
        version=article.version,
        extractor_id=ensure_extractor(db, extraction.model, now=now),
        run_id=run_id,
        record_hash=hash_record(extraction),
        doubts=json.dumps(extraction.published_doubts, ensure_ascii=False),
        now=now.isoformat(timespec="seconds"),
    )
    keys: Row = {"extraction_id": extraction_id, "article_id": article.id}
    appearances = write_appearances(db, extraction, keys, day=trusted_day(article, extraction))
    SQL.run_many(db, "insert_mention", [keys | row for row in value_rows(extraction)])
    for deal in extraction.deals:
        write_deal(db, deal, keys, appearances)
    return extraction_id


def check_offsets(article: StoredArticle, extraction: Extraction) -> None:
    """Raise ArticleError where the record's text or an offset does not fit the stored text."""
    if extraction.article.text != article.text:
        raise ArticleError(f"{article.url}: the record was read from another text than the stored one")
    for mention in spans_of(extraction):
        if article.text[mention.start : mention.end] != mention.text or mention.start >= mention.end:
            raise ArticleError(f"{article.url}: {mention.start}-{mention.end} is not {mention.text!r} in the text")


def spans_of(extraction: Extraction) -> Iterator[Mention]:
    """Give every span of the record that carries its words."""
    names: tuple[Organisation | Person | Place, ...] = (
        *extraction.organisations,
        *extraction.people,
        *extraction.places,
    )
    for named in names:
        yield from named.mentions
    values: tuple[DateValue | Amount | Share, ...] = (*extraction.dates, *extraction.amounts, *extraction.percents)
    for value in values:
        yield Mention(value.start, value.end, value.text)
    for deal in extraction.deals:
        yield from (Mention(start, end, text) for _, start, end, text in deal_spans(deal))


def trusted_day(article: StoredArticle, extraction: Extraction) -> str | None:
    """Return the day of publication where neither page nor text speaks against it."""
    trusted = article.published_trust == "high" and not extraction.published_doubts
    return article.published.isoformat() if article.published and trusted else None


def write_appearances(db: Database, extraction: Extraction, keys: Row, *, day: str | None) -> dict[str, int]:
    """Write organisations, then people; return the row of each name (and alias, where no name is the same)."""
    rows: dict[str, int] = {}
    aliases: dict[str, int] = {}
    for organisation in extraction.organisations:
        row = SQL.run(
            db, "insert_appearance", **keys, **organisation_columns(organisation, extraction.article.text), day=day
        )
        write_mentions(db, "ORG", organisation.mentions, row, keys)
        rows.setdefault(organisation.name, row)
        aliases |= dict.fromkeys(organisation.aliases, row)
    for person in extraction.people:
        where = rows.get(person.organisation) if person.organisation else None
        row = SQL.run(db, "insert_appearance", **keys, **person_columns(person, where), day=day)
        write_mentions(db, "PER", person.mentions, row, keys)
        rows.setdefault(person.name, row)
    return aliases | rows


def organisation_columns(organisation: Organisation, text: str) -> Row:
    """Return the columns of an organisation's appearance, with the place that the text puts it in."""
    home = find_place(organisation, text)
    return {
        "kind": "organisation",
        "name": organisation.name,
        "org_kind": organisation.kind,
        "legal_form": organisation.legal_form,
        "aliases": json.dumps(organisation.aliases, ensure_ascii=False),
        "office": None,
        "organisation_id": None,
        "place": home.name if home else None,
        "province": home.province if home else None,
        "region": home.region if home else None,
    }


def person_columns(person: Person, organisation_id: int | None) -> Row:
    """Return the columns of a person's appearance; `organisation_id` is the appearance of the body of the office."""
    return {
        "kind": "person",
        "name": person.name,
        "org_kind": None,
        "legal_form": None,
        "aliases": "[]",
        "office": person.role,
        "organisation_id": organisation_id,
        "place": None,
        "province": None,
        "region": None,
    }


def write_mentions(db: Database, label: str, mentions: tuple[Mention, ...], appearance_id: int, keys: Row) -> None:
    """Write where an organisation or person is named."""
    rows = [
        keys | mention_row(label, mention.start, mention.end, mention.text, None, appearance_id) for mention in mentions
    ]
    SQL.run_many(db, "insert_mention", rows)


def mention_row(label: str, start: int, end: int, text: str, value: str | None, appearance_id: int | None) -> Row:
    """Return the columns of a mention."""
    return {
        "label": label,
        "char_start": start,
        "char_end": end,
        "text": text,
        "value": value,
        "appearance_id": appearance_id,
    }


def value_rows(extraction: Extraction) -> Iterator[Row]:
    """Give the rows of places, dates, sums and shares."""
    for place in extraction.places:
        for mention in place.mentions:
            yield mention_row("LOC", mention.start, mention.end, mention.text, place.name, None)
    for day in extraction.dates:
        yield mention_row("DATE", day.start, day.end, day.text, day.value, None)
    for amount in extraction.amounts:
        yield mention_row("MONEY", amount.start, amount.end, amount.text, say_sum(amount), None)
    for share in extraction.percents:
        stated = share.value if share.value is not None else f"{share.min}-{share.max}"
        yield mention_row("PERCENT", share.start, share.end, share.text, f"{stated} {share.of.value}", None)


def write_deal(db: Database, deal: Deal, keys: Row, appearances: dict[str, int]) -> None:
    """Write one deal of the article with its parties and the spans that its fields were read from."""
    row = SQL.run(db, "insert_deal_mention", **keys, **deal_columns(deal))
    SQL.run_many(
        db,
        "insert_party",
        [
            party_row(party, appearances) | {"deal_mention_id": row, "position": at}
            for at, party in enumerate(deal.parties)
        ],
    )
    spans: list[Row] = [
        {"deal_mention_id": row, "field": field, "char_start": start, "char_end": end}
        for field, start, end, _ in deal_spans(deal)
    ]
    SQL.run_many(db, "insert_span", spans)


def deal_columns(deal: Deal) -> Row:
    """Return the columns of a deal as its article tells it."""
    low, high = bounds_of(deal.amount)
    total_low, total_high = bounds_of(deal.total)
    return {
        "type": deal.type.value,
        "status": deal.status.value,
        "denied": int(deal.denied),
        "currency": deal.amount.currency if deal.amount else None,
        "qualifier": deal.amount.qualifier.value if deal.amount else None,
        "amount_low": low,
        "amount_high": high,
        "total_currency": deal.total.currency if deal.total else None,
        "total_qualifier": deal.total.qualifier.value if deal.total else None,
        "total_low": total_low,
        "total_high": total_high,
        "stake": float(deal.stake) if deal.stake is not None else None,
        "stake_after": float(deal.stake_after) if deal.stake_after is not None else None,
        "date": deal.date,
        "subject": deal.subject,
        "confidence": deal.confidence,
    }


def party_row(party: Party, appearances: dict[str, int]) -> Row:
    """Return the columns of a party; raises ArticleError for a named one that the article does not list."""
    if party.named and party.name not in appearances:
        raise ArticleError(f"the party {party.name!r} is none of the article's organisations and people")
    return {
        "role": party.role.value,
        "name": party.name,
        "named": int(party.named),
        "appearance_id": appearances[party.name] if party.named else None,
    }


def deal_spans(deal: Deal) -> Iterator[tuple[str, int, int, str]]:
    """Give (field, start, end, words) of everything that proves the deal."""
    for sentence in deal.evidence:
        yield "sentence", sentence.start, sentence.end, sentence.text
    for trigger in deal.triggers:
        yield "trigger", trigger.start, trigger.end, trigger.text
    singles = {
        "amount": deal.amount,
        "total": deal.total,
        "stake": deal.stake_evidence,
        "date": deal.date_evidence,
        "subject": deal.subject_evidence,
    }
    for field, span in singles.items():
        if span is not None:
            yield field, span.start, span.end, span.text
    for position, party in enumerate(deal.parties):
        for mention in party.evidence:
            yield f"party:{position}", mention.start, mention.end, mention.text
