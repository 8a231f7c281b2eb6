"""Who and what a reading names: organisations, people, places, and the members that deals are made of. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.extract.cast import Member, find_members
from pipeline.extract.names import OrganisationWords
from pipeline.extract.organisations import group_mentions, make_organisation
from pipeline.extract.page import Page
from pipeline.extract.people import belonging_of, find_people, group_people
from pipeline.extract.places import find_places
from pipeline.extract.reading import Reading
from pipeline.extract.values import Values
from pipeline.records import Amount, DateValue, Mention, Organisation, Person, Place, Share


@dataclass(frozen=True, slots=True)
class Named:
    """All that an article names, each once; `members` are parties and values, by the reading's candidates.

    `belongings`: for each of `people` the log odds, by the body's name, that the person belongs to it.
    """

    organisations: tuple[Organisation, ...]
    people: tuple[Person, ...]
    belongings: tuple[Mapping[str, float], ...]
    places: tuple[Place, ...]
    members: tuple[Member, ...]


def name_all(page: Page, reading: Reading, values: Values, *, words: OrganisationWords) -> Named:
    """Return what `reading` names."""
    organisations, bodies = _organisations(page, reading, words)
    people, belongings, persons = _people(page, reading, bodies)
    return Named(
        organisations=organisations,
        people=people,
        belongings=belongings,
        places=find_places([mention for _, mention in _mentions(page, reading, "LOC")]),
        members=find_members(page.text, reading, bodies | persons, _value_keys(reading, values)),
    )


def _mentions(page: Page, reading: Reading, kind: str) -> list[tuple[int, Mention]]:
    return [(at, page.mention(c.start, c.end)) for at, c in enumerate(reading.candidates) if c.kind == kind]


def _organisations(
    page: Page, reading: Reading, words: OrganisationWords
) -> tuple[tuple[Organisation, ...], dict[int, str]]:
    """Return the organisations, and the name of the organisation by candidate."""
    found = _mentions(page, reading, "ORG")
    mentions = [mention for _, mention in found]
    kinds = [reading.candidates[at].organisation for at, _ in found]
    groups = group_mentions(page.text, mentions, words=words)
    organisations = tuple(make_organisation(group, mentions, kinds, words=words) for group in groups)
    owners = {
        found[at][0]: each.name for group, each in zip(groups, organisations, strict=True) for at in group.members
    }
    return organisations, owners


def _people(
    page: Page, reading: Reading, bodies: Mapping[int, str]
) -> tuple[tuple[Person, ...], tuple[dict[str, float], ...], dict[int, str]]:
    """Return the people, their belongings, and the name of the person by candidate."""
    found = _mentions(page, reading, "PER")
    groups = group_people([mention.text for _, mention in found])
    placed = [replace(group, members=tuple(found[at][0] for at in group.members)) for group in groups]
    owners = {at: group.name for group in placed for at in group.members}
    people, offices = find_people(page.text, reading, placed)
    belongings = tuple(
        belonging_of(page.text, reading, group.members, its, bodies) for group, its in zip(placed, offices, strict=True)
    )
    return people, belongings, owners


def _value_keys(reading: Reading, values: Values) -> dict[int, str]:
    """Return what each sum, share or day comes to, by candidate: the same sum named twice is one."""
    stated: list[Amount | Share | DateValue] = [*values.amounts, *values.shares, *values.dates]
    keys = {(value.start, value.end): _value_key(value) for value in stated}
    spans = ((at, (each.start, each.end)) for at, each in enumerate(reading.candidates))
    return {at: key for at, span in spans if (key := keys.get(span))}


def _value_key(value: Amount | Share | DateValue) -> str | None:
    if isinstance(value, Amount):
        return f"{value.currency} {value.qualifier} {value.value} {value.min} {value.max} {value.per}"
    if isinstance(value, Share):
        return f"{value.value} {value.min} {value.max} {value.of}"
    return value.value.replace("~", "") if value.value else None
