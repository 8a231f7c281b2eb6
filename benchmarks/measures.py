"""How well extractions agree with the corpus: precision, recall and F1 of every measure. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.agreement import (
    Pair,
    any_same,
    match_deals,
    match_one_to_one,
    near,
    normalise,
    same_sum,
    shared_parties,
)
from benchmarks.corpus import Gold, GoldDeal, GoldName, sum_of
from pipeline.records import DateValue, Deal, Extraction, Organisation, Person

APPROXIMATE = re.compile(r"[~?]")


@dataclass(slots=True)
class Count:
    """Hits, guesses and gold items of one measure."""

    hits: int = 0
    guesses: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """Hits a guess."""
        return self.hits / self.guesses if self.guesses else 0.0

    @property
    def recall(self) -> float:
        """Hits a gold item."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = self.guesses + self.gold
        return 2 * self.hits / total if total else 0.0


@dataclass(slots=True)
class Scores:
    """The counts by measure, and what was missed or false: (kind, article, what)."""

    counts: defaultdict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    errors: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, measure: str, *, hits: int, guesses: int, gold: int) -> None:
        """Add to the counts of `measure`."""
        count = self.counts[measure]
        count.hits += hits
        count.guesses += guesses
        count.gold += gold


def measure(pairs: Iterable[tuple[Gold, Extraction]]) -> Scores:
    """Score extractions against their articles."""
    scores = Scores()
    for gold, extraction in pairs:
        _names(scores, gold, extraction)
        _values(scores, gold, extraction)
        _deals(scores, gold, extraction)
    return scores


def _forms(ours: Organisation | Person) -> set[str]:
    aliases = ours.aliases if isinstance(ours, Organisation) else ()
    return {ours.name, *aliases, *(mention.text for mention in ours.mentions)}


def _named_alike(ours: Organisation | Person, gold: GoldName) -> bool:
    return any_same(_forms(ours), (gold.name, *gold.forms))


def _names(scores: Scores, gold: Gold, extraction: Extraction) -> None:
    pairs = match_one_to_one(extraction.organisations, gold.organisations, _named_alike)
    _add_pairs(scores, "organisations", pairs, len(extraction.organisations), len(gold.organisations))
    hit = {number for _, number in pairs}
    missed = [each.name for number, each in enumerate(gold.organisations) if number not in hit]
    used = {at for at, _ in pairs}
    false = [each.name for at, each in enumerate(extraction.organisations) if at not in used]
    scores.errors += [("missed organisation", gold.id, name) for name in missed]
    scores.errors += [("false organisation", gold.id, name) for name in false]
    pairs = match_one_to_one(extraction.people, gold.people, _named_alike)
    _add_pairs(scores, "people", pairs, len(extraction.people), len(gold.people))
    for at, number in pairs:
        _person(scores, gold, extraction.people[at], gold.people[number])


def _add_pairs(scores: Scores, name: str, pairs: tuple[Pair, ...], guesses: int, gold: int) -> None:
    scores.add(name, hits=len(pairs), guesses=guesses, gold=gold)


def _person(scores: Scores, gold: Gold, person: Person, theirs: GoldName) -> None:
    if theirs.office:
        ours, want = normalise(person.role or ""), normalise(theirs.office)
        right = bool(person.role) and (ours in want or want in ours)
        scores.add("person role", hits=right, guesses=bool(person.role), gold=1)
        if not right:
            scores.errors.append(("wrong office", gold.id, f"{theirs.name}: {person.role} for {theirs.office}"))
    body = gold.name_of(theirs.body) if theirs.body else None
    if body:
        right = person.organisation is not None and any_same((person.organisation,), (body.name, *body.forms))
        scores.add("person organisation", hits=right, guesses=bool(person.organisation), gold=1)
        if not right:
            scores.errors.append(("wrong body", gold.id, f"{theirs.name}: {person.organisation} for {body.name}"))


def _loose(value: str | None) -> str:
    return APPROXIMATE.sub("", value or "")


def _values(scores: Scores, gold: Gold, extraction: Extraction) -> None:
    dates = [(gold.surface(mark).lower(), mark.attrs.get("value")) for mark in gold.marks if mark.tag == "date"]
    vague = [surface for surface, value in dates if not value]
    known = [value for _, value in dates if value]
    ours = [each for each in extraction.dates if each.resolved and each.value and not _within(each, vague)]
    pairs = match_one_to_one(ours, known, lambda a, b: _loose(a.value) == _loose(b))
    _add_pairs(scores, "date value", pairs, len(ours), len(known))
    sums = [sum_of(mark) for mark in gold.marks if mark.tag == "money"]
    sums = [each for each in sums if each.numbers]
    pairs = match_one_to_one(extraction.amounts, sums, same_sum)
    _add_pairs(scores, "amount value", pairs, len(extraction.amounts), len(sums))
    shares = [float(mark.attrs["value"]) for mark in gold.marks if mark.tag == "percent"]
    pairs = match_one_to_one(
        extraction.percents, shares, lambda a, b: a.value is not None and abs(float(a.value) - b) < 0.01
    )
    _add_pairs(scores, "percent value", pairs, len(extraction.percents), len(shares))


def _within(ours: DateValue, vague: list[str]) -> bool:
    text = ours.text.lower()
    return any(each in text or text in each for each in vague)


def _deals(scores: Scores, gold: Gold, extraction: Extraction) -> None:
    deals = extraction.deals
    pairs = match_deals(deals, gold)
    typed = exact = 0
    for at, number in pairs:
        ours, theirs = deals[at], gold.deals[number]
        typed += ours.type == theirs.type
        exact += _is_exact(ours, theirs, gold)
        _fields(scores, ours, theirs)
    found = len(pairs)
    for name, hits in (("deal found", found), ("deal typed", typed), ("deal exact", exact)):
        scores.add(name, hits=hits, guesses=len(deals), gold=len(gold.deals))
    _parties(scores, gold, deals, dict(pairs))
    if not gold.deals:
        scores.add("clean articles", hits=not deals, guesses=1, gold=1)
    _deal_errors(scores, gold, deals, pairs)


def _is_exact(ours: Deal, theirs: GoldDeal, gold: Gold) -> bool:
    named = tuple(party for party in theirs.parties if party.named)
    return ours.type == theirs.type and shared_parties(ours.parties, named, gold)[1] == len(named)


def _fields(scores: Scores, ours: Deal, theirs: GoldDeal) -> None:
    if ours.amount or theirs.amount:
        right = same_sum(ours.amount, theirs.amount)
        scores.add("deal amount", hits=right, guesses=bool(ours.amount), gold=bool(theirs.amount))
    if ours.stake is not None or theirs.stake is not None:
        right = ours.stake is not None and theirs.stake is not None and near(float(ours.stake), theirs.stake)
        if theirs.stake is not None:  # as the corpus' score.py counts; the next counts stakes of deals without one too
            scores.add("deal stake", hits=right, guesses=ours.stake is not None, gold=1)
        scores.add("deal stake or none", hits=right, guesses=ours.stake is not None, gold=theirs.stake is not None)
    scores.add("deal status", hits=ours.status == theirs.status, guesses=1, gold=1)
    scores.add("deal denied", hits=ours.denied and theirs.denied, guesses=ours.denied, gold=theirs.denied)
    if theirs.date:
        right = _loose(ours.date) == _loose(theirs.date)
        scores.add("deal date", hits=right, guesses=bool(ours.date), gold=1)
    if theirs.subject:
        right = bool(ours.subject) and _same_subject(ours.subject or "", theirs.subject)
        scores.add("deal subject", hits=right, guesses=bool(ours.subject), gold=1)


def _same_subject(ours: str, theirs: str) -> bool:
    """Say whether half of the longer subject's words of four letters and more are in the other."""
    first, second = ({word for word in normalise(each).split() if len(word) > 3} for each in (ours, theirs))
    return len(first & second) * 2 >= max(len(first), len(second), 1)


def _parties(scores: Scores, gold: Gold, deals: tuple[Deal, ...], pairs: dict[int, int]) -> None:
    for at, ours in enumerate(deals):
        wanted = (
            () if at not in pairs else tuple(each for each in gold.deals[pairs[at]].parties if each.role != "advisor")
        )
        hits = shared_parties(ours.parties, wanted, gold)[1]
        scores.add("party in role", hits=hits, guesses=sum(each.role != "advisor" for each in ours.parties), gold=0)
    for theirs in gold.deals:
        wanted = tuple(each for each in theirs.parties if each.role != "advisor")
        scores.add("party in role", hits=0, guesses=0, gold=len(wanted))


def _deal_errors(scores: Scores, gold: Gold, deals: tuple[Deal, ...], pairs: tuple[Pair, ...]) -> None:
    used, hit = {at for at, _ in pairs}, {number for _, number in pairs}
    missed = [each for number, each in enumerate(gold.deals) if number not in hit]
    false = [each for at, each in enumerate(deals) if at not in used]
    scores.errors += [("missed deal", gold.id, _describe(each)) for each in missed]
    scores.errors += [("false deal", gold.id, _describe(each)) for each in false]
    for at, number in pairs:
        ours, theirs = deals[at], gold.deals[number]
        if not _is_exact(ours, theirs, gold):
            scores.errors.append(("inexact deal", gold.id, f"{_describe(ours)} for {_describe(theirs)}"))
        if not same_sum(ours.amount, theirs.amount) and (ours.amount or theirs.amount):
            scores.errors.append(("wrong amount", gold.id, f"{ours.amount} for {theirs.amount} of {_describe(theirs)}"))
        if ours.status != theirs.status:
            scores.errors.append(("wrong status", gold.id, f"{ours.status} for {theirs.status} of {_describe(theirs)}"))


def _describe(deal: Deal | GoldDeal) -> str:
    return f"{deal.type}({', '.join(f'{each.role}: {each.name}' for each in deal.parties)})"
