"""Converts sums to euro by the rates that the user loaded (ratefile.py). Never guesses a rate."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from sqlite_utils import Database

from pipeline.kb.dates import first_day, is_day, last_day
from pipeline.kb.money import bounds_of
from pipeline.kb.statements import Statements
from pipeline.known import Sum

SQL = Statements("rebuild")
# the ECB publishes on working days: over Christmas or Easter the last rate stands for at most five days
STANDS = timedelta(days=5)


def to_euro(db: Database, amount: Sum | None, days: tuple[str | None, date | None]) -> tuple[int | None, str | None]:
    """Return cents of euro and the day whose rate was used; (None, None) where no loaded rate is of the day.

    `days` are the deal's date and the day of the article that states the sum. The deal's own day counts; an article's
    day stands in only where the deal has no date, or a vague one that the article's day lies in.
    """
    low, high = bounds_of(amount)
    cents = low if low is not None else high
    if amount is None or cents is None:
        return None, None
    if amount.currency == "EUR":
        return cents, None
    day = rate_day(*days)
    row = day and SQL.one(db, "rate", currency=amount.currency, day=day.isoformat(), since=(day - STANDS).isoformat())
    if not row:
        return None, None
    return int((cents / Decimal(row["per_euro"])).quantize(Decimal(1), rounding=ROUND_HALF_UP)), row["day"]


def rate_day(edtf: str | None, published: date | None) -> date | None:
    """Return the day whose rate a sum is converted by, None where nobody can know it."""
    if edtf is None:
        return published
    first, last = first_day(edtf), last_day(edtf)
    if is_day(edtf):
        return first
    within = published and (first is None or first <= published) and (last is None or published <= last)
    return published if within and (first or last) else None
