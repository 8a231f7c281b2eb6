"""Judges whether two triggers tell of one deal, by the parties and values that either gives it. Pure."""

from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.extract.forest.look import Look
from pipeline.extract.forest.places import FAR
from pipeline.extract.forest.trees import Forests
from pipeline.extract.fusion import log_odds
from pipeline.extract.labels import LINKS, TYPES, VALUE_LINKS
from pipeline.extract.reading import Floats

PARTY = [at for at, link in enumerate(LINKS) if link not in VALUE_LINKS]
VALUE = [at for at, link in enumerate(LINKS) if link in VALUE_LINKS]
SURE = 0.3

Column = npt.NDArray[Any]


def judge_pairs(look: Look, grown: Forests) -> Floats:
    """Return how likely two triggers tell of one deal: [trigger, trigger], 1 on the diagonal."""
    count = len(look.scene.triggers)
    same = np.eye(count, dtype=np.float32)
    if count > 1:
        first, second = np.triu_indices(count, 1)
        same[first, second] = same[second, first] = grown["pairs"].chances(pair_rows(look))
    return same


def pair_rows(look: Look) -> Floats:
    """Return a row of numbers for each pair of triggers (the upper triangle), in reading order."""
    scene = look.scene
    first, second = np.triu_indices(len(scene.triggers), 1)
    types = np.array([each.types[: len(TYPES)] for each in scene.triggers], np.float32)
    statuses = np.array([each.statuses for each in scene.triggers], np.float32)
    scores = log_odds(np.array([each.score for each in scene.triggers], np.float32))
    told = log_odds(scene.same_deal)
    alike = (types[first] * types[second]).sum(axis=1)
    levels = (statuses[first] * statuses[second]).sum(axis=1)
    columns = [
        told[first, second],
        *_standing(look, first, second),
        alike,
        types[first].argmax(axis=1) == types[second].argmax(axis=1),
        levels,
        np.minimum(scores[first], scores[second]),
        np.maximum(scores[first], scores[second]),
        *_agreement(scene.links[:, :, PARTY], first, second),
        *_agreement(scene.links[:, :, VALUE], first, second),
        *_chains(told, first, second),
    ]
    rows = np.stack(columns, axis=1).astype(np.float32)
    kinds = np.stack([types[first].argmax(axis=1), types[second].argmax(axis=1)], axis=1)
    return np.concatenate([rows, kinds.astype(np.float32)], axis=1)


def _standing(look: Look, first: Column, second: Column) -> list[Column]:
    """Return where the triggers of a pair stand: sentences and words apart, in the headline, alike in form."""
    spoken = look.scene.spoken
    starts = np.array([each.edges[0] for each in spoken])
    sentences = np.array([each.sentence for each in spoken])
    passive, having = (np.array([each.form == form for each in spoken]) for form in ("passive", "having"))
    stems = np.array([each.last for each in spoken])
    return [
        sentences[second] - sentences[first],
        np.minimum(starts[second] - starts[first], FAR),
        second - first,
        sentences[first] == 0,
        sentences[second] == 0,
        *(passive[first], passive[second], having[first], having[second]),
        stems[first] == stems[second],
        np.full(len(first), len(spoken)),
    ]


def _agreement(links: Floats, first: Column, second: Column) -> list[Column]:
    """Return how far two triggers give the same members the same links, and how far others."""
    count = len(first)
    if not links.shape[1]:
        return [np.zeros(count, np.float32)] * 4
    ours, theirs = links[first], links[second]  # pair, member, link
    both = np.minimum(ours, theirs)
    best, other = ours.max(axis=1), theirs.max(axis=1)
    parted = (ours.argmax(axis=1) != theirs.argmax(axis=1)) & (best > SURE) & (other > SURE)
    joint = both.max(axis=2)
    apart = np.minimum(best, other) * parted
    return [both.max(axis=(1, 2)), joint.sum(axis=1), parted.sum(axis=1), apart.max(axis=1)]


def _chains(told: Floats, first: Column, second: Column) -> list[Column]:
    """Return how likely the two are one over a third: the best weakest step; and how likely either has another."""
    off = told.copy()
    np.fill_diagonal(off, told.min())
    steps = np.minimum(off[first], off[second])
    return [steps.max(axis=1), off[first].max(axis=1), off[second].max(axis=1)]
