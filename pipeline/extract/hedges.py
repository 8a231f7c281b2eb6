"""Reads what hedges a number: "oltre", "non meno di", "supera i", "circa" after it (models/lexicon/qualifiers.toml)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.extract.atoms import Atoms, cut_atoms, longest_phrase
from pipeline.lexicon import LexiconModel, load_lexicon
from pipeline.records import Qualifier

Phrases = Mapping[tuple[str, ...], str]

ARTICLES = frozenset({"il", "lo", "la", "i", "gli", "le", "l'"})
# Fused prepositions in their plain form; "su" alone hedges nothing, "sui 20 milioni" does
PLAIN = {
    **dict.fromkeys(("ad", "al", "allo", "alla", "all'", "ai", "agli", "alle"), "a"),
    **dict.fromkeys(("d'", "del", "dello", "della", "dell'", "dei", "degli", "delle"), "di"),
    **dict.fromkeys(("dal", "dallo", "dalla", "dall'", "dai", "dagli", "dalle"), "da"),
    **dict.fromkeys(("nel", "nello", "nella", "nell'", "nei", "negli", "nelle"), "in"),
    **dict.fromkeys(("sul", "sullo", "sulla", "sull'", "sugli", "sulle"), "sui"),
}
LONGEST = 6


class HedgePhrases(LexiconModel):
    """Phrases by the qualifier they give."""

    over: tuple[str, ...]
    about: tuple[str, ...]
    under: tuple[str, ...]
    exact: tuple[str, ...] = ()


class HedgeExample(LexiconModel):
    """A text whose only amount is hedged so."""

    text: str
    qualifier: Qualifier


class HedgeNonExample(LexiconModel):
    """A text whose only amount is exact."""

    text: str


class HedgeLexicon(LexiconModel):
    """models/lexicon/qualifiers.toml."""

    inside: HedgePhrases
    outside: HedgePhrases
    after: HedgePhrases
    examples: tuple[HedgeExample, ...]
    non_examples: tuple[HedgeNonExample, ...]


@dataclass(frozen=True, slots=True, eq=False)
class HedgeWords:
    """The phrases by their atoms: adverbs and prepositions `inside` the span, verbs `outside`, what comes `after`."""

    inside: Phrases
    outside: Phrases
    after: Phrases
    last_words: frozenset[str]


class Hedge(NamedTuple):
    """The qualifier of a number and the atoms, `first` to `last` exclusive, that its span covers with its hedge."""

    qualifier: Qualifier
    first: int
    last: int


def load_hedge_words() -> HedgeWords:
    """Read models/lexicon/qualifiers.toml."""
    lexicon = load_lexicon("qualifiers", HedgeLexicon)
    inside, outside, after = (_phrases(part) for part in (lexicon.inside, lexicon.outside, lexicon.after))
    return HedgeWords(inside, outside, after, frozenset(phrase[-1] for phrase in [*inside, *outside]))


def _phrases(part: HedgePhrases) -> Phrases:
    """Key the phrases by their atoms in plain form."""
    groups: dict[str, Iterable[str]] = {
        "over": part.over,
        "about": part.about,
        "under": part.under,
        "exact": part.exact,
    }
    return {plain(cut_atoms(text).keys): value for value, texts in groups.items() for text in texts}


def plain(keys: Iterable[str]) -> tuple[str, ...]:
    """Return the keys without articles, fused prepositions in plain form."""
    return tuple(PLAIN.get(key, key) for key in keys if key not in ARTICLES)


def read_hedge(atoms: Atoms, first: int, last: int, words: HedgeWords) -> Hedge:
    """Return the hedge of the number over the atoms `first` to `last`; exact where there is none."""
    after = longest_phrase(atoms, last, words.after) if last < len(atoms) else None
    end = after[0] if after else last
    before = _before(atoms, first, words)
    if before is None:
        return Hedge(Qualifier(after[1]) if after else Qualifier.EXACT, first, end)
    return Hedge(Qualifier(before[1]), before[0], end)


def _before(atoms: Atoms, first: int, words: HedgeWords) -> tuple[int, str] | None:
    """Return where the longest hedge that ends at `first` begins, and its qualifier; verbs begin at `first`."""
    at = first - 1 if atoms.key(first - 1) in ARTICLES else first
    if PLAIN.get(atoms.key(at - 1), atoms.key(at - 1)) not in words.last_words:
        return None
    begins = [index for index in range(max(0, at - LONGEST - 2), at) if atoms.keys[index] not in ARTICLES]
    keys = tuple([PLAIN.get(atoms.keys[index], atoms.keys[index]) for index in begins])
    for skipped, begin in enumerate(begins):
        phrase = keys[skipped:]
        if phrase in words.inside:
            return begin, words.inside[phrase]
        if phrase in words.outside:
            return first, words.outside[phrase]
    return None
