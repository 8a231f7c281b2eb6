"""The encoder's layers: how their weights lie in layers.bin, and what runs the two halves of one.

The halves are small graphs, attention.onnx and feed.onnx, that every layer's weights are put into. Where the processor
has AMX and attention.c is compiled, it runs the first half: onnxruntime counts attention in float32, which would be
half of the encoder's time.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.errors import ModelError
from pipeline.extract.weights import open_session

try:
    from pipeline.extract import attention
except ImportError:  # not compiled
    attention = None  # type: ignore[assignment]

Floats = npt.NDArray[np.float32]
Array = npt.NDArray[Any]
Half = Callable[[Floats], Floats]  # [1, pieces, width] in and out

WIDTH = 384
INNER = 4 * WIDTH


def _linear(name: str, rows: int, columns: int) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(name, "i1", (rows, columns)), (f"{name}_scale", "<f4", (columns,)), (f"{name}_bias", "<f4", (columns,))]


def _norm(name: str) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(f"{name}_scale", "<f4", (WIDTH,)), (f"{name}_bias", "<f4", (WIDTH,))]


ATTENTION = np.dtype([*_linear("qkv", WIDTH, 3 * WIDTH), *_linear("out", WIDTH, WIDTH), *_norm("attention_norm")])
FEED = np.dtype(
    [
        *_linear("up", WIDTH, INNER),
        *_linear("down", INNER, WIDTH),
        ("factor", "<f4", (WIDTH,)),  # of the input of `up`, and its largest unit, float32: models/training/smooth.py
        *[("large_up", "<f4", (WIDTH, 1)), ("large_bias", "<f4", (1,)), ("large_down", "<f4", (1, WIDTH))],
        *_norm("output_norm"),
    ]
)
LAYER = np.dtype([("attention", ATTENTION), ("feed", FEED)])


def read_layers(path: Path) -> Array:
    """Return the layers of `path`, records of LAYER; raises ModelError where the file is none of that."""
    try:
        return np.frombuffer(path.read_bytes(), LAYER)
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: not the layers of the encoder ({error}); run `make train`") from error


def open_halves(folder: Path, *, compiled: bool | None = None) -> tuple[Half, ...]:
    """Return the halves of all layers, in the order in which they run; raises ModelError as reading them does.

    `compiled` says whether attention.c runs the first ones; unless given, it does where it can.
    """
    compiled = may_attend() if compiled is None else compiled
    halves: list[Half] = []
    for layer in read_layers(folder / "layers.bin"):
        first = layer["attention"]
        halves.append(Compiled(first) if compiled else Session(folder / "attention.onnx", first))
        halves.append(Session(folder / "feed.onnx", layer["feed"]))
    return tuple(halves)


def may_attend() -> bool:
    """Say whether attention.c is compiled, and for a processor such as this."""
    return attention is not None and attention.available()


class Session:
    """The half of a layer that `path` is the graph of, with `weights`, one record; onnxruntime runs it."""

    def __init__(self, path: Path, weights: Array) -> None:
        self.constants = {name: np.ascontiguousarray(weights[name]) for name in weights.dtype.names or ()}
        self.session = open_session(path, self.constants)

    def __call__(self, x: Floats) -> Floats:
        """Run it."""
        (y,) = self.session.run(None, {"x": x})
        return np.asarray(y, np.float32)


class Compiled:
    """The first half of a layer with `weights`, one record of ATTENTION; attention.c runs it."""

    def __init__(self, weights: Array) -> None:
        self.products = np.concatenate([tiles_of(weights[name]).reshape(-1) for name in ("qkv", "out")])
        numbers = [weights[name] for name in ATTENTION.names or () if weights[name].dtype == np.float32]
        self.numbers = np.concatenate(numbers)

    def __call__(self, x: Floats) -> Floats:
        """Run it."""
        y = np.empty_like(x)
        attention.attend(x, self.products, self.numbers, y)
        return y


def tiles_of(weights: Array) -> Array:
    """Return int8 weights [rows, columns] as tiles, 64 by 16: [blocks of columns, of rows, 16, 16, 4]."""
    rows, columns = weights.shape
    return np.ascontiguousarray(weights.reshape(rows // 64, 16, 4, columns // 16, 16).transpose(3, 0, 1, 4, 2))
