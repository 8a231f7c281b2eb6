"""Judges whether two triggers tell of one deal, by the parties and values that either gives it. Pure."""

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.extract.forest.look import Look
from pipeline.extract.forest.places import FAR
from pipeline.extract.forest.trees import Forests
from pipeline.extract.fusion import log_odds
from pipeline.extract.labels import LINKS, TYPES, VALUE_LINKS
from pipeline.extract.reading import Floats

PARTY = slice(LINKS.index(VALUE_LINKS[0]))  # the values stand last
VALUE = slice(LINKS.index(VALUE_LINKS[0]), len(LINKS))
SURE = 0.3

Column = npt.NDArray[Any]


def judge_pairs(look: Look, grown: Forests) -> Floats:
    """Return how likely two triggers tell of one deal: [trigger, trigger], 1 on the diagonal."""
    count = len(look.scene.triggers)
    same = np.eye(count, dtype=np.float32)
    if count > 1:
        first, second = upper_triangle(count)
        same[first, second] = same[second, first] = grown["pairs"].chances(pair_rows(look))
    return same


@cache
def upper_triangle(count: int) -> tuple[Column, Column]:
    """Return the first and the second of each pair of `count` things, in reading order."""
    return np.triu_indices(count, 1)


def pair_rows(look: Look) -> Floats:
    """Return a row of numbers for each pair of triggers (the upper triangle), in reading order."""
    scene = look.scene
    first, second = upper_triangle(len(scene.triggers))
    types = np.array([each.types[: len(TYPES)] for each in scene.triggers], np.float32)
    statuses = np.array([each.statuses for each in scene.triggers], np.float32)
    scores = log_odds(np.array([each.score for each in scene.triggers], np.float32))
    told, kinds = log_odds(scene.same_deal), types.argmax(axis=1)
    alike = (types[first] * types[second]).sum(axis=1)
    levels = (statuses[first] * statuses[second]).sum(axis=1)
    columns = [
        told[first, second],
        *_standing(look, first, second),
        alike,
        kinds[first] == kinds[second],
        levels,
        np.minimum(scores[first], scores[second]),
        np.maximum(scores[first], scores[second]),
        *_agreement(scene.links[:, :, PARTY], first, second),
        *_agreement(scene.links[:, :, VALUE], first, second),
        *_chains(told, first, second),
        kinds[first],
        kinds[second],
    ]
    return np.array(columns, np.float32).T


def _standing(look: Look, first: Column, second: Column) -> list[Column]:
    """Return where the triggers of a pair stand: sentences and words apart, in the headline, alike in form."""
    starts, sentences, forms = look.ground.lefts, look.ground.lines, look.ground.forms
    passive, having = forms[:, 0], forms[:, 1]
    stems = np.array([each.last for each in look.scene.spoken])
    return [
        sentences[second] - sentences[first],
        np.minimum(starts[second] - starts[first], FAR),
        second - first,
        sentences[first] == 0,
        sentences[second] == 0,
        *(passive[first], passive[second], having[first], having[second]),
        stems[first] == stems[second],
        np.full(len(first), len(starts)),
    ]


def _agreement(links: Floats, first: Column, second: Column) -> list[Column]:
    """Return how far two triggers give the same members the same links, and how far others."""
    if not links.shape[1]:
        return [np.zeros(len(first), np.float32)] * 4
    joint = np.minimum(links[first], links[second]).max(axis=2)  # pair, member
    whose, best = links.argmax(axis=1), links.max(axis=1)  # trigger, link
    shared = np.minimum(best[first], best[second])
    parted = (whose[first] != whose[second]) & (shared > SURE)
    return [joint.max(axis=1), joint.sum(axis=1), parted.sum(axis=1), (shared * parted).max(axis=1)]


def _chains(told: Floats, first: Column, second: Column) -> list[Column]:
    """Return how likely the two are one over a third: the best weakest step; and how likely either has another."""
    off = told.copy()
    np.fill_diagonal(off, told.min())
    steps = np.minimum(off[first], off[second])
    return [steps.max(axis=1), off[first].max(axis=1), off[second].max(axis=1)]
