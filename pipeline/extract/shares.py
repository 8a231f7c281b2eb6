"""Finds percentages and shares: "il 60%", "il 22,6 per cento", "un terzo del capitale", "metà", "uno su dieci".

Pure: text in, values out. What a share is a part of is read in share_words.py.
Rule: models/corpus/GUIDELINES.md, percent: a plain article stays out of the span, a fall is positive.
"""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import compress
from typing import NamedTuple

from spacy.tokens import Doc

from pipeline.extract.amount_ranges import DASHES, Link, read_link
from pipeline.extract.atoms import Atoms, cut_atoms, longest_phrase
from pipeline.extract.money import sentence_start
from pipeline.extract.numbers import Number, find_numbers, parse_number_word
from pipeline.extract.share_words import SIGNS, ShareWords, part_of
from pipeline.records import Share, ShareOf

HALF = "metà"
TURNS = frozenset({"prossima", "prossimo", "scorsa", "scorso", "questa", "questo", "quest'"})  # "metà di questo mese"
HALF_POINT = Decimal("0.5")
HUNDRED = Decimal(100)
TENTH = Decimal("0.1")
# "uno su dieci", "88 su cento"; "311 voti su 340" is a count
PARTS = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 100, 1000})
ROUND = frozenset({10, 100, 1000})  # "tre posti su nove" are seats, "tre su dieci" a share
OF_FORMS = frozenset({"di", "d'", "del", "dello", "della", "dell'", "dei", "degli", "delle"})
NEIGHBOURS = 14  # atoms between two shares that go together
REACH = 60  # atoms from the percentage that lends its sign
ARTICLES_OF_SHARE = frozenset(
    {"il", "l'", "al", "all'", "del", "dell'", "dal", "dall'", "restante", "rimanente", "suo"}
)
VERB_ENDINGS = ("ati", "ate", "anno", "ano", "ono", "rà", "rebbe")  # "un terzo andrà alla Calabria"
AFTER_SHARE = frozenset(
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
AFTER_FRACTION = frozenset(
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


class Part(NamedTuple):
    """A share over the atoms `first` to `last` (exclusive) before its `of` is read; `high` is set for a range."""

    first: int
    last: int
    value: Decimal
    unit: str = "percent"
    high: Decimal | None = None


def find_shares(doc: Doc, *, words: ShareWords) -> tuple[Share, ...]:
    """Return the percentages and shares of `doc`, in reading order.

    Offsets are characters of `doc.text`. A range with a dash ("2-3%") is one share with `min` and `max`.
    """
    return read_shares(cut_atoms(doc.text), words=words)


def read_shares(atoms: Atoms, *, words: ShareWords, numbers: Sequence[Number] | None = None) -> tuple[Share, ...]:
    """Return the shares of a text that is cut into atoms, its `numbers` found or not; see find_shares."""
    if numbers is None:
        numbers = tuple(find_numbers(atoms, words.numbers))
    parts = [read_part(atoms, number, words) for number in numbers]
    halves = _halves(atoms, words)
    joined = [part for part in _elided(atoms, numbers, _join(atoms, numbers, parts)) if part] if any(parts) else []
    return tuple(_make_all(atoms, sorted([*joined, *halves], key=lambda part: part.first), words))


def _make_all(atoms: Atoms, parts: Sequence[Part], words: ShareWords) -> Iterator[Share]:
    """Yield the shares; one of which nothing says what it is of goes with the one before it in its sentence."""
    before: ShareOf | None = None
    end = 0
    for part in parts:
        signed = part.first - 1 if atoms.key(part.first - 1) in SIGNS else part.first
        apart = part.first - end > NEIGHBOURS or sentence_start(atoms, part.first) > end
        of = part_of(atoms, signed, part.last, words) or (None if apart else before)
        before, end = of, part.last
        yield _make(atoms, part, signed, of or ShareOf.OTHER)


def read_part(atoms: Atoms, number: Number, words: ShareWords) -> Part | None:
    """Return the share that a number is by the unit, the denominator or the "su dieci" after it, else None."""
    if atoms.key(number.last) in words.openers:
        unit = longest_phrase(atoms, number.last, words.units)
        if unit:
            half = unit[1] == "points" and atoms.keys[unit[0] : unit[0] + 2] == ("e", "mezzo")
            value = number.value + HALF_POINT if half else number.value
            return Part(number.first, unit[0] + 2 * half, value, unit[1])
    following = atoms.keys[number.last : number.last + 3]
    told = "su" in following or atoms.key(number.last) in words.numbers.denominators or following[:1] == ("/",)
    if number.scale is not None or number.about or not told:
        return None
    if atoms.key(number.last) == "/" and atoms.glued(number.last):
        return _slashed(atoms, number)
    return _fraction(atoms, number, words) or _out_of(atoms, number, words)


def _slashed(atoms: Atoms, number: Number) -> Part | None:
    """Read "1/3 del capitale", "2/3 delle azioni"; "1/3" alone is a date or a name."""
    key = atoms.key(number.last + 1)
    whole = int(key) if key.isdecimal() and len(key) < 3 else 0
    if not 0 < number.value < whole or whole not in PARTS or atoms.key(number.last + 2) not in OF_FORMS:
        return None
    return Part(number.first, number.last + 2, _percent(number.value, whole))


def _fraction(atoms: Atoms, number: Number, words: ShareWords) -> Part | None:
    """Read "un terzo del", "due terzi"; "un terzo stabilimento" is an ordinal, "un quarto d'ora" a time."""
    key, following = atoms.key(number.last), atoms.key(number.last + 1)
    denominator = words.numbers.denominators.get(key)
    if denominator is None or not 0 < number.value < denominator or number.value != int(number.value):
        return None
    at = number.last + 2 if following in OF_FORMS else number.last + 1
    if atoms.key(at) in words.fraction_not_before or following in words.fraction_not_before:
        return None
    if atoms.key(number.first - 1) == "e" and parse_number_word(atoms.key(number.first - 2), words.numbers) is not None:
        return None  # "alle due e un quarto"
    if (
        number.value == 1
        and following.isalpha()
        and following not in OF_FORMS | AFTER_FRACTION
        and not following.endswith(VERB_ENDINGS)
    ):
        return None
    return Part(number.first, number.last + 1, _percent(number.value, denominator))


def _out_of(atoms: Atoms, number: Number, words: ShareWords) -> Part | None:
    """Read "uno su dieci", "otto nuovi rapporti su dieci"; at most two words between."""
    between = atoms.keys[number.last : number.last + 3]
    at = number.last + between.index("su") if "su" in between else None
    if at is None or not all(key.isalpha() for key in between[: at - number.last]):
        return None
    key = atoms.key(at + 1)
    whole = (
        int(key)
        if key.isdecimal() and len(key) < 5
        else parse_number_word(key, words.numbers)
        if key.isalpha()
        else None
    )
    if whole not in ROUND and number.value != 1:
        return None
    if whole not in PARTS or not 0 < number.value < whole or number.value != int(number.value):
        return None
    return Part(number.first, at + 2, _percent(number.value, whole))


def _percent(value: Decimal, whole: int) -> Decimal:
    """Return the fraction as a percentage to one decimal: a third is 33.3."""
    share = (value * HUNDRED / whole).quantize(TENTH, ROUND_HALF_UP)
    return share.to_integral_value() if share == share.to_integral_value() else share


def _halves(atoms: Atoms, words: ShareWords) -> Iterator[Part]:
    """Yield the shares that "metà" states; "a metà ottobre" and "la prima metà" are none."""
    for index in compress(range(len(atoms)), map(HALF.__eq__, atoms.keys)):
        if atoms.key(index - 1) in words.half_not_after:
            continue
        at = index + 2 if atoms.key(index + 1) in OF_FORMS else index + 1
        following = atoms.key(at + (atoms.key(at) in TURNS))
        if following in words.half_not_before or following[:1].isdecimal():
            continue
        yield Part(index, index + 1, Decimal(50))


def _join(atoms: Atoms, numbers: Sequence[Number], parts: Sequence[Part | None]) -> list[Part | None]:
    """Join "2-3%" to a range and give bare neighbours their unit: "dal 18 al 33%", "il 23 e il 15%"."""
    joined = list(parts)
    for index in range(len(numbers) - 2, -1, -1):
        second, number = joined[index + 1], numbers[index]
        known = joined[index]
        if known and second and _is_range(atoms, known, second):
            joined[index], joined[index + 1] = (
                second._replace(first=known.first, value=known.value, high=second.value),
                None,
            )
        if second is None or known is not None or number.scale is not None or number.value > HUNDRED:
            continue
        link = share_link(atoms, number.last, second.first)
        if link is Link.DASH and number.value < second.value:
            joined[index] = second._replace(first=number.first, value=number.value, high=second.value)
            joined[index + 1] = None
        elif link is not None and link not in {Link.DASH, Link.LIST}:
            joined[index] = Part(number.first, number.last, number.value, second.unit)
    return joined


def _is_range(atoms: Atoms, first: Part, second: Part) -> bool:
    """Say whether "5%-10%" is meant: a dash without blanks, and the lower first."""
    dash = second.first == first.last + 1 and atoms.key(first.last) in DASHES and atoms.glued(first.last)
    return dash and first.unit == second.unit and first.value < second.value and second.high is None


def _elided(atoms: Atoms, numbers: Sequence[Number], parts: Sequence[Part | None]) -> list[Part | None]:
    """Read bare numbers behind a percentage of their sentence: "il 60% ad Alfa, a Beta il 40", "Gamma (35)"."""
    found: list[Part | None] = []
    last: Part | None = None
    for number, known in zip(numbers, parts, strict=True):
        elided = known is None and last and _stands_like_share(atoms, number, last)
        part = Part(number.first, number.last, number.value) if elided else known
        found.append(part)
        if part or atoms.key(number.last).isalpha():
            last = part
    return found


def _stands_like_share(atoms: Atoms, number: Number, last: Part) -> bool:
    """Say whether a bare number has the article of a percentage, or stands in brackets, in the sentence of the last."""
    if number.scale is not None or not 0 < number.value <= HUNDRED or number.first - last.last > REACH:
        return False
    before, after = atoms.key(number.first - 1), atoms.key(number.last)
    counts = after.isalpha() and after not in AFTER_SHARE and not after.endswith(VERB_ENDINGS)
    if counts or after[:1].isdecimal() or after in {"°", "%", "/", "-", "€", "$"}:
        return False
    start = sentence_start(atoms, number.first)
    if start > last.first and (after.isalpha() or sentence_start(atoms, start - 1) > last.first):
        return False
    return before in ARTICLES_OF_SHARE or (before == "(" and after == ")")


def share_link(atoms: Atoms, end: int, start: int) -> Link | None:
    """Return what links a bare number to a percentage: "e il", "al", "e del", "o"."""
    if start - end == 2 and atoms.key(end) in {"e", "ed"} and atoms.key(start - 1) in {*OF_FORMS, "al", "all'", "il"}:
        return Link.AND
    articles = {atoms.key(end - 2), atoms.key(start - 1)} <= {"il", "l'", "del", "dell'"}
    if start - end == 2 and atoms.key(end) == "," and articles:
        return Link.AND  # "il 3, il 4 e il 5%"
    return read_link(atoms, end, start)


def _make(atoms: Atoms, part: Part, signed: int, of: ShareOf) -> Share:
    """Return the share with its text, its sign inside the span."""
    start, end = atoms.span(signed, part.last)
    return Share(
        start=start,
        end=end,
        text=atoms.text[start:end],
        value=None if part.high is not None else part.value,
        of=of,
        unit=part.unit,
        min=part.value if part.high is not None else None,
        max=part.high,
    )
