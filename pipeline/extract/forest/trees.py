"""Forests of decision trees as arrays, and the file that they are kept in."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from pipeline.errors import ModelError
from pipeline.extract.forest.cuts import Cuts, cut_trees

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
ARRAYS = ("feature", "bound", "left", "right", "value")


@dataclass(frozen=True)  # no slots: the cuts are made at the first question, and kept
class Forest:
    """Trees as rows of nodes [trees, nodes]. A node without children has `left` nought; its `value` counts.

    What is at most `bound` goes left. `base` is added to the sum of the trees; `width` is how many numbers a row has.
    """

    feature: Ints
    bound: Floats
    left: Ints
    right: Ints
    value: Floats
    base: float
    width: int

    def odds(self, rows: Floats) -> Floats:
        """Return the log odds for each of `rows` [rows, width]; raises ModelError where they have another width."""
        if rows.shape[1:] != (self.width,):
            raise ModelError(f"the forest was grown on {self.width} numbers a row, not on {rows.shape[1:]}")
        return np.asarray(self.cuts.sums(rows) + self.base, np.float32)

    def chances(self, rows: Floats) -> Floats:
        """Return the probability for each of `rows`."""
        return np.asarray(1 / (1 + np.exp(-self.odds(rows))), np.float32)

    @cached_property
    def cuts(self) -> Cuts:
        """The same trees, number by number; raises ModelError where they cannot be cut."""
        try:
            return cut_trees(self.feature, self.bound, self.left, self.right, self.value)
        except ValueError as error:
            raise ModelError(f"the forest cannot be read: {error}") from error


Forests = Mapping[str, Forest]


def save_forests(path: Path, forests: Forests) -> None:
    """Write forests by their names to `path`, an .npz file."""
    kept: dict[str, npt.NDArray[Any]] = {
        f"{name}.{key}": getattr(each, key) for name, each in forests.items() for key in ARRAYS
    }
    kept |= {f"{name}.base": np.array([each.base, each.width], np.float64) for name, each in forests.items()}
    np.savez_compressed(path, **kept)  # type: ignore[arg-type] # numpy's stub takes the arrays for its options


def load_forests(path: Path) -> Forests:
    """Read the forests of `path`; raises ModelError that says what is wrong."""
    try:
        with np.load(BytesIO(path.read_bytes()), allow_pickle=False) as kept:
            names = sorted({name.split(".")[0] for name in kept.files})
            return {name: _forest({key: kept[f"{name}.{key}"] for key in (*ARRAYS, "base")}) for name in names}
    except (OSError, EOFError, BadZipFile, KeyError, ValueError) as error:
        raise ModelError(f"{path}: not the forests of the second look ({error}); run `make train`") from error


def _forest(arrays: Mapping[str, npt.NDArray[np.float64]]) -> Forest:
    base, width = arrays["base"].tolist()
    return Forest(
        feature=arrays["feature"].astype(np.int32),
        bound=arrays["bound"].astype(np.float32),
        left=arrays["left"].astype(np.int32),
        right=arrays["right"].astype(np.int32),
        value=arrays["value"].astype(np.float32),
        base=base,
        width=int(width),
    )
