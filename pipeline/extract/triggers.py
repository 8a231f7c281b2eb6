"""Which proposals are triggers, and of what type: the token layer's score and the heads' judgement together. Pure."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipeline.extract.chances import all_log_odds
from pipeline.extract.decode import Tagged, find_tagged, join_touching
from pipeline.extract.heads import Answers
from pipeline.extract.labels import LAYERS, TYPES

Floats = npt.NDArray[np.float64]
GENEROUS = 2.5  # taken from "no trigger" for the proposals
TINY = 1e-4  # chances are kept this far from 0 and 1
SAME = 0.5  # two triggers that tell one deal with more than this chance share their type


def propose_triggers(scores: npt.NDArray[np.float32]) -> list[Tagged]:
    """Return what may be a trigger, in reading order: the spans of the best path, and what a lower bar finds beside.

    `scores` [words, tags] are the logits of the token layer. A lower bar also makes spans longer ("Terza commessa"), so
    it does not touch those that are found without it.
    """
    sure, more = (join_touching(find_tagged(scores, LAYERS["triggers"], bias=bias)) for bias in (0.0, GENEROUS))
    beside = [span for span in more if not any(span.start < one.end and one.start < span.end for one in sure)]
    return sorted([*sure, *beside], key=lambda span: span.start)


def choose_triggers(proposals: Sequence[Tagged], answers: Answers, *, doubt: float, bar: float) -> list[Tagged]:
    """Return the proposals that are triggers, labelled with their type, in reading order.

    The belief in one is the logit of its score plus `doubt` times the logit that it tells of any deal at all; kept are
    those at or over `bar`. Both are chosen on dev. The score of what is returned is the belief as a chance.
    """
    if not proposals:
        return []
    scores = np.array([span.score for span in proposals])
    told = 1.0 - answers.types[:, len(TYPES)].astype(float)
    beliefs = all_log_odds(scores, edge=TINY) + doubt * all_log_odds(told, edge=TINY)
    types = pool_types(answers, scores * told)
    return [
        Tagged(span.start, span.end, TYPES[kind], float(1 / (1 + np.exp(-belief))))
        for span, belief, kind in zip(proposals, beliefs, types, strict=True)
        if belief >= bar
    ]


def pool_types(answers: Answers, weights: Floats) -> list[int]:
    """Return each trigger's type: the mean of the log chances of all that tell its deal, its own with weight 1."""
    chances = np.log(answers.types[:, : len(TYPES)].astype(float) + TINY)
    shares = np.where(answers.same_deal > SAME, answers.same_deal * weights[None], 0.0)
    np.fill_diagonal(shares, 1.0)
    return [int(kind) for kind in (shares @ chances).argmax(axis=1)]
