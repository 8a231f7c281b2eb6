"""An article as the surface reader sees it: words in lower case, their sentences, what is named where. Pure."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.extract.reading import Candidate

WORD = re.compile(r"[^\W_]+['’]?|[^\w\s]")  # "dell'impianto" is two words
EDGE = "<>"
Edges = tuple[int, int]


@dataclass(frozen=True, slots=True)
class View:
    """Words with their offsets, the number of each word's sentence, the kind of what is named at each word, or "".

    `title` is the end of the headline, 0 where there is none.
    """

    words: tuple[str, ...]
    shapes: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentences: tuple[int, ...]
    kinds: tuple[str, ...]
    title: int

    def word(self, at: int) -> str:
        """Return the word number `at`, or the mark of the text's edge."""
        return self.words[at] if 0 <= at < len(self.words) else EDGE

    def open_word(self, at: int) -> str:
        """Return the word number `at`, or the kind of what it names: names are not learned by heart."""
        if not 0 <= at < len(self.words):
            return EDGE
        return self.words[at] if self.kinds[at] in {"", "PARTY"} else self.kinds[at]

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


def make_view(text: str, sentences: Sequence[Edges], candidates: Sequence[Candidate]) -> View:
    """Return the view of an article; `sentences` are edges in characters, in reading order."""
    matches = list(WORD.finditer(text))
    starts = tuple(match.start() for match in matches)
    written = [match.group() for match in matches]
    opens = np.searchsorted([start for start, _ in sentences], starts, side="right")
    kinds = [""] * len(matches)
    for candidate in candidates:
        if candidate.kind == "ROLE":
            continue
        for at in range(max(bisect_right(starts, candidate.start) - 1, 0), bisect_right(starts, candidate.end - 1)):
            kinds[at] = kinds[at] or candidate.kind
    return View(
        words=tuple(map(fold_word, written)),
        shapes=tuple(map(shape_of, written)),
        starts=starts,
        ends=tuple(match.end() for match in matches),
        sentences=tuple(np.maximum(opens - 1, 0).tolist()),
        kinds=tuple(kinds),
        title=max(text.find("\n\n"), 0),
    )


def fold_word(word: str) -> str:
    """Return the word in small letters, with a straight apostrophe."""
    return word.lower().replace("’", "'")


def shape_of(word: str) -> str:
    """Return how a word is written: capitals, capitalised, number, sign, small."""
    if word.isupper() and len(word) > 1:
        return "XX"
    if word[0].isupper():
        return "Xx"
    if word[0].isdigit():
        return "9"
    return "x" if word[0].isalnum() else "-"
