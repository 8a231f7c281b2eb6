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


def scan_atoms(text: str) -> tuple[list[str], list[int]]:
    """Return the atoms of a text that is ready to be cut, and where they begin; "piu'" is "più"."""
    keys: list[str] = []
    starts: list[int] = []
    index, length = 0, len(text)
    while index < length:
        code = ord(text[index])
        kind = KINDS[code] if code < KNOWN else kind_of(text[index])
        start = index
        index += 1
        if kind == BLANK:
            continue
        starts.append(start)
        if kind == SIGN:
            keys.append(text[start])
            continue
        index = run_end(text, index, length, kind)
        if kind == DIGIT:
            index = number_end(text, start, index, length)
        elif index + 1 < length and ord(text[index]) == APOSTROPHE:
            if is_accented(text, index):
                keys.append(text[start : index - 1] + accented(text[index - 1]))
                index += 1
                continue
            index += kind_at(text, index + 1) >= LETTER
        keys.append(text[start:index])
    return keys, starts


def kind_at(text: str, index: int) -> int:
    """Return the kind of the character at `index`."""
    code = ord(text[index])
    return KINDS[code] if code < KNOWN else kind_of(text[index])


def run_end(text: str, index: int, length: int, kind: int) -> int:
    """Return where the letters or digits that go on at `index` end."""
    while index < length:
        code = ord(text[index])
        if (KINDS[code] if code < KNOWN else kind_of(text[index])) != kind:
            break
        index += 1
    return index


def number_end(text: str, start: int, end: int, length: int) -> int:
    """Return where a number ends whose first digits end at `end`: "4.500.000", "1 250 000"; "12." is 12."""
    if end + 1 < length and text[end] in ".,'\u00a0\u202f " and kind_at(text, end + 1) == DIGIT:
        match = NUMBER.match(text, start)
        return end if match is None else match.end()
    return end


def is_accented(text: str, index: int) -> bool:
    """Say whether the apostrophe at `index` is the accent that typewriters lack: "piu' di"; not "dell'anno"."""
    if text[index - 1] not in "aeiou":
        return False
    return kind_at(text, index + 1) == BLANK or text[index + 1] in '\0.,;:!?)»"'


def accented(vowel: str) -> str:
    """Return a vowel with its accent."""
    return "àèìòù"["aeiou".index(vowel)]
