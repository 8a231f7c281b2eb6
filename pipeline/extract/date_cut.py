"""A text cut for date forms: its atoms, their shape, and the readings that all forms share (numbers, year tails)."""

import re
from collections.abc import Callable
from typing import Final

from pipeline.extract.atoms import EDGE, Atoms, cut_atoms
from pipeline.extract.date_values import UNBOUND, Calendar, Form, Point
from pipeline.extract.date_words import DateWords, count_of, letters_of, settle_letters

CENTURY_PIVOT: Final = 50  # 1/3/49 is 2049, 1/3/50 is 1950
QUOTED_PIVOT: Final = 36  # '35 is 2035, '36 is 1936: who quotes a year so tells of what was
STAYS: Final = frozenset(
    {"stesso", "stessa", "medesimo", "medesima", "analogo", "corrispondente", "quell'", "quel", "quella"}
)

# What may follow a day, month, season or quarter and gives its year. Over the shape, see date_words.LETTERS.
YEAR: Final = re.compile(r"c?(?:a(?=y))?(?P<year>[yw])")  # "2024", "del 2024", "dell'anno 2024", "duemilaventiquattro"
SHORT_YEAR: Final = re.compile(r"c?'(?P<year>[dt])")  # "'24"
LAST_YEAR: Final = re.compile(r"c?(?:<a|a<)")  # "dell'anno scorso", "dello scorso anno"
NEXT_YEAR: Final = re.compile(r"c?(?:>a|a>)")  # "del prossimo anno"
THIS_YEAR: Final = re.compile(
    r"c(?:=a|ajI)"
)  # "di quest'anno", "dell'anno in corso"; "dello stesso anno" counts from the date before
YEARS_AGO: Final = re.compile(r"c[dw]af")  # "di due anni fa"
OTHER_YEAR: Final = re.compile(r"ca(?P<turn>[VBo])")  # "dell'anno dopo", "dell'anno precedente"
TURNS_DATE: Final = frozenset("<>V")  # "scorso", "prossimo", "successivo"
TURNED_SHORT: Final[dict[tuple[str, ...], int]] = {("u", ".", "s"): -1, ("p", ".", "v"): 1}  # "il 5 marzo u.s."
BEGINS_YEAR: Final = frozenset("cayw'<>V")  # what all of these begin with


class Cut:
    """A text ready for the date forms: its atoms, and their classes as one string, the shape.

    `keys` and `letters` are those of the atoms one by one, "" a little way before the first and behind the last.
    """

    __slots__ = ("atoms", "keys", "letters", "shape", "words")

    def __init__(self, atoms: Atoms, letters: list[str], words: DateWords) -> None:
        self.atoms = atoms
        self.words = words
        self.shape = settle_letters(letters, atoms, words)
        self.keys = atoms.padded
        letters.extend(EDGE)
        self.letters = letters

    def count(self, index: int) -> int:
        """Return what a number atom counts, 0 where it is none."""
        return count_of(self.keys[index], self.words.numbers) or 0

    def month(self, index: int) -> int:
        """Return the number of the month at `index`."""
        return self.words.months[self.keys[index]]

    def ordinal(self, index: int) -> int:
        """Return the number of the ordinal at `index`; -1 is "ultimo"."""
        return self.words.ordinals[self.keys[index]]


Reader = Callable[[Cut, int], Form | None]


def cut_dates(atoms: Atoms, words: DateWords) -> Cut:
    """Return the text with the shape that date forms read."""
    return Cut(atoms, letters_of(atoms, words), words)


def cut_text(text: str, words: DateWords) -> Cut:
    """Return a text cut for dates."""
    return cut_dates(cut_atoms(text), words)


def full_year(written: str, *, pivot: int = CENTURY_PIVOT) -> int:
    """Return the year that two or four digits name."""
    year = int(written)
    return year if len(written) > 2 else year + (2000 if year < pivot else 1900)


def counts(cut: Cut, index: int) -> bool:
    """Say whether what stands at `index` is counted by the number before it: "2000 addetti", "15 milioni"."""
    return cut.keys[index] in cut.words.counted


def with_year(cut: Cut, first: int, last: int, when: Calendar) -> Form:
    """Read the year, "scorso" or "dell'anno prossimo" that follows a date ending before `last`."""
    letter = cut.letters[last]
    if letter not in BEGINS_YEAR:
        if cut.letters[last + 1] == ".":
            return _with_short_turn(cut, first, last, when)
        return Form(first, last, when, UNBOUND)
    if letter in TURNS_DATE:
        return _with_turn(cut, first, last, when)
    at = last + (letter == "c")
    if cut.letters[at] == "y":  # as most are: "novembre 2014", "del 2014"
        number = _year_at(cut, at)
        end = at + 1
    else:
        year = YEAR.match(cut.shape, last) or SHORT_YEAR.match(cut.shape, last)
        number = _year_at(cut, year.start("year")) if year else None
        end = year.end() if year else last
    if number:
        return Form(first, end, in_year(when, number), UNBOUND)
    return _with_counted_year(cut, first, last, when) if letter == "c" else Form(first, last, when)


def _with_short_turn(cut: Cut, first: int, last: int, when: Calendar) -> Form:
    """Read "u.s.", "p.v." after a date."""
    turn = TURNED_SHORT.get(cut.atoms.keys[last : last + 3])
    return (
        Form(first, last + 3 + (cut.letters[last + 3] == "."), when.replace(turn=turn))
        if turn
        else Form(first, last, when)
    )


def _with_counted_year(cut: Cut, first: int, last: int, when: Calendar) -> Form:
    """Read "dell'anno scorso", "del prossimo anno", "dell'anno dopo" after a date."""
    for pattern, shift in ((LAST_YEAR, -1), (NEXT_YEAR, 1), (THIS_YEAR, 0)):
        match = pattern.match(cut.shape, last)
        if match:
            stays = not STAYS.isdisjoint(cut.atoms.keys[last : match.end()])
            return Form(first, match.end(), when.replace(shift=shift, anchored=stays))
    ago = YEARS_AGO.match(cut.shape, last)
    if ago and cut.count(last + 1):
        return Form(first, ago.end(), when.replace(shift=-cut.count(last + 1)))
    other = OTHER_YEAR.match(cut.shape, last)
    if other:
        return Form(first, other.end(), when.replace(shift=1 if other["turn"] == "V" else -1, anchored=True))
    return Form(first, last, when)


def _year_at(cut: Cut, index: int) -> int | None:
    """Return the year at an atom, in digits or words; None where it counts something: "il 3 marzo 2000 addetti"."""
    if counts(cut, index + 1):
        return None
    if cut.letters[index] == "w":
        return cut.count(index) if 1900 <= cut.count(index) <= 2100 else None
    return full_year(cut.keys[index], pivot=QUOTED_PIVOT)  # two digits stand here behind a quote only


def _with_turn(cut: Cut, first: int, last: int, when: Calendar) -> Form:
    """Read "scorso", "prossimo" or "successivo" after a date."""
    letter = cut.letters[last]
    if letter == "V":
        stays = cut.keys[last] == "dopo"
        return Form(first, last, when) if stays else Form(first, last + 1, when.replace(turn=1, anchored=True))
    return Form(first, last + 1, when.replace(turn=-1 if letter == "<" else 1))


def weekend_end(cut: Cut, index: int) -> int | None:
    """Return where "weekend", "week-end" or "week end" ends; a "week" of another kind is None."""
    if cut.keys[index] != "week":
        return index + 1
    dashed = cut.letters[index + 1] == "-"
    return index + 2 + dashed if cut.keys[index + 1 + dashed] == "end" else None


def in_year(when: Calendar, year: int) -> Calendar:
    """Give a calendar value its year; a range over New Year ends in it ("inverno 2013" begins in December 2012)."""
    start = Point(year, when.first.month, when.first.day)
    if when.last is None:
        return when.replace(first=start)
    end = when.last.replace(year=year)
    over = (end.month or 12, end.day or 31) < (start.month or 1, start.day or 1)
    return when.replace(first=start.replace(year=year - over), last=end)


def month_range(first: int, last: int) -> Calendar:
    """Return a range of months whose year is not said."""
    return Calendar(Point(None, first), Point(None, last))
