"""Average runs of the training: `python -m models.training.mean RUN[=WEIGHT] ... --run NEW`.

Runs that went on from common weights lie in one valley of the loss: the mean of their weights is, at the cost of one
network, about as good as asking them all (Wortsman and others, 2022, "Model soups").
"""

import argparse
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch

from models.training.train import UNFREE

SAME = ("kept.json", "tokenizer.json")  # the runs' vocabulary, which must be one
State = Mapping[str, torch.Tensor]


def mean_of(states: Sequence[State], weights: Sequence[float]) -> dict[str, torch.Tensor]:
    """Return the weighted mean of networks; raises ValueError where their tensors differ in name or shape."""
    shapes = [{name: value.shape for name, value in state.items()} for state in states]
    for other in shapes[1:]:
        differing = sorted(name for name in other.keys() | shapes[0].keys() if other.get(name) != shapes[0].get(name))
        if differing:
            raise ValueError(f"not networks of one shape: {', '.join(differing[:3])} differ")
    total = {name: torch.zeros_like(value, dtype=torch.float64) for name, value in states[0].items()}
    for state, weight in zip(states, weights, strict=True):
        for name, value in state.items():
            total[name] += weight / sum(weights) * value
    return {name: value.to(states[0][name].dtype) for name, value in total.items()}


def read_run(text: str) -> tuple[Path, float]:
    """Read "data/train/deals=0.5", a folder with reader.pt and its weight; without a weight it is 1."""
    name, _, weight = text.partition("=")
    try:
        run, number = Path(name), float(weight or 1)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{weight!r} is no weight, such as 0.5") from None
    if number <= 0:
        raise argparse.ArgumentTypeError(f"a weight is more than 0, not {weight}")
    if not (run / "reader.pt").exists():
        raise argparse.ArgumentTypeError(f"{run} has no reader.pt: name the folder of a run that was trained")
    return run, number


def main() -> None:
    """Read the runs, write their mean as a run of its own."""
    parser = argparse.ArgumentParser(description="Average runs of the training.")
    parser.add_argument("runs", type=read_run, nargs="+", metavar="RUN[=WEIGHT]", help="such as data/train/deals=0.5")
    parser.add_argument("--run", type=Path, required=True, help="folder of the mean: written anew")
    options = parser.parse_args()
    folders = [run for run, _ in options.runs]
    for name in SAME:
        if len({(run / name).read_bytes() for run in folders}) > 1:
            parser.error(f"{name} differs: only runs that began with the same vocabulary can be averaged")
    states = [torch.load(run / "reader.pt", weights_only=True)["shipped"] for run in folders]
    try:
        mean = mean_of(states, [weight for _, weight in options.runs])
    except ValueError as error:
        parser.error(f"{', '.join(map(str, folders))}: {error}; average runs of one version of models/training")
    options.run.mkdir(parents=True, exist_ok=True)
    for name in SAME:
        shutil.copy(folders[0] / name, options.run / name)
    for run in folders:
        for mark in run.glob(UNFREE):
            shutil.copy(mark, options.run / UNFREE)
    torch.save({"shipped": mean}, options.run / "reader.pt")
    print(f"{options.run / 'reader.pt'}: mean of {len(folders)} runs")


if __name__ == "__main__":
    main()
