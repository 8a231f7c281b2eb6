from typing import Any

import numpy.typing as npt

Array = npt.NDArray[Any]

def sums(
    rows: Array,
    features: Array,
    begins: Array,
    bounds: Array,
    left: Array,
    whole: Array,
    values: Array,
    out: Array,
    /,
) -> None: ...
