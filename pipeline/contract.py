"""Contract 1: the extraction record and the article record as JSON objects, and the input record that people give.

Pure: values in, values out. Money and shares become plain numbers; what is not known is null.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from pipeline.config import describe_problems
from pipeline.errors import ArticleError
from pipeline.records import Amount, ArticleText, Deal, Extraction, Mention, Organisation, Person
from scrapers.article import Article

ROME = ZoneInfo("Europe/Rome")
MAX_CHARACTERS = 500_000  # a long law has 300,000; beyond it is no article

Json = dict[str, object]


def parse_day(text: str) -> date:
    """Return the day of an ISO date or time, in Europe/Rome; raises ValueError that says what to write."""
    try:
        if len(text) == len("2024-11-25"):
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text[:40]!r} is not a date; write YYYY-MM-DD") from error
    return (moment.astimezone(ROME) if moment.tzinfo else moment).date()


def _day_or_none(value: object) -> object:
    return parse_day(value) if isinstance(value, str) and value else None if value == "" else value


class InputRecord(BaseModel):
    """A line that people give to `affari extract --jsonl`; further keys are passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)

    id: str | int | None = None
    url: str | None = None
    title: str | None = None
    text: str
    published: Annotated[date | None, BeforeValidator(_day_or_none)] = Field(default=None)


def parse_record(line: str | bytes, *, name: str) -> ArticleText:
    """Read one JSON line; `name` serves as id where the line has none. Raises ArticleError that says what is wrong."""
    try:
        given = json.loads(line)
    except RecursionError as error:  # "[[[[[…": the nesting of no article
        raise ArticleError("nested too deeply for a record") from error
    except ValueError as error:
        raise ArticleError(f"not a JSON object: {error}") from error
    if not isinstance(given, dict):
        raise ArticleError(f'not a JSON object but {type(given).__name__}; a line is {{"text": …, "title": …}}')
    try:
        record = InputRecord.model_validate(given)
    except ValidationError as error:
        raise ArticleError(describe_problems(error)) from error
    return make_article_text(
        record.text,
        id=name if record.id is None else str(record.id),
        title=record.title,
        url=record.url,
        published=record.published,
    )


def given_id(line: str | bytes) -> str | None:
    """Return the id that a bad line still has, so that its error can be told apart; None if it has none."""
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        return None
    wanted = given.get("id") if isinstance(given, dict) else None
    return str(wanted) if isinstance(wanted, (str, int)) else None


def make_article_text(
    text: str,
    *,
    id: str,
    title: str | None = None,
    url: str | None = None,
    published: date | None = None,
) -> ArticleText:
    """Join title and text as Contract 1 says; raises ArticleError for what is no text."""
    title = (title or "").strip() or None
    joined = text if title is None or text.lstrip().startswith(title) else f"{title}\n\n{text}"
    check_text(joined)
    if not text.strip():
        raise ArticleError("the text is empty")
    origin, trust = ("given", "high") if published else ("none", "none")
    return ArticleText(id, joined, title, url, published, published_from=origin, published_trust=trust)


def article_text_of(article: Article, *, id: str | None = None) -> ArticleText:
    """Return what there is to read of a page's article; raises ArticleError for what is no text."""
    check_text(article.text)
    return ArticleText(
        id=id or article.canonical_url,
        text=article.text,
        title=article.title or None,
        url=article.url,
        published=article.published,
        published_from=article.published_from.value,
        published_trust=article.published_trust.value,
    )


def check_text(text: str) -> None:
    """Raise ArticleError where `text` is too long or holds what no text holds."""
    if len(text) > MAX_CHARACTERS:
        raise ArticleError(f"{len(text):,} characters are no article (at most {MAX_CHARACTERS:,}); split it")
    if "\0" in text:
        raise ArticleError(f"not text: a NUL character at offset {text.index(chr(0))}")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ArticleError(f"not text: half a surrogate pair at offset {error.start}") from error


def extraction_record(extraction: Extraction) -> Json:
    """Return the record of Contract 1."""
    article = extraction.article
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "published": _iso(article.published),
        "published_from": article.published_from,
        "published_trust": article.published_trust,
        "published_doubts": list(extraction.published_doubts),
        "text": article.text,
        "model": asdict(extraction.model),
        "organisations": [_organisation(each) for each in extraction.organisations],
        "people": [_person(each) for each in extraction.people],
        "places": [{"name": each.name, "mentions": _mentions(each.mentions)} for each in extraction.places],
        "dates": [each._asdict() for each in extraction.dates],
        "amounts": [_span(each) | _amount(each) for each in extraction.amounts],
        "percents": [
            _span(each)
            | {"value": _number(each.value), "of": each.of.value, "unit": each.unit}
            | {"min": _number(each.min), "max": _number(each.max)}
            for each in extraction.percents
        ],
        "deals": [_deal(each) for each in extraction.deals],
    }


def error_record(id: str | None, error: ArticleError) -> Json:
    """Return the record of an article that cannot be read."""
    return {"id": id, "error": str(error)}


def to_line(record: Json) -> str:
    """Write a record as one line of JSON."""
    return json.dumps(record, ensure_ascii=False)


def _organisation(organisation: Organisation) -> Json:
    return {
        "name": organisation.name,
        "kind": organisation.kind,
        "legal_form": organisation.legal_form,
        "aliases": list(organisation.aliases),
        "mentions": _mentions(organisation.mentions),
    }


def _person(person: Person) -> Json:
    return {
        "name": person.name,
        "mentions": _mentions(person.mentions),
        "role": person.role,
        "organisation": person.organisation,
    }


def _deal(deal: Deal) -> Json:
    return {
        "type": deal.type.value,
        "status": deal.status.value,
        "denied": deal.denied,
        "parties": [
            {"name": each.name, "role": each.role.value, "named": each.named, "evidence": _mentions(each.evidence)}
            for each in deal.parties
        ],
        "amount": _amount(deal.amount) if deal.amount else None,
        "total": _amount(deal.total) if deal.total else None,
        "stake": _number(deal.stake),
        "stake_after": _number(deal.stake_after),
        "date": deal.date,
        "subject": deal.subject,
        "evidence": _mentions(deal.evidence),
        "triggers": _mentions(deal.triggers),
        "confidence": round(deal.confidence, 4),
    }


def _amount(amount: Amount) -> Json:
    numbers = {"value": _number(amount.value), "min": _number(amount.min), "max": _number(amount.max)}
    unit: Json = {"per": amount.per} if amount.per else {}
    return {"currency": amount.currency, "qualifier": amount.qualifier.value, **numbers, **unit}


def _span(value: Amount | Mention | object) -> Json:
    return {name: getattr(value, name) for name in ("start", "end", "text")}


def _mentions(mentions: Iterable[Mention]) -> list[Json]:
    return [asdict(mention) for mention in mentions]


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _iso(moment: date | None) -> str | None:
    return moment.isoformat() if moment else None
