"""How the parties of two tellings stand to each other, side by side."""

from enum import Enum

from pipeline.known import Telling, ToldParty
from pipeline.link.families import Family
from pipeline.link.folding import fold
from pipeline.link.knowledge import behind_words
from pipeline.link.names import parse_org_name
from pipeline.link.sums import ratio
from pipeline.records import DealType, PartyRole, Status

DONE = frozenset({Status.SIGNED, Status.COMPLETED})
ROUND = 1_000_000
SELLER = frozenset({PartyRole.SELLER})


class Side(Enum):
    """What two tellings say of one side of a deal."""

    AGREE = "agree"  # they name a common party
    LIKELY = "likely"  # a near name, or the owner behind a vehicle
    UNKNOWN = "unknown"  # one of them names nobody
    CONFLICT = "conflict"  # they name different ones


# Points for the side that the deal is about and the side that does it. What is not listed holds the two apart.
POINTS = {
    (Side.AGREE, Side.AGREE): 3.5,
    (Side.AGREE, Side.LIKELY): 2.5,
    (Side.LIKELY, Side.AGREE): 2.5,
    (Side.LIKELY, Side.LIKELY): 2.0,
    (Side.AGREE, Side.UNKNOWN): 1.5,
    (Side.LIKELY, Side.UNKNOWN): 0.5,
    (Side.UNKNOWN, Side.AGREE): 1.0,
    (Side.UNKNOWN, Side.LIKELY): 0.0,
}
CROSSED = 1.0  # both are told, each in the other's role: a reader took client for supplier
SAME_SUM = 1.0  # who it is about and an exact sum agree, who did it does not
SELLER_POINTS = {Side.AGREE: 1.0, Side.LIKELY: 0.5, Side.UNKNOWN: 0.0, Side.CONFLICT: -1.0}


def named(telling: Telling, roles: frozenset[PartyRole]) -> tuple[ToldParty, ...]:
    """Return the parties in one of `roles` that are known entities."""
    return tuple([party for party in telling.parties if party.entity is not None and party.role in roles])


def ids(parties: tuple[ToldParty, ...]) -> frozenset[int]:
    """Return the entities of `parties`."""
    return frozenset([party.entity for party in parties if party.entity is not None])


def may_be(parties: tuple[ToldParty, ...]) -> frozenset[int]:
    """Return the entities of `parties` and those that they were proposed to be."""
    return ids(parties) | frozenset(id for party in parties for id in party.maybe)


def compare_side(one: Telling, two: Telling, roles: frozenset[PartyRole]) -> Side:
    """Return how the parties in `roles` stand to each other."""
    first, second = named(one, roles), named(two, roles)
    if not first or not second:
        return Side.UNKNOWN
    ours, theirs = ids(first), ids(second)
    if ours & theirs:
        return Side.AGREE
    if may_be(first) & theirs or ours & may_be(second) or named_alike(first, second):
        return Side.LIKELY
    if (ours & two.around and says_behind(two)) or (theirs & one.around and says_behind(one)):
        return Side.LIKELY
    return Side.CONFLICT


def named_alike(first: tuple[ToldParty, ...], second: tuple[ToldParty, ...]) -> bool:
    """Return whether two parties that were not linked have the same words, or one says only what sort of body it is.

    "Ettore Malinverni" the person is a firm to another reader; "Asl" can be "Asl del Matese".
    """
    pairs = ((parse_org_name(one.name), parse_org_name(two.name)) for one in first for two in second)
    return any(
        set(one.words) == set(two.words)
        or (one.generic and set(one.words) <= set(two.words))
        or (two.generic and set(two.words) <= set(one.words))
        for one, two in pairs
    )


def says_behind(telling: Telling) -> bool:
    """Return whether the sentences say that one acts for another: "Levante Reti, veicolo di Infrabridge".

    Merely told in the article are losers too: the rival bidder, the second of the tender.
    """
    return any(behind_words().search(fold(quote)) for quote in telling.quotes)


def party_points(one: Telling, two: Telling, family: Family) -> float | None:
    """Return the points for the parties; None where they hold the two apart or have nobody in common."""
    if DealType.MERGER in {one.type, two.type} or not family.other:
        return circle_points(one, two, family)
    sides = (compare_side(one, two, family.object), compare_side(one, two, family.other))
    seller = compare_side(one, two, SELLER)
    if sides == (Side.AGREE, Side.CONFLICT) and seller is Side.AGREE and both_done(one, two):
        return 0.5  # a company is not sold to two: one names the vehicle
    if sides == (Side.CONFLICT, Side.AGREE) and not family.repeats and same_price(one, two):
        return SELLER_POINTS[seller]  # nobody buys two companies in one week for one price: a paper names the wrong one
    if sides == (Side.AGREE, Side.CONFLICT) and exact_sum(one, two):
        return SAME_SUM  # the Region grants, its agency pays
    points = POINTS.get(sides)
    if points is None and crossed(one, two, family):
        return CROSSED
    return None if points is None else points + SELLER_POINTS[seller]


def both_done(one: Telling, two: Telling) -> bool:
    """Return whether both tell the deal as signed or completed, in papers of the same weeks."""
    days = abs(((one.published or one.seen) - (two.published or two.seen)).days)
    return {one.status, two.status} <= DONE and one.type is not DealType.STAKE_PURCHASE and days <= 60


def crossed(one: Telling, two: Telling, family: Family) -> bool:
    """Return whether each side of the one names somebody of the opposite side of the other."""
    return share(one, family.object, two, family.other) and share(one, family.other, two, family.object)


def share(one: Telling, roles: frozenset[PartyRole], two: Telling, others: frozenset[PartyRole]) -> bool:
    """Return whether somebody is in one of `roles` in the one and in one of `others` in the other."""
    return bool(ids(named(one, roles)) & ids(named(two, others)))


def exact_sum(one: Telling, two: Telling) -> bool:
    """Return whether both state one sum, exactly and to more than a round million: 14,2 millions, 61.250.000."""
    if one.amount is None or two.amount is None or one.amount.currency != two.amount.currency:
        return False
    first, second = one.amount.value, two.amount.value
    return first is not None and first == second and first % ROUND != 0


def same_price(one: Telling, two: Telling) -> bool:
    """Return whether both state one sum within a week."""
    days = abs(((one.published or one.seen) - (two.published or two.seen)).days)
    return days <= 7 and ratio(one.amount, two.amount) == 1


def circle_points(one: Telling, two: Telling, family: Family) -> float | None:
    """Return the points where parties are equals, or there is one side only: who is common to both circles."""
    roles = family.object | family.other | frozenset({PartyRole.PARTNER})
    first, second = named(one, roles), named(two, roles)
    common = ids(first) & ids(second)
    likely = (may_be(first) & ids(second)) | (ids(first) & may_be(second))
    if not likely:
        return None
    if len(likely) >= 2:
        return 3.5 if len(common) >= 2 else 2.5
    alone = len(first) == len(second) == 1
    if not alone and ids(first) - likely and ids(second) - likely:
        return None  # Alfa with Beta, Alfa with Gamma
    points = 3.5 if alone and not family.repeats else 1.0
    return points if common else points - 1.0
