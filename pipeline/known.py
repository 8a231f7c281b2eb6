"""What the knowledge base knows, as frozen values: the border between pipeline/kb (tables) and pipeline/link (pure).

The store reads candidates, the linker decides, the store writes what was decided. `id`s are rows of the knowledge
base; whoever is linked to one has it, None is "not known yet". Offsets are code points of the article's stored text.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipeline.records import DealType, PartyRole, Qualifier, Status


@dataclass(frozen=True, slots=True)
class Appearance:
    """An organisation or a person as one article tells of it.

    `key` is unique within a call. `blocks` is what the store finds candidates by (pipeline.link gives them).
    `organisation` is, for a person, the entity that the office is held in, once that is linked.
    """

    key: int
    kind: str  # organisation, person
    name: str
    aliases: tuple[str, ...] = ()
    org_kind: str | None = None  # company, bank, public ... (GUIDELINES.md)
    legal_form: str | None = None
    office: str | None = None
    organisation: int | None = None
    province: str | None = None
    region: str | None = None
    beside: frozenset[int] = frozenset()  # for a person: the article's organisations, linked
    people: tuple[str, ...] = ()  # for an organisation: who holds an office in it, as the article names them
    was: int | None = None  # what the article's former reading linked this name to


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """An organisation or person that the knowledge base holds; `names` are its name and aliases, as written.

    `beside` are the entities that the same articles tell of, up to some forty: what a short form is proved by. Whoever
    is told beside more is too common to prove anything, so the rest may be left out. `mains` are the names of those
    that a person said are the same: as good as its own name.
    """

    id: int
    kind: str
    name: str
    names: tuple[str, ...]
    org_kind: str | None = None
    legal_form: str | None = None
    province: str | None = None
    region: str | None = None
    organisations: frozenset[int] = frozenset()  # of a person: where offices were held
    beside: frozenset[int] = frozenset()
    people: tuple[str, ...] = ()  # of an organisation: who holds or held an office in it
    mains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two that may be one: for a person to decide. `why` names what speaks for it."""

    entity: int
    score: float  # 0..100
    why: str


@dataclass(frozen=True, slots=True)
class Linked:
    """What became of an appearance: a known entity, or None for a new one, and whom it may be besides."""

    key: int
    entity: int | None
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money, without its place. Which of value, min, max are set: see pipeline.records.Amount."""

    currency: str
    qualifier: Qualifier
    value: Decimal | None = None
    min: Decimal | None = None
    max: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ToldParty:
    """A party of a deal as one article tells it; `entity` is None for an unnamed one.

    `maybe` are the entities that it was proposed to be one with: a misspelt name must not hide a deal.
    """

    role: PartyRole
    name: str
    named: bool
    entity: int | None = None
    maybe: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Telling:
    """A deal as one article tells it (a row of deal_mention). `quotes` are its evidence sentences, as they stand.

    `around` are the organisations of the article that take part in none of its deals: the owner behind a buyer's
    vehicle, the region behind its agency.
    """

    id: int
    article: int
    source: str
    original: int  # the article that this one copies, or itself
    published: date | None  # None where the day is unknown or not trusted
    seen: date  # the day it came into the knowledge base
    type: DealType
    status: Status
    denied: bool
    parties: tuple[ToldParty, ...]
    confidence: float
    amount: Sum | None = None
    total: Sum | None = None
    stake: Decimal | None = None
    stake_after: Decimal | None = None
    date: str | None = None  # EDTF
    subject: str | None = None
    quotes: tuple[str, ...] = ()
    around: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class KnownDeal:
    """A deal of the ledger with all that tell it."""

    id: int
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Assigned:
    """Which deal a telling belongs to. Tellings with `deal` None and the same `new` are one new deal.

    `maybe` are the known deals that it may be besides, the likeliest first: for a person to decide.
    """

    telling: int
    deal: int | None
    new: int | None = None
    maybe: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One field of a merged record: the value taken, who says so, and who says something else.

    `value` is canonical text: a status or type word, EDTF, "EUR over 1000000", a decimal. `says` pairs every
    telling that states the field with its own canonical text.
    """

    field: str  # type, status, denied, amount, total, stake, stake_after, date, subject, party
    value: str
    telling: int
    says: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A status on the day that the act has (EDTF), or the day of the article that first says so; None if unknown."""

    date: str | None
    status: Status
    denied: bool
    telling: int


@dataclass(frozen=True, slots=True)
class MergedDeal:
    """What the ledger says of one deal, each field from its best evidence."""

    type: DealType
    status: Status
    denied: bool
    parties: tuple[ToldParty, ...]
    amount: Sum | None
    total: Sum | None
    stake: Decimal | None
    stake_after: Decimal | None
    date: str | None
    subject: str | None
    confidence: float
    choices: tuple[Choice, ...]
    timeline: tuple[TimelineEntry, ...]
    sources: int  # articles that are not copies of each other, counted by source


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided. `a` and `b` are public ids (D12, O7, P3); `field` and `value` those of a correction."""

    id: int
    kind: str  # correct, reject, confirm, merge, split, same, different
    a: str
    b: str | None = None
    field: str | None = None
    value: str | None = None
