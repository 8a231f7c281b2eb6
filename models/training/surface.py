"""Train the surface reader: `python -m models.training.surface` writes models/weights/surface.npz in about two minutes.

Linear models by stochastic gradient with a step of its own for each feature (AdaGrad), on the marks of the corpus'
train articles. Seeded: the same articles give the same file.
"""

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

import numpy as np
import numpy.typing as npt

from benchmarks.corpus import ROOT, Gold, read_taught
from benchmarks.gold_reading import read_perfectly, values_of_gold
from models.training.sums import renew_sums
from pipeline.extract.labels import LINKS, STATUSES, TYPES
from pipeline.extract.names import OrganisationWords, load_organisation_words
from pipeline.extract.naming import Named, name_all
from pipeline.extract.page import Page
from pipeline.extract.reading import Reading
from pipeline.extract.sentences import find_sentence_starts, load_sentence_rules
from pipeline.extract.surface.bodies import body_cases, show_bodies
from pipeline.extract.surface.features import (
    Features,
    link_features,
    open_words,
    pair_features,
    speak,
    status_features,
    status_words,
    token_features,
    type_features,
    type_words,
)
from pipeline.extract.surface.hashes import SIZE
from pipeline.extract.surface.linear import Ints, save_surface
from pipeline.extract.surface.opinion import BEGIN, CLASSES, INSIDE, all_named, named_by_sentence, show
from pipeline.extract.surface.view import View, make_view

STEPS = {"triggers": 0.12, "types": 0.12, "statuses": 0.06, "pairs": 0.06, "links": 0.12, "bodies": 0.06}
CERTAIN = 0.02  # a word that is told right by all but this teaches nothing more
PASSED_OVER = 0.55  # of the words outside all triggers, in each epoch
EPOCHS = {"triggers": 3, "types": 6, "statuses": 5, "pairs": 4, "links": 3, "bodies": 4}
CLASS_COUNTS = {
    "triggers": 3,
    "types": len(TYPES),
    "statuses": len(STATUSES),
    "pairs": 2,
    "links": len(CLASSES),
    "bodies": 2,
}

Weights = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Cases:
    """What one model learns from: hashed features, and the class of each."""

    features: list[Ints] = field(default_factory=list)
    classes: list[int] = field(default_factory=list)

    def add(self, features: Features, number: int) -> None:
        """Add a case."""
        self.features.append(np.fromiter(features, np.int64, len(features)))
        self.classes.append(number)


def page_of_gold(gold: Gold) -> Page:
    """Return the article's text with its sentences, as `affari_sentences` sets them."""
    starts = [0, *find_sentence_starts(gold.text, rules=load_sentence_rules())]
    return Page(gold.text, tuple(zip(starts, [*starts[1:], len(gold.text)], strict=True)))


def find_cases(golds: Sequence[Gold]) -> dict[str, Cases]:
    """Return what each model learns from the articles."""
    cases = {name: Cases() for name in CLASS_COUNTS}
    words = load_organisation_words()
    for gold in golds:
        _add_article(cases, gold, read_perfectly(gold), words)
    return cases


def _add_article(cases: dict[str, Cases], gold: Gold, reading: Reading, words: OrganisationWords) -> None:
    page = page_of_gold(gold)
    view = make_view(page.text, page.sentences, reading.candidates)
    spans = [view.span(each.start, each.end) for each in reading.triggers]
    tags = np.zeros(len(view.words), np.int64)
    for start, end in spans:
        tags[start:end] = INSIDE
        tags[start] = BEGIN
    told = open_words(view)
    for at, features in zip(told, token_features(view, told), strict=True):
        cases["triggers"].add(features, int(tags[at]))
    types = [int(np.argmax(each.types[:-1])) for each in reading.triggers]
    of_types, of_statuses = type_words(view), status_words(view)
    for edges, trigger, kind in zip(spans, reading.triggers, types, strict=True):
        cases["types"].add(type_features(view, edges) | of_types, kind)
        status = int(np.argmax(trigger.statuses))
        cases["statuses"].add(status_features(view, edges) | of_statuses, status)
    names = name_all(page, reading, values_of_gold(gold), words=words)
    _add_bodies(cases["bodies"], gold, view, names)
    members = names.members
    shown = [show(view, member, reading.candidates) for member in members]
    spoken = [speak(view, edges) for edges in spans]
    named, others = named_by_sentence(view, shown), all_named(shown)
    for other, trigger in enumerate(spoken):
        for one in range(other):
            pair = pair_features(view, spoken[one], trigger, (TYPES[types[one]], TYPES[types[other]]), named)
            cases["pairs"].add(pair, int(reading.same_deal[one, other] > 0))
        for member, seen in zip(members, shown, strict=True):
            part = reading.links[other, list(member.candidates)].max(axis=0)
            number = 1 + int(part.argmax()) if part.max() > 0 else 0
            cases["links"].add(link_features(view, trigger, TYPES[types[other]], seen, others), number)


def _add_bodies(cases: Cases, gold: Gold, view: View, names: Named) -> None:
    """Add for each person and each organisation whether the person belongs to it."""
    refs = {(mark.start, mark.end): mark.attrs["ref"] for mark in gold.marks if mark.tag in {"org", "per"}}
    owners = [{refs[mention.start, mention.end] for mention in each.mentions} for each in names.organisations]
    bodies = show_bodies(view, names.organisations)
    for person in names.people:
        known = (gold.name_of(refs[mention.start, mention.end]) for mention in person.mentions)
        body = {each.body for each in known if each}
        for features, owner in zip(body_cases(view, person, bodies), owners, strict=True):
            cases.add(features, int(bool(body & owner)))


def learn(cases: Cases, classes: int, *, epochs: int, step: float, seed: int) -> Weights:
    """Return the weights [SIZE, classes] that tell the cases' classes."""
    weights = np.zeros((SIZE, classes), np.float32)
    steepness = np.full((SIZE, 1), 0.01, np.float32)
    random, order = Random(seed), list(range(len(cases.classes)))
    for _ in range(epochs):
        random.shuffle(order)
        for at in order:
            number = cases.classes[at]
            if classes == CLASS_COUNTS["triggers"] and not number and random.random() < PASSED_OVER:
                continue
            rows = cases.features[at]
            scores = weights[rows].sum(axis=0)
            slope = np.exp(scores - scores.max())
            slope /= slope.sum()
            slope[number] -= 1
            if -slope[number] < CERTAIN:
                continue
            steepness[rows] += float((slope * slope).sum())
            weights[rows] -= step * slope / np.sqrt(steepness[rows])
    return weights


def main() -> None:
    """Train all models and write them."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    began = time.perf_counter()
    cases = find_cases(list(read_taught("train")))
    print(f"{', '.join(f'{len(each.classes)} {name}' for name, each in cases.items())}; {len(LINKS)} links")
    models = {
        name: learn(cases[name], count, epochs=EPOCHS[name], step=STEPS[name], seed=1)
        for name, count in CLASS_COUNTS.items()
    }
    path = ROOT / "models" / "weights" / "surface.npz"
    path.parent.mkdir(exist_ok=True)
    save_surface(path, models)
    renew_sums(path.parent)
    print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB in {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
