"""Keeps what is known of words that were met: texts repeat their words, and asking once is what makes reading fast."""

import re
from collections.abc import Callable, Iterable
from itertools import repeat
from typing import TypeVar

from pipeline.extract.atoms import Atoms

LIMIT = 100_000  # words; then it begins anew, so that no stream of texts fills the memory
# Long number words, of which there is no end
THOUSANDS = re.compile(r"mil(?:le\w|(?<=[^\W\d_]mil)a(?!n))")  # "duemila", "millenovecento"; not "350mila", "milano"
HUNDREDS = re.compile(
    r"cento?(?=un|due|tre|qua|cinq|sei|sett|ott|nov|die|dod|quin|sed|dic|ven|ses)"
)  # "duecentotrenta"; not "cento", "percentuale"
SHORT_THOUSANDS = ("mila", "mille")

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
        short = [word for word in (*known, *SHORT_THOUSANDS) if not may_be_long_number(word)]
        self.known = {word: letter for word in short if (letter := say(word)) != usual}

    def letters(self, atoms: Atoms) -> list[str]:
        """Return the letters of the atoms of a text."""
        keys, asked = atoms.keys, self.asked
        letters = list(map(self.known.get, keys, repeat(self.usual)))
        for at in atoms.digits:
            letters[at] = asked[keys[at]]
        if may_be_long_number(atoms.lowered):
            for at in [at for at, key in enumerate(keys) if "mil" in key or "cent" in key]:
                letters[at] = asked[keys[at]]
        return letters


def may_be_long_number(text: str) -> bool:
    """Say whether a word or a text may hold a long number word."""
    return THOUSANDS.search(text) is not None or HUNDREDS.search(text) is not None
