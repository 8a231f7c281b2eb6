"""Which mentions of a body only say whose office somebody holds: they are no party of a deal by that. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.cast import Member
from pipeline.extract.reading import Reading

# "presidente [di] Ceipiemonte", "segretario generale [della] Camera di commercio"; not "presidente ha affidato a Beta"
HELD_IN = re.compile(r"\s+(?:di|del|dello|della|dell['’]|dei|degli|delle)\s*", re.IGNORECASE)


def leave_out_offices(text: str, reading: Reading, members: Sequence[Member]) -> tuple[Member, ...]:
    """Return the members without the mentions that follow an office, where others of theirs remain.

    "come ha ricordato Donato, presidente di Ceipiemonte Kamaz «ha assegnato": the order is none of Ceipiemonte's.
    """
    held = find_held(text, reading)
    if not held:
        return tuple(members)
    return tuple(
        replace(member, candidates=kept)
        if (kept := tuple(at for at in member.candidates if at not in held))
        else member
        for member in members
    )


def find_held(text: str, reading: Reading) -> frozenset[int]:
    """Return the candidates (indices) that name the body of an office right before them."""
    ends = [candidate.end for candidate in reading.candidates if candidate.kind == "ROLE"]
    return frozenset(
        at
        for at, candidate in enumerate(reading.candidates)
        if candidate.kind == "ORG"
        and any(end < candidate.start and HELD_IN.fullmatch(text, end, candidate.start) for end in ends)
    )
