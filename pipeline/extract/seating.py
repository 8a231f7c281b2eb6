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
from pipeline.extract.labels import LINKS
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
    odds = {
        at: {role: _odds(links, at, role, bar) for role in frame.roles}
        for at, member in enumerate(members)
        if member.kind in {"ORG", "PER", "PARTY"}
        for bar in [limits.party if member.named else limits.unnamed]
    }
    chosen: dict[int, PartyRole | None] = dict.fromkeys(odds)
    for _ in range(ROUNDS):
        before = dict(chosen)
        for at in sorted(odds, key=lambda each: -max(odds[each].values())):
            counts = Counter(role for other, role in chosen.items() if role and other != at)
            chosen[at] = _best(odds[at], counts, frame, limits.frame)
        if chosen == before:
            break
    return tuple(Seat(at, role, float(links[at, LINKS.index(role.value)])) for at, role in chosen.items() if role)


def _odds(links: Floats, at: int, role: PartyRole, bar: float) -> float:
    """Return the log odds of the link, nought at the bar."""
    return log_odds(float(links[at, LINKS.index(role.value)]), edge=EDGE) - math.log(bar / (1 - bar))


def _best(odds: Mapping[PartyRole, float], counts: Counter[PartyRole], frame: Frame, weight: float) -> PartyRole | None:
    """Return the role that is best for one more party, given how many are in each; None where none is."""
    gains = {role: value + weight * frame.gain(role, counts[role]) for role, value in odds.items()}
    best = max(gains, key=lambda role: gains[role])
    return best if gains[best] > 0 else None
