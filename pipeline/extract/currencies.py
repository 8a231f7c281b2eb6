"""Reads currencies beside a number: words, signs and ISO codes of models/lexicon/currencies.toml."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pydantic import RootModel

from pipeline.extract.atoms import cut_atoms
from pipeline.extract.number_cut import ONLY, NumberCut
from pipeline.lexicon import LexiconModel, load_lexicon
from pipeline.records import new

Key = tuple[str, ...]
HUNDREDTH = Decimal("0.01")
# Codes that papers also write in lower case; the others are words of other meaning ("all", "try", "sar")
LOWER_CODES = frozenset({"eur", "usd", "gbp", "chf", "btc"})
NO_CENTS = frozenset({(",", "-"), (".", "-"), (",", "–"), (".", "–")})  # "1.250,- €"
OF = frozenset({"di", "d'"})
POINTS = frozenset({".", ","})
HEDGES = frozenset({"circa", "scarsi", "scarso"})  # "20 milioni circa di euro"
LEADS = OF | POINTS | HEDGES  # may stand between a number and its currency


class CurrencyEntry(LexiconModel):
    """One currency of currencies.toml."""

    words: tuple[str, ...]
    signs: tuple[str, ...] = ()
    minor: tuple[str, ...] = ()
    scaled: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    default: bool = False
    examples: tuple[str, ...] = ()
    non_examples: tuple[str, ...] = ()


class CurrencyLexicon(RootModel[dict[str, CurrencyEntry]]):
    """models/lexicon/currencies.toml: ISO 4217 code -> entry."""


class Currency(NamedTuple):
    """A currency read beside a number, over the atoms `first` to `last`; `unit` is 0.01 for cents."""

    code: str
    first: int
    last: int
    unit: Decimal = ONLY


@dataclass(frozen=True, slots=True, eq=False)
class CurrencyWords:
    """The written forms by their atoms. Several codes share a form ("corone"); the first is the default."""

    after: Mapping[Key, tuple[str, ...]]
    before: Mapping[Key, str]
    minor: Mapping[Key, str]
    scaled: frozenset[Key]
    cues: Mapping[str, tuple[str, ...]]
    openers: Mapping[str, int]  # the first atoms of what follows a number, and how many the longest form has
    starts: frozenset[str]  # openers, and what may stand between the number and them
    behind_points: frozenset[str]  # openers, and what else stands behind the point of "mln. di euro", "1.250,- €"
    pointed: frozenset[str]  # what stands before the point of "€. 1.500"
    closers: Mapping[str, int]  # the last atoms of what stands before it, and how many the longest form has
    codes: frozenset[Key]  # what is a currency only where it is written in capitals
    plain: Mapping[str, str]  # openers that are one currency whatever follows or precedes them


def load_currency_words() -> CurrencyWords:
    """Read models/lexicon/currencies.toml."""
    entries = load_lexicon("currencies", CurrencyLexicon).root
    after: dict[Key, list[str]] = {}
    for code, entry in sorted(entries.items(), key=lambda item: not item[1].default):
        for form in {*entry.words, *entry.signs, *entry.scaled, code.lower()}:
            after.setdefault(_key(form), []).append(code)
    before = {_key(sign): code for code, entry in entries.items() for sign in (*entry.signs, code.lower())}
    before |= {("€", "."): "EUR"}  # "€. 1.500"; behind a number the point ends the sentence
    before |= {("euro",): "EUR", ("dollari",): "USD", ("sterline",): "GBP", ("lire",): "ITL"}  # "Euro 4,2 milioni"
    minor = {_key(form): code for code, entry in entries.items() for form in entry.minor}
    openers: dict[str, int] = {}
    for key in (*after, *minor):
        openers[key[0]] = max(len(key), openers.get(key[0], 0))
    closers: dict[str, int] = {}
    for key in before:
        closers[key[-1]] = max(len(key), closers.get(key[-1], 0))
    codes = {key for key, written in after.items() if _is_code(key, written)}
    codes |= {key for key, code in before.items() if _is_code(key, (code,))}
    scaled = frozenset(_key(form) for entry in entries.values() for form in entry.scaled)
    return CurrencyWords(
        after={key: tuple(codes) for key, codes in after.items()},
        before=before,
        minor=minor,
        scaled=scaled,
        cues={code: entry.cues for code, entry in entries.items()},
        openers=openers,
        starts=LEADS.union(openers),
        behind_points=frozenset(openers).union(["di"], (key[1] for key in NO_CENTS)),
        pointed=frozenset(key[-2] for key in before if key[-1] == "."),
        closers=closers,
        codes=frozenset(codes),
        plain={
            key[0]: written[0]
            for key, written in after.items()
            if openers[key[0]] == len(written) == 1 and key not in {*codes, *minor, *scaled}
        },
    )


def _key(form: str) -> Key:
    """Return the atoms of a written form."""
    return cut_atoms(form).keys


def _is_code(key: Key, codes: Iterable[str]) -> bool:
    """Say whether a form is a currency only in capitals: "TRY", "Sek", "A$"; "try" and "all" are words."""
    lettered = len(key) == 2 and key[1] == "$"  # not the preposition of "a $ 529"
    return lettered or (len(key) == 1 and key[0].upper() in codes and key[0] not in LOWER_CODES)


def currency_after(cut: NumberCut, index: int, words: CurrencyWords, *, scaled: bool) -> Currency | None:
    """Return the currency that follows a number ending before `index`: "euro", "di dollari canadesi", "€"."""
    keys = cut.keys
    at = _currency_start(cut, index) if cut.keys[index] in LEADS else index
    if keys[at] in words.plain:
        return new(Currency, (words.plain[keys[at]], at, at + 1, ONLY))
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
