"""The values that the scrapers hand on: Link -> Page -> Article. No logic beyond what a value knows of itself."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class PublishedFrom(StrEnum):
    """Where the day of publication was read."""

    JSON_LD = "json-ld"
    META = "meta"
    URL = "url"
    DATELINE = "dateline"
    HEADER = "header"
    GIVEN = "given"
    NONE = "none"


class Trust(StrEnum):
    """How far the day of publication may be relied on; a header's "today" is never more than low."""

    HIGH = "high"
    LOW = "low"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a source offers. `url` is canonical: tracking parameters gone, AMP and mobile folded."""

    url: str
    source: str
    title: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What came back for a link, as it came. Header names are lower-case."""

    url: str  # after redirects
    body: bytes
    fetched_at: datetime  # with time zone
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    asked: tuple[tuple[str, str], ...] = ()  # the request's headers; empty for a file


@dataclass(frozen=True, slots=True)
class Article:
    """A page's article. Days are Europe/Rome; paragraphs of `body` are parted by a blank line."""

    url: str
    canonical_url: str
    title: str
    body: str
    authors: tuple[str, ...] = ()
    published: date | None = None
    published_from: PublishedFrom = PublishedFrom.NONE
    published_trust: Trust = Trust.NONE
    modified: datetime | None = None
    language: str | None = None
    section: str | None = None
    paywalled: bool = False
    body_from: str = "density"  # selectors, density, json-ld, trafilatura: which reader gave it
    source: str | None = None

    @property
    def text(self) -> str:
        """What the pipeline reads and offsets count in: the title, a blank line, the body."""
        return f"{self.title}\n\n{self.body}" if self.title else self.body


def article_record(article: Article) -> dict[str, object]:
    """Return the article as `affari parse` writes it and as examples expect it (Contract 1); `text` is the body."""
    return {
        "url": article.url,
        "canonical_url": article.canonical_url,
        "title": article.title,
        "authors": list(article.authors),
        "published": article.published.isoformat() if article.published else None,
        "published_from": article.published_from.value,
        "published_trust": article.published_trust.value,
        "modified": article.modified.isoformat() if article.modified else None,
        "text": article.body,
        "language": article.language,
        "section": article.section,
        "paywalled": article.paywalled,
    }
