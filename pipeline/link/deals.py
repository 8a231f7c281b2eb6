"""Which deal of the ledger a telling belongs to. One article's tellings are different deals."""

from dataclasses import dataclass
from itertools import groupby

from pipeline.known import Assigned, KnownDeal, Telling
from pipeline.link.likeness import JOIN, likeness

MAYBE = JOIN - 1.0  # points from which a deal is shown to a person as perhaps the same
SHOWN = 3
APART = -2.0  # points of a telling whose parties hold the two apart, in the mean over a deal's tellings


@dataclass(frozen=True, slots=True)
class Cluster:
    """A deal in the making: `deal` is its id in the ledger, None for a new one, whose number is `new`."""

    deal: int | None
    new: int | None
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a deal among the clusters, None for a new one, and those of the deals that it may be besides."""

    chosen: int | None
    maybe: tuple[int, ...]


def assign_deals(
    new: tuple[Telling, ...], known: tuple[KnownDeal, ...], *, apart: frozenset[frozenset[int]]
) -> tuple[Assigned, ...]:
    """Return the deal of each of `new`, in its order; articles are taken in the order of their days.

    `known` are the deals of the same families that share a party with one of `new`. `apart` are pairs of deals that a
    person holds apart: they are not shown as perhaps the same.
    """
    clusters = [Cluster(deal.id, None, deal.tellings) for deal in known]
    assigned: dict[int, Assigned] = {}
    ordered = sorted(new, key=lambda t: (t.published or t.seen, t.article, t.id))
    for _, group in groupby(ordered, key=lambda t: t.article):
        tellings = tuple(group)
        for telling, place in zip(tellings, place_article(tellings, tuple(clusters)), strict=True):
            cluster = extend(clusters, place.chosen, telling)
            maybe = tuple(deal for p in place.maybe if (deal := clusters[p].deal) is not None)
            free = tuple(deal for deal in maybe if frozenset({deal, cluster.deal}) not in apart)
            assigned[telling.id] = Assigned(telling.id, cluster.deal, cluster.new, free[:SHOWN])
    return tuple(assigned[telling.id] for telling in new)


def extend(clusters: list[Cluster], chosen: int | None, telling: Telling) -> Cluster:
    """Put `telling` into the cluster at `chosen`, or into a new one, and return that."""
    if chosen is None:
        clusters.append(Cluster(None, len(clusters), (telling,)))
        return clusters[-1]
    old = clusters[chosen]
    clusters[chosen] = Cluster(old.deal, old.new, (*old.tellings, telling))
    return clusters[chosen]


def place_article(tellings: tuple[Telling, ...], clusters: tuple[Cluster, ...]) -> tuple[Place, ...]:
    """Return the place of each telling of one article among `clusters`: each takes one, the likeliest pairs first."""
    scored = [
        (points, -place, -index)
        for index, telling in enumerate(tellings)
        for place, cluster in enumerate(clusters)
        if (points := cluster_points(telling, cluster)) is not None and points >= MAYBE
    ]
    ranked = [(points, -place, -index) for points, place, index in sorted(scored, reverse=True)]
    chosen: dict[int, int] = {}
    for points, place, index in ranked:
        if points >= JOIN and index not in chosen and place not in chosen.values():
            chosen[index] = place
    return tuple(
        Place(chosen.get(at), tuple(p for _, p, index in ranked if index == at and p != chosen.get(at)))
        for at in range(len(tellings))
    )


def cluster_points(telling: Telling, cluster: Cluster) -> float | None:
    """Return the points of the best telling of `cluster`; None where one of its own article stands in it."""
    if any(other.article == telling.article for other in cluster.tellings):
        return None
    found = [likeness(telling, other) for other in cluster.tellings]
    points = [point for point in found if point is not None]
    if not points:
        return None
    mean = (sum(points) + APART * (len(found) - len(points))) / len(found)
    return (2 * max(points) + mean) / 3
