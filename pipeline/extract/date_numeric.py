"""Dates written in numbers: "19/3/24", "2024-03-19", "19.3.2024", "15-feb-2013", "05/2018", "il 19/03". Pure."""

import re
from typing import Final

from pipeline.extract.date_cut import Cut, counts, full_year, with_year
from pipeline.extract.date_values import (
    Calendar,
    Form,
    Point,
    is_day,
)
from pipeline.extract.date_words import COMPACT, DOTTED, DOTTED_DAY, DOTTED_ISO

NAMED: Final = re.compile(
    r"(?P<day>d)(?P<mark>[-/.])(?P<month>[MmR])(?P=mark)(?P<year>[ytd])"
)  # "15-feb-2013", "12/XI/19"
ROMAN_MONTHS: Final = {
    name: str(at)
    for at, name in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), 1)
}
MONTH_YEAR: Final = re.compile(r"(?P<month>d)[-/](?P<year>y)(?![-/])")  # "nel 05/2018", "05-2018"
NUMERIC: Final = re.compile(r"(?P<day>d)(?P<mark>[-/.])(?P<month>d)(?P=mark)(?P<year>[ytd])")  # "19/3/24"
ISO: Final = re.compile(r"(?P<year>y)(?P<mark>[-/])(?P<month>d)(?P=mark)(?P<day>d)")  # "2024-03-19"
SPACED: Final = re.compile(r"(?P<day>d)(?P<month>d)(?P<year>y)(?![dtyn/.,-])")  # "03 05 2015"
DAY_MONTH: Final = re.compile(r"(?P<day>d)/(?P<month>d)(?![/ytdn])")  # "il 19/03"
PARTS: Final = ("year", "month", "day")
COMPACT_LEADS: Final = frozenset(
    {"", "|", "l", "j", "A", "F", "c", "b", "u", "z", "(", ","}
)  # before "20240319", "19 03 2024"
DAY_LEADS: Final = frozenset({"il", "al", "dal", "del", "entro", "l'", "all'", "dall'"})  # before "31.12"
BEHIND_DAY: Final = frozenset({"", "|", ".", ",", ")", ":", "l", "<", ">"})
MONTH_YEAR_LEADS: Final = frozenset({"", "|", "j", "A", "F", "c", "b", "u", "z", "("})  # before "05/2018"


def read_numeric(cut: Cut, index: int) -> Form | None:
    """Read "19/3/24", "19-3-2024", "19.3.2024", "2024-03-19", "15-feb-2013", and "19/03" after an article."""
    if cut.letters[index] == "Z":
        return _in_one(cut, index)
    match = NUMERIC.match(cut.shape, index) or ISO.match(cut.shape, index) or NAMED.match(cut.shape, index)
    match = match or _spaced(cut, index)
    if match:
        year, month, day = (cut.keys[match.start(name)] for name in PARTS)
        month = ROMAN_MONTHS.get(month, str(cut.words.months.get(month, month)))
        return _numeric(index, match.end(), year, month, day) if month.isdecimal() else None
    return _day_and_month(cut, index) or _month_and_year(cut, index)


def _in_one(cut: Cut, index: int) -> Form | None:
    """Read a day that is one atom: "19.3.2024", and "20240319" where nothing makes it a number of something."""
    key = cut.keys[index]
    if key.isdecimal() and (counts(cut, index + 1) or cut.letters[index - 1] not in COMPACT_LEADS):
        return None
    parts = DOTTED.fullmatch(key) or DOTTED_ISO.fullmatch(key) or COMPACT.fullmatch(key)
    return _numeric(index, index + 1, *(parts[name] for name in PARTS)) if parts else _dotted_day(cut, index)


def _dotted_day(cut: Cut, index: int) -> Form | None:
    """Read "entro il 31.12", "al 30.09"; "il 10.12 per cento", "alle 10.12", "a 10.12" are none."""
    parts = DOTTED_DAY.fullmatch(cut.keys[index])
    if not parts or cut.keys[index - 1] not in DAY_LEADS or cut.letters[index + 1] not in BEHIND_DAY:
        return None
    form = _numeric(index, index + 1, None, parts["month"], parts["day"])
    return with_year(cut, index, index + 1, form.when) if form and isinstance(form.when, Calendar) else None


def _spaced(cut: Cut, index: int) -> re.Match[str] | None:
    """Match "03 05 2015", day and month in two digits; "3 5 2015" and what stands in a row of numbers are none."""
    match = SPACED.match(cut.shape, index)
    two = match is not None and len(cut.keys[index]) == len(cut.keys[index + 1]) == 2
    return match if two and cut.letters[index - 1] in COMPACT_LEADS and not counts(cut, index + 3) else None


def _day_and_month(cut: Cut, index: int) -> Form | None:
    """Read "il 19/03", "il 15/2"; "i 2/3" is a fraction."""
    short = DAY_MONTH.match(cut.shape, index)
    if not short:
        return None
    month, day = cut.keys[short.start("month")], cut.keys[index]
    weekday = cut.letters[index - 1] == "W" or cut.keys[index - 1] in cut.words.short_weekdays
    if not weekday and cut.letters[index - 1] not in {"l", "c", "F", "A", "j"}:
        return None
    plain = cut.keys[index - 1] in {"il", "l'", "al", "dal"} and int(day) > 12 and cut.letters[short.end()] != "c"
    form = _numeric(index, short.end(), None, month, day) if len(month) == 2 or plain or weekday else None
    return with_year(cut, index, form.last, form.when) if form and isinstance(form.when, Calendar) else None


def _month_and_year(cut: Cut, index: int) -> Form | None:
    """Read "nel 05/2018", "05/2018"; "lotto 05/2018" is none."""
    match = MONTH_YEAR.match(cut.shape, index)
    led = cut.letters[index - 1] in MONTH_YEAR_LEADS
    if not match or not led or len(cut.keys[index]) != 2 or not 1 <= cut.count(index) <= 12:
        return None
    return Form(index, match.end(), Calendar(Point(int(cut.keys[match.start("year")]), cut.count(index))))


def _numeric(first: int, last: int, year: str | None, month: str, day: str) -> Form | None:
    """Return the day, None where the calendar has no such one."""
    if not is_day(int(month), int(day)):
        return None
    return Form(first, last, Calendar(Point(None if year is None else full_year(year), int(month), int(day))))
