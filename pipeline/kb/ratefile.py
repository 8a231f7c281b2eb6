"""Reads the ECB's rate files (eurofxref-hist.csv, eurofxref.csv) and stores them: all of a file or nothing."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from pathlib import Path

from sqlite_utils import Database

from pipeline.errors import InputError
from pipeline.kb.connection import atomic
from pipeline.kb.rebuild import rebuild_deal
from pipeline.kb.statements import Statements, Value

STORE = Statements("rates")
NOT_QUOTED = "N/A"  # the ECB's word for a currency that it does not quote that day
GAP = timedelta(days=7)  # the longest run of days without rates, over Christmas, is five
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November")
MONTH_NUMBERS = {name: number for number, name in enumerate((*MONTHS, "December"), start=1)}


def load_rates(db: Database, path: Path, *, now: datetime) -> int:
    """Store the rates of a file and convert the deals in foreign money anew; return how many rates there are.

    Raises InputError that names line and column for a cell that is neither a rate nor N/A, and the days between which
    more than a week is missing. Nothing is stored then.
    """
    rows = list(read_rates(path))
    check_gaps(path, sorted({str(row["day"]) for row in rows}))
    with atomic(db):
        STORE.run_many(db, "save_rate", rows)
        for row in STORE.all(db, "deals_in_foreign_money"):
            rebuild_deal(db, row["id"], now=now)
    return len(rows)


def read_rates(path: Path) -> Iterator[dict[str, Value]]:
    """Give (currency, day, per_euro) of every cell of the file."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file, skipinitialspace=True))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: no text; an ECB rate file is a CSV (unpack the zip first)") from error
    if len(lines) < 2 or lines[0][0] != "Date":
        raise InputError(f'{path}: not an ECB rate file; its first line begins "Date,USD,JPY"')
    currencies = [name.strip() for name in lines[0][1:]]
    for number, line in enumerate(lines[1:], start=2):
        if line:
            yield from read_line(f"{path}, line {number}", line, currencies)


def read_line(where: str, line: list[str], currencies: list[str]) -> Iterator[dict[str, Value]]:
    """Give the rates of one day. The ECB ends every line with a comma, so a last column without name is none."""
    day = read_day(where, line[0].strip())
    if len(line) != len(currencies) + 1:
        raise InputError(f"{where}: {len(line) - 1} rates for {len(currencies)} currencies")
    for currency, cell in zip(currencies, line[1:], strict=True):
        if currency and cell.strip() != NOT_QUOTED:
            yield {"currency": currency, "day": day.isoformat(), "per_euro": str(read_rate(where, currency, cell))}


def read_day(where: str, text: str) -> date:
    """Read "2026-11-26" as the history has it, or "26 November 2026" as the day's file has it."""
    try:
        number, _, rest = text.partition(" ")
        month, _, year = rest.partition(" ")
        return date(int(year), MONTH_NUMBERS[month], int(number)) if rest else date.fromisoformat(text)
    except (ValueError, KeyError) as error:
        raise InputError(f"{where}: {text!r} is no day (2026-11-26)") from error


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
            raise InputError(
                f"{path}: no rates between {before} and {after}; nothing was stored. "
                "Fill the days in, or load each part as a file of its own"
            )
