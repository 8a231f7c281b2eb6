"""Cuts text into atoms, the smallest pieces that values are put together from: words, numbers, signs.

spaCy's tokens are no such thing: "350mila", "12mln€" and "10%" hold several. Offsets are characters of the text.
"""

import re
from collections.abc import Mapping
from itertools import accumulate, compress, count

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
ELIDED = re.compile(r".*[aeiou]'", re.DOTALL)
PARAGRAPH = "\n"
ACCENTED = {"a'": "à", "e'": "è", "i'": "ì", "o'": "ò", "u'": "ù"}
STEP = 3  # the text is split into what stands between, an atom, its blank, what stands between, ...
BLOCK = 32 * STEP  # pieces whose length is summed up at once


class Atoms:
    """The atoms of a text. `keys` are in lower case, "piu'" is "più"; a blank line is one atom.

    Where an atom stands is reckoned when it is asked: most are never asked.
    """

    __slots__ = ("_blocks", "_pieces", "keys", "text")

    def __init__(self, text: str, pieces: list[str], keys: tuple[str, ...]) -> None:
        self.text = text
        self.keys = keys
        self._pieces = pieces
        self._blocks: list[int] = []

    def __len__(self) -> int:
        """Return the number of atoms."""
        return len(self.keys)

    def key(self, index: int) -> str:
        """Return the key at `index`, "" outside the text."""
        return self.keys[index] if 0 <= index < len(self.keys) else ""

    def raw(self, index: int) -> str:
        """Return the atom as written, "" outside the text."""
        if not 0 <= index < len(self.keys):
            return ""
        start = self._start(index)
        return self.text[start : start + len(self._pieces[STEP * index + 1])]

    def glued(self, index: int) -> bool:
        """Say whether nothing stands between the atom and the one before it."""
        at = STEP * index
        return 0 < index < len(self.keys) and not self._pieces[at] and not self._pieces[at - 1]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return where the atoms `first` to `last` (exclusive) begin and end in the text."""
        start = self._start(first)
        return start, start + len("".join(self._pieces[STEP * first + 1 : STEP * last - 1]))

    def _start(self, index: int) -> int:
        """Return where an atom begins."""
        pieces, at = self._pieces, STEP * index + 1
        if not self._blocks:
            lengths = [len("".join(pieces[begin : begin + BLOCK])) for begin in range(0, len(pieces), BLOCK)]
            self._blocks = list(accumulate(lengths, initial=0))
        block = at // BLOCK
        return self._blocks[block] + len("".join(pieces[block * BLOCK : at]))


def cut_atoms(text: str) -> Atoms:
    """Return the atoms of `text` in reading order."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(map(_lower, text))
    lowered = lowered.replace("’", "'")
    pieces = ATOM.split(lowered)
    keys = pieces[1::STEP]
    if "\n" in lowered:
        for line in set(PARAGRAPHS.findall(lowered)):
            _replace(keys, line, PARAGRAPH)
    if "'" in lowered and ACCENTS.search(lowered):
        _accent(keys, pieces)
    return Atoms(text, pieces, tuple(keys))


def _replace(keys: list[str], old: str, new: str) -> None:
    """Put `new` in the place of all keys that are `old`."""
    at = 0
    for _ in range(keys.count(old)):
        at = keys.index(old, at)
        keys[at] = new


def _accent(keys: list[str], pieces: list[str]) -> None:
    """Give the words that typewriters wrote "piu'" their accent; "all'" before a word stays."""
    for index in compress(count(), map(ELIDED.fullmatch, keys)):
        following = pieces[STEP * index + 2] or pieces[STEP * index + 3] or "".join(pieces[STEP * index + 4 :][:1])
        if not following[:1].isalnum():
            keys[index] = keys[index][:-2] + ACCENTED[keys[index][-2:]]


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
