"""How sure a deal is: a number that means something. Pure."""

from collections.abc import Sequence

from pipeline.extract.drafts import Draft
from pipeline.extract.reading import Trigger


def confidence_of(draft: Draft, triggers: Sequence[Trigger]) -> float:
    """Return how likely the deal is one."""
    told = max(trigger.score * (1 - trigger.types[-1]) for trigger in triggers)
    seats = max(seat.chance for seat in draft.seats)
    return told * seats
