"""Quarters, halves and months as reports write them: "Q3 2024", "3Q24", "T1", "1H 2023", "2018-Q4", "9M24". Pure."""

import re
from typing import Final

from pipeline.extract.date_cut import Cut, in_year, month_range, with_year
from pipeline.extract.date_values import Calendar, Form

QUARTER: Final = re.compile(r"(?P<before>d)Q|Q(?P<after>d)")  # "3Q", "Q3"
YEAR_QUARTER: Final = re.compile(r"y-?(?=Qd|dQ)")  # "2018-Q4"
QUARTER_YEAR: Final = re.compile(r"[-/]?(?P<year>[yt])")
QUARTERS: Final = {"q": 3, "t": 3, "h": 6, "s": 6}
FIRST_MONTHS: Final = frozenset({3, 6, 9})  # "9M24" is January to September; "3M2" is a product


def read_quarter(cut: Cut, index: int) -> Form | None:
    """Read "Q3 2024", "3Q24", "T1", "1H 2023"."""
    match = QUARTER.match(cut.shape, index)
    if not match or not cut.atoms.glued(index + 1) or _is_part_of_code(cut, index):
        return None
    letter, digit = (cut.keys[index], cut.keys[index + 1]) if match["after"] else (cut.keys[index + 1], cut.keys[index])
    if letter == "m":
        first_months = match["before"] and int(digit) in FIRST_MONTHS and len(cut.keys[match.end()]) > 1
        return _quarter_year(cut, index, match.end(), month_range(1, int(digit)), letter) if first_months else None
    length, number = QUARTERS[letter], int(digit)
    if not 1 <= number <= 12 // length:
        return None
    return _quarter_year(cut, index, match.end(), month_range((number - 1) * length + 1, number * length), letter)


def read_year_quarter(cut: Cut, index: int) -> Form | None:
    """Read "2018-Q4", "2018 Q4"."""
    match = YEAR_QUARTER.match(cut.shape, index)
    return read_quarter(cut, match.end()) if match else None


def _is_part_of_code(cut: Cut, index: int) -> bool:
    """Say whether "Q3" is glued to what is no year: "XQ3", "A-Q3"; "2018-Q3" is read."""
    year = cut.letters[index - 2 if cut.letters[index - 1] == "-" else index - 1] == "y"
    return not year and (cut.letters[index - 1] == "-" or cut.atoms.glued(index))


def _quarter_year(cut: Cut, first: int, last: int, months: Calendar, letter: str) -> Form | None:
    """Read the year of a quarter: "2024", "/2024", "24" against it or at the end, "2018-" before it."""
    before = first - 2 if cut.letters[first - 1] == "-" else first - 1
    if cut.letters[before] == "y" and cut.letters[last] != "y":
        return Form(before, last, in_year(months, int(cut.keys[before])))
    year = QUARTER_YEAR.match(cut.shape, last)
    short = year is not None and cut.letters[year.start("year")] == "t"
    if short or (cut.letters[last] == "d" and (cut.atoms.glued(last) or cut.letters[last + 1] in {"", ".", ",", ")"})):
        return Form(first, last + 1, in_year(months, 2000 + cut.count(last)))
    if year and year.end() > last + 1:
        return Form(first, year.end(), in_year(months, int(cut.keys[year.start("year")])))
    form = with_year(cut, first, last, months)
    return form if letter in {"q", "t"} or form.last > last else None  # "H2" alone is hydrogen
