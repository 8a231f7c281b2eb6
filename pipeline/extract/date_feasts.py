"""Date forms that feasts name: "a Natale", "Pasqua 2013", "il lunedì dell'angelo", "la festa della mamma"."""

from typing import Final

from pipeline.extract.date_cut import Cut, with_year
from pipeline.extract.date_values import Calendar, Form, Nth, Point

DAYS_OF: Final = frozenset(
    {"vigilia", "notte", "giorno", "sera", "mattina", "ponte", "settimana", "ridosso", "prossimità", "indomani"}
)  # "il giorno di Natale"
LEADS: Final = frozenset({"dopo", "sotto"})
LONGEST: Final = 5


def read_holiday(cut: Cut, index: int) -> Form | None:
    """Read "Natale 2013", "Pasqua", "vigilia di Natale"; Easter's day is counted when the year is known."""
    for length in range(min(LONGEST, len(cut.shape) - index), 0, -1):
        name = cut.words.feasts.get(cut.atoms.keys[index : index + length])
        if name:
            return _holiday(cut, index, index + length, name)
    return None


def _holiday(cut: Cut, first: int, last: int, name: str) -> Form | None:
    """Return the feast where it is no name: "Natale Rossi", "Babbo Natale"."""
    capital = cut.atoms.raw(first)[:1].isupper() or last > first + 1
    alone = first == 0 and last == len(cut.shape)
    led = cut.letters[first - 1] in {"A", "b", "F"} or cut.keys[first - 1] in LEADS
    if (cut.atoms.raw(last).istitle() and not led) or not (capital or alone or led):
        return None
    form = _feast(cut, first, last, name)
    paired = cut.shape[max(0, first - 3) : first] == "zH&"  # "tra Natale e Capodanno"
    told = led or paired or cut.letters[first - 1] in {"p", "l", "z"} or cut.keys[first - 2] in DAYS_OF
    return form if told or form.last > last or cut.keys[first - 2] == "prima" or first == 0 else None


def _feast(cut: Cut, first: int, last: int, name: str) -> Form:
    """Return the feast with its year, without asking what stands before; Easter is month 0 with its distance as day."""
    words = cut.words
    if name in words.easter:
        return with_year(cut, first, last, Calendar(Point(None, 0, words.easter[name])))
    if name in words.moving:
        number, weekday, month = words.moving[name]
        form = with_year(cut, first, last, Calendar(Point(None, month)))
        return Form(first, form.last, Nth(number, weekday, form.when))  # type: ignore[arg-type]
    month, day = words.holidays[name]
    eve = cut.keys[first - 1] in {"di", "del"} and cut.keys[first - 2] == "vigilia"
    if eve and (month, day) == (1, 1):
        return with_year(cut, first - 2, last, Calendar(Point(None, 12, 31)))
    return with_year(cut, first - 2 if eve else first, last, Calendar(Point(None, month, day - 1 if eve else day)))
