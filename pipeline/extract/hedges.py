"""Reads what hedges a number: "oltre", "non meno di", "supera i", "circa" after it (models/lexicon/qualifiers.toml)."""

from dataclasses import dataclass
from typing import Final

from pipeline.extract.number_cut import NumberCut
from pipeline.records import Qualifier

Key = tuple[str, ...]

ARTICLES: Final = frozenset({"il", "lo", "la", "i", "gli", "le", "l'"})
# Fused prepositions in their plain form; "su" alone hedges nothing, "sui 20 milioni" does
PLAIN: Final = {
    **dict.fromkeys(("ad", "al", "allo", "alla", "all'", "ai", "agli", "alle"), "a"),
    **dict.fromkeys(("d'", "del", "dello", "della", "dell'", "dei", "degli", "delle"), "di"),
    **dict.fromkeys(("dal", "dallo", "dalla", "dall'", "dai", "dagli", "dalle"), "da"),
    **dict.fromkeys(("nel", "nello", "nella", "nell'", "nei", "negli", "nelle"), "in"),
    "piu": "più",  # as one types it
    **dict.fromkeys(("sul", "sullo", "sulla", "sull'", "sugli", "sulle"), "sui"),
}
EXACT: Final = Qualifier.EXACT
REACH: Final = 7  # atoms from the last word of a hedge to its first, articles between


class Ending:
    """What hedges may end with the words that lead here: one more word back, and the hedge where it is whole."""

    __slots__ = ("before", "inside", "qualifier")

    def __init__(self) -> None:
        self.before: dict[str, Ending] = {}
        self.qualifier: Qualifier | None = None
        self.inside = True


@dataclass(frozen=True, slots=True, eq=False)
class HedgeWords:
    """The phrases before a number by their last words, plain or fused; those after it by their atoms."""

    before: dict[str, Ending]
    after: dict[Key, Qualifier]
    after_longest: dict[str, int]  # by their first word


class Hedge:
    """The qualifier of a number and the atoms, `first` to `last` exclusive, that its span covers with its hedge."""

    __slots__ = ("first", "last", "qualifier")

    def __init__(self, qualifier: Qualifier, first: int, last: int) -> None:
        self.qualifier: Final = qualifier
        self.first: Final = first
        self.last: Final = last


def read_hedge(cut: NumberCut, first: int, last: int, words: HedgeWords) -> Hedge:
    """Return the hedge of the number over the atoms `first` to `last`; exact where there is none."""
    keys = cut.keys
    after = _after(cut, last, words) if keys[last] in words.after_longest else None
    at = first - 2 if keys[first - 1] in ARTICLES else first - 1
    before = _before(cut, first, at, words) if keys[at] in words.before else None
    if before is None:
        return Hedge(after[1], first, after[0]) if after else Hedge(EXACT, first, last)
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
