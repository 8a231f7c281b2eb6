"""From the scores of first and last words to the one run of words that they point at. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.extract.decode import softmax

Floats = npt.NDArray[np.float32]
MOST = 12  # words


@dataclass(frozen=True, slots=True)
class Pointed:
    """The words `first` to `last`, both included; `chance` is the probability that they are meant, and all of them."""

    first: int
    last: int
    chance: float


def point(scores: Floats, lines: Sequence[int] = ()) -> list[Pointed | None]:
    """Return for each trigger the likeliest words; None where there are no words.

    `scores` [triggers, words, 2] are logits of first and last word, the first's against 0 for none. `lines` says of
    each word on which line it stands: words of two lines are never one run.
    """
    if not scores.size:
        return [None] * len(scores)
    none = np.zeros((len(scores), 1), np.float32)
    first = softmax(np.concatenate([none, scores[..., 0]], axis=1))[:, 1:]
    last = softmax(scores[..., 1])
    on = np.array(lines) if len(lines) else np.zeros(scores.shape[1], np.int64)
    chances = np.zeros((len(scores), scores.shape[1], min(MOST, scores.shape[1])), np.float32)
    for length in range(chances.shape[2]):
        count = scores.shape[1] - length
        together = on[:count] == on[length:]
        chances[:, :count, length] = first[:, :count] * last[:, length:] * together
    best = chances.reshape(len(scores), -1).argmax(axis=1)
    start, length = np.unravel_index(best, chances.shape[1:])
    return [
        Pointed(int(at), int(at + more), float(chances[row, at, more]))
        for row, (at, more) in enumerate(zip(start, length, strict=True))
    ]
