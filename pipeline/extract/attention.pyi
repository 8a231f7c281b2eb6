from typing import Any

import numpy.typing as npt

Array = npt.NDArray[Any]

def available() -> bool: ...
def attend(x: Array, products: Array, numbers: Array, y: Array, /) -> None: ...
