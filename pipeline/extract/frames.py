"""What a deal of each type looks like: models/lexicon/deals.toml, checked. And the thresholds of the assembly."""

from collections.abc import Mapping

from pydantic import RootModel

from pipeline.lexicon import LexiconModel, load_lexicon
from pipeline.records import DealType, PartyRole


class Frame(LexiconModel):
    """The roles of one type of deal, and those that one deal has one party in."""

    roles: frozenset[PartyRole]
    sole: frozenset[PartyRole]


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
    amount: float
    total: float
    stake: float
    date: float
    denied: float


def load_thresholds() -> Thresholds:
    """Read models/lexicon/assembly.toml."""
    return load_lexicon("assembly", Thresholds)
