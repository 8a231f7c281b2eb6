"""Reads currencies beside a number: words, signs and ISO codes of models/lexicon/currencies.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pydantic import RootModel

from pipeline.extract.atoms import Atoms, cut_atoms
from pipeline.lexicon import LexiconModel, load_lexicon

Key = tuple[str, ...]
HUNDREDTH = Decimal("0.01")
# Codes that papers also write in lower case; the others are words of other meaning ("all", "try", "sar")
LOWER_CODES = frozenset({"eur", "usd", "gbp", "chf"})
LONGEST = 4
NO_CENTS = frozenset({(",", "-"), (".", "-"), (",", "–"), (".", "–")})  # "1.250,- €"


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
    unit: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, eq=False)
class CurrencyWords:
    """The written forms by their atoms. Several codes share a form ("corone"); the first is the default."""

    after: Mapping[Key, tuple[str, ...]]
    before: Mapping[Key, str]
    minor: Mapping[Key, str]
    scaled: frozenset[Key]
    cues: Mapping[str, tuple[str, ...]]
    openers: frozenset[str]
    starts: frozenset[str]  # openers, and what may stand between the number and them
    closers: frozenset[str]


def load_currency_words() -> CurrencyWords:
    """Read models/lexicon/currencies.toml."""
    entries = load_lexicon("currencies", CurrencyLexicon).root
    after: dict[Key, list[str]] = {}
    for code, entry in sorted(entries.items(), key=lambda item: not item[1].default):
        for form in {*entry.words, *entry.signs, *entry.scaled, code.lower()}:
            after.setdefault(_key(form), []).append(code)
    before = {_key(sign): code for code, entry in entries.items() for sign in (*entry.signs, code.lower())}
    before |= {("€", "."): "EUR"}  # "€. 1.500"; behind a number the point ends the sentence
    before |= {("euro",): "EUR", ("dollari",): "USD", ("sterline",): "GBP"}  # "Euro 4,2 milioni", "dollari 500"
    minor = {_key(form): code for code, entry in entries.items() for form in entry.minor}
    openers = frozenset(key[0] for key in (*after, *minor))
    scaled = frozenset(_key(form) for entry in entries.values() for form in entry.scaled)
    return CurrencyWords(
        after={key: tuple(codes) for key, codes in after.items()},
        before=before,
        minor=minor,
        scaled=scaled,
        cues={code: entry.cues for code, entry in entries.items()},
        openers=openers,
        starts=openers | {"di", "d'", ".", ","},
        closers=frozenset(key[-1] for key in before),
    )


def _key(form: str) -> Key:
    """Return the atoms of a written form."""
    return cut_atoms(form).keys


def currency_after(atoms: Atoms, index: int, words: CurrencyWords, *, scaled: bool) -> Currency | None:
    """Return the currency that follows a number ending before `index`: "euro", "di dollari canadesi", "€"."""
    at = index + 1 if atoms.key(index) in {"di", "d'"} else index
    if atoms.keys[index : index + 2] in NO_CENTS:
        at = index + 2
    elif at == index and atoms.key(index) == "." and atoms.glued(index):  # "mln. di euro", "mln. euro"
        at = index + 2 if atoms.key(index + 1) == "di" else index + 1
    if atoms.key(at) not in words.openers:
        return None
    for length in range(min(LONGEST, len(atoms) - at), 0, -1):
        key = atoms.keys[at : at + length]
        if key in words.minor and not scaled and at == index:
            return Currency(words.minor[key], at, at + length, HUNDREDTH)
        codes = words.after.get(key)
        if codes and _is_written_so(atoms, at, key, codes) and (scaled or key not in words.scaled):
            return Currency(_decide(atoms, codes, words), at, at + length)
    return None


def currency_before(atoms: Atoms, index: int, words: CurrencyWords) -> Currency | None:
    """Return the sign, code or "Euro" right before the number that begins at `index`."""
    if atoms.key(index - 1) not in words.closers:
        return None
    for length in range(min(3, index), 0, -1):
        key = atoms.keys[index - length : index]
        code = words.before.get(key)
        if code and _is_written_so(atoms, index - length, key, (code,)):
            return Currency(code, index - length, index)
    return None


def _is_written_so(atoms: Atoms, at: int, key: Key, codes: tuple[str, ...]) -> bool:
    """Say whether a code is written as one: "TRY", "Sek"; "try" and "all" are words."""
    is_code = len(key) == 1 and key[0].upper() in codes and key[0] not in LOWER_CODES
    lettered = len(key) == 2 and key[1] == "$"  # "A$", not the preposition of "a $ 529"
    return not (is_code or lettered) or (atoms.raw(at)[:1].isupper() and (is_code or atoms.glued(at + 1)))


def _decide(atoms: Atoms, codes: tuple[str, ...], words: CurrencyWords) -> str:
    """Choose between currencies of one name by the cues in the text: "corone" beside "Stoccolma" are Swedish."""
    if len(codes) == 1:
        return codes[0]
    cued = _cued(atoms.text, words)
    return next((code for code in codes if code in cued), codes[0])


@lru_cache(maxsize=4)
def _cued(text: str, words: CurrencyWords) -> frozenset[str]:
    """Return the codes for which a cue stands in the text; asked once for each ambiguous word, hence the cache."""
    lowered = text.lower()
    return frozenset(code for code, cues in words.cues.items() if any(cue in lowered for cue in cues))
