"""Which triggers tell of the same deal."""

import numpy as np
import pytest

from pipeline.extract.clusters import Cluster, cluster_triggers

CLUSTERS = [  # (pairs that tell of one deal, number of triggers, deals)
    ([], 0, []),
    ([], 2, [Cluster((0,)), Cluster((1,))]),
    ([(0, 1)], 3, [Cluster((0, 1)), Cluster((2,))]),
    ([(0, 2), (0, 3), (2, 3)], 4, [Cluster((0, 2, 3)), Cluster((1,))]),
    ([(0, 1), (0, 2)], 3, [Cluster((1,), (0,)), Cluster((2,), (0,))]),
]


@pytest.mark.parametrize(("pairs", "count", "expected"), CLUSTERS)
def test_clusters(pairs, count, expected):
    same = np.eye(count, dtype=np.float32)
    for first, second in pairs:
        same[first, second] = same[second, first] = 0.9
    assert list(cluster_triggers(same, joined=0.5)) == expected
