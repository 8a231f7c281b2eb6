"""What a date form says before it is placed on the calendar, and the placed range with its EDTF text (ISO 8601-2)."""

from calendar import monthrange
from datetime import date, timedelta
from enum import Enum
from typing import Literal, NamedTuple

from pipeline.records import new

LONGEST_MONTH = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # days in some year
TWO_DIGITS = tuple(f"{number:02d}" for number in range(32))  # of days and months

Unit = Literal["day", "week", "month", "year", "century"]


class Bound(Enum):
    """Whether a date is meant as such, as a deadline ("entro") or as a beginning ("dal")."""

    NONE = "none"
    BY = "by"
    BEFORE = "before"
    SINCE = "since"

    __hash__ = object.__hash__  # each is one of a kind; the hash of Enum asks for its name each time


UNBOUND = Bound.NONE


class Point(NamedTuple):
    """A day, month or year; None is what the text leaves out or what is coarser."""

    year: int | None
    month: int | None = None
    day: int | None = None


class Calendar(NamedTuple):
    """A point or a range as written; the year may be missing, or be counted from now (`shift`) or from the date before.

    `turn` is -1 for "scorso", 1 for "prossimo".
    """

    first: Point
    last: Point | None = None
    shift: int | None = None
    anchored: bool = False  # `shift` counts from the last date of the text, not from now
    turn: int = 0
    weekday: int | None = None
    approximate: bool = False
    between: bool = False  # both ends are said: "dal 24 al 26 settembre" is no open beginning


def calendar(year: int | None, month: int | None = None, day: int | None = None) -> Calendar:
    """Return a day, month or year as written."""
    return new(Calendar, (new(Point, (year, month, day)), None, None, False, 0, None, False, False))


class Shift(NamedTuple):
    """Whole units counted from the publication date, `first` to `last`: "l'anno scorso" is year -1 to -1."""

    unit: Unit
    first: int
    last: int
    approximate: bool = False


class Weekday(NamedTuple):
    """One or several days of the week, Monday 1; `weeks` counts from this week ("lunedì della scorsa settimana")."""

    first: int
    last: int | None = None
    turn: int = 0
    weeks: int | None = None
    day: int | None = None  # "giovedì 30"


class Anchored(NamedTuple):
    """Whole units counted from the last date of the text: "l'anno dopo", "due anni prima", "lo stesso giorno"."""

    unit: Unit
    by: int


class Again(NamedTuple):
    """The months told last, of another year: "lo stesso periodo del 2012"; without `year` the year before them."""

    year: int | None = None


class PartOf(NamedTuple):
    """The beginning, middle or end of a month, a year or a week; the week around a day."""

    part: Literal["begin", "mid", "end", "week"]
    whole: "Calendar | Shift | Anchored"


class DayOf(NamedTuple):
    """A day of a month that is counted from now: "il 20 del mese prossimo", -1 its last; else the next such day."""

    day: int
    month: Shift | None = None


class Nth(NamedTuple):
    """The nth weekday of a month, -1 the last: "il terzo martedì di settembre 2014"; `days` 2 is a weekend."""

    number: int
    weekday: int
    month: Calendar | Shift
    days: int = 1


class Pair(NamedTuple):
    """From one date to another: "dal 28 maggio all'11 settembre 2023", "da luglio a oggi"."""

    first: "When"
    last: "When"


class Offset(NamedTuple):
    """Whole units before or after a date that is named: "tre anni dopo il 2010", "due giorni prima di Natale"."""

    base: "When"
    unit: Unit
    by: int


class WeekdayBy(NamedTuple):
    """The day of the week before (-1) or after (1) a date: "il lunedì dopo Pasqua", "il sabato prima di Natale"."""

    base: "When"
    weekday: int
    way: int


When = WeekdayBy | Calendar | Shift | Weekday | Anchored | Again | PartOf | Pair | DayOf | Nth | Offset


class Form(NamedTuple):
    """A date as it stands in the text, over the atoms `first` to `last` (exclusive)."""

    first: int
    last: int
    when: When
    bound: Bound = Bound.NONE


class Placed(NamedTuple):
    """A range on the calendar; `last` is None for a single point. A year still None is unknown."""

    first: Point
    last: Point | None = None
    approximate: bool = False

    @property
    def end(self) -> Point:
        """The last point of the range."""
        return self.last or self.first

    @property
    def resolved(self) -> bool:
        """Say whether the years are known."""
        return self.first.year is not None and (self.last is None or self.last.year is not None)


def format_point(point: Point) -> str:
    """Return a point in EDTF: "2014", "2014-11", "2014-11-25", "XXXX-11-25"."""
    number, month, day = point
    year = "XXXX" if number is None else f"{number:04d}"
    if month is None:
        return year
    return f"{year}-{TWO_DIGITS[month]}" if day is None else f"{year}-{TWO_DIGITS[month]}-{TWO_DIGITS[day]}"


def format_placed(placed: Placed, bound: Bound) -> str:
    """Return a range in EDTF, open where it is a deadline ("/2024-12") or a beginning ("2024-03/")."""
    mark = "~" if placed.approximate else ""
    if bound is not UNBOUND:
        since = bound is Bound.SINCE
        return f"{format_point(placed.first)}{mark}/" if since else f"/{format_point(placed.end)}{mark}"
    if placed.last is None or placed.last == placed.first:
        return format_point(placed.first) + mark
    return f"{format_point(placed.first)}/{format_point(placed.last)}{mark}"


def point_of(day: date) -> Point:
    """Return a day as a point."""
    return new(Point, (day.year, day.month, day.day))


def last_day(point: Point) -> Point:
    """Return the last day of a month or year; a day is its own."""
    if point.year is None or point.day is not None:
        return point
    month = point.month or 12
    return Point(point.year, month, monthrange(point.year, month)[1])


def first_date(point: Point) -> date | None:
    """Return the first day of a point, None where the year is unknown or there is no such day."""
    try:
        return None if point.year is None else date(point.year, point.month or 1, point.day or 1)
    except ValueError:
        return None


def is_day(month: int, day: int) -> bool:
    """Say whether the calendar has such a day in some year."""
    return 1 <= month <= 12 and 1 <= day <= LONGEST_MONTH[month]


def add_months(year: int, month: int, count: int) -> Point:
    """Return the month `count` months later."""
    total = year * 12 + month - 1 + count
    return Point(total // 12, total % 12 + 1)


def shift_from(today: date, when: Shift, by: int) -> Placed | None:
    """Return the unit `by` units from today; a week is Monday to Sunday. None beyond the calendar."""
    unit = when.unit
    if unit == "year":
        year = today.year + by
        return new(Placed, (new(Point, (year, None, None)), None, False)) if 0 < year < 10000 else None
    if unit in {"day", "week"}:
        return _days_from(today, unit, by)
    if unit == "century":
        first = (today.year - 1) // 100 * 100 + 1 + 100 * by
        return Placed(Point(first), Point(first + 99)) if 0 < first < 9900 else None
    point = add_months(today.year, today.month, by)
    return Placed(point) if point.year and 0 < point.year < 10000 else None


def _days_from(today: date, unit: Unit, by: int) -> Placed | None:
    """Return the day `by` days from today, or the week from Monday to Sunday."""
    try:
        if unit == "day":
            return new(Placed, (point_of(today + timedelta(days=by) if by else today), None, False))
        monday = today + timedelta(days=1 - today.isoweekday() + 7 * by)
        return Placed(point_of(monday), point_of(monday + timedelta(days=6)))
    except OverflowError:
        return None


def days_from(point: Point, today: date) -> int:
    """Return the days from today to the first day of a point."""
    day = first_date(point)
    return (day - today).days if day else 0


def falls_on(point: Point, weekday: int) -> bool:
    """Say whether the day falls on that day of the week."""
    day = first_date(point)
    return day is not None and day.isoweekday() == weekday
