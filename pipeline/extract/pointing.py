"""From the scores of first and last words to the runs of words that they point at. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.extract.decode import softmax

Floats = npt.NDArray[np.float32]
MOST = 12  # words of a run
RUNS = 3  # that a trigger points at, one instead of another


@dataclass(frozen=True, slots=True)
class Pointed:
    """The words `first` to `last`, both included; `chance` is the probability that they are meant, and all of them."""

    first: int
    last: int
    chance: float


def point(scores: Floats, lines: Sequence[int] = ()) -> list[tuple[Pointed, ...]]:
    """Return for each trigger the likeliest run of words, then the likeliest that do not touch those before it.

    `scores` [triggers, words, 2] are logits of first and last word, the first's against 0 for none. `lines` says of
    each word on which line it stands: words of two lines are never one run.
    """
    if not scores.size:
        return [()] * len(scores)
    none = np.zeros((len(scores), 1), np.float32)
    first = softmax(np.concatenate([none, scores[..., 0]], axis=1))[:, 1:]
    last = softmax(scores[..., 1])
    on = np.array(lines) if len(lines) else np.zeros(scores.shape[1], np.int64)
    chances = np.zeros((len(scores), scores.shape[1], min(MOST, scores.shape[1])), np.float32)
    for length in range(chances.shape[2]):
        count = scores.shape[1] - length
        together = on[:count] == on[length:]
        chances[:, :count, length] = first[:, :count] * last[:, length:] * together
    found = _likeliest(chances)
    return [tuple(run for each in found if (run := each[trigger])) for trigger in range(len(scores))]


def _likeliest(chances: Floats) -> list[list[Pointed | None]]:
    """Return RUNS times the likeliest run of each trigger, of [trigger, first word, words more]; None where none is.

    What touches a run that was found is taken from `chances`.
    """
    found = []
    firsts, lengths = np.arange(chances.shape[1])[:, None], np.arange(chances.shape[2])
    for _ in range(RUNS):
        best = chances.reshape(len(chances), -1)
        place = best.argmax(axis=1)
        first, more = np.divmod(place, len(lengths))
        chance = best[np.arange(len(best)), place].tolist()
        runs = zip(first.tolist(), (first + more).tolist(), chance, strict=True)
        found.append([Pointed(*run) if run[2] else None for run in runs])
        behind, before = first[:, None, None], (first + more)[:, None, None]
        chances *= (firsts > before) | (firsts + lengths < behind)
    return found
