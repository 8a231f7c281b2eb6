"""What a person may correct in a deal, how it is written, and a record with the corrections applied. Pure.

`affari correct D12 amount="EUR over 1000000"`: a field and its value, both checked before anything is stored.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from pipeline.errors import InputError
from pipeline.kb.dates import first_day, last_day
from pipeline.known import Decision, MergedDeal, Sum, ToldParty
from pipeline.records import DealType, PartyRole, Qualifier, Status

NONE = "none"  # "stake=none": the articles are wrong, there is no such value
# "EUR 12000000", "USD over 1000000", "EUR 3000000-5000000"; not "12 milioni"
SUM = re.compile(
    r"([A-Z]{3}) (?:(about|over|under|exact|range) )?(\d{1,15}(?:\.\d{1,2})?)(?:-(\d{1,15}(?:\.\d{1,2})?))?$"
)
# "2014-11-25", "2014-11~", "2013", "XXXX-11-25"; a side of an interval may be empty
SIDE = re.compile(r"(?:\d{4}(?:-\d{2}(?:-\d{2})?)?[~?%]?|XXXX-\d{2}-\d{2})?$")

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A record after what people decided, and what its `review` column says: none, confirmed, corrected, rejected."""

    deal: MergedDeal
    review: str


def apply_decisions(deal: MergedDeal, decisions: tuple[Decision, ...]) -> Verdict:
    """Return `deal` with corrections in the order they were made; a rejection stands above all."""
    kinds = {decision.kind for decision in decisions}
    for decision in decisions:
        if decision.kind == "correct":
            assert decision.field is not None and decision.value is not None  # noqa: S101 - checked when made
            deal = correct(deal, decision.field, decision.value)
    if "reject" in kinds:
        return Verdict(deal, "rejected")
    if "correct" in kinds:
        return Verdict(deal, "corrected")
    return Verdict(deal, "confirmed" if "confirm" in kinds else "none")


def correct(deal: MergedDeal, field: str, value: str) -> MergedDeal:
    """Return `deal` with `field` as a person wrote it; raises InputError for a field or value that cannot be."""
    if field in list(PartyRole):
        return replace(deal, parties=with_role(deal.parties, PartyRole(field), value))
    corrected: dict[str, Any] = {field: parse_value(field, value)}  # the table pairs field and type
    return replace(deal, **corrected)


def check_correction(field: str, value: str) -> None:
    """Raise InputError where there is no such field, or the value cannot be one of it."""
    if field in list(PartyRole):
        parse_names(field, value)
    else:
        parse_value(field, value)


def parse_value(field: str, value: str) -> object:
    """Return what `value` means for `field`; raises InputError that says what may be written."""
    if field not in PARSERS:
        fields = ", ".join([*PARSERS, *PartyRole])
        raise InputError(f"a deal has no field {field!r}; it has {fields}")
    if value == NONE and field in REQUIRED:
        raise InputError(f"{field}: cannot be none")
    return None if value == NONE else PARSERS[field](field, value)


def parse_names(field: str, value: str) -> tuple[str, ...]:
    """Return the names between semicolons; none for "none"."""
    names = tuple(name.strip() for name in value.split(";"))
    if not all(names):
        raise InputError(f"{field}: {value!r} has an empty name; write NAME, O12, or NAME; NAME, or none")
    return () if value == NONE else names


def with_role(parties: tuple[ToldParty, ...], role: PartyRole, value: str) -> tuple[ToldParty, ...]:
    """Return the parties with those of `role` replaced by the names in `value`.

    A party that is there already keeps its link; another is linked by its public id or stays a name.
    """
    known = {party.name: party for party in parties}
    fresh = tuple(
        replace(known.get(name, ToldParty(role, name, named=True)), role=role) for name in parse_names(role, value)
    )
    return tuple(sorted((*(party for party in parties if party.role != role), *fresh), key=place_of_role))


def place_of_role(party: ToldParty) -> int:
    """Return the place of a party's role among all roles: buyers before targets."""
    return list(PartyRole).index(party.role)


def parse_sum(field: str, value: str) -> Sum:
    """Read "EUR over 1000000"."""
    found = SUM.match(value)
    if found is None:
        raise InputError(
            f'{field}: {value!r} is no sum; write "EUR 12000000", "EUR over 1000000", "EUR 3000000-5000000"'
        )
    currency, word, first, second = found.groups()
    low, high = Decimal(first), Decimal(second) if second else None
    qualifier = Qualifier(word or ("range" if second else "exact"))
    if (high is not None) != (qualifier is Qualifier.RANGE) or (high is not None and high < low):
        raise InputError(f"{field}: {value!r}: a range, and only a range, has two sums, the lower first")
    match qualifier:
        case Qualifier.RANGE:
            return Sum(currency, qualifier, min=low, max=high)
        case Qualifier.OVER:
            return Sum(currency, qualifier, min=low)
        case Qualifier.UNDER:
            return Sum(currency, qualifier, max=low)
        case _:
            return Sum(currency, qualifier, value=low)


def parse_percent(field: str, value: str) -> Decimal:
    """Read a percentage from 0 to 100."""
    try:
        percent = Decimal(value.removesuffix("%"))
    except InvalidOperation as error:
        raise InputError(f"{field}: {value!r} is no percentage; write 51 or 33.3") from error
    if not percent.is_finite() or not 0 <= percent <= 100:
        raise InputError(f"{field}: {value!r} is not between 0 and 100")
    return percent


def parse_date(field: str, value: str) -> str:
    """Read an EDTF date whose days are in the calendar."""
    sides = value.split("/")
    real = [(first_day(side), last_day(side)) for side in sides]
    if not value.strip("/") or len(sides) > 2 or not all(SIDE.match(side) for side in sides):
        raise InputError(f"{field}: {value!r} is no EDTF date; write 2014-11-25, 2014-11, 2013, 2024-01/2024-06")
    if any(side and "X" not in side and days[0] is None for side, days in zip(sides, real, strict=True)):
        raise InputError(f"{field}: {value!r} is not in the calendar")
    begin, end = real[0][0], real[-1][1]
    if begin and end and begin > end:
        raise InputError(f"{field}: {value!r} ends before it begins")
    return value


def parse_yes(field: str, value: str) -> bool:
    """Read yes or no."""
    if value not in {"yes", "no"}:
        raise InputError(f"{field}: {value!r}; write yes or no")
    return value == "yes"


def parse_words(field: str, value: str) -> str:
    """Read a few words on one line."""
    if not value.strip() or not value.isprintable():
        raise InputError(f"{field}: {value!r}; write a few words on one line, or none")
    return value.strip()


def parse_word_of(words: type[Word]) -> Callable[[str, str], Word]:
    """Return a reader of one word out of `words`."""

    def parse(field: str, value: str) -> Word:
        if value not in list(words):
            raise InputError(f"{field}: {value!r}; write one of {', '.join(words)}")
        return words(value)

    return parse


PARSERS: dict[str, Callable[[str, str], object]] = {
    "type": parse_word_of(DealType),
    "status": parse_word_of(Status),
    "denied": parse_yes,
    "amount": parse_sum,
    "total": parse_sum,
    "stake": parse_percent,
    "stake_after": parse_percent,
    "date": parse_date,
    "subject": parse_words,
}
REQUIRED = frozenset({"type", "status", "denied"})
