"""What people decided, replayed: what is one, what is two, what contradicts, what no longer applies. Pure.

Decisions come in the order in which they were made, revoked ones left out. `a` and `b` are public ids (D12, O7, P3).
"""

from dataclasses import dataclass

from pipeline.errors import InputError
from pipeline.known import Decision

JOINING = frozenset({"merge", "same"})
PARTING = frozenset({"different", "split"})
KINDS = JOINING | PARTING | {"correct", "reject", "confirm"}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two decisions that cannot both hold, and why."""

    first: int
    second: int
    why: str


@dataclass(frozen=True, slots=True)
class Settled:
    """All decisions together. `merged` leads every joined id to the one that stands for all.

    `corrections` are (id, field, value) after joining, `idle` decisions whose deals or bodies are gone: kept, listed.
    """

    merged: tuple[tuple[str, str], ...]
    apart: frozenset[frozenset[str]]
    corrections: tuple[tuple[str, str, str], ...]
    rejected: frozenset[str]
    confirmed: frozenset[str]
    contradictions: tuple[Contradiction, ...]
    idle: tuple[int, ...]


def settle(decisions: tuple[Decision, ...], *, existing: frozenset[str]) -> Settled:
    """Return what `decisions` come to. Contradicting ones are listed; of two the earlier holds."""
    applying = tuple(d for d in decisions if d.a in existing and (d.b is None or d.b in existing))
    held: list[Decision] = []
    contradictions: list[Contradiction] = []
    for decision in applying:
        against = contradict(decision, tuple(held))
        contradictions.extend(against)
        if not against:
            held.append(decision)
    groups = Groups(tuple(held))
    return Settled(
        merged=tuple(sorted((member, head) for member, head in groups.heads().items() if member != head)),
        apart=frozenset(frozenset({groups.find(d.a), groups.find(d.b)}) for d in held if d.kind in PARTING and d.b),
        corrections=corrections(held, groups),
        rejected=frozenset(groups.find(d.a) for d in held if d.kind == "reject"),
        confirmed=frozenset(groups.find(d.a) for d in held if d.kind == "confirm"),
        contradictions=tuple(contradictions),
        idle=tuple(d.id for d in decisions if d not in applying),
    )


def corrections(held: list[Decision], groups: "Groups") -> tuple[tuple[str, str, str], ...]:
    """Return the corrected fields of the deals that remain."""
    return tuple(
        (groups.find(d.a), d.field, d.value) for d in held if d.kind == "correct" and d.field and d.value is not None
    )


def check_decision(new: Decision, live: tuple[Decision, ...]) -> tuple[Contradiction, ...]:
    """Return what speaks against recording `new` beside the `live` decisions, () for nothing.

    Raises InputError where it is senseless by itself: an unknown kind, a merge of one thing with itself, two kinds of
    thing, a correction without a field.
    """
    check_sense(new)
    return contradict(new, live)


def check_sense(new: Decision) -> None:
    """Raise InputError where a decision cannot be meant."""
    if new.kind not in KINDS:
        raise InputError(f"{new.kind}: no such decision; there are {', '.join(sorted(KINDS))}")
    if new.kind in JOINING | PARTING:
        if new.b is None:
            raise InputError(f"{new.kind} {new.a}: needs a second one")
        if new.a == new.b:
            raise InputError(f"{new.kind} {new.a} {new.b}: both are the same one")
        if new.a[:1] != new.b[:1]:
            raise InputError(f"{new.kind} {new.a} {new.b}: these are not of one kind")
    if new.kind == "correct" and (not new.field or new.value is None):
        raise InputError(f"correct {new.a}: needs field=value")


def contradict(new: Decision, live: tuple[Decision, ...]) -> tuple[Contradiction, ...]:
    """Return the live decisions that `new` cannot stand beside; each with the reason."""
    groups = Groups(live)
    if new.kind in JOINING:
        return against_joining(new, live, groups)
    if new.kind in PARTING:
        return against_parting(new, live, groups)
    return tuple(Contradiction(new.id, d.id, why) for d in live if (why := clash(new, d, groups)))


def against_joining(new: Decision, live: tuple[Decision, ...], groups: "Groups") -> tuple[Contradiction, ...]:
    """Return why two cannot be joined: they are joined already (a ring, a second time), or held apart."""
    one, two = groups.find(new.a), groups.find(new.b or new.a)
    if one == two:
        joined = next(d.id for d in live if d.kind in JOINING and groups.find(d.a) == one)
        return (Contradiction(new.id, joined, f"{new.a} and {new.b} are one already"),)
    return tuple(
        Contradiction(new.id, d.id, f"{d.a} and {d.b} were held apart")
        for d in live
        if d.kind in PARTING and d.b and {groups.find(d.a), groups.find(d.b)} == {one, two}
    )


def against_parting(new: Decision, live: tuple[Decision, ...], groups: "Groups") -> tuple[Contradiction, ...]:
    """Return why two cannot be held apart: live decisions join them."""
    if new.b is None or groups.find(new.a) != groups.find(new.b):
        return ()
    head = groups.find(new.a)
    joining = [d for d in live if d.kind in JOINING and groups.find(d.a) == head]
    return tuple(Contradiction(new.id, d.id, f"{d.a} and {d.b} were joined") for d in joining)


def clash(new: Decision, other: Decision, groups: "Groups") -> str | None:
    """Return why two decisions on one deal cannot both hold: rejected and confirmed, two values of a field."""
    if other.kind in JOINING | PARTING or groups.find(new.a) != groups.find(other.a):
        return None
    kinds = {new.kind, other.kind}
    if "reject" in kinds and len(kinds) == 2:
        return f"{other.a} is {other.kind}ed already"
    if kinds == {"correct"} and new.field == other.field and new.value != other.value:
        return f"{other.field} of {other.a} is corrected to {other.value} already"
    return None


class Groups:
    """Ids joined by decisions; the one that stands for all is the second of the last merge, as in `merge A into B`."""

    def __init__(self, decisions: tuple[Decision, ...]) -> None:
        self.parent: dict[str, str] = {}
        for decision in decisions:
            if decision.kind in JOINING and decision.b and self.find(decision.a) != self.find(decision.b):
                self.parent[self.find(decision.a)] = self.find(decision.b)

    def find(self, member: str) -> str:
        """Return the id that stands for `member`: itself where nobody joined it."""
        while member in self.parent:
            member = self.parent[member]
        return member

    def heads(self) -> dict[str, str]:
        """Return every joined id with the one that stands for it."""
        return {member: self.find(member) for member in self.parent}
