"""The two halves of an encoder layer as graphs that leave its weights open, and the weights for layers.bin."""

import numpy as np
import torch
from onnx import ModelProto, TensorProto, helper

from models.training.graph import MICROSOFT, VECTORS, Graph, array_of
from models.training.network import EPSILON, HEADS, Block
from models.training.smooth import Evening
from pipeline.extract.layers import ATTENTION, FEED, LAYER

LARGEST = 127  # of an int8


class Half(Graph):
    """A half of a layer: a graph of `x` that leaves the fields of `weights`, a record's type, open."""

    def __init__(self, name: str, weights: np.dtype[np.void]) -> None:
        super().__init__(name)
        self.x = self.input("x", TensorProto.FLOAT, VECTORS)
        for field in weights.names or ():
            self.open_constant(field, weights[field])

    def quantised(self, x: str) -> tuple[str, str, str]:
        """Add what makes bytes of `x`; return them, their scale and their zero."""
        names = (f"{x}.bytes", f"{x}.scale", f"{x}.zero")
        self.nodes.append(helper.make_node("DynamicQuantizeLinear", [x], names, f"{x}.quantised"))
        return names

    def int8_product(self, x: str, name: str) -> str:
        """Add the product of `x`, made bytes, and the weights `name`, without its bias."""
        numbers, scale, zero = self.quantised(x)
        sums = self.add("Cast", self.add("MatMulInteger", numbers, name, zero), to=TensorProto.FLOAT)
        return self.add("Mul", sums, self.add("Mul", scale, f"{name}_scale"))

    def add_and_norm(self, product: str, name: str, old: str, norm: str) -> ModelProto:
        """Add the end of a half, and return its model."""
        x = self.add("Add", self.add("Add", product, f"{name}_bias"), old)
        weights = (f"{norm}_scale", f"{norm}_bias")
        x = self.add("LayerNormalization", x, *weights, axis=-1, epsilon=EPSILON)
        return self.model([(x, "y", VECTORS)])


def attention_graph() -> ModelProto:
    """Return the first half of a layer. It reads windows without padding, and so needs no mask."""
    graph = Half("affari-attention", ATTENTION)
    numbers, scale, zero = graph.quantised(graph.x)
    inputs = (numbers, "qkv", "qkv_bias", scale, "qkv_scale", "", zero)
    mixed = graph.add("QAttention", *inputs, domain=MICROSOFT, num_heads=HEADS)
    return graph.add_and_norm(graph.int8_product(mixed, "out"), "out", graph.x, "attention_norm")


def feed_graph() -> ModelProto:
    """Return the second half of a layer: the largest unit stays float32 and goes its own way; see smooth.py."""
    graph = Half("affari-feed", FEED)
    largest = graph.add("FastGelu", graph.add("MatMul", graph.x, "large_up"), "large_bias", domain=MICROSOFT)
    beside = graph.add("Add", graph.add("MatMul", largest, "large_down"), graph.x)
    inner = graph.int8_product(graph.add("Mul", graph.x, "factor"), "up")
    # the polynomial for tanh costs half of that for erf, and differs by less than int8 does
    inner = graph.add("FastGelu", inner, "up_bias", domain=MICROSOFT)
    return graph.add_and_norm(graph.int8_product(inner, "down"), "down", beside, "output_norm")


def layer_of(block: Block, evening: Evening) -> np.ndarray:
    """Return one layer's weights, a record of LAYER."""
    record = np.zeros((), LAYER)
    attention, feed, unit = record["attention"], record["feed"], [evening.unit]
    put_norm(attention, "attention_norm", block.attention_norm)
    put_norm(feed, "output_norm", block.output_norm)
    for name, layer in (("qkv", block.qkv), ("out", block.out)):
        put_linear(attention, name, array_of(layer.weight).T, array_of(layer.bias))
    up, down = array_of(block.up.weight).T.copy(), array_of(block.down.weight).T.copy()
    bias = array_of(block.up.bias).copy()
    feed["large_up"], feed["large_bias"], feed["large_down"] = up[:, unit], bias[unit], down[unit]
    up[:, unit], bias[unit], down[unit] = 0, 0, 0
    feed["factor"] = 1 / evening.factors
    put_linear(feed, "up", up * evening.factors[:, None], bias)
    put_linear(feed, "down", down, array_of(block.down.bias))
    return record


def put_norm(record: np.ndarray, name: str, norm: torch.nn.LayerNorm) -> None:
    """Put a layer norm into its fields."""
    record[f"{name}_scale"], record[f"{name}_bias"] = array_of(norm.weight), array_of(norm.bias)


def put_linear(record: np.ndarray, name: str, weights: np.ndarray, bias: np.ndarray) -> None:
    """Put weights [rows, columns] and a bias into their fields: int8, a scale a column."""
    scale = (np.abs(weights).max(axis=0) / LARGEST).astype(np.float32)
    numbers = np.divide(weights, scale, out=np.zeros_like(weights), where=scale > 0)
    record[name], record[f"{name}_scale"], record[f"{name}_bias"] = np.round(numbers), scale, bias
