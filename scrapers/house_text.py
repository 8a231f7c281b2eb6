"""What papers put on every page and is no part of the article: by tag, by name, by phrase.

What is known of it stands in house_text.toml; a source's own in its source.toml (`[page] remove`, `phrases`).
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

KNOWN = Path(__file__).with_name("house_text.toml")
WORD_BREAK = re.compile(r"[^a-z0-9]+")
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")  # "relatedArticles" is related, articles
BULLETS = " –—-•·→>»*▶►|[(:"  # "– Leggi anche: ..." begins with its words
SENTENCE_ENDS = (".", "!", "?", "»", "”", '"')
NAME = 60  # characters
LONG, SHORT, SHORTEST = 600, 200, 150  # characters
Where = Literal["begins", "holds", "photo", "end", "tail", "locked"]


class Names(BaseModel):
    """Tags, single words, whole names and pairs of neighbouring words of class and id."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    tags: frozenset[str] = frozenset()
    words: frozenset[str]
    weak: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    pairs: frozenset[str]


class KindsOfNames(BaseModel):
    """What names say of an element."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    house: Names
    header: Names
    meta: Names
    standfirst: Names
    body: Names


class Pattern(BaseModel):
    """A regular expression with its proof."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    pattern: str
    examples: tuple[str, ...]
    non_examples: tuple[str, ...]


class HouseText(BaseModel):
    """The file as it is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    names: KindsOfNames
    begins: tuple[Pattern, ...]
    holds: tuple[Pattern, ...]
    photo: tuple[Pattern, ...]
    end: tuple[Pattern, ...]
    tail: tuple[Pattern, ...]
    locked: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Matcher:
    """All patterns of one place in a paragraph as one."""

    regex: re.Pattern[str]

    def begins(self, text: str) -> bool:
        """Tell whether `text` begins so."""
        return self.regex.match(text) is not None

    def holds(self, text: str) -> bool:
        """Tell whether `text` has it anywhere."""
        return self.regex.search(text) is not None


@cache
def load_house_text() -> HouseText:
    """Read what is known, once."""
    return HouseText.model_validate(tomllib.loads(KNOWN.read_text(encoding="utf-8")))


@cache
def matcher(where: Where) -> Matcher:
    """Return the patterns of one place, compiled once."""
    patterns: tuple[Pattern, ...] = getattr(load_house_text(), where)
    return Matcher(re.compile("|".join(f"(?:{known.pattern})" for known in patterns), re.IGNORECASE))


def words_of(names: str) -> tuple[str, ...]:
    """Return class and id as words: "story__relatedList" -> story, related, list."""
    return tuple(word for word in WORD_BREAK.split(CAMEL.sub("-", names).lower()) if word)


def is_house_text(paragraph: str, *, phrases: tuple[str, ...] = ()) -> bool:
    """Tell whether a paragraph is the house's and not the article's; `phrases` are the source's own."""
    bare = without_tail(paragraph)
    if bare != paragraph:  # a sentence before the copyright line is the article's, a name is not
        return len(bare) < NAME and not bare.endswith(SENTENCE_ENDS)
    length = len(paragraph)
    if length < LONG and matcher("begins").begins(paragraph.lstrip(BULLETS)):
        return True
    if length < SHORT and (matcher("holds").holds(paragraph) or matcher("photo").begins(paragraph)):
        return True
    folded = paragraph.casefold()
    return any(folded.startswith(phrase.casefold()) for phrase in phrases)


def is_end(paragraph: str) -> bool:
    """Tell whether a paragraph says that the article is over."""
    return len(paragraph) < SHORTEST and matcher("end").begins(paragraph)


def is_lock(paragraph: str) -> bool:
    """Tell whether a paragraph says that the article is for those who pay."""
    return len(paragraph) < SHORT and matcher("locked").holds(paragraph)


def without_tail(paragraph: str) -> str:
    """Return a paragraph without the copyright line at its end."""
    if "iservata" not in paragraph[-120:].lower():
        return paragraph
    found = matcher("tail").regex.search(paragraph, max(0, len(paragraph) - 120))
    return paragraph[: found.start()].rstrip() if found and found.start() > 0 else paragraph
