"""Euro rates: reads the ECB's file, keeps a row a day and currency, converts sums. Never guesses a rate."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from itertools import pairwise
from pathlib import Path

from sqlite_utils import Database

from pipeline.errors import InputError
from pipeline.kb.connection import atomic
from pipeline.kb.dates import first_day, is_day, last_day
from pipeline.kb.money import bounds_of
from pipeline.kb.statements import Statements, Value
from pipeline.known import Sum

SQL = Statements("rebuild")
STORE = Statements("rates")
NOT_QUOTED = "N/A"  # the ECB's word for a currency that it does not quote that day
# the ECB publishes on working days: over Christmas or Easter the last rate stands for at most five days
STANDS = timedelta(days=5)
GAP = timedelta(days=7)


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


def load_rates(db: Database, path: Path) -> int:
    """Store the rates of an ECB file (eurofxref-hist.csv or a day's eurofxref.csv); return how many there are.

    Raises InputError that names line and column for a cell that is neither a rate nor N/A, and the days between which
    more than a week is missing. Nothing is stored then.
    """
    rows = list(read_rates(path))
    check_gaps(path, sorted({str(row["day"]) for row in rows}))
    with atomic(db):
        STORE.run_many(db, "save_rate", rows)
    return len(rows)


def read_rates(path: Path) -> Iterator[dict[str, Value]]:
    """Give (currency, day, per_euro) of every cell of the file."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file, skipinitialspace=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: not readable as a rate file: {error}") from error
    if len(lines) < 2 or lines[0][0] != "Date":
        raise InputError(f'{path}: not an ECB rate file; its first line begins "Date,USD,JPY"')
    currencies = [name.strip() for name in lines[0][1:]]
    for number, line in enumerate(lines[1:], start=2):
        if line:
            yield from read_line(f"{path}, line {number}", line, currencies)


def read_line(where: str, line: list[str], currencies: list[str]) -> Iterator[dict[str, Value]]:
    """Give the rates of one day. The ECB ends every line with a comma, so a last column without name is none."""
    try:
        day = date.fromisoformat(line[0].strip())
    except ValueError as error:
        raise InputError(f"{where}: {line[0]!r} is no day (YYYY-MM-DD)") from error
    if len(line) != len(currencies) + 1:
        raise InputError(f"{where}: {len(line) - 1} rates for {len(currencies)} currencies")
    for currency, cell in zip(currencies, line[1:], strict=True):
        if currency and cell.strip() != NOT_QUOTED:
            yield {"currency": currency, "day": day.isoformat(), "per_euro": str(read_rate(where, currency, cell))}


def read_rate(where: str, currency: str, cell: str) -> Decimal:
    """Return one rate; raises InputError for a gap or what is no positive number."""
    try:
        rate = Decimal(cell.strip())
    except InvalidOperation as error:
        what = "a gap" if not cell.strip() else f"{cell!r}, no number"
        raise InputError(f"{where}, {currency}: {what}; write N/A where there is no rate") from error
    if not rate.is_finite() or rate <= 0:
        raise InputError(f"{where}, {currency}: {cell!r} cannot be a rate")
    return rate


def check_gaps(path: Path, days: list[str]) -> None:
    """Raise InputError where more than a week without any rate lies between two days."""
    for before, after in pairwise(days):
        if date.fromisoformat(after) - date.fromisoformat(before) > GAP:
            raise InputError(f"{path}: no rates between {before} and {after}; nothing was stored")
