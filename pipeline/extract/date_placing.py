"""Places date forms on the calendar, given the day of publication, the turn of the clause and the date before. Pure.

Without a trusted day of publication nothing is resolved against it: days stay "XXXX-11-25", "ieri" stays None.
"""

from calendar import isleap
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from pipeline.extract.date_easter import easter_sunday
from pipeline.extract.date_values import (
    Again,
    Anchored,
    Bound,
    Calendar,
    DayOf,
    Nth,
    Offset,
    Pair,
    PartOf,
    Placed,
    Point,
    Shift,
    Weekday,
    WeekdayBy,
    When,
    add_months,
    falls_on,
    first_date,
    last_day,
    point_of,
    shift_from,
)
from pipeline.extract.date_years import Setting, placed_in_year, year_of

LONG_GONE: Final = 4  # days since a weekday without verb beside it
SUNDAY: Final = 7


def place(when: When, setting: Setting) -> Placed | None:
    """Return the range that `when` names, None where it cannot be known even without its year."""
    return _place_calendar(when, setting) if isinstance(when, Calendar) else PLACERS[type(when)](when, setting)


def _place_calendar(when: Calendar, setting: Setting) -> Placed | None:
    year, month = when.first.year, when.first.month
    if month is not None and month <= 0:
        return _running_months(when, setting) if month < 0 else _easter(when, setting)
    if year is not None:
        return Placed(when.first, when.last, approximate=when.approximate)
    return placed_in_year(when, _leap_year(when, year_of(when, setting)))


def _leap_year(when: Calendar, year: int | None) -> int | None:
    """Return the year, or the last one that had the day: "il 29 febbraio" of 2025 is meant of 2024."""
    if when.first.day != 29 or when.first.month != 2 or when.last is not None or year is None:
        return year
    return next((near for near in range(year, year - 9, -1) if isleap(near)), year)


def _running_months(when: Calendar, setting: Setting) -> Placed | None:
    """Place a bare "nel semestre": the last that has ended, or with shift 0 the one that runs."""
    if setting.today is None:
        return None
    length = -(when.first.month or -6)
    index = (setting.today.month - 1) // length + when.turn
    first = add_months(setting.today.year, 1, index * length)
    return Placed(first, add_months(first.year or 0, first.month or 1, length - 1))


def _easter(when: Calendar, setting: Setting) -> Placed | None:
    """Place Easter and the feasts that are counted from it."""
    distance = timedelta(days=when.first.day or 0)
    if when.first.year is not None:
        return Placed(point_of(easter_sunday(when.first.year) + distance))
    if setting.today is None:
        return None
    sundays = {year: easter_sunday(year) + distance for year in range(setting.today.year - 1, setting.today.year + 2)}
    if when.shift is not None:
        return Placed(point_of(easter_sunday(setting.today.year + when.shift) + distance))
    if (when.turn or setting.turn) < 0 and setting.bound is not Bound.BY:
        return Placed(point_of(max(day for day in sundays.values() if day <= setting.today)))
    return Placed(point_of(min(day for day in sundays.values() if day >= setting.today)))


def _place_shift(when: Shift, setting: Setting) -> Placed | None:
    if setting.today is None:
        return None
    first = shift_from(setting.today, when, when.first)
    if first is None or (when.first == when.last and not when.approximate):
        return first
    last = first if when.first == when.last else shift_from(setting.today, when, when.last)
    if last is None:
        return None
    return Placed(first.first, None if last.end.is_same(first.first) else last.end, approximate=when.approximate)


def _place_weekday(when: Weekday, setting: Setting) -> Placed | None:
    if setting.today is None:
        return None
    if when.day is not None:
        return _weekday_of_month(when, setting.today)
    first = _weekday_date(when, setting, setting.today)
    if when.last is None:
        return Placed(point_of(first))
    return Placed(point_of(first), point_of(first + timedelta(days=(when.last - when.first) % SUNDAY)))


def _weekday_date(when: Weekday, setting: Setting, today: date) -> date:
    """Return the day of the week before or after today, or in the week that is said."""
    if when.weeks is not None:
        return today + timedelta(days=when.first - today.isoweekday() + 7 * when.weeks)
    if when.first in setting.days and not when.turn and when.last is None:
        return setting.days[when.first]
    back = (today.isoweekday() - when.first) % SUNDAY
    ahead = (when.first - today.isoweekday()) % SUNDAY
    if when.turn:
        return today - timedelta(days=back or SUNDAY) if when.turn < 0 else today + timedelta(days=ahead or SUNDAY)
    coming = setting.turn > 0 or setting.bound is Bound.BY or (setting.turn == 0 and back > LONG_GONE) or setting.alone
    return today + timedelta(days=ahead or SUNDAY) if coming else today - timedelta(days=back)


def _weekday_of_month(when: Weekday, today: date) -> Placed | None:
    """Return the day nearest to today that is both, "giovedì 30"; None where there is none within two months."""
    months = (add_months(today.year, today.month, by) for by in range(-2, 3))
    days = [
        day for month in months if (day := first_date(month.replace(day=when.day))) and day.isoweekday() == when.first
    ]
    return Placed(point_of(min(days, key=lambda day: abs((day - today).days)))) if days else None


def _place_anchored(when: Anchored, setting: Setting) -> Placed | None:
    anchor = setting.anchor.first if setting.anchor else None
    if when.unit == "year":
        now = setting.today.year if setting.today and abs(when.by) == 1 else None
        year = anchor.year if anchor and anchor.year else now
        return Placed(Point(year + when.by)) if year and 0 < year + when.by < 10000 else None
    if anchor is None or anchor.year is None:
        return None
    if when.unit == "month":
        return Placed(add_months(anchor.year, anchor.month, when.by)) if anchor.month else None
    day = first_date(anchor) if anchor.day else None
    return shift_from(day, Shift(when.unit, 0, 0), when.by) if day else None


def _place_again(when: Again, setting: Setting) -> Placed | None:
    told = setting.months
    if told is None or told.first.year is None or told.end.year is None:
        return Placed(Point(when.year)) if when.year else None
    by = when.year - told.first.year if when.year else -1
    last = told.last.replace(year=told.end.year + by) if told.last else None
    return Placed(told.first.replace(year=told.first.year + by), last)


def _place_part(when: PartOf, setting: Setting) -> Placed | None:
    whole = place(when.whole, setting)
    if whole is None:
        return None
    if when.part == "week":
        day = first_date(whole.first)
        return shift_from(day, Shift("week", 0, 0), 0) if day else None
    if whole.last is not None:
        return _part_of_range(when, whole)
    point = whole.first
    if point.month is None:
        month = {"begin": 1, "mid": 6, "end": 12}[when.part]
        return Placed(point.replace(month=month), approximate=when.part != "end")
    if when.part == "end" or (when.part == "begin" and setting.bound is Bound.NONE):
        return Placed(point, approximate=when.part == "begin")
    return Placed(point.replace(day=1 if when.part == "begin" else 15), approximate=True)


def _place_pair(when: Pair, setting: Setting) -> Placed | None:
    yearless = [isinstance(each, Calendar) and _lacks_year(each) for each in (when.first, when.last)]
    if yearless[0] and not yearless[1]:
        last = place(when.last, setting)
        first = _first_of_pair(when.first, setting, last)
    else:
        first = place(when.first, setting)
        last = _last_of_pair(when.last, setting, first)
    if first is None or last is None:
        return None
    return Placed(first.first, last.end, approximate=first.approximate or last.approximate)


def _lacks_year(when: Calendar) -> bool:
    """Say whether a date neither names nor counts its year."""
    return when.first.year is None and when.shift is None and not when.turn


def _first_of_pair(when: When, setting: Setting, last: Placed | None) -> Placed | None:
    """Place the first of two dates in the year of the second, or in the one before it."""
    if last is None or last.end.year is None or not isinstance(when, Calendar):
        return place(when, setting)
    begin = placed_in_year(when, last.end.year).first
    after = (begin.month or 1, begin.day or 1) > (last.end.month or 12, last.end.day or 31)
    return placed_in_year(when, last.end.year - after)


def _last_of_pair(when: When, setting: Setting, first: Placed | None) -> Placed | None:
    """Place the second of two dates as the next one after the first."""
    if first is None or first.first.year is None:
        return place(when, setting)
    start = first_date(first.first)
    if isinstance(when, Weekday) and start and when.day is None:
        return Placed(point_of(start + timedelta(days=(when.first - start.isoweekday()) % SUNDAY)))
    if not isinstance(when, Calendar) or not _lacks_year(when):
        return place(when, setting)
    end = placed_in_year(when, first.first.year).end
    before = (end.month or 12, end.day or 31) < (first.first.month or 1, first.first.day or 1)
    return placed_in_year(when, first.first.year + before)


def _part_of_range(when: PartOf, whole: Placed) -> Placed:
    """Return the beginning, the middle or the end of a range; the middle of a week is its Wednesday."""
    monday = first_date(whole.first) if when.part == "mid" and isinstance(when.whole, Shift) else None
    if monday:
        return Placed(point_of(monday + timedelta(days=2)), approximate=True)
    return Placed(whole.first if when.part == "begin" else whole.end, approximate=True)


def _place_offset(when: Offset, setting: Setting) -> Placed | None:
    base = place(when.base, setting)
    point = base.first if base else None
    if point is None or point.year is None:
        return None
    if when.unit in {"day", "week"}:
        day = first_date(point) if point.day else None
        return shift_from(day, Shift("day", 0, 0), when.by * (7 if when.unit == "week" else 1)) if day else None
    if when.unit == "month" and point.month is None:
        return None
    months = when.by * (12 if when.unit == "year" else 1)
    moved = add_months(point.year, point.month or 1, months)
    if not moved.year or not 0 < moved.year < 10000:
        return None
    moved = Point(moved.year, moved.month if point.month else None)
    return Placed(moved.replace(day=min(point.day, last_day(moved).day or 28)) if point.day else moved)


def _place_weekday_by(when: WeekdayBy, setting: Setting) -> Placed | None:
    base = place(when.base, setting)
    day = first_date(base.first) if base and base.first.day else None
    if day is None:
        return None
    days = when.way * (when.weekday - day.isoweekday()) % SUNDAY or SUNDAY
    return Placed(point_of(day + when.way * timedelta(days=days)))


def _place_day(when: DayOf, setting: Setting) -> Placed | None:
    ahead = setting.today is not None and when.day < setting.today.day
    month = _place_shift(when.month or Shift("month", ahead, ahead), setting)
    point = month.first.replace(day=when.day if when.day > 0 else last_day(month.first).day) if month else None
    return Placed(point) if point and first_date(point) else None


def _place_nth(when: Nth, setting: Setting) -> Placed | None:
    month = place(when.month, setting)
    if month is None or month.first.year is None or month.first.month is None:
        return None
    end = last_day(month.first).day or 28
    days = [day for day in range(1, end + 1) if falls_on(month.first.replace(day=day), when.weekday)]
    if not -1 <= when.number <= len(days) or when.number == 0:
        return None
    first = first_date(month.first.replace(day=days[when.number - 1 if when.number > 0 else -1]))
    last = first + timedelta(days=when.days - 1) if first and when.days > 1 else None
    return Placed(point_of(first), point_of(last) if last else None) if first else None


PLACERS: Final[dict[type, Callable[[Any, Setting], Placed | None]]] = {
    Calendar: _place_calendar,
    Shift: _place_shift,
    Weekday: _place_weekday,
    Anchored: _place_anchored,
    Again: _place_again,
    PartOf: _place_part,
    Pair: _place_pair,
    DayOf: _place_day,
    Nth: _place_nth,
    Offset: _place_offset,
    WeekdayBy: _place_weekday_by,
}
