"""Two bodies that the tagger took for one, because a paper lost the stop or the comma between them. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.decode import Tagged

ORGANISATION = "ORG"


def split_glued(found: Sequence[Tagged], words: Sequence[str]) -> list[Tagged]:
    """Part an organisation into two where the article names both halves by themselves and the whole only here.

    "presidente di Ceipiemonte Kamaz «nel 2013 ha assegnato" (the Torino report) is "Ceipiemonte", "Kamaz".
    "Fiat Chrysler" stays one in an article that says it twice, or never says "Chrysler" alone.
    """
    names = Counter(_name(tagged, words) for tagged in found if tagged.label == ORGANISATION)
    return [part for tagged in found for part in _parts(tagged, words, names)]


def _parts(tagged: Tagged, words: Sequence[str], names: Counter[tuple[str, ...]]) -> tuple[Tagged, ...]:
    name = _name(tagged, words)
    if tagged.label != ORGANISATION or names[name] > 1:
        return (tagged,)
    for length in range(1, len(name)):
        if names[name[:length]] and names[name[length:]]:
            middle = tagged.start + length
            return replace(tagged, end=middle), replace(tagged, start=middle)
    return (tagged,)


def _name(tagged: Tagged, words: Sequence[str]) -> tuple[str, ...]:
    return tuple(words[tagged.start : tagged.end])
