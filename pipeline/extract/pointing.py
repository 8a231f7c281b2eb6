"""From the scores of first and last words to the runs of words that they point at. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.extract.decode import softmax

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
MOST = 12  # words of a run
BEGINS = 24  # words that a run may begin with: of 1,535 triggers none has a likelier run elsewhere
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
    words = scores.shape[1]
    none = np.zeros((len(scores), 1), np.float32)
    first = softmax(np.concatenate([none, scores[..., 0]], axis=1))[:, 1:]
    last = softmax(scores[..., 1])
    on = np.array(lines) if len(lines) else np.zeros(words, np.int64)
    begins = np.sort(np.argpartition(-first, min(BEGINS, words) - 1, axis=1)[:, :BEGINS], axis=1)[:, :, None]
    ends = begins + np.arange(MOST)
    inside = np.minimum(ends, words - 1)
    rows = np.arange(len(scores))[:, None, None]
    chances = first[rows, begins] * last[rows, inside] * ((ends < words) & (on[inside] == on[begins]))
    found = _likeliest(chances, begins, ends)
    return [tuple(run for each in found if (run := each[trigger])) for trigger in range(len(scores))]


def _likeliest(chances: Floats, begins: Ints, ends: Ints) -> list[list[Pointed | None]]:
    """Return RUNS times the likeliest run of each trigger, of [trigger, run by its first word, words more].

    None where none is. What touches a run that was found is taken from `chances`.
    """
    found = []
    rows = np.arange(len(chances))
    for _ in range(RUNS):
        begin, more = np.divmod(chances.reshape(len(chances), -1).argmax(axis=1), MOST)
        chance = chances[rows, begin, more].tolist()
        first, last = begins[rows, begin, 0], ends[rows, begin, more]
        runs = zip(first.tolist(), last.tolist(), chance, strict=True)
        found.append([Pointed(*run) if run[2] else None for run in runs])
        chances *= (begins > last[:, None, None]) | (ends < first[:, None, None])
    return found
