"""The split never moves, and an event stays on one side of it."""

from collections import Counter
from pathlib import Path

import pytest

from models.training.split import cluster_keys, part_of, read_split, read_teaching_split

CORPUS = Path(__file__).parents[2] / "models" / "corpus"

PARTS = [("w1-001", "train"), ("w1-002", "test"), ("w1-003", "dev"), ("e1-e03", "dev")]


@pytest.mark.parametrize(("key", "part"), PARTS)
def test_part_is_fixed(key, part):
    assert part_of(key) == part


def test_articles_of_one_event_share_their_key():
    events = {"a": ["e1-e03", "e1-e04"], "b": ["e1-e04"], "c": ["e1-e05"], "d": ["e1-e05-b1"], "f": []}
    assert cluster_keys(events) == {"a": "e1-e03", "b": "e1-e03", "c": "e1-e05", "d": "d", "f": "f"}


def test_a_tenth_of_the_corpus_judges():
    parts = Counter(read_split(CORPUS / "deals").values())
    assert 40 <= parts["test"] <= 90
    assert 40 <= parts["dev"] <= 90


def test_articles_that_only_teach_are_never_test():
    parts = Counter(read_teaching_split(CORPUS / "written").values())
    assert set(parts) == {"train", "dev"}
    assert parts["train"] > 6 * parts["dev"]
