"""The share of capital that a deal is about, where one percentage alone does not say it. Pure.

"Sale dal 51 al 75%" buys 24, "l'intero capitale" is 100, each of two equal partners has 50. Rule:
models/corpus/GUIDELINES.md, `stake` and `stake_after`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Self

from pipeline.extract.page import Edges
from pipeline.lexicon import LexiconModel, WordList, load_lexicon
from pipeline.records import DealType, Share, ShareOf

BUYING = frozenset({DealType.ACQUISITION, DealType.STAKE_PURCHASE, DealType.TAKEOVER_BID})
WHOLE = BUYING | {DealType.DIVESTITURE}
FROM = re.compile(r"\bda(?:l|ll['’])?\s*$", re.IGNORECASE)
TO = re.compile(r"\s*(?:%|per cento)?\s+a(?:l|d|ll['’])?\s*", re.IGNORECASE)
REACH = 60  # characters before a percentage in which a verb of rising is looked for: "portando la propria quota al 75%"
PARTNERS = 2


@dataclass(frozen=True, slots=True)
class Stake:
    """A share in percent, where the text says it, and what the buyer holds afterwards; one of the two is said."""

    value: Decimal | None
    start: int
    end: int
    after: Decimal | None = None


class StakeLexicon(LexiconModel):
    """models/lexicon/stakes.toml."""

    whole: WordList
    half: WordList
    rising: WordList


@dataclass(frozen=True, slots=True)
class StakeWords:
    """Its words as expressions."""

    whole: re.Pattern[str]
    half: re.Pattern[str]
    rising: re.Pattern[str]

    @classmethod
    def of(cls, groups: StakeLexicon) -> Self:
        """Return the expressions that the words make."""
        whole, half, rising = (
            "|".join(map(re.escape, group.words)) for group in (groups.whole, groups.half, groups.rising)
        )
        return cls(
            re.compile(rf"\b(?:{whole})\b", re.IGNORECASE),
            re.compile(rf"\b(?:{half})\b", re.IGNORECASE),
            re.compile(rf"\b(?:{rising})\w*\b[^.;,]*\bal(?:l['’])?\s*$", re.IGNORECASE),
        )


def load_stake_words() -> StakeWords:
    """Read models/lexicon/stakes.toml."""
    return StakeWords.of(load_lexicon("stakes", StakeLexicon))


def read_stake(
    text: str,
    sentences: Sequence[Edges],
    shares: Sequence[Share],
    picked: Share | None,
    *,
    type: DealType,
    partners: int,
    words: StakeWords,
) -> Stake | None:
    """Return the share that a deal is about: `picked`, or what the `sentences` of its triggers say instead.

    `shares` are those of the text in reading order, `partners` how many parties hold a joint venture.
    """
    near = [share for share in shares if any(start <= share.start < end for start, end in sentences)]
    step = _step(text, shares if picked else near, picked, type)
    if step:
        return step
    held = _held(text, near, picked, words) if type in BUYING else None
    if picked:
        after = held.value if held else None
        return Stake(picked.value, picked.start, picked.end, after) if picked.value is not None else None
    if held:
        return Stake(None, held.start, held.end, held.value)
    if type in WHOLE and not any(share.of == ShareOf.STAKE for share in near):
        return _said(text, sentences, words.whole, Decimal(100))
    if type == DealType.JOINT_VENTURE and partners == PARTNERS:
        return _said(text, sentences, words.half, Decimal(50))
    return None


def _step(text: str, shares: Sequence[Share], picked: Share | None, type: DealType) -> Stake | None:
    """Return what lies between two percentages, "dal 51 al 75%", one of which is `picked`; or the buyer's step."""
    for first, second, rise in _steps(text, shares):
        if picked in {first, second} or (picked is None and type in BUYING and second.of == ShareOf.STAKE):
            after = second.value if rise > 0 and type in BUYING else None
            return Stake(abs(rise), first.start, second.end, after)
    return None


def _steps(text: str, shares: Sequence[Share]) -> Iterator[tuple[Share, Share, Decimal]]:
    """Yield the percentages that a text says something goes from and to, and by how much it rises."""
    for first, second in pairwise(shares):
        if first.value is not None and second.value is not None and first.value != second.value:
            before = text[max(0, first.start - REACH) : first.start]
            if FROM.search(before) and TO.fullmatch(text[first.end : second.start]):
                yield first, second, second.value - first.value


def _held(text: str, near: Sequence[Share], picked: Share | None, words: StakeWords) -> Share | None:
    """Return what the buyer holds afterwards: more than is `picked`, a verb of rising before it."""
    least = picked.value if picked and picked.value else Decimal(0)
    others = {second for _, second, rise in _steps(text, near) if rise != least}  # "i ricavi salgono dal 10 al 35%"
    for share in near:
        sure = picked or share.of == ShareOf.STAKE
        more = sure and share.value and share.value > least and share not in others
        if more and words.rising.search(text[max(0, share.start - REACH) : share.start]):
            return share
    return None


def _said(text: str, sentences: Sequence[Edges], words: re.Pattern[str], value: Decimal) -> Stake | None:
    """Return the share that words of one of the sentences say."""
    found: Iterator[re.Match[str]] = (match for edge in sentences if (match := words.search(text, *edge)))
    return next((Stake(value, match.start(), match.end()) for match in found), None)
