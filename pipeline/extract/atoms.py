"""Cuts text into atoms, the smallest pieces that values are put together from: words, numbers, signs.

spaCy's tokens are no such thing: "350mila", "12mln€" and "10%" hold several. Offsets are characters of the text.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

# "4.500.000,00", "1'500'000", "1 250 000"; not "12." and not the blank in "il 12 300"
GROUPS = r"\d{1,3}(?:['\u00a0\u202f]\d{3})+(?:[.,]\d+)?(?!\d)"
BLANK_GROUPS = r"\d{1,3}(?: \d{3}){2,}(?:,\d+)?(?![\d.,]\d)|\d{1,3} \d{3}(?= ?(?:€|\$|£|euro\b|dollari\b))"
# "12" is tried first: most numbers are plain
NUMBER = rf"\d++(?![.,'\u00a0\u202f ]\d)|{GROUPS}|{BLANK_GROUPS}|\d++(?:[.,]\d++)*+"
# A class of ranges is looked up in a table, \W and \d are asked of each letter; "złoty" is left to the second
LETTERS = r"(?:[a-zà-öø-ÿ]++(?![^\W\d_])|[^\W\d_]++)"
# "dell'" before "anno" or "8%", and the accent that typewriters lack: "piu'", "venerdi'"
WORD = rf"{LETTERS}(?:'(?:(?=[^\W_])|(?<=[aeiou]')(?=[\s.,;:!?)»\"])))?"
BLANK_LINE = r"\n\s*\n"
# The blank behind an atom is read with it: to try every kind of atom at every blank takes half the time
ATOM = re.compile(rf"({WORD}|[,.]|{NUMBER}|{BLANK_LINE}|[^\w\s]|_)( ?)")
PARAGRAPHS = re.compile(BLANK_LINE)
ACCENTS = re.compile(r"'(?<=[aeiou]')(?![^\W_])")  # "piu' di"; not "dell'anno"
PARAGRAPH = "\n"
ACCENTED = {"a'": "à", "e'": "è", "i'": "ì", "o'": "ò", "u'": "ù"}


@dataclass(frozen=True, slots=True)
class Atoms:
    """The atoms of a text, as columns. `keys` are in lower case, "piu'" is "più"; a blank line is one atom."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    keys: tuple[str, ...]

    def __len__(self) -> int:
        """Return the number of atoms."""
        return len(self.keys)

    def key(self, index: int) -> str:
        """Return the key at `index`, "" outside the text."""
        return self.keys[index] if 0 <= index < len(self.keys) else ""

    def raw(self, index: int) -> str:
        """Return the atom as written, "" outside the text."""
        return self.text[self.starts[index] : self.ends[index]] if 0 <= index < len(self.keys) else ""

    def glued(self, index: int) -> bool:
        """Say whether nothing stands between the atom and the one before it."""
        return 0 < index < len(self.keys) and self.starts[index] == self.ends[index - 1]

    def find(self, offset: int) -> int:
        """Return the index of the first atom that ends after `offset`."""
        return bisect_right(self.ends, offset)


def cut_atoms(text: str) -> Atoms:
    """Return the atoms of `text` in reading order."""
    lowered = text.lower() if len(text.lower()) == len(text) else "".join(map(_lower, text))
    lowered = lowered.replace("’", "'")
    pieces = ATOM.split(lowered)  # what stands between, an atom, its blank, what stands between, ...
    borders = tuple(accumulate(map(len, pieces)))
    starts, ends, keys = borders[:-1:3], borders[1::3], pieces[1::3]
    for match in PARAGRAPHS.finditer(lowered):
        keys[bisect_left(starts, match.start())] = PARAGRAPH
    for match in ACCENTS.finditer(lowered):
        index = bisect_left(ends, match.end())
        if len(keys[index]) > 1:
            keys[index] = keys[index][:-2] + ACCENTED[keys[index][-2:]]
    return Atoms(text, starts, ends, tuple(keys))


def _lower(char: str) -> str:
    """Lower one character, or keep it where its lower form has another length ("İ")."""
    lowered = char.lower()
    return lowered if len(lowered) == 1 else char


def longest_phrase(
    atoms: Atoms, start: int, phrases: Mapping[tuple[str, ...], str], *, longest: int = 4
) -> tuple[int, str] | None:
    """Return the end index and the value of the longest phrase that begins at the atom `start`, else None."""
    for length in range(min(longest, len(atoms) - start), 0, -1):
        found = phrases.get(atoms.keys[start : start + length])
        if found is not None:
            return start + length, found
    return None
