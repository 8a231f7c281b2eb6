"""Forests as arrays say what the trees that they were made of say."""

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="scikit-learn grows forests; only training needs it")


def test_a_grown_forest_says_what_its_model_says(monkeypatch):
    from models.training.forest import TREES, grow, make_model

    random = np.random.default_rng(1)
    rows = random.normal(size=(400, 5)).astype(np.float32)
    right = rows[:, 0] * rows[:, 1] > 0
    monkeypatch.setitem(TREES, "pairs", 5)
    forest = grow("pairs", rows, right)
    model = make_model("pairs").fit(rows, right)
    assert np.allclose(forest.chances(rows), model.predict_proba(rows)[:, 1], atol=1e-4)
