"""A small builder of ONNX graphs: the few operations that the reader's network is made of."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, TensorProto, checker, helper, numpy_helper
from torch import nn

from pipeline.extract.layers import WIDTH

MICROSOFT = "com.microsoft"
OPSETS = (("", 20), (MICROSOFT, 1))
VECTORS = ("windows", "pieces", WIDTH)
Array = npt.NDArray[np.generic]


class Graph:
    """Collects nodes and constants; every method adds an operation and returns the name of what it gives."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.nodes: list[object] = []
        self.constants: dict[str, Array] = {}
        self.left_open: dict[str, np.dtype[np.generic]] = {}
        self.inputs: list[object] = []

    def input(self, name: str, kind: int, shape: Sequence[str | int]) -> str:
        """Add an input of the graph."""
        self.inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def constant(self, array: Array, name: str = "") -> str:
        """Add a constant."""
        name = name or f"c{len(self.constants)}"
        self.constants[name] = array
        return name

    def open_constant(self, name: str, kind: np.dtype[np.generic]) -> str:
        """Add a constant whose values are given where the graph is run; `kind` is its type with its shape."""
        self.left_open[name] = kind
        return name

    def add(self, operation: str, *inputs: str, domain: str = "", output: str = "", **attributes: object) -> str:
        """Add an operation with one output."""
        output = output or f"{operation.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operation, list(inputs), [output], output, domain=domain, **attributes))
        return output

    def floats(self, *values: float) -> str:
        """Add a float constant: a number, or a row."""
        return self.constant(np.array(values if len(values) > 1 else values[0], np.float32))

    def ints(self, *values: int) -> str:
        """Add a row of whole numbers, such as a shape."""
        return self.constant(np.array(values, np.int64))

    def linear(self, x: str, layer: nn.Linear, *, name: str = "") -> str:
        """Add a linear layer over the last axis; `name` is that of its weights."""
        product = self.product(x, layer, name=name)
        return product if layer.bias is None else self.add("Add", product, self.constant(array_of(layer.bias)))

    def product(self, x: str, layer: nn.Linear, *, name: str = "") -> str:
        """Add a linear layer without its bias."""
        return self.add("MatMul", x, self.constant(array_of(layer.weight).T.copy(), name))

    def norm(self, x: str, layer: nn.LayerNorm) -> str:
        """Add a layer norm over the last axis."""
        weights = (self.constant(array_of(layer.weight)), self.constant(array_of(layer.bias)))
        return self.add("LayerNormalization", x, *weights, axis=-1, epsilon=layer.eps)

    def rows(self, x: str, numbers: str) -> str:
        """Add a choice of rows."""
        return self.add("Gather", x, numbers, axis=0)

    def column(self, x: str, number: int) -> str:
        """Add a choice of one column of a matrix."""
        return self.add("Gather", x, self.constant(np.array(number, np.int64)), axis=1)

    def model(
        self, outputs: Sequence[tuple[str, str, Sequence[str | int]]], *, kind: int = TensorProto.FLOAT
    ) -> ModelProto:
        """Return the checked model; `outputs` are (what, its public name, shape), all of one kind."""
        for what, name, _ in outputs:
            self.add("Identity", what, output=name)
        values = [helper.make_tensor_value_info(name, kind, shape) for _, name, shape in outputs]
        blank = {name: np.zeros(kind.shape, kind.base) for name, kind in self.left_open.items()}
        tensors = [numpy_helper.from_array(array, name) for name, array in (self.constants | blank).items()]
        graph = helper.make_graph(self.nodes, self.name, self.inputs, values, tensors)
        opsets = [helper.make_opsetid(domain, version) for domain, version in OPSETS]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=10)
        checker.check_model(model)
        for tensor in model.graph.initializer:
            if tensor.name in self.left_open:
                _leave_open(tensor)
        return model


def _leave_open(tensor: TensorProto) -> None:
    """Say that the values lie elsewhere: the runtime wants the name of a file, and is given arrays."""
    where = {"location": "layers.bin", "offset": "0", "length": str(len(tensor.raw_data))}
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in where.items():
        tensor.external_data.add(key=key, value=value)


def array_of(weights: nn.Parameter) -> npt.NDArray[np.float32]:
    """Return weights as an array."""
    return np.ascontiguousarray(weights.detach().float().numpy())
