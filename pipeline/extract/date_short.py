"""Date forms of few signs: "il 12 c.m.", "FY22", "il 15" where it is all that is said, "due domeniche fa"."""

import re
from typing import Final

from pipeline.extract.date_cut import QUOTED_PIVOT, Cut, full_year
from pipeline.extract.date_values import Calendar, DayOf, Form, Offset, Pair, Point, Shift, Weekday

# Over the shape, see date_words.LETTERS
TWO_DAYS: Final = re.compile(r"d(?:-|[lF]?A|&l?)(?P<last>d)(?=_\._)")  # "5 e 6 u.s.", "5 al 6 p.v."
TWO_YEARS: Final = re.compile(r"'(?P<first>[dt])[-/]'?(?P<last>[dt])(?![-/])")  # "'23-'24"
# corrente mese, ultimo scorso, prossimo venturo
TURNED_SHORT: Final[dict[tuple[str, ...], int]] = {("c", ".", "m"): 0, ("u", ".", "s"): -1, ("p", ".", "v"): 1}


def read_abbreviated_day(cut: Cut, index: int) -> Form | None:
    """Read "il 12 c.m.", "il 12 u.s.", "il 12 p.v.": of this, of last, of next month."""
    return _abbreviated_day(cut, index) if cut.letters[index - 1] in {"l", "A", "F", "c", "b"} else None


def _abbreviated_day(cut: Cut, index: int) -> Form | None:
    """Read "12 c.m." whatever stands before it."""
    turn = TURNED_SHORT.get(cut.atoms.keys[index + 1 : index + 4])
    if turn is None:
        return None
    end = index + 4 + (cut.letters[index + 4] == ".")
    return Form(index, end, DayOf(cut.count(index), Shift("month", turn, turn)))


def read_abbreviated_days(cut: Cut, index: int) -> Form | None:
    """Read "il 5 e 6 u.s.", "dal 5 al 7 p.v."."""
    match = TWO_DAYS.match(cut.shape, index)
    last = _abbreviated_day(cut, match.start("last")) if match else None
    if last is None or not isinstance(last.when, DayOf) or not cut.count(index) < last.when.day:
        return None
    return Form(index, last.last, Pair(DayOf(cut.count(index), last.when.month), last.when))


def read_short_years(cut: Cut, index: int) -> Form | None:
    """Read "'23-'24", "nel '98-99"; years that do not rise are none."""
    match = TWO_YEARS.match(cut.shape, index)
    if not match or not len(cut.keys[index + 1]) == len(cut.keys[match.start("last")]) == 2:
        return None
    first, last = (full_year(cut.keys[match.start(name)], pivot=QUOTED_PIVOT) for name in ("first", "last"))
    return Form(index, match.end(), Calendar(Point(first), Point(last), between=True)) if first < last else None


def read_weekdays_ago(cut: Cut, index: int) -> Form | None:
    """Read "due domeniche fa", "tre lunedì fa"."""
    key, count = cut.keys[index + 1], cut.count(index)
    words = cut.words
    weekday = words.plural_weekdays.get(key) or words.weekdays.get(key)
    if weekday is None or count < 1 or cut.letters[index + 2] != "f":
        return None
    return Form(index, index + 3, Offset(Weekday(weekday, turn=-1), "week", 1 - count))


def read_fiscal_year(cut: Cut, index: int) -> Form | None:
    """Read "FY22"; a bare "FY 22" counts something."""
    year = cut.keys[index + 1]
    if cut.keys[index] != "fy" or not cut.atoms.glued(index + 1) or len(year) != 2:
        return None
    return Form(index, index + 2, Calendar(Point(full_year(year))))


def read_bare_day(cut: Cut, index: int) -> Form | None:
    """Read "il 15", "il tre" where it is all that is said."""
    whole = index == 1 + (cut.letters[0] in {"p", "b"}) and index >= len(cut.shape) - 2
    day = cut.count(index)
    told = cut.letters[index] == "d" or (cut.letters[index - 1] == "l" and 1 < day <= 31)
    return Form(index, index + 1, DayOf(day)) if whole and told else None
