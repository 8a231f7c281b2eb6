"""Date forms counted from a date behind them: "tre anni dopo il 2010", "il lunedì dopo Pasqua", "l'indomani di"."""

import re
from typing import Final

from pipeline.extract.date_cut import Cut
from pipeline.extract.date_values import Bound, Calendar, Form, Offset, Unit, WeekdayBy

# Over the shape that ends before the date, see date_words.LETTERS
COUNTED_FROM: Final = re.compile(r"(?P<count>[dwtn])?(?P<unit>[gkha])(?P<way>Vl?|[oB]c)$")
WEEKDAY_FROM: Final = re.compile(r"W(?P<way>Vl?|[oB]c)$")  # "lunedì dopo", "sabato prima di"
SINGLE: Final = frozenset({"giorno", "mese", "anno"})  # "il giorno dopo Natale"
REACH: Final = 5  # atoms
BEFORE_DATE: Final = frozenset("Vlc")  # "dopo", "dopo il", "prima del"
UNITS: Final[dict[str, Unit]] = {"g": "day", "k": "week", "h": "month", "a": "year"}
WAYS: Final = {"dopo": 1, "prima": -1}


def with_offsets(cut: Cut, forms: list[Form]) -> list[Form]:
    """Return the forms, "tre anni dopo" joined to the date behind it."""
    found: list[Form] = []
    for form in forms:
        whole = _with_offset(cut, form) if cut.letters[form.first - 1] in BEFORE_DATE else form
        while whole.first < form.first and found and whole.first < found[-1].last:
            found.pop()  # "tre mesi dopo" of "tre mesi dopo marzo 2014"
        found.append(whole)
    return found


def _with_offset(cut: Cut, form: Form) -> Form:
    """Take "tre anni dopo" before "il 2010" into the form; a month counts no days: "due giorni dopo marzo" stays."""
    if not isinstance(form.when, Calendar) or form.when.last:
        return form
    if cut.keys[form.first - 2] == "indomani" and form.when.first.day is not None:
        return Form(form.first - 2, form.last, Offset(form.when, "day", 1), Bound.NONE)
    weekday = WEEKDAY_FROM.search(cut.shape, max(0, form.first - REACH), form.first)
    match = weekday or COUNTED_FROM.search(cut.shape, max(0, form.first - REACH), form.first)
    way = WAYS.get(cut.keys[match.start("way")]) if match else None
    if match is None or way is None:
        return form
    if weekday:
        number = cut.words.weekdays[cut.keys[match.start()]]
        day = form.when.first.day is not None
        return Form(match.start(), form.last, WeekdayBy(form.when, number, way), Bound.NONE) if day else form
    return _counted_from(cut, form, match, way)


def _counted_from(cut: Cut, form: Form, match: re.Match[str], way: int) -> Form:
    """Count the units of "tre anni dopo" from a date; "il giorno dopo" is one."""
    single = match["count"] is None
    count = int(cut.keys[match.start()] in SINGLE) if single else cut.count(match.start())
    if not count or not isinstance(form.when, Calendar):
        return form
    unit = UNITS[match["unit"]]
    fine = form.when.first.day is not None or (unit in {"month", "year"} and form.when.first.month is not None)
    if not (fine or unit == "year"):
        return form
    return Form(match.start(), form.last, Offset(form.when, unit, way * count), Bound.NONE)
