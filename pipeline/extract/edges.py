"""Where a trigger begins and ends: what the token layer cuts off, or takes too much of, is set right. Pure.

Rule: models/corpus/GUIDELINES.md, "Auxiliary and verb"; what else stands inside or outside is what most annotators did.
Offsets are words, end exclusive.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Self

from pipeline.extract.decode import Tagged
from pipeline.lexicon import LexiconModel, WordList, load_lexicon

PARTICIPLE = re.compile(r"\w+(?:[aiu]t|[nrlst]t|s)[oaie]$")
INFINITIVE = re.compile(r"\w+(?:[aei]re?|r(?:si|l[oaie]|n[ei]|ci|gli))$")
REFLEXIVE = frozenset({"si", "s'", "s’"})
NOT = "non"
OF = "di"
WE = frozenset({"abbiamo", "avevamo", "avremo", "ho"})


class EdgeLexicon(LexiconModel):
    """models/lexicon/triggers.toml."""

    auxiliaries: WordList
    modals: WordList
    pronouns: WordList
    between: WordList
    open: WordList
    visits: WordList


@dataclass(frozen=True, slots=True)
class EdgeWords:
    """Its words as sets."""

    auxiliaries: frozenset[str]
    modals: frozenset[str]
    pronouns: frozenset[str]
    between: frozenset[str]
    open: frozenset[str]
    visits: frozenset[str]

    @classmethod
    def of(cls, groups: EdgeLexicon) -> Self:
        """Return the words of `groups` as sets."""
        return cls(*(frozenset(getattr(groups, field.name).words) for field in fields(cls)))


def load_edge_words() -> EdgeWords:
    """Read models/lexicon/triggers.toml."""
    return EdgeWords.of(load_lexicon("triggers", EdgeLexicon))


def set_edges(spans: Sequence[Tagged], texts: Sequence[str], words: EdgeWords) -> list[Tagged]:
    """Return the spans with their edges where the guidelines have them; those that come to overlap are one.

    What tells of a visit is left out.
    """
    if not spans:
        return []
    lower = [text.lower() for text in texts]
    parts = [part for span in spans for part in split_lines(span, lower)]
    joined = join_overlapping([set_start(set_end(part, lower, words), lower, words) for part in parts])
    return [span for span in joined if not tells_of_visit(lower[span.start : span.end], words)]


def tells_of_visit(texts: Sequence[str], words: EdgeWords) -> bool:
    """Return whether a speaker tells whom they received: "abbiamo accolto un distributore russo" is no deal."""
    return texts[0] in WE and texts[-1] in words.visits


def split_lines(span: Tagged, texts: Sequence[str]) -> list[Tagged]:
    """Return the span's parts: no trigger goes on from a headline into the article."""
    parts, start = [], span.start
    for at in range(span.start, span.end + 1):
        if at == span.end or "\n" in texts[at]:
            if at > start:
                parts.append(replace(span, start=start, end=at))
            start = at + 1
    return parts


def set_end(span: Tagged, texts: Sequence[str], words: EdgeWords) -> Tagged:
    """Take in the verb that an auxiliary or a modal waits for, and the noun after an article; leave a last "di" out."""
    last = texts[span.end - 1]
    if last == OF and span.end - span.start > 1:
        return replace(span, end=span.end - 1)
    if last in words.open:
        return replace(span, end=span.end + 1) if texts[span.end : span.end + 1] and texts[span.end].isalpha() else span
    if last in words.auxiliaries:
        awaited = PARTICIPLE
    elif last in words.modals:
        awaited = INFINITIVE
    else:
        return span
    at = span.end
    while at < len(texts) and (texts[at] in words.between or texts[at] in words.auxiliaries):
        at += 1
    return replace(span, end=at + 1) if at < len(texts) and awaited.match(texts[at]) else span


def set_start(span: Tagged, texts: Sequence[str], words: EdgeWords) -> Tagged:
    """Take in the auxiliary or modal before a verb, its "si" and its "non"; leave other pronouns and articles out."""
    start = span.start
    while start < span.end - 1 and texts[start] in words.pronouns:
        start += 1
    while start and texts[start - 1] in words.auxiliaries and waits_for(texts[start], words):
        start -= 1
    if start and texts[start - 1] in words.modals and INFINITIVE.match(texts[start]):
        start -= 1
    if start and texts[start - 1] in REFLEXIVE:
        start -= 1
    if 0 < start < span.start and texts[start - 1] == NOT:
        start -= 1
    return replace(span, start=start)


def waits_for(word: str, words: EdgeWords) -> bool:
    """Return whether an auxiliary before `word` belongs to it: a participle, or "stata" of "è stata affidata"."""
    return word in words.auxiliaries or bool(PARTICIPLE.match(word))


def join_overlapping(spans: Sequence[Tagged]) -> list[Tagged]:
    """Join spans that overlap, with the higher score."""
    joined: list[Tagged] = []
    for span in spans:
        if joined and joined[-1].end > span.start:
            last = joined.pop()
            joined.append(Tagged(last.start, max(last.end, span.end), last.label, max(last.score, span.score)))
        else:
            joined.append(span)
    return joined
