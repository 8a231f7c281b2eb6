"""Articles and what a reader says of them, written the way a person would: names marked by the words of the text."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from pipeline.kb import KnowledgeBase
from pipeline.records import (
    Amount,
    ArticleText,
    Deal,
    DealType,
    Extraction,
    Mention,
    Model,
    Organisation,
    Party,
    PartyRole,
    Person,
    Qualifier,
    Status,
)
from scrapers.article import Article, PublishedFrom, Trust

MODEL = Model(pipeline="blank:it", tagger="affari", version="1")
NEWER = Model(pipeline="blank:it", tagger="affari", version="2")


def clock(start: datetime = datetime(2026, 3, 1, 6, 0, tzinfo=UTC)) -> Callable[[], datetime]:
    """Return a clock that goes a second forward at every look."""
    moments = iter(range(10**9))
    return lambda: start + timedelta(seconds=next(moments))


def open_base(folder: Path) -> KnowledgeBase:
    return KnowledgeBase.open(folder / "affari.db", now=clock())


def article(
    number: int, body: str, *, title: str = "Notizia", day: str | None = "2026-02-10", trust: Trust = Trust.HIGH
) -> Article:
    url = f"https://giornale.example/{number}"
    return Article(
        url=url,
        canonical_url=url,
        title=title,
        body=body,
        published=date.fromisoformat(day) if day else None,
        published_from=PublishedFrom.JSON_LD if day else PublishedFrom.NONE,
        published_trust=trust if day else Trust.NONE,
    )


def mention(text: str, words: str) -> Mention:
    start = text.index(words)
    return Mention(start, start + len(words), words)


def euros(text: str, words: str, value: str, currency: str = "EUR") -> Amount:
    found = mention(text, words)
    return Amount(found.start, found.end, words, currency, Qualifier.EXACT, value=Decimal(value))


def over(text: str, words: str, low: str, currency: str = "EUR") -> Amount:
    found = mention(text, words)
    return Amount(found.start, found.end, words, currency, Qualifier.OVER, min=Decimal(low))


def told_deal(  # the fields of a deal, in the words of the text
    text: str,
    type: str,
    parties: dict[str, str],
    *,
    sentence: str,
    trigger: str | None = None,
    amount: Amount | None = None,
    status: str = "signed",
    date: str | None = None,
    subject: str | None = None,
    stake: str | None = None,
    unnamed: tuple[str, ...] = (),
    confidence: float = 0.9,
) -> Deal:
    """`parties` maps names to roles; those in `unnamed` are descriptions."""
    return Deal(
        type=DealType(type),
        status=Status(status),
        denied=False,
        parties=tuple(
            Party(name, PartyRole(role), name not in unnamed, (mention(text, name),) if name in text else ())
            for name, role in parties.items()
        ),
        amount=amount,
        stake=Decimal(stake) if stake else None,
        date=date,
        subject=subject,
        evidence=(mention(text, sentence),),
        confidence=confidence,
        triggers=(mention(text, trigger),) if trigger else (),
    )


def reading(
    told: Article,
    organisations: tuple[str, ...],
    deals: tuple[Deal, ...] = (),
    *,
    people: tuple[Person, ...] = (),
    aliases: dict[str, tuple[str, ...]] | None = None,
    model: Model = MODEL,
) -> Extraction:
    """Return the record in which `organisations` are named once each."""
    aliases = aliases or {}
    return Extraction(
        article=ArticleText(told.canonical_url, told.text, told.title, told.canonical_url, told.published),
        model=model,
        organisations=tuple(
            Organisation(name, "company", aliases.get(name, ()), (mention(told.text, name),)) for name in organisations
        ),
        people=people,
        amounts=tuple(deal.amount for deal in deals if deal.amount),
        deals=deals,
    )


def save(base: KnowledgeBase, told: Article, extraction: Extraction, *, source: str = "giornale") -> int:
    """Store article and reading in a run of their own; return the article's row."""
    run = base.start_run("manual", code_version="test")
    row = base.save_article(told, source=source, archive_key=None, run_id=run)
    base.save_extraction(row.id, extraction, run_id=run)
    base.finish_run(run, status="done", exit_code=0, counts={})
    return row.id


def deal_article(
    number: int,
    sentence: str,
    parties: dict[str, str],
    *,
    type: str = "acquisition",
    amount: Callable[[str], Amount] | None = None,
    day: str = "2026-02-10",
    model: Model = MODEL,
    unnamed: tuple[str, ...] = (),
    **fields: object,
) -> tuple[Article, Extraction]:
    """Return an article of one sentence that tells one deal, and its reading."""
    told = article(number, f"{sentence}\n\nArticolo numero {number}.", title=f"Titolo {number}", day=day)
    deal = told_deal(
        told.text,
        type,
        parties,
        sentence=sentence,
        amount=amount(told.text) if amount else None,
        unnamed=unnamed,
        **fields,  # type: ignore[arg-type]
    )
    names = tuple(name for name in parties if name not in unnamed)
    return told, reading(told, names, (deal,), model=model)


def tell(base: KnowledgeBase, number: int, sentence: str, parties: dict[str, str], **fields: object) -> int:
    """Store an article that tells one deal; return its row. `source` is the paper."""
    source = str(fields.pop("source", f"giornale{number}"))
    told, said = deal_article(number, sentence, parties, **fields)  # type: ignore[arg-type]
    return save(base, told, said, source=source)
