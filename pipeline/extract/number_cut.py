"""A text cut for numbers: its atoms, a mark for each, and the numbers that are put together of them.

What a number counts is not decided here. Values are Decimal, never float.
"""

from decimal import Decimal
from typing import Final

from pipeline.extract.atoms import EDGE, Atoms
from pipeline.extract.numbers import LONGEST_NUMBER, NumberWords, count_word, parse_digits, parse_number_word

ONES: Final = frozenset({"un", "una", "un'"})
# What "un" may stand before without being an article; currencies, scales and the like besides
AFTER_ONE: Final = frozenset({"d'", "ed", "o", "a", "ad", "per", "percento", "pct", "punto", "punti"})
HALF: Final = Decimal("0.5")
HALVES: Final = frozenset({"mezzo", "mezza"})
MILLE: Final = "mille"
SINGULAR_SCALES: Final = frozenset({"milione", "milioncino", "miliardo"})
MILLIONS: Final = frozenset({"milioni", "miliardi"})
SINGULAR_ARTICLES: Final = frozenset({"il", "del", "al", "dal", "sul", "quel"})  # "sopra il miliardo"
ONLY: Final = Decimal(1)
THOUSAND: Final = Decimal(1000)
MILLION: Final = Decimal(1_000_000)
SIGNS: Final = frozenset({"€", "$", "£"})

# The marks: capitals for the words that make numbers and for signs of currencies, "+" for what else may follow "un".
# All other atoms are marked by their first character, so that digits are digits and words are small letters.
NUMBER_WORD: Final = "N"
ONE: Final = "U"
HALVED: Final = "H"
ONE_SCALE: Final = "M"
SCALE: Final = "S"
LETTER_SCALE: Final = "K"
DENOMINATOR: Final = "D"
COLLECTIVE: Final = "C"
COMMA: Final = "V"
OF: Final = "I"
AND: Final = "E"
OUT_OF: Final = "Z"
GOES_ON: Final = "+"
SIGN: Final = "P"
A_HALF: Final = "½"
STOP: Final = "."
ELLIPSIS: Final = "…"  # "!", "?" and blank lines are stops too
BEGINNINGS: Final = frozenset("0123456789NHMU")  # where a number may begin
BEGINS: Final = bytes(chr(code) in BEGINNINGS for code in range(128))  # the same by the code of the mark
# What goes on a number behind its first atom: scales, "mezzo", fractions, commas, and what follows "e"
GOES_ON_DIGITS: Final = frozenset("SMKDICV")
GOES_ON_WORD: Final = frozenset("SMKDICVNE")
PARTS_OF_NUMBERS: Final = frozenset("NUHM0123456789")
FARTHEST_OUT_OF: Final = 3  # atoms from "un" to "su": "un italiano su tre"
PADDING: Final = " " * len(EDGE)


class Number:
    """A number over the atoms `first` to `last` (exclusive). `scale` is its last multiplier, None for a plain one.

    `about`: "una decina". `digits`: it begins with digits. `letter`: the scale is a bare letter, "3m", which is money
    only beside a currency.
    """

    __slots__ = ("about", "digits", "first", "last", "letter", "scale", "value")

    def __init__(
        self,
        first: int,
        last: int,
        value: Decimal,
        scale: Decimal | None = None,
        *,
        about: bool = False,
        digits: bool = True,
        letter: bool = False,
    ) -> None:
        self.first: Final = first
        self.last: Final = last
        self.value: Final = value
        self.scale: Final = scale
        self.about: Final = about
        self.digits: Final = digits
        self.letter: Final = letter

    def replace(
        self,
        *,
        last: int | None = None,
        value: Decimal | None = None,
        scale: Decimal | None = None,
        about: bool | None = None,
        letter: bool | None = None,
    ) -> "Number":
        """Return the number with what is given."""
        return Number(
            self.first,
            self.last if last is None else last,
            self.value if value is None else value,
            self.scale if scale is None else scale,
            about=self.about if about is None else about,
            digits=self.digits,
            letter=self.letter if letter is None else letter,
        )


class NumberCut:
    """A text ready for numbers. `keys` and `marks` are padded: a few atoms before and behind the text are empty."""

    __slots__ = ("atoms", "keys", "marks", "words")

    def __init__(self, atoms: Atoms, marks: list[str], words: NumberWords) -> None:
        for index in atoms.find_long():
            if parse_number_word(atoms.keys[index], words) is not None:
                marks[index] = NUMBER_WORD
        self.atoms = atoms
        self.keys = atoms.padded
        self.marks = "".join(marks) + PADDING
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
    marks: list[str] = []
    for key in atoms.keys:
        mark = words.marks.get(key)
        marks.append(key[0] if mark is None else mark)
    return NumberCut(atoms, marks, words)


def find_numbers(cut: NumberCut) -> list[Number]:
    """Return the numbers of the text in reading order, none overlapping, composites as one."""
    marks = cut.marks
    numbers: list[Number] = []
    end = 0
    for index in range(len(cut.atoms.keys)):
        code = ord(marks[index])
        if code >= len(BEGINS) or not BEGINS[code] or index < end:
            continue
        number = _number_at(cut, index, marks[index])
        if number:
            numbers.append(number)
            end = number.last
    return numbers


def _number_at(cut: NumberCut, index: int, mark: str) -> Number | None:
    """Read the number that begins at an atom: most are digits or a word that nothing goes on, or either with one scale.

    "un accordo" is none, "un euro" and "un italiano su tre" are.
    """
    digits = mark <= "9"
    if (digits or mark == NUMBER_WORD) and _stands_alone(cut.marks, index, GOES_ON_DIGITS if digits else GOES_ON_WORD):
        key = cut.keys[index]
        value = parse_digits(key) if digits else count_word(key, cut.words)
        return None if value is None else Number(index, index + 1, value, digits=digits)
    number = None
    if mark not in {HALVED, ONE_SCALE} and _is_once_scaled(cut.marks, index):
        number = _once_scaled(cut, index)
    elif mark == ONE and not _goes_on_one(cut.marks, index):
        return None
    return number or read_number(cut, index)


def _stands_alone(marks: str, index: int, goes_on: frozenset[str]) -> bool:
    """Say whether nothing goes on the digits or the number word at `index`."""
    following = marks[index + 1]
    if following in goes_on:
        return False
    second = marks[index + 2]
    return not (following == AND and second == HALVED) and not (following == "i" and second == SCALE)


def _is_once_scaled(marks: str, index: int) -> bool:
    """Say whether one scale follows and nothing goes on it: "12 milioni"."""
    if marks[index + 1] not in {SCALE, ONE_SCALE}:
        return False
    second = marks[index + 2]
    if second in {SCALE, LETTER_SCALE} or second in PARTS_OF_NUMBERS:
        return False
    return not (second == AND and marks[index + 3] in PARTS_OF_NUMBERS)


def _goes_on_one(marks: str, index: int) -> bool:
    """Say whether "un" is a number by what follows: a currency, a scale, a sign, or "su" behind one or two words."""
    for at in range(index + 1, index + 1 + FARTHEST_OUT_OF):
        mark = marks[at]
        if "A" <= mark <= "Z" or mark <= "9":
            return at == index + 1 or mark == OUT_OF
    return False


def _once_scaled(cut: NumberCut, index: int) -> Number | None:
    """Read "12 milioni", "due miliardi" that nothing goes on."""
    key = cut.keys[index]
    digits = key[0].isdecimal()
    value = parse_digits(key) if digits else count_word(key, cut.words)
    scale = cut.words.scales[cut.keys[index + 1]]
    return None if value is None else Number(index, index + 2, value * scale, scale, digits=digits)


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
    return number.replace(last=number.last + 1, value=number.value * of, about=True)


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
    return Number(index, last, Decimal(whole), digits=False)


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
        number = number.replace(last=at + 1, value=number.value * scale, scale=scale, letter=letter)
        at = number.last
    return number


def _with_fraction(cut: NumberCut, number: Number) -> Number:
    """Read "tre quarti" before "di milione", "due e mezzo" before "milioni"; elsewhere a fraction is a share."""
    at = number.last
    if cut.marks[at : at + 2] == AND + HALVED and cut.keys[at + 2] in cut.words.scales:
        return number.replace(last=at + 2, value=number.value + HALF)
    whole = cut.words.denominators.get(cut.keys[at])
    of_scale = cut.marks[at + 1 : at + 3] == OF + ONE_SCALE
    if whole is None or not of_scale or not 0 < number.value < whole:
        return number
    return number.replace(last=at + 1, value=number.value / whole)


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
        return number.replace(last=at + 1, value=number.value + (number.scale or Decimal(1)) / 2)
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
    return None if value is None else number.replace(last=part.last, value=number.value + value)


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
    return number.replace(last=part.last, value=number.value + part.value)


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
