"""What the surface reader says of an article: where triggers are, and what of given ones the heads say too. Pure."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipeline.extract.cast import Member
from pipeline.extract.labels import KINDS, LINKS, MAY_LINK, PARTIES
from pipeline.extract.reading import Candidate, Floats
from pipeline.extract.surface.features import (
    Named,
    Shown,
    Spoken,
    link_features,
    pair_features,
    status_features,
    status_words,
    token_features,
    type_features,
    type_words,
)
from pipeline.extract.surface.linear import Surface
from pipeline.extract.surface.view import Edges, View

BEGIN, INSIDE = 1, 2  # classes of a word; 0 is none
GOES_ON = 0.35  # a trigger goes on while a word is inside it at least so surely
CLASSES = ("none", *LINKS)  # of a link
ALLOWED = np.array(MAY_LINK, bool)  # kinds, links
NUMBER_OF_KIND = {kind: number for number, kind in enumerate(KINDS)}


def word_chances(view: View, surface: Surface, words: list[int]) -> Floats:
    """Return for each word how likely it is none, the first or an inner word of a trigger; only `words` are asked."""
    chances = np.zeros((len(view.words), 3), np.float32)
    chances[:, 0] = 1.0
    chances[words] = surface["triggers"].chances(token_features(view, words))
    return chances


def find_spoken(chances: Floats, *, least: float) -> tuple[Edges, ...]:
    """Return the words of the triggers that begin with at least `least`, in reading order."""
    begin, inside = chances[:, BEGIN], chances[:, INSIDE]
    goes_on = inside >= np.maximum(begin, GOES_ON)
    found: list[Edges] = []
    for at in np.flatnonzero(begin >= np.maximum(inside, least)).tolist():
        if found and at < found[-1][1]:
            continue
        end = at + 1
        while end < len(chances) and goes_on[end]:
            end += 1
        found.append((at, end))
    return tuple(found)


def type_chances(view: View, spans: Sequence[Edges], surface: Surface) -> Floats:
    """Return how likely each trigger (words) tells of each type: [triggers, types]."""
    return surface["types"].chances([type_features(view, edges) for edges in spans], beside=type_words(view))


def status_chances(view: View, spans: Sequence[Edges], surface: Surface) -> Floats:
    """Return how likely each trigger tells of each status: [triggers, statuses]."""
    return surface["statuses"].chances([status_features(view, edges) for edges in spans], beside=status_words(view))


def show(view: View, member: Member, candidates: Sequence[Candidate]) -> Shown:
    """Return what is looked at of a member."""
    spans = [candidates[at] for at in member.candidates]
    mentions = tuple(view.span(span.start, span.end) for span in spans)
    return Shown(member.kind, mentions, any(span.start < view.title for span in spans))


def named_by_sentence(view: View, shown: Sequence[Shown]) -> list[set[int]]:
    """Return the parties (indices) that each sentence names."""
    named: list[set[int]] = [set() for _ in range(max(view.sentences, default=0) + 1)]
    for at, member in enumerate(shown):
        for start, _ in member.mentions if member.kind in PARTIES else ():
            named[view.sentences[start]].add(at)
    return named


def all_named(shown: Sequence[Shown]) -> Named:
    """Return where all is named, but for shares and days."""
    by_kind: defaultdict[str, list[int]] = defaultdict(list)
    for member in shown:
        if member.kind in {"ORG", "PER", "PARTY", "MONEY"}:
            by_kind[member.kind] += [start for start, _ in member.mentions]
    ordered = {kind: sorted(starts) for kind, starts in by_kind.items()}
    return Named(sorted(start for starts in ordered.values() for start in starts), ordered)


def pair_chances(
    view: View, spoken: Sequence[Spoken], kinds: Sequence[str], shown: Sequence[Shown], surface: Surface
) -> Floats:
    """Return how likely two triggers tell of one deal: [triggers, triggers]; `kinds` are their likeliest types."""
    named = named_by_sentence(view, shown)
    pairs = [(one, other) for other in range(len(spoken)) for one in range(other)]
    cases = [pair_features(view, spoken[one], spoken[other], (kinds[one], kinds[other]), named) for one, other in pairs]
    chances = surface["pairs"].chances(cases)
    same = np.eye(len(spoken), dtype=np.float32)
    for (one, other), chance in zip(pairs, chances, strict=True):
        same[one, other] = same[other, one] = chance[1]
    return same


def link_chances(
    view: View,
    spoken: Sequence[Spoken],
    kinds: Sequence[str],
    shown: Sequence[Shown],
    surface: Surface,
    asked: npt.NDArray[np.bool_] | None = None,
) -> Floats:
    """Return how likely each member has each part in each trigger's deal: [triggers, members, links].

    Where `asked` [triggers, members] is given, the others get nought.
    """
    others = all_named(shown)
    pairs = np.ones((len(spoken), len(shown)), bool) if asked is None else asked
    cases = [
        link_features(view, spoken[one], kinds[one], shown[other], others) for one, other in np.argwhere(pairs).tolist()
    ]
    chances = np.zeros((*pairs.shape, len(CLASSES)), np.float32)
    chances[pairs] = surface["links"].chances(cases)
    return np.asarray(chances[:, :, 1:] * allowed([member.kind for member in shown]), np.float32)


def allowed(kinds: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Say which parts in a deal what is named so may have: [kinds, links]."""
    return ALLOWED[[NUMBER_OF_KIND[kind] for kind in kinds]] if kinds else np.zeros((0, len(LINKS)), bool)
