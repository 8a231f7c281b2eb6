"""Several mentions of one party."""

import numpy as np
import pytest

from pipeline.extract.reading import any_of

MENTIONS = [([0.5], 0.5), ([0.5, 0.5], 2 / 3), ([0.9, 0.0, 0.0], 0.9), ([0.0, 0.0], 0.0), ([1.0, 0.2], 1.0)]


@pytest.mark.parametrize(("chances", "together"), MENTIONS)
def test_any_of(chances, together):
    assert any_of(np.array(chances, np.float32)) == pytest.approx(together, abs=1e-4)
