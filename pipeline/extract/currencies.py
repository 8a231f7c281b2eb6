"""Reads currencies beside a number: words, signs and ISO codes of models/lexicon/currencies.toml."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from pipeline.extract.number_cut import ONLY, NumberCut

Key = tuple[str, ...]
HUNDREDTH: Final = Decimal("0.01")
NO_CENTS: Final = frozenset({(",", "-"), (".", "-"), (",", "–"), (".", "–")})  # "1.250,- €"
OF: Final = frozenset({"di", "d'"})
POINTS: Final = frozenset({".", ","})
HEDGES: Final = frozenset({"circa", "scarsi", "scarso"})  # "20 milioni circa di euro"
LEADS: Final = OF | POINTS | HEDGES  # may stand between a number and its currency


class Currency:
    """A currency read beside a number, over the atoms `first` to `last`; `unit` is 0.01 for cents."""

    __slots__ = ("code", "first", "last", "unit")

    def __init__(self, code: str, first: int, last: int, unit: Decimal = ONLY) -> None:
        self.code: Final = code
        self.first: Final = first
        self.last: Final = last
        self.unit: Final = unit


@dataclass(frozen=True, slots=True, eq=False)
class CurrencyWords:
    """The written forms by their atoms. Several codes share a form ("corone"); the first is the default."""

    after: dict[Key, tuple[str, ...]]
    before: dict[Key, str]
    minor: dict[Key, str]
    scaled: frozenset[Key]
    cues: dict[str, tuple[str, ...]]
    openers: dict[str, int]  # the first atoms of what follows a number, and how many the longest form has
    starts: frozenset[str]  # openers, and what may stand between the number and them
    behind_points: frozenset[str]  # openers, and what else stands behind the point of "mln. di euro", "1.250,- €"
    pointed: frozenset[str]  # what stands before the point of "€. 1.500"
    closers: dict[str, int]  # the last atoms of what stands before it, and how many the longest form has
    codes: frozenset[Key]  # what is a currency only where it is written in capitals
    plain: dict[str, str]  # openers that are one currency whatever follows or precedes them


def currency_after(cut: NumberCut, index: int, words: CurrencyWords, *, scaled: bool) -> Currency | None:
    """Return the currency that follows a number ending before `index`: "euro", "di dollari canadesi", "€"."""
    keys = cut.keys
    at = _currency_start(cut, index) if cut.keys[index] in LEADS else index
    if keys[at] in words.plain:
        return Currency(words.plain[keys[at]], at, at + 1)
    for length in range(words.openers.get(keys[at], 0), 0, -1):
        key = keys[at : at + length]
        if key in words.minor and not scaled and at == index:
            return Currency(words.minor[key], at, at + length, HUNDREDTH)
        codes = words.after.get(key)
        if codes and _is_written_so(cut, at, key, words) and (scaled or key not in words.scaled):
            return Currency(_decide(cut.atoms.text, codes, words), at, at + length)
    return None


def _currency_start(cut: NumberCut, index: int) -> int:
    """Return where a currency would begin: behind "di", behind the point of "mln. di euro", behind ",-"."""
    key, following = cut.keys[index], cut.keys[index + 1]
    if key in OF:
        return index + 1
    if key in HEDGES:
        return index + 2 if following in OF else index
    if (key, following) in NO_CENTS:
        return index + 2
    if key == "." and cut.atoms.glued(index):
        return index + 2 if following == "di" else index + 1
    return index


def currency_before(cut: NumberCut, index: int, words: CurrencyWords) -> Currency | None:
    """Return the sign, code or "Euro" right before the number that begins at `index`."""
    longest = words.closers.get(cut.keys[index - 1])
    if longest is None:
        return None
    for length in range(min(longest, index), 0, -1):
        key = cut.keys[index - length : index]
        code = words.before.get(key)
        if code and _is_written_so(cut, index - length, key, words):
            return Currency(code, index - length, index)
    return None


def _is_written_so(cut: NumberCut, at: int, key: Key, words: CurrencyWords) -> bool:
    """Say whether a code is written as one: "TRY", "Sek", "A$"."""
    if key not in words.codes:
        return True
    return cut.atoms.raw(at)[:1].isupper() and (len(key) == 1 or cut.atoms.glued(at + 1))


def _decide(text: str, codes: tuple[str, ...], words: CurrencyWords) -> str:
    """Choose between currencies of one name by the cues in the text: "corone" beside "Stoccolma" are Swedish."""
    if len(codes) == 1:
        return codes[0]
    return _cued(text, codes, words)


@lru_cache(maxsize=4)
def _cued(text: str, codes: tuple[str, ...], words: CurrencyWords) -> str:
    """Return the first code for which a cue stands in the text, else the first; asked at each ambiguous word."""
    lowered = text.lower()
    for code in codes:
        for cue in words.cues[code]:
            if cue in lowered:
                return code
    return codes[0]
