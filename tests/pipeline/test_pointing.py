"""From scores of first and last words to the words that are meant."""

import numpy as np
import pytest

from pipeline.extract.pointing import MOST, point

LOW, HIGH = -9.0, 9.0


def scores_of(first: dict[int, float], last: dict[int, float], *, words: int = 20) -> np.ndarray:
    """Return one trigger's scores; those of the words that are not named are low."""
    scores = np.full((1, words, 2), LOW, np.float32)
    for column, named in enumerate((first, last)):
        for word, score in named.items():
            scores[0, word, column] = score
    return scores


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ({3: HIGH}, {5: HIGH}, (3, 5)),
        ({3: HIGH}, {3: HIGH}, (3, 3)),
        ({3: HIGH, 6: 5.0}, {2: HIGH, 6: 8.0}, (3, 6)),  # the last word does not stand before the first
        ({0: HIGH}, {MOST - 1: HIGH}, (0, MOST - 1)),
        ({0: HIGH, 4: 6.0}, {MOST: HIGH}, (4, MOST)),  # too long a run
        ({8: HIGH}, {9: 5.0, 12: HIGH}, (8, 9)),  # word 12 stands on the next line
    ],
)
def test_words_meant(first: dict[int, float], last: dict[int, float], expected: tuple[int, int]) -> None:
    ((pointed, *_),) = point(scores_of(first, last), [0] * 10 + [1] * 10 if 8 in first else [])
    assert (pointed.first, pointed.last) == expected


def test_others_are_named_too_where_they_do_not_touch_the_likeliest() -> None:
    scores = scores_of({3: HIGH, 4: 8.0, 8: 7.0, 12: 6.0, 15: 5.0}, {4: HIGH, 9: 8.5, 12: 8.0, 15: 8.0})
    (pointed,) = point(scores)
    assert [(each.first, each.last) for each in pointed] == [(3, 4), (8, 9), (12, 12)]
    assert sorted(pointed, key=lambda each: -each.chance) == list(pointed)


@pytest.mark.parametrize(("score", "likely"), [(HIGH, True), (-4.0, False)])
def test_no_subject_is_as_likely_as_a_score_of_nought(*, score: float, likely: bool) -> None:
    ((pointed, *_),) = point(scores_of({2: score}, {2: HIGH}))
    assert (pointed.chance > 0.5) is likely


def test_a_text_without_words_or_triggers_has_no_subject() -> None:
    assert point(np.zeros((2, 0, 2), np.float32)) == [(), ()]
    assert point(np.zeros((0, 5, 2), np.float32)) == []
