"""How far a deal has come, and whether a party denies it. Pure."""

from collections.abc import Sequence

import numpy as np

from pipeline.extract.labels import STATUSES
from pipeline.extract.reading import Trigger
from pipeline.records import Status

TALKS = frozenset({Status.RUMOUR, Status.NEGOTIATION})


def status_of(triggers: Sequence[Trigger]) -> Status:
    """Return the status that the triggers tell, each with the weight of its score."""
    votes = np.sum([trigger.score * np.array(trigger.statuses) for trigger in triggers], axis=0)
    return Status(STATUSES[int(votes.argmax())])


def is_denied(triggers: Sequence[Trigger]) -> bool:
    """Say whether most triggers tell of a denial."""
    return sum(trigger.denied for trigger in triggers) >= 0.5 * len(triggers)
