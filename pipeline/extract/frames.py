"""What a deal of each type looks like: models/lexicon/deals.toml, checked. And the thresholds of the assembly."""

import math
from collections.abc import Mapping
from functools import cached_property

from pydantic import RootModel

from pipeline.lexicon import LexiconModel, load_lexicon
from pipeline.records import DealType, PartyRole

LEAST = 0.5  # per cent: what the corpus has not may yet be


class Frame(LexiconModel):
    """The roles of one type of deal, each with the percentages of deals that have none, one, more parties in it.

    `shared`: a third and more of such deals are of a share.
    """

    sole: frozenset[PartyRole]
    shared: bool = False
    roles: dict[PartyRole, tuple[float, float, float]]

    @cached_property
    def gains(self) -> Mapping[PartyRole, tuple[float, float, float]]:
        """What one more party in a role adds to the log odds of the deal, where there are none, one, more."""
        shares = {role: [max(share, LEAST) for share in each] for role, each in self.roles.items()}
        return {role: (math.log(one / none), math.log(more / one), 0.0) for role, (none, one, more) in shares.items()}


class _Frames(RootModel[dict[DealType, Frame]]):
    """models/lexicon/deals.toml."""


Frames = Mapping[DealType, Frame]


def load_frames() -> Frames:
    """Read models/lexicon/deals.toml; raises ConfigError where a type is missing or unknown."""
    return load_lexicon("deals", _Frames).root


class Thresholds(LexiconModel):
    """From which probability on something is told: models/lexicon/assembly.toml, chosen on dev."""

    trigger: float  # that a span is a trigger of a deal
    joined: float  # that triggers tell of one deal, on average
    party: float  # that an organisation or a person has a role
    unnamed: float  # that a described party has
    split: float  # that a party divides a deal
    frame: float  # what the frame's counts weigh beside the links, no probability
    amount: float
    total: float
    stake: float  # that a share is what is dealt in, in a type of deal that is mostly of shares
    other_stake: float  # in another
    date: float
    denied: float


def load_thresholds() -> Thresholds:
    """Read models/lexicon/assembly.toml."""
    return load_lexicon("assembly", Thresholds)
