"""A deal's identity over a new model: the same article, the same sentence, the same parties; whatever the type.

Where the new model proves it by another sentence, the same parties and the same sum.
"""

from collections.abc import Callable

from pipeline.known import Telling
from pipeline.link.families import family_of
from pipeline.link.folding import fold
from pipeline.link.sums import ratio

LEAST = 1.5  # points below which an old telling and a new one are two

Rank = tuple[float, float]


def quote_key(quote: str) -> str:
    """Return a quoted sentence as it is compared: folded, letters and digits only, so that cleaning changes nothing."""
    return "".join(char for char in fold(quote) if char.isalnum())


def match_by_quotes(old: tuple[Telling, ...], new: tuple[Telling, ...]) -> tuple[tuple[int, int], ...]:
    """Return pairs (old telling, new telling) of one article that are one deal read by two models, best first.

    One to one. A common sentence is needed; family and parties decide where two deals share it, then the type and how
    much is told alike: of "che nel 2021 avevano firmato un accordo, danno vita a una società" each deal keeps its own.
    """
    return match(old, new, quote_rank)


def match_by_terms(old: tuple[Telling, ...], new: tuple[Telling, ...]) -> tuple[tuple[int, int], ...]:
    """Return pairs (old telling, new telling) of one article that are one deal proved by two different sentences.

    "quaranta mezzi acquistati dalla Fti" and "li costruisce la Carbus, per quasi 22 milioni": two named parties, the
    family and the sum are alike. One to one.
    """
    return match(old, new, terms_rank)


def match(
    old: tuple[Telling, ...], new: tuple[Telling, ...], rank: Callable[[Telling, Telling], Rank | None]
) -> tuple[tuple[int, int], ...]:
    """Return the pairs of one article that have a rank, the highest first, one to one."""
    ranked = [
        (points, -one.id, -two.id)
        for one in old
        for two in new
        if one.article == two.article and (points := rank(one, two)) is not None
    ]
    pairs: list[tuple[int, int]] = []
    seen_old: set[int] = set()
    seen_new: set[int] = set()
    for _, first, second in sorted(ranked, reverse=True):
        if -first not in seen_old and -second not in seen_new:
            pairs.append((-first, -second))
            seen_old.add(-first)
            seen_new.add(-second)
    return tuple(pairs)


def quote_rank(one: Telling, two: Telling) -> Rank | None:
    """Return how much two tellings agree, and how much of all that either tells; None where they are two."""
    points = quote_points(one, two)
    if points < LEAST:
        return None
    quotes = overlap(frozenset(map(quote_key, one.quotes)), frozenset(map(quote_key, two.quotes)))
    return points, (one.type is two.type) + quotes + overlap(party_names(one), party_names(two))


def terms_rank(one: Telling, two: Telling) -> Rank | None:
    """Return how many named parties two tellings have in common; None where family or sum differ, or it is but one."""
    common = named_parties(one) & named_parties(two)
    if family_of(one.type) != family_of(two.type) or ratio(one.amount, two.amount) != 1 or len(common) < 2:
        return None
    return float(len(common)), float(one.type is two.type)


def overlap(first: frozenset[str], second: frozenset[str]) -> float:
    """Return the share of all that is in both."""
    return len(first & second) / max(1, len(first | second))


def quote_points(one: Telling, two: Telling) -> float:
    """Return how much two tellings agree: sentences up to 2, family 1, parties up to 1; 0 without a sentence."""
    shared = shared_quotes(one.quotes, two.quotes)
    if not shared:
        return 0.0
    names_one, names_two = party_names(one), party_names(two)
    parties = len(names_one & names_two) / max(1, min(len(names_one), len(names_two)))
    return 2 * shared + (family_of(one.type) == family_of(two.type)) + parties


def shared_quotes(first: tuple[str, ...], second: tuple[str, ...]) -> float:
    """Return the share of the fewer sentences that the other has, or holds within one: splitters cut anew."""
    one, two = [quote_key(q) for q in first], [quote_key(q) for q in second]
    if not one or not two:
        return 0.0
    few, many = sorted((one, two), key=len)
    return sum(any(a in b or b in a for b in many) for a in few if a) / len(few)


def party_names(telling: Telling) -> frozenset[str]:
    """Return the parties' names, folded."""
    return frozenset(fold(party.name) for party in telling.parties)


def named_parties(telling: Telling) -> frozenset[str]:
    """Return the names of the parties that have one, folded."""
    return frozenset(fold(party.name) for party in telling.parties if party.named)
