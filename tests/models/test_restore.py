"""Weights that ship go back into the network that training goes on with."""

import numpy as np
import pytest

pytest.importorskip("torch", reason="PyTorch is for training only")
pytest.importorskip("onnx", reason="onnx is for training only")

import torch

from models.training.export import LARGE, encoder_graph
from models.training.network import DEPTH, WIDTH
from models.training.pretrained import BLOCK
from models.training.reader import Reader
from models.training.restore import SMOOTHED, constants, places, put_back
from models.training.smooth import Evening


def test_every_parameter_but_the_word_vectors_has_its_place_in_the_graphs():
    in_encoder, in_linker, factors = places()
    found = [*in_encoder.values(), *in_linker.values()]
    assert len(found) == len(set(found))
    assert set(found) == {name for name, _ in Reader(1).named_parameters()} - {"encoder.word.weight"}
    assert list(factors) == SMOOTHED


def test_the_unit_that_stays_float32_goes_back_among_the_others():
    torch.manual_seed(1)
    reader = Reader(1)
    evenings = [Evening(np.ones(WIDTH, np.float32), unit=7)] * DEPTH
    blank = np.ones((1, WIDTH // BLOCK), np.float16), np.zeros((1, WIDTH), np.uint8)
    stored = constants(encoder_graph(reader, *blank, evenings))
    assert not stored["block3.up"][:, 7].any()
    assert not stored["block3.down"][7].any()
    whole = {f"b.{name}": value.clone() for name, value in reader.encoder.blocks[3].state_dict().items()}
    state = {name: value.clone() for name, value in whole.items()}
    state["b.up.weight"][7], state["b.up.bias"][7], state["b.down.weight"][:, 7] = 0, 0, 0
    put_back(state, "b", stored, f"block3{LARGE}")
    assert all(torch.equal(state[name], whole[name]) for name in whole)
