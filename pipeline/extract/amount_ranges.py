"""Reads two sums as one range ("tra 3 e 5 milioni") or as two ("da 12 a 20"), and lists that share a unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from pipeline.extract.atoms import Atoms
from pipeline.extract.hedges import ARTICLES
from pipeline.extract.money import YEARS, MoneyWords, Sum, sentence_start
from pipeline.extract.numbers import SIGNS, Number

DASHES = frozenset({"-", "–", "—", "/"})
BETWEEN = frozenset({"tra", "fra"})
FROM = frozenset({"da", "dai", "dagli", "dal", "dall'", "dalle"})
SOFT = frozenset({"circa", "oltre", "quasi", "forse"})  # "da 61 a circa 100 milioni"
TO = frozenset({"a", "ad", "ai", "agli", "al", "all'", "alle"})
CHANGE_REACH = 12  # atoms between a verb of change and its "da"


class Link(Enum):
    """What stands between two numbers."""

    DASH = "dash"
    AND = "and"
    OR = "or"
    TO = "to"
    LIST = "list"


LINKS = {
    **dict.fromkeys(DASHES, Link.DASH),
    **dict.fromkeys(("e", "ed"), Link.AND),
    **dict.fromkeys(TO, Link.TO),
    "o": Link.OR,
    ",": Link.LIST,
}


@dataclass(frozen=True, slots=True)
class Lead:
    """The preposition before the first number: its atom and key."""

    index: int
    key: str


def read_link(atoms: Atoms, end: int, start: int) -> Link | None:
    """Return what links a number that ends before `end` to one that begins at `start`, articles passed over."""
    between = [key for key in atoms.keys[end : min(start, end + 4)] if key not in ARTICLES and key not in SOFT]
    if not 0 < start - end <= 3 or len(between) != 1 or between[0] != atoms.key(end):
        return None
    return LINKS.get(atoms.key(end))


def read_lead(atoms: Atoms, first: int) -> Lead | None:
    """Return the "tra", "fra", "da" or "dai" before the number at `first`, an article passed over."""
    at = first - 2 if atoms.key(first - 1) in ARTICLES else first - 1
    key = atoms.key(at)
    return Lead(at, key) if key in BETWEEN or key in FROM else None


def join_sums(
    atoms: Atoms, numbers: Sequence[Number], sums: Sequence[Sum | None], words: MoneyWords
) -> list[Sum | None]:
    """Return `sums` with ranges joined (the second is None then) and bare members of lists given their unit."""
    joined = list(sums)
    for index in range(len(numbers) - 2, -1, -1):
        second = joined[index + 1]
        first = joined[index]
        if first and second is None:
            second = _bare_end(atoms, numbers[index + 1], first)
        link = read_link(atoms, first.last if first else numbers[index].last, second.first) if second else None
        if second is None or link is None or second.high is not None:
            continue
        first = _with_unit(atoms, numbers[index], first, second, link)
        if first is None:
            continue
        total = _range(atoms, first, second, link, words)
        if total is None and link is Link.DASH:
            continue  # "15 dicembre 2020 - Quattordici milioni"
        joined[index] = total or first
        joined[index + 1] = None if total else second
    return joined


def _bare_end(atoms: Atoms, number: Number, first: Sum) -> Sum | None:
    """Return the bare second number of "$10-20", "€ 10-20" as a sum."""
    dashed = number.first == first.last + 1 and atoms.key(first.last) in DASHES and atoms.key(first.first) in SIGNS
    bare = number.digits and number.scale is None and not atoms.key(number.last)[:1].isalnum()
    return borrow(number, first) if dashed and bare and number.value > first.value / first.unit else None


def _with_unit(atoms: Atoms, number: Number, own: Sum | None, second: Sum, link: Link) -> Sum | None:
    """Give the first number the unit and currency of the second; None where it is a year or stands alone."""
    if own and own.named and own.unit == 1 and second.unit > 1 and own.value < second.value / second.unit:
        return own._replace(value=own.value * second.unit, unit=second.unit)  # "tra Euro 205 e 210 milioni"
    if own and (own.named or own.unit != 1):
        return own._replace(currency=second.currency) if not own.named and second.named else own
    if is_year(atoms, number) and link is not Link.DASH:
        return None
    lead = read_lead(atoms, number.first)
    if link is Link.TO and not lead:
        return None
    if number.letter or number.about:
        return None
    return borrow(number, second)


def borrow(number: Number, source: Sum) -> Sum:
    """Return the sum that a bare number is with the unit and currency of `source`: "12" beside "20 milioni"."""
    bare = number.scale is None and number.value < 1000
    unit = source.unit if bare else number.scale or Decimal(1)
    value = number.value * source.unit if bare else number.value
    return Sum(number.first, number.last, value, source.currency, unit, number.about, named=False)


def is_year(atoms: Atoms, number: Number) -> bool:
    """Say whether the number is written like a year."""
    return number.scale is None and atoms.key(number.first).isdecimal() and int(number.value) in YEARS


def _range(atoms: Atoms, first: Sum, second: Sum, link: Link, words: MoneyWords) -> Sum | None:
    """Return the range of two sums, None where they are two."""
    if first.value >= second.value or first.currency != second.currency:
        return None
    lead = read_lead(atoms, first.first)
    total = second._replace(first=first.first, value=first.value, high=second.value)
    if link in {Link.DASH, Link.OR}:
        return total
    if lead is None:
        return None
    if link is Link.AND and lead.key in BETWEEN:
        return total._replace(first=lead.index)
    if link is Link.TO and lead.key in FROM and not _changes(atoms, lead.index, words):
        return total._replace(first=lead.index)
    return None


def _changes(atoms: Atoms, index: int, words: MoneyWords) -> bool:
    """Say whether a verb of change ("è passato", "sale") stands before "da" at `index` in its sentence."""
    start = max(sentence_start(atoms, index), index - CHANGE_REACH)
    return not words.change_verbs.isdisjoint(atoms.keys[start:index])
