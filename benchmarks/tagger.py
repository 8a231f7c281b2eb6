"""How well and how fast the tagger reads: `python -m benchmarks.tagger [--speed] [--pipeline it_core_news_lg]`.

Quality: precision, recall, F1 of exact spans on the corpus's part (test unless told otherwise), by label and by corpus,
and on KIND's WN_dev, whose labels only measure. Speed: articles a second and memory beside the same network in PyTorch
float32, on the same texts, in the same run, with the same threads; and the share of the machine's measured peak.
"""

import argparse
import os
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from models.training.gold import Gold, read_columns, read_corpus
from models.training.split import Part, read_split
from pipeline.config import ROOT
from pipeline.extract.candidates import GROUPS

CORPORA = {"deals": "models/corpus", "events": "models/corpus", "wikinews": "corpus", "meantime": "corpus"}
LABELS = {"org": "ORG", "per": "PER", "loc": "LOC", "role": "ROLE", "party": "PARTY"}
NAMES = ("ORG", "PER", "LOC")
SIDES = ("affari", "network", "torch")  # what tagger_speed.py measures
# spaCy imports PyTorch wherever that is installed, which takes 230 MB that affari has no use for
WITHOUT_TORCH = (
    "import runpy, sys; sys.modules['torch'] = None; "
    "runpy.run_module('benchmarks.tagger_speed', run_name='__main__', alter_sys=True)"
)
PARAMETERS = 12 * (4 * 384 * 384 + 2 * 384 * 1536)  # of the encoder's products
Spans = set[tuple[int, int, str]]
Counts = dict[str, Counter[str]]


def shared_folder() -> Path:
    """Return the folder of the corpora that are not committed."""
    return Path(os.environ.get("AFFARI_SHARED", ROOT.parent / "shared"))


def read_part(part: Part) -> list[Gold]:
    """Return the articles of one part of every corpus that is here."""
    golds = []
    for corpus, place in CORPORA.items():
        folder = (ROOT if place.startswith("models") else shared_folder()) / place / corpus
        if not folder.exists():
            print(f"{corpus}: not here, left out (AFFARI_SHARED)", file=sys.stderr)
            continue
        split = read_split(folder)
        golds += [gold for gold in read_corpus(folder, corpus) if split[gold.id] == part]
    return golds


def gold_spans(gold: Gold) -> Spans:
    """Return the gold's spans by characters; a trigger's label is TRIGGER, and its type as well."""
    types = {deal.attrs["id"]: deal.attrs["type"] for deal in gold.deals}
    spans = {(span.start, span.end, LABELS[span.tag]) for span in gold.spans if span.tag in LABELS}
    for span in gold.spans:
        if span.tag == "trigger":
            spans.add((span.start, span.end, "TRIGGER"))
            spans |= {(span.start, span.end, f"TRIGGER {types[deal]}") for deal in span.attrs["deal"].split()}
    return spans


def read_affari(doc: Doc) -> Spans:
    """Return what the tagger found."""
    layers = ("entities", "roles", "parties")
    spans = {(span.start_char, span.end_char, span.label_) for layer in layers for span in doc.spans[GROUPS[layer]]}
    for span in doc.spans[GROUPS["triggers"]]:
        spans |= {(span.start_char, span.end_char, label) for label in ("TRIGGER", f"TRIGGER {span.label_}")}
    return spans


def read_entities(doc: Doc) -> Spans:
    """Return what the pipeline's own `ner` found."""
    return {(span.start_char, span.end_char, span.label_) for span in doc.ents if span.label_ in NAMES}


def count_spans(counts: Counts, gold: Spans, found: Spans, labels: Iterable[str]) -> None:
    """Add an article to the counts. A typed trigger is right with any of its types."""
    for label in labels:
        wanted, got = ({span for span in spans if span[2] == label} for spans in (gold, found))
        counts[label].update(hit=len(wanted & got), found=len(got), gold=len(wanted))
    if "TRIGGER" in labels:
        wanted, got = ({span for span in spans if span[2].startswith("TRIGGER ")} for spans in (gold, found))
        places = {span[:2] for span in wanted}
        counts["TRIGGER typed"].update(hit=len(wanted & got), found=len(got), gold=len(places))


def score(nlp: Language, golds: list[Gold], read: Callable[[Doc], Spans], labels: Iterable[str]) -> dict[str, Counts]:
    """Read `golds` and count by corpus; "all" is all of them."""
    tables: dict[str, Counts] = defaultdict(lambda: defaultdict(Counter))
    for gold, doc in zip(golds, nlp.pipe(gold.text for gold in golds), strict=True):
        wanted, found = gold_spans(gold), read(doc)
        for table in ("all", gold.corpus):
            count_spans(tables[table], wanted, found, labels)
    return tables


def show(title: str, counts: Counts) -> None:
    """Print one table."""
    print(f"\n{title:28} P     R     F1    hit/found/gold")
    for label, count in counts.items():
        precision, recall = count["hit"] / max(1, count["found"]), count["hit"] / max(1, count["gold"])
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"{label:26} {precision:.3f} {recall:.3f} {f1:.3f}  {count['hit']}/{count['found']}/{count['gold']}")


def make_affari(weights: Path, threads: int, *, values: bool = False) -> Language:
    """Return a blank pipeline with the tagger; with `values` before it, as Affari's own line has them."""
    nlp = spacy.blank("it")
    if values:
        nlp.add_pipe("affari_values")
    nlp.add_pipe("affari_tagger", config={"weights": str(weights), "threads": threads})
    return nlp


def measure_quality(options: argparse.Namespace) -> None:
    """Print the tables of quality."""
    golds = read_part(options.part)
    kind = shared_folder() / "data" / "kind" / "WN_dev.tsv"
    news = read_columns(kind, "WN_dev", separator="\t", size=8) if kind.exists() else []
    readers = [
        (
            "affari",
            make_affari(options.weights, options.threads, values=True),
            read_affari,
            (*LABELS.values(), "TRIGGER"),
        )
    ]
    if options.pipeline:
        readers.append((options.pipeline, spacy.load(options.pipeline), read_entities, NAMES))
    for name, nlp, read, labels in readers:
        for corpus, counts in score(nlp, golds, read, labels).items():
            show(f"{name}: {corpus} {options.part}", counts)
        if news:
            show(f"{name}: WN_dev", score(nlp, news, read, NAMES)["all"])


def measure_speed(options: argparse.Namespace) -> None:
    """Read the same articles with the tagger and with PyTorch, by turns, each in its own process; print the ratio."""
    best: dict[str, float] = {}
    memory: dict[str, int] = {}
    for turn in range(options.turns):
        for what in SIDES:
            start = ["-m", "benchmarks.tagger_speed"] if what == "torch" else ["-c", WITHOUT_TORCH]
            command = [sys.executable, *start, what, "--threads", str(options.threads)]
            command += ["--weights", str(options.weights), "--part", options.part]
            out = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout.split()
            seconds, articles, pieces, megabytes = float(out[0]), int(out[1]), int(out[2]), int(out[3])
            best[what], memory[what] = min(best.get(what, seconds), seconds), megabytes
            print(f"turn {turn + 1} {what:8} {articles / seconds:7.1f} articles/s {pieces / seconds:8.0f} pieces/s")
    peak = matrix_peak(options.threads)
    reached = 2 * PARAMETERS * pieces / best["network"] / 1e9
    network, whole = best["torch"] / best["network"], best["torch"] / best["affari"]
    print(f"\nthe network is {network:.1f} times as fast as PyTorch float32, {options.threads} threads;", end=" ")
    print(f"with spans and judged triggers, which PyTorch's side leaves out, {whole:.1f} times")
    print(f"memory {memory['affari']} MB, PyTorch {memory['torch']} MB")
    print(f"{reached:.0f} GFLOP/s of products, {reached / peak:.0%} of the float32 peak measured here ({peak:.0f})")


def matrix_peak(threads: int) -> float:
    """Return the GFLOP/s of the best of some float32 matrix products; `threads` must be OMP_NUM_THREADS's."""
    size = 1024
    left, right = (np.random.default_rng(seed).random((size, size), np.float32) for seed in (1, 2))
    best = float("inf")
    for _ in range(8 * threads):
        began = time.perf_counter()
        left @ right
        best = min(best, time.perf_counter() - began)
    return 2 * size**3 / best / 1e9


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description="Measure the tagger.")
    parser.add_argument("--weights", type=Path, default=ROOT / "models" / "weights")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--part", choices=("train", "dev", "test"), default="test")
    parser.add_argument("--pipeline", help="a spaCy pipeline whose ner to measure beside it, such as it_core_news_lg")
    parser.add_argument("--speed", action="store_true", help="measure speed; needs the train extra")
    parser.add_argument("--turns", type=int, default=3)
    options = parser.parse_args()
    if options.speed:
        measure_speed(options)
    else:
        measure_quality(options)


if __name__ == "__main__":
    main()
