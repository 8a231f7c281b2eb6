"""Date forms of decades and centuries: "negli anni Ottanta", "fine anni '90", "il XX secolo", "nel Novecento"."""

import re
from typing import Final, NamedTuple

from pipeline.extract.date_cut import Cut
from pipeline.extract.date_values import Calendar, Form, Point

# Over the shape, see date_words.LETTERS
DECADE: Final = re.compile(r"a'?(?P<decade>[ydtw])")  # "anni '80", "anni Ottanta"
ALSO_DECADE: Final = re.compile(r"&'?(?P<decade>[dtw])")  # "e '80"
CENTURY: Final = re.compile(r"(?P<number>[Ro]|d(?=°))°?C")  # "XX secolo", "ventesimo secolo", "20° secolo"
PART_OF: Final = re.compile(r"[ieX]c?l?(?=[aRodS])")  # "fine degli anni", "inizio del XX"
SHORT_CENTURY: Final = re.compile(r"'n")  # "'600"
NAMED_CENTURY: Final = re.compile(r"C(?=R)")  # "secolo XIX"
TWO_CENTURIES: Final = re.compile(r"zw&S")  # "tra Otto e Novecento"
HALF_OF: Final = re.compile(r"oXc?l?(?=[aRodS])")  # "prima metà degli anni"
FIRST_YEARS: Final = re.compile(r"o(?=a)")  # "primi anni"
NAME_LEADS: Final = frozenset("jcAFioX")  # before "Novecento"
SHORT_CENTURIES: Final = frozenset(str(hundreds * 100) for hundreds in range(2, 10))
ROMAN: Final = {"I": 1, "V": 5, "X": 10}


class Era(NamedTuple):
    """A decade or century that ends before the atom `last`: its first year and its length."""

    last: int
    year: int
    length: int

    @property
    def when(self) -> Calendar:
        """The years from the first to the last."""
        return Calendar(Point(self.year), Point(self.year + self.length - 1))


def read_decade(cut: Cut, index: int) -> Form | None:
    """Read "anni '80", "anni Ottanta", "anni 1970", "anni '70 e '80"; "ha 60 anni" is an age."""
    era = _decades(cut, index)
    if era is None:
        return None
    also = ALSO_DECADE.match(cut.shape, era.last)
    last = _decade(cut, also.start("decade")) if also else None
    if not also or not last:
        return Form(index, era.last, era.when)
    return Form(index, also.end(), Calendar(Point(era.year), Point(last + 9)))


def read_century(cut: Cut, index: int) -> Form | None:
    """Read "XX secolo", "ventesimo secolo": the years 1901 to 2000; "nel Novecento": 1900 to 1999."""
    era = _century(cut, index)
    return Form(index, era.last, era.when) if era else _two_centuries(cut, index)


def _two_centuries(cut: Cut, index: int) -> Form | None:
    """Read the "Otto e Novecento" of "tra Otto e Novecento"; "tra otto e novecento euro" are numbers."""
    first = cut.keys[index - 2]
    year = cut.words.centuries.get(f"{first}cento")
    if year is None or not TWO_CENTURIES.match(cut.shape, index - 3) or not cut.atoms.raw(index - 2).istitle():
        return None
    last = cut.words.centuries[cut.keys[index]]
    return Form(index - 2, index + 1, Calendar(Point(year), Point(last + 99), between=True)) if year < last else None


def read_short_century(cut: Cut, index: int) -> Form | None:
    """Read "nel '600", "del '900": 1900 to 1999."""
    key = cut.keys[index + 1]
    if not SHORT_CENTURY.match(cut.shape, index) or key not in SHORT_CENTURIES or not _is_led(cut, index):
        return None
    first = 1000 + int(key)
    return Form(index, index + 2, Calendar(Point(first), Point(first + 99)))


def read_named_century(cut: Cut, index: int) -> Form | None:
    """Read "secolo XIX"; "Il Secolo XIX" is a newspaper."""
    if not NAMED_CENTURY.match(cut.shape, index) or not cut.atoms.raw(index).islower():
        return None
    last = _number(cut, index + 1) * 100
    return Form(index, index + 2, Calendar(Point(last - 99), Point(last)))


def read_part_of_era(cut: Cut, index: int) -> Form | None:
    """Read "fine anni '70", "inizi del Novecento", "metà del XIX secolo": about one year."""
    match = PART_OF.match(cut.shape, index)
    era = _era(cut, match.end()) if match else None
    if era is None:
        return None
    by = {"i": 0, "X": era.length // 2, "e": era.length - 1}[cut.letters[index]]
    return Form(index, era.last, Calendar(Point(era.year - era.year % 10 + by), approximate=True))


def read_ordinal_era(cut: Cut, index: int) -> Form | None:
    """Read "primi anni Novanta", "seconda metà degli anni '90", "prima metà del Novecento", "ventesimo secolo"."""
    match = FIRST_YEARS.match(cut.shape, index)
    era = _decades(cut, match.end()) if match and cut.keys[index] in {"primi", "ultimi"} else None
    if era:
        year = era.year if cut.keys[index] == "primi" else era.year + 9
        return Form(index, era.last, Calendar(Point(year), approximate=True))
    half = HALF_OF.match(cut.shape, index)
    era = _era(cut, half.end()) if half else None
    if era is None or cut.ordinal(index) not in {1, 2}:
        return read_century(cut, index)
    first = era.year + (cut.ordinal(index) - 1) * era.length // 2
    return Form(index, era.last, Calendar(Point(first), Point(first + era.length // 2 - 1)))


def _era(cut: Cut, index: int) -> Era | None:
    """Return the decade or century that begins at `index`."""
    return _decades(cut, index) or _century(cut, index)


def _decades(cut: Cut, index: int) -> Era | None:
    """Return the decade of "anni '80"."""
    match = DECADE.match(cut.shape, index)
    decade = _decade(cut, match.start("decade")) if match and cut.keys[index] == "anni" else None
    return Era(match.end(), decade, 10) if match and decade is not None else None


def _decade(cut: Cut, index: int) -> int | None:
    """Return the first year of a decade written in words or digits."""
    key = cut.keys[index]
    if not key.isdecimal():
        return cut.words.decades.get(key)
    number = int(key)
    if number % 10:
        return None
    return number if number > 99 else 1900 + number if number else None


def _century(cut: Cut, index: int) -> Era | None:
    """Return the century of "XX secolo" or "Novecento"; centuries before Christ are none of ours."""
    if cut.letters[index] == "S":
        return Era(index + 1, cut.words.centuries[cut.keys[index]], 100) if _is_led(cut, index) else None
    match = CENTURY.match(cut.shape, index)
    number = _number(cut, index) if match else 0
    before_christ = match is not None and cut.atoms.keys[match.end() : match.end() + 3] == ("a", ".", "c")
    return Era(match.end(), number * 100 - 99, 100) if match and number > 0 and not before_christ else None


def _is_led(cut: Cut, index: int) -> bool:
    """Say whether "Novecento" stands as a time: "nel Novecento", "prima metà dell'Ottocento"."""
    return cut.letters[index - 1] in NAME_LEADS


def _number(cut: Cut, index: int) -> int:
    """Return the number of a century in digits, words or Roman numerals."""
    if cut.letters[index] != "R":
        return cut.ordinal(index) if cut.letters[index] == "o" else cut.count(index)
    number, raw = 0, cut.atoms.raw(index)
    for digit, following in zip(raw, raw[1:] + " ", strict=True):
        value = ROMAN[digit]
        number += -value if value < ROMAN.get(following, 0) else value
    return number
