"""Reads models/lexicon/numbers.toml and spells out the words of numbers. What they count is said in numbers.py."""

from collections.abc import Iterable
from decimal import Decimal

from pipeline.extract.atoms import PARAGRAPH
from pipeline.extract.number_cut import (
    A_HALF,
    AFTER_ONE,
    AND,
    COLLECTIVE,
    COMMA,
    DENOMINATOR,
    GOES_ON,
    HALVED,
    HALVES,
    LETTER_SCALE,
    MILLE,
    NUMBER_WORD,
    OF,
    ONE,
    ONE_SCALE,
    ONES,
    OUT_OF,
    SCALE,
    SIGN,
    SINGULAR_SCALES,
    STOP,
)
from pipeline.extract.numbers import NumberWords, may_be_long_number, spell_hundreds
from pipeline.lexicon import LexiconModel, load_lexicon


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
    spelled = words | spell_hundreds(words)
    return NumberWords(
        scales=scales,
        glued_scales=glued,
        collectives=lexicon.collectives,
        denominators=lexicon.denominators,
        spelled=spelled,
        marks=_marks(lexicon, spelled, told),
        units=told,
    )


def _marks(lexicon: NumberLexicon, spelled: Iterable[str], told: frozenset[str]) -> dict[str, str]:
    """Return the marks of the words that have another than their first character."""
    marks = {word: GOES_ON if word[0].isalpha() else SIGN for word in told if not word[0].isdecimal()}
    marks |= dict.fromkeys(AFTER_ONE, GOES_ON)
    marks |= dict.fromkeys(lexicon.denominators, DENOMINATOR) | dict.fromkeys(lexicon.collectives, COLLECTIVE)
    marks |= dict.fromkeys(lexicon.glued_scales, LETTER_SCALE) | dict.fromkeys(lexicon.scales, SCALE)
    short = [word for word in (*spelled, MILLE) if not may_be_long_number(word)]
    marks |= dict.fromkeys(short, NUMBER_WORD) | dict.fromkeys(HALVES, HALVED)
    marks |= dict.fromkeys(ONES, ONE) | dict.fromkeys(SINGULAR_SCALES, ONE_SCALE)
    marks |= dict.fromkeys(("!", "?", PARAGRAPH), STOP)
    return marks | {"e": AND, "di": OF, "su": OUT_OF, "virgola": COMMA, "metà": A_HALF}
