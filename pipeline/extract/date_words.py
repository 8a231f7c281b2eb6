"""The vocabulary of dates (models/lexicon/dates.toml) and the classes of atoms that date forms are written in.

Each atom gets one letter, its class; the letters of a text are its shape. Forms are short regular expressions over it.
"""

import re
from dataclasses import dataclass
from typing import Final

from pipeline.extract.atoms import PARAGRAPH, Atoms
from pipeline.extract.numbers import NumberWords, parse_number_word

# "19.3.2024" and "19.03.24" are one atom
DOTTED: Final = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4}|\d{2})")
DOTTED_ISO: Final = re.compile(r"(?P<year>[12]\d{3})\.(?P<month>\d{2})\.(?P<day>\d{2})")
DOTTED_DAY: Final = re.compile(
    r"(?P<day>0?[1-9]|[12]\d|3[01])\.(?P<month>0[1-9]|1[0-2])"
)  # "31.12" where it is led as a day
ROMAN: Final = re.compile(r"[IVX]{1,5}")
COMPACT: Final = re.compile(
    r"(?P<year>19\d\d|20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
)  # "20240319"
OTHER: Final = "_"
FIRST_OF_MONTHS: Final = "lT"  # "I trimestre" where the "I" is no article
UNSURE: Final = "?"  # the place decides
# The letters of the shape. Digits and number words: d 1-31, t two digits above, y a year, n other, w a word.
LETTERS: Final = {
    "month": "M", "short_month": "m", "weekday": "W", "ordinal": "o", "relative": "r", "season": "s", "multi": "E",
    "months_of": "T", "part": "P", "last": "<", "next": ">", "this": "=", "day": "g", "week": "k", "monthword": "h",
    "yearword": "a", "fiscal": "x", "begin": "i", "end": "e", "mid": "X", "weekend": "K", "ago": "f", "later": "V",
    "earlier": "B", "article": "l", "of": "c", "in": "j", "at": "A", "from": "F", "between": "z", "by": "b",
    "until": "u", "for": "p", "and": "&", "century": "C", "inner": "I", "holiday": "H", "quarter": "Q",
    "few": "q", "some": "N", "century_name": "S", "period": "D",
}  # fmt: skip
ORDINAL: Final = LETTERS["ordinal"]
SIGNS: Final = {
    ",": ",",
    "-": "-",
    "–": "-",
    "—": "-",
    "/": "/",
    ".": ".",
    "(": "(",
    ")": ")",
    "'": "'",
    "‘": "'",
    ":": ":",
    "°": "°",
    "º": "°",
    "^": "°",
    PARAGRAPH: "|",
}


class Cues:
    """The words that show the turn of a clause by themselves, and the endings by which others do: date_turns.py.

    `told` holds what ends a sentence too: it shows none. `endings` come with the least length of such a word and what
    it shows, `last` are their last letters.
    """

    __slots__ = ("endings", "last", "told")

    def __init__(
        self, told: dict[str, str], endings: tuple[tuple[tuple[str, ...], int, str], ...], last: frozenset[str]
    ) -> None:
        self.told: Final = told
        self.endings: Final = endings
        self.last: Final = last


@dataclass(frozen=True, slots=True, eq=False)
class DateWords:
    """The lexicon with the letter of each word; `feasts` are the names of feasts by their atoms."""

    numbers: NumberWords
    letters: dict[str, str]
    spelled: dict[str, str]  # the letters of all words that have one, numbers too
    months: dict[str, int]
    weekdays: dict[str, int]
    plural_weekdays: dict[str, int]
    short_weekdays: dict[str, int]
    ordinals: dict[str, int]
    relative_days: dict[str, int]
    seasons: dict[str, tuple[int, int]]
    feasts: dict[tuple[str, ...], str]
    holidays: dict[str, tuple[int, int]]
    easter: dict[str, int]
    moving: dict[str, tuple[int, int, int]]
    decades: dict[str, int]
    centuries: dict[str, int]
    years_of: dict[str, int]
    months_of: dict[str, int]
    year_nouns: frozenset[str]
    not_before_year: frozenset[str]
    streets: frozenset[str]
    laws: frozenset[str]
    events: frozenset[str]
    counted: frozenset[str]
    future_words: frozenset[str]
    cues: Cues
    participle_endings: tuple[str, ...]


def letters_of(atoms: Atoms, words: DateWords) -> list[str]:
    """Return the letters of the atoms of a text as far as their words tell them; see settle_letters."""
    letters = [OTHER] * len(atoms.keys)
    for at in range(len(letters)):
        letter = words.spelled.get(atoms.keys[at])
        if letter is not None:
            letters[at] = letter
    return letters


def settle_letters(letters: list[str], atoms: Atoms, words: DateWords) -> str:
    """Set the letters that no table tells: digits, long number words, what depends on its place. Return the shape."""
    for at in atoms.digits:
        letters[at] = _digits(atoms.keys[at])
    for at in atoms.find_long():
        letters[at] = letter_of(atoms.keys[at], words.letters, words.centuries, words.numbers)
    shape = "".join(letters)
    if UNSURE not in shape and FIRST_OF_MONTHS not in shape:
        return shape
    at = shape.find(UNSURE)
    while at >= 0:
        letters[at] = _letter_here(atoms, at, words)
        at = shape.find(UNSURE, at + 1)
    at = shape.find(FIRST_OF_MONTHS)
    while at >= 0:
        if atoms.keys[at] == "i" and atoms.raw(at) == "I":
            letters[at] = ORDINAL
        at = shape.find(FIRST_OF_MONTHS, at + 1)
    return "".join(letters)


def letter_of(key: str, letters: dict[str, str], centuries: dict[str, int], numbers: NumberWords) -> str:
    """Return the letter of a word; UNSURE where it depends on how or where it is written: "I", "Q", "XX"."""
    if key[0].isdecimal():
        return _digits(key)
    letter = LETTERS["article"] if key == "i" else letters.get(key)
    if letter == "Q" or key in centuries:
        return UNSURE
    if letter is not None:
        return letter
    if count_of(key, numbers) is not None:
        return "w"
    return UNSURE if key[0] in "ivx" and ROMAN.fullmatch(key.upper()) else OTHER


def _letter_here(atoms: Atoms, index: int, words: DateWords) -> str:
    """Return the letter of a word that depends on its place: "I trimestre", "Q3", "XX secolo"."""
    key = atoms.key(index)
    raw = atoms.raw(index)
    if key in words.centuries:
        return "S" if raw.istitle() else "w"
    if words.letters.get(key) == "Q":
        return "Q" if raw.isupper() and (atoms.glued(index) or atoms.glued(index + 1)) else OTHER
    return "R" if ROMAN.fullmatch(raw) else OTHER


def count_of(key: str, numbers: NumberWords) -> int | None:
    """Return the number that digits or a word count: "12", "dodici", "cinquant'" before "anni"."""
    if key.isdecimal():
        return int(key) if len(key) < 5 else None
    elided = key[:-1] + ("i" if key == "vent'" else "a") if key[-1:] == "'" and len(key) > 4 else key
    return parse_number_word(elided, numbers)


def _digits(key: str) -> str:
    """Return the letter of digits."""
    if not key.isdecimal():
        dotted = "." in key and (DOTTED.fullmatch(key) or DOTTED_ISO.fullmatch(key) or DOTTED_DAY.fullmatch(key))
        return "Z" if dotted else "n"
    if len(key) == 8 and COMPACT.fullmatch(key):
        return "Z"
    if len(key) <= 2:
        return "d" if 1 <= int(key) <= 31 else "t"
    return "y" if len(key) == 4 and 1000 <= int(key) <= 2199 else "n"
