"""A text cut for numbers: its atoms, a mark for each, and the numbers that are put together of them.

What a number counts is not decided here. Values are Decimal, never float.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipeline.extract.atoms import PARAGRAPH, Atoms
from pipeline.extract.memo import may_be_long_number
from pipeline.extract.numbers import LONGEST_NUMBER, NumberWords, count_word, parse_digits, parse_number_word
from pipeline.records import new

ONES = frozenset({"un", "una", "un'"})
# What "un" may stand before without being an article; currencies, scales and the like besides
AFTER_ONE = frozenset({"d'", "ed", "o", "a", "ad", "per", "percento", "pct", "punto", "punti"})
HALF = Decimal("0.5")
HALVES = frozenset({"mezzo", "mezza"})
MILLE = "mille"
SINGULAR_SCALES = frozenset({"milione", "milioncino", "miliardo"})
MILLIONS = frozenset({"milioni", "miliardi"})
SINGULAR_ARTICLES = frozenset({"il", "del", "al", "dal", "sul", "quel"})  # "sopra il miliardo"
ONLY = Decimal(1)
THOUSAND = Decimal(1000)
MILLION = Decimal(1_000_000)
SIGNS = frozenset({"€", "$", "£"})

# The marks: capitals for the words that make numbers and for signs of currencies, "+" for what else may follow "un".
# All other atoms are marked by their first character, so that digits are digits and words are small letters.
NUMBER_WORD, ONE, HALVED, ONE_SCALE, SCALE, LETTER_SCALE = "N", "U", "H", "M", "S", "K"
DENOMINATOR, COLLECTIVE, COMMA, OF, AND, OUT_OF, GOES_ON, SIGN, A_HALF = "D", "C", "V", "I", "E", "Z", "+", "P", "½"
STOP, ELLIPSIS = ".", "…"  # "!", "?" and blank lines are stops too
# Where a number may begin, and what most begin with: digits or a word that nothing goes on, or either with one scale.
# "un accordo" is none, "un euro" and "un italiano su tre" are
DIGITS, WORD, SCALED = 1, 2, 3  # the groups
BEGINNINGS = frozenset("0123456789NHMU")
ALONE_KINDS = frozenset({DIGITS, WORD})
ALONE = r"(?<=[0-9])(?![SMKDICV]|EH|iS)()|(?<=N)(?![SMKDICVNE]|iS)()"
ONCE_SCALED = r"(?<=[0-9NU])(?=[SM](?![SKNUHM0-9]|E[NUHM0-9]))()"
BEGINS = re.compile(rf"[0-9NHMU](?:{ALONE}|{ONCE_SCALED}|(?<!U)|(?=[A-Z\x00-9])|(?=[^A-Z\x00-9]{{1,2}}Z))")
PADDING = 8  # empty keys behind the text: nothing is asked farther off, and keys[-1] is empty too
BETWEEN = "\t"  # in no key
LONG_WORDS = ("mila", "mille", "cent")  # of "duemilatrecento", "centouno" there is no end: no table holds them


class Number(NamedTuple):
    """A number over the atoms `first` to `last` (exclusive). `scale` is its last multiplier, None for a plain one."""

    first: int
    last: int
    value: Decimal
    scale: Decimal | None = None
    about: bool = False  # "una decina"
    digits: bool = True  # begins with digits
    letter: bool = False  # the scale is a bare letter, "3m": money only beside a currency


class NumberCut:
    """A text ready for numbers. `keys` and `marks` are padded: a few atoms before and behind the text are empty."""

    __slots__ = ("atoms", "keys", "marks", "words")

    def __init__(self, atoms: Atoms, marks: str, words: NumberWords) -> None:
        self.atoms = atoms
        self.keys = (*atoms.keys, *("",) * PADDING)
        self.marks = marks + " " * PADDING
        self.words = words

    def sentence_start(self, index: int, *, limit: int = 60) -> int:
        """Return the atom after the last stop or paragraph before `index`, at most `limit` atoms back."""
        lowest, at = max(0, index - limit + 1), index
        while at > lowest:
            at = max(self.marks.rfind(STOP, lowest, at), self.marks.rfind(ELLIPSIS, lowest, at))
            if at < 0:
                break
            if not self.atoms.glued(at + 1):
                return at + 1
        return max(0, index - limit)


def cut_numbers(atoms: Atoms, words: NumberWords) -> NumberCut:
    """Return the text with the marks that numbers, amounts and shares are found by."""
    keys = atoms.keys
    marks = "".join(map(_known_marks(words).get, keys, atoms.heads))
    if may_be_long_number(atoms.lowered):
        joined = BETWEEN.join(keys)
        for part in LONG_WORDS:
            if part in joined:
                marks = _with_long_words(marks, joined, part, words)
    return NumberCut(atoms, marks, words)


@lru_cache(maxsize=8)
def _known_marks(words: NumberWords) -> dict[str, str]:
    """Return the marks of the words that have another than their first character."""
    marks = {word: GOES_ON if word[0].isalpha() else SIGN for word in words.units if not word[0].isdecimal()}
    marks |= dict.fromkeys(AFTER_ONE, GOES_ON)
    marks |= dict.fromkeys(words.denominators, DENOMINATOR) | dict.fromkeys(words.collectives, COLLECTIVE)
    marks |= dict.fromkeys(words.glued_scales, LETTER_SCALE) | dict.fromkeys(words.scales, SCALE)
    spelled = [word for word in (*words.spelled, MILLE) if parse_number_word(word, words) is not None]
    short = [word for word in spelled if not may_be_long_number(word)]
    marks |= dict.fromkeys(short, NUMBER_WORD) | dict.fromkeys(HALVES, HALVED)
    marks |= dict.fromkeys(ONES, ONE) | dict.fromkeys(SINGULAR_SCALES, ONE_SCALE)
    marks |= dict.fromkeys(("!", "?", PARAGRAPH), STOP)
    return marks | {"e": AND, "di": OF, "su": OUT_OF, "virgola": COMMA, "metà": A_HALF}


def _with_long_words(marks: str, joined: str, part: str, words: NumberWords) -> str:
    """Mark the number words with `part` inside: "duecento", "duemila"; "Milano" and "centro" are none."""
    index, counted, at = 0, 0, joined.find(part)
    found = []
    while at >= 0:
        start = joined.rfind(BETWEEN, 0, at) + 1
        end = joined.find(BETWEEN, at)
        end = len(joined) if end < 0 else end
        if parse_number_word(joined[start:end], words) is not None:
            index += joined.count(BETWEEN, counted, start)
            counted = start
            found.append(index)
        at = joined.find(part, end)
    return _marked(marks, found) if found else marks


def _marked(marks: str, found: Sequence[int]) -> str:
    """Put the mark of number words at the atoms `found`."""
    letters = list(marks)
    for index in found:
        letters[index] = NUMBER_WORD
    return "".join(letters)


def find_numbers(cut: NumberCut) -> list[Number]:
    """Return the numbers of the text in reading order, none overlapping, composites as one."""
    keys, words = cut.keys, cut.words
    numbers: list[Number] = []
    end = 0
    for begin in BEGINS.finditer(cut.marks):
        index, kind = begin.start(), begin.lastindex
        if index < end:
            continue
        if kind in ALONE_KINDS:
            value = parse_digits(keys[index]) if kind == DIGITS else count_word(keys[index], words)
            number = (
                None if value is None else new(Number, (index, index + 1, value, None, False, kind == DIGITS, False))
            )
        else:
            number = (_once_scaled(cut, index) if kind == SCALED else None) or read_number(cut, index)
        if number:
            numbers.append(number)
            end = number.last
    return numbers


def _once_scaled(cut: NumberCut, index: int) -> Number | None:
    """Read "12 milioni", "due miliardi" that nothing goes on."""
    key = cut.keys[index]
    digits = key[0].isdecimal()
    value = parse_digits(key) if digits else count_word(key, cut.words)
    scale = cut.words.scales[cut.keys[index + 1]]
    return None if value is None else new(Number, (index, index + 2, value * scale, scale, False, digits, False))


def read_number(cut: NumberCut, index: int) -> Number | None:
    """Return the longest number that begins at the atom `index`: "4 miliardi e 109 milioni", "mezzo milione"."""
    number = _scaled(cut, index)
    if number is None:
        return None
    for _ in range(3):
        longer = _with_part(cut, number)
        if longer is None:
            return number
        number = longer
    return number


def _simple(cut: NumberCut, index: int) -> Number | None:
    """Read one number without scale: digits, a word, "mezzo", "una decina"."""
    key, mark, words = cut.keys[index], cut.marks[index], cut.words
    if key[:1].isdecimal():
        return _digits(cut, index)
    if mark == HALVED:
        half = Number(index, index + 1, HALF, digits=False) if _may_be_halved(cut, index + 1) else None
        return _collected(cut, half) if half else None
    if mark == ONE_SCALE:
        led = cut.keys[index - 1] in SINGULAR_ARTICLES
        return Number(index, index, Decimal(1), digits=False) if led else None
    count = parse_number_word(key, words) if key[:1].isalpha() else None
    if count is None:
        return None
    return _collected(cut, _with_comma(cut, index, count))


def _digits(cut: NumberCut, index: int) -> Number | None:
    """Read digits: "12", "4,5", "7 virgola 5", "3 dozzine"."""
    key, part = cut.keys[index], cut.keys[index + 2]
    if cut.marks[index + 1] == COMMA and key.isdecimal() and part.isdecimal():
        return Number(index, index + 3, Decimal(f"{key}.{part}")) if len(key + part) <= LONGEST_NUMBER else None
    value = parse_digits(key)
    return None if value is None else _collected(cut, Number(index, index + 1, value))


def _collected(cut: NumberCut, number: Number) -> Number:
    """Read the "decina" of "una decina", "mezza dozzina", "due centinaia"."""
    of = cut.words.collectives.get(cut.keys[number.last])
    if of is None or number.about or not number.value:
        return number
    return number._replace(last=number.last + 1, value=number.value * of, about=True)


def _may_be_halved(cut: NumberCut, index: int) -> bool:
    """Say whether "mezzo" is of what stands at `index`: "milione", "euro", "punto percentuale"; not "in mezzo a"."""
    key, following, words = cut.keys[index], cut.keys[index + 1], cut.words
    if (key, following) in {("per", "cento"), ("punto", "percentuale")}:
        return True
    return (
        key in words.scales
        or key in words.collectives
        or (len(key) > 3 and key in words.units and key not in words.denominators)
    )


def _with_comma(cut: NumberCut, index: int, whole: int) -> Number:
    """Read "uno virgola cinque"; what follows is one number, zeros before it: "zero virgola zero venticinque"."""
    if cut.marks[index + 1] != COMMA:
        return _spaced(cut, index, whole)
    at = index + 2
    while cut.keys[at] == "zero" and cut.marks[at + 1] == NUMBER_WORD:
        at += 1
    part = parse_number_word(cut.keys[at], cut.words)
    if part is None:
        return _spaced(cut, index, whole)
    return Number(index, at + 1, Decimal(f"{whole}.{'0' * (at - index - 2)}{part}"), digits=False)


def _spaced(cut: NumberCut, index: int, whole: int) -> Number:
    """Read what should be one word: "duecento cinquanta", "mille novecento novanta"; "venti due" are two numbers."""
    last = index + 1
    while whole and whole % 100 == 0 and (step := parse_number_word(cut.keys[last], cut.words)):
        if step >= (1000 if whole % 1000 == 0 else 100) or step == 1:
            break
        whole, last = whole + step, last + 1
    return new(Number, (index, last, Decimal(whole), None, False, False, False))


def _scaled(cut: NumberCut, index: int) -> Number | None:
    """Read a simple number and its scales: "300 mila", "una decina di milioni", "mille miliardi"."""
    number = _simple(cut, index)
    if number is None:
        return None
    keys, scales = cut.keys, cut.words.scales
    number = _with_fraction(cut, number)
    at = number.last
    if keys[at] == "di" and keys[at + 1] in scales and (number.about or number.value < 1):
        at += 1
    if keys[at] == "i" and keys[at + 1] in MILLIONS:  # "sono dodici i milioni stanziati"
        at += 1
    for _ in range(2):
        scale = scales.get(keys[at]) or _letter_scale(cut, at)
        if scale is None:
            return number
        letter = keys[at] not in scales
        number = number._replace(last=at + 1, value=number.value * scale, scale=scale, letter=letter)
        at = number.last
    return number


def _with_fraction(cut: NumberCut, number: Number) -> Number:
    """Read "tre quarti" before "di milione", "due e mezzo" before "milioni"; elsewhere a fraction is a share."""
    at = number.last
    if cut.marks[at : at + 2] == AND + HALVED and cut.keys[at + 2] in cut.words.scales:
        return number._replace(last=at + 2, value=number.value + HALF)
    whole = cut.words.denominators.get(cut.keys[at])
    of_scale = cut.marks[at + 1 : at + 3] == OF + ONE_SCALE
    if whole is None or not of_scale or not 0 < number.value < whole:
        return number
    return number._replace(last=at + 1, value=number.value / whole)


def _letter_scale(cut: NumberCut, index: int) -> Decimal | None:
    """Read the letter of "3M", "500k" or of "3 M€": it stands against the digits or against a sign of currency."""
    key, atoms = cut.keys[index], cut.atoms
    if key not in cut.words.glued_scales:
        return None
    before = cut.keys[index - 1][:1].isdecimal() and (
        atoms.glued(index) or (atoms.raw(index) == "M" and cut.keys[index - 2] in SIGNS)
    )
    after = cut.keys[index + 1] in SIGNS and atoms.glued(index + 1)
    return cut.words.glued_scales[key] if before or after else None


def _with_part(cut: NumberCut, number: Number) -> Number | None:
    """Add what follows with or without "e": "e 109 milioni", "e mezzo", "e due" (tenths of the scale), "300mila"."""
    joined = cut.marks[number.last] == AND
    at = number.last + joined
    if joined and cut.marks[at] == HALVED:
        return number._replace(last=at + 1, value=number.value + (number.scale or Decimal(1)) / 2)
    if number.scale is None:
        return _thousand_and(cut, number) if joined else None
    part = _scaled(cut, at)
    if part is None or part.letter or (part.scale is not None and part.scale >= number.scale):
        return None
    small = number.scale != THOUSAND and part.value < THOUSAND
    if (
        part.scale is None
        and not joined
        and (part.digits or number.digits or small)
        and not _is_rest(cut, number, part)
    ):
        return None  # "due mila cinquecento", "due milioni cinquecentomila" are one number
    value = part.value if part.scale else _elided(cut, part, number.scale)
    return None if value is None else number._replace(last=part.last, value=number.value + value)


def _is_rest(cut: NumberCut, number: Number, part: Number) -> bool:
    """Say whether three digits go on a thousand in digits: "2mila 500 euro", "3mila500"."""
    key = cut.keys[part.first]
    whole = number.scale == THOUSAND and number.value < MILLION and number.value % THOUSAND == 0
    return whole and key.isdecimal() and len(key) == len("500") and key[0] != "0"


def _thousand_and(cut: NumberCut, number: Number) -> Number | None:
    """Read "mille e ottantacinque", "duemila e cinquecento"."""
    head = cut.keys[number.first]
    if head != "mille" and (number.digits or not head.endswith("mila")):
        return None
    part = _simple(cut, number.last + 1)
    if part is None or part.value >= THOUSAND or (head != "mille" and (part.digits or part.value < 100)):
        return None
    return number._replace(last=part.last, value=number.value + part.value)


def _elided(cut: NumberCut, part: Number, scale: Decimal) -> Decimal | None:
    """Return what the bare part of "un milione e due" (tenths) or "un milione e 200" (thousandths) stands for."""
    whole = part.value == int(part.value) and not part.about
    if not whole or cut.keys[part.last] in {"%", "su"} or cut.keys[part.last + 1] == "cento":
        return None
    if scale == THOUSAND or part.value >= THOUSAND:  # "11 mila e 500", "un milione e 2.500"
        return part.value if 100 <= part.value < scale else None
    if 1 < part.value < 10:
        return part.value * scale / 10
    return part.value * scale / THOUSAND if part.value >= 100 else None
