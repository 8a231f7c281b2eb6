"""Whether two organisations' names are one body. Judges; never merges by likeness, and opens no file."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.fuzz import token_sort_ratio

from pipeline.link.knowledge import Words, words
from pipeline.link.names import OrgName, is_acronym_of, is_dangerous, parse_org_name
from pipeline.link.places import is_place_word

NEAR = 92.0  # token_sort_ratio from which two names are proposed: found 82% of same-name pairs, no wrong merge
NEAR_NAME = "near name"
STEM = 7  # letters that two forms of a word have in common: "composit"
COMPACT = 8  # letters from which names that differ only in spaces are equal: "Lunettes Du Parc", "Lunettes Duparc"

# What the reader calls one body in two articles: a public body is "public" or "institution", a fund "company".
KINDS = (
    frozenset({"company", "bank", "fund", "media", "newspaper", "exchange", "public", "institution"}),
    frozenset({"public", "ministry", "institution", "university", "association"}),
    frozenset({"association", "union", "institution", "club"}),
    frozenset({"media", "newspaper"}),
)


class Verdict(StrEnum):
    """Same: merged by itself. Propose: a person decides. Different: neither."""

    SAME = "same"
    PROPOSE = "propose"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, its score (0..100) and what it rests on."""

    verdict: Verdict
    score: float
    why: str


def kinds_agree(first: str | None, second: str | None) -> bool:
    """Return whether one body can be called both; an unknown kind agrees with all."""
    return first is None or second is None or first == second or any({first, second} <= group for group in KINDS)


def forms_agree(first: OrgName, second: OrgName) -> bool:
    """Return whether one body can bear both legal forms; none said agrees with all."""
    return first.family is None or second.family is None or first.family == second.family


def judge_names(first: str, second: str) -> Judgement:
    """Judge two names by themselves, legal form included; kind and place are judged by `pipeline.link.entities`."""
    one, two = parse_org_name(first), parse_org_name(second)
    if one.generic or two.generic:
        return Judgement(Verdict.DIFFERENT, 0.0, "says only what sort of body it is")
    if equal_norms(one, two):
        if forms_agree(one, two):
            return Judgement(Verdict.SAME, 100.0, "equal name")
        return Judgement(Verdict.PROPOSE, 98.0, f"equal name, legal forms {one.form} and {two.form}")
    return judge_unequal(one, two)


def equal_norms(one: OrgName, two: OrgName) -> bool:
    """Return whether the normal forms are equal; long ones also without their spaces."""
    return one.norm == two.norm or (len(one.compact) >= COMPACT and one.compact == two.compact)


def judge_unequal(one: OrgName, two: OrgName) -> Judgement:
    """Judge two names whose normal forms differ: proposed when near, unless the difference is one that holds apart."""
    known = words()
    if any(word in known.group for word in (*one.words, *two.words)) and only_group_words(one, two, known):
        return Judgement(Verdict.PROPOSE, 95.0, "equal but for group")
    if is_acronym(one, two) or is_acronym(two, one):
        return Judgement(Verdict.PROPOSE, NEAR, "acronym")
    if is_dangerous(one.norm) or is_dangerous(two.norm):
        return Judgement(Verdict.DIFFERENT, 0.0, "short or common name")
    if is_within(one, two) or is_within(two, one):
        return Judgement(Verdict.PROPOSE, 90.0, "name within name")
    if is_region_of(one, two) or is_region_of(two, one):
        return Judgement(Verdict.PROPOSE, NEAR, "the region by its name")
    return judge_nearness(one, two)


def judge_nearness(one: OrgName, two: OrgName) -> Judgement:
    """Judge two names by their letters alone, and by what the letters that differ mean."""
    score = token_sort_ratio(one.norm, two.norm)
    if score < NEAR and is_inflected(one, two):
        score = NEAR
    if score < NEAR:
        return Judgement(Verdict.DIFFERENT, score, "names differ")
    only_one, only_two = differing(one, two)
    if held_apart(only_one, only_two, words()):
        return Judgement(Verdict.DIFFERENT, score, f"apart by {' '.join(sorted(only_one | only_two))}")
    return Judgement(Verdict.PROPOSE, score, NEAR_NAME)


def is_inflected(one: OrgName, two: OrgName) -> bool:
    """Return whether two names differ in the ending of one word: "Aeromed Compositi", "Aeromed Composites"."""
    only_one, only_two = differing(one, two)
    if len(only_one) != 1 or len(only_two) != 1 or not (set(one.distinctive) & set(two.distinctive)):
        return False
    (first,), (second,) = only_one, only_two
    return first[:STEM] == second[:STEM] and min(len(first), len(second)) >= STEM


def is_region_of(short: OrgName, long: OrgName) -> bool:
    """Return whether `short` is the name of the region whose body `long` is: "Piemonte", "Regione Piemonte"."""
    return long.words[0] == "regione" and long.words[1:] == short.words


def only_group_words(one: OrgName, two: OrgName, known: Words) -> bool:
    """Return whether two names differ in nothing but words like "gruppo"."""
    only_one, only_two = differing(one, two)
    return (only_one | only_two) <= known.group


def is_acronym(short: OrgName, long: OrgName) -> bool:
    """Return whether `short` is one word of three letters or more that can be the acronym of `long`."""
    return (
        len(short.words) == 1 and len(short.norm) >= 3 and len(long.words) >= 3 and is_acronym_of(short.core, long.core)
    )


def differing(one: OrgName, two: OrgName) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that only the one and only the other has."""
    first, second = Counter(one.words), Counter(two.words)
    return frozenset(first - second), frozenset(second - first)


def held_apart(only_one: frozenset[str], only_two: frozenset[str], known: Words) -> bool:
    """Return whether the difference makes two bodies: numbers, places, or a word like SGR, Fondazione, Italia."""
    both = only_one | only_two
    if both & known.apart:
        return True
    if any((word.isdigit() and not is_founding(word, both)) or len(word) <= 2 for word in both):
        return True
    # "Camera di commercio di Cuneo" and "di Como"; "Confindustria Cuneo" beside the whole
    return bool(both) and all(is_place_word(word) for word in both)


def is_founding(word: str, differing: frozenset[str]) -> bool:
    """Return whether the only word that differs is the year of a firm's founding: "Maglificio Zeglio 1926".

    "Expo 2015" is another than "Expo"; firms of this century do not boast of their age.
    """
    return len(differing) == 1 and len(word) == 4 and "1400" <= word < "2000"


def is_within(one: OrgName, two: OrgName) -> bool:
    """Return whether `one` can be short for `two`: its words within, and no word over that makes another body.

    Also for the same words in another order: "Corradengo Essenze".
    """
    first, second = frozenset(one.words), frozenset(two.words)
    if not is_telling(one) or is_body(two) or not first <= second:
        return False
    return not held_apart(second - first, frozenset(), words())


@lru_cache(maxsize=65536)
def is_telling(name: OrgName) -> bool:
    """Return whether a short form says whom it means at all: not dangerous, and one word that is not common.

    "Camera di commercio" means another body in every town, and so does all that begins like a body's name.
    """
    return not (name.generic or is_dangerous(name.norm) or is_body(name)) and bool(name.distinctive)


def is_body(name: OrgName) -> bool:
    """Return whether a name is that of a public body or local branch: what it is, and its place."""
    return name.words[0] in words().bodies
