"""Reads models/lexicon/shares.toml: units, fractions, and what a share is a part of. See share_words.py."""

from decimal import Decimal

from pipeline.extract.atoms import cut_atoms
from pipeline.extract.number_lexicon import load_number_words
from pipeline.extract.share_words import BEFORE, CEDED, QUOTED, ShareWords
from pipeline.lexicon import LexiconModel, load_lexicon
from pipeline.records import ShareOf


class FractionTraps(LexiconModel):
    """Words after which a fraction is none."""

    not_before: tuple[str, ...]


class HalfTraps(LexiconModel):
    """Words beside which "metà" is no share."""

    not_before: tuple[str, ...]
    not_after: tuple[str, ...]
    divided: tuple[str, ...]


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


def load_share_words() -> ShareWords:
    """Read models/lexicon/shares.toml and numbers.toml."""
    lexicon = load_lexicon("shares", ShareLexicon)
    units = {cut_atoms(form).keys: unit for unit, forms in lexicon.units.items() for form in forms}
    openers: dict[str, int] = {}
    for key in units:
        openers[key[0]] = max(len(key), openers.get(key[0], 0))
    stems = {*CEDED, *QUOTED}.union(*(getattr(lexicon.of, name) for name in BEFORE))
    head = min(map(len, stems))
    return ShareWords(
        numbers=load_number_words(),
        units=units,
        openers=openers,
        fraction_not_before=frozenset(lexicon.fractions.not_before),
        half_not_before=frozenset(lexicon.half.not_before),
        half_not_after=frozenset(lexicon.half.not_after),
        half_divided=lexicon.half.divided,
        stake_before=lexicon.of.stake_before,
        stake_after=lexicon.of.stake_after,
        bodies=lexicon.of.bodies,
        pool_before=lexicon.of.pool_before,
        growth_before=lexicon.of.growth_before,
        other_before=lexicon.of.other_before,
        growth_after=lexicon.of.growth_after,
        heads=frozenset(stem[:head] for stem in stems),
        head=head,
    )
