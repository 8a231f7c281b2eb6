"""Which body a person belongs to: the linker's word, a phrase and the surface of the text together. Pure.

Log odds are added. On the articles that choose, persons' bodies rose so from F1 .77 to .81 beside asking the surface
only where the linker was silent, with fewer bodies for people who have none.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

from pipeline.extract.chances import log_odds
from pipeline.extract.names import OrganisationWords, fold
from pipeline.extract.naming import Named
from pipeline.extract.people import EDGE
from pipeline.extract.surface.features import Features, Holder, Shown, body_features
from pipeline.extract.surface.linear import Surface
from pipeline.extract.surface.view import WORD, Edges, View
from pipeline.records import Mention, Organisation, Person

WEIGHT = 0.8  # of the surface beside the linker; it and the next chosen on dev
LEAST = -5.0  # log odds
TOLD = 6.0  # what an office adds to a body of its sort: "assessore regionale" to "Regione Piemonte"; chosen on dev
NAMESAKE = 4.0  # what a surname adds to a company named so: "Vincenzo Imparato" to "Imparato Crociere"; chosen on dev
SURNAME = 4  # letters that a surname has at least, to be known again
BEFORE_OFFICE = re.compile(r"(?:ex|già|neo|vice)[- ]?(?=\w{4})")
PRIVATE = frozenset({"company", "bank", "fund", "team"})
GOVERNMENT = frozenset({"ministry", "public", None})


def words_of(text: str) -> list[str]:
    """Return the words of a name, in lower case."""
    return [match.group().lower() for match in WORD.finditer(text)]


@dataclass(frozen=True, slots=True)
class Bodies:
    """The organisations of an article as words: mentions, the words of the names, where any is mentioned, in order."""

    shown: tuple[Shown, ...]
    names: tuple[list[str], ...]
    starts: list[int]


def show_bodies(view: View, organisations: Sequence[Organisation]) -> Bodies:
    """Return what is looked at of all organisations, whoever is asked about."""
    shown = tuple(Shown("ORG", _edges(view, each.mentions), _in_title(view, each)) for each in organisations)
    starts = sorted(start for each in shown for start, _ in each.mentions)
    return Bodies(shown, tuple(words_of(each.name) for each in organisations), starts)


def body_cases(view: View, person: Person, bodies: Bodies) -> list[Features]:
    """Return what is looked at of the person and each organisation."""
    names = frozenset(word for mention in person.mentions for word in words_of(mention.text) if len(word) > 3)
    holder = Holder(_edges(view, person.mentions), names, tuple(words_of(person.role or "")[-2:]))
    return [
        body_features(view, holder, shown, name, bodies.starts)
        for shown, name in zip(bodies.shown, bodies.names, strict=True)
    ]


def _edges(view: View, mentions: Sequence[Mention]) -> tuple[Edges, ...]:
    return tuple(view.span(mention.start, mention.end) for mention in mentions)


def _in_title(view: View, organisation: Organisation) -> bool:
    return any(mention.start < view.title for mention in organisation.mentions)


def place_people(view: View, named: Named, *, surface: Surface, words: OrganisationWords) -> tuple[Person, ...]:
    """Return the people of `named`, each with the body that both readers together find likeliest, if likely enough."""
    if not named.organisations or not named.people:
        return named.people
    bodies = show_bodies(view, named.organisations)
    cases = [case for person in named.people for case in body_cases(view, person, bodies)]
    chances = surface["bodies"].chances(cases)[:, 1].reshape(len(named.people), -1).tolist()
    asked = zip(named.people, named.belongings, chances, strict=True)
    return tuple(_place(person, told, its, named.organisations, words) for person, told, its in asked)


def may_hold(office: str | None, body: Organisation, words: OrganisationWords) -> bool:
    """Say whether such an office may be one of such a body: no company has a mayor, no commission a minister."""
    office = (office or "").lower()
    if office.startswith(words.government_offices):
        return body.kind in GOVERNMENT
    return not (office.startswith(words.public_offices) and body.kind in PRIVATE)


def bodies_told(office: str | None, words: OrganisationWords) -> tuple[str, ...]:
    """Return how the names begin of the bodies that have such an office; nothing where the office does not say it."""
    office = BEFORE_OFFICE.sub("", fold(office or ""), count=1)
    return next((each.bodies for each in words.office_bodies if office.startswith(each.offices)), ())


def said_by_words(body: Organisation, begins: tuple[str, ...], surname: str) -> float:
    """Return the log odds that a person's office, whose bodies' names begin so, and surname add to a body."""
    name = fold(body.name)
    named = len(surname) >= SURNAME and surname in name.split()
    return TOLD * name.startswith(begins) + NAMESAKE * (named and body.kind in PRIVATE | {None})


def _place(
    person: Person,
    told: Mapping[str, float],
    chances: Sequence[float],
    organisations: Sequence[Organisation],
    words: OrganisationWords,
) -> Person:
    begins, surname = bodies_told(person.role, words), fold(person.name).rpartition(" ")[2]
    odds = [
        -inf
        if not may_hold(person.role, each, words)
        else told.get(each.name, log_odds(0.0, edge=EDGE))
        + WEIGHT * log_odds(chance, edge=EDGE)
        + said_by_words(each, begins, surname)
        for each, chance in zip(organisations, chances, strict=True)
    ]
    best = max(range(len(odds)), key=lambda at: odds[at])
    return replace(person, organisation=organisations[best].name) if odds[best] >= LEAST else person
