"""Reads models/lexicon/currencies.toml: the written forms of currencies by their atoms. See currencies.py."""

from collections.abc import Iterable

from pydantic import RootModel

from pipeline.extract.atoms import cut_atoms
from pipeline.extract.currencies import LEADS, NO_CENTS, CurrencyWords, Key
from pipeline.lexicon import LexiconModel, load_lexicon

# Codes that papers also write in lower case; the others are words of other meaning ("all", "try", "sar")
LOWER_CODES = frozenset({"eur", "usd", "gbp", "chf", "btc"})


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
