"""The vocabulary of shares (models/lexicon/shares.toml), and what a share is a part of: a stake, a growth, other."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from pipeline.extract.atoms import Atoms, cut_atoms
from pipeline.extract.money import sentence_start
from pipeline.extract.numbers import NumberWords, load_number_words
from pipeline.lexicon import LexiconModel, load_lexicon
from pipeline.records import ShareOf

REACH_BEFORE, REACH_AFTER = 9, 4  # atoms
OF_A_FALL = frozenset({"del", "dell'", "dello"})
OF_A_CHANGE = frozenset({"del", "dell'", "dello", "di", "il", "l'", "circa", "oltre", "quasi", "un"})
OF_WHAT = frozenset({"di", "d'", "del", "della", "dell'", "dei", "degli", "delle", "dello"})
HOLDERS = frozenset(
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
    }
)
QUOTED = frozenset({"titolo", "titoli", "borsa"})  # "il titolo ha ceduto il 4,6%" is a fall, no sale
OF_A_PART = frozenset({"il", "l'", "lo"})
OF_ONE = frozenset({"del", "della", "dell'", "dello"})
TO_WHOM = frozenset({"a", "ad", "al", "alla", "all'", "ai", "agli", "alle"})
IN_HANDS = ("in mano", "in capo", "che manca", "rastrellat", "sottoscritt", "residuo", "restante", "rimanente")
LONGEST_ACRONYM = 3  # "Pil", "PIL"
SIGNS = frozenset({"+", "-", "−", "–", "più", "meno"})


class FractionTraps(LexiconModel):
    """Words after which a fraction is none."""

    not_before: tuple[str, ...]


class HalfTraps(LexiconModel):
    """Words beside which "metà" is no share."""

    not_before: tuple[str, ...]
    not_after: tuple[str, ...]


class PartStems(LexiconModel):
    """Stems that say what a share is a part of."""

    stake_before: tuple[str, ...]
    stake_after: tuple[str, ...]
    bodies: tuple[str, ...]
    pool_before: tuple[str, ...]
    growth_before: tuple[str, ...]
    other_before: tuple[str, ...]
    growth_after: tuple[str, ...]


class ShareExample(LexiconModel):
    """A text with one share."""

    text: str
    value: Decimal
    of: ShareOf


class ShareNonExample(LexiconModel):
    """A text without a share."""

    text: str


class ShareLexicon(LexiconModel):
    """models/lexicon/shares.toml."""

    units: dict[str, tuple[str, ...]]
    fractions: FractionTraps
    half: HalfTraps
    of: PartStems
    examples: tuple[ShareExample, ...]
    non_examples: tuple[ShareNonExample, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ShareWords:
    """All vocabulary that shares need."""

    numbers: NumberWords
    units: Mapping[tuple[str, ...], str]
    openers: frozenset[str]
    fraction_not_before: frozenset[str]
    half_not_before: frozenset[str]
    half_not_after: frozenset[str]
    of: PartStems


def load_share_words() -> ShareWords:
    """Read models/lexicon/shares.toml and numbers.toml."""
    lexicon = load_lexicon("shares", ShareLexicon)
    units = {cut_atoms(form).keys: unit for unit, forms in lexicon.units.items() for form in forms}
    return ShareWords(
        numbers=load_number_words(),
        units=units,
        openers=frozenset(key[0] for key in units),
        fraction_not_before=frozenset(lexicon.fractions.not_before),
        half_not_before=frozenset(lexicon.half.not_before),
        half_not_after=frozenset(lexicon.half.not_after),
        of=lexicon.of,
    )


def part_of(atoms: Atoms, first: int, last: int, words: ShareWords) -> ShareOf | None:
    """Return what the share over the atoms `first` to `last` is a part of, None where nothing beside it says so.

    A sign before it says growth.
    """
    if atoms.key(first) in SIGNS or atoms.key(first - 1) in {"+", "−"}:
        return ShareOf.GROWTH
    before = atoms.keys[max(sentence_start(atoms, first), first - REACH_BEFORE) : first]
    pooled = any(key.startswith(words.of.pool_before) for key in before)
    if pooled or any(key.startswith(words.of.other_before) for key in before[-REACH_AFTER:]):
        return ShareOf.OTHER
    if atoms.key(first - 1) in OF_A_PART and _is_owned(atoms, last, words):
        return ShareOf.STAKE  # "cede il 12% della società"
    following = " ".join(atoms.keys[last : last + REACH_AFTER])
    if any(following.startswith(stem) for stem in words.of.growth_after):
        return ShareOf.GROWTH
    if _is_change(atoms, first, before, words):
        return ShareOf.GROWTH
    return _stake_or_other(atoms, first, last, before, words)


def _is_change(atoms: Atoms, first: int, before: tuple[str, ...], words: ShareWords) -> bool:
    """Say whether words of change stand before: "cresce del 5%", "il titolo ha ceduto il 4,6%"."""
    reach = before if atoms.key(first - 1) in OF_A_FALL else before[-REACH_AFTER:]
    if atoms.key(first - 1) in OF_A_CHANGE and any(key.startswith(words.of.growth_before) for key in reach):
        return True
    return not QUOTED.isdisjoint(before) and any(key.startswith("cedut") for key in before[-REACH_AFTER:])


def _stake_or_other(atoms: Atoms, first: int, last: int, before: tuple[str, ...], words: ShareWords) -> ShareOf | None:
    """Tell a stake by what it is of ("di Beta", "del capitale") or by the words of ownership before it."""
    after = atoms.keys[last : last + REACH_AFTER]
    holder = atoms.key(first - 1) == "(" and atoms.raw(first - 2)[:1].isupper()
    if holder or _is_owned(atoms, last, words) or " ".join(after).startswith(IN_HANDS):
        return ShareOf.STAKE
    if after[:1] and after[0] in OF_WHAT:  # "il 38% dei lavoratori"
        return ShareOf.OTHER
    told = any(key.startswith(words.of.stake_before) for key in before) or _is_held(atoms, first, last)
    return ShareOf.STAKE if told else None


def _is_owned(atoms: Atoms, last: int, words: ShareWords) -> bool:
    """Say whether what follows is owned: "del capitale", "delle quote", or a name."""
    after = atoms.keys[last : last + REACH_AFTER]
    if after[:1] and after[0] in OF_ONE and after[1:2] and after[1].startswith(words.of.bodies):
        return True
    counted = after[:2] == ("delle", "società")  # "il 91% delle società"
    return any(key.startswith(words.of.stake_after) for key in after[2 * counted :]) or _is_of_body(atoms, last)


def _is_of_body(atoms: Atoms, last: int) -> bool:
    """Say whether a name follows: "di Beta", "della svedese Nilsby", "a Delta"; "del PIL" is none."""
    key, name = atoms.key(last), atoms.raw(last + 1)
    if name[:1].isupper() and not (name.isupper() and len(name) <= LONGEST_ACRONYM):
        return key in OF_WHAT or key in TO_WHOM
    return key in OF_ONE and name.isalpha() and atoms.raw(last + 2)[:1].isupper()


def _is_held(atoms: Atoms, first: int, last: int) -> bool:
    """Say whether somebody has the share: "ha il 16%.", "per il 64%, Alfa", "con il 37"."""
    led = atoms.key(first - 1) in {"il", "l'", "al", "all'"} and atoms.key(first - 2) in HOLDERS
    return led and not atoms.key(last)[:1].isalpha()
