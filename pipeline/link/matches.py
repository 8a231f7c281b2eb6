"""What speaks for an organisation of an article being a known one: an equal name, a short form, or mere nearness."""

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from pipeline.known import Appearance, KnownEntity
from pipeline.link.blocks import blocks_of
from pipeline.link.names import OrgName, parse_org_name
from pipeline.link.organisations import (
    Verdict,
    equal_norms,
    forms_agree,
    is_telling,
    is_within,
    judge_names,
    kinds_agree,
)

OWN = 10  # traits that an equal main name is worth: more than all others together


class Rank(IntEnum):
    """How much a match says by itself."""

    NEAR = 1  # to be proposed
    WITHIN = 2  # one name's words are within the other's: "Tarsia", "Tarsia Robotics"
    ALIAS = 3  # a short form that an article used: "Baldanza" beside "Cantieri Baldanza"
    FULL = 4  # equal full names, nothing against it


@dataclass(frozen=True, slots=True)
class Match:
    """A known entity that an appearance may be; `traits` counts what agrees besides the name."""

    rank: Rank
    traits: int
    score: float  # 0..100
    why: str
    entity: KnownEntity


@dataclass(frozen=True, slots=True)
class NameSet:
    """The names of one body: `main` its own, `full` all that stand by themselves, `short` those that do not."""

    main: tuple[OrgName, ...]
    full: tuple[OrgName, ...]
    short: tuple[OrgName, ...]


def find_matches(appearance: Appearance, known: tuple[KnownEntity, ...]) -> list[Match]:
    """Return the known organisations that `appearance` is or may be, best first; ties go to the oldest."""
    ours = name_set(appearance.name, appearance.aliases)
    found = [match for entity in known if (match := match_organisation(appearance, ours, entity))]
    return sorted(found, key=lambda m: (-m.rank, -m.traits, -m.score, m.entity.id))


class Index:
    """Known organisations by the keys of their names: whoever shares none cannot be meant."""

    def __init__(self, known: tuple[KnownEntity, ...]) -> None:
        self.known = known
        self.places: dict[str, set[int]] = {}
        for place, entity in enumerate(known):
            for name in entity.names:
                for block in blocks_of(entity.kind, name):
                    self.places.setdefault(block, set()).add(place)

    def find(self, appearance: Appearance) -> tuple[KnownEntity, ...]:
        """Return the organisations that share a key with a name of `appearance`, in the order given."""
        names = (appearance.name, *appearance.aliases)
        blocks = {block for name in names for block in blocks_of(appearance.kind, name)}
        return tuple(self.known[place] for place in sorted({p for block in blocks for p in self.places.get(block, ())}))


def match_organisation(appearance: Appearance, ours: NameSet, entity: KnownEntity) -> Match | None:
    """Return what speaks for `appearance` being `entity`, None for nothing."""
    if ours.main[0].generic:
        return None
    theirs = name_set(entity.name, entity.names, entity.mains)
    traits = agreeing_traits(appearance, entity)
    match = equal_match(ours, theirs, traits, entity)
    if match is None and traits is not None:
        match = alias_match(appearance, ours, theirs, Match(Rank.ALIAS, traits, 95.0, "short form", entity))
        rank = Rank.WITHIN if same_kind(appearance.org_kind, entity.org_kind) else Rank.NEAR
        match = match or within_match(ours, theirs, Match(rank, traits, 90.0, "name within name", entity))
    if match is None:
        match = near_match(ours.full, theirs.full, entity)
        # "Agi" the agency is no proposal for Arti Grafiche Irno; letters alone say too little
        if match and match.why == "acronym" and appearance.org_kind != entity.org_kind:
            return None
    return match


def equal_match(ours: NameSet, theirs: NameSet, traits: int | None, entity: KnownEntity) -> Match | None:
    """Return the match of equal full names, one of them a main name; a proposal where form, kind or place differ."""
    equal = [
        (one, two)
        for one in ours.full
        for two in theirs.full
        if (one in ours.main or two in theirs.main) and equal_norms(one, two)
    ]
    if not equal:
        return None
    if traits is not None and any(forms_agree(one, two) for one, two in equal):
        # whose own name it is comes before whom a reader once called so
        own = any(one in ours.main and two in theirs.main for one, two in equal)
        return Match(Rank.FULL, traits + OWN * own, 100.0, "equal name", entity)
    return Match(Rank.NEAR, 0, 98.0, "equal name; form, kind or place differ", entity)


def alias_match(appearance: Appearance, ours: NameSet, theirs: NameSet, match: Match) -> Match | None:
    """Return `match` where the main name of one is a name that an article used for the other.

    Two long names with one short form are two bodies: Landucci Holding and Landucci Elettronica. An acronym of three
    letters needs the words that it is of, and the kind: Fti is Ferrotranvie Iblee and many others.
    """
    used = [(two, ours.main[0], theirs.main[0]) for two in (*theirs.full, *theirs.short)]
    used += [(one, main, ours.main[0]) for one in (*ours.full, *ours.short) for main in theirs.main]
    told = any(equal_norms(alias, main) and tells(alias, long, appearance, match.entity) for alias, main, long in used)
    return match if told else None


def tells(alias: OrgName, long: OrgName, appearance: Appearance, entity: KnownEntity) -> bool:
    """Return whether `alias` says whom it means: a telling name, or letters of `long` in order with the same kind.

    An article used it for `long`, so letters from within the words will do: Fti is FerroTranvie Iblee.
    """
    same_kind = appearance.org_kind is not None and appearance.org_kind == entity.org_kind
    return is_telling(alias) or (same_kind and is_letters_of(alias.norm, long.norm))


def same_kind(first: str | None, second: str | None) -> bool:
    """Return whether two kinds are one, or one is not known: "Banca Generali" is a bank, "Generali" is not."""
    return first is None or second is None or first == second


def is_letters_of(short: str, long: str) -> bool:
    """Return whether `short` is one word whose letters, two or more, stand in `long` in order, the first one first.

    A word of `long` is no acronym of it: "Cna" is not short for "Cna Ancona", the branch of a town.
    """
    if len(short) < 2 or " " in short or short in long.split() or not long.startswith(short[0]):
        return False
    letters = iter(long)
    return all(char in letters for char in short)


def within_match(ours: NameSet, theirs: NameSet, match: Match) -> Match | None:
    """Return `match` where the words of one full name are within the other's."""
    pairs = ((one, two) for one in ours.full for two in theirs.full)
    return match if any(is_within(one, two) or is_within(two, one) for one, two in pairs) else None


def near_match(ours: tuple[OrgName, ...], theirs: tuple[OrgName, ...], entity: KnownEntity) -> Match | None:
    """Return the best proposal among the full names of two bodies; none where any two of them hold apart."""
    judged = [judge_names(one.written, two.written) for one in ours for two in theirs]
    near = [judgement for judgement in judged if judgement.verdict is Verdict.PROPOSE]
    if not near or any(judgement.why.startswith("apart") for judgement in judged):
        return None
    best = max(near, key=lambda judgement: judgement.score)
    return Match(Rank.NEAR, 0, best.score, best.why, entity)


@lru_cache(maxsize=16384)
def name_set(name: str, others: tuple[str, ...], mains: tuple[str, ...] = ()) -> NameSet:
    """Return the names that stand by themselves and those that are short for another, or say too little.

    "Baldanza" beside "Cantieri Baldanza" is short, "Bpm" beside "Banca Popolare di Milano" too, as "Bruxelles" is. So
    is an alias that has nothing of the name: readers err, and one wrong alias would make two firms one for ever. The
    `mains` a person gave.
    """
    main = tuple(dict.fromkeys(map(parse_org_name, (name, *mains))))
    parsed = tuple(dict.fromkeys((*main, *map(parse_org_name, others))))
    full = tuple(one for one in parsed if one in main or is_full(one, parsed))
    return NameSet(main, full, tuple(one for one in parsed if one not in full))


def is_full(one: OrgName, names: tuple[OrgName, ...]) -> bool:
    """Return whether an alias stands by itself: it tells whom it means, has something of the main name, all of none."""
    return is_telling(one) and is_related(one, names[0]) and not any(is_shorter(one, two) for two in names)


def is_related(one: OrgName, two: OrgName) -> bool:
    """Return whether two names show that they are of one body: a common word, or the letters of one in the other."""
    return (
        bool(set(one.words) & set(two.words)) or is_letters_of(one.norm, two.norm) or is_letters_of(two.norm, one.norm)
    )


def is_shorter(one: OrgName, two: OrgName) -> bool:
    """Return whether the words of `one` are fewer than, and all among, those of `two`."""
    return set(one.words) < set(two.words)


def is_kin(appearance: Appearance, entity: KnownEntity) -> bool:
    """Return whether a known body bears a telling word of the appearance's name: it proves nothing of it.

    Two Landuccis stand beside each other, and Acciaierie Valgrande beside the joint venture Valgrande Hydrovolt.
    """
    telling = set(parse_org_name(appearance.name).distinctive)
    return any(telling & set(parse_org_name(name).words) for name in entity.names)


def agreeing_traits(appearance: Appearance, entity: KnownEntity) -> int | None:
    """Return how many of kind, province and region are known and agree; None where one of them speaks against.

    Readers err on kinds: "Puglia Sviluppo" is an association to one article and a company to another. Only a name of
    one word needs its kind: Maranga the club and Maranga the firm.
    """
    if not kinds_agree(appearance.org_kind, entity.org_kind) and not is_one_long_name(appearance.name, entity.name):
        return None
    if appearance.region and entity.region and appearance.region != entity.region:
        return None
    said = (
        (appearance.org_kind, entity.org_kind),
        (appearance.province, entity.province),
        (appearance.region, entity.region),
    )
    return sum(one is not None and one == two for one, two in said)


def is_one_long_name(first: str, second: str) -> bool:
    """Return whether two names are equal and of two words or more."""
    one, two = parse_org_name(first), parse_org_name(second)
    return len(one.words) > 1 and one.norm == two.norm
