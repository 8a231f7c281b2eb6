"""The words and digits of numbers: what one written word or one string of digits counts, and what multiplies it.

Values are Decimal, never float. What several words make together is read in number_cut.py.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

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
    whole, _, part = written.partition(",")
    if whole.isdecimal() and part.isdecimal():
        return Decimal(f"{whole}.{part}")
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


@lru_cache(maxsize=8192)
def count_word(word: str, words: NumberWords) -> Decimal | None:
    """Return what one written word counts as a Decimal, None where it is no number."""
    count = parse_number_word(word, words)
    return None if count is None else Decimal(count)
