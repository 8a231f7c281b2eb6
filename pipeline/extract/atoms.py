"""Cuts text into atoms, the smallest pieces that values are put together from: words, numbers, signs.

spaCy's tokens are no such thing: "350mila", "12mln€" and "10%" hold several. Offsets are characters of the text.

There are two ways to cut, with one result: by atom_scan.py where `make setup` could compile it, else by the regular
expression ATOM.
"""

import re
from collections.abc import Mapping
from itertools import accumulate
from pathlib import Path
from typing import Final

from pipeline.extract import atom_scan
from pipeline.extract.atom_scan import NUMBER
from pipeline.extract.numbers import may_be_long_number

COMPILED: Final = Path(atom_scan.__file__).suffix != ".py"
# A class of ranges is looked up in a table, \W and \d are asked of each letter; "złoty" is left to the second
LATIN: Final = r"[a-zà-öø-ÿ]++"
LETTERS: Final = rf"(?:{LATIN}(?![^\W\d_])|[^\W\d_]++)"
# "dell'" before "anno" or "8%", and the accent that typewriters lack: "piu'", "venerdi'"
WORD: Final = rf"{LETTERS}(?:'(?:(?=[^\W_])|(?<=[aeiou]')(?=[\s\0.,;:!?)»\"])))?"
# Each with the blanks behind it, so that nothing is tried at them; first what four in five atoms are
PLAIN: Final = rf"{LATIN}(?: |(?=[,.;:)])|'(?=[a-zà-öø-ÿ0-9]))|[^\w\s]\s*+"
ANY: Final = rf"(?:{WORD}|{NUMBER.pattern}|[^\w\s]|_)\s*+"
ATOM: Final = re.compile(rf"{PLAIN}|{ANY}")
SPACED_ATOM: Final = re.compile(ANY)  # the same with all blanks: ATOM leaves out a second blank behind a plain word
BLANK_LINE: Final = re.compile(r"\n\s*\n")
EDGE: Final = ("",) * 16  # what stands before the first atom and behind the last: readers look no farther
PARAGRAPH: Final = "\0"  # the key of a blank line
NO_LINE: Final = "\ufffd"
TYPED_ACCENT: Final = re.compile(r"'(?<=[aeiou]')(?![^\W_])")  # "piu' di"; not "dell'anno"
ACCENTED: Final = {"a'": "à", "e'": "è", "i'": "ì", "o'": "ò", "u'": "ù"}


class Atoms:
    """The atoms of a text. `keys` are in lower case, "piu'" is "più"; a blank line is one atom.

    `padded` are the keys with "" a little way behind the last, and so before the first: keys[-1]. `starts` say where
    they begin, `digits` which begin with a digit; `lowered` is the text as it was cut: in lower case, with straight
    apostrophes.
    """

    __slots__ = ("_long", "digits", "keys", "lowered", "padded", "starts", "text")

    def __init__(self, text: str, lowered: str, keys: list[str], starts: list[int], digits: list[int]) -> None:
        self.text: Final = text
        self.keys: Final = tuple(keys)
        self.padded: Final = self.keys + EDGE
        self.digits: Final = digits
        self.lowered: Final = lowered
        self.starts: Final = starts
        self._long: list[int] | None = None

    def __len__(self) -> int:
        """Return the number of atoms."""
        return len(self.keys)

    def key(self, index: int) -> str:
        """Return the key at `index`, "" outside the text."""
        return self.keys[index] if 0 <= index < len(self.keys) else ""

    def raw(self, index: int) -> str:
        """Return the atom as written, "" outside the text."""
        return self.written(index, index + 1) if 0 <= index < len(self.keys) else ""

    def written(self, first: int, last: int) -> str:
        """Return the atoms `first` to `last` (exclusive) as they are written."""
        start, end = self.span(first, last)
        return self.text[start:end]

    def glued(self, index: int) -> bool:
        """Say whether nothing stands between the atom and the one before it."""
        return 0 < index < len(self.keys) and not self.lowered[self.starts[index] - 1].isspace()

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return where the atoms `first` to `last` (exclusive) begin and end in the text."""
        key = self.keys[last - 1]
        end = self.starts[last - 1] + len(key)
        return self.starts[first], end + (self.lowered[end - 1] != key[-1])  # "piu'" is longer than "più"

    def find_long(self) -> list[int]:
        """Return the atoms that may be long number words, "duecentotrenta", "centro": no table holds them."""
        if self._long is None:
            long = may_be_long_number(self.lowered)
            self._long = [at for at, key in enumerate(self.keys) if "mil" in key or "cent" in key] if long else []
        return self._long


def cut_atoms(text: str) -> Atoms:
    """Return the atoms of `text` in reading order."""
    lowered = lower(text)
    if COMPILED:
        keys, starts, digits = atom_scan.scan_atoms(lowered)
        return Atoms(text, lowered, keys, starts, digits)
    return match_atoms(text, lowered)


def match_atoms(text: str, lowered: str) -> Atoms:
    """Return the atoms of a text that is `lowered` too, by ATOM."""
    pieces = ATOM.findall(lowered)
    keys = list(map(str.rstrip, pieces))
    if TYPED_ACCENT.search(lowered):
        _accent(keys, pieces)
    digits = [at for at, key in enumerate(keys) if "0" <= key[0] <= "9"]
    return Atoms(text, lowered, keys, _starts(pieces, lowered), digits)


def _starts(pieces: list[str], text: str) -> list[int]:
    """Return where the pieces of a text begin."""
    lead = len(text) - len(text.lstrip())
    starts = list(accumulate(map(len, pieces), initial=lead))
    exact = starts[-1] == len(text)
    return (starts if exact else list(accumulate(map(len, SPACED_ATOM.findall(text)), initial=lead)))[:-1]


def lower(text: str) -> str:
    """Return the text as it is cut: in lower case, with straight apostrophes and marked blank lines, as long as it was.

    "İ", whose small letter is two characters, stays.
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(map(_lower, text))
    lowered = lowered.replace("’", "'").replace(PARAGRAPH, NO_LINE)
    return BLANK_LINE.sub(_mark, lowered) if "\n" in lowered else lowered


def _mark(line: re.Match[str]) -> str:
    """Return a blank line with its mark."""
    return PARAGRAPH + line[0][1:]


def _accent(keys: list[str], pieces: list[str]) -> None:
    """Give the words that typewriters wrote "piu'" their accent; "all'" before a word stays."""
    for index in [index for index, key in enumerate(keys) if key[-2:] in ACCENTED]:
        piece = pieces[index]
        following = pieces[index + 1][0] if piece == keys[index] and index + 1 < len(pieces) else ""
        if not following.isalnum():
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
