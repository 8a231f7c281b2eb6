"""A text cut for date forms: its atoms, their shape, and the readings that all forms share (numbers, year tails)."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.extract.atoms import Atoms, cut_atoms
from pipeline.extract.date_values import Calendar, Form, Point
from pipeline.extract.date_words import DateWords, count_of, shape_of

CENTURY_PIVOT = 50  # 1/3/49 is 2049, 1/3/50 is 1950
QUOTED_PIVOT = 36  # '35 is 2035, '36 is 1936: who quotes a year so tells of what was
STAYS = frozenset({"stesso", "stessa", "medesimo", "medesima", "analogo", "corrispondente", "quell'", "quel", "quella"})

# What may follow a day, month, season or quarter and gives its year. Over the shape, see date_words.LETTERS.
YEAR = re.compile(r"c?(?:a(?=y))?(?P<year>[yw])")  # "2024", "del 2024", "dell'anno 2024", "duemilaventiquattro"
SHORT_YEAR = re.compile(r"c?'(?P<year>[dt])")  # "'24"
LAST_YEAR = re.compile(r"c?(?:<a|a<)")  # "dell'anno scorso", "dello scorso anno"
NEXT_YEAR = re.compile(r"c?(?:>a|a>)")  # "del prossimo anno"
THIS_YEAR = re.compile(
    r"c(?:=a|ajI)"
)  # "di quest'anno", "dell'anno in corso"; "dello stesso anno" counts from the date before
OTHER_YEAR = re.compile(r"ca(?P<turn>[VBo])")  # "dell'anno dopo", "dell'anno precedente"
LAST = re.compile(r"<")  # "scorso"
NEXT = re.compile(r">")  # "prossimo"
FOLLOWING = re.compile(r"V")  # "successivo"
TURNED_SHORT: dict[tuple[str, ...], int] = {("u", ".", "s"): -1, ("p", ".", "v"): 1}  # "il 5 marzo u.s."
BEGINS_YEAR = frozenset("cayw'<>V")  # what all of these begin with


@dataclass(frozen=True, slots=True)
class Cut:
    """A text ready for the date forms."""

    atoms: Atoms
    shape: str
    words: DateWords

    def key(self, index: int) -> str:
        """Return the key of an atom."""
        return self.atoms.key(index)

    def letter(self, index: int) -> str:
        """Return the class of an atom, "" outside the text."""
        return self.shape[index : index + 1] if index >= 0 else ""

    def count(self, index: int) -> int:
        """Return what a number atom counts, 0 where it is none."""
        return count_of(self.key(index), self.words) or 0

    def month(self, index: int) -> int:
        """Return the number of the month at `index`."""
        return self.words.months[self.key(index)]

    def ordinal(self, index: int) -> int:
        """Return the number of the ordinal at `index`; -1 is "ultimo"."""
        return self.words.lexicon.ordinals[self.key(index)]


Reader = Callable[[Cut, int], Form | None]


def cut_dates(atoms: Atoms, words: DateWords) -> Cut:
    """Return the text with the shape that date forms read."""
    return Cut(atoms, shape_of(atoms, words), words)


def cut_text(text: str, words: DateWords) -> Cut:
    """Return a text cut for dates."""
    return cut_dates(cut_atoms(text), words)


def full_year(written: str, *, pivot: int = CENTURY_PIVOT) -> int:
    """Return the year that two or four digits name."""
    year = int(written)
    return year if len(written) > 2 else year + (2000 if year < pivot else 1900)


def counts(cut: Cut, index: int) -> bool:
    """Say whether what stands at `index` is counted by the number before it: "2000 addetti", "15 milioni"."""
    return cut.key(index) in cut.words.counted


def with_year(cut: Cut, first: int, last: int, when: Calendar) -> Form:
    """Read the year, "scorso" or "dell'anno prossimo" that follows a date ending before `last`."""
    if cut.letter(last) not in BEGINS_YEAR:
        short = TURNED_SHORT.get(cut.atoms.keys[last : last + 3]) if cut.letter(last + 1) == "." else None
        end = last + 3 + (cut.letter(last + 3) == ".")
        return Form(first, end, when._replace(turn=short)) if short else Form(first, last, when)
    year = YEAR.match(cut.shape, last) or SHORT_YEAR.match(cut.shape, last)
    number = _year_at(cut, year.start("year")) if year else None
    if year and number:
        return Form(first, year.end(), in_year(when, number))
    for pattern, shift in ((LAST_YEAR, -1), (NEXT_YEAR, 1), (THIS_YEAR, 0)):
        match = pattern.match(cut.shape, last)
        if match:
            stays = not STAYS.isdisjoint(cut.atoms.keys[last : match.end()])
            return Form(first, match.end(), when._replace(shift=shift, anchored=stays))
    other = OTHER_YEAR.match(cut.shape, last)
    if other:
        return Form(first, other.end(), when._replace(shift=1 if other["turn"] == "V" else -1, anchored=True))
    return _with_turn(cut, first, last, when)


def _year_at(cut: Cut, index: int) -> int | None:
    """Return the year at an atom, in digits or words; None where it counts something: "il 3 marzo 2000 addetti"."""
    if counts(cut, index + 1):
        return None
    if cut.letter(index) == "w":
        return cut.count(index) if 1900 <= cut.count(index) <= 2100 else None
    return full_year(cut.key(index), pivot=QUOTED_PIVOT)  # two digits stand here behind a quote only


def _with_turn(cut: Cut, first: int, last: int, when: Calendar) -> Form:
    """Read "scorso", "prossimo" or "successivo" after a date."""
    if LAST.match(cut.shape, last):
        return Form(first, last + 1, when._replace(turn=-1))
    if NEXT.match(cut.shape, last):
        return Form(first, last + 1, when._replace(turn=1))
    if FOLLOWING.match(cut.shape, last) and cut.key(last) != "dopo":
        return Form(first, last + 1, when._replace(turn=1, anchored=True))
    return Form(first, last, when)


def weekend_end(cut: Cut, index: int) -> int | None:
    """Return where "weekend", "week-end" or "week end" ends; a "week" of another kind is None."""
    if cut.key(index) != "week":
        return index + 1
    dashed = cut.letter(index + 1) == "-"
    return index + 2 + dashed if cut.key(index + 1 + dashed) == "end" else None


def in_year(when: Calendar, year: int) -> Calendar:
    """Give a calendar value its year; a range over New Year ends in it ("inverno 2013" begins in December 2012)."""
    start = when.first._replace(year=year)
    if when.last is None:
        return when._replace(first=start)
    end = when.last._replace(year=year)
    over = (end.month or 12, end.day or 31) < (start.month or 1, start.day or 1)
    return when._replace(first=start._replace(year=year - over), last=end)


def month_range(first: int, last: int) -> Calendar:
    """Return a range of months whose year is not said."""
    return Calendar(Point(None, first), Point(None, last))
