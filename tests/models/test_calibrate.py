"""The recipe of confidence: it fits what it is given, and says how far off it is."""

from random import Random

import numpy as np
import pytest

from models.training.calibrate import Case, best_threshold, cross_fit, fit, reliability
from pipeline.extract.confidence import confidence_of


def cases_of(count):
    """Return cases whose chance of being right is the logistic function of their one number."""
    random = Random(3)
    drawn = [random.uniform(-3, 3) for _ in range(count)]
    return [Case(f"a{at}", {"told": x}, random.random() < 1 / (1 + np.exp(-x))) for at, x in enumerate(drawn)]


def test_the_fit_finds_what_made_the_cases():
    model = fit(cases_of(3000))
    assert model.bias == pytest.approx(0, abs=0.2)
    assert model.weights["told"] == pytest.approx(1, abs=0.2)
    assert confidence_of({"told": 0.0}, model) == pytest.approx(0.5, abs=0.05)


def test_confidence_is_calibrated_on_unseen_cases():
    cases = cases_of(1000)
    table, error = reliability(cross_fit(cases), np.array([case.right for case in cases], float))
    assert error < 0.08
    assert sum(count for *_, count in table) == 1000


def test_the_threshold_with_the_best_f1():
    chances = np.array([0.9, 0.8, 0.3, 0.2])
    right = np.array([1.0, 1.0, 0.0, 0.0])
    assert best_threshold(chances, right, deals=2) == (0.32, 1.0)
