"""Gives each party of a deal its role: what is likely for the party, and together likely for the type of deal. Pure.

"Alfa ha rilevato Beta": that an acquisition has one target makes Beta the target even where the reader thinks it a
little likelier to be another buyer.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract.cast import Member
from pipeline.extract.chances import log_odds
from pipeline.extract.frames import Frame, Thresholds
from pipeline.extract.labels import LINKS, PARTIES
from pipeline.extract.reading import Floats
from pipeline.records import PartyRole

EDGE = 0.002  # chances are kept off 0 and 1, where odds end
ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Seat:
    """A member (index) in a role, and how likely it is there."""

    member: int
    role: PartyRole
    chance: float


def seat_parties(members: Sequence[Member], links: Floats, frame: Frame, limits: Thresholds) -> tuple[Seat, ...]:
    """Return the parties of a deal in their roles, in the order of the members; `links` are [member, links]."""
    gains = {role: [limits.frame * gain for gain in each] for role, each in frame.gains.items()}
    chances = {role: links[:, LINKS.index(role.value)].tolist() for role in frame.roles}
    named, unnamed = (math.log(bar / (1 - bar)) for bar in (limits.party, limits.unnamed))
    most = max(max(each) for each in gains.values())
    odds = {
        at: {role: log_odds(each[at], edge=EDGE) - bar for role, each in chances.items()}
        for at, member in enumerate(members)
        if member.kind in PARTIES
        for bar in [named if member.named else unnamed]
        # whoever is too unlikely for every role is not looked at
        if log_odds(max(each[at] for each in chances.values()), edge=EDGE) - bar + most > 0
    }
    chosen: dict[int, PartyRole | None] = dict.fromkeys(odds)
    order = sorted(odds, key=lambda each: -max(odds[each].values()))
    for _ in range(ROUNDS):
        before = dict(chosen)
        counts = Counter(chosen.values())
        for at in order:
            counts[chosen[at]] -= 1
            chosen[at] = _best(odds[at], counts, gains)
            counts[chosen[at]] += 1
        if chosen == before:
            break
    return tuple(Seat(at, role, chances[role][at]) for at, role in chosen.items() if role)


def _best(
    odds: Mapping[PartyRole, float], counts: Mapping[PartyRole | None, int], gains: Mapping[PartyRole, Sequence[float]]
) -> PartyRole | None:
    """Return the role that is best for one more party, given how many are in each; None where none is.

    `gains` are what one more party in a role adds to its odds, where there are none, one, more.
    """
    told = {role: value + gains[role][min(counts[role], 2)] for role, value in odds.items()}
    best = max(told, key=told.__getitem__)
    return best if told[best] > 0 else None
