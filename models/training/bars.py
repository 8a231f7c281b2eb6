"""Choose on dev which proposals are triggers: `python -m models.training.bars` writes two numbers into config.json.

Prints for each `doubt` (pipeline/extract/triggers.py) the `bar` with the best sum of F1 untyped and typed, and keeps
the best of all. Reads the articles once a doubt, a minute or two in all.
"""

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import spacy

from benchmarks.corpus import ROOT, Gold, read_taught
from models.training.sums import renew_sums
from pipeline.extract.tagger import Tagger, make_tagger

DOUBTS = (0.0, 0.25, 0.5, 0.75, 1.0)
EVERYTHING = -99.0


def cases_of(golds: list[Gold], weights: Path, doubt: float) -> tuple[np.ndarray, int]:
    """Return a row for each proposal (belief, whether it is a trigger, whether of its type), and the gold's count."""
    nlp = spacy.blank("it")
    nlp.add_pipe("affari_values")
    tagger = make_tagger(nlp, "affari_tagger", weights=str(weights), threads=2, set_entities=False)
    assert isinstance(tagger, Tagger)
    tagger.encoder.settings = replace(tagger.encoder.settings, doubt=doubt, bar=EVERYTHING)
    rows, count = [], 0
    for gold, doc in zip(golds, tagger.pipe(nlp.pipe(gold.text for gold in golds)), strict=True):
        types = {deal.id: deal.type for deal in gold.deals}
        told = {
            (mark.start, mark.end): {types[deal] for deal in mark.attrs["deal"].split()}
            for mark in gold.marks
            if mark.tag == "trigger"
        }
        count += len(told)
        group = doc.spans["affari_triggers"]
        for span, score in zip(group, group.attrs["scores"], strict=True):
            its = told.get((span.start_char, span.end_char), set())
            rows.append((np.log(score / (1 - score)), bool(its), span.label_ in its))
    return np.array(rows, float), count


def best_bar(rows: np.ndarray, count: int) -> tuple[float, float, float]:
    """Return the bar with the best sum of both F1, and the two."""
    order = rows[np.argsort(-rows[:, 0])]
    found = np.arange(1, len(order) + 1)
    plain, typed = (2 * order[:, column].cumsum() / (found + count) for column in (1, 2))
    at = int((plain + typed).argmax())
    return float(order[at, 0]), float(plain[at]), float(typed[at])


def write_bars(folder: Path, doubt: float, bar: float) -> None:
    """Write both numbers into the weights' config.json, and its checksum anew."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8")) | {"doubt": doubt, "bar": bar}
    (folder / "config.json").write_text(json.dumps(config, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    renew_sums(folder)


def main() -> None:
    """Print the table, write the best."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--weights", type=Path, default=ROOT / "models" / "weights")
    options = parser.parse_args()
    golds = [gold for gold in read_taught("dev") if gold.deals]
    print("doubt    bar  triggers  typed")
    tried = []
    for doubt in DOUBTS:
        bar, plain, typed = best_bar(*cases_of(golds, options.weights, doubt))
        print(f" {doubt:.2f}  {bar:5.2f}      {plain:.3f}  {typed:.3f}", flush=True)
        tried.append((plain + typed, doubt, round(bar, 2)))
    _, doubt, bar = max(tried)
    write_bars(options.weights, doubt, bar)
    print(f"doubt {doubt} and bar {bar} are now in {options.weights / 'config.json'}")


if __name__ == "__main__":
    main()
