"""The organisations and people of one article beside those that the knowledge base holds: who is whom.

The same is only who has an equal normal form, of compatible legal form, kind and place. A short form ("Baldanza" for
"Cantieri Baldanza") counts where no other body known bears it. All else that is near is proposed, never merged.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.known import Appearance, KnownEntity, Linked, Proposal
from pipeline.link.names import OrgName, is_dangerous, parse_org_name
from pipeline.link.organisations import Verdict, equal_norms, forms_agree, judge_names, kinds_agree
from pipeline.link.people import link_people
from pipeline.link.places import is_place_word

PROPOSALS = 5  # of one appearance at most: the queue is for people


@dataclass(frozen=True, slots=True)
class Match:
    """What speaks for an appearance being a known entity: `rank` 3 full name, 2 short form, 1 near."""

    rank: int
    traits: int
    score: float
    why: str
    entity: KnownEntity


def link_entities(
    appearances: tuple[Appearance, ...], known: tuple[KnownEntity, ...], *, apart: frozenset[frozenset[int]]
) -> tuple[Linked, ...]:
    """Return what each appearance of one article is, in order; organisations first, then people in a second call.

    `known` are the entities that share a block with an appearance, and for people those with an office in its
    organisation. `apart` are pairs of entities that a person said are two: they are not proposed either.
    """
    organisations = tuple(entity for entity in known if entity.kind == "organisation")
    people = tuple(entity for entity in known if entity.kind == "person")
    linked = {
        **link_organisations([a for a in appearances if a.kind == "organisation"], organisations),
        **link_people([a for a in appearances if a.kind == "person"], people),
    }
    return tuple(without_apart(linked[appearance.key], apart) for appearance in appearances)


def without_apart(linked: Linked, apart: frozenset[frozenset[int]]) -> Linked:
    """Return `linked` without the proposals that a person has already answered with "different"."""
    kept = tuple(p for p in linked.proposals if frozenset({p.entity, linked.entity}) not in apart)
    return Linked(linked.key, linked.entity, kept[:PROPOSALS])


def link_organisations(appearances: list[Appearance], known: tuple[KnownEntity, ...]) -> dict[int, Linked]:
    """Link by full names first; short forms may then take only entities that nobody else of the article is."""
    matches = {a.key: find_matches(a, known) for a in appearances}
    taken: dict[int, KnownEntity] = {}
    for key, found in matches.items():
        if found and found[0].rank == 3:
            taken[key] = found[0].entity
    names = {entity.id for entity in taken.values()}
    for appearance in appearances:
        if appearance.key not in taken:
            short = [m for m in matches[appearance.key] if m.rank == 2 and m.entity.id not in names]
            if len(short) == 1 and not rivals(appearance, short[0].entity, known):
                taken[appearance.key] = short[0].entity
    return {
        a.key: Linked(a.key, taken[a.key].id if a.key in taken else None, proposals(matches[a.key], taken.get(a.key)))
        for a in appearances
    }


def proposals(matches: list[Match], taken: KnownEntity | None) -> tuple[Proposal, ...]:
    """Return the matches that were not taken, best first."""
    return tuple(Proposal(m.entity.id, m.score, m.why) for m in matches if taken is None or m.entity.id != taken.id)


def find_matches(appearance: Appearance, known: tuple[KnownEntity, ...]) -> list[Match]:
    """Return the known organisations that `appearance` is or may be, best first; ties go to the oldest."""
    found = [match for entity in known if (match := match_organisation(appearance, entity))]
    return sorted(found, key=lambda m: (-m.rank, -m.traits, -m.score, m.entity.id))


def match_organisation(appearance: Appearance, entity: KnownEntity) -> Match | None:
    """Return what speaks for `appearance` being `entity`, None for nothing."""
    ours = full_and_short(appearance.name, appearance.aliases)
    theirs = full_and_short(entity.name, entity.names)
    traits = agreeing_traits(appearance, entity)
    if any(equal_norms(one, two) for one in ours[0] for two in theirs[0]):
        if traits is None or not all_forms_agree(ours[0], theirs[0]):
            return Match(1, 0, 98.0, "equal name; form, kind or place differ", entity)
        return Match(3, traits, 100.0, "equal name", entity)
    short = [two for one, two in pairs(ours, theirs) if equal_norms(one, two)]
    if short and traits is not None:
        telling = any(is_telling(name) for name in short)
        return Match(2 if telling else 1, traits, 93.0, f"short form {short[0].core}", entity)
    return near_match(ours[0], theirs[0], entity)


def near_match(ours: list[OrgName], theirs: list[OrgName], entity: KnownEntity) -> Match | None:
    """Return the best proposal among the full names of two bodies."""
    judged = [judge_names(one.written, two.written) for one in ours for two in theirs]
    near = [judgement for judgement in judged if judgement.verdict is Verdict.PROPOSE]
    if not near or any(j.why.startswith("apart") for j in judged):
        return None
    best = max(near, key=lambda judgement: judgement.score)
    return Match(1, 0, best.score, best.why, entity)


def pairs(
    ours: tuple[list[OrgName], list[OrgName]], theirs: tuple[list[OrgName], list[OrgName]]
) -> Iterable[tuple[OrgName, OrgName]]:
    """Yield the pairs of names of which at least one is a short form."""
    for one in (*ours[0], *ours[1]):
        for two in (*theirs[0], *theirs[1]):
            if one in ours[1] or two in theirs[1]:
                yield one, two


def full_and_short(name: str, others: tuple[str, ...]) -> tuple[list[OrgName], list[OrgName]]:
    """Return the names that stand by themselves and those that are short for another of them.

    "Baldanza" beside "Cantieri Baldanza" is short, "Bpm" beside "Banca Popolare di Milano" too, as any dangerous name.
    """
    parsed = list(dict.fromkeys(parse_org_name(written) for written in (name, *others)))
    full, short = [parsed[0]], []
    for candidate in parsed[1:]:
        if is_short_for(candidate, parsed) or is_dangerous(candidate.norm):
            short.append(candidate)
        else:
            full.append(candidate)
    return full, short


def is_short_for(candidate: OrgName, names: list[OrgName]) -> bool:
    """Return whether the words of `candidate` are fewer than, and all among, those of another of `names`."""
    return any(set(candidate.words) < set(name.words) for name in names)


def is_telling(name: OrgName) -> bool:
    """Return whether a short form can stand for a body by itself: not dangerous, not common, not a place's name."""
    return not is_dangerous(name.norm) and any(not is_place_word(word) for word in name.distinctive)


def rivals(appearance: Appearance, entity: KnownEntity, known: tuple[KnownEntity, ...]) -> bool:
    """Return whether another known body has every word of the short form: "Landucci", "Crivelli"."""
    sought = set(parse_org_name(appearance.name).words)
    return any(
        sought <= set(parse_org_name(name).words) for other in known if other.id != entity.id for name in other.names
    )


def agreeing_traits(appearance: Appearance, entity: KnownEntity) -> int | None:
    """Return how many of kind, province and region are known and agree; None where one of them speaks against."""
    if not kinds_agree(appearance.org_kind, entity.org_kind):
        return None
    if appearance.region and entity.region and appearance.region != entity.region:
        return None
    said = (
        (appearance.org_kind, entity.org_kind),
        (appearance.province, entity.province),
        (appearance.region, entity.region),
    )
    return sum(one is not None and one == two for one, two in said)


def all_forms_agree(ours: list[OrgName], theirs: list[OrgName]) -> bool:
    """Return whether the legal forms that the names of the two bodies bear can be of one."""
    return any(forms_agree(one, two) for one in ours for two in theirs if equal_norms(one, two))
