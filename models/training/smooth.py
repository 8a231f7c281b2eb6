"""Evens out the inputs of the encoder's products before int8: a few channels are a hundred times as large as the rest.

A channel is divided by a factor and its weights multiplied by it, which changes nothing but what rounding costs
(SmoothQuant, Xiao et al. 2023, with exponent 1/2). The factors come from articles that the network reads once.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from models.training.batches import make_batch
from models.training.examples import Example
from models.training.reader import Reader

Floats = npt.NDArray[np.float32]


def find_factors(reader: Reader, examples: Sequence[Example]) -> dict[str, Floats]:
    """Return the factor of each input channel of the layers `up` and `down`, under "block3.up"."""
    layers = {
        f"block{number}.{name}": getattr(block, name)
        for number, block in enumerate(reader.encoder.blocks)
        for name in ("up", "down")
    }
    largest: dict[str, Tensor] = {}
    hooks = [layer.register_forward_pre_hook(_watch(largest, name)) for name, layer in layers.items()]
    reader.eval()
    with torch.no_grad():
        for example in examples:
            reader(make_batch([example]))
    for hook in hooks:
        hook.remove()
    return {name: factors_of(largest[name], layer.weight.detach()) for name, layer in layers.items()}


def factors_of(largest: Tensor, weights: Tensor) -> Floats:
    """Return the factors that leave inputs and weights equally uneven."""
    ratio = largest.clamp(min=1e-4) / weights.abs().amax(0).clamp(min=1e-4)
    return np.asarray(ratio.sqrt().clamp(min=1e-2), np.float32)


def _watch(largest: dict[str, Tensor], name: str):  # type: ignore[no-untyped-def]
    def watch(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        seen = inputs[0].float().abs().amax((0, 1))
        largest[name] = torch.maximum(largest[name], seen) if name in largest else seen

    return watch
