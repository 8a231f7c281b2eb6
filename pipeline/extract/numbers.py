"""Reads numbers: digits with Italian and foreign separators, number words, scales, and what is put together of them.

Values are Decimal, never float. What a number counts is not decided here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial
from typing import NamedTuple

from pipeline.extract.atoms import Atoms
from pipeline.extract.memo import Spelling
from pipeline.lexicon import LexiconModel, load_lexicon

# "4.500.000" and "1.310" group by thousands; "3.14" does not
HEAD = 3  # letters
GROUPED = re.compile(r"\d{1,3}(?P<mark>[.,'’\u00a0\u202f ])\d{3}(?:(?P=mark)\d{3})*")
# "1.310,50" and "1,310.50", "4,5", "3.14"; not "3.14.15"
DECIMALS = re.compile(
    r"(?P<whole>\d+|\d{1,3}(?P<mark>[.,'’\u00a0\u202f ])\d{3}(?:(?P=mark)\d{3})*)(?!(?P=mark))[.,](?P<part>\d+)"
)
PLAIN_DECIMALS = re.compile(r"(?P<whole>\d+)[.,](?P<part>\d+)")
NOT_DIGIT = re.compile(r"\D")
LONGEST_NUMBER = 24  # characters; a longer string of digits counts nothing
LONGEST_WORD = 45  # "novecentonovantanovemilanovecentonovantanove" has 44
# The marks of words, for passing over the many "un" that are articles ("un accordo"): n where a number begins, u "un",
# w a word and p a sign that cannot go on a number, s "su", + all else. "un italiano su tre" counts.
BEGINS = re.compile(r"n|u(?!w)|u(?=w{1,2}s)")
WORD = "w"
ALONE = frozenset({WORD, "p", ""})  # behind these digits are the whole number
ONES = frozenset({"un", "una", "un'"})
GOES_ON = frozenset({"di", "d'", "e", "ed", "o", "a", "ad", "per", "percento", "pct", "virgola", "punto", "punti"})
THOUSAND = Decimal(1000)
SIGNS = frozenset({"€", "$", "£"})
HALF = Decimal("0.5")
AND_HALF = frozenset({("e", "mezzo"), ("e", "mezza")})
HALVES = frozenset({"mezzo", "mezza"})
SINGULAR_SCALES = frozenset({"milione", "miliardo"})
SINGULAR_ARTICLES = frozenset({"il", "del", "al", "dal", "sul", "quel"})  # "sopra il miliardo"


class NumberLexicon(LexiconModel):
    """models/lexicon/numbers.toml."""

    small: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    glued_scales: dict[str, int]
    collectives: dict[str, int]
    denominators: dict[str, int]
    examples: dict[str, Decimal]
    non_examples: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class NumberWords:
    """The vocabulary of numbers. `below_hundred` holds all words from zero to novantanove."""

    below_hundred: Mapping[str, int]
    scales: Mapping[str, Decimal]
    glued_scales: Mapping[str, Decimal]
    collectives: Mapping[str, int]
    denominators: Mapping[str, int]
    spelled: frozenset[str]  # all words from zero to novecentonovantanove
    heads: frozenset[str]  # the first letters of all number words: most words begin otherwise
    units: frozenset[str]  # what one may be of: "un milione", "una decina", "un terzo", "un euro"


class Number(NamedTuple):
    """A number over the atoms `first` to `last` (exclusive). `scale` is its last multiplier, None for a plain one."""

    first: int
    last: int
    value: Decimal
    scale: Decimal | None = None
    about: bool = False  # "una decina"
    digits: bool = True  # begins with digits
    letter: bool = False  # the scale is a bare letter, "3m": money only beside a currency


def load_number_words(*, units: frozenset[str] = frozenset()) -> NumberWords:
    """Read models/lexicon/numbers.toml; `units` are what one is told of beside its own words: "un euro"."""
    return make_number_words(load_lexicon("numbers", NumberLexicon), units)


def make_number_words(lexicon: NumberLexicon, units: frozenset[str]) -> NumberWords:
    """Spell out the words below a hundred: "vent" + "i", "ventuno", "ventitré"."""
    words = dict(lexicon.small)
    ones = {word: value for word, value in lexicon.small.items() if 1 <= value <= 9 and word.isalpha()}
    for stem, ten in lexicon.tens.items():
        full = stem + ("i" if stem == "vent" else "a")
        words[full] = ten
        words |= {(stem if word[0] in "uo" else full) + word: ten + one for word, one in ones.items()}
    scales = {word: Decimal(value) for word, value in lexicon.scales.items()}
    glued = {word: Decimal(value) for word, value in lexicon.glued_scales.items()}
    told = units.union(scales, glued, lexicon.collectives, lexicon.denominators)
    heads = frozenset(word[:HEAD] for spelled in words for word in (spelled, f"{spelled}mila", f"{spelled}cento"))
    heads |= {"cento"[:HEAD], "mille"[:HEAD]}
    units_of = [word for word, value in words.items() if 1 <= value <= 9]
    hundreds = {f"{head}cent{tail}" for head in ("", *units_of) for word in ("", *words) for tail in (word, f"o{word}")}
    spelled = frozenset({*words, *hundreds})
    return NumberWords(words, scales, glued, lexicon.collectives, lexicon.denominators, spelled, heads, told)


@lru_cache(maxsize=32768)
def parse_digits(written: str) -> Decimal | None:
    """Return the number that digits with separators stand for; None for what is none ("3.14.15").

    Points, blanks and apostrophes before three digits group; one comma parts decimals, several group.
    """
    if len(written) > LONGEST_NUMBER:
        return None
    if written.isdecimal():
        return Decimal(written)
    grouped = GROUPED.fullmatch(written)
    if grouped and not written.startswith("0") and (grouped["mark"] != "," or written.count(",") > 1):
        return Decimal(NOT_DIGIT.sub("", written))
    match = PLAIN_DECIMALS.fullmatch(written) or DECIMALS.fullmatch(written)
    return Decimal(f"{NOT_DIGIT.sub('', match['whole'])}.{match['part']}") if match else None


def parse_number_word(word: str, words: NumberWords) -> int | None:
    """Return what one written word counts ("duecentoventimila"), None where it is no number. Zero to 999,999."""
    return _parse_word(word, words) if word[:HEAD] in words.heads else None


@lru_cache(maxsize=32768)
def _parse_word(word: str, words: NumberWords) -> int | None:
    """Read a word that begins like a number."""
    if len(word) > LONGEST_WORD:
        return None
    if word.startswith("mille"):
        rest = _below_thousand(word[5:], words) if len(word) > 5 else 0
        return None if rest is None else 1000 + rest
    head, mila, tail = word.partition("mila")
    if not mila:
        return _below_thousand(word, words)
    thousands, rest = _below_thousand(head, words), _below_thousand(tail, words) if tail else 0
    return None if not thousands or rest is None else thousands * 1000 + rest


def _below_thousand(word: str, words: NumberWords) -> int | None:
    """Read "duecentodieci", "centotto", "ottanta"."""
    if word in words.below_hundred:
        return words.below_hundred[word]
    head, cent, tail = word.partition("cent")
    hundreds = words.below_hundred.get(head, 0) if head else 1
    if not cent or not 1 <= hundreds <= 9 or not tail:
        return None
    rest = (
        0 if tail == "o" else words.below_hundred.get(tail[1:] if tail[0] == "o" else "", words.below_hundred.get(tail))
    )
    return None if rest is None else hundreds * 100 + rest


def find_numbers(atoms: Atoms, words: NumberWords) -> Iterator[Number]:
    """Yield the numbers of the text in reading order, none overlapping, composites as one."""
    marks = _marks(words).spell(atoms.keys)
    begin = BEGINS.search(marks)
    while begin:
        index = begin.start()
        alone = marks[index + 1 : index + 2] in ALONE and atoms.keys[index][0].isdecimal()
        number = _digits(atoms, index) if alone else read_number(atoms, index, words)
        if number:
            yield number
        begin = BEGINS.search(marks, max(number.last, index + 1) if number else index + 1)


def _digits(atoms: Atoms, index: int) -> Number | None:
    """Read digits and nothing behind them."""
    value = parse_digits(atoms.key(index))
    return None if value is None else Number(index, index + 1, value)


@lru_cache(maxsize=8)
def _marks(words: NumberWords) -> Spelling:
    """Return the memo of the marks of words."""
    known = {*ONES, "su", *HALVES, *SINGULAR_SCALES, *GOES_ON, *words.units, *words.spelled}
    return Spelling(partial(_mark, words=words), usual=WORD, known=known)


def _mark(word: str, *, words: NumberWords) -> str:
    """Return the mark of a word, see BEGINS."""
    if word in ONES or word == "su":
        return "s" if word == "su" else "u"
    if word[0].isdecimal() or word in HALVES or word in SINGULAR_SCALES:
        return "n"
    if not word[0].isalpha():
        return "p"
    if parse_number_word(word, words) is not None:
        return "n"
    return "+" if word in GOES_ON or word in words.units else WORD


def read_number(atoms: Atoms, index: int, words: NumberWords) -> Number | None:
    """Return the longest number that begins at the atom `index`: "4 miliardi e 109 milioni", "mezzo milione"."""
    number = _scaled(atoms, index, words)
    if number is None:
        return None
    for _ in range(3):
        longer = _with_part(atoms, number, words)
        if longer is None:
            return number
        number = longer
    return number


def _simple(atoms: Atoms, index: int, words: NumberWords) -> Number | None:
    """Read one number without scale: digits, a word, "mezzo", "una decina"."""
    key = atoms.key(index)
    if key[:1].isdecimal():
        return _digits(atoms, index)
    count = parse_number_word(key, words) if key[:1].isalpha() else None
    if count == 1 and atoms.key(index + 1) in words.collectives:
        return Number(index, index + 2, Decimal(words.collectives[atoms.key(index + 1)]), about=True, digits=False)
    if count is not None:
        return _with_comma(atoms, index, count, words)
    if key in HALVES and _may_be_halved(atoms, index + 1, words):
        return Number(index, index + 1, HALF, digits=False)
    if key in SINGULAR_SCALES and atoms.key(index - 1) in SINGULAR_ARTICLES:
        return Number(index, index, Decimal(1), digits=False)
    return None


def _may_be_halved(atoms: Atoms, index: int, words: NumberWords) -> bool:
    """Say whether "mezzo" is of what stands at `index`: "milione", "euro", "punto percentuale"; not "in mezzo a"."""
    key, following = atoms.key(index), atoms.key(index + 1)
    if (key, following) in {("per", "cento"), ("punto", "percentuale")}:
        return True
    return key in words.scales or (len(key) > 3 and key in words.units and key not in words.denominators)


def _with_comma(atoms: Atoms, index: int, whole: int, words: NumberWords) -> Number:
    """Read "uno virgola cinque"; what follows is read digit by digit or as a number: "zero virgola venticinque"."""
    part = parse_number_word(atoms.key(index + 2), words) if atoms.key(index + 1) == "virgola" else None
    if part is None:
        return _spaced(atoms, index, whole, words)
    return Number(index, index + 3, Decimal(f"{whole}.{part}"), digits=False)


def _spaced(atoms: Atoms, index: int, whole: int, words: NumberWords) -> Number:
    """Read what should be one word: "duecento cinquanta", "mille novecento novanta"; "venti due" are two numbers."""
    last = index + 1
    while whole and whole % 100 == 0 and (step := parse_number_word(atoms.key(last), words)):
        if step >= (1000 if whole % 1000 == 0 else 100) or step == 1:
            break
        whole, last = whole + step, last + 1
    return Number(index, last, Decimal(whole), digits=False)


def _scaled(atoms: Atoms, index: int, words: NumberWords) -> Number | None:
    """Read a simple number and its scales: "300 mila", "una decina di milioni", "mille miliardi"."""
    number = _simple(atoms, index, words)
    if number is None:
        return None
    number = _with_fraction(atoms, number, words)
    at = number.last
    if atoms.key(at) == "di" and atoms.key(at + 1) in words.scales and (number.about or number.value < 1):
        at += 1
    for _ in range(2):
        scale = words.scales.get(atoms.key(at)) or _letter_scale(atoms, at, words)
        if scale is None:
            return number
        letter = atoms.key(at) not in words.scales
        number = number._replace(last=at + 1, value=number.value * scale, scale=scale, letter=letter)
        at = number.last
    return number


def _with_fraction(atoms: Atoms, number: Number, words: NumberWords) -> Number:
    """Read "tre quarti" before "di milione", "due e mezzo" before "milioni"; elsewhere a fraction is a share."""
    if atoms.keys[number.last : number.last + 2] in AND_HALF and atoms.key(number.last + 2) in words.scales:
        return number._replace(last=number.last + 2, value=number.value + HALF)
    whole = words.denominators.get(atoms.key(number.last))
    of_scale = atoms.key(number.last + 1) == "di" and atoms.key(number.last + 2) in SINGULAR_SCALES
    if whole is None or not of_scale or not 0 < number.value < whole:
        return number
    return number._replace(last=number.last + 1, value=number.value / whole)


def _letter_scale(atoms: Atoms, index: int, words: NumberWords) -> Decimal | None:
    """Read the letter of "3M", "500k" or of "3 M€": it stands against the digits or against a sign of currency."""
    key = atoms.key(index)
    if key not in words.glued_scales:
        return None
    before = atoms.key(index - 1)[:1].isdecimal() and (
        atoms.glued(index) or (atoms.raw(index) == "M" and atoms.key(index - 2) in SIGNS)
    )
    after = atoms.key(index + 1) in SIGNS and atoms.glued(index + 1)
    return words.glued_scales[key] if before or after else None


def _with_part(atoms: Atoms, number: Number, words: NumberWords) -> Number | None:
    """Add what follows with or without "e": "e 109 milioni", "e mezzo", "e due" (tenths of the scale), "300mila"."""
    joined = atoms.key(number.last) == "e"
    at = number.last + joined
    if atoms.key(at) in HALVES and joined:
        return number._replace(last=at + 1, value=number.value + (number.scale or Decimal(1)) / 2)
    if number.scale is None:
        return _thousand_and(atoms, number, words) if joined else None
    part = _scaled(atoms, at, words)
    if part is None or part.letter or (part.scale is not None and part.scale >= number.scale):
        return None
    small = number.scale != THOUSAND and part.value < THOUSAND
    if part.scale is None and not joined and (part.digits or number.digits or small):
        return None  # "due mila cinquecento", "due milioni cinquecentomila" are one number
    value = part.value if part.scale else _elided(atoms, part, number.scale)
    return None if value is None else number._replace(last=part.last, value=number.value + value)


def _thousand_and(atoms: Atoms, number: Number, words: NumberWords) -> Number | None:
    """Read "mille e ottantacinque", "duemila e cinquecento"."""
    head = atoms.key(number.first)
    if head != "mille" and (number.digits or not head.endswith("mila")):
        return None
    part = _simple(atoms, number.last + 1, words)
    if part is None or part.value >= THOUSAND or (head != "mille" and (part.digits or part.value < 100)):
        return None
    return number._replace(last=part.last, value=number.value + part.value)


def _elided(atoms: Atoms, part: Number, scale: Decimal) -> Decimal | None:
    """Return what the bare part of "un milione e due" (tenths) or "un milione e 200" (thousandths) stands for."""
    whole = part.value == int(part.value) and not part.about
    if not whole or atoms.key(part.last) in {"%", "su"} or atoms.key(part.last + 1) == "cento":
        return None
    if scale == THOUSAND or part.value >= THOUSAND:  # "11 mila e 500", "un milione e 2.500"
        return part.value if 100 <= part.value < scale else None
    if 1 < part.value < 10:
        return part.value * scale / 10
    return part.value * scale / THOUSAND if part.value >= 100 else None
