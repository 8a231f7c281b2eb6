"""What a pair of spans looks like from outside."""

import numpy as np

from pipeline.extract.pairs import DISTANCES, PAIR_NUMBERS, SENTENCES, layout_of, pair_features

WORDS = ["Alfa", "compra", "Beta", "\n\n", "Alfa", "paga", "dieci", "milioni", ".", "Gamma", "tace", "."]


def numbers(left, right):
    features = pair_features(layout_of(WORDS), np.array([left]), np.array([right]))[0, 0]
    assert features.sum() == 3
    distance, sentence, place = np.flatnonzero(features)
    return int(distance), int(sentence - DISTANCES), int(place - DISTANCES - SENTENCES)


def test_sentences_and_lines():
    layout = layout_of(WORDS)
    assert layout.lines.tolist() == [0, 0, 0, 0, *[1] * 8]
    assert layout.sentences.tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2]


def test_sides_mirror_each_other():
    ahead, behind = numbers((1, 2), (2, 3)), numbers((2, 3), (1, 2))
    assert ahead[0] - DISTANCES // 2 == DISTANCES // 2 - behind[0] == 1


def test_overlap_is_the_middle():
    assert numbers((1, 3), (2, 4))[0] == DISTANCES // 2


def test_sentences_apart():
    assert numbers((1, 2), (9, 10))[1] == SENTENCES // 2 + 2


def test_place_tells_title_from_body():
    assert numbers((1, 2), (0, 1))[2] == 0b111
    assert numbers((5, 6), (0, 1))[2] == 0b100
    assert numbers((5, 6), (4, 5))[2] == 0b001


def test_no_spans_no_features():
    features = pair_features(layout_of(WORDS), np.zeros((0, 2), np.int64), np.array([[0, 1]]))
    assert features.shape == (0, 1, PAIR_NUMBERS)
