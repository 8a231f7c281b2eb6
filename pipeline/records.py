"""The values that the pipeline hands on: what an article says, frozen. No logic beyond what a value knows of itself.

Offsets are code points of the extraction's `text`, end exclusive. Dates are EDTF (ISO 8601-2). Money is Decimal,
in plain units of its currency. Values are named tuples, made in half the time of a frozen dataclass: a text has many.
The words of types, roles and statuses are those of models/corpus/GUIDELINES.md.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

new = tuple.__new__  # makes a named tuple in a third of the time that its class needs


class Qualifier(StrEnum):
    """How a sum is hedged: "12 milioni", "circa", "oltre", "fino a", "tra 3 e 5"."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"
    RANGE = "range"


class ShareOf(StrEnum):
    """What a percentage is a part of."""

    STAKE = "stake"
    GROWTH = "growth"
    OTHER = "other"


class DealType(StrEnum):
    """The twenty kinds of deal."""

    ACQUISITION = "acquisition"
    STAKE_PURCHASE = "stake_purchase"
    DIVESTITURE = "divestiture"
    MERGER = "merger"
    JOINT_VENTURE = "joint_venture"
    PARTNERSHIP = "partnership"
    ORDER = "order"
    SUPPLY_AGREEMENT = "supply_agreement"
    PUBLIC_TENDER = "public_tender"
    INVESTMENT = "investment"
    FUNDING_ROUND = "funding_round"
    CAPITAL_INCREASE = "capital_increase"
    LOAN = "loan"
    BOND = "bond"
    IPO = "ipo"
    TAKEOVER_BID = "takeover_bid"
    GRANT = "grant"
    LEASE = "lease"
    LICENSE = "license"
    RESTRUCTURING = "restructuring"


class PartyRole(StrEnum):
    """What a party does in a deal."""

    BUYER = "buyer"
    TARGET = "target"
    SELLER = "seller"
    PARTNER = "partner"
    CLIENT = "client"
    SUPPLIER = "supplier"
    INVESTOR = "investor"
    ISSUER = "issuer"
    LENDER = "lender"
    BORROWER = "borrower"
    GUARANTOR = "guarantor"
    GRANTOR = "grantor"
    BENEFICIARY = "beneficiary"
    ADVISOR = "advisor"


class Status(StrEnum):
    """How far a deal has come."""

    RUMOUR = "rumour"
    NEGOTIATION = "negotiation"
    ANNOUNCED = "announced"
    SIGNED = "signed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text where something is named."""

    start: int
    end: int
    text: str


class Amount(NamedTuple):
    """A sum of money as the article states it, its hedge inside the span.

    `value` is set for exact and about, `min` for over, `max` for under, both for range; the rest is None.
    `per` names the unit of a unit price ("share" for "3 euro per azione"), else None.
    """

    start: int
    end: int
    text: str
    currency: str  # ISO 4217
    qualifier: Qualifier
    value: Decimal | None = None
    min: Decimal | None = None
    max: Decimal | None = None
    per: str | None = None


class Share(NamedTuple):
    """A percentage or share: "il 51%" is 51. A fall is positive and of growth. A range has `min` and `max`."""

    start: int
    end: int
    text: str
    value: Decimal | None
    of: ShareOf
    unit: str = "percent"  # percent, points, permille
    min: Decimal | None = None
    max: Decimal | None = None


class DateValue(NamedTuple):
    """A date or period: EDTF `value`; not `resolved` where year or day cannot be known (`XXXX-11-25`, None)."""

    start: int
    end: int
    text: str
    value: str | None
    resolved: bool


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body of the article under its fullest name. `kind` as in the guidelines, `legal_form` set apart ("S.p.A.")."""

    name: str
    kind: str | None
    aliases: tuple[str, ...]
    mentions: tuple[Mention, ...]
    legal_form: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person, the office held and the body it is held in; `organisation` is the `name` of an Organisation."""

    name: str
    mentions: tuple[Mention, ...]
    role: str | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place that the article names."""

    name: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part: a named one's `name` is that of an Organisation or Person, else the words that describe it."""

    name: str
    role: PartyRole
    named: bool
    evidence: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Deal:
    """One deal of one article. `evidence` are its sentences; `*_evidence` the spans that each field was read from."""

    type: DealType
    status: Status
    denied: bool
    parties: tuple[Party, ...]
    amount: Amount | None
    stake: Decimal | None  # percent
    date: str | None  # EDTF, of the act that the status names
    subject: str | None
    evidence: tuple[Mention, ...]
    confidence: float
    total: Amount | None = None  # one sum stated for several deals
    stake_after: Decimal | None = None
    triggers: tuple[Mention, ...] = ()
    stake_evidence: Mention | None = None
    date_evidence: Mention | None = None
    subject_evidence: Mention | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """Which reader made a record."""

    pipeline: str
    tagger: str
    version: str


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What there is to read: `text` begins with the title, a blank line, the body. `published` is None if unknown."""

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    published: date | None = None
    published_from: str = "none"
    published_trust: str = "none"  # high, low, none


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything read from one article. `published_doubts` says what in the text speaks against `published`."""

    article: ArticleText
    model: Model
    organisations: tuple[Organisation, ...] = ()
    people: tuple[Person, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[DateValue, ...] = ()
    amounts: tuple[Amount, ...] = ()
    percents: tuple[Share, ...] = ()
    deals: tuple[Deal, ...] = ()
    published_doubts: tuple[str, ...] = ()
