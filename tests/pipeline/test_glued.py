"""Two organisations that stand side by side without a stop: parted where the article knows both."""

import re

import numpy as np
import pytest

from pipeline.extract.glued import part_sentences, split_glued
from pipeline.extract.labels import LINKS
from pipeline.extract.page import Page
from pipeline.extract.reading import Candidate, Reading
from tests.pipeline.bracketed import read_marks

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


def test_a_headline_is_no_proof_of_a_name():
    words, found = read_marks("[Cavi] e rame : [Tirrena Cavi] , [Tirrena] compra")
    titled = [*words[:3], "\n\n", *words[4:]]
    assert [each.end - each.start for each in split_glued(found, titled)] == [1, 2, 1]
    assert [each.end - each.start for each in split_glued(found, words)] == [1, 1, 1, 1]


def test_other_labels_stay():
    words, found = read_marks("[Torino] e [Cuneo] , [Torino Cuneo]", label="LOC")
    assert split_glued(found, words) == found


PARTED = [  # (organisations in [brackets], what the sentences begin with)
    ("Con [Kamaz] e [Alfa]. Dice [Alfa] [Kamaz] ha comprato.", ["Con", "Dice", "Kamaz"]),
    ("Con [Kamaz]. Dice [Alfa] [Kamaz] ha comprato.", ["Con", "Dice"]),  # "Alfa Kamaz" may be a body
    ("Con [Kamaz] e [Alfa]. Dice [Alfa], [Kamaz] ha comprato.", ["Con", "Dice"]),
]


@pytest.mark.parametrize(("marked", "expected"), PARTED)
def test_a_sentence_ends_between_names_that_a_lost_stop_joins(marked, expected):
    text = marked.replace("[", "").replace("]", "")
    found = [match.span(1) for match in re.finditer(r"\[(.*?)\]", marked)]
    starts = [start - 1 - 2 * at for at, (start, _) in enumerate(found)]
    bodies = tuple(
        Candidate(start, start + end - begin, "ORG") for start, (begin, end) in zip(starts, found, strict=True)
    )
    reading = Reading(
        candidates=bodies,
        relations=np.zeros((len(bodies), len(bodies), 4), np.float32),
        links=np.zeros((0, len(bodies), len(LINKS)), np.float32),
    )
    second = text.index("Dice")
    page = part_sentences(Page(text, ((0, second), (second, len(text)))), reading)
    assert [text[start:end].split()[0] for start, end in page.sentences] == expected
    assert page.sentences[-1][1] == len(text)
