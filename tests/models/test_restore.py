"""Weights that ship go back into the network that training goes on with."""

import pytest

pytest.importorskip("torch", reason="PyTorch is for training only")
pytest.importorskip("onnx", reason="onnx is for training only")

from models.training.reader import Reader
from models.training.restore import SMOOTHED, places


def test_every_parameter_but_the_word_vectors_has_its_place_in_the_graphs():
    in_encoder, in_linker, factors = places()
    found = [*in_encoder.values(), *in_linker.values()]
    assert len(found) == len(set(found))
    assert set(found) == {name for name, _ in Reader(1).named_parameters()} - {"encoder.word.weight"}
    assert list(factors) == SMOOTHED
