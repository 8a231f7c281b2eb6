"""Weights that ship go back into the network that training goes on with."""

import numpy as np
import pytest

pytest.importorskip("torch", reason="PyTorch is for training only")
pytest.importorskip("onnx", reason="onnx is for training only")

import torch

from models.training.halves import layer_of
from models.training.network import WIDTH
from models.training.reader import Reader
from models.training.restore import block_of, places
from models.training.smooth import Evening


def test_every_parameter_but_the_word_vectors_has_its_place_in_the_files():
    found = [name for named in places().values() for name in named.values()]
    reader = Reader(1)
    layers = [
        f"encoder.blocks.{number}.{name}"
        for number, block in enumerate(reader.encoder.blocks)
        for name in block_of(layer_of(block, Evening(np.ones(WIDTH, np.float32), unit=1)))
    ]
    assert len(found) == len(set(found))
    assert {*found, *layers} == {name for name, _ in reader.named_parameters()} - {"encoder.word.weight"}
    assert not set(found) & set(layers)


def test_a_layer_comes_back_but_for_rounding():
    torch.manual_seed(1)
    block = Reader(1).encoder.blocks[3]
    factors = np.linspace(0.5, 2, WIDTH, dtype=np.float32)
    layer = layer_of(block, Evening(factors, unit=7))
    assert not layer["feed"]["up"][:, 7].any()
    assert not layer["feed"]["down"][7].any()
    back = block_of(layer)
    for name, values in block.state_dict().items():
        assert back[name].shape == tuple(values.shape)
        assert np.abs(back[name] - values.numpy()).max() <= 0.02 * float(values.abs().max())
    up, down = block.up.weight.detach().numpy(), block.down.weight.detach().numpy()
    assert np.array_equal(back["up.weight"][7], up[7])
    assert np.array_equal(back["down.weight"][:, 7], down[:, 7])
