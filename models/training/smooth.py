"""Evens out the inputs of the encoder's products before int8: a few channels are a hundred times as large as the rest.

Before the layers `up` a channel is divided by a factor and its weights multiplied by it, which changes nothing but what
rounding costs (SmoothQuant, Xiao et al. 2023, with exponent 1/2). Before the layers `down` one unit of each layer is
large (in the fifth 73, where the next has 6): it is left out of the product and counted in float32 (as Dettmers et al.
2022 do with such channels). The words' vectors then are .014 from float32's (root of the mean square, 40 articles of
dev); with factors before both they were .041, and it took no less time. All comes from articles that the network reads
once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from models.training.batches import make_batch
from models.training.examples import Example
from models.training.reader import Reader

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Evening:
    """What evens out one layer: the factor of each input channel of `up`, and the largest unit before `down`."""

    factors: Floats
    unit: int


def even_out(reader: Reader, examples: Sequence[Example]) -> list[Evening]:
    """Return what evens out each layer."""
    blocks = list(reader.encoder.blocks)
    largest: dict[tuple[int, str], Tensor] = {}
    hooks = [
        getattr(block, name).register_forward_pre_hook(_watch(largest, (number, name)))
        for number, block in enumerate(blocks)
        for name in ("up", "down")
    ]
    reader.eval()
    with torch.no_grad():
        for example in examples:
            reader(make_batch([example]))
    for hook in hooks:
        hook.remove()
    return [
        Evening(factors_of(largest[number, "up"], block.up.weight.detach()), int(largest[number, "down"].argmax()))
        for number, block in enumerate(blocks)
    ]


def factors_of(largest: Tensor, weights: Tensor) -> Floats:
    """Return the factors that leave inputs and weights equally uneven."""
    ratio = largest.clamp(min=1e-4) / weights.abs().amax(0).clamp(min=1e-4)
    return np.asarray(ratio.sqrt().clamp(min=1e-2), np.float32)


def _watch(largest: dict[tuple[int, str], Tensor], name: tuple[int, str]):  # type: ignore[no-untyped-def]
    def watch(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        seen = inputs[0].float().abs().amax((0, 1))
        largest[name] = torch.maximum(largest[name], seen) if name in largest else seen

    return watch
