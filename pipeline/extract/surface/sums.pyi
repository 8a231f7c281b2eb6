from collections.abc import Collection, Sequence
from typing import Any

import numpy.typing as npt

Array = npt.NDArray[Any]

def add_up(cases: Sequence[Collection[int]], row: Array, weights: Array, out: Array, /) -> None: ...
