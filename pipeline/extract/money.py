"""What amounts are made of before they are hedged: sums, and the words around them (models/lexicon/money.toml)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from pipeline.extract.currencies import (
    HEDGES,
    OF,
    POINTS,
    Currency,
    CurrencyWords,
    currency_after,
    currency_before,
    load_currency_words,
)
from pipeline.extract.hedges import HedgeWords, load_hedge_words
from pipeline.extract.number_cut import MILLION, ONLY, Number, NumberCut, read_number
from pipeline.extract.numbers import NumberWords, load_number_words
from pipeline.lexicon import LexiconModel, load_lexicon
from pipeline.records import new

COMMA_GROUP = re.compile(r"[1-9]\d{0,2},\d{3}")  # "100,000"; not "0,125", not "1,50"
NO_PARTS = ",000"  # "€20,000"
ENGLISH_SIGNS = frozenset({"$", "£"})
CENTS = re.compile(r"\d\d")  # the "50" of "10€50"
YEARS = range(1900, 2100)
# Marks behind a currency where cents may stand: "3 euro e 20", "4 euro 50 centesimi"
GOES_ON = frozenset("E0123456789NU")
AMONG = frozenset({"tra", "fra"})
PER_LEADS = frozenset({"per", "a", "ad", "al", "alla", "all'", "la", "il", "l'", "lo", "ogni", "/"})
TAXED = frozenset({"netti", "lordi"})  # "1.500 euro netti al mese"


class ChangeVerbs(LexiconModel):
    """The stems of verbs of change."""

    stems: tuple[str, ...]
    endings: tuple[str, ...]


class EllipsisWords(LexiconModel):
    """What allows a bare number to borrow a unit."""

    follow: tuple[str, ...]
    things: tuple[str, ...]
    count_verbs: tuple[str, ...]
    never_after: tuple[str, ...]
    never_money_after: tuple[str, ...]
    leads: tuple[str, ...]
    verbs: tuple[str, ...]
    follow_endings: tuple[str, ...]
    nouns: tuple[str, ...]


class MoneyLexicon(LexiconModel):
    """models/lexicon/money.toml."""

    money_nouns: tuple[str, ...]
    count_words: tuple[str, ...]
    ellipsis: EllipsisWords
    per: dict[str, str]
    change: ChangeVerbs
    examples: dict[str, tuple[str, ...]]
    non_examples: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class MoneyWords:
    """All vocabulary that amounts need."""

    numbers: NumberWords
    currencies: CurrencyWords
    hedges: HedgeWords
    money_nouns: frozenset[str]
    count_words: frozenset[str]
    per: Mapping[str, str]
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


class Sum(NamedTuple):
    """A sum over the atoms `first` to `last` (exclusive), its hedge not yet read. `high` is set for a range."""

    first: int
    last: int
    value: Decimal
    currency: str
    unit: Decimal = ONLY  # scale times 0.01 for cents: what a bare neighbour borrows
    about: bool = False
    named: bool = True  # the currency stands beside it
    high: Decimal | None = None


def load_money_words() -> MoneyWords:
    """Read models/lexicon/money.toml and the numbers, currencies and hedges that go with it."""
    lexicon, currencies = load_lexicon("money", MoneyLexicon), load_currency_words()
    return MoneyWords(
        numbers=load_number_words(units=frozenset(currencies.openers)),
        currencies=currencies,
        hedges=load_hedge_words(),
        money_nouns=frozenset(lexicon.money_nouns),
        count_words=frozenset(lexicon.count_words),
        per=lexicon.per,
        per_starts=PER_LEADS.union(TAXED, lexicon.per),
        change_verbs=frozenset(stem + end for stem in lexicon.change.stems for end in lexicon.change.endings),
        never_money_after=frozenset(lexicon.ellipsis.never_money_after),
        follow=frozenset(lexicon.ellipsis.follow),
        things=frozenset(lexicon.ellipsis.things).union(lexicon.count_words),
        count_verbs=lexicon.ellipsis.count_verbs,
        never_after=frozenset(lexicon.ellipsis.never_after),
        leads=frozenset(lexicon.ellipsis.leads),
        verbs=lexicon.ellipsis.verbs,
        follow_endings=lexicon.ellipsis.follow_endings,
        nouns=frozenset(lexicon.ellipsis.nouns) | frozenset(lexicon.money_nouns),
    )


def read_sums(cut: NumberCut, numbers: Sequence[Number], words: MoneyWords) -> list[Sum | None]:
    """Return for each number the sum that it is; no atom counts for two."""
    keys, currencies = cut.keys, words.currencies
    closers, starts = currencies.closers, currencies.starts
    sums: list[Sum | None] = [None] * len(numbers)
    floor = 0
    for at, number in enumerate(numbers):
        first, last, _, scale, _, _, _ = number
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
    return new(Sum, (number.first, last + 1, number.value, code, number.scale or ONLY, number.about, True, None))


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
            number = number._replace(about=True)
        return _with_cents(cut, _sum_in(number, currency), words)
    if number.scale is None or number.letter or number.scale < MILLION:
        return None
    if cut.keys[number.first - 1] in words.never_money_after or counts_things(cut, number.last, words):
        return None
    return new(Sum, (number.first, number.last, number.value, "EUR", number.scale, number.about, False, None))


def _sum_in(number: Number, currency: Currency) -> Sum:
    """Put number and currency together."""
    first, last = min(number.first, currency.first), max(number.last, currency.last)
    value, unit = number.value, number.scale or ONLY
    if currency.unit is not ONLY:
        value, unit = value * currency.unit, unit * currency.unit
    return new(Sum, (first, last, value, currency.code, unit, number.about, True, None))


def _grouped_by_comma(cut: NumberCut, number: Number) -> Number:
    """Read "$100,000" as English writes it: a hundred thousand. "€ 1,310" is Italian."""
    sign, written = cut.keys[number.first - 1], cut.keys[number.first]
    grouped = COMMA_GROUP.fullmatch(written) and cut.atoms.glued(number.first) and number.scale is None
    english = sign in ENGLISH_SIGNS or written.endswith(NO_PARTS)
    return number._replace(value=number.value * 1000) if grouped and english else number


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
    if total.unit != 1 or keys[last - 1] == "€":
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
    return Sum(total.first, last, total.value + part, total.currency, total.unit, total.about)


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
