"""Articles to tensors: windows of like length together, and where each word's vector lies in them."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from models.training.examples import Example
from pipeline.extract.labels import LAYERS
from pipeline.extract.windows import PAD, SIZE


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles read in one step.

    `first` and `last` point into the windows' vectors, flattened; `rows` are an article's words.
    """

    examples: tuple[Example, ...]
    ids: Tensor  # [windows, pieces]
    first: Tensor  # [words]
    last: Tensor  # [words]
    rows: tuple[slice, ...]
    tags: dict[str, Tensor]  # [words], -1 where the layer is not marked

    @property
    def mask(self) -> Tensor:
        """True for pieces, False for padding."""
        return self.ids != PAD


def length_of(example: Example) -> int:
    """Return the pieces of the longest window."""
    return max(len(window.ids) for window in example.windows)


def group(examples: Sequence[Example], budget: int, chance: random.Random | None = None) -> Iterator[list[Example]]:
    """Group articles of like length to at most `budget` pieces, padding counted; with `chance` in a random order."""
    jitter = {id(example): chance.uniform(0.92, 1.08) if chance else 1.0 for example in examples}
    groups: list[list[Example]] = [[]]
    longest = count = 0
    for example in sorted(examples, key=lambda one: length_of(one) * jitter[id(one)]):
        longest, count = max(longest, length_of(example)), count + len(example.windows)
        if groups[-1] and longest * count > budget:
            groups.append([])
            longest, count = length_of(example), len(example.windows)
        groups[-1].append(example)
    if chance:
        chance.shuffle(groups)
    return (one for one in groups if one)


def make_batch(examples: Sequence[Example]) -> Batch:
    """Pad the windows of `examples` and lay their words out behind one another."""
    windows = [window for example in examples for window in example.windows]
    # few distinct lengths: the library compiles a kernel for each
    length = min(-(-max(len(window.ids) for window in windows) // 32) * 32, SIZE)
    ids = np.full((len(windows), length), PAD, np.int64)
    total = sum(len(example.words) for example in examples)
    first, last = np.zeros(total, np.int64), np.zeros(total, np.int64)
    rows, row, base = [], 0, 0
    for example in examples:
        for window in example.windows:
            ids[row, : len(window.ids)] = window.ids
            first[base + window.words] = row * length + window.first
            last[base + window.words] = row * length + window.last
            row += 1
        rows.append(slice(base, base + len(example.words)))
        base += len(example.words)
    tags = {
        layer: np.concatenate([one.tags.get(layer, np.full(len(one.words), -1, np.int64)) for one in examples])
        for layer in LAYERS
    }
    return Batch(
        examples=tuple(examples),
        ids=torch.from_numpy(ids),
        first=torch.from_numpy(first),
        last=torch.from_numpy(last),
        rows=tuple(rows),
        tags={layer: torch.from_numpy(array) for layer, array in tags.items()},
    )
