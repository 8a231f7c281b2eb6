"""The checksums of the files that ship: whoever writes one of them calls `renew_sums`."""

import hashlib
from pathlib import Path

from pipeline.extract.weights import SUMS

FILES = (
    *("pieces.onnx", "layers.bin", "attention.onnx", "feed.onnx", "words.onnx", "linker.onnx", "probe.onnx"),
    *("tokenizer.json", "config.json", "surface.npz", "forest.npz"),
)


def renew_sums(folder: Path) -> None:
    """Write SHA256SUMS of the files that are in `folder`, as sha256sum prints them; a changed file is a new model."""
    here = [folder / name for name in FILES if (folder / name).exists()]
    lines = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in here)
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")
