"""Cuts text into atoms, the smallest pieces that values are put together from: words, numbers, signs.

spaCy's tokens are no such thing: "350mila", "12mln€" and "10%" hold several. Offsets are characters of the text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

# "4.500.000,00", "1'500'000", "1 250 000"; not "12." and not the blank in "il 12 300"
GROUPS = r"\d{1,3}(?:['’\u00a0\u202f]\d{3})+(?:[.,]\d+)?(?!\d)"
BLANK_GROUPS = r"\d{1,3}(?: \d{3}){2,}(?![\d.,]\d)|\d{1,3} \d{3}(?= ?(?:€|\$|£|euro\b|dollari\b))"
NUMBER = rf"{GROUPS}|{BLANK_GROUPS}|\d++(?:[.,]\d++)*+"
# "dell'" before "anno" or "8%", and the accent that typewriters lack: "piu'", "venerdi'"
WORD = r"[^\W\d_]++(?:['’](?=[^\W_])|(?<=[aeiou])['’](?=[\s.,;:!?)»\"]))?"
ATOM = re.compile(rf"{WORD}|{NUMBER}|\n\s*\n|[^\w\s]|_")
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
        low, high = 0, len(self.ends)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.ends[middle] <= offset else (low, middle)
        return low


def cut_atoms(text: str) -> Atoms:
    """Return the atoms of `text` in reading order."""
    spans = [match.span() for match in ATOM.finditer(text)]
    if not spans:
        return Atoms(text, (), (), ())
    lowered = text.lower() if len(text.lower()) == len(text) else "".join(_lower(char) for char in text)
    lowered = lowered.replace("’", "'")
    keys = [lowered[start:end] for start, end in spans]
    for index, key in enumerate(keys):
        if key[0] == "\n" or key[-1] == "'":
            keys[index] = _key(lowered, *spans[index])
    starts, ends = zip(*spans, strict=True)
    return Atoms(text, starts, ends, tuple(keys))


def _key(lowered: str, start: int, end: int) -> str:
    """Return the key of one atom: a blank line is PARAGRAPH, an apostrophe for an accent becomes the accent."""
    key = lowered[start:end]
    if key[0] == "\n":
        return PARAGRAPH
    if key[-1] != "'" or end - start < 2 or lowered[end : end + 1].isalnum():
        return key
    return key[:-2] + ACCENTED[key[-2:]]


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
