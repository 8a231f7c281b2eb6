"""Readings written as text: "{Alfa|ORG|1:buyer} <ha rilevato|1> {Beta|ORG|1:target}". A linguist can add a row.

Braces hold words, kind and links (deal:link, several parted by a space); angles hold a trigger and its deals. `deals`
gives each deal's type and status: {"1": "acquisition completed"}. Sums are read as plain numbers of euro or percent.
"""

import re
from collections.abc import Mapping
from decimal import Decimal

import numpy as np

from pipeline.extract.labels import LINKS, RELATIONS, STATUSES, TYPES
from pipeline.extract.reading import Candidate, Floats, Reading, Trigger
from pipeline.extract.values import Values
from pipeline.records import Amount, DateValue, Qualifier, Share, ShareOf

MARK = re.compile(
    r"\{(?P<words>[^|}]+)\|(?P<kind>[A-Z]+)(?:\|(?P<links>[^}]*))?\}|<(?P<trigger>[^|>]+)\|(?P<deals>[^>]+)>"
)
SURE = 0.99


def read_marked(marked: str, deals: Mapping[str, str] | None = None) -> tuple[str, Reading, Values]:
    """Return the plain text, the reading and the values that `marked` writes."""
    text, end = "", 0
    candidates: list[tuple[Candidate, str]] = []
    triggers: list[tuple[int, int, list[str]]] = []
    for match in MARK.finditer(marked):
        text += marked[end : match.start()]
        start, end = len(text), match.end()
        text += match["words"] or match["trigger"]
        if match["kind"]:
            candidates.append((Candidate(start, len(text), match["kind"]), match["links"] or ""))
        else:
            triggers.append((start, len(text), match["deals"].split()))
    text += marked[end:]
    reading = Reading(
        triggers=tuple(_trigger(start, stop, [(deals or {})[id] for id in ids]) for start, stop, ids in triggers),
        candidates=tuple(candidate for candidate, _ in candidates),
        links=_links([ids for *_, ids in triggers], [links for _, links in candidates]),
        same_deal=np.array([[bool(set(a[2]) & set(b[2])) for b in triggers] for a in triggers], np.float32).reshape(
            len(triggers), len(triggers)
        ),
        relations=_relations(text, candidates),
    )
    return text, reading, _values(text, reading)


def _trigger(start: int, end: int, told: list[str]) -> Trigger:
    kinds, statuses = zip(*(each.split()[:2] for each in told), strict=True)
    types = tuple(kinds.count(kind) / len(kinds) for kind in TYPES)
    denied = float(any("denied" in each.split() for each in told))
    return Trigger(start, end, SURE, (*types, 0.0), tuple(float(statuses[0] == each) for each in STATUSES), denied)


def _links(triggers: list[list[str]], candidates: list[str]) -> Floats:
    links = np.zeros((len(triggers), len(candidates), len(LINKS)), np.float32)
    for column, stated in enumerate(candidates):
        for deal, _, link in (each.partition(":") for each in stated.split()):
            for row, ids in enumerate(triggers):
                if deal in ids:
                    links[row, column, LINKS.index(link)] = SURE
    return links


def _relations(text: str, candidates: list[tuple[Candidate, str]]) -> Floats:
    """Relate a candidate to all that bear the name behind "=": {gruppo di Bergamo|PARTY|=Brembo 1:buyer}."""
    found = np.zeros((len(candidates), len(candidates), len(RELATIONS)), np.float32)
    for row, (candidate, stated) in enumerate(candidates):
        names = [each[1:].replace("_", " ") for each in stated.split() if each.startswith("=")]
        for column, (other, _) in enumerate(candidates):
            if row != column and text[other.start : other.end] in names:
                relation = {"ROLE": "holds", "PER": "belongs", "PARTY": "refers", "ORG": "same"}[candidate.kind]
                found[row, column, RELATIONS.index(relation)] = SURE
    return found


def _values(text: str, reading: Reading) -> Values:
    dates, amounts, shares = [], [], []
    for each in reading.candidates:
        place = (each.start, each.end, text[each.start : each.end])
        number = re.sub(r"\D", "", place[2]) or "0"
        if each.kind == "MONEY":
            amounts.append(Amount(*place, "EUR", Qualifier.EXACT, value=Decimal(number)))
        elif each.kind == "PERCENT":
            shares.append(Share(*place, Decimal(number), ShareOf.STAKE))
        elif each.kind == "DATE":
            dates.append(DateValue(*place, number, resolved=True))
    return Values(tuple(dates), tuple(amounts), tuple(shares))
