"""EDTF dates as days between two bounds, and how far two such periods lie apart. Knows the few shapes we write."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

# "2014-11-25", "2014-11", "2013", each perhaps with "~" or "?"; "XXXX-11-25" has no year and is no period
POINT = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?[~?%]?")
MONTH = 30.44  # days


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last` day, both inclusive; None is open."""

    first: date | None
    last: date | None


def parse_period(edtf: str) -> Period | None:
    """Return the days that `edtf` covers; None where it names no year, or no day there is ("2014-02-30")."""
    start, _, end = edtf.partition("/")
    if "/" not in edtf:
        return point_period(edtf)
    first, last = point_period(start), point_period(end)
    if (start.strip(". ") and first is None) or (end.strip(". ") and last is None) or first is last:
        return None
    return Period(first.first if first else None, last.last if last else None)


def point_period(edtf: str) -> Period | None:
    """Return the days of one EDTF date: a year is its twelve months."""
    match = POINT.fullmatch(edtf.strip())
    if not match:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if not 1 <= year <= 9998 or month > 12 or (month and day > monthrange(year, month)[1]):
        return None
    first = date(year, month or 1, day or 1)
    last = date(year, month or 12, day or monthrange(year, month or 12)[1])
    return Period(first, last)


def months_after(one: Period, two: Period) -> float:
    """Return how many months `two` begins after `one` has ended; negative where it comes before, 0 where they touch."""
    if one.last and two.first and two.first > one.last:
        return (two.first - one.last).days / MONTH
    if two.last and one.first and two.last < one.first:
        return -(one.first - two.last).days / MONTH
    return 0.0
