"""Finds the dates and periods of a text and their values in EDTF (ISO 8601-2), resolved against the publication date.

Pure: text in, values out. Durations ("per tre anni"), ages, clock times, laws, streets and names are no dates.
Rule: models/corpus/GUIDELINES.md, date.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

from spacy.tokens import Doc

from pipeline.extract.atoms import Atoms, cut_atoms
from pipeline.extract.date_bounds import join_pairs, with_bound
from pipeline.extract.date_centuries import (
    read_century,
    read_decade,
    read_named_century,
    read_ordinal_era,
    read_part_of_era,
    read_short_century,
)
from pipeline.extract.date_cut import Cut, Reader, cut_dates
from pipeline.extract.date_deadlines import value_bound
from pipeline.extract.date_feasts import read_holiday
from pipeline.extract.date_forms import (
    read_day,
    read_day_of_month,
    read_days,
    read_days_of_month,
    read_elided_day,
    read_month,
    read_short_month,
    read_short_year,
    read_spelled_day,
    read_spelled_year,
    read_year,
)
from pipeline.extract.date_numeric import read_numeric
from pipeline.extract.date_offsets import with_offsets
from pipeline.extract.date_periods import (
    read_bare_months,
    read_latest_weekend,
    read_months_of,
    read_numbered_months,
    read_numbered_week,
    read_ordinal,
    read_part,
    read_run,
    read_season,
    read_week_of,
    read_weekend,
)
from pipeline.extract.date_placing import PLACERS, place
from pipeline.extract.date_quarters import read_quarter, read_year_quarter
from pipeline.extract.date_relative import (
    read_again,
    read_counted,
    read_in_counted,
    read_last_counted,
    read_latest,
    read_night,
    read_relative,
    read_turned,
    read_unit,
    read_weekday,
)
from pipeline.extract.date_short import (
    read_abbreviated_day,
    read_abbreviated_days,
    read_bare_day,
    read_fiscal_year,
    read_short_years,
    read_weekdays_ago,
)
from pipeline.extract.date_turns import clause_turn, is_alone, is_dateline
from pipeline.extract.date_vague import read_century_turned, read_in_some, read_long_ago, read_vague
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
from pipeline.extract.date_words import OTHER, DateWords
from pipeline.extract.date_years import Setting
from pipeline.records import DateValue, new

# Which readers are tried at an atom of each class, in order, each with what the shape must begin with; the first that
# reads something wins.
READERS: dict[str, tuple[tuple[str, Reader], ...]] = {
    "Z": (("", read_numeric),),
    "y": (("y[-/]d", read_numeric), ("y-_", read_numbered_week), ("y-?[Qd]", read_year_quarter), ("", read_year)),
    "w": (
        ("wc?M", read_spelled_day),
        ("w[gkha]", read_counted),
        ("w[CEah]", read_long_ago),
        ("wh", read_bare_months),
        ("w(?!_)", read_spelled_year),
        ("w[_W]f", read_weekdays_ago),
        (r"w\.?$", read_bare_day),
    ),
    "m": (("", read_short_month),),
    "K": (("", read_weekend),),
    "t": (("t[gkha]", read_counted), ("", read_short_year)),
    "n": (("", read_counted),),
    "R": (("", read_century),),
    "S": (("", read_century),),
    "C": (("", read_century_turned), ("", read_named_century)),
    "P": (("", read_night),),
    "'": (("'[td][-/]", read_short_years), ("'[td]", read_short_year), ("'n", read_short_century)),
    "M": (("", read_month),),
    "W": (("W[c_jH]", read_holiday), ("", read_weekday)),
    "r": (("", read_relative),),
    "o": (
        ("o<?[dwtn]", read_last_counted),
        ("o[eK]", read_latest_weekend),
        ("", read_latest),
        ("o[aX°C]", read_ordinal_era),
        ("", read_ordinal),
        ("oc?M", read_day),
    ),
    "<": (("", read_turned),),
    ">": (("", read_turned),),
    "=": (("=[hTD]", read_again), ("", read_turned)),
    "z": (("", read_in_counted), ("", read_in_some)),
    "b": (("", read_in_counted), ("", read_in_some)),
    "g": (("", read_holiday), ("", read_unit)),
    "k": (("kc", read_week_of), ("k[dt]", read_numbered_week), ("", read_unit)),
    "h": (("", read_unit),),
    "a": (("a'?[ydtw]", read_decade), ("", read_unit)),
    "q": (("", read_vague),),
    "N": (("", read_vague),),
    "x": (("x[dt]", read_fiscal_year), ("", read_run), ("", read_unit)),
    "E": (("", read_run),),
    "T": (("", read_months_of),),
    "i": (("", read_part_of_era), ("", read_part)),
    "e": (("", read_part_of_era), ("", read_part)),
    "X": (("", read_part_of_era), ("", read_part)),
    "s": (("", read_season),),
    "H": (("", read_holiday),),
    "Q": (("", read_quarter),),
}
NEEDED = {letter: [(re.compile(needed), reader) for needed, reader in pairs] for letter, pairs in READERS.items()}
ALWAYS = {
    letter: tuple(reader for _, reader in pairs)
    for letter, pairs in READERS.items()
    if not any(needed for needed, _ in pairs)
}
WINDOW = 3  # letters that those patterns see
# The same for the most common class, digits that may be a day, by the class of what follows them
DAY_READERS: dict[str, tuple[Reader, ...]] = {
    "M": (read_day,),
    "m": (read_day,),
    "°": (read_days, read_day, read_elided_day, read_numbered_months, read_century),
    ",": (read_days,),
    "-": (read_days, read_numeric, read_days_of_month, read_abbreviated_days),
    "/": (read_days, read_numeric),
    ".": (read_numeric, read_day, read_bare_day),
    "&": (read_days, read_elided_day, read_days_of_month, read_abbreviated_days),
    "l": (read_days, read_days_of_month, read_abbreviated_days),
    "F": (read_days, read_days_of_month, read_abbreviated_days),
    "A": (read_days, read_days_of_month, read_abbreviated_days),
    "W": (read_weekdays_ago,),
    "c": (read_day, read_day_of_month),
    "g": (read_counted,),
    "k": (read_counted,),
    "a": (read_counted, read_long_ago),
    "h": (read_counted, read_long_ago, read_bare_months),
    "C": (read_long_ago,),
    "d": (read_numeric,),
    "E": (read_long_ago,),
    "Q": (read_quarter,),
    "=": (read_day_of_month,),
    OTHER: (read_abbreviated_day, read_weekdays_ago),
    "": (read_bare_day,),
}
# The atoms at which some reader begins, with what must stand around them; what lies between is passed over. A class of
# letters comes first, which is searched in a table; which of them it was is asked behind it, the frequent ones first.
FIRST = r"[MWryHQsTEmKxZSgkhado=<>wtnzbieXPR'CqN]"
ALONE = r"(?<=^l[dw])(?=\.?$)|(?<=^[pb]l[dw])(?=\.?$)"  # "il tre" and nothing else
OF_UNIT = r"(?<=j[gkha])|(?<=b[lc][gkha])|(?<=k)(?=cH)|(?<=Ic[gkha])|(?<=[kha])(?=__)"  # "nel mese", "anno che viene"
ANCHORS = (
    r"(?<=[MWryHQsTEmKxZS])",
    rf"(?<=w)(?:(?=[gkhaMCE]|cM|[_W]f)|(?<=[jcFA]w)(?!_)|{ALONE})",  # "due anni fa", "nel duemila"; not "due aziende"
    rf"(?<=d)(?:(?=[{re.escape(''.join(DAY_READERS)).replace(OTHER, '')}]|_\._|_f)|{ALONE})",  # "25 novembre"
    r"(?<=[tn])(?:(?=[gkha])|(?<=[FjAcx]t))",  # "50 anni fa", "dall'82"
    r"(?<=o)(?=[dwtngkhaxWXC°eKcTMN]|_cM)",  # "primo semestre"
    rf"(?<=[gkha])(?:(?=[<>=VBojMdytw']|c[Mdr_])|{OF_UNIT})",  # "anno scorso"
    r"(?<=[=<>])(?=[dwtngkhaxWTDeKPMso])",  # "scorsa settimana"
    r"(?<=[zb])(?=l?>?[dwtn][gkha]|w?N)|(?<=z)(?=q[gkha])",  # "tra due settimane", "tra una decina di giorni"
    r"(?<=[ieX])(?=[ckKlMyahRoSd<>=])",  # "fine anno"
    r"(?<=P)(?=<)|(?<=R)(?=C)|(?<=')(?=[tdn])",  # "notte scorsa", "XX secolo", "'98"
    r"(?<=C)(?:(?=[<>fR])|(?<=[<>=]C))",  # "secolo scorso", "mezzo secolo fa"
    r"(?<=[qN])(?=c?[gkha](?:f|__))",  # "pochi giorni fa", "una decina di giorni fa"
)
ANCHOR = re.compile(f"{FIRST}(?:{'|'.join(ANCHORS)})")


RELATIVE = (Shift, Anchored, Again)
NEAR = timedelta(days=8)  # as far as a day of the week without day reaches


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


def scan_forms(cut: Cut) -> Iterator[Form]:
    """Yield the forms from left to right, none overlapping."""
    shape, end = cut.shape, 0
    for anchor in ANCHOR.finditer(shape):
        index = anchor.start()
        if index < end:
            continue
        letter = shape[index]
        readers = DAY_READERS[shape[index + 1 : index + 2]] if letter == "d" else ALWAYS.get(letter)
        for reader in readers or _readers(shape[index : index + WINDOW]):
            form = reader(cut, index)
            if form:
                yield form
                end = form.last
                break


@lru_cache(maxsize=8192)
def _readers(window: str) -> tuple[Reader, ...]:
    """Return the readers that may read something where a shape goes on so; there are few such, each is asked once."""
    return tuple(reader for needed, reader in NEEDED[window[0]] if needed.match(window))


def value_dates(cut: Cut, forms: Sequence[Form], today: date | None) -> Iterator[DateValue]:
    """Yield the values of joined forms; each that is placed is the anchor of "l'anno dopo" behind it."""
    atoms, text = cut.atoms, cut.atoms.text
    bound_forms = [with_bound(cut, form) for form in forms]
    setting = Setting(today, days=_named_days(bound_forms, today) if today else {})
    for form in bound_forms:
        first, last, when, bound = form
        if type(when) is not Shift and (type(when) is not Calendar or when.first.year is None):
            _set_around(setting, cut, form)
        placed = PLACERS[type(when)](when, setting)
        resolved = placed is not None and placed.resolved
        if placed and resolved:
            setting.anchor = placed
            if placed.first.month and not is_dateline(cut, form):
                setting.months = placed
        start, end = atoms.span(first, last)
        if placed and bound is not UNBOUND:
            placed = value_bound(bound, placed, when)
        value = format_placed(placed, bound) if placed else None
        yield new(DateValue, (start, end, text[start:end], value, resolved))


def _set_around(setting: Setting, cut: Cut, form: Form) -> None:
    """Put into the setting what stands around a form; "nel 2013" and "ieri" do not ask."""
    setting.turn = clause_turn(cut, form) if setting.today and _asks_turn(form.when) else 0
    setting.dateline = is_dateline(cut, form)
    setting.alone = is_alone(cut, form)
    setting.bound = form.bound


def _named_days(forms: Sequence[Form], today: date) -> dict[int, date]:
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
