"""From triggers to deals: which triggers tell of the same deal. Pure.

A trigger may tell of several deals at once ("due commesse", "le acquisizioni"): it is shared by all of them.
"""

from dataclasses import dataclass

import numpy as np

from pipeline.extract.reading import Floats


@dataclass(frozen=True, slots=True)
class Cluster:
    """The triggers (indices) of one deal: its `own`, and those that it shares with other deals."""

    own: tuple[int, ...]
    shared: tuple[int, ...] = ()

    @property
    def triggers(self) -> tuple[int, ...]:
        """All of them, in reading order."""
        return tuple(sorted((*self.own, *self.shared)))


def cluster_triggers(same: Floats, *, joined: float) -> tuple[Cluster, ...]:
    """Return the deals that triggers tell of, in the order of their first trigger.

    `same` [n, n] says how likely two triggers tell of one deal; clusters join while its mean is at least `joined`.
    """
    clusters = _join_nearest([[at] for at in range(len(same))], same, joined)
    chances = same.tolist()  # a mean of two or three numbers is numpy's slowest
    hubs = {at for at, its in enumerate(chances) if sum(_tells(at, each, its, joined) for each in clusters) > 1}
    if not hubs:
        return tuple(Cluster(tuple(cluster)) for cluster in clusters)
    told = []
    for cluster in clusters:
        own = tuple(at for at in cluster if at not in hubs)
        shared = tuple(at for at in sorted(hubs) if at in cluster or _tells(at, cluster, chances[at], joined))
        told.append(Cluster(own, shared) if own else Cluster(tuple(cluster)))
    return tuple(told)


def _tells(at: int, cluster: list[int], same: list[float], joined: float) -> bool:
    """Say whether the trigger `at` tells of a cluster's deal; `same` are its chances of one deal with each trigger."""
    others = [same[other] for other in cluster if other != at]
    return bool(others) and sum(others) / len(others) >= joined


def _join_nearest(clusters: list[list[int]], same: Floats, joined: float) -> list[list[int]]:
    """Join the two clusters that are most alike, again and again."""
    nearness = np.array(same, np.float64)
    np.fill_diagonal(nearness, -1.0)
    while len(clusters) > 1:
        first, second = sorted(int(at) for at in np.unravel_index(nearness.argmax(), nearness.shape))
        if nearness[first, second] < joined:
            break
        sizes = len(clusters[first]), len(clusters[second])
        mixed = (sizes[0] * nearness[first] + sizes[1] * nearness[second]) / sum(sizes)
        nearness[first], nearness[:, first], nearness[first, first] = mixed, mixed, -1.0
        nearness = np.delete(np.delete(nearness, second, axis=0), second, axis=1)
        clusters[first] += clusters.pop(second)
    return sorted(sorted(cluster) for cluster in clusters)
