"""Who and what the candidates of a reading stand for: mentions of one body, one person, one sum become one. Pure.

The linker speaks of spans; a deal is between parties. A party's link is as sure as those of its mentions together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from pipeline.extract.labels import RELATIONS
from pipeline.extract.names import fold
from pipeline.extract.reading import Candidate, Floats, Reading

REFERS = RELATIONS.index("refers")
LIKELY = 0.5
CERTAIN = 1 - 1e-6


@dataclass(frozen=True, slots=True)
class Member:
    """One party or value: its name (for a value: its words) and the candidates (indices) that stand for it."""

    kind: str  # ORG, PER, PARTY, MONEY, PERCENT, DATE
    name: str
    candidates: tuple[int, ...]

    @property
    def named(self) -> bool:
        """Whether it is an organisation or a person."""
        return self.kind in {"ORG", "PER"}


def find_members(
    text: str, reading: Reading, owners: Mapping[int, str], values: Mapping[int, str]
) -> tuple[Member, ...]:
    """Return the parties and values of an article, in the order of their first mention.

    `owners` names the organisation or person of a candidate, `values` what a sum, share or day comes to; a candidate
    in neither is no member, but for a described party.
    """
    keys: dict[tuple[str, str], list[int]] = {}
    for at, candidate in enumerate(reading.candidates):
        key = _key(at, reading, owners, values)
        if key is not None:
            keys.setdefault(key, []).append(at)
        elif candidate.kind == "PARTY":
            words = text[candidate.start : candidate.end]
            keys.setdefault(("PARTY", fold(words)), []).append(at)
    first = {key: reading.candidates[ats[0]] for key, ats in keys.items()}
    return tuple(Member(key[0], _words(*key, text, first[key]), tuple(ats)) for key, ats in keys.items())


def _words(kind: str, name: str, text: str, first: Candidate) -> str:
    return text[first.start : first.end] if kind == "PARTY" else name


def _key(at: int, reading: Reading, owners: Mapping[int, str], values: Mapping[int, str]) -> tuple[str, str] | None:
    """Return what the candidate stands for; None for a described party that stands for itself, and for offices."""
    candidate = reading.candidates[at]
    if candidate.kind in {"ORG", "PER"}:
        return (candidate.kind, owners[at]) if at in owners else None
    if candidate.kind in {"MONEY", "PERCENT", "DATE"}:
        return (candidate.kind, values[at]) if at in values else None
    if candidate.kind != "PARTY":
        return None
    body = _referred(at, reading, owners)
    return ("ORG", body) if body else None


def _referred(at: int, reading: Reading, owners: Mapping[int, str]) -> str | None:
    """Return the organisation that a described party ("il gruppo di Bergamo") stands for, if the text says so."""
    bodies = [other for other in owners if reading.candidates[other].kind == "ORG"]
    names = sorted({owners[other] for other in bodies})
    if not names:
        return None
    groups = [tuple(other for other in bodies if owners[other] == name) for name in names]
    chances = pool(reading.relations[at : at + 1], groups)[0, :, REFERS]
    best = int(chances.argmax())
    return names[best] if chances[best] >= LIKELY else None


def pool(links: Floats, groups: Sequence[Sequence[int]]) -> Floats:
    """Return probabilities [n, groups, k] from those of candidates [n, candidates, k]; no group is empty.

    That any of several mentions carries a link: their odds add up, as they did in training.
    """
    if not groups:
        return np.zeros((links.shape[0], 0, links.shape[2]), np.float32)
    bounded = np.minimum(links[:, [at for group in groups for at in group]], CERTAIN)
    begins = list(accumulate((len(group) for group in groups[:-1]), initial=0))
    odds = np.add.reduceat(bounded / (1 - bounded), begins, axis=1)
    return np.asarray(odds / (1 + odds), np.float32)
