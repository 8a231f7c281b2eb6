"""Two readers become one: the learned heads' reading and the surface reader's opinion. Pure.

Each says how likely something is; their log odds are weighed and added. The weights are data
(models/lexicon/fusion.toml), fitted on dev by models/training/fuse.py. A trigger that only the surface sees is read by
the surface alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.extract.cast import Member, pool
from pipeline.extract.chances import all_log_odds
from pipeline.extract.labels import LINKS, STATUSES, TYPES, VALUE_LINKS
from pipeline.extract.reading import Floats, Reading, Trigger
from pipeline.extract.surface.features import Shown, Spoken, is_open, open_words, speak
from pipeline.extract.surface.linear import Surface
from pipeline.extract.surface.opinion import (
    allowed,
    find_spoken,
    link_chances,
    pair_chances,
    show,
    status_chances,
    type_chances,
    word_chances,
)
from pipeline.extract.surface.view import Edges, View
from pipeline.lexicon import LexiconModel, load_lexicon

# six pairs in ten; of 4,519 on dev that the heads found less likely eight came to .1 with the surface, none to .2
UNLIKELY = 5e-3
EDGE = 1e-3  # chances are kept off 0 and 1, where odds end


class Weights(LexiconModel):
    """What each reader's log odds weigh, and what is added; `alone` where only the surface reader saw the trigger."""

    heads: float
    surface: float
    bias: float
    alone: float
    alone_bias: float


class Fusion(LexiconModel):
    """models/lexicon/fusion.toml. `least`: how surely the surface must see a trigger that the tagger does not."""

    least: float
    triggers: Weights
    types: Weights
    statuses: Weights
    same_deal: Weights
    parties: Weights
    values: Weights


@dataclass(frozen=True, slots=True)
class Scene:
    """What the deals are made of: triggers in reading order, members, and what they are to each other.

    `heads` and `surface` are what either reader says of the links, `spoken` and `shown` triggers and members as words.
    """

    triggers: tuple[Trigger, ...]
    members: tuple[Member, ...]
    same_deal: Floats  # trigger, trigger
    links: Floats  # trigger, member, `labels.LINKS`
    heads: Floats
    surface: Floats
    spoken: tuple[Spoken, ...]
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place where one of the readers sees a trigger: its words, and its row in the heads' reading, or None."""

    edges: Edges
    row: int | None


def load_fusion() -> Fusion:
    """Read models/lexicon/fusion.toml."""
    return load_lexicon("fusion", Fusion)


def sight(view: View, reading: Reading, chances: Floats, *, least: float) -> tuple[Sighting, ...]:
    """Return where either reader sees a trigger, in reading order; where both do, the tagger's words count."""
    heads = [Sighting(view.span(each.start, each.end), at) for at, each in enumerate(reading.triggers)]
    taken = {word for each in heads for word in range(*each.edges)}
    own = [Sighting(edges, None) for edges in find_spoken(chances, least=least) if not taken & set(range(*edges))]
    return tuple(sorted([*heads, *own], key=lambda each: each.edges))


def fuse(
    view: View, reading: Reading, members: Sequence[Member], *, surface: Surface, weights: Fusion, bar: float
) -> Scene:
    """Return what both readers say together, of the triggers only that are so with a chance of at least `bar`."""
    seen, scores = find_likely(view, reading, surface=surface, weights=weights, bar=bar)
    if not seen:
        return scene_of_nothing(members)
    spans = [each.edges for each in seen]
    triggers = _triggers(view, reading, seen, scores, surface=surface, weights=weights)
    kinds = [TYPES[int(np.argmax(each.types[:-1]))] for each in triggers]
    spoken = tuple(speak(view, edges) for edges in spans)
    shown = tuple(show(view, member, reading.candidates) for member in members)
    rows = [-1 if each.row is None else each.row for each in seen]
    pairs = pair_chances(view, spoken, kinds, shown, surface)
    heads = _heads_links(reading, rows, members)
    links = link_chances(view, spoken, kinds, shown, surface, _is_open(heads))
    return Scene(
        triggers=triggers,
        members=tuple(members),
        same_deal=_same_deal(reading, rows, pairs, weights.same_deal),
        links=_links(heads, links, members, weights),
        heads=heads,
        surface=links,
        spoken=spoken,
        shown=shown,
    )


def scene_of_nothing(members: Sequence[Member]) -> Scene:
    """Return the scene of an article without a trigger: one in four."""
    links = np.zeros((0, len(members), len(LINKS)), np.float32)
    return Scene((), tuple(members), np.zeros((0, 0), np.float32), links, links, links, (), ())


def find_likely(
    view: View, reading: Reading, *, surface: Surface, weights: Fusion, bar: float
) -> tuple[tuple[Sighting, ...], Floats]:
    """Return where there is a trigger with a chance of at least `bar`, and the chances."""
    if not reading.triggers and weights.least >= 1:
        return (), np.zeros(0, np.float32)
    chances = word_chances(view, surface, _words_asked(view, reading, weights.least))
    seen = sight(view, reading, chances, least=weights.least)
    told = np.array([chances[slice(*each.edges), 1:].sum(axis=1).max() for each in seen], np.float32)
    heads = [reading.triggers[each.row] if each.row is not None else None for each in seen]
    sure = np.array([each.score * (1 - each.types[-1]) if each else 0.5 for each in heads], np.float32)
    scores = mix(sure, told, np.array([each is None for each in heads], bool), weights.triggers)
    kept = np.flatnonzero(scores >= bar)
    return tuple(seen[at] for at in kept), scores[kept]


def _words_asked(view: View, reading: Reading, least: float) -> list[int]:
    """Return the words whose chances count: where the surface alone tells of no trigger, those of the tagger's only."""
    if least < 1:
        return open_words(view)
    told = {word for each in reading.triggers for word in range(*view.span(each.start, each.end))}
    return [word for word in sorted(told) if is_open(view, word)]


def mix(heads: Floats, surface: Floats, alone: Floats, weights: Weights) -> Floats:
    """Return the probabilities that both make together; where `alone` (the leading axes) only the surface's count."""
    return mix_odds(log_odds(heads), log_odds(surface), alone, weights)


def mix_odds(heads: Floats, surface: Floats, alone: Floats, weights: Weights) -> Floats:
    """Return what `mix` does, of log odds."""
    odds = weights.heads * heads + weights.surface * surface + weights.bias
    if alone.any():
        single = weights.alone * surface + weights.alone_bias
        odds = np.where(alone.reshape(*alone.shape, *[1] * (odds.ndim - alone.ndim)), single, odds)
    return np.asarray(1 / (1 + np.exp(-odds)), np.float32)


def log_odds(chances: Floats) -> Floats:
    """Return the logarithms of the odds."""
    return np.asarray(all_log_odds(chances, edge=EDGE), np.float32)


def mix_choices(heads: Floats, surface: Floats, alone: Floats, weights: Weights) -> Floats:
    """Return the distributions over choices (rows) that both make together."""
    ours = np.where(alone[:, None], 0.0, weights.heads * np.log(np.maximum(heads, EDGE)))
    theirs = np.where(alone[:, None], weights.alone, weights.surface) * np.log(np.maximum(surface, EDGE))
    scores = np.exp(ours + theirs)
    return np.asarray(scores / np.maximum(scores.sum(axis=1, keepdims=True), 1e-9), np.float32)


def _triggers(
    view: View, reading: Reading, seen: Sequence[Sighting], scores: Floats, *, surface: Surface, weights: Fusion
) -> tuple[Trigger, ...]:
    """Return the triggers with what both readers say of each; `scores` are their chances."""
    spans = [each.edges for each in seen]
    heads = [reading.triggers[each.row] if each.row is not None else None for each in seen]
    alone = np.array([each is None for each in heads], bool)
    even, level = [1 / len(TYPES)] * len(TYPES), [1 / len(STATUSES)] * len(STATUSES)
    types, statuses = (
        mix_choices(np.array(own, np.float32).reshape(-1, theirs.shape[1]), theirs, alone, each)
        for own, theirs, each in (
            ([each.types[:-1] if each else even for each in heads], type_chances(view, spans, surface), weights.types),
            (
                [each.statuses if each else level for each in heads],
                status_chances(view, spans, surface),
                weights.statuses,
            ),
        )
    )
    return tuple(
        Trigger(
            start=each.start if each else view.starts[sighting.edges[0]],
            end=each.end if each else view.end(sighting.edges[1] - 1),
            score=float(scores[at]),
            types=(*types[at].tolist(), 0.0),
            statuses=tuple(statuses[at].tolist()),
            denied=each.denied if each else 0.0,
            subjects=each.subjects if each else (),
        )
        for at, (sighting, each) in enumerate(zip(seen, heads, strict=True))
    )


def _same_deal(reading: Reading, rows: Sequence[int], pairs: Floats, weights: Weights) -> Floats:
    count = len(rows)
    heads = np.full((count, count), 0.5, np.float32)
    known = [at for at, row in enumerate(rows) if row >= 0]
    heads[np.ix_(known, known)] = reading.same_deal[np.ix_([rows[at] for at in known], [rows[at] for at in known])]
    alone = np.array([[one < 0 or other < 0 for other in rows] for one in rows], bool).reshape(-1)
    same = mix(heads.reshape(-1), pairs.reshape(-1), alone, weights).reshape(count, count)
    np.fill_diagonal(same, 1.0)
    return same


def _heads_links(reading: Reading, rows: Sequence[int], members: Sequence[Member]) -> Floats:
    """Return the heads' links of members; nought where they do not know the trigger."""
    pooled = pool(reading.links, [member.candidates for member in members])
    heads = np.zeros((len(rows), len(members), len(LINKS)), np.float32)
    for at, row in enumerate(rows):
        if row >= 0:
            heads[at] = pooled[row]
    return heads


def _is_open(heads: Floats) -> npt.NDArray[np.bool_]:
    """Say of which triggers and members the surface is asked: not where the heads are sure that there is no link."""
    likeliest = heads.max(axis=2, initial=0.0)
    return np.asarray((likeliest >= UNLIKELY) | (likeliest == 0), np.bool_)  # nought: the heads were not asked


def _links(heads: Floats, surface: Floats, members: Sequence[Member], weights: Fusion) -> Floats:
    alone = heads.max(axis=2, initial=0.0) == 0  # the heads were not asked: a trigger or a party that they do not know
    values = np.array([link in VALUE_LINKS for link in LINKS], bool)
    ours, theirs = log_odds(heads), log_odds(surface)
    parties, sums = (mix_odds(ours, theirs, alone, each) for each in (weights.parties, weights.values))
    mixed = np.where(values, sums, parties)
    return np.asarray(np.where(allowed([member.kind for member in members]), mixed, 0.0), np.float32)
