"""Choose on dev how sure a deal is, and from where on it is told: `python -m models.training.calibrate`.

Fits the logistic model of pipeline/extract/confidence.py on the drafts of the dev articles (a draft is right where it
finds a deal of the corpus, of its type), says how well it is calibrated on articles that it was not fitted on (five
folds), and writes models/lexicon/confidence.toml. The threshold it names belongs in config.toml.
"""

import argparse
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.agreement import match_deals
from benchmarks.corpus import ROOT, Gold, read_taught
from pipeline.config import load_config
from pipeline.extract.confidence import Confidence, confidence_of, features_of
from pipeline.extract.page import page_of
from pipeline.extract.read import assemble_drafts, load_knowledge
from pipeline.extract.reading import reading_of
from pipeline.extract.values import values_of
from pipeline.nlp import load_nlp

FOLDS = 5
BINS = 10
SHRINK = 1.0  # the ridge on all coefficients but the bias
HEAD = "# How sure a deal is, as models/training/calibrate.py fits it on dev; read by pipeline/extract/confidence.py.\n"

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A draft: its article, its numbers, and whether it is a deal of its type."""

    article: str
    features: dict[str, float]
    right: bool


def find_cases(golds: Sequence[Gold]) -> tuple[list[Case], int]:
    """Read the articles; return their drafts as cases, and the number of deals in the corpus."""
    nlp, knowledge = load_nlp(load_config(ROOT / "config.toml")), load_knowledge()
    cases: list[Case] = []
    for gold, doc in zip(golds, nlp.pipe(gold.text for gold in golds), strict=True):
        extraction, drafted = assemble_drafts(page_of(doc), reading_of(doc), values_of(doc), knowledge=knowledge)
        pairs = match_deals(extraction.deals, gold)
        right = {at for at, number in pairs if extraction.deals[at].type == gold.deals[number].type}
        for at, draft in enumerate(drafted.drafts):
            triggers = [drafted.scene.triggers[trigger] for trigger in draft.triggers]
            cases.append(Case(gold.id, features_of(draft, triggers), at in right))
    return cases, sum(len(gold.deals) for gold in golds)


def fit(cases: Sequence[Case]) -> Confidence:
    """Return the logistic model that fits `cases` best, by Newton's method."""
    names = sorted(cases[0].features)
    rows = np.array([[1.0, *(case.features[name] for name in names)] for case in cases])
    right = np.array([case.right for case in cases], float)
    ridge = np.diag([0.0, *[SHRINK] * len(names)])
    weights: Floats = np.zeros(rows.shape[1])
    for _ in range(50):
        chances = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (right - chances) - ridge @ weights
        bend = rows.T @ (rows * (chances * (1 - chances))[:, None]) + ridge + np.eye(len(weights)) * 1e-9
        weights = weights + np.linalg.solve(bend, slope)
    rounded = [round(float(weight), 3) for weight in weights]
    return Confidence(bias=rounded[0], weights=dict(zip(names, rounded[1:], strict=True)))


def fold_of(article: str) -> int:
    """Return the fold of an article: its drafts stay together."""
    return int(hashlib.sha256(article.encode()).hexdigest(), 16) % FOLDS


def cross_fit(cases: Sequence[Case]) -> Floats:
    """Return each case's confidence by a model that has not seen its article."""
    models = [fit([case for case in cases if fold_of(case.article) != fold]) for fold in range(FOLDS)]
    return np.array([confidence_of(case.features, models[fold_of(case.article)]) for case in cases])


def reliability(chances: Floats, right: Floats) -> tuple[list[tuple[float, float, int]], float]:
    """Return the table (mean confidence, share right, cases) by tenths, and the expected calibration error."""
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    table = [(chances[bins == at], right[bins == at]) for at in range(BINS) if (bins == at).any()]
    error = sum(abs(said.mean() - was.mean()) * len(said) for said, was in table) / max(len(chances), 1)
    return [(float(said.mean()), float(was.mean()), len(said)) for said, was in table], float(error)


def best_threshold(chances: Floats, right: Floats, deals: int) -> tuple[float, float]:
    """Return the threshold with the best F1 of typed deals, and that F1."""
    tried = [round(0.02 * step, 2) for step in range(5, 40)]
    scores = {at: 2 * right[chances >= at].sum() / ((chances >= at).sum() + deals) for at in tried}
    best = max(scores, key=lambda at: (scores[at], -at))
    return best, float(scores[best])


def write(model: Confidence) -> None:
    """Write models/lexicon/confidence.toml."""
    weights = "".join(f"{name} = {weight}\n" for name, weight in sorted(model.weights.items()))
    path = ROOT / "models" / "lexicon" / "confidence.toml"
    path.write_text(f"{HEAD}bias = {model.bias}\n\n[weights]\n{weights}", encoding="utf-8")


def main() -> None:
    """Fit, measure, write."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    cases, deals = find_cases(list(read_taught("dev")))
    right = np.array([case.right for case in cases], float)
    chances = cross_fit(cases)
    table, error = reliability(chances, right)
    print(f"{len(cases)} drafts of {deals} deals, {right.mean():.2f} right; expected calibration error {error:.3f}")
    print("confidence  right  drafts")
    for said, was, count in table:
        print(f"      {said:.2f}   {was:.2f}  {count:6}")
    threshold, f1 = best_threshold(chances, right, deals)
    print(f"threshold {threshold}: F1 of typed deals {f1:.3f}; write it to [deals] of config.toml")
    write(fit(cases))


if __name__ == "__main__":
    main()
