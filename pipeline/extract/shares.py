"""Finds percentages and shares: "il 60%", "il 22,6 per cento", "un terzo del capitale", "metà", "uno su dieci".

Pure: text in, values out. What a share is a part of is read in share_words.py.
Rule: models/corpus/GUIDELINES.md, percent: a plain article stays out of the span, a fall is positive.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from spacy.tokens import Doc

from pipeline.extract.amount_ranges import AND, DASH, DASHES, LIST, Link, read_link
from pipeline.extract.atoms import Atoms, cut_atoms
from pipeline.extract.number_cut import (
    A_HALF,
    DENOMINATOR,
    ONE,
    OUT_OF,
    Number,
    NumberCut,
    cut_numbers,
    find_numbers,
)
from pipeline.extract.numbers import parse_number_word
from pipeline.extract.share_words import OF_ONE, OTHER, SIGNS, TO_WHOM, ShareWords, begins, part_of
from pipeline.records import Share, ShareOf, new

OVER_WHOLE: Final = frozenset({DENOMINATOR, "/"})  # the marks before the whole of "due terzi", "2/3"
TURNS: Final = frozenset(
    {"prossima", "prossimo", "scorsa", "scorso", "questa", "questo", "quest'"}
)  # "metà di questo mese"
QUARTER: Final = 4  # steps of central banks are quarters of a point
HALF_POINT: Final = Decimal("0.5")
HUNDRED: Final = Decimal(100)
TENTH: Final = Decimal("0.1")
SCORES: Final = frozenset({"punti", "voti", "posti", "seggi"})  # "96 punti su 100"
# "uno su dieci", "88 su cento"; "311 voti su 340" is a count
PARTS: Final = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 100, 1000})
ROUND: Final = frozenset({10, 100, 1000})  # "tre posti su nove" are seats, "tre su dieci" a share
OF_FORMS: Final = frozenset({"di", "d'", "del", "dello", "della", "dell'", "dei", "degli", "delle"})
LISTED: Final = frozenset({",", ":", ";", "e", "("})
NOT_AFTER_SHARE: Final = frozenset({"°", "%", "/", "-", "€", "$"})
LONGEST_WHOLE: Final = 4  # digits
DIVIDED_REACH: Final = 6  # atoms from "pagati" to "a metà"
NEIGHBOURS: Final = 14  # atoms between two shares that go together
REACH: Final = 60  # atoms from the percentage that lends its sign
ARTICLES_OF_SHARE: Final = frozenset(
    {"il", "l'", "al", "all'", "del", "dell'", "dal", "dall'", "restante", "rimanente", "suo"}
)
VERB_ENDINGS: Final = ("ati", "ate", "anno", "ano", "ono", "rà", "rebbe")  # "un terzo andrà alla Calabria"
AFTER_SHARE: Final = frozenset(
    {
        "di",
        "della",
        "del",
        "dell'",
        "dei",
        "delle",
        "a",
        "ai",
        "al",
        "alla",
        "in",
        "e",
        "per",
        "restante",
        "lo",
        "ma",
        "va",
        "è",
        "con",
        "da",
        "previsto",
        "dal",
        "resta",
        "agli",
        "alle",
    }
)
AFTER_FRACTION: Final = frozenset(
    {
        "in",
        "a",
        "ai",
        "al",
        "alla",
        "alle",
        "agli",
        "è",
        "e",
        "ha",
        "va",
        "andrà",
        "dal",
        "dalla",
        "dai",
        "da",
        "per",
        "lo",
        "la",
        "li",
        "circa",
        "sono",
        "o",
        "con",
        "andrebbe",
        "ciascuno",
        "su",
        "ma",
        "resta",
        "nel",
    }
)


class Part:
    """A share over the atoms `first` to `last` (exclusive) before its `of` is read; `high` is set for a range."""

    __slots__ = ("first", "high", "last", "unit", "value")

    def __init__(
        self, first: int, last: int, value: Decimal, unit: str = "percent", high: Decimal | None = None
    ) -> None:
        self.first: Final = first
        self.last: Final = last
        self.value: Final = value
        self.unit: Final = unit
        self.high: Final = high


def find_shares(doc: Doc, *, words: ShareWords) -> tuple[Share, ...]:
    """Return the percentages and shares of `doc`, in reading order.

    Offsets are characters of `doc.text`. A range with a dash ("2-3%") is one share with `min` and `max`.
    """
    return read_shares(cut_atoms(doc.text), words=words)


def read_shares(atoms: Atoms, *, words: ShareWords) -> tuple[Share, ...]:
    """Return the shares of a text that is cut into atoms; see find_shares."""
    cut = cut_numbers(atoms, words.numbers)
    return shares_of(cut, find_numbers(cut), words=words)


def shares_of(cut: NumberCut, numbers: list[Number], *, words: ShareWords) -> tuple[Share, ...]:
    """Return the shares of a text whose `numbers` are found; see find_shares."""
    parts = _read_parts(cut, numbers, words)
    found = [part for part in _elided(cut, numbers, _join(cut, numbers, parts)) if part] if any(parts) else []
    if A_HALF in cut.marks:
        found = sorted([*found, *_halves(cut, words)], key=lambda part: part.first)
    return tuple(_make_all(cut, found, words))


def _read_parts(cut: NumberCut, numbers: list[Number], words: ShareWords) -> list[Part | None]:
    """Return for each number the share that it is."""
    keys, marks, openers = cut.keys, cut.marks, words.openers
    out_of = OUT_OF in marks
    parts: list[Part | None] = [None] * len(numbers)
    for at, number in enumerate(numbers):
        last = number.last
        if keys[last] in openers or marks[last] in OVER_WHOLE or (out_of and OUT_OF in marks[last : last + 3]):
            parts[at] = read_part(cut, number, words)
    return parts


def _make_all(cut: NumberCut, parts: list[Part], words: ShareWords) -> list[Share]:
    """Return the shares; one of which nothing says what it is of goes with the one before it in its sentence."""
    shares: list[Share] = []
    before: ShareOf | None = None
    end = 0
    for part in parts:
        signed = part.first - 1 if cut.keys[part.first - 1] in SIGNS else part.first
        of = part_of(cut, signed, part.last, words)
        if of is None and part.first - end <= NEIGHBOURS and cut.sentence_start(part.first) <= end:
            of = before
        before, end = of, part.last
        shares.append(_make(cut, part, signed, of or OTHER))
    return shares


def read_part(cut: NumberCut, number: Number, words: ShareWords) -> Part | None:
    """Return the share that a number is by the unit, the denominator or the "su dieci" after it, else None."""
    unit = _unit(cut, number.last, words)
    if unit:
        spelled = unit[1] == "points" or cut.keys[unit[0] - 1] == "cento"  # "due punti e mezzo", "3 per cento e mezzo"
        half = spelled and cut.keys[unit[0] : unit[0] + 2] == ("e", "mezzo")
        value = number.value + HALF_POINT if half else number.value
        return Part(number.first, unit[0] + 2 * half, value, unit[1], None)
    if number.scale is not None or number.about:
        return None
    if cut.keys[number.last] == "/" and cut.atoms.glued(number.last):
        return _slashed(cut, number)
    return _fraction(cut, number, words) or _out_of(cut, number, words)


def _unit(cut: NumberCut, index: int, words: ShareWords) -> tuple[int, str] | None:
    """Return where the longest unit that begins at `index` ends, and which it is."""
    for length in range(words.openers.get(cut.keys[index], 0), 0, -1):
        unit = words.units.get(cut.keys[index : index + length])
        if unit is not None:
            return index + length, unit
    return None


def _slashed(cut: NumberCut, number: Number) -> Part | None:
    """Read "1/3 del capitale", "2/3 delle azioni"; "1/3" alone is a date or a name."""
    key = cut.keys[number.last + 1]
    whole = int(key) if key.isdecimal() and len(key) < 3 else 0
    if not 0 < number.value < whole or whole not in PARTS or cut.keys[number.last + 2] not in OF_FORMS:
        return None
    return Part(number.first, number.last + 2, _percent(number.value, whole))


def _fraction(cut: NumberCut, number: Number, words: ShareWords) -> Part | None:
    """Read "un terzo del", "due terzi"; "un terzo stabilimento" is an ordinal, "un quarto d'ora" a time."""
    keys = cut.keys
    following = keys[number.last + 1]
    denominator = words.numbers.denominators.get(keys[number.last])
    if denominator is None or not 0 < number.value < denominator or number.value != int(number.value):
        return None
    at = number.last + 2 if following in OF_FORMS else number.last + 1
    if keys[at] == "punto" and following == "di":
        return _of_point(cut, number, denominator)
    if keys[at] in words.fraction_not_before or following in words.fraction_not_before:
        return None
    if keys[number.first - 1] == "e" and parse_number_word(keys[number.first - 2], words.numbers) is not None:
        return None  # "alle due e un quarto"
    ordinal = following.isalpha() and following not in OF_FORMS and following not in AFTER_FRACTION
    if number.value == 1 and ordinal and not following.endswith(VERB_ENDINGS):
        return None
    return Part(number.first, number.last + 1, _percent(number.value, denominator))


def _of_point(cut: NumberCut, number: Number, denominator: int) -> Part | None:
    """Read "un quinto di punto percentuale", "un quarto di punto"; "due decimi di punto" are of any point."""
    percentage = cut.keys[number.last + 3] == "percentuale"
    if not percentage and denominator != QUARTER:
        return None
    return Part(number.first, number.last + 3 + percentage, number.value / denominator, "points")


def _out_of(cut: NumberCut, number: Number, words: ShareWords) -> Part | None:
    """Read "uno su dieci", "otto nuovi rapporti su dieci"; at most two words between."""
    between = cut.keys[number.last : number.last + 3]
    at = number.last + between.index("su") if "su" in between else None
    counted = between[: at - number.last] if at else ()
    if at is None or not all(key.isalpha() for key in counted) or not SCORES.isdisjoint(counted):
        return None
    whole = _whole(cut.keys[at + 1], words)
    if whole not in ROUND and number.value != 1:
        return None
    if whole not in PARTS or not 0 < number.value < whole or number.value != int(number.value):
        return None
    return Part(number.first, at + 2, _percent(number.value, whole))


def _whole(key: str, words: ShareWords) -> int | None:
    """Return what the "dieci" or "10" of "uno su dieci" counts."""
    if key.isdecimal():
        return int(key) if len(key) <= LONGEST_WHOLE else None
    return parse_number_word(key, words.numbers) if key.isalpha() else None


def _percent(value: Decimal, whole: int) -> Decimal:
    """Return the fraction as a percentage to one decimal: a third is 33.3."""
    share = (value * HUNDRED / whole).quantize(TENTH, ROUND_HALF_UP)
    return share.to_integral_value() if share == share.to_integral_value() else share


def _halves(cut: NumberCut, words: ShareWords) -> list[Part]:
    """Return the shares that "metà" states; "a metà ottobre" and "la prima metà" are none."""
    keys = cut.keys
    halves: list[Part] = []
    for index in [at for at, mark in enumerate(cut.marks) if mark == A_HALF]:
        if keys[index - 1] in words.half_not_after:
            continue
        at = index + 2 if keys[index + 1] in OF_FORMS else index + 1
        following = keys[at + (keys[at] in TURNS)]
        placed = keys[index - 1] == "a" and (keys[index + 1] in OF_ONE or not following[:1].isalpha())
        if following in words.half_not_before or following[:1].isdecimal() or keys[index + 1] == "prezzo":
            continue  # "a metà prezzo" is cheap, "la metà del prezzo" a share
        if not placed or begins(keys[max(0, index - DIVIDED_REACH) : index], words.half_divided):
            halves.append(Part(index, index + 1, Decimal(50)))
    return halves


def _join(cut: NumberCut, numbers: list[Number], parts: list[Part | None]) -> list[Part | None]:
    """Join "2-3%" to a range and give bare neighbours their unit: "dal 18 al 33%", "il 23 e il 15%"."""
    joined = list(parts)
    for index in range(len(numbers) - 2, -1, -1):
        second, number = joined[index + 1], numbers[index]
        if second is None:
            continue
        known = joined[index]
        if known and _is_range(cut, known, second):
            joined[index] = _ranged(known.first, known.value, second)
            joined[index + 1] = None
        if known is not None or number.scale is not None or number.value > HUNDRED:
            continue
        link = share_link(cut, number.last, second.first)
        if link is LIST and second.last == numbers[index + 1].last:
            link = AND  # "20, 30 e 50%"
        if link is DASH and number.value < second.value:
            joined[index] = _ranged(number.first, number.value, second)
            joined[index + 1] = None
        elif (link is not None and link not in {DASH, LIST}) or _complements(cut, number, second):
            joined[index] = Part(number.first, number.last, number.value, second.unit)
    return joined


def _ranged(first: int, low: Decimal, high: Part) -> Part:
    """Return the range from `low` at the atom `first` to a share."""
    return Part(first, high.last, low, high.unit, high.value)


def _complements(cut: NumberCut, number: Number, second: Part) -> bool:
    """Say whether a bare number and the percentage behind it divide one whole: "46 alla prima, 31% alla seconda".

    "Avrà il 55 e la seconda il 45%" is a whole too.
    """
    if not 0 < second.first - number.last < NEIGHBOURS or cut.sentence_start(second.first) > number.first:
        return False
    if cut.keys[number.first - 1] in ARTICLES_OF_SHARE and not _counts(cut, number.last):
        return number.value + second.value == HUNDRED
    return _is_given(cut, number, second)


def _is_given(cut: NumberCut, number: Number, other: Part) -> bool:
    """Say whether a bare number goes to somebody as the percentage beside it does: "60% agli uni, 40 agli altri"."""
    listed = cut.keys[number.first - 1] in LISTED and number.value + other.value <= HUNDRED
    return listed and cut.keys[number.last] in TO_WHOM and cut.keys[other.last] in TO_WHOM


def _is_range(cut: NumberCut, first: Part, second: Part) -> bool:
    """Say whether "5%-10%", "5% - 10%" is meant: a dash that is no sign, and the lower first."""
    dash = second.first == first.last + 1 and cut.keys[first.last] in DASHES
    dash = dash and (cut.atoms.glued(first.last) or not cut.atoms.glued(second.first))  # "-30%" has a sign
    return dash and first.unit == second.unit and first.value < second.value and second.high is None


def _elided(cut: NumberCut, numbers: list[Number], parts: list[Part | None]) -> list[Part | None]:
    """Read bare numbers behind a percentage of their sentence: "il 60% ad Alfa, a Beta il 40", "Gamma (35)"."""
    found: list[Part | None] = []
    last: Part | None = None
    for at in range(len(numbers)):
        number, part = numbers[at], parts[at]
        if last and part is None and _stands_like_share(cut, number, last):
            part = Part(number.first, number.last, number.value)
        found.append(part)
        if part or (last and number.first >= last.last and cut.keys[number.last].isalpha()):
            last = part
    return found


def _stands_like_share(cut: NumberCut, number: Number, last: Part) -> bool:
    """Say whether a bare number has the article of a percentage, or stands in brackets, in the sentence of the last."""
    before, after = cut.keys[number.first - 1], cut.keys[number.last]
    if before not in ARTICLES_OF_SHARE and not (before == "(" and after == ")") and not _is_given(cut, number, last):
        return False
    if number.first < last.last or cut.marks[number.first] == ONE or cut.keys[number.first] == "uno":
        return False  # "cento" of "il 6 per cento"; "a Euro 2,18 l'una"
    if number.scale is not None or not 0 < number.value <= HUNDRED or number.first - last.last > REACH:
        return False
    if _counts(cut, number.last) or _is_day(cut, number.last) or after[:1].isdecimal() or after in NOT_AFTER_SHARE:
        return False
    start = cut.sentence_start(number.first)
    return start <= last.first or not (after.isalpha() or cut.sentence_start(start - 1) > last.first)


def _counts(cut: NumberCut, index: int) -> bool:
    """Say whether what stands behind a number is counted or dated by it: "febbraio" of "il 12 e 13 febbraio"."""
    key = cut.keys[index]
    return key.isalpha() and key not in AFTER_SHARE and not key.endswith(VERB_ENDINGS)


def _is_day(cut: NumberCut, index: int) -> bool:
    """Say whether a number that ends before `index` is the first of two days: "il 12 e 13 febbraio"."""
    joined, second = cut.keys[index], cut.keys[index + 1]
    return joined == "e" and second.isdecimal() and len(second) < 3 and _counts(cut, index + 2)


def share_link(cut: NumberCut, end: int, start: int) -> Link | None:
    """Return what links a bare number to a percentage: "e il", "al", "e del", "o"."""
    key, behind = cut.keys[end], cut.keys[start - 1]
    if start - end == 2 and key in {"e", "ed"} and (behind in OF_FORMS or behind in {"al", "all'", "il"}):
        return AND
    articles = {cut.keys[end - 2], behind} <= {"il", "l'", "del", "dell'"}
    if start - end == 2 and key == "," and articles:
        return AND  # "il 3, il 4 e il 5%"
    return read_link(cut, end, start)


def _make(cut: NumberCut, part: Part, signed: int, of: ShareOf) -> Share:
    """Return the share with its text, its sign inside the span."""
    start, end = cut.atoms.span(signed, part.last)
    ranged = part.high is not None
    value, low = (None, part.value) if ranged else (part.value, None)
    return new(Share, (start, end, cut.atoms.text[start:end], value, of, part.unit, low, part.high))
