"""Checks what a question is asked with, and says of whom nothing is known: an empty answer must not look like one.

A value that cannot be (a region that Italy has not, a day in no calendar) is an error; a name that the ledger does not
hold gives no rows, and a sentence that says so and names the nearest.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from rapidfuzz import fuzz, process
from sqlite_utils import Database

from pipeline.errors import InputError
from pipeline.kb.corrections import PARSERS, parse_date, parse_value
from pipeline.kb.read import find_deal, find_named, find_named_like
from pipeline.kb.statements import Statements
from pipeline.link.folding import fold
from pipeline.link.places import folded_regions, province_regions

SQL = Statements("read")
NEAR = 75.0  # of 100, from which a name is shown as perhaps meant
SHOWN = 3
# "2026-03-01", "2026-03-01T06:00", "2026-03-01 06:00:30"; not "ieri", and not "2026-03", which compares wrongly
DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2})?)?$")


def check_value(name: str, value: str) -> str:
    """Return the value of a question's parameter as its SQL takes it; raises InputError for one that cannot be."""
    return CHECKS[name](name, value) if name in CHECKS else value


def check_region(name: str, value: str) -> str:
    """Return a region as the ledger writes it, whatever case and hyphens; "" stays, which is all of them."""
    known, said = {spaced(region): region for region in folded_regions().values()}, spaced(value)
    if not value or said in known:
        return known.get(said, value)
    near = process.extractOne(said, list(known), scorer=fuzz.WRatio, score_cutoff=NEAR)
    hint = f"perhaps {known[near[0]]}?" if near else f"there are {', '.join(known.values())}"
    raise InputError(f"{name}: Italy has no region {value!r}; {hint}")


def spaced(region: str) -> str:
    """Return a region's name folded, with spaces for hyphens."""
    return fold(region).replace("-", " ")


def check_province(name: str, value: str) -> str:
    """Return a province's two letters in capitals."""
    if fold(value) not in province_regions():
        raise InputError(f"{name}: Italy has no province {value!r}; write its two letters: CN")
    return value.upper()


def check_day(name: str, value: str) -> str:
    """Return a day, or a day and time, that is in the calendar."""
    found = DAY.match(value)
    if found is None:
        raise InputError(f"{name}: {value!r} is no day; write 2026-03-01")
    parse_date(name, found[1])
    return value


def check_year(name: str, value: str) -> str:
    """Return four digits."""
    if not re.fullmatch(r"\d{4}", value):
        raise InputError(f"{name}: {value!r} is no year; write 2026")
    return value


def check_number(name: str, value: str) -> str:
    """Return a number in digits."""
    try:
        number = Decimal(value)
    except InvalidOperation as error:
        raise InputError(f"{name}: {value!r} is no number; write digits: 10000000 or 0.6") from error
    if not number.is_finite():
        raise InputError(f"{name}: {value!r} is no number; write digits: 10000000 or 0.6")
    return value


def check_field(name: str, value: str) -> str:
    """Return the name of a deal's field."""
    if value not in PARSERS:
        raise InputError(f"{name}: a deal has no field {value!r}; it has {', '.join(PARSERS)}")
    return value


CHECKS: Mapping[str, Callable[[str, str], str]] = {
    "region": check_region,
    "province": check_province,
    "today": check_day,
    "since": check_day,
    "year": check_year,
    "below": check_number,
    "min_eur": check_number,
    "field": check_field,
    "type": lambda name, value: str(parse_value(name, value)),
}


def explain_nothing(db: Database, given: Mapping[str, str]) -> str | None:
    """Return why a question gave no rows, where it is asked of somebody unknown; None where they are known.

    Raises InputError for a deal that there is not.
    """
    if "deal" in given:
        find_deal(db, given["deal"])
    if "org" in given and not find_named(db, given["org"]):
        return say_unknown(db, given["org"])
    return None


def say_nothing(db: Database, *names: str | None, otherwise: str = "nothing found") -> str:
    """Return the sentence for no rows: of the first of `names` that nobody bears, else `otherwise`."""
    unknown = (name for name in names if name and not find_named_like(db, name))
    return next((say_unknown(db, name) for name in unknown), otherwise)


def say_unknown(db: Database, name: str) -> str:
    """Return a sentence that nobody is called `name`, with the nearest names and their identifiers."""
    near = nearest_names(db, name)
    return f"nobody called {name!r} is known" + (f"; the nearest are {', '.join(near)}" if near else "")


def nearest_names(db: Database, name: str) -> tuple[str, ...]:
    """Return the known names most like `name`, each once: "Kamaz (O1)"."""
    rows = SQL.all(db, "all_names")
    found = process.extract(
        fold(name), [fold(row["name"]) for row in rows], scorer=fuzz.WRatio, score_cutoff=NEAR, limit=SHOWN * 4
    )
    shown = (f"{rows[at]['stands_for']} ({rows[at]['public_id']})" for _, _, at in found)
    return tuple(dict.fromkeys(shown))[:SHOWN]
