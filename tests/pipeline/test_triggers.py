"""Which proposals are triggers."""

import numpy as np
import pytest

from pipeline.extract.decode import Tagged
from pipeline.extract.heads import Answers
from pipeline.extract.labels import LAYERS, TYPES
from pipeline.extract.triggers import choose_triggers, propose_triggers

OUT, BEGIN, INSIDE = (LAYERS["triggers"].index(tag) for tag in ("O", "B-TRIGGER", "I-TRIGGER"))

# Scores of "Terza commessa in otto mesi , firma": which words are proposed, by the margin of a tag over O.
PROPOSED = [
    ({1: (BEGIN, 2.0)}, [(1, 2)]),
    ({0: (BEGIN, -1.0), 1: (BEGIN, 2.0)}, [(1, 2)]),  # a lower bar would make one trigger of both
    ({1: (BEGIN, 2.0), 6: (BEGIN, -1.0)}, [(1, 2), (6, 7)]),  # and finds another
    ({1: (BEGIN, 2.0), 6: (BEGIN, -3.0)}, [(1, 2)]),
    ({1: (BEGIN, 2.0), 2: (INSIDE, 2.0)}, [(1, 3)]),
    ({1: (BEGIN, 2.0), 2: (BEGIN, 2.0)}, [(1, 3)]),  # spans that touch are one
    ({}, []),
]


@pytest.mark.parametrize(("margins", "expected"), PROPOSED)
def test_what_is_proposed(margins, expected):
    scores = np.zeros((7, len(LAYERS["triggers"])), np.float32)
    scores[:, OUT] = 5.0
    for word, (tag, margin) in margins.items():
        scores[word, tag] = 5.0 + margin
    assert [(span.start, span.end) for span in propose_triggers(scores)] == expected


def make_answers(types: list[dict[str, float]], same: list[tuple[int, int]]) -> Answers:
    """Answers of heads that give each trigger the chances `types`; the rest goes to "no deal"."""
    table = np.full((len(types), len(TYPES) + 1), 1e-6, np.float32)
    for row, chances in enumerate(types):
        for kind, chance in chances.items():
            table[row, TYPES.index(kind)] = chance
        table[row, -1] = 1 - sum(chances.values())
    pairs = np.eye(len(types), dtype=np.float32)
    for one, other in same:
        pairs[one, other] = pairs[other, one] = 0.9
    empty = np.zeros((len(types), 0), np.float32)
    return Answers(table, empty, empty, empty, pairs, empty, empty, empty, empty)


ORDER, TENDER, LOAN = "order", "public_tender", "loan"
CHOSEN = [
    # believed by both, by the token layer only, by the heads only
    ([0.9], [{ORDER: 0.9}], [], [ORDER]),
    ([0.6], [{ORDER: 0.1}], [], []),
    ([0.4], [{ORDER: 0.95}], [], [ORDER]),
    ([0.1], [{ORDER: 0.5}], [], []),
    # a trigger that is sure of its type persuades one of the same deal that is not, and none of another deal
    ([0.9, 0.9], [{TENDER: 0.9}, {ORDER: 0.45, TENDER: 0.4}], [(0, 1)], [TENDER, TENDER]),
    ([0.9, 0.9], [{TENDER: 0.9}, {ORDER: 0.45, TENDER: 0.4}], [], [TENDER, ORDER]),
    # but what is no trigger persuades nobody
    ([0.001, 0.9], [{LOAN: 0.9}, {ORDER: 0.5, LOAN: 0.3}], [(0, 1)], [ORDER]),
    ([], [], [], []),
]


@pytest.mark.parametrize(("scores", "types", "same", "expected"), CHOSEN)
def test_which_are_triggers(scores, types, same, expected):
    proposals = [Tagged(2 * at, 2 * at + 1, "TRIGGER", score) for at, score in enumerate(scores)]
    chosen = choose_triggers(proposals, make_answers(types, same), doubt=0.5, bar=0.0)
    assert [span.label for span in chosen] == expected
    assert all(0 < span.score < 1 for span in chosen)
