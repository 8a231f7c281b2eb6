"""Keeps what is known of words that were met: texts repeat their words, and asking once is what makes reading fast."""

from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from typing import TypeVar

LIMIT = 100_000  # words; then it begins anew, so that no stream of texts fills the memory
LAST_DIGIT = "9"
THOUSANDS = "mil"  # of "duemila", "millenovecento", of which there is no end

Said = TypeVar("Said")


class Memo(dict[str, Said]):
    """What `say` says of each word; a word is asked for once."""

    def __init__(self, say: Callable[[str], Said]) -> None:
        super().__init__()
        self.say = say

    def __missing__(self, word: str) -> Said:
        """Ask for a new word."""
        if len(self) >= LIMIT:
            self.clear()
        said = self[word] = self.say(word)
        return said


class Spelling:
    """The letter of each word; what is not `known` has the `usual` one, but for digits and long number words.

    What is asked for every word of a text must be small to be quick: a table of all words that were met is not.
    """

    def __init__(self, say: Callable[[str], str], *, usual: str, known: Iterable[str]) -> None:
        self.asked = Memo(say)
        self.usual = usual
        self.known = {word: letter for word in known if (letter := say(word)) != usual}

    def spell(self, words: Sequence[str]) -> str:
        """Return the letters of `words`."""
        letters = list(map(self.known.get, words, repeat(self.usual)))
        for at in [at for at, word in enumerate(words) if word[0] <= LAST_DIGIT or THOUSANDS in word]:
            letters[at] = self.asked[words[at]]
        return "".join(letters)
