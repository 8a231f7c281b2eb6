"""Judges what members are to a deal, each beside the others. Pure.

A row of numbers a member and a link: what either reader says of it over the deal's triggers, of the member in the
other links and of the other members in this one, then where the member stands, and of which type the deal is.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.extract.forest.look import LEAST, Look, most_of_others
from pipeline.extract.forest.places import places_of
from pipeline.extract.forest.trees import Forests
from pipeline.extract.frames import Frames
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


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one supposed deal, of every member and link of the article.

    `views` are the odds that are compared: both readers', the heads', the surface reader's.
    """

    own: Floats  # number, member, link
    views: Floats  # view, member, link
    claimed: Floats  # member, link
    ours: Floats  # member, numbers


def facts_of(look: Look, deal: Supposed) -> Facts:
    """Return what is known of a deal whoever is asked about."""
    told = look.odds[:, list(deal.triggers)]
    most, usual = told.max(axis=1), told.mean(axis=1)
    rest = [at for at in range(len(look.scene.triggers)) if at not in deal.triggers]
    claimed = look.odds[0, rest].max(axis=0) if rest else np.full(most.shape[1:], LEAST, np.float32)
    size = (len(deal.triggers), len(look.scene.triggers))
    return Facts(
        own=np.stack([most[0], usual[0], most[1], usual[1], most[2], usual[2]]),
        views=np.stack([(most[0] + usual[0]) / 2, most[1], most[2]]),
        claimed=claimed,
        ours=np.concatenate(
            [
                look.standing,
                places_of(look.ground, deal.triggers),
                np.tile(
                    np.array([TYPES.index(deal.kind.value), deal.chance, *size], np.float32), (len(look.standing), 1)
                ),
            ],
            axis=1,
        ),
    )


def judge_deals(look: Look, deals: Sequence[Supposed], frames: Frames, grown: Forests) -> tuple[Floats, ...]:
    """Return how likely each member has each part in each deal: [member, links]; nought for what is not asked.

    All questions of an article go to a forest at once: that costs little more than one.
    """
    judged = tuple(np.zeros((len(look.scene.members), len(LINKS)), np.float32) for _ in deals)
    asked: defaultdict[str, list[tuple[Floats, Question, Floats]]] = defaultdict(list)
    for deal, links in zip(deals, judged, strict=True):
        facts = facts_of(look, deal)
        for question in questions_of(look, frames[deal.kind].roles):
            asked[question.forest].append((links, question, rows_for(facts, question)))
    for forest, each in asked.items():
        chances = grown[forest].chances(np.concatenate([rows.reshape(-1, rows.shape[2]) for _, _, rows in each]))
        ends = np.cumsum([rows.shape[0] * rows.shape[1] for _, _, rows in each])
        for (links, question, rows), its in zip(each, np.split(chances, ends[:-1]), strict=True):
            links[np.ix_(question.members, question.links)] = its.reshape(rows.shape[:2])
    return judged


def rows_of(look: Look, deal: Supposed, question: Question) -> Floats:
    """Return the rows [members, links, numbers] of one question."""
    return rows_for(facts_of(look, deal), question)


def rows_for(facts: Facts, question: Question) -> Floats:
    """Return the rows [members, links, numbers] of a question: what the readers say, the member, the deal, the link."""
    members, links = np.array(question.members), np.array(question.links)
    at = np.ix_(members, links)
    views = facts.views[:, members[:, None], links]
    both = views[0]
    elsewhere, others = most_of_others(views, 2), most_of_others(views, 1)
    likely = both > 0
    columns = [
        *facts.own[:, members[:, None], links],
        *elsewhere,
        *others,
        (both[None] > both[:, None]).sum(axis=1),  # how many members are likelier
        likely.sum(axis=0) - likely,
        np.repeat(most_of_others(both.max(axis=1, keepdims=True), 0), len(links), axis=1),
        both - elsewhere[0],
        both - others[0],
        facts.claimed[at],
    ]
    told = np.stack(columns, axis=2)
    ours = facts.ours[members]
    rows = np.empty((*both.shape, told.shape[2] + ours.shape[1] + 1 + len(LINKS)), np.float32)
    rows[:, :, : told.shape[2]] = told
    rows[:, :, told.shape[2] : -1 - len(LINKS)] = ours[:, None]
    rows[:, :, -1 - len(LINKS)] = len(links)
    rows[:, :, -len(LINKS) :] = np.eye(len(LINKS), dtype=np.float32)[links]
    return rows
