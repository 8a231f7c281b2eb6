"""Looks each word of a text up once for dates and for numbers: half of what reading a text costs is such looking up."""

from typing import Final

from pipeline.extract.atoms import Atoms
from pipeline.extract.date_words import OTHER, DateWords
from pipeline.extract.numbers import NumberWords


class Spelled:
    """The letter of a word for dates (date_words.py) and its mark for numbers (number_cut.py)."""

    __slots__ = ("letter", "mark")

    def __init__(self, letter: str, mark: str) -> None:
        self.letter: Final = letter
        self.mark: Final = mark


def make_spelling(dates: DateWords, numbers: NumberWords) -> dict[str, Spelled]:
    """Return all words that have a letter or a mark other than the usual ones."""
    words = {*dates.spelled, *numbers.marks}
    return {word: Spelled(dates.spelled.get(word, OTHER), numbers.marks.get(word, word[0])) for word in words}


def spell(atoms: Atoms, spelling: dict[str, Spelled]) -> tuple[list[str], list[str]]:
    """Return the letters and the marks of the atoms of a text as far as their words tell them."""
    letters = [OTHER] * len(atoms.keys)
    marks: list[str] = []
    for at in range(len(letters)):
        key = atoms.keys[at]
        word = spelling.get(key)
        if word is None:
            marks.append(key[0])
        else:
            letters[at] = word.letter
            marks.append(word.mark)
    return letters, marks
