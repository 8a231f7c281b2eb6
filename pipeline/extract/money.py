"""What amounts are made of before they are hedged: sums, and the words around them (models/lexicon/money.toml)."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pipeline.extract.currencies import (
    HEDGES,
    OF,
    POINTS,
    Currency,
    CurrencyWords,
    currency_after,
    currency_before,
)
from pipeline.extract.hedges import HedgeWords
from pipeline.extract.number_cut import MILLION, ONLY, Number, NumberCut, read_number
from pipeline.extract.numbers import NumberWords

COMMA_GROUP: Final = re.compile(r"[1-9]\d{0,2},\d{3}")  # "100,000"; not "0,125", not "1,50"
NO_PARTS: Final = ",000"  # "€20,000"
ENGLISH_SIGNS: Final = frozenset({"$", "£"})
CENTS: Final = re.compile(r"\d\d")  # the "50" of "10€50"
YEARS: Final = range(1900, 2100)
# Marks behind a currency where cents may stand: "3 euro e 20", "4 euro 50 centesimi"
GOES_ON: Final = frozenset("E0123456789NU")
AMONG: Final = frozenset({"tra", "fra"})
PER_LEADS: Final = frozenset({"per", "a", "ad", "al", "alla", "all'", "la", "il", "l'", "lo", "ogni", "/"})
TAXED: Final = frozenset({"netti", "lordi"})  # "1.500 euro netti al mese"


@dataclass(frozen=True, slots=True, eq=False)
class MoneyWords:
    """All vocabulary that amounts need."""

    numbers: NumberWords
    currencies: CurrencyWords
    hedges: HedgeWords
    money_nouns: frozenset[str]
    count_words: frozenset[str]
    per: dict[str, str]
    per_starts: frozenset[str]  # what a unit price begins with behind its sum
    change_verbs: frozenset[str]
    never_money_after: frozenset[str]
    follow: frozenset[str]
    things: frozenset[str]
    count_verbs: tuple[str, ...]
    never_after: frozenset[str]
    leads: frozenset[str]
    nouns: frozenset[str]
    verbs: tuple[str, ...]
    follow_endings: tuple[str, ...]


class Sum:
    """A sum over the atoms `first` to `last` (exclusive), its hedge not yet read. `high` is set for a range.

    `unit` is what a bare neighbour borrows: the scale, times 0.01 for cents. `named`: the currency stands beside it.
    """

    __slots__ = ("about", "currency", "first", "high", "last", "named", "unit", "value")

    def __init__(  # noqa: PLR0913 - what a sum is made of
        self,
        first: int,
        last: int,
        value: Decimal,
        currency: str,
        unit: Decimal = ONLY,
        *,
        about: bool = False,
        named: bool = True,
        high: Decimal | None = None,
    ) -> None:
        self.first: Final = first
        self.last: Final = last
        self.value: Final = value
        self.currency: Final = currency
        self.unit: Final = unit
        self.about: Final = about
        self.named: Final = named
        self.high: Final = high

    def replace(
        self,
        *,
        first: int | None = None,
        value: Decimal | None = None,
        currency: str | None = None,
        unit: Decimal | None = None,
        high: Decimal | None = None,
    ) -> "Sum":
        """Return the sum with what is given."""
        return Sum(
            self.first if first is None else first,
            self.last,
            self.value if value is None else value,
            self.currency if currency is None else currency,
            self.unit if unit is None else unit,
            about=self.about,
            named=self.named,
            high=self.high if high is None else high,
        )


def read_sums(cut: NumberCut, numbers: list[Number], words: MoneyWords) -> list[Sum | None]:
    """Return for each number the sum that it is; no atom counts for two."""
    keys, currencies = cut.keys, words.currencies
    closers, starts = currencies.closers, currencies.starts
    sums: list[Sum | None] = [None] * len(numbers)
    floor = 0
    for at, number in enumerate(numbers):
        first, last, scale = number.first, number.last, number.scale
        before, after = keys[first - 1], keys[last]
        led = before in closers and (before != "." or keys[first - 2] in currencies.pointed)
        near = after in starts and (after not in POINTS or keys[last + 1] in currencies.behind_points)
        if not led and not near and scale is None:
            continue
        total = None if led else _plain_sum(cut, number, words)
        total = total or read_sum(cut, number, words, floor=floor)
        if total:
            sums[at] = total
            floor = total.last
    return sums


def _plain_sum(cut: NumberCut, number: Number, words: MoneyWords) -> Sum | None:
    """Read what most sums are, "12 milioni di euro", where nothing goes on it."""
    last = number.last + (cut.keys[number.last] in OF)
    code = words.currencies.plain.get(cut.keys[last])
    if code is None or cut.marks[last + 1] in GOES_ON:
        return None
    return Sum(number.first, last + 1, number.value, code, number.scale or ONLY, about=number.about)


def read_sum(cut: NumberCut, number: Number, words: MoneyWords, *, floor: int = 0) -> Sum | None:
    """Return the sum that `number` is, None where it counts something else; no atom before `floor` is used.

    A number of millions or more without currency is euro unless it counts things.
    """
    scaled = number.scale is not None and not number.letter
    after = currency_after(cut, number.last, words.currencies, scaled=scaled)
    before = currency_before(cut, number.first, words.currencies)
    if before and (before.first < floor or _is_name(cut, number, before)):
        before = None
    currency = after if after and not (before and cut.atoms.glued(number.first)) else before
    if currency:
        number = _grouped_by_comma(cut, number) if currency is before else number
        if currency is after and cut.keys[number.last] in HEDGES:
            number = number.replace(about=True)
        return _with_cents(cut, _sum_in(number, currency), words)
    if number.scale is None or number.letter or number.scale < MILLION:
        return None
    if cut.keys[number.first - 1] in words.never_money_after or counts_things(cut, number.last, words):
        return None
    return Sum(number.first, number.last, number.value, "EUR", number.scale, about=number.about, named=False)


def _sum_in(number: Number, currency: Currency) -> Sum:
    """Put number and currency together."""
    first, last = min(number.first, currency.first), max(number.last, currency.last)
    value, unit = number.value, number.scale or ONLY
    if currency.unit is not ONLY:
        value, unit = value * currency.unit, unit * currency.unit
    return Sum(first, last, value, currency.code, unit, about=number.about)


def _grouped_by_comma(cut: NumberCut, number: Number) -> Number:
    """Read "$100,000" as English writes it: a hundred thousand. "€ 1,310" is Italian."""
    sign, written = cut.keys[number.first - 1], cut.keys[number.first]
    grouped = COMMA_GROUP.fullmatch(written) and cut.atoms.glued(number.first) and number.scale is None
    english = sign in ENGLISH_SIGNS or written.endswith(NO_PARTS)
    return number.replace(value=number.value * 1000) if grouped and english else number


def _is_name(cut: NumberCut, number: Number, before: Currency) -> bool:
    """Say whether "Euro 6", "Euro 2024" names an engine or a tournament rather than a sum."""
    atoms = cut.atoms
    if cut.keys[before.first] != "euro" or number.scale is not None:
        return False
    if not atoms.raw(before.first)[:1].isupper():
        return number.value < 1000 and atoms.raw(number.first)[-3:-2] != ","  # "euro 45,00"
    if number.value != int(number.value):
        return False
    year = atoms.raw(number.first).isdecimal() and int(number.value) in YEARS
    return year or number.value < 8


def _with_cents(cut: NumberCut, total: Sum, words: MoneyWords) -> Sum:
    """Add "e 20 centesimi", "e mezzo", and "e dieci" where nothing is counted by it; "10€50" too."""
    keys, last = cut.keys, total.last
    if keys[last - 1] == "€" and CENTS.fullmatch(keys[last]) and cut.atoms.glued(last):
        return _extended(total, last + 1, Decimal(keys[last]) / 100)
    if keys[last : last + 2] == ("e", "mezzo"):
        return _extended(total, last + 2, total.unit / 2)
    joined = keys[last] == "e"
    if total.unit != ONLY or keys[last - 1] == "€":
        return total
    part = read_number(cut, last + joined)
    if part is None or part.scale is not None or not 0 < part.value < 100:
        return total
    minor = currency_after(cut, part.last, words.currencies, scaled=False)
    if minor and minor.unit < 1:
        return _extended(total, minor.last, part.value * minor.unit)
    bare = joined and not keys[part.last][:1].isalnum() and keys[part.last] not in {"%", "€", "$", "/", "°"}
    return _extended(total, part.last, part.value / 100) if bare and not minor and not part.about else total


def _extended(total: Sum, last: int, part: Decimal) -> Sum:
    """Return the sum with `part` added, ending at `last`."""
    return Sum(total.first, last, total.value + part, total.currency, total.unit, about=total.about)


def counts_things(cut: NumberCut, index: int, words: MoneyWords) -> bool:
    """Say whether the number that ends before `index` counts things: "di tonnellate", "circa di copie", "persone"."""
    at = index + 1 if cut.keys[index] in {"circa", "abbondanti"} else index
    following, noun = cut.keys[at], cut.keys[at + 1]
    if following in words.count_words:
        return True
    if following in AMONG:
        return noun in words.count_words
    if following not in OF:
        return False
    return noun[:1].isalpha() and noun not in words.money_nouns and not cut.atoms.raw(at + 1)[:1].isupper()
