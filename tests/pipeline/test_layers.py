"""The encoder's layers: attention.c counts what onnxruntime counts, and refuses what would not fit."""

import numpy as np
import pytest

from pipeline.config import ROOT
from pipeline.errors import ModelError
from pipeline.extract.encoder import load_encoder
from pipeline.extract.layers import ATTENTION, WIDTH, Compiled, Session, attention, may_attend, read_layers, tiles_of

WEIGHTS = ROOT / "models" / "weights"
needs_amx = pytest.mark.skipif(not may_attend(), reason="attention.c is not compiled, or this processor has no AMX")
TEXT = """Alfa compra la Beta di Cuneo

La Alfa di Torino ha rilevato il 60% della Beta Spa per 12 milioni di euro, ha detto Mario Rossi. La Regione
Piemonte, guidata da Anna Verdi, aveva assegnato a Beta una commessa da 3,5 milioni nel 2023.
"""


def words_of(text: str) -> list[tuple[int, int]]:
    starts = [at for at in range(len(text)) if not text[at].isspace() and (at == 0 or text[at - 1].isspace())]
    return [(start, start + len(text[start:].split(maxsplit=1)[0])) for start in starts]


def vectors(pieces: int) -> np.ndarray:
    """What comes out of a layer is normed; one unit in three hundred is large."""
    x = np.random.default_rng(pieces).normal(size=(1, pieces, WIDTH)).astype(np.float32)
    x[..., 7] *= 8
    return x


def in_floats(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The first half of a layer as it is written in books."""
    qkv = x[0].astype(float) @ (weights["qkv"] * weights["qkv_scale"].astype(float)) + weights["qkv_bias"]
    q, k, v = (part.reshape(len(part), 12, 32).swapaxes(0, 1) for part in np.split(qkv, 3, axis=1))
    scores = q @ k.swapaxes(1, 2) / 32**0.5
    chances = np.exp(scores - scores.max(axis=-1, keepdims=True))
    mixed = (chances / chances.sum(axis=-1, keepdims=True)) @ v
    out = mixed.swapaxes(0, 1).reshape(-1, WIDTH) @ (weights["out"] * weights["out_scale"].astype(float))
    y = x[0] + out + weights["out_bias"]
    y = (y - y.mean(axis=1, keepdims=True)) / y.std(axis=1, keepdims=True)
    return (y * weights["attention_norm_scale"] + weights["attention_norm_bias"])[None]


@needs_amx
@pytest.mark.parametrize("pieces", [1, 2, 15, 16, 17, 31, 32, 33, 48, 64, 100, 257, 511, 512])
@pytest.mark.parametrize("number", [0, 5, 11])
def test_compiled_attention_is_as_near_to_float64_as_the_runtime_is(pieces, number):
    weights, x = read_layers(WEIGHTS / "layers.bin")[number]["attention"], vectors(pieces)
    right = in_floats(x, weights)
    ours, theirs = (
        float(np.sqrt(((half(x) - right) ** 2).mean()))
        for half in (Compiled(weights), Session(WEIGHTS / "attention.onnx", weights))
    )
    assert ours < 0.04 * np.sqrt((right**2).mean())
    assert ours < 1.4 * theirs


@needs_amx
def test_what_a_row_gets_does_not_depend_on_where_the_memory_was():
    weights, x = read_layers(WEIGHTS / "layers.bin")[3]["attention"], vectors(200)
    half = Compiled(weights)
    first = half(x)
    half(vectors(512) * 50)
    assert np.array_equal(half(x), first)


@needs_amx
def test_both_ways_read_the_same_vectors_but_for_rounding():
    words = words_of(TEXT)
    one, other = (load_encoder(WEIGHTS, compiled=compiled).encode(TEXT, words).words for compiled in (True, False))
    alike = (one * other).sum(axis=1) / np.linalg.norm(one, axis=1) / np.linalg.norm(other, axis=1)
    assert alike.min() > 0.99


@pytest.mark.skipif(attention is None, reason="attention.c is not compiled")
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x": np.zeros((0, WIDTH), np.float32), "y": np.zeros((0, WIDTH), np.float32)}, "rows of 384 float32"),
        ({"x": np.zeros((2, WIDTH - 1), np.float32)}, "rows of 384 float32"),
        ({"y": np.zeros((3, WIDTH), np.float32)}, "3072 and 4608 bytes"),
        ({"products": np.zeros(WIDTH, np.int8)}, "weights of 384 and 15360 bytes, not 589824 and 15360"),
        ({"numbers": np.zeros(WIDTH, np.float32)}, "weights of 589824 and 1536 bytes"),
    ],
)
def test_what_does_not_fit_is_refused(change, message):
    if not may_attend():
        pytest.skip("this processor has no AMX")
    half = Compiled(np.zeros((), ATTENTION))
    x, y = (np.zeros((2, WIDTH), np.float32) for _ in range(2))
    given = {"x": x, "products": half.products, "numbers": half.numbers, "y": y} | change
    with pytest.raises(ValueError, match=message):
        attention.attend(*given.values())


def test_weights_as_tiles():
    weights = np.arange(128 * 32).reshape(128, 32).astype(np.int16)
    tiles = tiles_of(weights)
    assert tiles.shape == (2, 2, 16, 16, 4)
    assert tiles[1, 0, 3, 5].tolist() == weights[12:16, 21].tolist()


def test_layers_cut_short_are_refused(tmp_path):
    (tmp_path / "layers.bin").write_bytes((WEIGHTS / "layers.bin").read_bytes()[:-1])
    with pytest.raises(ModelError, match=r"layers\.bin: not the layers of the encoder"):
        read_layers(tmp_path / "layers.bin")
