"""Reads models/lexicon/qualifiers.toml: what hedges a number, by its words. See hedges.py."""

from collections.abc import Iterable

from pipeline.extract.atoms import cut_atoms
from pipeline.extract.hedges import ARTICLES, PLAIN, Ending, HedgeWords, Key
from pipeline.lexicon import LexiconModel, load_lexicon
from pipeline.records import Qualifier


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


def load_hedge_words() -> HedgeWords:
    """Read models/lexicon/qualifiers.toml."""
    lexicon = load_lexicon("qualifiers", HedgeLexicon)
    after = _phrases(lexicon.after)
    longest: dict[str, int] = {}
    for phrase in after:
        longest[phrase[0]] = max(len(phrase), longest.get(phrase[0], 0))
    return HedgeWords(_endings(lexicon), after, longest)


def _endings(lexicon: HedgeLexicon) -> dict[str, Ending]:
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


def _phrases(part: HedgePhrases) -> dict[Key, Qualifier]:
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
