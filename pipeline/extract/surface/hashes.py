"""Words and features as numbers: hashes, the same on every machine, compiled or not. Pure.

A word is hashed once for an article, a feature is made of the hashes of its words and of small numbers. Hashes have 31
bits and so have the factors: no product has more than 62, so that nothing overflows where the module is compiled.
"""

from typing import Final

from mypy_extensions import i64

BITS: Final = 18
SIZE: Final = 1 << BITS  # of a feature's hashes
MASK: Final = (1 << BITS) - 1
ONES: Final = 0x7FFFFFFF
EMPTY: Final = 0x11C9DC5  # the hash of no letters
LETTER: Final = 0x1000193  # the factors are odd, else of no meaning: the first is FNV's for 32 bits
PART: Final = 0x5BD1E995
TEMPLATE: Final = 0x27D4EB2F


def add_letters(number: i64, text: str, start: int, end: int) -> i64:
    """Return the hash `number` with the letters of `text` from `start` to `end`, of those that it has."""
    for at in range(start, min(end, len(text))):
        number = ((number ^ ord(text[at])) * LETTER) & ONES
    return number


def hash_text(text: str) -> i64:
    """Return the hash of all letters."""
    return add_letters(EMPTY, text, 0, len(text))


class Hashed:
    """A word, hashed: all of it, its first letters and its last, or as many as it has."""

    __slots__ = ("first4", "first5", "first6", "first7", "last2", "last3", "last4", "whole")

    def __init__(self, word: str) -> None:
        self.first4: Final[i64] = add_letters(EMPTY, word, 0, 4)
        self.first5: Final[i64] = add_letters(self.first4, word, 4, 5)
        self.first6: Final[i64] = add_letters(self.first5, word, 5, 6)
        self.first7: Final[i64] = add_letters(self.first6, word, 6, 7)
        self.whole: Final[i64] = add_letters(self.first7, word, 7, len(word))
        end = word[-4:][::-1]
        self.last2: Final[i64] = add_letters(EMPTY, end, 0, 2)
        self.last3: Final[i64] = add_letters(self.last2, end, 2, 3)
        self.last4: Final[i64] = add_letters(self.last3, end, 3, 4)


def combine(number: i64, part: i64) -> i64:
    """Return the hash of a hash and one part more, a hash or a small number; the order of parts tells."""
    product: i64 = (number ^ part) * PART
    return (product ^ (product >> 31)) & ONES


def hash1(template: i64, one: i64) -> i64:
    """Return the hash of a feature; `template` numbers the kinds of features that one model knows."""
    return combine(template * TEMPLATE & ONES, one) & MASK


def hash2(template: i64, one: i64, two: i64) -> i64:
    """Return the hash of a feature of two parts."""
    return combine(combine(template * TEMPLATE & ONES, one), two) & MASK


def hash3(template: i64, one: i64, two: i64, three: i64) -> i64:
    """Return the hash of a feature of three parts."""
    return combine(combine(combine(template * TEMPLATE & ONES, one), two), three) & MASK


def hash4(template: i64, one: i64, two: i64, three: i64, four: i64) -> i64:
    """Return the hash of a feature of four parts."""
    return combine(combine(combine(combine(template * TEMPLATE & ONES, one), two), three), four) & MASK
