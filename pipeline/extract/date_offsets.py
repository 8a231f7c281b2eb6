"""Date forms counted from a date that stands behind them: "tre anni dopo il 2010", "due giorni prima di Natale"."""

import re
from collections.abc import Iterable

from pipeline.extract.date_cut import Cut
from pipeline.extract.date_values import Bound, Calendar, Form, Offset, Unit

# Over the shape that ends before the date, see date_words.LETTERS
COUNTED_FROM = re.compile(r"(?P<count>[dwtn])(?P<unit>[gkha])(?P<way>Vl?|[oB]c)$")
REACH = 5  # atoms
UNITS: dict[str, Unit] = {"g": "day", "k": "week", "h": "month", "a": "year"}
WAYS = {"dopo": 1, "prima": -1}


def with_offsets(cut: Cut, forms: Iterable[Form]) -> list[Form]:
    """Return the forms, "tre anni dopo" joined to the date behind it."""
    found: list[Form] = []
    for form in forms:
        whole = _with_offset(cut, form)
        while whole.first < form.first and found and whole.first < found[-1].last:
            found.pop()  # "tre mesi dopo" of "tre mesi dopo marzo 2014"
        found.append(whole)
    return found


def _with_offset(cut: Cut, form: Form) -> Form:
    """Take "tre anni dopo" before "il 2010" into the form; a month counts no days: "due giorni dopo marzo" stays."""
    if cut.letters[form.first - 1] not in {"V", "l", "c"} or not isinstance(form.when, Calendar):
        return form
    match = COUNTED_FROM.search(cut.shape, max(0, form.first - REACH), form.first)
    way = WAYS.get(cut.keys[match.start("way")]) if match else None
    count = cut.count(match.start()) if match else 0
    if match is None or way is None or not count:
        return form
    unit = UNITS[match["unit"]]
    fine = form.when.first.day is not None or (unit in {"month", "year"} and form.when.first.month is not None)
    if form.when.last is not None or not (fine or unit == "year"):
        return form
    return Form(match.start(), form.last, Offset(form.when, unit, way * count), Bound.NONE)
