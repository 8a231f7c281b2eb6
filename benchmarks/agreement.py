"""When a name, a sum or a deal of ours agrees with one of the corpus. Pure; the rules of the corpus' own scorer."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from benchmarks.corpus import Gold, GoldDeal, GoldParty, Sum
from pipeline.records import Amount, Deal, Party

Ours = TypeVar("Ours")
Theirs = TypeVar("Theirs")
Pair = tuple[int, int]

FAMILIES = {
    "m&a": ("acquisition", "stake_purchase", "divestiture", "takeover_bid", "merger"),
    "supply": ("order", "supply_agreement", "public_tender"),
    "alliance": ("partnership", "joint_venture"),
    "capital": ("funding_round", "capital_increase", "ipo", "stake_purchase"),
    "debt": ("loan", "bond", "restructuring"),
    "grant": ("grant",),
    "investment": ("investment",),
    "rights": ("license", "lease"),
}
FAMILIES_OF = {
    kind: {family for family, kinds in FAMILIES.items() if kind in kinds}
    for kinds in FAMILIES.values()
    for kind in kinds
}

# "l'Alfa", "dell'Alfa" lose the elided word; "Dell Italia" keeps its name
ELIDED = re.compile(r"\b[ldsn]'|\b(dell|all|dall|nell|sull|un|quell)'")
# "Alfa S.p.A." and "Gruppo Alfa" are Alfa; "Agrifood" keeps its "ag"
FORMS = re.compile(
    r"\b(s\.?p\.?a\.?|s\.?r\.?l\.?s?|s\.?c\.?a\.?r\.?l|soc\. coop\.|gmbh|inc\.?|ltd|plc|ag|sa|nv|bv|sgr|spa|srl"
    r"|gruppo|group|holding|il|lo|la|i|gli|le|l'|the)\b"
)
OTHER = re.compile(r"[^a-z0-9&]+")


def normalise(name: str) -> str:
    """Return `name` without accents, capitals, legal forms, articles and stops."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'")).encode("ascii", "ignore").decode().lower()
    return OTHER.sub(" ", FORMS.sub(" ", ELIDED.sub(" ", plain))).strip()


def same_name(name: str, other: str) -> bool:
    """Say whether names agree: equal when normalised, or the words of one are in the other and no mere third of it."""
    first, second = normalise(name), normalise(other)
    if not first or not second:
        return False
    if first == second:
        return True
    small, big = sorted((set(first.split()), set(second.split())), key=len)
    return small <= big and sum(map(len, small)) >= 4 and len(small) * 3 >= len(big)


def any_same(names: Iterable[str], others: Sequence[str]) -> bool:
    """Say whether any of `names` agrees with any of `others`."""
    return any(same_name(name, other) for name in names for other in others)


def near(number: float, other: float) -> bool:
    """Say whether numbers differ by at most half a hundredth."""
    return abs(number - other) <= 0.005 * max(abs(other), 1e-9)


def same_sum(amount: Amount | None, gold: Sum | None) -> bool:
    """Say whether an amount states the gold's sum; hedges do not count."""
    if amount is None or gold is None or amount.currency != gold.currency:
        return False
    numbers = [float(each) for each in (amount.value, amount.min, amount.max) if each is not None]
    if not numbers or not gold.numbers or not near(numbers[0], gold.numbers[0]):
        return False
    return len(numbers) < 2 or len(gold.numbers) < 2 or near(numbers[-1], gold.numbers[-1])


def match_one_to_one(
    ours: Sequence[Ours], gold: Sequence[Theirs], agrees: Callable[[Ours, Theirs], bool]
) -> tuple[Pair, ...]:
    """Return pairs (ours, gold): each gold takes the first of ours that is free and agrees."""
    pairs: list[Pair] = []
    free = list(range(len(ours)))
    for number, theirs in enumerate(gold):
        hit = next((at for at in free if agrees(ours[at], theirs)), None)
        if hit is not None:
            free.remove(hit)
            pairs.append((hit, number))
    return tuple(pairs)


def forms_of(gold: Gold, party: GoldParty) -> tuple[str, ...]:
    """Return the names under which the article knows `party`."""
    name = gold.name_of(party.ref)
    return (party.name, *name.forms) if name else (party.name,)


def shared_parties(parties: Sequence[Party], wanted: Sequence[GoldParty], gold: Gold) -> tuple[int, int]:
    """Return how many of `wanted` are among `parties`, and how many of these in the same role."""
    shared = in_role = 0
    for party in wanted:
        forms = forms_of(gold, party)
        hits = [each for each in parties if any_same((each.name,), forms)]
        shared += bool(hits)
        in_role += any(each.role == party.role for each in hits)
    return shared, in_role


def match_deals(deals: Sequence[Deal], gold: Gold) -> tuple[Pair, ...]:
    """Return pairs (ours, gold) one to one, best first.

    A pair needs a family and a party in common, or the amount where the gold names nobody.
    """
    candidates = []
    for number, theirs in enumerate(gold.deals):
        for at, deal in enumerate(deals):
            rank = _rank(deal, theirs, gold)
            if rank is not None:
                candidates.append((*rank, -number, -at))
    pairs: list[Pair] = []
    for *_, number, at in sorted(candidates, reverse=True):
        if all(-at != first and -number != second for first, second in pairs):
            pairs.append((-at, -number))
    return tuple(pairs)


def _rank(deal: Deal, theirs: GoldDeal, gold: Gold) -> tuple[bool, int, int, bool, int] | None:
    if not FAMILIES_OF[deal.type] & FAMILIES_OF[theirs.type]:
        return None
    shared, in_role = shared_parties(deal.parties, theirs.parties, gold)
    money = same_sum(deal.amount, theirs.amount)
    if not shared and not (money and not any(party.named for party in theirs.parties)):
        return None
    # "the merger that failed in 2003" and the one of today have one type and the same parties
    course = (deal.status == theirs.status) + (deal.date == theirs.date) + (deal.subject == theirs.subject)
    return deal.type == theirs.type, in_role, shared, money, course
