"""Judges what members are to deals, each beside the others. Pure.

A row of numbers a deal, a member and a link: what either reader says of it over the deal's triggers, of the member in
the other links and of the other members in this one, then where the member stands, and of which type the deal is.
Parties are compared with parties, sums with sums, shares with shares, days with days.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.extract.forest.look import LEAST, Look, most_of_others
from pipeline.extract.forest.places import GROUPS, places_of
from pipeline.extract.forest.trees import Forests
from pipeline.extract.frames import Frames
from pipeline.extract.labels import LINKS, TYPES, VALUE_KINDS
from pipeline.extract.reading import Floats
from pipeline.records import DealType

NEVER = np.float32(-np.inf)  # the odds of what is not asked
NUMBERS = 18  # that the readers say
ONE_HOT = np.eye(len(LINKS), dtype=np.float32)
GROUP_OF_LINK = np.array([GROUPS[VALUE_KINDS.get(link, "ORG")] for link in LINKS])

Ints = npt.NDArray[np.int64]
Column = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Supposed:
    """A deal as it is supposed to be: its triggers (indices), its type, and how likely it is of that."""

    triggers: Sequence[int]
    kind: DealType
    chance: float


@dataclass(frozen=True, slots=True)
class Asked:
    """What one forest is asked: for each row of numbers the deal, the member and the link (indices)."""

    deals: Ints
    members: Ints
    links: Ints
    rows: Floats


def judge_deals(look: Look, deals: Sequence[Supposed], frames: Frames, grown: Forests) -> Floats:
    """Return how likely each member has each part in each deal: [deal, member, link]; nought for what is not asked."""
    judged = np.zeros((len(deals), len(look.scene.members), len(LINKS)), np.float32)
    for forest, asked in ask(look, deals, frames).items():
        if len(asked.rows):
            judged[asked.deals, asked.members, asked.links] = grown[forest].chances(asked.rows)
    return judged


def ask(look: Look, deals: Sequence[Supposed], frames: Frames) -> Mapping[str, Asked]:
    """Return what the forests are asked of all deals of an article: the roles that the types have, and the values."""
    if not deals or not look.scene.members:
        return {}
    roles = np.array([[link in VALUE_KINDS or link in frames[deal.kind].roles for link in LINKS] for deal in deals])
    open_ = roles[:, None] & (look.ground.group[:, None] == GROUP_OF_LINK)
    told = _told(look, deals, open_)
    ours = _ours(look, deals)
    of_parties = GROUPS["ORG"] == GROUP_OF_LINK
    return {
        "parties": _rows(open_ & of_parties, told, ours),
        "values": _rows(open_ & ~of_parties, told, ours),
    }


def _rows(asked: Column, told: Floats, ours: Floats) -> Asked:
    deals, members, links = np.nonzero(asked)
    rows = [
        told[:, deals, members, links].T,
        ours[deals, members],
        asked.sum(axis=2)[deals, members][:, None],  # how many links are asked of the member
        ONE_HOT[links],
    ]
    return Asked(deals, members, links, np.concatenate(rows, axis=1, dtype=np.float32))


def _ours(look: Look, deals: Sequence[Supposed]) -> Floats:
    """Return what holds of each deal and member, whatever the link: [deal, member, numbers]."""
    places = places_of(look.ground, [deal.triggers for deal in deals])
    size = len(look.scene.triggers)
    told = [(TYPES.index(deal.kind.value), deal.chance, len(deal.triggers), size) for deal in deals]
    numbers = np.array(told, np.float32)
    parts = (np.broadcast_to(look.standing, (len(deals), *look.standing.shape)), places)
    return np.concatenate([*parts, np.repeat(numbers[:, None], places.shape[1], axis=1)], axis=2)


def _told(look: Look, deals: Sequence[Supposed], open_: Column) -> Floats:
    """Return what the readers say: [number, deal, member, link]; what counts is where `open_` [deal, member, link].

    The numbers: of both readers together, the heads, the surface the most and the mean over the triggers; the same
    three of the member in its other links, and of the other members in this link; then one by one.
    """
    told = np.empty((NUMBERS, *open_.shape), np.float32)
    for at, deal in enumerate(deals):
        its = look.odds[:, list(deal.triggers)]
        told[0:6:2, at] = its.max(axis=1)
        told[1:6:2, at] = its.sum(axis=1) / len(deal.triggers)  # `mean` takes thrice as long
    both = (told[0] + told[1]) / 2
    views = np.where(open_, np.stack([both, told[2], told[4]]), NEVER)
    told[6:9], told[9:12] = (np.maximum(most_of_others(views, axis), LEAST) for axis in (3, 2))
    for at, each in enumerate(views[0]):
        told[12, at] = (each[:, None] > each).sum(axis=0)  # how many members are likelier
    likely = views[0] > 0
    told[13] = likely.sum(axis=1, keepdims=True) - likely
    told[14] = _crossed(look, views[0])[:, :, None]
    told[15:17] = both - told[6:12:3]
    told[17] = _claimed(look, deals)
    return told


def _crossed(look: Look, both: Floats) -> Floats:
    """Return the best odds in any link of any other member of the group: [deal, member]."""
    best, group = both.max(axis=2), look.ground.group
    apart = np.where(group == np.arange(max(GROUPS.values()) + 1)[:, None], best[:, None], NEVER)
    others = np.maximum(most_of_others(apart, 2), LEAST)  # deal, group, member
    return np.asarray(others[:, group, np.arange(len(group))], np.float32)


def _claimed(look: Look, deals: Sequence[Supposed]) -> Floats:
    """Return how likely each member is the same to another trigger's deal, at most: [deal, member, link]."""
    claimed = np.full((len(deals), *look.odds.shape[2:]), LEAST, np.float32)
    for links, deal in zip(claimed, deals, strict=True):
        if rest := [at for at in range(len(look.scene.triggers)) if at not in deal.triggers]:
            links[:] = look.odds[0, rest].max(axis=0)
    return claimed
