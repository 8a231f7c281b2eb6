"""What amounts are made of before they are hedged: sums, and the words around them (models/lexicon/money.toml)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from pipeline.extract.atoms import PARAGRAPH, Atoms
from pipeline.extract.currencies import Currency, CurrencyWords, currency_after, currency_before, load_currency_words
from pipeline.extract.hedges import HedgeWords, load_hedge_words
from pipeline.extract.numbers import Number, NumberWords, load_number_words, read_number
from pipeline.lexicon import LexiconModel, load_lexicon

CENTS = re.compile(r"\d\d")  # the "50" of "10€50"
MILLION = Decimal(1_000_000)
YEARS = range(1900, 2100)


class ChangeVerbs(LexiconModel):
    """The stems of verbs of change."""

    stems: tuple[str, ...]
    endings: tuple[str, ...]


class EllipsisWords(LexiconModel):
    """What allows a bare number to borrow a unit."""

    follow: tuple[str, ...]
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
    change_verbs: frozenset[str]
    never_money_after: frozenset[str]
    follow: frozenset[str]
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
    unit: Decimal = Decimal(1)  # scale times 0.01 for cents: what a bare neighbour borrows
    about: bool = False
    named: bool = True  # the currency stands beside it
    high: Decimal | None = None


def load_money_words() -> MoneyWords:
    """Read models/lexicon/money.toml and the numbers, currencies and hedges that go with it."""
    lexicon, currencies = load_lexicon("money", MoneyLexicon), load_currency_words()
    return MoneyWords(
        numbers=load_number_words(units=currencies.openers),
        currencies=currencies,
        hedges=load_hedge_words(),
        money_nouns=frozenset(lexicon.money_nouns),
        count_words=frozenset(lexicon.count_words),
        per=lexicon.per,
        change_verbs=frozenset(stem + end for stem in lexicon.change.stems for end in lexicon.change.endings),
        never_money_after=frozenset(lexicon.ellipsis.never_money_after),
        follow=frozenset(lexicon.ellipsis.follow),
        never_after=frozenset(lexicon.ellipsis.never_after),
        leads=frozenset(lexicon.ellipsis.leads),
        verbs=lexicon.ellipsis.verbs,
        follow_endings=lexicon.ellipsis.follow_endings,
        nouns=frozenset(lexicon.ellipsis.nouns) | frozenset(lexicon.money_nouns),
    )


def read_sum(atoms: Atoms, number: Number, words: MoneyWords, *, floor: int = 0) -> Sum | None:
    """Return the sum that `number` is, None where it counts something else; no atom before `floor` is used.

    A number of millions or more without currency is euro unless it counts things.
    """
    if number.scale is None and not _is_beside_currency(atoms, number, words.currencies):
        return None
    scaled = number.scale is not None and not number.letter
    after = currency_after(atoms, number.last, words.currencies, scaled=scaled)
    before = currency_before(atoms, number.first, words.currencies)
    if before and (before.first < floor or _is_name(atoms, number, before)):
        before = None
    currency = after if after and not (before and atoms.glued(number.first)) else before
    if currency:
        return _with_cents(atoms, _sum_in(number, currency), words)
    if atoms.key(number.first - 1) in words.never_money_after:
        return None
    if number.scale is None or number.letter or number.scale < MILLION or counts_things(atoms, number.last, words):
        return None
    return Sum(number.first, number.last, number.value, "EUR", number.scale, number.about, named=False)


def _is_beside_currency(atoms: Atoms, number: Number, words: CurrencyWords) -> bool:
    """Say whether a word of money may stand beside a number; most have none, and asking so is quick."""
    return atoms.key(number.last) in words.starts or atoms.key(number.first - 1) in words.closers


def _sum_in(number: Number, currency: Currency) -> Sum:
    """Put number and currency together."""
    first, last = min(number.first, currency.first), max(number.last, currency.last)
    unit = (number.scale or Decimal(1)) * currency.unit
    return Sum(first, last, number.value * currency.unit, currency.code, unit, number.about)


def _is_name(atoms: Atoms, number: Number, before: Currency) -> bool:
    """Say whether "Euro 6", "Euro 2024" names an engine or a tournament rather than a sum."""
    if atoms.key(before.first) != "euro" or number.scale is not None:
        return False
    if not atoms.raw(before.first)[:1].isupper():
        return number.value < 1000 and atoms.raw(number.first)[-3:-2] != ","  # "euro 45,00"
    if number.value != int(number.value):
        return False
    year = atoms.raw(number.first).isdecimal() and int(number.value) in YEARS
    return year or number.value < 8


def _with_cents(atoms: Atoms, total: Sum, words: MoneyWords) -> Sum:
    """Add "e 20 centesimi", "e mezzo", and "e dieci" where nothing is counted by it; "10€50" too."""
    if atoms.key(total.last - 1) == "€" and atoms.glued(total.last) and CENTS.fullmatch(atoms.key(total.last)):
        return _extended(total, total.last + 1, Decimal(atoms.key(total.last)) / 100)
    if atoms.keys[total.last : total.last + 2] == ("e", "mezzo"):
        return _extended(total, total.last + 2, total.unit / 2)
    if atoms.key(total.last) != "e" or total.unit != 1 or atoms.key(total.last - 1) == "€":
        return total
    part = read_number(atoms, total.last + 1, words.numbers)
    if part is None or part.scale is not None or not 0 < part.value < 100:
        return total
    minor = currency_after(atoms, part.last, words.currencies, scaled=False)
    if minor and minor.unit < 1:
        return _extended(total, minor.last, part.value * minor.unit)
    bare = not atoms.key(part.last)[:1].isalnum() and atoms.key(part.last) not in {"%", "€", "$", "/", "°"}
    return _extended(total, part.last, part.value / 100) if bare and not minor and not part.about else total


def _extended(total: Sum, last: int, part: Decimal) -> Sum:
    """Return the sum with `part` added, ending at `last`."""
    return Sum(total.first, last, total.value + part, total.currency, total.unit, total.about)


def counts_things(atoms: Atoms, index: int, words: MoneyWords) -> bool:
    """Say whether the number that ends before `index` counts things: "di tonnellate", "circa di copie", "persone"."""
    at = index + 1 if atoms.key(index) in {"circa", "abbondanti"} else index
    following = atoms.key(at)
    if following in words.count_words:
        return True
    if following not in {"di", "d'", "tra", "fra"}:
        return False
    noun = atoms.key(at + 1)
    if following in {"tra", "fra"}:
        return noun in words.count_words
    return noun[:1].isalpha() and noun not in words.money_nouns and not atoms.raw(at + 1)[:1].isupper()


def sentence_start(atoms: Atoms, index: int, *, limit: int = 60) -> int:
    """Return the atom after the last stop or paragraph before `index`, at most `limit` atoms back."""
    for at in range(index - 1, max(-1, index - limit), -1):
        if atoms.keys[at] in {PARAGRAPH, ".", "!", "?", "…"} and not (at + 1 < len(atoms) and atoms.glued(at + 1)):
            return at + 1
    return max(0, index - limit)
