"""Chances as log odds, which readers add. `edge` keeps a chance off 0 and 1, where odds end. Pure."""

import math
from typing import Any

import numpy as np
import numpy.typing as npt


def log_odds(chance: float, *, edge: float) -> float:
    """Return the log odds of a chance."""
    kept = edge if chance < edge else 1 - edge if chance > 1 - edge else chance
    return math.log(kept / (1 - kept))


def all_log_odds(chances: npt.NDArray[Any], *, edge: float) -> npt.NDArray[Any]:
    """Return the log odds of each chance, in the precision of what is given."""
    kept = np.clip(chances, edge, 1 - edge)
    return np.asarray(np.log(kept / (1 - kept)))
