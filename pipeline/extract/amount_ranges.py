"""Reads two sums as one range ("tra 3 e 5 milioni") or as two ("da 12 a 20"), and lists that share a unit."""

from decimal import Decimal
from enum import Enum
from typing import Final

from pipeline.extract.hedges import ARTICLES
from pipeline.extract.money import YEARS, MoneyWords, Sum
from pipeline.extract.number_cut import SIGNS, THOUSAND, Number, NumberCut

DASHES: Final = frozenset({"-", "–", "—", "/"})
BETWEEN: Final = frozenset({"tra", "fra"})
FROM: Final = frozenset({"da", "dai", "dagli", "dal", "dall'", "dalle"})
SOFT: Final = frozenset({"circa", "oltre", "quasi", "forse"})  # "da 61 a circa 100 milioni"
TO: Final = frozenset({"a", "ad", "ai", "agli", "al", "all'", "alle"})
PASSED_OVER: Final = ARTICLES | SOFT
AT_LEAST: Final = ("un", "minimo", "di")
AT_MOST: Final = ("un", "massimo", "di")
LONGEST_LINK: Final = 3  # atoms, what is passed over counted
CHANGE_REACH: Final = 12  # atoms between a verb of change and its "da"


class Link(Enum):
    """What stands between two numbers."""

    DASH = "dash"
    AND = "and"
    OR = "or"
    TO = "to"
    LIST = "list"


DASH: Final = Link.DASH
AND: Final = Link.AND
OR: Final = Link.OR
BY_TO: Final = Link.TO
LIST: Final = Link.LIST
LINKS: Final = {
    **dict.fromkeys(DASHES, Link.DASH),
    **dict.fromkeys(("e", "ed"), Link.AND),
    **dict.fromkeys(TO, Link.TO),
    **dict.fromkeys(("o", "oppure"), Link.OR),
    ",": Link.LIST,
}


class Lead:
    """The preposition before the first number: its atom and key."""

    __slots__ = ("index", "key")

    def __init__(self, index: int, key: str) -> None:
        self.index: Final = index
        self.key: Final = key


def read_link(cut: NumberCut, end: int, start: int) -> Link | None:
    """Return what links a number that ends before `end` to one that begins at `start`, articles passed over."""
    link = LINKS.get(cut.keys[end])
    if link is not None and cut.keys[end + 1 : start] == AT_MOST:
        return link
    if link is None or not 0 < start - end <= LONGEST_LINK:
        return None
    for at in range(end + 1, start):
        if cut.keys[at] not in PASSED_OVER:
            return None
    return link


def read_lead(cut: NumberCut, first: int) -> Lead | None:
    """Return the "tra", "fra", "da" or "dai" before the number at `first`, an article passed over."""
    at = first - 2 if cut.keys[first - 1] in ARTICLES else first - 1
    if first >= len(AT_LEAST) and cut.keys[first - len(AT_LEAST) : first] == AT_LEAST:
        at = first - len(AT_LEAST) - 1
    key = cut.keys[at]
    return Lead(at, key) if key in BETWEEN or key in FROM else None


def join_sums(cut: NumberCut, numbers: list[Number], sums: list[Sum | None], words: MoneyWords) -> list[Sum | None]:
    """Return `sums` with ranges joined (the second is None then) and bare members of lists given their unit."""
    joined = list(sums)
    for index in range(len(numbers) - 2, -1, -1):
        first, second = joined[index], joined[index + 1]
        end = first.last if first else numbers[index].last
        if (first or second) and cut.keys[end] in LINKS:
            joined[index : index + 2] = _joined(cut, numbers[index : index + 2], (first, second), words)
    return joined


def _joined(
    cut: NumberCut, numbers: list[Number], sums: tuple[Sum | None, Sum | None], words: MoneyWords
) -> tuple[Sum | None, Sum | None]:
    """Return two neighbours as a range and nothing, or as two sums; as they are where no link is between them."""
    first = sums[0]
    second = sums[1] or (_bare_end(cut, numbers[1], first) if first else None)
    link = read_link(cut, first.last if first else numbers[0].last, second.first) if second else None
    if second is None or link is None or second.high is not None:
        return sums
    first = _with_unit(cut, numbers[0], first, _in_thousands(cut, numbers, second), link)
    if first is None:
        return sums
    total = _range(cut, first, second, link, words)
    if total is None and link is DASH:
        return sums  # "12 - 5 milioni"
    return (total, None) if total else (first, second)


def _in_thousands(cut: NumberCut, numbers: list[Number], second: Sum) -> Sum:
    """Give "cinquemila euro" the unit that the first number of "quattro o cinquemila" borrows."""
    low, high = numbers[0], numbers[1]
    if second.unit != 1 or high.scale is not None or not cut.keys[high.last - 1].endswith("mila"):
        return second
    return second.replace(unit=THOUSAND) if low.value < second.value / THOUSAND else second


def _bare_end(cut: NumberCut, number: Number, first: Sum) -> Sum | None:
    """Return the bare second number of "$10-20", "€ 10-20" as a sum."""
    keys = cut.keys
    dashed = number.first == first.last + 1 and keys[first.last] in DASHES and keys[first.first] in SIGNS
    bare = number.digits and number.scale is None and not keys[number.last][:1].isalnum()
    return borrow(number, first) if dashed and bare and number.value > first.value / first.unit else None


def _with_unit(cut: NumberCut, number: Number, own: Sum | None, second: Sum, link: Link) -> Sum | None:
    """Give the first number the unit and currency of the second; None where it is a year or stands alone."""
    if own and own.named and own.unit == 1 and second.unit > 1 and own.value < second.value / second.unit:
        return own.replace(value=own.value * second.unit, unit=second.unit)  # "tra Euro 205 e 210 milioni"
    if own and (own.named or own.unit != 1):
        return own.replace(currency=second.currency) if not own.named and second.named else own
    glued = link is DASH and cut.atoms.glued(number.last)
    if is_year(cut, number) and not glued:
        return None  # "15 dicembre 2020 - Quattordici milioni"
    if link is BY_TO and not read_lead(cut, number.first):
        return None
    return None if number.letter or number.about else borrow(number, second)


def borrow(number: Number, source: Sum) -> Sum:
    """Return the sum that a bare number is with the unit and currency of `source`: "12" beside "20 milioni"."""
    bare = number.scale is None and number.value < 1000
    unit = source.unit if bare else number.scale or Decimal(1)
    value = number.value * source.unit if bare else number.value
    return Sum(number.first, number.last, value, source.currency, unit, about=number.about, named=False)


def is_year(cut: NumberCut, number: Number) -> bool:
    """Say whether the number is written like a year."""
    return number.scale is None and cut.keys[number.first].isdecimal() and int(number.value) in YEARS


def _range(cut: NumberCut, first: Sum, second: Sum, link: Link, words: MoneyWords) -> Sum | None:
    """Return the range of two sums, None where they are two."""
    if first.value >= second.value or first.currency != second.currency:
        return None
    lead = read_lead(cut, first.first)
    total = second.replace(first=first.first, value=first.value, high=second.value)
    if link in {DASH, OR}:
        return total
    if lead is None:
        return None
    if link is AND and lead.key in BETWEEN:
        return total.replace(first=lead.index)
    if link is BY_TO and lead.key in FROM and not _changes(cut, lead.index, words):
        return total.replace(first=lead.index)
    return None


def _changes(cut: NumberCut, index: int, words: MoneyWords) -> bool:
    """Say whether a verb of change ("è passato", "sale") stands before "da" at `index` in its sentence."""
    start = max(cut.sentence_start(index), index - CHANGE_REACH)
    return not words.change_verbs.isdisjoint(cut.keys[start:index])
