"""Whether a person of an article is one that is known. A name alone never suffices: an organisation must agree."""

from collections.abc import Callable

from rapidfuzz.fuzz import token_sort_ratio

from pipeline.known import Appearance, KnownEntity, Linked, Proposal
from pipeline.link.names import person_words

NEAR = 92.0


def same_name(first: str, second: str) -> bool:
    """Return whether two full names are equal, whatever the order of their words: "ROSSI Mario"; spaces are free."""
    one, two = person_words(first), person_words(second)
    if min(len(one), len(two)) < 2:
        return False
    return sorted(one) == sorted(two) or "".join(one) == "".join(two)


def is_part_of(name: str, full: str) -> bool:
    """Return whether `name` is the last or the first word of the full name: "Sturla" or "Corrado", "Corrado Sturla"."""
    one, two = person_words(name), person_words(full)
    return len(one) == 1 and len(two) > 1 and one[0] in {two[0], two[-1]}


def link_people(
    appearances: list[Appearance], known: tuple[KnownEntity, ...], complete: Callable[[KnownEntity], KnownEntity]
) -> dict[int, Linked]:
    """Link people by full name and organisation, or by a single name that one person of the organisation bears."""
    return {appearance.key: link_person(appearance, known, complete) for appearance in appearances}


def link_person(
    appearance: Appearance, known: tuple[KnownEntity, ...], complete: Callable[[KnownEntity], KnownEntity]
) -> Linked:
    """Link one person; whoever has the name and no organisation in common is proposed."""
    named = [entity for entity in known if any(same_name(appearance.name, name) for name in entity.names)]
    here = [e for e in known if e.id == appearance.was]
    if not here:
        here = [e for e in named if shares_organisation(appearance, e) or shares_story(appearance, complete(e))]
    if not here:
        here = only_bearer(appearance, known)
    chosen = min(here, key=lambda entity: entity.id) if here else None
    others = [Proposal(e.id, 100.0, "equal name, no common organisation") for e in named if e is not chosen]
    near = [p for e in known if e not in named and e is not chosen and (p := near_person(appearance, e))]
    ranked = sorted((*others, *near), key=lambda proposal: (-proposal.score, proposal.entity))
    return Linked(appearance.key, chosen.id if chosen else None, tuple(ranked))


def shares_organisation(appearance: Appearance, entity: KnownEntity) -> bool:
    """Return whether the office that the article tells of is in an organisation where the person held one."""
    return appearance.organisation is not None and appearance.organisation in entity.organisations


def shares_story(appearance: Appearance, entity: KnownEntity) -> bool:
    """Return whether the article tells of an organisation that the person is told beside, or held an office in.

    The office is not always said again: "Ettore Malinverni" beside Terme di Montecavo is the one of last year.
    """
    ours = appearance.beside | ({appearance.organisation} if appearance.organisation is not None else set())
    return bool(ours & (entity.organisations | entity.beside))


def only_bearer(appearance: Appearance, known: tuple[KnownEntity, ...]) -> list[KnownEntity]:
    """Return the one known person of the organisation with this bare name; none where two bear it."""
    bearers = [
        entity
        for entity in known
        if shares_organisation(appearance, entity)
        and any(is_part_of(appearance.name, name) or appearance.name == name for name in entity.names)
    ]
    return bearers if len(bearers) == 1 else []


def near_person(appearance: Appearance, entity: KnownEntity) -> Proposal | None:
    """Return a proposal for a near name within the same organisation: a slip, a second first name."""
    if not shares_organisation(appearance, entity):
        return None
    one = " ".join(sorted(person_words(appearance.name)))
    score = max(token_sort_ratio(one, " ".join(person_words(name))) for name in entity.names)
    if score >= NEAR or any(is_subset(appearance.name, name) for name in entity.names):
        return Proposal(entity.id, max(score, NEAR), "near name in the same organisation")
    return None


def is_subset(first: str, second: str) -> bool:
    """Return whether the words of one name are among the other's, two at least: "Mario Rossi", "Mario Luigi Rossi"."""
    one, two = set(person_words(first)), set(person_words(second))
    return min(len(one), len(two)) >= 2 and (one <= two or two <= one)
