"""From clusters of triggers to drafts of deals: type, parties in their roles, values. Pure.

Two parties in a role that one deal has one party in are two deals ("ha rilevato Alfa e Beta"); as many sums or other
parties as there are deals are dealt out in order ("rispettivamente").
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from pipeline.extract.clusters import Cluster
from pipeline.extract.forest.links import Supposed
from pipeline.extract.frames import Frame, Frames, Thresholds
from pipeline.extract.fusion import Scene
from pipeline.extract.labels import LINKS, PARTIES, TYPES, VALUE_LINKS
from pipeline.extract.reading import Floats
from pipeline.extract.seating import Seat, seat_parties
from pipeline.records import DealType, PartyRole

LIKELY = 0.5
VALUE_COLUMNS = [LINKS.index(name) for name in VALUE_LINKS]


@dataclass(frozen=True, slots=True)
class Pick:
    """A value (index of its member), and how likely it is the deal's."""

    member: int
    chance: float


@dataclass(frozen=True, slots=True)
class Draft:
    """A deal before it is told: triggers (indices), type, parties, values by `labels.VALUE_LINKS`."""

    triggers: tuple[int, ...]
    type: DealType
    type_chance: float
    seats: tuple[Seat, ...]
    values: dict[str, Pick]


@dataclass(frozen=True, slots=True)
class Drafted:
    """The drafts of an article's deals, and the scene that their indices count in."""

    scene: Scene
    drafts: tuple[Draft, ...]


class SecondLook(Protocol):
    """Judges the links of deals anew."""

    def __call__(self, deals: Sequence[Supposed]) -> Iterable[Floats]:
        """Return for each deal how likely each member has each part in it: [member, links]."""
        ...


def draft_deals(
    scene: Scene,
    clusters: Sequence[Cluster],
    *,
    frames: Frames,
    limits: Thresholds,
    judge: SecondLook | None = None,
) -> tuple[Draft, ...]:
    """Return the drafts of all deals that `clusters` tell of; a deal nobody and no sum takes part in is none."""
    supposed = [Supposed(cluster.triggers, *type_of(scene, cluster)) for cluster in clusters]
    judged = judge(supposed) if judge else [_links_of(cluster, clusters, scene) for cluster in clusters]
    drafts: list[Draft] = []
    for deal, links in zip(supposed, judged, strict=True):
        draft = _draft(scene, deal, links, frames=frames, limits=limits)
        drafts += _split(draft, links, scene, frames=frames, limits=limits)
    return merge_same([draft for draft in drafts if draft.seats])


def merge_same(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Join drafts of one type that have the same parties, two at least, in the same roles, and no value that differs.

    They are one deal whose triggers were not found to be: headline and body tell it, each with all its parties.
    """
    merged: list[Draft] = []
    for draft in drafts:
        at = next((at for at, other in enumerate(merged) if _is_same(draft, other)), None)
        if at is None:
            merged.append(draft)
        else:
            other = merged[at]
            merged[at] = replace(
                other,
                triggers=tuple(sorted({*other.triggers, *draft.triggers})),
                type_chance=max(other.type_chance, draft.type_chance),
                values=draft.values | other.values,
            )
    return tuple(merged)


def _is_same(draft: Draft, other: Draft) -> bool:
    seats, others = ({(seat.role, seat.member) for seat in each.seats} for each in (draft, other))
    shared = draft.values.keys() & other.values.keys()
    return (
        draft.type == other.type
        and len(seats) > 1
        and seats == others
        and all(draft.values[name].member == other.values[name].member for name in shared)
    )


def _links_of(cluster: Cluster, clusters: Sequence[Cluster], scene: Scene) -> Floats:
    """Return how likely each member is what to the deal: [member, links], the surest of its triggers.

    A shared trigger that names several in a role ("compra Alfa e Beta") keeps from a deal those that others claim.
    """
    own = _surest(scene, cluster.own)
    if not cluster.shared:
        return own
    shared = _surest(scene, cluster.shared)
    several = (shared >= LIKELY).sum(axis=0, keepdims=True) > 1
    for other in clusters:
        if other != cluster and set(other.shared) & set(cluster.shared):
            shared = np.where(several, shared * (1 - _surest(scene, other.own)), shared)
    return np.asarray(np.maximum(own, shared), np.float32)


def _surest(scene: Scene, triggers: Sequence[int]) -> Floats:
    return np.asarray(scene.links[list(triggers)].max(axis=0), np.float32)


def type_of(scene: Scene, cluster: Cluster) -> tuple[DealType, float]:
    """Return the likeliest type of a deal, and how likely it is."""
    types = np.array([scene.triggers[at].types[: len(TYPES)] for at in cluster.own]).sum(axis=0) / len(cluster.own)
    best = int(types.argmax())
    return DealType(TYPES[best]), float(types[best])


def _draft(scene: Scene, deal: Supposed, links: Floats, *, frames: Frames, limits: Thresholds) -> Draft:
    return Draft(
        triggers=tuple(deal.triggers),
        type=deal.kind,
        type_chance=deal.chance,
        seats=_likely(scene, links, frames[deal.kind].roles, limits),
        values=pick_values(links, frames[deal.kind], limits),
    )


def _likely(scene: Scene, links: Floats, roles: Collection[PartyRole], limits: Thresholds) -> tuple[Seat, ...]:
    """Return each party in its likeliest role, in the order of the members."""
    allowed = [number for number, link in enumerate(LINKS) if link in roles]
    chances = links[:, allowed]
    best = chances.argmax(axis=1)
    return tuple(
        Seat(at, PartyRole(LINKS[allowed[best[at]]]), float(chances[at, best[at]]))
        for at, member in enumerate(scene.members)
        if member.kind in PARTIES and chances[at, best[at]] >= (limits.party if member.named else limits.unnamed)
    )


def pick_values(links: Floats, frame: Frame, limits: Thresholds) -> dict[str, Pick]:
    """Return the likeliest member of each value, where it is likely enough; `links` are [member, links]."""
    picks = {}
    bars = {name: getattr(limits, name) for name in VALUE_LINKS} | (
        {} if frame.shared else {"stake": limits.other_stake}
    )
    if len(links):
        likely = links[:, VALUE_COLUMNS]
        for name, member, chance in zip(
            VALUE_LINKS, likely.argmax(axis=0).tolist(), likely.max(axis=0).tolist(), strict=True
        ):
            if chance >= bars[name]:
                picks[name] = Pick(member, chance)
    if "amount" in picks and "total" in picks and picks["amount"].member == picks["total"].member:
        del picks["total" if picks["amount"].chance >= picks["total"].chance else "amount"]
    return picks


def _split(draft: Draft, links: Floats, scene: Scene, *, frames: Frames, limits: Thresholds) -> list[Draft]:
    """Return one draft a party of the role that divides the deal; the draft alone where none does."""
    sums = np.flatnonzero(links[:, LINKS.index("amount")] >= limits.amount).tolist()
    role = _dividing_role(draft, len(sums), frames[draft.type].sole, limits)
    if role is None:
        seats = seat_parties(scene.members, links, frames[draft.type], limits)
        return [replace(draft, seats=seats)]
    heads = _in_order([seat for seat in draft.seats if seat.role == role and seat.chance >= limits.split], scene)
    parts = []
    for number, head in enumerate(heads):
        seats = (head, *_dealt_out(draft, role, number, len(heads), scene))
        values = dict(draft.values)
        if len(sums) == len(heads):
            member = sorted(sums, key=lambda at: scene.members[at].candidates[0])[number]
            values["amount"] = Pick(member, float(links[member, LINKS.index("amount")]))
        elif "amount" in values and len(heads) > 1:
            values.setdefault("total", values["amount"])
            del values["amount"]
        parts.append(replace(draft, seats=tuple(sorted(seats, key=lambda seat: seat.member)), values=values))
    return parts


def _dividing_role(draft: Draft, sums: int, sole: frozenset[PartyRole], limits: Thresholds) -> PartyRole | None:
    """Return the role whose parties are in a deal each: a sole one, or one with as many sums as parties."""
    counts = Counter(seat.role for seat in draft.seats if seat.chance >= limits.split)
    if max(counts.values(), default=0) < 2:
        return None
    several = [role for role in PartyRole if counts[role] > 1]
    dividing = [role for role in several if role in sole]
    dividing += [role for role in several if counts[role] == sums and role != PartyRole.ADVISOR]
    return dividing[0] if dividing else None


def _dealt_out(draft: Draft, role: PartyRole, number: int, count: int, scene: Scene) -> list[Seat]:
    """Return the other parties of the deal `number` of `count`: of a role with `count` parties its own, else all."""
    seats = []
    for other in PartyRole:
        there = _in_order([seat for seat in draft.seats if seat.role == other], scene)
        if other != role and there:
            seats += [there[number]] if len(there) == count and other != PartyRole.ADVISOR else there
    return seats


def _in_order(seats: list[Seat], scene: Scene) -> list[Seat]:
    """Return parties as the text names them first."""
    return sorted(seats, key=lambda seat: scene.members[seat.member].candidates[0])
