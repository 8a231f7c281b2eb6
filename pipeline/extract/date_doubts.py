"""Finds what in a text speaks against its publication date. Pure.

A page may show the day it was printed out: "la scorsa settimana, l'11 e 12 novembre" under a header of 19 March.
"""

from datetime import date, timedelta
from typing import Final

from pipeline.extract.date_cut import Cut, cut_text
from pipeline.extract.date_placing import place
from pipeline.extract.date_values import Calendar, Form, Placed, Point, Shift, first_date, last_day
from pipeline.extract.date_words import DateWords
from pipeline.extract.date_years import Setting
from pipeline.extract.dates import join_forms

BESIDE: Final = frozenset({",", ",l", ",A", ":", "(", "(l", "", "l", "-", "-l"})  # between a date and its apposition


def find_published_doubts(text: str, *, published: date, words: DateWords) -> tuple[str, ...]:
    """Return the reasons to doubt that the article was published on that day, in reading order; () is none."""
    cut = cut_text(text, words)
    return read_published_doubts(cut, join_forms(cut), published=published)


def read_published_doubts(cut: Cut, forms: list[Form], *, published: date) -> tuple[str, ...]:
    """Return the doubts of a text whose date forms are read; see find_published_doubts."""
    doubts = _beside_relative(cut, forms, published) + _wrong_weekdays(cut, forms, published)
    return tuple(dict.fromkeys(doubts)) if doubts else ()


def _beside_relative(cut: Cut, forms: list[Form], published: date) -> list[str]:
    """Return the days that stand beside "la scorsa settimana" or "ieri" and do not fall there."""
    doubts: list[str] = []
    for at in range(1, len(forms)):
        before, form = forms[at - 1], forms[at]
        if cut.shape[before.last : form.first] not in BESIDE:
            continue
        for relative, named in ((before, form), (form, before)):
            if relative is form and isinstance(named.when, Calendar) and named.when.first.year:
                continue  # "l'11 settembre 2001, oggi ..."
            if _contradicts(relative, named, published):
                text = cut.atoms.written(before.first, form.last)
                doubts.append(f'"{text}" does not fit a publication on {published.isoformat()}')
    return doubts


def _contradicts(relative: Form, named: Form, published: date) -> bool:
    """Say whether the named days lie outside the relative time in every year."""
    if not isinstance(relative.when, Shift) or relative.when.unit not in {"day", "week", "month"}:
        return False
    if not isinstance(named.when, Calendar) or named.when.first.month in {None, 0} or (named.when.first.month or 0) < 0:
        return False
    around = place(relative.when, Setting(published))
    return around is not None and not _overlaps(around, named.when)


def _overlaps(around: Placed, named: Calendar) -> bool:
    """Say whether the named days touch the range in some year."""
    begin, end = first_date(around.first), first_date(last_day(around.end))
    if begin is None or end is None:
        return True
    years = (named.first.year,) if named.first.year else (begin.year - 1, begin.year, end.year, end.year + 1)
    for year in years:
        first = first_date(Point(year, named.first.month, named.first.day))
        stop = named.last or named.first
        last = first_date(last_day(Point(year, stop.month, stop.day)))
        if first and last and first <= end and begin <= last:
            return True
    return False


def _wrong_weekdays(cut: Cut, forms: list[Form], published: date) -> list[str]:
    """Return the days whose day of the week does not fall on them within a year of the publication."""
    doubts: list[str] = []
    for form in forms:
        when = form.when
        if (
            not isinstance(when, Calendar)
            or when.weekday is None
            or when.first.year is not None
            or when.shift is not None
        ):
            continue
        days = (first_date(Point(published.year + by, when.first.month, when.first.day)) for by in (-1, 0, 1))
        near = [day for day in days if day and abs(day - published) < timedelta(days=366)]
        if near and all(day.isoweekday() != when.weekday for day in near):
            text = cut.atoms.written(form.first, form.last)
            doubts.append(f'"{text}" does not fall on that day of the week around {published.isoformat()}')
    return doubts
