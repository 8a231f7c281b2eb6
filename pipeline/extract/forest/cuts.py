"""A forest asked number by number, not tree by tree: which leaves of all trees a row's numbers leave. Pure.

Every node parts its leaves in two; whoever answers no cannot end in the left ones. So each number of a row strikes out
leaves of many trees at once (they are bits), and of what is left the first leaf of each tree counts. That is how
QuickScorer (Lucchese and others, 2015) reads forests; in numpy it is three to five times as fast as walking the trees,
in C (leaves.c, where it is compiled) for the few rows of an article ten times as fast again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

try:
    from pipeline.extract.forest import leaves
except ImportError:  # not compiled
    leaves = None  # type: ignore[assignment]

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Bits = npt.NDArray[Any]
WIDTHS = (np.uint16, np.uint32, np.uint64)


@dataclass(frozen=True, slots=True)
class Cuts:
    """A forest, by the numbers that it asks of: `features`, one a cut.

    Cut c has the bounds `begins[c]` to `begins[c + 1]` of `bounds`, in order, and the leaves left by them from row
    `begins[c] + c` of `left` on [bounds + cuts, trees]. `whole` are all leaves of each tree, `values` [trees, leaves].
    """

    features: Ints
    begins: Ints
    bounds: Floats
    left: Bits
    whole: Bits
    values: Floats

    def sums(self, rows: Floats) -> Floats:
        """Return the sum of the trees' values for each of `rows` [rows, numbers]."""
        if leaves is None or self.whole.dtype != np.uint16 or not len(rows):
            return self.sums_in_numpy(rows)
        sums = np.empty(len(rows), np.float32)
        given = (self.features, self.begins, self.bounds, self.left, self.whole, self.values)
        leaves.sums(np.ascontiguousarray(rows, np.float32), *given, sums)
        return sums

    def sums_in_numpy(self, rows: Floats) -> Floats:
        """Return the same, also of trees with more than 16 leaves."""
        columns = np.ascontiguousarray(rows.T)
        left = np.repeat(self.whole[None], len(rows), axis=0)
        for cut, (feature, first, end) in enumerate(zip(self.features, self.begins, self.begins[1:], strict=False)):
            # `take` is a fifth faster than brackets; no place is out of range, so that nothing is clipped
            places = self.bounds[first:end].searchsorted(columns[feature]) + first + cut
            left &= self.left.take(places, axis=0, mode="clip")
        first = np.bitwise_count((left & -left) - left.dtype.type(1))  # zeros behind the lowest bit
        return np.asarray(self.values[np.arange(len(self.whole)), first].sum(axis=1), np.float32)


def cut_trees(feature: Ints, bound: Floats, left: Ints, right: Ints, value: Floats) -> Cuts:
    """Return the cuts of trees as rows of nodes [trees, nodes]; a node without children has `left` nought.

    Raises ValueError where a tree has more than 64 leaves.
    """
    inner = left > 0
    most = int(inner.sum(axis=1).max()) + 1
    width = next((each for each in WIDTHS if most <= 8 * each().itemsize), None)
    if width is None:
        raise ValueError(f"a tree of {most} leaves")
    values = np.zeros((len(feature), most), np.float32)
    struck = np.full(feature.shape, ~width(0))  # by a no at the node: the leaves on its left
    for tree, children in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        for node, (first, end) in _spans(*children).items():
            struck[tree, node] = ~width((1 << end) - (1 << first))
            if not inner[tree, node]:
                values[tree, first] = value[tree, node]
    whole = np.full(len(feature), ~width(0))
    return _cuts(feature, bound, left, struck, whole, values)


def _spans(left: Sequence[int], right: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Return for each node of a tree the first of its leaves and the one behind its last, from left to right."""
    spans = {}

    def count(node: int, first: int) -> int:
        end = count(right[node], count(left[node], first)) if left[node] else first + 1
        spans[node] = (first, end)
        return end

    count(0, 0)
    return spans


def _cuts(feature: Ints, bound: Floats, left: Ints, struck: Bits, whole: Bits, values: Floats) -> Cuts:
    inner = left > 0
    features = np.unique(feature[inner])
    begins, all_bounds, all_left = [0], [], []
    for number in features.tolist():
        trees, nodes = np.nonzero(inner & (feature == number))
        bounds, place = np.unique(bound[trees, nodes], return_inverse=True)
        kept = np.repeat(whole[None], len(bounds) + 1, axis=0)
        np.bitwise_and.at(kept, (place + 1, trees), struck[trees, left[trees, nodes]])
        begins.append(begins[-1] + len(bounds))
        all_bounds.append(bounds)
        all_left.append(np.bitwise_and.accumulate(kept))
    return Cuts(
        features.astype(np.int32),
        np.array(begins, np.int32),
        np.concatenate([*all_bounds, np.zeros(0, np.float32)]).astype(np.float32),
        np.concatenate([*all_left, np.zeros((0, len(whole)), whole.dtype)]),
        whole,
        values,
    )
