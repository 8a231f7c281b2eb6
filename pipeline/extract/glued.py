"""Two bodies that touch, because a paper lost the stop between them: their names, and their sentences, parted. Pure.

"presidente di Ceipiemonte Kamaz «nel 2013 ha assegnato" (the Torino report) are two names, and what Kamaz did stands in
another sentence than what Ceipiemonte's president said.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.extract.decode import Tagged
from pipeline.extract.names import fold
from pipeline.extract.page import Page
from pipeline.extract.reading import Reading

ORGANISATION = "ORG"


def split_glued(found: Sequence[Tagged], words: Sequence[str]) -> list[Tagged]:
    """Part an organisation into two where the article names both halves by themselves and the whole only here.

    "Ceipiemonte Kamaz" is "Ceipiemonte", "Kamaz". "Fiat Chrysler" stays one in an article that says it twice, or never
    says "Chrysler" alone. A headline's word is no name by itself: "Cavi, rame e una nave" does not part "Tirrena Cavi",
    though it is called "Tirrena" too.
    """
    bodies = [tagged for tagged in found if tagged.label == ORGANISATION]
    title = next((at for at, word in enumerate(words) if "\n" in word), 0)
    names = Counter(_name(tagged, words) for tagged in bodies)
    halves = {_name(tagged, words) for tagged in bodies if tagged.start >= title}
    return [part for tagged in found for part in _parts(tagged, words, names, halves)]


def part_sentences(page: Page, reading: Reading) -> Page:
    """Return the page with a sentence ending between two organisations that touch, each named elsewhere by itself."""
    bodies = [each for each in reading.candidates if each.kind == "ORG"]
    times = Counter(fold(page.text[each.start : each.end]) for each in bodies)
    cuts = [
        behind.start
        for one, behind in pairwise(bodies)
        if page.text[one.end : behind.start] == " "
        and all(times[fold(page.text[each.start : each.end])] > 1 for each in (one, behind))
    ]
    if not cuts:
        return page
    starts = sorted({start for start, _ in page.sentences} | set(cuts))
    return replace(page, sentences=tuple(zip(starts, [*starts[1:], page.sentences[-1][1]], strict=True)))


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
