"""Two organisations that stand side by side without a stop: parted where the article knows both."""

import pytest

from pipeline.extract.decode import Tagged
from pipeline.extract.glued import split_glued

GLUED = [  # organisations in [brackets] as tagged, as they are to be
    ("[Kamaz] da [Ceipiemonte] . ha detto [Ceipiemonte Kamaz] ora", ["Kamaz", "Ceipiemonte", "Ceipiemonte", "Kamaz"]),
    ("[Fiat] e [Chrysler] , [Fiat Chrysler] e [Fiat Chrysler]", ["Fiat", "Chrysler", "Fiat Chrysler", "Fiat Chrysler"]),
    ("[Fiat] e [Fiat Chrysler]", ["Fiat", "Fiat Chrysler"]),
    (
        "[Banco di Gallura] con [Alfa] : [Banco di Gallura Alfa]",
        ["Banco di Gallura", "Alfa", "Banco di Gallura", "Alfa"],
    ),
    ("[Alfa Alfa]", ["Alfa Alfa"]),
]


@pytest.mark.parametrize(("marked", "expected"), GLUED)
def test_glued_organisations_are_parted(marked, expected):
    words, found = read_marks(marked)
    assert [" ".join(words[each.start : each.end]) for each in split_glued(found, words)] == expected


def test_other_labels_stay():
    words, found = read_marks("[Torino] e [Cuneo] , [Torino Cuneo]", label="LOC")
    assert split_glued(found, words) == found


def read_marks(marked, label="ORG"):
    words, found, begin = [], [], 0
    for piece in marked.split():
        if piece.startswith("["):
            begin = len(words)
        words.append(piece.strip("[]"))
        if piece.endswith("]"):
            found.append(Tagged(begin, len(words), label, 0.9))
    return words, found
