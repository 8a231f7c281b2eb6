"""Linear models over hashed features, and the file that they are kept in."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate, chain
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from pipeline.errors import ModelError
from pipeline.extract.surface.hashes import SIZE

try:
    from pipeline.extract.surface import sums as compiled
except ImportError:  # not compiled
    compiled = None  # type: ignore[assignment]

LEAST = 0.14  # rows of weights that are all smaller are not kept
STEP = 0.06  # weights are kept in steps no finer than this
NAMES = ("triggers", "types", "statuses", "pairs", "links", "bodies")

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights [rows + 1, classes], as many of `scale`, of which the last row is nought, and the row of each hash.

    They stay in the eight bits that they are kept in: what fits the processor's cache is found there.
    """

    row: npt.NDArray[np.int32]
    weights: npt.NDArray[Any]
    scale: float = 1.0

    def chances(self, cases: Sequence[Collection[int]], *, beside: Collection[int] | None = None) -> Floats:
        """Return the probability of each class for each case, some hashed features: [cases, classes].

        `beside` are features that all of the cases have.
        """
        if not cases:
            return np.zeros((0, self.weights.shape[1]), np.float32)
        scores = self.sums(cases) if beside is None else self.sums(cases) + self.sums([beside])
        scores *= np.float32(self.scale)
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True), np.float32)

    def sums(self, cases: Sequence[Collection[int]]) -> Floats:
        """Return the sums of the weights of each case, not yet scaled; a case has one feature at least."""
        if compiled is None or self.weights.dtype != np.int8:
            return self.sums_in_numpy(cases)
        added = np.empty((len(cases), self.weights.shape[1]), np.float32)
        compiled.add_up(cases, self.row, self.weights, added)
        return added

    def sums_in_numpy(self, cases: Sequence[Collection[int]]) -> Floats:
        """Return the same, also of weights that are no bytes."""
        begins = list(accumulate(map(len, cases), initial=0))
        hashes = np.fromiter(chain.from_iterable(cases), np.int64, begins.pop())
        # `take` is five times as fast as brackets where rows are short
        weights = self.weights.take(self.row.take(hashes), axis=0).astype(np.float32)
        return np.asarray(np.add.reduceat(weights, begins, axis=0))


Surface = Mapping[str, Linear]


def pack(weights: Floats, *, least: float) -> dict[str, npt.NDArray[Any]]:
    """Return what is kept of weights [SIZE, classes]: rows with one of at least `least`, in eight bits.

    Their numbers are kept as steps from one to the next, weights in steps of at least STEP: zipped, that takes two
    thirds of the room, and the models lose nothing that can be measured.
    """
    ids = np.flatnonzero(np.abs(weights).max(axis=1) >= least)
    scale = np.float32(max(float(np.abs(weights).max()) / 127, STEP))
    return {
        "steps": np.diff(ids, prepend=0).astype(np.uint32),
        "scale": np.asarray(scale),
        "bytes": np.round(weights[ids] / scale).astype(np.int8),
    }


def unpack(steps: npt.NDArray[np.uint32], scale: np.float32, bytes_: npt.NDArray[np.int8]) -> Linear:
    """Return the model that `pack` kept."""
    row = np.full(SIZE, len(steps), np.int32)
    row[np.cumsum(steps)] = np.arange(len(steps), dtype=np.int32)
    return Linear(row, np.concatenate([bytes_, np.zeros((1, bytes_.shape[1]), np.int8)]), float(scale))


def save_surface(path: Path, models: Mapping[str, Floats], *, least: float = LEAST) -> None:
    """Write the models to `path`, an .npz file."""
    packed = {f"{name}.{key}": array for name, each in models.items() for key, array in pack(each, least=least).items()}
    np.savez_compressed(path, **packed)  # type: ignore[arg-type] # numpy's stub takes the arrays for its options


def load_surface(path: Path) -> Surface:
    """Read the models of `path`; raises ModelError that says what is wrong."""
    try:
        with np.load(BytesIO(path.read_bytes()), allow_pickle=False) as kept:
            return {name: unpack(kept[f"{name}.steps"], kept[f"{name}.scale"], kept[f"{name}.bytes"]) for name in NAMES}
    except (OSError, EOFError, BadZipFile, KeyError, ValueError) as error:
        raise ModelError(f"{path}: not the models of the surface reader ({error}); run `make train`") from error
