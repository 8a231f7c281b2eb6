"""What a pair of spans looks like from outside: distances and places, as one-hot rows. Pure.

The linker's heads learn a vector for each. Spans are word indices, end exclusive.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

STEPS = np.array([1, 2, 4, 7, 12, 20, 35, 60, 110, 200])
DISTANCES = 2 * len(STEPS) + 1  # overlap, and ten steps to each side
SENTENCES = 11  # -5 or more .. 5 or more
PLACES = 8  # same line, trigger in the first line, candidate in the first line: one bit each
PAIR_NUMBERS = DISTANCES + SENTENCES + PLACES
ENDINGS = frozenset({".", "!", "?", ";", "•", "…"})


@dataclass(frozen=True, slots=True)
class Layout:
    """Sentence and line number of every word."""

    sentences: Ints
    lines: Ints


def layout_of(words: Sequence[str]) -> Layout:
    """Return the number of each word's sentence and line; a word of white space with a line break ends both.

    These are not spaCy's sentences, so that the numbers are the same whatever pipeline is the base.
    """
    breaks = np.array([("\n" in word) for word in words], bool)
    ends = breaks | np.array([word in ENDINGS for word in words], bool)
    sentences, lines = np.zeros(len(words), np.int64), np.zeros(len(words), np.int64)
    sentences[1:], lines[1:] = np.cumsum(ends[:-1]), np.cumsum(breaks[:-1])
    return Layout(sentences, lines)


def pair_features(layout: Layout, left: Ints, right: Ints) -> Floats:
    """Return what each pair of spans (rows of `left` [n, 2] and `right` [m, 2]) looks like: [n, m, PAIR_NUMBERS].

    Of each row three numbers are 1: signed distance in words, signed distance in sentences, place.
    """
    features = np.zeros((len(left), len(right), PAIR_NUMBERS), np.float32)
    if not features.size:
        return features
    after = right[None, :, 0] - left[:, None, 1] + 1  # >= 1: right begins behind left
    before = left[:, None, 0] - right[None, :, 1] + 1
    step = np.searchsorted(STEPS, np.maximum(after, before), side="right")
    distance = len(STEPS) + np.where(after > 0, step, np.where(before > 0, -step, 0))
    sentences = layout.sentences[right[None, :, 0]] - layout.sentences[left[:, None, 0]]
    line_left, line_right = layout.lines[left[:, 0]][:, None], layout.lines[right[:, 0]][None, :]
    place = (line_left == line_right) + 2 * (line_left == 0) + 4 * (line_right == 0)
    numbers = (distance, np.clip(sentences, -5, 5) + 5 + DISTANCES, place + DISTANCES + SENTENCES)
    for number in numbers:
        np.put_along_axis(features, number.astype(np.int64)[..., None], 1.0, axis=2)
    return features
