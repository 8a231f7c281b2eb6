"""EDTF dates as days that can be compared: first and last day of a date or interval. Pure."""

import calendar
import re
from datetime import date

# "2014-11-25", "2014-11", "2013", with ~ for about; not "XXXX-11-25", whose year nobody knows
PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[~?%]?$")


def first_day(edtf: str | None) -> date | None:
    """Return the first day of an EDTF date; None where it is unknown or open at the begin."""
    return bound(edtf.partition("/")[0], last=False) if edtf else None


def last_day(edtf: str | None) -> date | None:
    """Return the last day of an EDTF date; None where it is unknown or open at the end."""
    return bound(edtf.rpartition("/")[2], last=True) if edtf else None


def bound(part: str, *, last: bool) -> date | None:
    """Return the first or last day of one side of an interval."""
    found = PART.match(part)
    if found is None:
        return None
    year, month, day = (int(number) if number else None for number in found.groups())
    assert year is not None  # noqa: S101 - the pattern's first group always matches
    if month is None:
        return date(year, 12, 31) if last else date(year, 1, 1)
    if day is None:
        return date(year, month, calendar.monthrange(year, month)[1] if last else 1)
    return date(year, month, day)


def is_day(edtf: str | None) -> bool:
    """Tell whether an EDTF date is one day."""
    return edtf is not None and first_day(edtf) is not None and first_day(edtf) == last_day(edtf)
