"""What a perfect reader would say of an article of the corpus: a `Reading` and values made of its marks.

Scores of the assembly on it say what the assembly itself loses. `blur` spoils it at random, for robustness.
"""

import re
from dataclasses import replace
from decimal import Decimal
from random import Random

import numpy as np

from benchmarks.corpus import Gold, GoldDeal, Mark
from pipeline.extract.fusion import Fusion, Weights
from pipeline.extract.labels import LINKS, RELATIONS, STATUSES, TYPES
from pipeline.extract.read import Knowledge, load_knowledge
from pipeline.extract.reading import Candidate, Floats, Reading, Trigger
from pipeline.extract.surface.hashes import SIZE
from pipeline.extract.surface.linear import Linear, Surface
from pipeline.extract.values import Values
from pipeline.records import Amount, DateValue, Qualifier, Share, ShareOf

HEADS = Weights(heads=1.0, surface=0.0, bias=0.0, alone=0.0, alone_bias=-10.0)
# What the assembly makes of a reading alone: the surface reader is not asked.
HEADS_ONLY = Fusion(
    least=1.0, triggers=HEADS, types=HEADS, statuses=HEADS, same_deal=HEADS, parties=HEADS, values=HEADS
)

KINDS = {
    "org": "ORG",
    "per": "PER",
    "party": "PARTY",
    "money": "MONEY",
    "percent": "PERCENT",
    "date": "DATE",
    "role": "ROLE",
    "loc": "LOC",
}
APPROXIMATE = re.compile(r"[~?]")


def heads_only() -> Knowledge:
    """Return the knowledge of the assembly with which a reading counts alone."""
    return replace(load_knowledge(), fusion=HEADS_ONLY, surface=silent_surface(), forests=None)


def silent_surface() -> Surface:
    """Return models that see nothing in anything: the first class, whatever is asked."""
    counts = {
        "triggers": 3,
        "types": len(TYPES),
        "statuses": len(STATUSES),
        "pairs": 2,
        "links": 1 + len(LINKS),
        "bodies": 2,
    }
    rows = np.zeros(SIZE, np.int32)
    return {name: Linear(rows, 9 * np.eye(1, count, dtype=np.float32)) for name, count in counts.items()}


def read_perfectly(gold: Gold) -> Reading:
    """Return the reading that the marks of `gold` stand for."""
    marks = [mark for mark in gold.marks if mark.tag in KINDS]
    triggers = [mark for mark in gold.marks if mark.tag == "trigger"]
    deals = {deal.id: deal for deal in gold.deals}
    told = [[deals[id] for id in mark.attrs["deal"].split()] for mark in triggers]
    links = np.zeros((len(triggers), len(marks), len(LINKS)), np.float32)
    for row, its in enumerate(told):
        for column, mark in enumerate(marks):
            for link in {link for deal in its for link in links_of(deal, mark, gold)}:
                links[row, column, LINKS.index(link)] = 1
    ids = [{deal.id for deal in its} for its in told]
    return Reading(
        triggers=tuple(_trigger(mark, its) for mark, its in zip(triggers, told, strict=True)),
        candidates=tuple(_candidate(mark, gold) for mark in marks),
        links=links,
        same_deal=np.array([[bool(a & b) for b in ids] for a in ids], np.float32).reshape(len(ids), len(ids)),
        relations=_relations(gold, marks),
    )


def _candidate(mark: Mark, gold: Gold) -> Candidate:
    name = gold.name_of(mark.attrs["ref"]) if mark.tag == "org" else None
    share = mark.attrs.get("of") if mark.tag == "percent" else None
    return Candidate(mark.start, mark.end, KINDS[mark.tag], organisation=name.kind if name else None, share=share)


def _trigger(mark: Mark, deals: list[GoldDeal]) -> Trigger:
    types = [sum(deal.type == kind for deal in deals) / len(deals) for kind in TYPES]
    statuses = [float(deals[0].status == status) for status in STATUSES]
    return Trigger(mark.start, mark.end, 1.0, (*types, 0.0), tuple(statuses), float(deals[0].denied))


def links_of(deal: GoldDeal, mark: Mark, gold: Gold) -> set[str]:
    """Return what `mark` is to `deal`; sums, shares and days count by their value, wherever they are written."""
    attrs = mark.attrs
    if mark.tag in {"org", "per", "party"}:
        return {party.role for party in deal.parties if party.ref == attrs["ref"]}
    if mark.tag == "money":
        same = {other.attrs.get("id") for other in gold.marks if other.tag == "money" and _sum(other) == _sum(mark)}
        return {name for name in ("amount", "total") if deal.attrs.get(name) in same}
    if mark.tag == "percent":
        return {"stake"} if attrs["of"] == "stake" and deal.stake == float(attrs["value"]) else set()
    if mark.tag == "date" and deal.date and "value" in attrs:
        return {"date"} if APPROXIMATE.sub("", deal.date) == APPROXIMATE.sub("", attrs["value"]) else set()
    return set()


def _sum(mark: Mark) -> tuple[str | None, ...]:
    return tuple(mark.attrs.get(name) for name in ("currency", "qualifier", "value", "min", "max"))


def _relations(gold: Gold, marks: list[Mark]) -> Floats:
    found = np.zeros((len(marks), len(marks), len(RELATIONS)), np.float32)
    for row, mark in enumerate(marks):
        for column, other in enumerate(marks):
            if row != column and (relation := _relation(gold, mark, other)):
                found[row, column, RELATIONS.index(relation)] = 1
    return found


def _relation(gold: Gold, mark: Mark, other: Mark) -> str | None:
    ref = mark.attrs.get("of" if mark.tag == "role" else "ref")
    target = other.attrs.get("ref")
    if mark.tag == "role":
        return "holds" if other.tag == "per" and ref == target else None
    if other.tag != "org" or mark.tag not in {"per", "party", "org"}:
        return None
    if mark.tag == "per":
        person = gold.name_of(ref or "")
        return "belongs" if person and person.body == target else None
    return {"party": "refers", "org": "same"}[mark.tag] if ref == target else None


def values_of_gold(gold: Gold) -> Values:
    """Return the values that the marks of `gold` state."""
    dates, amounts, shares = [], [], []
    for mark in gold.marks:
        attrs, place = mark.attrs, (mark.start, mark.end, gold.surface(mark))
        if mark.tag == "date":
            dates.append(DateValue(*place, value=attrs.get("value"), resolved="value" in attrs))
        elif mark.tag == "money":
            numbers = {key: Decimal(attrs[key]) for key in ("value", "min", "max") if key in attrs}
            amounts.append(Amount(*place, attrs.get("currency", "EUR"), Qualifier(attrs["qualifier"]), **numbers))
        elif mark.tag == "percent":
            shares.append(Share(*place, Decimal(attrs["value"]), ShareOf(attrs["of"])))
    return Values(tuple(dates), tuple(amounts), tuple(shares))


def blur(reading: Reading, *, random: Random, rate: float) -> Reading:
    """Spoil a reading: triggers are lost with chance `rate`, probabilities fall by up to it, a few turn round."""
    kept = [at for at in range(len(reading.triggers)) if random.random() >= rate]
    noise = np.random.default_rng(random.getrandbits(32))

    def move(array: Floats) -> Floats:
        flips = noise.random(array.shape) < rate * 0.1
        moved = np.where(flips, 1 - array, array) * (1 - rate * noise.random(array.shape))
        return np.asarray(moved, np.float32)

    same = move(reading.same_deal[np.ix_(kept, kept)])
    return replace(
        reading,
        triggers=tuple(reading.triggers[at] for at in kept),
        links=move(reading.links[kept]),
        same_deal=np.asarray((same + same.T) / 2, np.float32),
        relations=move(reading.relations),
    )
