"""Words, pieces and windows: nothing is lost, nothing has a seam."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.windows import SEPARATOR, START, pieces_of, split_lines, windows_of


def by_letters(lines):
    """A tokenizer of single letters: piece id = code point."""
    return [
        (
            [ord(letter) for letter in line if letter != " "],
            [(at, at + 1) for at, letter in enumerate(line) if letter != " "],
        )
        for line in lines
    ]


def words_of(text):
    words, start = [], None
    for at, letter in enumerate(text + " "):
        if letter.isspace() and start is not None:
            words.append((start, at))
            start = None
        elif not letter.isspace() and start is None:
            start = at
    return words


def test_lines_have_their_offsets():
    assert split_lines("a\n\nbc\n ") == [(0, "a"), (3, "bc")]


def test_a_word_knows_its_first_and_last_piece():
    text = "ab c\n\ndef"
    pieces = pieces_of(text, words_of(text), by_letters)
    assert "".join(chr(piece) for piece in pieces.ids if piece != SEPARATOR) == "abcdef"
    assert [(int(a), int(b)) for a, b in zip(pieces.first, pieces.last, strict=True)] == [(0, 1), (2, 2), (4, 6)]


def test_white_space_between_lines_takes_the_piece_behind():
    text = "ab\n\ncd"
    pieces = pieces_of(text, [(0, 2), (2, 4), (4, 6)], by_letters)
    assert chr(pieces.ids[pieces.first[1]]) == "c"


def test_empty_text_has_one_piece():
    pieces = pieces_of("  ", [(0, 2)], by_letters)
    assert pieces.ids.tolist() == [SEPARATOR]
    assert pieces.first.tolist() == pieces.last.tolist() == [0]


@given(st.text("ab \n", max_size=300), st.integers(4, 40))
def test_every_word_lies_in_one_window(text, size):
    words = words_of(text)
    pieces = pieces_of(text, words, by_letters)
    windows = windows_of(pieces, size=size, stride=max(1, size // 2))
    assert sorted(np.concatenate([window.words for window in windows]).tolist()) == list(range(len(words)))
    for window in windows:
        assert len(window.ids) <= size
        assert window.ids[0] == START
        whole = [pieces.ids[pieces.first[word]] for word in window.words]
        assert [window.ids[first] for first in window.first] == whole
        assert (window.last >= window.first).all()
