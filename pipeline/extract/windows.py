"""From words to the encoder's windows and back: pure, shared by training and reading.

The encoder reads word pieces, at most `SIZE` at once; a line break is a separator piece, so that it can tell a headline
from the body. Long texts are read in overlapping windows; each word takes its vector from the window in which it lies
furthest from an edge, so that a text has no seam.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SIZE = 512
STRIDE = 352
START, PAD, SEPARATOR = 0, 1, 2  # the tokenizer's <s>, <pad>, </s>

Ints = npt.NDArray[np.int64]
Encode = Callable[[list[str]], Sequence[tuple[Sequence[int], Sequence[tuple[int, int]]]]]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of one text, and for each word its first and last piece (indices into `ids`)."""

    ids: Ints
    first: Ints
    last: Ints


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the encoder, and where its vectors go: word `words[k]` lies at `first[k]`..`last[k]` of `ids`."""

    ids: Ints
    words: Ints
    first: Ints
    last: Ints


def split_lines(text: str) -> list[tuple[int, str]]:
    """Return the lines of `text` that are not blank, each with its offset."""
    lines, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((at, line))
        at += len(line) + 1
    return lines


def pieces_of(text: str, words: Sequence[tuple[int, int]], encode: Encode) -> Pieces:
    """Cut `text` to pieces. `words` are character offsets; `encode` gives pieces and their offsets in each line.

    A word of white space gets the piece behind it (the last piece at the end), an empty text the separator.
    """
    lines = split_lines(text)
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    for (at, line), (line_ids, offsets) in zip(lines, encode([line for _, line in lines]), strict=True):
        ids.extend(line_ids)
        starts.extend(at + start for start, _ in offsets)
        ends.extend(at + end for _, end in offsets)
        ids.append(SEPARATOR)
        starts.append(at + len(line))
        ends.append(at + len(line))
    if not ids:
        ids, starts, ends = [SEPARATOR], [0], [0]
    edges = np.array(words, np.int64).reshape(-1, 2)
    # first piece that ends after the word's start, last piece that starts before its end
    first = np.searchsorted(np.maximum.accumulate(ends), edges[:, 0], side="right")
    last = np.searchsorted(np.array(starts), edges[:, 1], side="left") - 1
    first = np.minimum(first, len(ids) - 1)
    return Pieces(np.array(ids, np.int64), first, np.maximum(np.minimum(last, len(ids) - 1), first))


def windows_of(pieces: Pieces, *, size: int = SIZE, stride: int = STRIDE) -> list[Window]:
    """Cut `pieces` to windows of at most `size` pieces, the start piece among them."""
    room, count = size - 1, len(pieces.ids)
    starts = [0] if count <= room else [*range(0, count - room, stride), count - room]
    middles = np.array([start + min(room, count) / 2 for start in starts])
    home = np.abs(pieces.first[:, None] - middles[None, :]).argmin(axis=1)
    windows = []
    for number, start in enumerate(starts):
        words = np.flatnonzero(home == number)
        ids = np.concatenate([[START], pieces.ids[start : start + room]])
        first = pieces.first[words] - start + 1
        windows.append(Window(ids, words, first, np.minimum(pieces.last[words] - start + 1, len(ids) - 1)))
    return windows
