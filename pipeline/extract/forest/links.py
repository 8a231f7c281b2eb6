"""Judges what members are to a deal, each beside the others. Pure.

A row of numbers a member and a link: what either reader says of it over the deal's triggers, of the member in the
other links and of the other members in this one, then where the member stands, and of which type the deal is.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.extract.forest.look import LEAST, Look, most_of_others, place_of
from pipeline.extract.forest.trees import Forests
from pipeline.extract.fusion import log_odds
from pipeline.extract.labels import LINKS, PARTIES, TYPES, VALUE_KINDS
from pipeline.extract.reading import Floats
from pipeline.records import DealType, PartyRole


@dataclass(frozen=True, slots=True)
class Supposed:
    """A deal as it is supposed to be: its triggers (indices), its type, and how likely it is of that."""

    triggers: Sequence[int]
    kind: DealType
    chance: float


@dataclass(frozen=True, slots=True)
class Question:
    """Which of `links` each of `members` has (both indices): what the forest `forest` is asked at once."""

    forest: str
    members: Sequence[int]
    links: Sequence[int]


def questions_of(look: Look, roles: Collection[PartyRole]) -> tuple[Question, ...]:
    """Return what is asked of a deal that may have parties in `roles`: the parties, then sums, shares and days."""
    wanted = {role.value for role in roles}
    kinds = {"parties": PARTIES} | {kind: (kind,) for kind in ("MONEY", "PERCENT", "DATE")}
    questions = []
    for name, allowed in kinds.items():
        members = [at for at, member in enumerate(look.scene.members) if member.kind in allowed]
        takes = [at for at, link in enumerate(LINKS) if link in wanted or VALUE_KINDS.get(link) == name]
        links = [at for at in takes if (LINKS[at] in VALUE_KINDS) == (name != "parties")]
        if members and links:
            questions.append(Question("parties" if name == "parties" else "values", members, links))
    return tuple(questions)


def judge_links(look: Look, deal: Supposed, *, roles: Collection[PartyRole], grown: Forests) -> Floats:
    """Return how likely each member has each part in the deal: [member, links]; nought for what is not asked."""
    judged = np.zeros((len(look.scene.members), len(LINKS)), np.float32)
    for question in questions_of(look, roles):
        rows = rows_of(look, deal, question)
        chances = grown[question.forest].chances(rows.reshape(-1, rows.shape[2]))
        judged[np.ix_(question.members, question.links)] = chances.reshape(rows.shape[:2])
    return judged


def rows_of(look: Look, deal: Supposed, question: Question) -> Floats:
    """Return the rows [members, links, numbers]."""
    members, links = list(question.members), list(question.links)
    places = [place_of(look, deal.triggers, at, [other for other in members if other != at]) for at in members]
    size = (len(deal.triggers), len(look.scene.triggers), len(links))
    told_of = np.array([TYPES.index(deal.kind.value), deal.chance, *size], np.float32)
    ours = np.concatenate(
        [look.standing[members], np.array(places, np.float32), np.tile(told_of, (len(members), 1))], axis=1
    )
    which = np.eye(len(LINKS), dtype=np.float32)[links]
    return np.concatenate(
        [
            _told(look, deal.triggers, members, links),
            np.repeat(ours[:, None], len(links), axis=1),
            np.repeat(which[None], len(members), axis=0),
        ],
        axis=2,
    )


def _told(look: Look, triggers: Sequence[int], members: Sequence[int], links: Sequence[int]) -> Floats:
    """Return what the readers say: [members, links, numbers]."""
    at = np.ix_(list(triggers), list(members), list(links))
    fused, heads, surface = (log_odds(each[at]) for each in (look.scene.links, look.scene.heads, look.scene.surface))
    strongest, usual = fused.max(axis=0), fused.mean(axis=0)
    both = (strongest + usual) / 2
    views = (both, heads.max(axis=0), surface.max(axis=0))
    elsewhere = [most_of_others(each, 1) for each in views]
    others = [most_of_others(each, 0) for each in views]
    own = [strongest, usual, heads.max(axis=0), heads.mean(axis=0), surface.max(axis=0), surface.mean(axis=0)]
    place = (both[None] > both[:, None]).sum(axis=1)  # how many members are likelier
    likely = (both > 0).sum(axis=0, keepdims=True) - (both > 0)
    crossed = most_of_others(np.array(both.max(axis=1))[:, None], 0)
    compared = [place, likely, np.repeat(crossed, len(links), axis=1), both - elsewhere[0], both - others[0]]
    claimed = _claimed(look, triggers, members, links)
    return np.stack([*own, *elsewhere, *others, *compared, claimed], axis=2).astype(np.float32)


def _claimed(look: Look, triggers: Sequence[int], members: Sequence[int], links: Sequence[int]) -> Floats:
    """Return how likely each member is the same to another trigger's deal, at most: [members, links]."""
    rest = [at for at in range(len(look.scene.triggers)) if at not in triggers]
    if not rest:
        return np.full((len(members), len(links)), LEAST, np.float32)
    return np.asarray(log_odds(look.scene.links[np.ix_(rest, list(members), list(links))].max(axis=0)), np.float32)
