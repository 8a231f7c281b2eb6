"""Finds the dates and periods of a text and their values in EDTF (ISO 8601-2), resolved against the publication date.

Pure: text in, values out. Durations ("per tre anni"), ages, clock times, laws, streets and names are no dates.
Rule: models/corpus/GUIDELINES.md, date.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc

from pipeline.extract.atoms import Atoms, cut_atoms
from pipeline.extract.date_cut import Cut, Reader, cut_dates
from pipeline.extract.date_forms import read_day, read_days, read_month, read_numeric, read_short_year, read_year
from pipeline.extract.date_periods import (
    read_decade,
    read_holiday,
    read_months_of,
    read_ordinal,
    read_part,
    read_quarter,
    read_run,
    read_season,
)
from pipeline.extract.date_placing import Setting, place, value_bound
from pipeline.extract.date_relative import (
    read_counted,
    read_in_counted,
    read_last_counted,
    read_relative,
    read_turned,
    read_unit,
    read_weekday,
)
from pipeline.extract.date_turns import clause_turn, is_dateline
from pipeline.extract.date_values import Bound, Calendar, Form, Pair, Placed, format_placed
from pipeline.extract.date_words import DateWords
from pipeline.records import DateValue

# Which readers are tried at an atom of each class, in order; the first that reads something wins.
READERS: dict[str, tuple[Reader, ...]] = {
    "d": (read_numeric, read_days, read_day, read_counted, read_quarter),
    "Z": (read_numeric,),
    "y": (read_numeric, read_year),
    "w": (read_counted,),
    "'": (read_short_year,),
    "M": (read_month,),
    "W": (read_weekday,),
    "r": (read_relative,),
    "o": (read_last_counted, read_ordinal, read_day),
    "<": (read_turned,),
    ">": (read_turned,),
    "=": (read_turned,),
    "z": (read_in_counted,),
    "b": (read_in_counted,),
    "g": (read_unit,),
    "k": (read_unit,),
    "h": (read_unit,),
    "a": (read_decade, read_unit),
    "x": (read_run, read_unit),
    "E": (read_run,),
    "T": (read_months_of,),
    "i": (read_part,),
    "e": (read_part,),
    "X": (read_part,),
    "s": (read_season,),
    "H": (read_holiday,),
    "Q": (read_quarter,),
}
# What may stand before a date and makes it a deadline or a beginning; over the shape that ends before the date.
BY = re.compile(r"(?:b(?:&_p)?[lA]?|bldc|u[A](?:Il)?|F_A)$")  # "entro il", "fino al", "fino a tutto il", "da qui al"
SINCE = re.compile(r"(?:(?:A_)?F|pF)$")  # "dal", "a partire dal", "già dal"
AFTER = frozenset({"dopo"})
LEAD = re.compile(r"[jAlp]{1,2}$")  # "nel", "a", "il", "per il": inside the span
LEAD_REACH = 5
TO = re.compile(r"(?:uA|A|ul)")  # "dal ... al", "dal ... fino al"
AND = re.compile(r"&l?")  # "tra ... e il"


def find_dates(doc: Doc, *, published: date | None, words: DateWords, trusted: bool = True) -> tuple[DateValue, ...]:
    """Return the dates of `doc`, in reading order.

    Offsets are characters of `doc.text`. Where `published` is None or not `trusted`, nothing is resolved against it.
    """
    return read_dates(cut_atoms(doc.text), today=published if trusted else None, words=words)


def read_dates(atoms: Atoms, *, today: date | None, words: DateWords) -> tuple[DateValue, ...]:
    """Return the dates of a text that is cut into atoms; see find_dates."""
    cut = cut_dates(atoms, words)
    return tuple(value_dates(cut, read_forms(cut), today))


def read_forms(cut: Cut) -> list[Form]:
    """Return the date forms of a text, pairs joined, deadlines and beginnings marked, in reading order."""
    return [with_bound(cut, form) for form in join_pairs(cut, list(scan_forms(cut)))]


def scan_forms(cut: Cut) -> Iterator[Form]:
    """Yield the forms from left to right, none overlapping."""
    index = 0
    while index < len(cut.shape):
        form = next((form for reader in READERS.get(cut.shape[index], ()) if (form := reader(cut, index))), None)
        if form:
            yield form
        index = max(form.last, index + 1) if form else index + 1


def join_pairs(cut: Cut, forms: Sequence[Form]) -> list[Form]:
    """Join "dal X al Y", "tra X e Y", "X - Y" into one form."""
    joined: list[Form] = []
    for form in forms:
        before = joined[-1] if joined else None
        first = _pair_start(cut, before, form) if before else None
        if before and first is not None:
            joined[-1] = Form(first, form.last, Pair(before.when, form.when))
        else:
            joined.append(form)
    return joined


def _pair_start(cut: Cut, before: Form, form: Form) -> int | None:
    """Return where the pair of two forms begins, None where they are two."""
    if not 0 < form.first - before.last <= 3 or isinstance(before.when, Pair):
        return None
    lead = before.first - 1
    if cut.letter(lead) == "l":
        lead -= 1
    between = cut.shape[before.last : form.first]
    if cut.letter(lead) == "F" and TO.fullmatch(between):
        return lead
    if cut.letter(lead) == "z" and AND.fullmatch(between):
        return lead
    days = all(isinstance(when, Calendar) and when.first.month for when in (before.when, form.when))
    return before.first if between == "-" and days else None


def with_bound(cut: Cut, form: Form) -> Form:
    """Mark a deadline or a beginning and take the preposition that places the date into its span."""
    before = cut.shape[max(0, form.first - LEAD_REACH) : form.first]
    if isinstance(form.when, Pair):
        return form
    by = BY.search(before)
    if by or cut.letter(form.first) == "b":
        return replace(form, first=form.first - len(by.group()) if by else form.first, bound=Bound.BY)
    if before[-1:] in {"A"} and cut.key(form.first) == "oggi":
        return replace(form, first=form.first - 1, bound=Bound.BY)
    since = SINCE.search(before)
    if since:
        return replace(form, first=form.first - len(since.group()), bound=Bound.SINCE)
    return _with_lead(cut, form, before)


def _with_lead(cut: Cut, form: Form, before: str) -> Form:
    """Read "prima di" and "dopo" as bounds; take "nel", "per il", "a" into the span."""
    article = before.endswith(("l", "c"))
    word = cut.key(form.first - 2 if article else form.first - 1)
    if before.endswith("c") and word == "prima":
        return replace(form, first=form.first - 2, bound=Bound.BY)
    if word in AFTER and not before.endswith("c"):
        return replace(form, first=form.first - 1 - article, bound=Bound.SINCE)
    lead = LEAD.search(before)
    return replace(form, first=form.first - len(lead.group())) if lead else form


def value_dates(cut: Cut, forms: Sequence[Form], today: date | None) -> Iterator[DateValue]:
    """Yield the values of the forms; each that is placed is the anchor of "l'anno dopo" behind it."""
    anchor: Placed | None = None
    for form in forms:
        setting = Setting(today, turn_of(cut, form), anchor, is_dateline(cut, form))
        placed = place(form.when, setting)
        anchor = placed if placed and placed.resolved else anchor
        yield make_date(cut, form, placed)


def turn_of(cut: Cut, form: Form) -> int:
    """Return the turn of a date: a deadline lies ahead, a beginning behind unless its clause says else."""
    turn = clause_turn(cut, form)
    if form.bound is Bound.BY:
        return 1 if turn >= 0 else turn
    return turn


def make_date(cut: Cut, form: Form, placed: Placed | None) -> DateValue:
    """Return the value of a form with its text."""
    start, end = cut.atoms.starts[form.first], cut.atoms.ends[form.last - 1]
    value = format_placed(value_bound(form.bound, placed, form.when), form.bound) if placed else None
    return DateValue(start, end, cut.atoms.text[start:end], value, resolved=bool(placed and placed.resolved))
