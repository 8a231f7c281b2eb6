"""What a date form says before it is placed on the calendar, and the placed range with its EDTF text (ISO 8601-2)."""

from calendar import monthrange
from datetime import date, timedelta
from enum import Enum
from typing import Final, Literal, NamedTuple

LONGEST_MONTH: Final = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # days in some year
TWO_DIGITS: Final = tuple(f"{number:02d}" for number in range(32))  # of days and months

Unit = Literal["day", "week", "month", "year", "century"]


class Bound(Enum):
    """Whether a date is meant as such, as a deadline ("entro") or as a beginning ("dal")."""

    NONE = "none"
    BY = "by"
    BEFORE = "before"
    SINCE = "since"

    __hash__ = object.__hash__  # each is one of a kind; the hash of Enum asks for its name each time


UNBOUND: Final = Bound.NONE


class Point:
    """A day, month or year; None is what the text leaves out or what is coarser."""

    __slots__ = ("day", "month", "year")

    def __init__(self, year: int | None, month: int | None = None, day: int | None = None) -> None:
        self.year: Final = year
        self.month: Final = month
        self.day: Final = day

    def is_same(self, other: "Point") -> bool:
        """Say whether both are one day, month or year."""
        return self.year == other.year and self.month == other.month and self.day == other.day

    def replace(self, *, year: int | None = None, month: int | None = None, day: int | None = None) -> "Point":
        """Return the point with the parts that are given."""
        return Point(
            self.year if year is None else year,
            self.month if month is None else month,
            self.day if day is None else day,
        )


class Calendar:
    """A point or a range as written; the year may be missing, or be counted from now (`shift`) or from the date before.

    `turn` is -1 for "scorso", 1 for "prossimo". `anchored`: `shift` counts from the last date of the text.
    `between`: both ends are said, "dal 24 al 26 settembre" is no open beginning.
    """

    __slots__ = ("anchored", "approximate", "between", "first", "last", "shift", "turn", "weekday")

    def __init__(  # noqa: PLR0913 - what a date may say
        self,
        first: Point,
        last: Point | None = None,
        shift: int | None = None,
        *,
        anchored: bool = False,
        turn: int = 0,
        weekday: int | None = None,
        approximate: bool = False,
        between: bool = False,
    ) -> None:
        self.first: Final = first
        self.last: Final = last
        self.shift: Final = shift
        self.anchored: Final = anchored
        self.turn: Final = turn
        self.weekday: Final = weekday
        self.approximate: Final = approximate
        self.between: Final = between

    def replace(  # noqa: PLR0913 - the same
        self,
        *,
        first: Point | None = None,
        last: Point | None = None,
        shift: int | None = None,
        anchored: bool | None = None,
        turn: int | None = None,
        weekday: int | None = None,
        approximate: bool | None = None,
        between: bool | None = None,
    ) -> "Calendar":
        """Return the calendar value with what is given."""
        return Calendar(
            self.first if first is None else first,
            self.last if last is None else last,
            self.shift if shift is None else shift,
            anchored=self.anchored if anchored is None else anchored,
            turn=self.turn if turn is None else turn,
            weekday=self.weekday if weekday is None else weekday,
            approximate=self.approximate if approximate is None else approximate,
            between=self.between if between is None else between,
        )


def calendar(year: int | None, month: int | None = None, day: int | None = None) -> Calendar:
    """Return a day, month or year as written."""
    return Calendar(Point(year, month, day))


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


class Form:
    """A date as it stands in the text, over the atoms `first` to `last` (exclusive)."""

    __slots__ = ("bound", "first", "last", "when")

    def __init__(self, first: int, last: int, when: When, bound: Bound = UNBOUND) -> None:
        self.first: Final = first
        self.last: Final = last
        self.when: Final = when
        self.bound: Final = bound

    def replace(
        self,
        *,
        first: int | None = None,
        last: int | None = None,
        when: When | None = None,
        bound: Bound | None = None,
    ) -> "Form":
        """Return the form with what is given."""
        return Form(
            self.first if first is None else first,
            self.last if last is None else last,
            self.when if when is None else when,
            self.bound if bound is None else bound,
        )


class Placed:
    """A range on the calendar; `last` is None for a single point. A year still None is unknown."""

    __slots__ = ("approximate", "first", "last")

    def __init__(self, first: Point, last: Point | None = None, *, approximate: bool = False) -> None:
        self.first: Final = first
        self.last: Final = last
        self.approximate: Final = approximate

    @property
    def end(self) -> Point:
        """The last point of the range."""
        return self.first if self.last is None else self.last

    @property
    def resolved(self) -> bool:
        """Say whether the years are known."""
        return self.first.year is not None and (self.last is None or self.last.year is not None)


def format_point(point: Point) -> str:
    """Return a point in EDTF: "2014", "2014-11", "2014-11-25", "XXXX-11-25"."""
    number, month, day = point.year, point.month, point.day
    year = "XXXX" if number is None else str(number).zfill(4)
    if month is None:
        return year
    return f"{year}-{TWO_DIGITS[month]}" if day is None else f"{year}-{TWO_DIGITS[month]}-{TWO_DIGITS[day]}"


def format_placed(placed: Placed, bound: Bound) -> str:
    """Return a range in EDTF, open where it is a deadline ("/2024-12") or a beginning ("2024-03/")."""
    mark = "~" if placed.approximate else ""
    if bound is not UNBOUND:
        since = bound is Bound.SINCE
        return f"{format_point(placed.first)}{mark}/" if since else f"/{format_point(placed.end)}{mark}"
    if placed.last is None or placed.last.is_same(placed.first):
        return format_point(placed.first) + mark
    return f"{format_point(placed.first)}/{format_point(placed.last)}{mark}"


def point_of(day: date) -> Point:
    """Return a day as a point."""
    return Point(day.year, day.month, day.day)


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
        return Placed(Point(year, None, None)) if 0 < year < 10000 else None
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
            return Placed(point_of(today + timedelta(days=by) if by else today))
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
