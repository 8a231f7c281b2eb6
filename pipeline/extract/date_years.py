"""Chooses the year of a date that does not say it: by its clause, the dates before it, the day of publication. Pure."""

from datetime import date
from typing import Final

from pipeline.extract.date_values import (
    UNBOUND,
    Bound,
    Calendar,
    Placed,
    Point,
    days_from,
    falls_on,
)

# How much of a year may have gone by since a day (or month) was last, for the last one to be meant: by bound and turn
# of the clause (past, unknown, coming). Fitted on train and dev of the corpus; near dates are meant more than far ones.
DAY_GONE: Final = {
    Bound.NONE: {-1: 0.97, 0: 0.45, 1: 0.5},
    Bound.BY: {-1: 0.01, 0: 0.0, 1: 0.0},
    Bound.BEFORE: {-1: 0.2, 0: 0.0, 1: 0.0},
    Bound.SINCE: {-1: 0.2, 0: 0.2, 1: 0.02},
}
MONTH_GONE: Final = {
    Bound.NONE: {-1: 0.95, 0: 0.5, 1: 0.22},
    Bound.BY: {-1: 0.17, 0: 0.0, 1: 0.0},
    Bound.BEFORE: {-1: 0.3, 0: 0.0, 1: 0.0},
    Bound.SINCE: {-1: 0.9, 0: 0.34, 1: 0.3},
}
ALONE_GONE: Final = 0.08  # a date without any other word is the next one, but for the days just gone
PERIOD_GONE: Final = 0.8  # "nel quarto trimestre" of a past clause may still run
YEAR_DAYS: Final = 365


class Setting:
    """Where a date stands: `today` is the trusted day of publication; `turn` -1 past, 1 coming, 0 unknown.

    `days` are the days of the week that the text names in full, `anchor` is the date before it in the text, `months`
    the last one that named months. A `dateline` is the nearest such day; a date that stands `alone`, without any other
    word, is the next one, but for the days just gone. One setting goes with a text from date to date.
    """

    __slots__ = ("alone", "anchor", "bound", "dateline", "days", "months", "today", "turn")

    def __init__(self, today: date | None, days: dict[int, date] | None = None) -> None:
        self.today = today
        self.days: dict[int, date] = {} if days is None else days
        self.turn = 0
        self.anchor: Placed | None = None
        self.months: Placed | None = None
        self.dateline = False
        self.alone = False
        self.bound = UNBOUND


def placed_in_year(when: Calendar, year: int | None) -> Placed:
    """Give a range the year in which it ends; it begins in the year before where it runs over New Year."""
    if when.last is None:
        return Placed(Point(year, when.first.month, when.first.day), approximate=when.approximate)
    first = Point(None if year is None else year - _runs_over(when), when.first.month, when.first.day)
    return Placed(first, Point(year, when.last.month, when.last.day), approximate=when.approximate)


def _runs_over(when: Calendar) -> bool:
    """Say whether a range runs over New Year: "inverno"."""
    first, last = when.first, when.last
    return last is not None and (last.month or 12, last.day or 31) < (first.month or 1, first.day or 1)


def year_of(when: Calendar, setting: Setting) -> int | None:
    """Choose the year of a date that does not say it."""
    today, anchor = setting.today, setting.anchor
    if when.shift is None and not when.anchored:
        return None if today is None else _near_year(when, setting, today)
    base = anchor.end.year if when.anchored and anchor else today.year if today else None
    if when.shift is not None:
        return None if base is None else base + when.shift + _ends_next_year(when, setting)
    if when.turn and anchor and base is not None:
        return _first_after(when, anchor)
    return None if today is None else _near_year(when, setting, today)


def _ends_next_year(when: Calendar, setting: Setting) -> bool:
    """Say whether "quest'inverno" begins this year and ends in the next: so it is from July on."""
    over = when.last is not None and (when.last.month or 12) < (when.first.month or 1)
    return over and when.shift == 0 and not when.anchored and setting.today is not None and setting.today.month > 6


def _first_after(when: Calendar, anchor: Placed) -> int:
    """Return the year of the first such date after the anchor: "nel novembre successivo"."""
    year = anchor.end.year or 0
    return year if (when.first.month or 1) > (anchor.end.month or 12) else year + 1


def _near_year(when: Calendar, setting: Setting, today: date) -> int:
    """Choose last, this or next year by "scorso", the clause, or what is near."""
    if setting.dateline or (when.weekday and not when.turn):
        year = _told_year(when, setting, today)
        if year is not None:
            return year
    end = when.last or when.first
    if when.turn > 0:
        return today.year + _runs_over(when) + (_months_and_days(when.first, today) <= 0)
    ahead = _months_and_days(end, today)
    if when.turn < 0:
        return today.year - (ahead >= 0)
    if when.last is not None and when.first.day is None and not setting.turn and setting.bound is UNBOUND:
        return today.year  # "primo trimestre" without verb: of this year
    last = today.year - (ahead > 0)
    return last if _gone(Point(last, end.month, end.day), today) <= _limit(when, setting) else last + 1


def _told_year(when: Calendar, setting: Setting, today: date) -> int | None:
    """Return the year that is nearest in a dateline, or in which alone the day falls on its day of the week."""
    firsts = {year: placed_in_year(when, year).first for year in range(today.year - 2, today.year + 2)}
    if setting.dateline:
        return min(firsts, key=lambda year: abs(days_from(firsts[year], today)))
    fitting = [year for year, first in firsts.items() if falls_on(first, when.weekday or 0)]
    return fitting[0] if len(fitting) == 1 else None


def _gone(point: Point, today: date) -> float:
    """Return the part of a year since a day or month."""
    if point.day is None:
        return ((today.year - (point.year or 0)) * 12 + today.month - (point.month or 12)) / 12
    return -days_from(point, today) / YEAR_DAYS


def _limit(when: Calendar, setting: Setting) -> float:
    """Return how long ago the last one may be."""
    if when.last is not None and when.first.day is None and setting.turn < 0:
        return PERIOD_GONE
    if setting.alone:
        return ALONE_GONE
    table = MONTH_GONE if when.first.day is None else DAY_GONE
    return table[setting.bound][setting.turn]


def _months_and_days(point: Point, today: date) -> int:
    """Return whether a point is behind (below 0) or ahead of today in one year, in the parts that it has."""
    if point.month is None:
        return 0
    months = point.month - today.month
    return months if months or point.day is None else point.day - today.day
