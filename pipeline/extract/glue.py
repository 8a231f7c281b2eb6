"""Parts names, and sentences, that a lost stop has glued together. Pure.

"presidente di Ceipiemonte Kamaz «nel 2013 ha assegnato": the tagger sees one organisation, the article knows two, and
what Kamaz did stands in another sentence than what Ceipiemonte's president said.
"""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np

from pipeline.extract.names import fold
from pipeline.extract.page import Page
from pipeline.extract.reading import Candidate, Reading


def part_glued(text: str, reading: Reading) -> Reading:
    """Return the reading with every organisation parted in two whose halves are organisations of their own elsewhere.

    What stands before the name, be it a trigger, an office or a person, keeps its links with the first half only, what
    stands behind it with the second.
    """
    title = text.find("\n\n")  # a headline's word is no name by itself
    bodies = (each for each in reading.candidates if each.kind == "ORG" and each.start > title)
    known = {fold(text[each.start : each.end]) for each in bodies}
    for at in reversed(range(len(reading.candidates))):
        each = reading.candidates[at]
        cut = _cut(text[each.start : each.end], known) if each.kind == "ORG" else None
        if cut:
            reading = _part(reading, at, each.start + cut)
    return reading


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


def _cut(name: str, known: set[str]) -> int | None:
    """Return where the second of two known names begins in `name`; None where it is not made of two."""
    spaces = (at for at, letter in enumerate(name) if letter == " ")
    return next((at + 1 for at in spaces if {fold(name[:at]), fold(name[at + 1 :])} <= known), None)


def _part(reading: Reading, at: int, cut: int) -> Reading:
    whole = reading.candidates[at]
    halves = (replace(whole, end=cut - 1), replace(whole, start=cut))
    order = [*range(at + 1), *range(at, len(reading.candidates))]
    links = reading.links[:, order].copy()
    for row, trigger in enumerate(reading.triggers):
        links[row, at + (trigger.start < whole.start)] = 0
    relations = reading.relations[np.ix_(order, order)].copy()
    candidates = (*reading.candidates[:at], *halves, *reading.candidates[at + 1 :])
    for number, other in enumerate(candidates):
        lost = at + _stands_before(other, whole)
        relations[number, lost] = 0
        relations[lost, number] = 0
    return replace(reading, candidates=candidates, links=links, relations=relations)


def _stands_before(other: Candidate, whole: Candidate) -> bool:
    return other.end <= whole.start
