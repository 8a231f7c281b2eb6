"""The vocabulary of shares (models/lexicon/shares.toml), and what a share is a part of: a stake, a growth, other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.extract.number_cut import NumberCut
from pipeline.extract.numbers import NumberWords
from pipeline.records import ShareOf

STAKE: Final = ShareOf.STAKE
GROWTH: Final = ShareOf.GROWTH
OTHER: Final = ShareOf.OTHER
REACH_BEFORE: Final = 9
REACH_AFTER: Final = 4  # atoms
BEFORE: Final = ("stake_before", "pool_before", "growth_before", "other_before")
OF_A_FALL: Final = frozenset({"del", "dell'", "dello"})
OF_A_CHANGE: Final = frozenset({"del", "dell'", "dello", "di", "il", "l'", "circa", "oltre", "quasi", "un"})
OF_WHAT: Final = frozenset({"di", "d'", "del", "della", "dell'", "dei", "degli", "delle", "dello"})
HOLDERS: Final = frozenset(
    {
        "ha",
        "hanno",
        "con",
        "per",
        "resta",
        "va",
        "andrà",
        "ebbe",
        "aveva",
        "ne",
        "conserva",
        "tiene",
        "prende",
        "avrà",
        "avranno",
        "avrebbe",
        "avrebbero",
        "tengono",
        "prese",
    }
)
COMPARED: Final = frozenset({"superiore", "inferiore", "vicino"})  # "un calo superiore al 5%"
CEDED: Final = ("cedut",)
QUOTED: Final = frozenset({"titolo", "titoli", "borsa"})  # "il titolo ha ceduto il 4,6%" is a fall, no sale
OF_A_PART: Final = frozenset({"il", "l'", "lo"})
OF_ONE: Final = frozenset({"del", "della", "dell'", "dello"})
TO_WHOM: Final = frozenset({"a", "ad", "al", "alla", "all'", "ai", "agli", "alle"})
IN_HANDS: Final = ("in mano", "in capo", "che manca", "rastrellat", "sottoscritt", "residuo", "restante", "rimanente")
LONGEST_ACRONYM: Final = 3  # "Pil", "PIL"
SIGNS: Final = frozenset({"+", "-", "−", "–", "più", "meno"})


@dataclass(frozen=True, slots=True, eq=False)
class ShareWords:
    """All vocabulary that shares need."""

    numbers: NumberWords
    units: dict[tuple[str, ...], str]
    openers: dict[str, int]  # the first atoms of units, and how many the longest has
    fraction_not_before: frozenset[str]
    half_not_before: frozenset[str]
    half_not_after: frozenset[str]
    half_divided: tuple[str, ...]
    stake_before: tuple[str, ...]
    stake_after: tuple[str, ...]
    bodies: tuple[str, ...]
    pool_before: tuple[str, ...]
    growth_before: tuple[str, ...]
    other_before: tuple[str, ...]
    growth_after: tuple[str, ...]
    heads: frozenset[str]  # the first `head` letters of all that is asked of the words before a share
    head: int


def part_of(cut: NumberCut, first: int, last: int, words: ShareWords) -> ShareOf | None:
    """Return what the share over the atoms `first` to `last` is a part of, None where nothing beside it says so.

    A sign before it says growth.
    """
    keys = cut.keys
    if keys[first] in SIGNS or keys[first - 1] in {"+", "−"}:
        return GROWTH
    start = max(cut.sentence_start(first, limit=REACH_BEFORE + 1), first - REACH_BEFORE)
    before = _telling(keys[start:first], words)
    near = _telling(keys[max(start, first - REACH_AFTER) : first], words) if before else before
    if begins(before, words.pool_before) or _is_of_other(keys[first - 1], near, words):
        return OTHER
    owned = _is_owned(cut, last, words)
    if not (owned and keys[first - 1] in OF_A_PART):  # "cede il 12% della società" is a stake
        grown = " ".join(keys[last : last + REACH_AFTER]).startswith(words.growth_after)
        key = "del" if keys[first - 1] in TO_WHOM and keys[first - 2] in COMPARED else keys[first - 1]
        if grown or (before and _is_change(key, before, near, words)):
            return GROWTH
    return STAKE if owned else _stake_or_other(cut, first, last, before, words)


def _stake_or_other(cut: NumberCut, first: int, last: int, before: list[str], words: ShareWords) -> ShareOf | None:
    """Tell a stake by who is said to hold it or by the words of ownership before it."""
    if _is_told_stake(cut, first, last):
        return STAKE
    if cut.keys[last] in OF_WHAT:  # "il 38% dei lavoratori"
        return OTHER
    held = begins(before, words.stake_before) or _is_held(cut, first, last)
    return STAKE if held else None


def _is_of_other(key: str, near: list[str], words: ShareWords) -> bool:
    """Say whether a word near says what else it is of: "una cedola del 4%"; of "l'export sale del 4%" the verb does."""
    if not begins(near, words.other_before):
        return False
    last = near[-1]
    return key not in OF_A_FALL or last.startswith(words.other_before) or not last.startswith(words.growth_before)


def _telling(keys: tuple[str, ...], words: ShareWords) -> list[str]:
    """Return the words that may say what a share is a part of: most begin with no stem that does."""
    return [key for key in keys if key[: words.head] in words.heads]


def begins(keys: Sequence[str], stems: tuple[str, ...]) -> bool:
    """Say whether a word begins with one of the stems."""
    for key in keys:  # noqa: SIM110 - any() takes twice the time
        if key.startswith(stems):
            return True
    return False


def _is_change(key: str, before: list[str], near: list[str], words: ShareWords) -> bool:
    """Say whether words of change stand before `key`: "cresce del 5%", "il titolo ha ceduto il 4,6%"."""
    reach = before if key in OF_A_FALL else near
    if key in OF_A_CHANGE and begins(reach, words.growth_before):
        return True
    return begins(near, CEDED) and not QUOTED.isdisjoint(before)


def _is_told_stake(cut: NumberCut, first: int, last: int) -> bool:
    """Say whether it is told beside a share who holds it: "Alfa (51%)", "il 20% in mano ad Alfa"."""
    if cut.keys[first - 1] == "(" and cut.atoms.raw(first - 2)[:1].isupper():
        return True
    if cut.keys[last] == "è" and cut.keys[last + 1] in OF_ONE and cut.keys[last + 2].isalpha():
        return True  # "il 62% è della presidente"
    return " ".join(cut.keys[last : last + REACH_AFTER]).startswith(IN_HANDS)


def _is_owned(cut: NumberCut, last: int, words: ShareWords) -> bool:
    """Say whether what follows is owned: "del capitale", "delle quote", or a name."""
    after = cut.keys[last : last + REACH_AFTER]
    if after[0] in OF_ONE and after[1].startswith(words.bodies):
        return True
    counted = after[:2] == ("delle", "società")  # "il 91% delle società"
    return begins(after[2 * counted :], words.stake_after) or _is_of_body(cut, last)


def _is_of_body(cut: NumberCut, last: int) -> bool:
    """Say whether a name follows: "di Beta", "della svedese Nilsby", "a Delta"; "del PIL" is none."""
    key = cut.keys[last]
    if key not in OF_WHAT and key not in TO_WHOM:
        return False
    name = cut.atoms.raw(last + 1)
    if name[:1].isupper() and not (name.isupper() and len(name) <= LONGEST_ACRONYM):
        return True
    return key in OF_ONE and name.isalpha() and cut.atoms.raw(last + 2)[:1].isupper()


def _is_held(cut: NumberCut, first: int, last: int) -> bool:
    """Say whether somebody has the share: "ha il 16%.", "per il 64%, Alfa", "con il 37"."""
    led = cut.keys[first - 1] in {"il", "l'", "al", "all'"} and cut.keys[first - 2] in HOLDERS
    return led and not cut.keys[last][:1].isalpha()
