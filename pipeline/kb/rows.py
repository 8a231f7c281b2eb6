"""What the knowledge base gives back, as frozen values. Times have a zone; days and EDTF dates are text as stored."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pipeline.known import Sum


class Saved(StrEnum):
    """What saving an article did."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article after it was saved; `copy_of` is the article that it copies."""

    id: int
    canonical_url: str
    version: int
    saved: Saved
    copy_of: int | None


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article to be read: what the extractor needs of it."""

    id: int
    version: int
    title: str
    text: str
    url: str
    source: str
    published: date | None
    published_from: str
    published_trust: str


@dataclass(frozen=True, slots=True)
class Counts:
    """What saving an extraction did to the ledger."""

    deals: int = 0
    new_deals: int = 0
    organisations: int = 0
    new_organisations: int = 0
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party of a deal; `entity` is its public id, None for an unnamed party."""

    role: str
    name: str
    entity: str | None


@dataclass(frozen=True, slots=True)
class DealRow:
    """A deal of the ledger. `amount_eur` is in euro, None where no rate was loaded for its day.

    `date` is EDTF, of the act that the status names; `day` is for sorting: its first day, else of the first article.
    """

    id: str
    title: str
    type: str
    status: str
    denied: bool
    date: str | None
    day: str | None
    amount: Sum | None
    amount_eur: Decimal | None
    stake: Decimal | None
    stake_after: Decimal | None
    subject: str | None
    parties: tuple[PartyRow, ...]
    confidence: float
    sources: int
    articles: int
    disputed: int
    review: str
    first_seen: str
    last_changed: str


@dataclass(frozen=True, slots=True)
class Proof:
    """A sentence that proves a field of a deal. `value` is what the article says of the field."""

    field: str
    value: str
    chosen: bool
    agrees: bool
    sentence: str
    source: str
    article: str
    published: str | None
    url: str
    char_start: int
    char_end: int
    extractor: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that proves a deal (public id), with its article."""

    deal: str
    sentence: str
    source: str
    article: str
    published: str | None
    url: str
    char_start: int
    char_end: int
    extractor: str


@dataclass(frozen=True, slots=True)
class StatusRow:
    """A status that a deal had, with the article that says so."""

    date: str | None
    status: str
    denied: bool
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class DealStory:
    """A deal with everything that proves it."""

    deal: DealRow
    proofs: tuple[Proof, ...]
    statuses: tuple[StatusRow, ...]
    decisions: tuple[str, ...]
    corrected: frozenset[str]  # fields and roles that a person wrote
