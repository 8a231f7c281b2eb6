"""Finds the dates and periods of a text and their values in EDTF (ISO 8601-2), resolved against the publication date.

Pure: text in, values out. Durations ("per tre anni"), ages, clock times, laws, streets and names are no dates.
Rule: models/corpus/GUIDELINES.md, date.
"""

from datetime import date, timedelta
from typing import Final

from spacy.tokens import Doc

from pipeline.extract.atoms import Atoms, cut_atoms
from pipeline.extract.date_bounds import join_pairs, with_bound
from pipeline.extract.date_cut import Cut, cut_dates
from pipeline.extract.date_deadlines import value_bound
from pipeline.extract.date_offsets import with_offsets
from pipeline.extract.date_placing import place
from pipeline.extract.date_scan import scan_forms
from pipeline.extract.date_turns import clause_turn, is_alone, is_dateline
from pipeline.extract.date_values import (
    UNBOUND,
    Again,
    Anchored,
    Calendar,
    Form,
    Shift,
    Weekday,
    When,
    first_date,
    format_placed,
)
from pipeline.extract.date_words import DateWords
from pipeline.extract.date_years import Setting
from pipeline.records import DateValue, new

RELATIVE: Final = (Shift, Anchored, Again)
NEAR: Final = timedelta(days=8)  # as far as a day of the week without day reaches


def find_dates(doc: Doc, *, published: date | None, words: DateWords, trusted: bool = True) -> tuple[DateValue, ...]:
    """Return the dates of `doc`, in reading order.

    Offsets are characters of `doc.text`. Where `published` is None or not `trusted`, nothing is resolved against it.
    """
    return read_dates(cut_atoms(doc.text), today=published if trusted else None, words=words)


def read_dates(atoms: Atoms, *, today: date | None, words: DateWords) -> tuple[DateValue, ...]:
    """Return the dates of a text that is cut into atoms; see find_dates."""
    cut = cut_dates(atoms, words)
    return tuple(value_dates(cut, join_forms(cut), today))


def join_forms(cut: Cut) -> list[Form]:
    """Return the date forms of a text, pairs joined, in reading order."""
    return join_pairs(cut, with_offsets(cut, scan_forms(cut)))


def value_dates(cut: Cut, forms: list[Form], today: date | None) -> list[DateValue]:
    """Return the values of joined forms; each that is placed is the anchor of "l'anno dopo" behind it."""
    atoms, text = cut.atoms, cut.atoms.text
    values: list[DateValue] = []
    bound_forms = [with_bound(cut, form) for form in forms]
    setting = Setting(today, _named_days(bound_forms, today) if today else None)
    for form in bound_forms:
        first, last, when, bound = form.first, form.last, form.when, form.bound
        if type(when) is not Shift and (type(when) is not Calendar or when.first.year is None):
            _set_around(setting, cut, form)
        placed = place(when, setting)
        resolved = placed is not None and placed.resolved
        if placed and resolved:
            setting.anchor = placed
            if placed.first.month and not is_dateline(cut, form):
                setting.months = placed
        start, end = atoms.span(first, last)
        if placed and bound is not UNBOUND:
            placed = value_bound(bound, placed, when)
        value = format_placed(placed, bound) if placed else None
        values.append(new(DateValue, (start, end, text[start:end], value, resolved)))
    return values


def _set_around(setting: Setting, cut: Cut, form: Form) -> None:
    """Put into the setting what stands around a form; "nel 2013" and "ieri" do not ask."""
    setting.turn = clause_turn(cut, form) if setting.today and _asks_turn(form.when) else 0
    setting.dateline = is_dateline(cut, form)
    setting.alone = is_alone(cut, form)
    setting.bound = form.bound


def _named_days(forms: list[Form], today: date) -> dict[int, date]:
    """Return the day that each day of the week names in full somewhere: "giovedì 7 ottobre" says which "giovedì"."""
    days: dict[int, date] = {}
    for form in forms:
        when = form.when
        if isinstance(when, Calendar):
            weekday, full = when.weekday, when.first.day
        elif isinstance(when, Weekday):
            weekday, full = when.first, when.day
        else:
            continue
        if weekday and full:
            placed = place(when, Setting(today))
            day = first_date(placed.first) if placed else None
            if day and abs(day - today) < NEAR:
                days.setdefault(weekday, day)
    return days


def _asks_turn(when: When) -> bool:
    """Say whether a date is placed by the turn of its clause: "il 12 marzo", "lunedì"; not "lunedì scorso"."""
    if isinstance(when, Calendar):
        return when.first.year is None and when.shift is None and when.turn == 0
    if isinstance(when, Weekday):
        return when.turn == 0 and when.weeks is None and when.day is None
    return not isinstance(when, RELATIVE)
