"""Days of the week: "lunedì", "venerdì e sabato", "lunedì della scorsa settimana", "martedì a otto"."""

import re
from typing import Final

from pipeline.extract.date_cut import Cut
from pipeline.extract.date_forms import read_weekday_day
from pipeline.extract.date_values import Form, Offset, Weekday
from pipeline.extract.date_words import OTHER

TURNS: Final = {"<": -1, ">": 1, "=": 0}
WEEKDAYS: Final = re.compile(r"W(?:P)?(?:&l?|,|-|A)(?P<last>W)")
OF_WEEK: Final = re.compile(r"[cF](?:<k|k<)")  # "lunedì della scorsa settimana"
OF_NEXT_WEEK: Final = re.compile(r"[cF](?:>k|k>)")
OF_THIS_WEEK: Final = re.compile(r"[cF]=k")
WEEKS_ON: Final[dict[tuple[str, ...], int]] = {("a", "otto"): 1, ("a", "quindici"): 2}
ENDS_CLAUSE: Final = frozenset({"", ".", ",", ")", ":", "|"})


def read_weekday(cut: Cut, index: int) -> Form | None:
    """Read "lunedì", "venerdì e sabato", "lunedì della scorsa settimana"; "Domenica Rossi" is a person."""
    full = read_weekday_day(cut, index)
    if full:
        return full
    if _is_name(cut, index):
        return None
    number = cut.words.weekdays[cut.keys[index]]
    pair = WEEKDAYS.match(cut.shape, index)
    if pair and cut.letters[pair.end()] not in {"d"}:
        last = cut.words.weekdays[cut.keys[pair.start("last")]]
        return _turned_weekday(cut, index, pair.end(), Weekday(number, last))
    end = index + 2 if cut.letters[index + 1] == "P" else index + 1
    weeks = WEEKS_ON.get(cut.atoms.keys[end : end + 2])
    if weeks and cut.letters[end + 2] in ENDS_CLAUSE:
        return Form(index, end + 2, Offset(Weekday(number, turn=1), "week", weeks))
    return _turned_weekday(cut, index, end, Weekday(number))


def _turned_weekday(cut: Cut, first: int, last: int, when: Weekday) -> Form:
    """Read what follows a day of the week: "scorso", "prossimo", "della scorsa settimana"."""
    if cut.letters[last] in {"<", ">"}:
        return Form(first, last + 1, when._replace(turn=TURNS[cut.letters[last]]))
    for pattern, weeks in ((OF_WEEK, -1), (OF_NEXT_WEEK, 1), (OF_THIS_WEEK, 0)):
        match = pattern.match(cut.shape, last)
        if match:
            return Form(first, match.end(), when._replace(weeks=weeks))
    return Form(first, last, when)


def _is_name(cut: Cut, index: int) -> bool:
    """Say whether a weekday is part of a name: "Domenica Rossi", "Il Sabato", or means a habit: "ogni lunedì"."""
    habit = cut.keys[index - 1] in {"ogni", "tutti", "i", "le"} or cut.keys[index - 2] == "ogni"
    if habit or _is_weekly(cut, index) or cut.atoms.keys[index + 1 : index + 3] == ("di", "ogni"):
        return True
    if cut.keys[index + 1] in {"nero", "nera"} or is_title(cut, index):
        return True
    if cut.keys[index] != "domenica" or cut.letters[index + 1] != OTHER or len(cut.keys[index + 1]) < 2:
        return False
    return cut.atoms.raw(index).istitle() and cut.atoms.raw(index + 1).istitle()


def _is_weekly(cut: Cut, index: int) -> bool:
    """Say whether "lunedì" or "venerdì" is one of "aperto dal lunedì al venerdì"."""
    first = index if cut.keys[index - 1] == "dal" else index - 2
    return cut.keys[first - 1] == "dal" and cut.keys[first + 1] == "al" and cut.shape[first : first + 3] == "WAW"


def is_title(cut: Cut, index: int) -> bool:
    """Say whether a capital inside a sentence makes a name of it: "Mobilità Oggi", "il presidente Sabato"."""
    before = cut.keys[index - 1]
    return before[:1].isalpha() and before[-1:].isalpha() and cut.atoms.raw(index).istitle()
