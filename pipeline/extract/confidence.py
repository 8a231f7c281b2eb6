"""How sure a deal is: the chance that it is one, of the stated type. Pure.

A logistic model of a few numbers; its coefficients are data (models/lexicon/confidence.toml), chosen on dev by
models/training/calibrate.py.
"""

import math
from collections.abc import Sequence

from pipeline.extract.chances import log_odds
from pipeline.extract.drafts import Draft
from pipeline.extract.reading import Trigger
from pipeline.lexicon import LexiconModel, load_lexicon

EDGE = 0.01  # chances are kept off 0 and 1, where odds end


class Confidence(LexiconModel):
    """models/lexicon/confidence.toml: a coefficient for each number of `features_of`, by its name."""

    bias: float
    weights: dict[str, float]


def load_confidence() -> Confidence:
    """Read models/lexicon/confidence.toml."""
    return load_lexicon("confidence", Confidence)


def features_of(draft: Draft, triggers: Sequence[Trigger]) -> dict[str, float]:
    """Return the numbers that speak for or against a draft; `triggers` are those it tells by. Chances as log odds."""
    named = [seat.chance for seat in draft.seats]
    told = [trigger.score for trigger in triggers]
    return {
        "told": log_odds(max(told), edge=EDGE),
        "type": log_odds(draft.type_chance, edge=EDGE),
        "best_party": log_odds(max(named), edge=EDGE),
        "worst_party": log_odds(min(named), edge=EDGE),
        "parties": math.log(len(named)),
        "triggers": math.log(len(told)),
        "sum": float("amount" in draft.values),
    }


def confidence_of(features: dict[str, float], model: Confidence) -> float:
    """Return how likely a draft is a deal of its type."""
    total = model.bias + sum(weight * features[name] for name, weight in model.weights.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
