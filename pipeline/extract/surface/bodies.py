"""Guesses which body a person belongs to, where neither the linker nor a phrase says so. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.surface.features import Holder, Shown, body_features
from pipeline.extract.surface.linear import Ints, Surface
from pipeline.extract.surface.view import WORD, Edges, View
from pipeline.records import Mention, Organisation, Person

LEAST = 0.2  # chosen on dev


def words_of(text: str) -> list[str]:
    """Return the words of a name, in lower case."""
    return [match.group().lower() for match in WORD.finditer(text)]


def body_cases(view: View, person: Person, organisations: Sequence[Organisation]) -> list[Ints]:
    """Return what is looked at of the person and each organisation."""
    edges = [_edges(view, each.mentions) for each in organisations]
    others = [one for mentions in edges for one in mentions]
    names = frozenset(word for mention in person.mentions for word in words_of(mention.text) if len(word) > 3)
    holder = Holder(_edges(view, person.mentions), names, tuple(words_of(person.role or "")[-2:]))
    return [
        body_features(view, holder, Shown("ORG", mentions, _in_title(view, each)), words_of(each.name), others)
        for each, mentions in zip(organisations, edges, strict=True)
    ]


def _edges(view: View, mentions: Sequence[Mention]) -> tuple[Edges, ...]:
    return tuple(view.span(mention.start, mention.end) for mention in mentions)


def _in_title(view: View, organisation: Organisation) -> bool:
    return any(mention.start < view.title for mention in organisation.mentions)


def place_people(
    view: View, people: Sequence[Person], organisations: Sequence[Organisation], *, surface: Surface
) -> tuple[Person, ...]:
    """Return the people, those without a body with the likeliest one, where it is likely enough."""
    return tuple(
        each if each.organisation or not organisations else _place(view, each, organisations, surface)
        for each in people
    )


def _place(view: View, person: Person, organisations: Sequence[Organisation], surface: Surface) -> Person:
    chances = surface["bodies"].chances(body_cases(view, person, organisations))[:, 1]
    best = int(chances.argmax())
    return replace(person, organisation=organisations[best].name) if chances[best] >= LEAST else person
