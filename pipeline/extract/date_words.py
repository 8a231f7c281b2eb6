"""The vocabulary of dates (models/lexicon/dates.toml) and the classes of atoms that date forms are written in.

Each atom gets one letter, its class; the letters of a text are its shape. Forms are short regular expressions over it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import product

from pipeline.extract.atoms import PARAGRAPH, Atoms, cut_atoms
from pipeline.extract.memo import Spelling
from pipeline.extract.numbers import NumberWords, load_number_words, parse_number_word
from pipeline.lexicon import LexiconModel, load_lexicon

# "19.3.2024" and "19.03.24" are one atom
DOTTED = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4}|\d{2})")
DOTTED_ISO = re.compile(r"(?P<year>[12]\d{3})\.(?P<month>\d{2})\.(?P<day>\d{2})")
DOTTED_DAY = re.compile(r"(?P<day>0?[1-9]|[12]\d|3[01])\.(?P<month>0[1-9]|1[0-2])")  # "31.12" where it is led as a day
ROMAN = re.compile(r"[IVX]{1,5}")
COMPACT = re.compile(r"(?P<year>19\d\d|20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])")  # "20240319"
OTHER = "_"
UNSURE = "?"  # the place decides
FIRST_OF_MONTHS = "lT"  # "I trimestre" where the "I" is no article
# The letters of the shape. Digits and number words: d 1-31, t two digits above, y a year, n other, w a word.
LETTERS = {
    "month": "M", "short_month": "m", "weekday": "W", "ordinal": "o", "relative": "r", "season": "s", "multi": "E",
    "months_of": "T", "part": "P", "last": "<", "next": ">", "this": "=", "day": "g", "week": "k", "monthword": "h",
    "yearword": "a", "fiscal": "x", "begin": "i", "end": "e", "mid": "X", "weekend": "K", "ago": "f", "later": "V",
    "earlier": "B", "article": "l", "of": "c", "in": "j", "at": "A", "from": "F", "between": "z", "by": "b",
    "until": "u", "for": "p", "and": "&", "century": "C", "inner": "I", "holiday": "H", "quarter": "Q",
    "few": "q", "some": "N", "century_name": "S", "period": "D",
}  # fmt: skip
SIGNS = {
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


class DateTraps(LexiconModel):
    """Words beside which a date is none."""

    streets: tuple[str, ...]
    laws: tuple[str, ...]
    events: tuple[str, ...]
    counted: tuple[str, ...]


class TenseWords(LexiconModel):
    """Endings and words that place a clause in time."""

    future_endings: tuple[str, ...]
    not_future: tuple[str, ...]
    future_words: tuple[str, ...]
    auxiliaries: tuple[str, ...]
    participle_endings: tuple[str, ...]
    past_words: tuple[str, ...]
    past_endings: tuple[str, ...]


class DateLexicon(LexiconModel):
    """models/lexicon/dates.toml."""

    months: dict[str, int]
    short_months: dict[str, int]
    weekdays: dict[str, int]
    plural_weekdays: dict[str, int]
    short_weekdays: dict[str, int]
    ordinals: dict[str, int]
    relative_days: dict[str, int]
    seasons: dict[str, tuple[int, int]]
    holidays: dict[str, tuple[int, int]]
    easter: dict[str, int]
    moving: dict[str, tuple[int, int, int]]
    decades: dict[str, int]
    centuries: dict[str, int]
    years_of: dict[str, int]
    months_of: dict[str, int]
    classes: dict[str, tuple[str, ...]]
    year_nouns: tuple[str, ...]
    not_before_year: tuple[str, ...]
    traps: DateTraps
    tense: TenseWords
    examples: dict[str, str]
    non_examples: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class DateWords:
    """The lexicon with the letter of each word; `holidays` and `easter` are keyed by their atoms."""

    lexicon: DateLexicon
    numbers: NumberWords
    letters: Mapping[str, str]
    months: Mapping[str, int]
    year_nouns: frozenset[str]
    not_before_year: frozenset[str]
    holidays: Mapping[tuple[str, ...], str]
    streets: frozenset[str]
    laws: frozenset[str]
    events: frozenset[str]
    counted: frozenset[str]
    future_words: frozenset[str]
    past_words: frozenset[str]
    auxiliaries: frozenset[str]


def load_date_words() -> DateWords:
    """Read models/lexicon/dates.toml and numbers.toml."""
    lexicon, numbers = load_lexicon("dates", DateLexicon), load_number_words()
    return DateWords(
        lexicon=lexicon,
        numbers=numbers,
        letters=_letters(lexicon, numbers),
        months=lexicon.months | lexicon.short_months,
        year_nouns=frozenset(lexicon.year_nouns),
        not_before_year=frozenset(lexicon.not_before_year),
        holidays={cut_atoms(name).keys: name for name in _feasts(lexicon)},
        streets=frozenset(lexicon.traps.streets),
        laws=frozenset(lexicon.traps.laws),
        events=frozenset(lexicon.traps.events),
        counted=frozenset(lexicon.traps.counted),
        future_words=frozenset(lexicon.tense.future_words),
        past_words=frozenset(lexicon.tense.past_words),
        auxiliaries=frozenset(lexicon.tense.auxiliaries),
    )


def _feasts(lexicon: DateLexicon) -> tuple[str, ...]:
    """Return the names of all feasts."""
    return (*lexicon.holidays, *lexicon.easter, *lexicon.moving)


def _letters(lexicon: DateLexicon, numbers: NumberWords) -> dict[str, str]:
    """Return the letter of each word; where a word is in two classes, the more telling one wins."""
    letters = {word: LETTERS[name] for name, words in lexicon.classes.items() for word in words}
    feasts = {cut_atoms(name).keys[0] for name in _feasts(lexicon)}
    tables = {
        "holiday": feasts - letters.keys(),  # "giorno" of "giorno dei morti" stays what it is
        "some": numbers.collectives,
        "season": lexicon.seasons,
        "multi": lexicon.years_of,
        "months_of": lexicon.months_of,
        "relative": lexicon.relative_days,
        "ordinal": lexicon.ordinals,
        "weekday": lexicon.weekdays,
        "short_month": lexicon.short_months,
        "month": lexicon.months,
    }
    for name, words in tables.items():
        letters |= dict.fromkeys(words, LETTERS[name])
    return SIGNS | letters


def letters_of(atoms: Atoms, words: DateWords) -> list[str]:
    """Return the shape of a text: one letter for each atom."""
    letters = _known_letters(words).letters(atoms)
    shape = "".join(letters)
    at = shape.find(UNSURE)
    while at >= 0:
        letters[at] = _letter_here(atoms, at, words)
        at = shape.find(UNSURE, at + 1)
    at = shape.find(FIRST_OF_MONTHS)
    while at >= 0:
        if atoms.keys[at] == "i" and atoms.raw(at) == "I":
            letters[at] = LETTERS["ordinal"]
        at = shape.find(FIRST_OF_MONTHS, at + 1)
    return letters


@lru_cache(maxsize=8)
def _known_letters(words: DateWords) -> Spelling:
    """Return the memo of the letters of words."""
    roman = ("".join(digits) for length in range(1, 6) for digits in product("ivx", repeat=length))
    counts = words.numbers.spelled
    elided = (f"{word[:-1]}'" for word in counts if word[-1] in "ai")
    known = {*words.letters, *words.lexicon.centuries, *counts, *elided, *roman}
    return Spelling(partial(_letter, words=words), usual=OTHER, known=known)


def _letter(key: str, *, words: DateWords) -> str:
    """Return the letter of a word; UNSURE where it depends on how or where it is written: "I", "Q", "XX"."""
    if key[0].isdecimal():
        return _digits(key)
    letter = LETTERS["article"] if key == "i" else words.letters.get(key)
    if letter == "Q" or key in words.lexicon.centuries:
        return UNSURE
    if letter is not None:
        return letter
    if count_of(key, words) is not None:
        return "w"
    return UNSURE if key[0] in "ivx" and ROMAN.fullmatch(key.upper()) else OTHER


def _letter_here(atoms: Atoms, index: int, words: DateWords) -> str:
    """Return the letter of a word that depends on its place: "I trimestre", "Q3", "XX secolo"."""
    key = atoms.key(index)
    raw = atoms.raw(index)
    if key in words.lexicon.centuries:
        return "S" if raw.istitle() else "w"
    if words.letters.get(key) == "Q":
        return "Q" if raw.isupper() and (atoms.glued(index) or atoms.glued(index + 1)) else OTHER
    return "R" if ROMAN.fullmatch(raw) else OTHER


def count_of(key: str, words: DateWords) -> int | None:
    """Return the number that digits or a word count: "12", "dodici", "cinquant'" before "anni"."""
    if key.isdecimal():
        return int(key) if len(key) < 5 else None
    elided = key[:-1] + ("i" if key == "vent'" else "a") if key[-1:] == "'" and len(key) > 4 else key
    return parse_number_word(elided, words.numbers)


def _digits(key: str) -> str:
    """Return the letter of digits."""
    if DOTTED.fullmatch(key) or DOTTED_ISO.fullmatch(key) or DOTTED_DAY.fullmatch(key):
        return "Z"
    if not key.isdecimal():
        return "n"
    if len(key) == 8 and COMPACT.fullmatch(key):
        return "Z"
    if len(key) <= 2:
        return "d" if 1 <= int(key) <= 31 else "t"
    return "y" if len(key) == 4 and 1000 <= int(key) <= 2199 else "n"
