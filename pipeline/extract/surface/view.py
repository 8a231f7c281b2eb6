"""An article as the surface reader sees it: words in lower case, their sentences, what is named where. Pure."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

import numpy as np

from pipeline.extract.reading import Candidate
from pipeline.extract.surface.hashes import Hashed

WORD: Final = re.compile(r"[^\W_]+['’]?|[^\w\s]")  # "dell'impianto" is two words
EDGE: Final = "<>"
Edges = tuple[int, int]


class View:
    """Words with their offsets, the number of each word's sentence, the kind of what is named at each word, or "".

    `written` are the words as the text has them, `title` is the end of the headline, 0 where there is none. `hashed`
    are the words, `opened` too, but names stand there as the kind of what they name: they are not learned by heart.
    """

    __slots__ = ("edge", "hashed", "kinds", "opened", "sentences", "starts", "title", "words", "written")

    def __init__(
        self,
        written: list[str],
        starts: tuple[int, ...],
        sentences: tuple[int, ...],
        kinds: list[str],
        title: int,
    ) -> None:
        words = [fold_word(word) for word in written]
        hashed = [Hashed(word) for word in words]
        self.words: Final[tuple[str, ...]] = tuple(words)
        self.written: Final = written
        self.starts: Final = starts
        self.sentences: Final = sentences
        self.kinds: Final[tuple[str, ...]] = tuple(kinds)
        self.title: Final = title
        self.hashed: Final = hashed
        self.opened: Final = open_names(hashed, kinds)
        self.edge: Final = Hashed(EDGE)

    def word(self, at: int) -> str:
        """Return the word number `at`, or the mark of the text's edge."""
        return self.words[at] if 0 <= at < len(self.words) else EDGE

    def shape(self, at: int) -> str:
        """Return how the word number `at` is written: capitals, capitalised, number, sign, small."""
        return shape_of(self.written[at])

    def end(self, at: int) -> int:
        """Return where the word number `at` ends in the text."""
        return self.starts[at] + len(self.written[at])

    def hash(self, at: int) -> Hashed:
        """Return the word number `at`, or the mark of the text's edge, hashed."""
        return self.hashed[at] if 0 <= at < len(self.hashed) else self.edge

    def open_hash(self, at: int) -> Hashed:
        """Return the word number `at`, hashed, or the kind of what it names, or the mark of the text's edge."""
        return self.opened[at] if 0 <= at < len(self.opened) else self.edge

    def at(self, start: int) -> int:
        """Return the number of the word that holds the character at `start`."""
        return max(bisect_right(self.starts, start) - 1, 0)

    def span(self, start: int, end: int) -> Edges:
        """Return the words between two offsets, end exclusive."""
        return self.at(start), self.at(end - 1) + 1

    def sentence(self, at: int) -> Edges:
        """Return the edges of the sentence around word `at`."""
        number = self.sentences[at]
        return bisect_right(self.sentences, number - 1), bisect_right(self.sentences, number)


def open_names(hashed: list[Hashed], kinds: list[str]) -> list[Hashed]:
    """Return the words, but the kind of what is named in the place of names. A party described is no name."""
    opened = list(hashed)
    for at in range(len(kinds)):
        kind = kinds[at]
        if kind and kind != "PARTY":
            opened[at] = Hashed(kind)
    return opened


def make_view(text: str, sentences: Sequence[Edges], candidates: Sequence[Candidate]) -> View:
    """Return the view of an article; `sentences` are edges in characters, in reading order."""
    matches = list(WORD.finditer(text))
    starts = tuple([match.start() for match in matches])
    opens = np.searchsorted([start for start, _ in sentences], starts, side="right")
    return View(
        written=[match.group() for match in matches],
        starts=starts,
        sentences=tuple(np.maximum(opens - 1, 0).tolist()),
        kinds=find_kinds(starts, candidates),
        title=max(text.find("\n\n"), 0),
    )


def find_kinds(starts: tuple[int, ...], candidates: Sequence[Candidate]) -> list[str]:
    """Return the kind of what is named at each word, the first candidate's where there are several, or ""."""
    kinds = [""] * len(starts)
    for candidate in candidates:
        if candidate.kind == "ROLE":
            continue
        for at in range(max(bisect_right(starts, candidate.start) - 1, 0), bisect_right(starts, candidate.end - 1)):
            kinds[at] = kinds[at] or candidate.kind
    return kinds


def fold_word(word: str) -> str:
    """Return the word in small letters, with a straight apostrophe."""
    small = word.lower()
    return small[:-1] + "'" if small[-1] == "’" else small


def shape_of(word: str) -> str:
    """Return how a word is written: capitals, capitalised, number, sign, small."""
    if word.isupper() and len(word) > 1:
        return "XX"
    if word[0].isupper():
        return "Xx"
    if word[0].isdigit():
        return "9"
    return "x" if word[0].isalnum() else "-"
