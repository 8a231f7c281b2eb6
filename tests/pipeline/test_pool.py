"""Several mentions of one party."""

import numpy as np
import pytest

from pipeline.extract.cast import pool

MENTIONS = [([0.5], 0.5), ([0.5, 0.5], 2 / 3), ([0.9, 0.0, 0.0], 0.9), ([0.0, 0.0], 0.0), ([1.0, 0.2], 1.0)]


@pytest.mark.parametrize(("chances", "together"), MENTIONS)
def test_mentions_are_pooled_as_odds(chances, together):
    links = np.array([*chances, 0.3], np.float32)[None, :, None]
    pooled = pool(links, [range(len(chances)), [len(chances)]])
    assert pooled[0, :, 0] == pytest.approx([together, 0.3], abs=1e-4)


def test_nobody_is_pooled():
    assert pool(np.zeros((2, 0, 5), np.float32), []).shape == (2, 0, 5)
