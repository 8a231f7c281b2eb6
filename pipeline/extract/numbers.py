"""The words and digits of numbers: what one written word or one string of digits counts, and what multiplies it.

Values are Decimal, never float. What several words make together is read in number_cut.py.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

# "duemila", "millenovecento"; not "350mila", "milano"
THOUSANDS: Final = re.compile(r"mil(?:le\w|(?<=[^\W\d_]mil)a(?!n))")
# "duecentotrenta"; not "cento", "percentuale"
HUNDREDS: Final = re.compile(r"cento?(?=un|due|tre|qua|cinq|sei|sett|ott|nov|die|dod|quin|sed|dic|ven|ses)")
# "4.500.000" and "1.310" group by thousands; "3.14" does not
GROUPED: Final = re.compile(r"\d{1,3}(?P<mark>[.,'’\u00a0\u202f ])\d{3}(?:(?P=mark)\d{3})*")
# "1.310,50" and "1,310.50", "4,5", "3.14"; not "3.14.15"
DECIMALS: Final = re.compile(
    r"(?P<whole>\d+|\d{1,3}(?P<mark>[.,'’\u00a0\u202f ])\d{3}(?:(?P=mark)\d{3})*)(?!(?P=mark))[.,](?P<part>\d+)"
)
PLAIN_DECIMALS: Final = re.compile(r"(?P<whole>\d+)[.,](?P<part>\d+)")
NOT_DIGIT: Final = re.compile(r"\D")
LONGEST_NUMBER: Final = 24  # characters; a longer string of digits counts nothing
LONGEST_WORD: Final = 45  # "novecentonovantanovemilanovecentonovantanove" has 44


@dataclass(frozen=True, slots=True, eq=False)
class NumberWords:
    """The vocabulary of numbers."""

    scales: dict[str, Decimal]
    glued_scales: dict[str, Decimal]
    collectives: dict[str, int]
    denominators: dict[str, int]
    spelled: dict[str, int]  # all words from zero to novecentonovantanove
    marks: dict[str, str]  # of the words that have another than their first character: number_cut.py
    units: frozenset[str]  # what one may be of: "un milione", "una decina", "un terzo", "un euro"


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


def may_be_long_number(text: str) -> bool:
    """Say whether a word or a text may hold a long number word, of which there is no end: no table holds them."""
    return _matches(THOUSANDS, "mil", text) or _matches(HUNDREDS, "cent", text)


def _matches(pattern: re.Pattern[str], stem: str, text: str) -> bool:
    """Say whether a pattern that begins with `stem` is found: looking for the stem is quicker than a search."""
    at = text.find(stem)
    while at >= 0:
        if pattern.match(text, at):
            return True
        at = text.find(stem, at + 1)
    return False


def parse_number_word(word: str, words: NumberWords) -> int | None:
    """Return what one written word counts ("duecentoventimila"), None where it is no number. Zero to 999,999."""
    count = words.spelled.get(word)
    if count is not None:
        return count
    return _parse_thousands(word, words.spelled) if "mil" in word and len(word) <= LONGEST_WORD else None


def _parse_thousands(word: str, spelled: dict[str, int]) -> int | None:
    """Read "duemila", "millenovecento"."""
    head, _, tail = word.partition("mila")
    if word.startswith("mille"):
        head, tail = "un", word[len("mille") :]
    elif head == word:
        return None
    thousands, rest = spelled.get(head), spelled.get(tail) if tail else 0
    return None if not thousands or rest is None else thousands * 1000 + rest


def spell_hundreds(below_hundred: dict[str, int]) -> dict[str, int]:
    """Return the words from "cento" to "novecentonovantanove": "duecentodieci", "centotto"."""
    ones = [("", 1), *((word, value) for word, value in below_hundred.items() if 1 <= value <= 9)]
    tails = [("o", 0)]
    for word, value in below_hundred.items():
        tails += [(word, value), (f"o{word}", value)]
    return {f"{head}cent{tail}": 100 * hundreds + rest for head, hundreds in ones for tail, rest in tails}


def count_word(word: str, words: NumberWords) -> Decimal | None:
    """Return what one written word counts as a Decimal, None where it is no number."""
    count = parse_number_word(word, words)
    return None if count is None else Decimal(count)
