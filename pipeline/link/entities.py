"""The organisations and people of one article beside those that the knowledge base holds: who is whom.

One is merged by itself only where a normal form is equal, with compatible legal form, kind and place. A short form
("Baldanza" for "Cantieri Baldanza") needs proof besides: somebody else whom both articles tell of. All that is merely
near is proposed.
"""

from collections.abc import Callable

from pipeline.known import Appearance, KnownEntity, Linked, Proposal
from pipeline.link.matches import Index, Match, Rank, find_matches, is_kin
from pipeline.link.organisations import NEAR_NAME
from pipeline.link.people import link_people, same_name

PROPOSALS = 5  # of one appearance at most: the queue is for people
PROVED = 99.0  # score of a proposal for which more speaks than the name
COMMON = 40  # an entity told beside more others proves nothing by being there
# Everybody stands beside these: the paper itself, the exchange, the bank that lends to all
NO_PROOF = frozenset({"media", "newspaper", "exchange", "bank", "ministry", "union"})

Complete = Callable[[KnownEntity], KnownEntity]


def as_it_is(entity: KnownEntity) -> KnownEntity:
    """Return an entity that has `beside` and `people` already."""
    return entity


def link_entities(
    appearances: tuple[Appearance, ...],
    known: tuple[KnownEntity, ...],
    *,
    apart: frozenset[frozenset[int]],
    complete: Complete = as_it_is,
) -> tuple[Linked, ...]:
    """Return what each appearance of one article is, in order; organisations first, then people in a second call.

    `known` are the entities that share a block with an appearance, and for people those with an office in its
    organisation. `apart` are pairs of entities that a person said are two: they are not proposed either. `complete`
    fills in who is told beside an entity, and its people, of the few whom that decides about. A name that a former
    reading of the article linked (`was`) stays linked: a new model must not renumber what people decided about.
    """
    organisations = tuple(entity for entity in known if entity.kind == "organisation")
    people = tuple(entity for entity in known if entity.kind == "person")
    linked = {
        **link_organisations([a for a in appearances if a.kind == "organisation"], organisations, complete),
        **link_people([a for a in appearances if a.kind == "person"], people, complete),
    }
    return tuple(without_apart(linked[appearance.key], apart) for appearance in appearances)


def without_apart(linked: Linked, apart: frozenset[frozenset[int]]) -> Linked:
    """Return `linked` without the proposals that a person has already answered with "different"."""
    kept = tuple(p for p in linked.proposals if frozenset({p.entity, linked.entity}) not in apart)
    return Linked(linked.key, linked.entity, kept[:PROPOSALS])


def link_organisations(
    appearances: list[Appearance], known: tuple[KnownEntity, ...], complete: Complete
) -> dict[int, Linked]:
    """Link by full names first; short forms may then take only entities that nobody else of the article is."""
    index = Index(known)
    matches = {appearance.key: find_matches(appearance, index.find(appearance)) for appearance in appearances}
    full = {key: found[0].entity for key, found in matches.items() if found and found[0].rank is Rank.FULL}
    taken = full | kept_links(appearances, known)
    present = {entity.id for entity in taken.values()}
    for appearance in appearances:
        if appearance.key not in taken:
            proved = prove_short_form(appearance, matches, present, complete)
            if proved is not None:
                taken[appearance.key] = proved
                present.add(proved.id)
    return {a.key: make_link(a, matches, taken.get(a.key), complete) for a in appearances}


def kept_links(appearances: list[Appearance], known: tuple[KnownEntity, ...]) -> dict[int, KnownEntity]:
    """Return those of `appearances` that the article's former reading named alike, with what it linked them to."""
    by_id = {entity.id: entity for entity in known}
    return {a.key: by_id[a.was] for a in appearances if a.was is not None and a.was in by_id}


def make_link(
    appearance: Appearance, matches: dict[int, list[Match]], taken: KnownEntity | None, complete: Complete
) -> Linked:
    """Return the entity taken and, as proposals, the others that match, best first; what is proved besides leads.

    An article that gives a full name can prove that the short form of an earlier one was the same body.
    """
    others = witnesses(appearance, matches)
    found = []
    for match in matches[appearance.key]:
        if taken is None or match.entity.id != taken.id:
            proved = match.rank >= Rank.WITHIN and is_proved(appearance, match, others, complete)
            found.append(Proposal(match.entity.id, PROVED if proved else match.score, match.why))
    ranked = sorted(found, key=lambda proposal: -proposal.score)
    return Linked(appearance.key, taken.id if taken else None, tuple(ranked))


def witnesses(appearance: Appearance, matches: dict[int, list[Match]]) -> list[Match]:
    """Return whom the article's other organisations may be."""
    return [match for key, found in matches.items() if key != appearance.key for match in found if is_witness(match)]


def prove_short_form(
    appearance: Appearance, matches: dict[int, list[Match]], present: set[int], complete: Complete
) -> KnownEntity | None:
    """Return the one known organisation that `appearance` is short for, None where none or several can be.

    It is proved by another of the article that is told beside it elsewhere: "Elleholm ordina a Baldanza" after
    "Elleholm Rederi ordina a Cantieri Baldanza". Two short forms prove each other.
    """
    short = [m for m in matches[appearance.key] if m.rank >= Rank.WITHIN and m.entity.id not in present]
    others = witnesses(appearance, matches)
    proved = [match for match in short if is_proved(appearance, match, others, complete)]
    if not proved:
        return None
    best = [match for match in proved if match.rank is max(m.rank for m in proved)]
    return best[0].entity if len(best) == 1 else None


def is_witness(match: Match) -> bool:
    """Return whether another's match can prove a short form: by name, or by a name with a slip ("Daewoon")."""
    return match.rank >= Rank.WITHIN or match.why == NEAR_NAME


def is_proved(appearance: Appearance, match: Match, others: list[Match], complete: Complete) -> bool:
    """Return whether something besides the name says that the two are one.

    Another of the article's organisations told beside the matched one elsewhere, a common officer, or for a short form
    that an article used, the same province.
    """
    if match.rank is Rank.ALIAS and appearance.province is not None and appearance.province == match.entity.province:
        return True
    entity = complete(match.entity)
    if any(same_name(one, two) for one in appearance.people for two in entity.people):
        return True
    return any(
        other.entity.id in entity.beside and proves(complete(other.entity)) and not is_kin(appearance, other.entity)
        for other in others
        if other.entity.id != entity.id
    )


def proves(entity: KnownEntity) -> bool:
    """Return whether being told beside `entity` says anything."""
    return entity.org_kind not in NO_PROOF and len(entity.beside) <= COMMON
