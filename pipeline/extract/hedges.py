"""Reads what hedges a number: "oltre", "non meno di", "supera i", "circa" after it (models/lexicon/qualifiers.toml)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.extract.atoms import cut_atoms
from pipeline.extract.number_cut import NumberCut
from pipeline.lexicon import LexiconModel, load_lexicon
from pipeline.records import Qualifier, new

Key = tuple[str, ...]

ARTICLES = frozenset({"il", "lo", "la", "i", "gli", "le", "l'"})
# Fused prepositions in their plain form; "su" alone hedges nothing, "sui 20 milioni" does
PLAIN = {
    **dict.fromkeys(("ad", "al", "allo", "alla", "all'", "ai", "agli", "alle"), "a"),
    **dict.fromkeys(("d'", "del", "dello", "della", "dell'", "dei", "degli", "delle"), "di"),
    **dict.fromkeys(("dal", "dallo", "dalla", "dall'", "dai", "dagli", "dalle"), "da"),
    **dict.fromkeys(("nel", "nello", "nella", "nell'", "nei", "negli", "nelle"), "in"),
    "piu": "più",  # as one types it
    **dict.fromkeys(("sul", "sullo", "sulla", "sull'", "sugli", "sulle"), "sui"),
}
REACH = 7  # atoms from the last word of a hedge to its first, articles between


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


@dataclass(slots=True, eq=False)
class Ending:
    """What hedges may end with the words that lead here: one more word back, and the hedge where it is whole."""

    before: dict[str, "Ending"] = field(default_factory=dict)
    qualifier: Qualifier | None = None
    inside: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class HedgeWords:
    """The phrases before a number by their last words, plain or fused; those after it by their atoms."""

    before: Mapping[str, Ending]
    after: Mapping[Key, Qualifier]
    after_longest: Mapping[str, int]  # by their first word


class Hedge(NamedTuple):
    """The qualifier of a number and the atoms, `first` to `last` exclusive, that its span covers with its hedge."""

    qualifier: Qualifier
    first: int
    last: int


def load_hedge_words() -> HedgeWords:
    """Read models/lexicon/qualifiers.toml."""
    lexicon = load_lexicon("qualifiers", HedgeLexicon)
    after = _phrases(lexicon.after)
    longest: dict[str, int] = {}
    for phrase in after:
        longest[phrase[0]] = max(len(phrase), longest.get(phrase[0], 0))
    return HedgeWords(_endings(lexicon), after, longest)


def _endings(lexicon: HedgeLexicon) -> Mapping[str, Ending]:
    """Return the phrases before a number, read from their last word on; one that is both is inside."""
    root = Ending()
    for inside, phrases in ((False, _phrases(lexicon.outside)), (True, _phrases(lexicon.inside))):
        for phrase, qualifier in phrases.items():
            ending = root
            for word in reversed(phrase):
                ending = ending.before.setdefault(word, Ending())
            ending.qualifier, ending.inside = qualifier, inside
    fused = {written: root.before[word] for written, word in PLAIN.items() if word in root.before}
    return root.before | fused


def _phrases(part: HedgePhrases) -> Mapping[Key, Qualifier]:
    """Key the phrases by their atoms in plain form."""
    groups = {
        Qualifier.OVER: part.over,
        Qualifier.ABOUT: part.about,
        Qualifier.UNDER: part.under,
        Qualifier.EXACT: part.exact,
    }
    return {plain(cut_atoms(text).keys): value for value, texts in groups.items() for text in texts}


def plain(keys: Iterable[str]) -> tuple[str, ...]:
    """Return the keys without articles, fused prepositions in plain form."""
    return tuple(PLAIN.get(key, key) for key in keys if key not in ARTICLES)


def read_hedge(cut: NumberCut, first: int, last: int, words: HedgeWords) -> Hedge:
    """Return the hedge of the number over the atoms `first` to `last`; exact where there is none."""
    keys = cut.keys
    after = _after(cut, last, words) if keys[last] in words.after_longest else None
    at = first - 2 if keys[first - 1] in ARTICLES else first - 1
    before = _before(cut, first, at, words) if keys[at] in words.before else None
    if before is None:
        return new(Hedge, (after[1], first, after[0]) if after else (Qualifier.EXACT, first, last))
    return Hedge(before[1], before[0], after[0] if after else last)


def _after(cut: NumberCut, last: int, words: HedgeWords) -> tuple[int, Qualifier] | None:
    """Return where the longest hedge that begins at `last` ends, and its qualifier."""
    for length in range(words.after_longest[cut.keys[last]], 0, -1):
        qualifier = words.after.get(cut.keys[last : last + length])
        if qualifier:
            return last + length, qualifier
    return None


def _before(cut: NumberCut, first: int, at: int, words: HedgeWords) -> tuple[int, Qualifier] | None:
    """Return where the longest hedge whose last word is at `at` begins, and its qualifier; verbs begin at `first`."""
    keys = cut.keys
    ending: Ending | None = words.before[keys[at]]
    found = None
    farthest = max(0, at - REACH)
    while ending:
        if ending.qualifier:
            found = (at if ending.inside else first, ending.qualifier)
        at -= 1
        while at >= farthest and keys[at] in ARTICLES:
            at -= 1
        ending = ending.before.get(PLAIN.get(keys[at], keys[at])) if at >= farthest else None
    return found
