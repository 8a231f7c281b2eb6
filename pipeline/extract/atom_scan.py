"""Cuts text into atoms letter by letter: quick where `make setup` could compile it, and then used; see atoms.py.

It finds what the regular expression ATOM of atoms.py finds, a test says so. Nothing here may need what mypyc cannot
compile or what is slow in it: plain integers, strings, lists.
"""

import re
from typing import Final

# "4.500.000,00", "1'500'000", "1 250 000"; not "12." and not the blank in "il 12 300"
GROUPS = r"\d{1,3}(?:['\u00a0\u202f]\d{3})+(?:[.,]\d+)?(?!\d)"
BLANK_GROUPS = r"\d{1,3}(?: \d{3}){2,}(?:,\d+)?(?![\d.,]\d)|\d{1,3} \d{3}(?= ?(?:€|\$|£|euro\b|dollari\b))"
# "12" is tried first: most numbers are plain
DIGITS = rf"\d++(?![.,'\u00a0\u202f ]\d)|{GROUPS}|{BLANK_GROUPS}|\d++(?:[.,]\d++)*+"
NUMBER: Final = re.compile(DIGITS)

BLANK: Final = 0
SIGN: Final = 1
LETTER: Final = 2
DIGIT: Final = 3
APOSTROPHE: Final = ord("'")


def kind_of(char: str) -> int:
    """Return whether a character is a blank, a sign, a letter or a digit; letters and digits are the highest."""
    if char.isspace():
        return BLANK
    if char.isdecimal():
        return DIGIT
    return LETTER if char.isalnum() else SIGN


KNOWN: Final = 0x250  # characters, those of Latin
KINDS: Final = bytes(kind_of(chr(code)) for code in range(KNOWN))


def scan_atoms(text: str) -> tuple[list[str], list[int], list[int]]:
    """Return the atoms of a text that is ready to be cut, where they begin, and which are digits.

    The atom "piu'" is "più". Digits of other scripts are not told.
    """
    keys: list[str] = []
    starts: list[int] = []
    digits: list[int] = []
    index, length = 0, len(text)
    while index < length:
        code = ord(text[index])
        kind = KINDS[code] if code < KNOWN else kind_of(text[index])
        start = index
        index += 1
        if kind == BLANK:
            continue
        if kind != SIGN:
            index = run_end(text, index, length, kind)
        if kind == DIGIT:
            index = number_end(text, start, index, length)
            if code < KNOWN:
                digits.append(len(keys))
        elif kind == LETTER and index < length and ord(text[index]) == APOSTROPHE:
            index = word_end(text, index, length)
        key = text[start:index]
        if kind == LETTER and ord(text[index - 1]) == APOSTROPHE and kind_at(text, index) < LETTER:
            key = key[:-2] + accented(key[-2])
        keys.append(key)
        starts.append(start)
    return keys, starts, digits


def kind_at(text: str, index: int) -> int:
    """Return the kind of the character at `index`."""
    code = ord(text[index])
    return KINDS[code] if code < KNOWN else kind_of(text[index])


def run_end(text: str, index: int, length: int, kind: int) -> int:
    """Return where the letters or digits that go on at `index` end."""
    while index < length:
        code = ord(text[index])
        if (KINDS[code] if code < KNOWN else kind_of(text[index])) != kind:  # kind_at, which is not inlined
            break
        index += 1
    return index


def word_end(text: str, end: int, length: int) -> int:
    """Return where a word ends that has an apostrophe at `end`: behind it in "dell'anno", "dell'8%", "piu' di"."""
    if end + 1 == length:
        return end
    following = kind_at(text, end + 1)
    typed = text[end - 1] in "aeiou" and (following == BLANK or text[end + 1] in '\0.,;:!?)»"')
    return end + (following >= LETTER or typed)


def number_end(text: str, start: int, end: int, length: int) -> int:
    """Return where a number ends whose first digits end at `end`: "4.500.000", "1 250 000"; "12." is 12."""
    if end + 1 < length and text[end] in ".,'\u00a0\u202f " and kind_at(text, end + 1) == DIGIT:
        match = NUMBER.match(text, start)
        return end if match is None else match.end()
    return end


def accented(vowel: str) -> str:
    """Return a vowel with its accent."""
    return "àèìòù"["aeiou".index(vowel)]
