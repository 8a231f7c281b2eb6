"""Opens `models/weights`: checks every file against its checksum, and that it was trained for our labels. IO only."""

import functools
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from onnxruntime.capi.onnxruntime_pybind11_state import (
    Fail,
    InvalidArgument,
    InvalidGraph,
    InvalidProtobuf,
    NoSuchFile,
)
from onnxruntime.capi.onnxruntime_pybind11_state import (
    NotImplemented as NotSupported,
)
from tokenizers import Tokenizer

from pipeline.errors import ModelError
from pipeline.extract import labels

SUMS = "SHA256SUMS"
PROBE = "probe.onnx"  # the product of a matrix of bytes with one of 127s, as the encoder's products are made
# the fused operation takes five times as long as the two that it replaces (onnxruntime 1.32, AVX-512)
UNWANTED = ["SkipLayerNormFusion"]
# what the runtime raises when it opens a network; its errors have no common base of their own
REFUSALS = (Fail, InvalidArgument, InvalidGraph, InvalidProtobuf, NoSuchFile, NotSupported)
INVENTORIES: dict[str, tuple[str, ...]] = {
    **labels.LAYERS,
    "types": labels.TYPES,
    "statuses": labels.STATUSES,
    "links": labels.LINKS,
    "kinds": labels.KINDS,
    "relations": labels.RELATIONS,
    "shares": labels.SHARES,
    "organisations": labels.ORGANISATION_KINDS,
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What config.json says of the weights. `biases` by layer: how much is taken from "no span" when spans are read.

    `doubt` and `bar` say which proposals are triggers: see pipeline/extract/triggers.py.
    """

    name: str
    version: str
    licence: str
    biases: dict[str, float]
    doubt: float
    bar: float


def check_files(folder: Path) -> dict[str, str]:
    """Return the checksum of each file, by name; raises ModelError that names a file missing or changed."""
    sums = dict(reversed(line.split()) for line in _read(folder / SUMS).decode().splitlines())
    for name, expected in sums.items():
        if hashlib.sha256(_read(folder / name)).hexdigest() != expected:
            raise ModelError(f"{folder / name} is not the file that was trained (checksum); fetch it again")
    return sums


def read_settings(folder: Path) -> Settings:
    """Read config.json; raises ModelError where the weights were trained for other labels than ours."""
    config = json.loads(_read(folder / "config.json"))
    for inventory, expected in INVENTORIES.items():
        if tuple(config["labels"].get(inventory, ())) != expected:
            raise ModelError(f"{folder}: trained for other {inventory} than this version of affari; run `make train`")
    return Settings(
        config["name"], config["version"], config["licence"], config["biases"], config["doubt"], config["bar"]
    )


def open_session(path: Path, constants: Mapping[str, npt.NDArray[Any]] | None = None) -> onnxruntime.InferenceSession:
    """Open a network that runs on one core; raises ModelError where the runtime cannot.

    `constants` are those by name that its file leaves open; the session looks into them as long as it lives.
    """
    return _open(path, exact=overflows(path.parent), constants=constants or {})


@functools.cache
def overflows(folder: Path) -> bool:
    """Say whether this processor's fast int8 products overflow: without VNNI two of them are summed in 16 bits.

    Exact ones (articles without a deal kept clean .88, else .84) cost a fifth there, but half the speed where VNNI or
    AMX would do them fast, so the runtime is asked what it does. Raises ModelError as `open_session` does.
    """
    session = _open(folder / PROBE, exact=False, constants={})
    rows, columns = session.get_inputs()[0].shape
    (sums,) = session.run(None, {"bytes": np.full((rows, columns), 255, np.uint8)})
    return bool(np.any(sums != 255 * 127 * columns))


def _open(path: Path, *, exact: bool, constants: Mapping[str, npt.NDArray[Any]]) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.use_deterministic_compute = True
    share_memory()
    options.add_session_config_entry("session.use_env_allocators", "1")
    options.add_session_config_entry("session.x64quantprecision", str(int(exact)))
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in constants.values()]
    options.add_external_initializers(list(constants), values)
    try:
        return onnxruntime.InferenceSession(
            path, options, providers=["CPUExecutionProvider"], disabled_optimizers=UNWANTED
        )
    except REFUSALS as error:
        raise ModelError(f"{path} cannot be opened by onnxruntime {onnxruntime.__version__}: {error}") from error


@functools.cache
def share_memory() -> None:
    """Let all sessions of the process work in the same memory: with some each, the encoder is a fifth slower.

    The processor's caches would hold what other layers left behind.
    """
    place = onnxruntime.OrtMemoryInfo(
        "Cpu", onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, onnxruntime.OrtMemType.DEFAULT
    )
    onnxruntime.create_and_register_allocator(place, None)


def open_tokenizer(path: Path) -> Tokenizer:
    """Open the tokenizer; its checksum was checked before, so it is one."""
    return Tokenizer.from_str(_read(path).decode())


def _read(path: Path) -> Any:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"{path} cannot be read ({error.strerror}); set [paths] weights, or run `make train`"
        ) from error
