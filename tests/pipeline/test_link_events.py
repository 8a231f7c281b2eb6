"""The events corpus linked article by article, as a night does: the floors of merging."""

import pytest

from benchmarks.events import EVENTS, read_events
from benchmarks.merging import count_pairs, link_articles

FLOORS = [("entities", 0.99, 0.92), ("deals", 0.97, 0.92)]  # they only rise; asked for were .98 .85 and .95 .80


@pytest.fixture(scope="module")
def records():
    return link_articles(read_events(EVENTS))[0]


@pytest.mark.parametrize(("group", "precision", "recall"), FLOORS)
def test_merging(records, group, precision, recall):
    pairs = count_pairs(records[group])
    assert pairs.precision >= precision
    assert pairs.recall >= recall
