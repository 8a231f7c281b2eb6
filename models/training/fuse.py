"""Choose on dev how much each reader counts: `python -m models.training.fuse` writes models/lexicon/fusion.toml.

Reads the dev articles with the weights that ship, looks up in the corpus what is right, and fits the log odds of the
learned heads and of the surface reader to it (logistic regression, a small ridge); apart for triggers that only the
surface sees.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from benchmarks.corpus import ROOT, Gold, GoldDeal, Mark, read_taught
from benchmarks.gold_reading import KINDS, links_of
from pipeline.config import load_config
from pipeline.extract.cast import Member, pool
from pipeline.extract.fusion import Fusion, Sighting, load_fusion, log_odds, sight
from pipeline.extract.labels import LINKS, STATUSES, TYPES, VALUE_LINKS, may_link
from pipeline.extract.names import load_organisation_words
from pipeline.extract.naming import name_all
from pipeline.extract.page import Page, page_of
from pipeline.extract.reading import Floats as Chances
from pipeline.extract.reading import Reading, reading_of
from pipeline.extract.surface.features import open_words, speak
from pipeline.extract.surface.linear import Surface, load_surface
from pipeline.extract.surface.opinion import (
    link_chances,
    pair_chances,
    show,
    status_chances,
    type_chances,
    word_chances,
)
from pipeline.extract.surface.view import View, make_view
from pipeline.extract.values import Values, values_of
from pipeline.nlp import load_nlp

NEVER = 1.0  # measured on dev: triggers that only the surface sees give as many false deals as true ones
LEAST = 0.3  # triggers that only the surface sees are looked at from here on
SHRINK = 0.5
QUESTIONS = ("triggers", "types", "statuses", "same_deal", "parties", "values")  # in the order of the file
HEAD = """# How much the learned heads and the surface reader count, as log odds; read by pipeline/extract/fusion.py.
# Fitted on dev by models/training/fuse.py.
"""

Floats = npt.NDArray[np.float64]
Article = tuple[Gold, Page, Reading, Values]


@dataclass(slots=True)
class Rows:
    """What one pair of weights is fitted to: chances by the heads and by the surface, whether alone, what is right."""

    heads: list[float] = field(default_factory=list)
    surface: list[float] = field(default_factory=list)
    alone: list[bool] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)

    def add(self, heads: float, surface: float, *, alone: bool, right: bool) -> None:
        """Add a row."""
        self.heads.append(heads)
        self.surface.append(surface)
        self.alone.append(alone)
        self.right.append(right)

    def add_choice(self, heads: Sequence[float], surface: Sequence[float], *, alone: bool, right: set[int]) -> None:
        """Add a row a choice."""
        for at, (ours, theirs) in enumerate(zip(heads, surface, strict=True)):
            self.add(ours, theirs, alone=alone, right=at in right)


def find_rows(articles: Iterable[Article], surface: Surface) -> dict[str, Rows]:
    """Return the rows of every pair of weights."""
    rows: defaultdict[str, Rows] = defaultdict(Rows)
    words = load_organisation_words()
    for gold, page, reading, values in articles:
        members = name_all(page, reading, values, words=words).members
        view = make_view(page.text, page.sentences, reading.candidates)
        _add_article(rows, gold, view, reading, members, surface)
    return rows


def told_at(gold: Gold, view: View, seen: Sighting) -> list[GoldDeal]:
    """Return the deals that the corpus' trigger there tells of; none where there is none."""
    start, end = view.starts[seen.edges[0]], view.end(seen.edges[1] - 1)
    marks = [mark for mark in gold.marks if mark.tag == "trigger" and mark.start < end and start < mark.end]
    ids = {id for mark in marks for id in mark.attrs["deal"].split()}
    return [deal for deal in gold.deals if deal.id in ids]


def marks_of(gold: Gold, reading: Reading, member: Member) -> list[Mark]:
    """Return the corpus' marks that the member's mentions overlap."""
    spans = [reading.candidates[at] for at in member.candidates]
    marks = [mark for mark in gold.marks if mark.tag in KINDS and mark.tag not in {"loc", "role"}]
    return [mark for mark in marks if any(mark.start < span.end and span.start < mark.end for span in spans)]


def _add_article(
    rows: dict[str, Rows], gold: Gold, view: View, reading: Reading, members: Sequence[Member], surface: Surface
) -> None:
    chances = word_chances(view, surface, open_words(view))
    seen = sight(view, reading, chances, least=LEAST)
    told = [told_at(gold, view, each) for each in seen]
    spans = [each.edges for each in seen]
    types, statuses = type_chances(view, spans, surface), status_chances(view, spans, surface)
    for at, each in enumerate(seen):
        head = None if each.row is None else reading.triggers[each.row]
        alone, surest = head is None, float(chances[slice(*each.edges), 1:].sum(axis=1).max())
        sure = head.score * (1 - head.types[-1]) if head else 0.5
        rows["triggers"].add(sure, surest, alone=alone, right=bool(told[at]))
        if told[at]:
            kinds = {TYPES.index(deal.type) for deal in told[at]}
            level = {STATUSES.index(told[at][0].status)}
            ours = head.types[:-1] if head else [0.5] * len(TYPES)
            rows["types"].add_choice(ours, types[at].tolist(), alone=alone, right=kinds)
            ours = head.statuses if head else [0.5] * len(STATUSES)
            rows["statuses"].add_choice(ours, statuses[at].tolist(), alone=alone, right=level)
    kept = [at for at, deals in enumerate(told) if deals]
    met = Met(gold, reading, [seen[at] for at in kept], [told[at] for at in kept])
    spoken = [speak(view, each.edges) for each in met.seen]
    shown = [show(view, member, reading.candidates) for member in members]
    kinds = [deals[0].type for deals in met.told]
    _add_pairs(rows["same_deal"], met, pair_chances(view, spoken, kinds, shown, surface))
    _add_links(rows, met, members, link_chances(view, spoken, kinds, shown, surface))


@dataclass(frozen=True, slots=True)
class Met:
    """Triggers of an article that the corpus has too, and the deals that they tell of there."""

    gold: Gold
    reading: Reading
    seen: Sequence[Sighting]
    told: Sequence[Sequence[GoldDeal]]


def _add_pairs(rows: Rows, met: Met, pairs: Chances) -> None:
    ids = [{deal.id for deal in deals} for deals in met.told]
    for other, each in enumerate(met.seen):
        for one, first in enumerate(met.seen[:other]):
            both = first.row is not None and each.row is not None
            ours = float(met.reading.same_deal[first.row, each.row]) if both else 0.5
            rows.add(ours, float(pairs[one, other]), alone=not both, right=bool(ids[one] & ids[other]))


def _add_links(rows: dict[str, Rows], met: Met, members: Sequence[Member], chances: Chances) -> None:
    pooled = pool(met.reading.links, [member.candidates for member in members])
    for number, member in enumerate(members):
        marks = marks_of(met.gold, met.reading, member)
        for at, each in enumerate(met.seen):
            right = {link for deal in met.told[at] for mark in marks for link in links_of(deal, mark, met.gold)}
            for column, link in enumerate(LINKS):
                if may_link(member.kind, link):
                    ours = 0.5 if each.row is None else float(pooled[each.row, number, column])
                    name = "values" if link in VALUE_LINKS else "parties"
                    rows[name].add(
                        ours, float(chances[at, number, column]), alone=each.row is None, right=link in right
                    )


def fit(columns: Floats, right: Floats) -> Floats:
    """Return the weights of `columns` and, last, the bias; by Newton's method."""
    rows = np.column_stack([columns, np.ones(len(columns))])
    weights: Floats = np.zeros(rows.shape[1])
    ridge = np.diag([SHRINK] * columns.shape[1] + [1e-6])
    for _ in range(60):
        chances = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (right - chances) - ridge @ weights
        bend = rows.T @ (rows * (chances * (1 - chances))[:, None]) + ridge
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def weigh(rows: Rows) -> dict[str, float]:
    """Return the weights that fit `rows`; a reader that speaks against what is right counts nothing."""
    heads = log_odds(np.array(rows.heads, np.float32)).astype(float)
    surface = log_odds(np.array(rows.surface, np.float32)).astype(float)
    alone, right = np.array(rows.alone, bool), np.array(rows.right, float)
    both = np.column_stack([heads, surface])[~alone]
    first = fit(both, right[~alone]) if len(both) else np.array([1.0, 1.0, 0.0])
    if first[0] < 0:
        first = np.array([0.0, *fit(both[:, 1:], right[~alone])])
    elif first[1] < 0:
        first = np.insert(fit(both[:, :1], right[~alone]), 1, 0.0)
    second = fit(surface[alone][:, None], right[alone]) if alone.any() else first[1:]
    names = ("heads", "surface", "bias", "alone", "alone_bias")
    return {name: round(float(value), 3) for name, value in zip(names, (*first, *second), strict=True)}


def weigh_all(rows: Mapping[str, Rows], kept: Fusion) -> dict[str, dict[str, float]]:
    """Return the weights of every question; one without a row, as a network that names nobody leaves, keeps its own."""
    return {name: weigh(rows[name]) if name in rows else getattr(kept, name).model_dump() for name in QUESTIONS}


def write(weights: dict[str, dict[str, float]]) -> None:
    """Write models/lexicon/fusion.toml."""
    tables = (
        f"\n[{name}]\n" + "".join(f"{key} = {value}\n" for key, value in weights[name].items()) for name in QUESTIONS
    )
    text = f"{HEAD}least = {NEVER}\n{''.join(tables)}"
    (ROOT / "models" / "lexicon" / "fusion.toml").write_text(text, encoding="utf-8")


def read_articles(golds: Sequence[Gold]) -> Iterable[Article]:
    """Yield each article as the pipeline reads it."""
    nlp = load_nlp(load_config(ROOT / "config.toml"))
    for gold in golds:
        doc = nlp.make_doc(gold.text)
        doc._.affari_published = date.fromisoformat(gold.published) if gold.published else None
        doc = nlp(doc)
        yield gold, page_of(doc), reading_of(doc), values_of(doc)


def main() -> None:
    """Read, fit, write."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    surface = load_surface(ROOT / "models" / "weights" / "surface.npz")
    rows = find_rows(read_articles(list(read_taught("dev"))), surface)
    weights = weigh_all(rows, load_fusion())
    for name, each in weights.items():
        print(f"{name:10} {len(rows[name].right) if name in rows else 0:6} rows  {each}")
    write(weights)


if __name__ == "__main__":
    main()
