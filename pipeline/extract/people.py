"""From mentions of people to one person each, with office and body. Pure.

Who holds which office, and where, is the linker's word (relations "holds" and "belongs") together with what the text
between two spans says: "Guido Bolatto, segretario generale della Camera di commercio di Torino". The body is settled
where the surface reader has its say too: pipeline/extract/surface/bodies.py.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract.chances import log_odds
from pipeline.extract.groups import Groups
from pipeline.extract.labels import RELATIONS
from pipeline.extract.names import fold
from pipeline.extract.reading import Candidate, Reading
from pipeline.records import Mention, Person

HOLDS, BELONGS = RELATIONS.index("holds"), RELATIONS.index("belongs")
LIKELY = 0.5
PHRASED = 0.97  # what a phrase from an office to a body ("direttore di Alfa") says at least
EDGE = 1e-4

ARTICLE = r"(?:il|lo|la|i|gli|le|un|una|l['’])"
# Between a person and the office: ", ", " (", ", il nuovo ", " è "; not ", che ha battuto il "
APPOSED = re.compile(
    rf"(?:,|\s\(|,?\s(?:è|come|quale|già|ex|in qualità di))?\s*(?:{ARTICLE}\s*)?(?:nuov[oa]\s|neo[- ]?)?", re.I
)
# Between an office and its holder: " ", ", ", " dottor ", " ad interim "; not " ha incontrato "
HELD = re.compile(
    r",?\s*(?:(?:dott|ing|avv|prof|sig|on)\.?(?:ssa|ra)?\s*|(?:uscente|generale|designato)\s*)?,?\s*", re.I
)
# Between an office and its body: " di ", " della ", " dell'", " ", " in ", " del gruppo "; not " e della "
OF = re.compile(
    rf"\s*(?:d[ie]|d['’]|de[lgi]|dell[aeo]|dell['’]|degli|dei|in|presso|per|alla|al)?\s*(?:{ARTICLE}\s*)?(?:gruppo\s|società\s)?",
    re.I,
)
# An office that runs into its body: "segretario generale della " + "Camera di commercio"; not "capo di gabinetto"
LINKED = re.compile(r"\s+(?:di|del|dello|della|dell['’]|dei|degli|delle)?\s*$", re.I)
INITIAL = re.compile(r"^[^\W\d_]\.?$")


@dataclass(frozen=True, slots=True)
class Group:
    """The mentions (indices into what was given) of one person, in reading order, and the fullest of their names."""

    members: tuple[int, ...]
    name: str


def group_people(texts: Sequence[str]) -> tuple[Group, ...]:
    """Return the people that `texts` (in reading order) name, in the order of their first mention."""
    groups = Groups(len(texts))
    groups.join_same([fold(text) for text in texts])
    groups.join_short([len(text) for text in texts], lambda at, other: _short_of(texts[at], texts[other]))
    return tuple(Group(members, max((texts[at] for at in members), key=len)) for members in groups.members())


def _short_of(short: str, long: str) -> bool:
    """Say whether `short` may be `long`: "Rossi" and "M. Rossi" of "Mario Rossi"; not "Luca Rossi"."""
    first, second = fold(short).split(), fold(long).split()
    if first[-1] != second[-1] and not set(first) <= set(second):
        return first == second[: len(first)]
    initials = {word[0] for word in second}
    return all(word in second or (INITIAL.match(word) and word[0] in initials) for word in first)


def find_people(text: str, reading: Reading, groups: Sequence[Group]) -> tuple[tuple[Person, ...], list[list[int]]]:
    """Return the people of `groups` with their offices, and the candidates of each one's offices; bodies come later."""
    candidates = reading.candidates
    holder = {at: number for number, group in enumerate(groups) for at in group.members}
    offices: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for role in (at for at, each in enumerate(candidates) if each.kind == "ROLE"):
        chances = {person: _holds(text, reading, role, person) for person in holder}
        best = max(chances, key=lambda person: chances[person], default=None)
        if best is not None and chances[best] >= LIKELY:
            offices[holder[best]].append((chances[best], role))
    people = tuple(
        Person(
            name=group.name,
            mentions=tuple(_mention(text, candidates[at]) for at in group.members),
            role=_office(text, candidates, offices[number]),
            organisation=None,
        )
        for number, group in enumerate(groups)
    )
    return people, [[role for _, role in offices[number]] for number in range(len(groups))]


def _mention(text: str, span: Candidate) -> Mention:
    return Mention(span.start, span.end, text[span.start : span.end])


def _office(text: str, candidates: Sequence[Candidate], offices: Sequence[tuple[float, int]]) -> str | None:
    """Return the office that is surest; of equally sure ones the fullest."""
    spans = [(round(chance, 1), candidates[at]) for chance, at in offices]
    if not spans:
        return None
    _, best = max(spans, key=lambda each: (each[0], each[1].end - each[1].start, -each[1].start))
    body = min(
        (each.start for each in candidates if each.kind == "ORG" and best.start < each.start < best.end), default=0
    )
    return LINKED.sub("", text[best.start : body]) if body else text[best.start : best.end]


def _holds(text: str, reading: Reading, role: int, person: int) -> float:
    """Return how likely the person holds the office."""
    office, name = reading.candidates[role], reading.candidates[person]
    told = float(reading.relations[role, person, HOLDS])
    if name.end <= office.start and APPOSED.fullmatch(text[name.end : office.start]):
        return max(told, 0.9)
    if office.end <= name.start and _leads_to(text, reading, office, name):
        return max(told, 0.85)
    return told


def _leads_to(text: str, reading: Reading, office: Candidate, name: Candidate) -> bool:
    """Say whether nothing but the office's body stands between the office and the name."""
    at = office.end
    for body in reading.candidates:
        if (
            body.kind in {"ORG", "LOC"}
            and at <= body.start
            and body.end <= name.start
            and OF.fullmatch(text[at : body.start])
        ):
            at = body.end
    return bool(HELD.fullmatch(text[at : name.start]))


def belonging_of(
    text: str, reading: Reading, members: Sequence[int], offices: Sequence[int], bodies: Mapping[int, str]
) -> dict[str, float]:
    """Return the log odds, by the body's name, that the person of the mentions `members` belongs to it.

    The likeliest pair of mentions speaks, or a phrase that leads from an office to the body. `bodies` gives the
    organisation's name by candidate.
    """
    chances: defaultdict[str, float] = defaultdict(float)
    for at, name in bodies.items():
        body = reading.candidates[at]
        for person in members:
            chances[name] = max(chances[name], float(reading.relations[person, at, BELONGS]))
        for role in offices:
            office = reading.candidates[role]
            if office.end <= body.start and OF.fullmatch(text[office.end : body.start]):
                chances[name] = max(chances[name], PHRASED)
    return {name: log_odds(chance, edge=EDGE) for name, chance in chances.items()}
