"""Finds where the forms of dates may begin in a text, and which readers are asked there. Pure."""

import re
from functools import lru_cache
from typing import Final

from pipeline.extract.date_centuries import (
    read_century,
    read_decade,
    read_named_century,
    read_ordinal_era,
    read_part_of_era,
    read_short_century,
)
from pipeline.extract.date_cut import Cut, Reader
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
)
from pipeline.extract.date_short import (
    read_abbreviated_day,
    read_abbreviated_days,
    read_bare_day,
    read_fiscal_year,
    read_short_years,
    read_weekdays_ago,
)
from pipeline.extract.date_vague import read_century_turned, read_in_some, read_long_ago, read_vague
from pipeline.extract.date_values import Form
from pipeline.extract.date_weekdays import read_weekday
from pipeline.extract.date_words import OTHER

# Which readers are tried at an atom of each class, in order, each with what the shape must begin with; the first that
# reads something wins.
READERS: Final[dict[str, tuple[tuple[str, Reader], ...]]] = {
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
NEEDED: Final = {
    letter: [(re.compile(needed), reader) for needed, reader in pairs] for letter, pairs in READERS.items()
}
ALWAYS: Final = {
    letter: tuple(reader for _, reader in pairs)
    for letter, pairs in READERS.items()
    if not any(needed for needed, _ in pairs)
}
RUNS_ON: Final = frozenset("-/Qd")  # behind a year: all but a year alone
WINDOW: Final = 3  # letters that those patterns see
# The same for the most common class, digits that may be a day, by the class of what follows them
DAY_READERS: Final[dict[str, tuple[Reader, ...]]] = {
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
# Where a reader begins by the code of the letter: always, or where what stands around it lets one
ALWAYS_BEGINS: Final = 1
MAY_BEGIN: Final = 2
BEGINNINGS: Final = bytes(
    ALWAYS_BEGINS if chr(code) in "MWryHQsTEmKxZS" else MAY_BEGIN if chr(code) in "dhgkao=<>wtnzbieXPRC'qN" else 0
    for code in range(256)
)
UNITS_OF_TIME: Final = "gkha"
# What may follow them at once
FOLLOWERS: Final = {
    "d": frozenset(DAY_READERS) - {OTHER, ""},  # "25 novembre"
    "w": frozenset("gkhaMCE"),  # "due anni fa"
    "t": frozenset(UNITS_OF_TIME),  # "50 anni fa"
    "n": frozenset(UNITS_OF_TIME),
    "o": frozenset("dwtngkhaxWXC°eKcTMN"),  # "primo semestre"
    **dict.fromkeys(UNITS_OF_TIME, frozenset("<>=VBojMdytw'")),  # "anno scorso"
    **dict.fromkeys("=<>", frozenset("dwtngkhaxWTDeKPMso")),  # "scorsa settimana"
    **dict.fromkeys("ieX", frozenset("ckKlMyahRoSd<>=")),  # "fine anno"
    "P": frozenset("<"),  # "notte scorsa"
    "R": frozenset("C"),  # "XX secolo"
    "'": frozenset("tdn"),  # "'98"
    "C": frozenset("<>fR"),  # "secolo scorso"
}
NOTHING: Final[frozenset[str]] = frozenset()
LEADERS: Final = {"t": frozenset("FjAcx"), "C": frozenset("<>=")}  # before them: "dall'82", "scorso secolo"
SOME: Final = re.compile(r"[zb](?:l?>?[dwtn][gkha]|w?N)|zq[gkha]")  # "tra due settimane", "tra una decina di giorni"
FEW: Final = re.compile(r"[qN]c?[gkha](?:f|__)")  # "pochi giorni fa", "una decina di giorni fa"
PATTERNS: Final = {"z": SOME, "b": SOME, "q": FEW, "N": FEW}


def is_anchor(cut: Cut, index: int, letter: str) -> bool:
    """Say whether some reader may begin at a letter, by what stands around it; what lies between is passed over."""
    letters = cut.letters
    if letters[index + 1] in FOLLOWERS.get(letter, NOTHING):
        return True
    if letter in UNITS_OF_TIME:
        return _is_unit_anchor(letters, index, letter)
    if letter in LEADERS:
        return letters[index - 1] in LEADERS[letter]
    if letter in {"d", "w"}:
        return _is_day_anchor(cut, index) if letter == "d" else _is_word_anchor(cut, index)
    if letter == "o":
        return letters[index + 1] == OTHER and letters[index + 2] == "c" and letters[index + 3] == "M"
    return letter in PATTERNS and PATTERNS[letter].match(cut.shape, index) is not None


def _is_day_anchor(cut: Cut, index: int) -> bool:
    """Say whether digits may be a day though no class of date follows: "3 venerdì fa", "il 3 u.s.", "il 3"."""
    letters = cut.letters
    far = letters[index + 2] == "f" or (letters[index + 2] == "." and letters[index + 3] == OTHER)
    return (letters[index + 1] == OTHER and far) or _is_alone(cut, index)


def _is_word_anchor(cut: Cut, index: int) -> bool:
    """Say whether a date may begin at a number word: "nel duemila", "ventuno di marzo"; not "due aziende"."""
    letters = cut.letters
    following, second = letters[index + 1], letters[index + 2]
    if (following == "c" and second == "M") or (following in {OTHER, "W"} and second == "f"):
        return True
    return (following != OTHER and letters[index - 1] in {"j", "c", "F", "A"}) or _is_alone(cut, index)


def _is_unit_anchor(letters: list[str], index: int, letter: str) -> bool:
    """Say whether a date may begin at "anno", "mese", "settimana", "giorno": "nel mese", "entro l'anno"."""
    following, second, before = letters[index + 1], letters[index + 2], letters[index - 1]
    if following == "c" and second in {"M", "d", "r", OTHER}:
        return True
    if (
        before == "j"
        or (before in {"l", "c"} and letters[index - 2] == "b")
        or (before == "c" and letters[index - 2] == "I")
    ):
        return True
    if following == OTHER and second == OTHER and letter != "g":  # "anno che viene"
        return True
    return letter == "k" and following == "c" and second == "H"


def _is_alone(cut: Cut, index: int) -> bool:
    """Say whether "il tre" is all that the text says, "per" or "entro" before it and a point behind it at most."""
    ends = index == len(cut.shape) - 1 or (index == len(cut.shape) - 2 and cut.letters[index + 1] == ".")
    return ends and cut.shape[:index] in {"l", "pl", "bl"}


def scan_forms(cut: Cut) -> list[Form]:
    """Return the forms from left to right, none overlapping."""
    forms: list[Form] = []
    shape, letters, end = cut.shape, cut.letters, 0
    for index in range(len(shape)):
        begins = BEGINNINGS[ord(shape[index])]
        if begins == 0 or index < end:
            continue
        if begins == ALWAYS_BEGINS or is_anchor(cut, index, letters[index]):
            form = _read_form(cut, index, letters[index])
            if form:
                forms.append(form)
                end = form.last
    return forms


def _read_form(cut: Cut, index: int, letter: str) -> Form | None:
    """Return what the first of the readers that may begin at a letter reads."""
    following = cut.letters[index + 1]
    if letter == "y" and following not in RUNS_ON:
        return read_year(cut, index)
    readers = DAY_READERS[following] if letter == "d" else ALWAYS.get(letter)
    for reader in readers or _readers(cut.shape[index : index + WINDOW]):
        form = reader(cut, index)
        if form:
            return form
    return None


@lru_cache(maxsize=8192)
def _readers(window: str) -> tuple[Reader, ...]:
    """Return the readers that may read something where a shape goes on so; there are few such, each is asked once."""
    return tuple(reader for needed, reader in NEEDED[window[0]] if needed.match(window))
