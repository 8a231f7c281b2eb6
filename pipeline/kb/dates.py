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
    """Return the first or last day of one side of an interval; None for what is in no calendar ("2026-02-30")."""
    found = PART.match(part)
    if found is None:
        return None
    year = int(found[1])
    month = int(found[2] or (12 if last else 1))
    try:
        day = int(found[3] or (calendar.monthrange(year, month)[1] if last else 1))
        return date(year, month, day)
    except ValueError:
        return None


def is_day(edtf: str | None) -> bool:
    """Tell whether an EDTF date is one day."""
    return edtf is not None and first_day(edtf) is not None and first_day(edtf) == last_day(edtf)
