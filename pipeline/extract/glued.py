"""Two bodies that the tagger took for one, because a paper lost the stop or the comma between them. Pure."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from pipeline.extract.decode import Tagged

ORGANISATION = "ORG"


def split_glued(found: Sequence[Tagged], words: Sequence[str]) -> list[Tagged]:
    """Part an organisation into two where the article names both halves by themselves and the whole only here.

    "presidente di Ceipiemonte Kamaz «nel 2013 ha assegnato" (the Torino report) is "Ceipiemonte", "Kamaz".
    "Fiat Chrysler" stays one in an article that says it twice, or never says "Chrysler" alone. A headline's word is no
    name by itself: "Cavi, rame e una nave" does not part "Tirrena Cavi", though it is called "Tirrena" too.
    """
    bodies = [tagged for tagged in found if tagged.label == ORGANISATION]
    title = next((at for at, word in enumerate(words) if "\n" in word), 0)
    names = Counter(_name(tagged, words) for tagged in bodies)
    halves = {_name(tagged, words) for tagged in bodies if tagged.start >= title}
    return [part for tagged in found for part in _parts(tagged, words, names, halves)]


def _parts(
    tagged: Tagged, words: Sequence[str], names: Counter[tuple[str, ...]], halves: Collection[tuple[str, ...]]
) -> tuple[Tagged, ...]:
    name = _name(tagged, words)
    if tagged.label != ORGANISATION or names[name] > 1:
        return (tagged,)
    for length in range(1, len(name)):
        if name[:length] in halves and name[length:] in halves:
            middle = tagged.start + length
            return replace(tagged, end=middle), replace(tagged, start=middle)
    return (tagged,)


def _name(tagged: Tagged, words: Sequence[str]) -> tuple[str, ...]:
    return tuple(words[tagged.start : tagged.end])
