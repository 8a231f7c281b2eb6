"""Grow the forests of the second look: `python -m models.training.forest` writes models/weights/forest.npz.

Reads articles that the weights have not learned from (dev, unless others are named), drafts their deals, looks up in
the corpus what every member is to them, and grows trees by gradient boosting (scikit-learn, for training only). It
tells how good they are on articles that they were not grown on (five folds).
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from benchmarks.corpus import ROOT, Gold, GoldDeal, read_taught
from benchmarks.gold_reading import links_of
from models.training.fuse import Article, marks_of, read_articles
from models.training.sums import renew_sums
from pipeline.extract.drafts import type_of
from pipeline.extract.forest.links import Supposed, ask
from pipeline.extract.forest.look import Look
from pipeline.extract.forest.pairs import pair_rows
from pipeline.extract.forest.trees import Floats, Forest, save_forests
from pipeline.extract.labels import LINKS, TYPES
from pipeline.extract.read import Knowledge, find_clusters, load_knowledge, look_over, prepare
from pipeline.records import DealType

TREES = {"pairs": 120, "parties": 200, "values": 96}
LEAVES = 16
FOLDS = 5
Told = Sequence[Sequence[GoldDeal]]


@dataclass(slots=True)
class Cases:
    """What a forest is grown on: rows of numbers, what is right, and the article of each."""

    rows: list[Floats] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)

    def add(self, rows: Floats, right: Iterable[bool], article: str) -> None:
        """Add rows of one article."""
        known = list(right)
        self.rows += list(rows)
        self.right += known
        self.articles += [article] * len(known)


def find_cases(articles: Iterable[Article], knowledge: Knowledge) -> dict[str, Cases]:
    """Return what each forest is grown on."""
    cases = {name: Cases() for name in TREES}
    for gold, page, reading, values in articles:
        reading, named, view = prepare(page, reading, values, knowledge=knowledge)  # noqa: PLW2901 - the same, made ready
        look = look_over(page, reading, named, view=view, knowledge=knowledge)
        if look is None:
            continue
        told = [told_at(gold, each.start, each.end) for each in look.scene.triggers]
        marks = [marks_of(gold, reading, member) for member in look.scene.members]
        _add_pairs(cases["pairs"], gold, look, told)
        for deal, supposed in find_deals(gold, look, told, knowledge):
            parts = [{link for mark in its for link in links_of(deal, mark, gold)} for its in marks]
            for forest, asked in ask(look, [supposed], knowledge.frames).items():
                right = (LINKS[link] in parts[at] for at, link in zip(asked.members, asked.links, strict=True))
                cases[forest].add(asked.rows, right, gold.id)
    return cases


def told_at(gold: Gold, start: int, end: int) -> list[GoldDeal]:
    """Return the deals that the corpus' triggers between two offsets tell of."""
    marks = [mark for mark in gold.marks if mark.tag == "trigger" and mark.start < end and start < mark.end]
    ids = {id for mark in marks for id in mark.attrs["deal"].split()}
    return [deal for deal in gold.deals if deal.id in ids]


def find_deals(gold: Gold, look: Look, told: Told, knowledge: Knowledge) -> Iterator[tuple[GoldDeal, Supposed]]:
    """Yield each deal with triggers and type: as the corpus tells it, and as it is drafted where that differs."""
    seen = set()
    for deal in gold.deals:
        triggers = tuple(at for at, deals in enumerate(told) if deal in deals)
        if triggers:
            chances = [look.scene.triggers[at].types[TYPES.index(deal.type)] for at in triggers]
            seen.add((deal.id, triggers, deal.type))
            yield deal, Supposed(triggers, DealType(deal.type), float(np.mean(chances)))
    for cluster in find_clusters(look, knowledge):
        votes = Counter(deal.id for at in cluster.triggers for deal in told[at])
        kind, chance = type_of(look.scene, cluster)
        best = next((deal for deal in gold.deals if votes and deal.id == votes.most_common(1)[0][0]), None)
        if best and (best.id, cluster.triggers, kind.value) not in seen:
            yield best, Supposed(cluster.triggers, kind, chance)


def _add_pairs(cases: Cases, gold: Gold, look: Look, told: Told) -> None:
    """Add for each pair of triggers that the corpus has whether it tells of one deal."""
    if len(told) < 2:
        return
    pairs = list(zip(*np.triu_indices(len(told), 1), strict=True))
    known = [at for at, (one, other) in enumerate(pairs) if told[one] and told[other]]
    right = (any(deal in told[pairs[at][1]] for deal in told[pairs[at][0]]) for at in known)
    cases.add(pair_rows(look)[known], right, gold.id)


def make_model(name: str) -> HistGradientBoostingClassifier:
    """Return the model that grows the forest `name`."""
    return HistGradientBoostingClassifier(
        max_iter=TREES[name],
        max_leaf_nodes=LEAVES,
        learning_rate=0.08,
        min_samples_leaf=30,
        l2_regularization=10,
        max_features=0.3,
        early_stopping=False,
        random_state=0,
    )


def grow(name: str, rows: Floats, right: npt.NDArray[np.bool_]) -> Forest:
    """Return the forest that tells what is right."""
    model = make_model(name).fit(rows, right)
    trees = [each[0].nodes for each in model._predictors]
    most = max(len(nodes) for nodes in trees)

    def stack(key: str) -> npt.NDArray[np.float64]:
        return np.array([np.pad(nodes[key].astype(np.float64), (0, most - len(nodes))) for nodes in trees])

    leaf = stack("is_leaf") > 0
    return Forest(
        feature=np.where(leaf, 0, stack("feature_idx")).astype(np.int32),
        bound=np.where(leaf, 0.0, stack("num_threshold")).astype(np.float32),
        left=np.where(leaf, 0, stack("left")).astype(np.int32),
        right=np.where(leaf, 0, stack("right")).astype(np.int32),
        value=stack("value").astype(np.float32),
        base=float(model._baseline_prediction[0, 0]),
        width=rows.shape[1],
    )


def cross_fit(name: str, rows: Floats, right: npt.NDArray[np.bool_], articles: Sequence[str]) -> Floats:
    """Return the chances that forests give which were grown on other articles."""
    chances = np.zeros(len(right), np.float32)
    for others, these in GroupKFold(FOLDS).split(rows, right, articles):
        chances[these] = grow(name, rows[others], right[others]).chances(rows[these])
    return chances


def surprise(chances: Floats, right: npt.NDArray[np.bool_]) -> float:
    """Return the mean loss in nats."""
    return float(-np.log(np.where(right, chances, 1 - chances) + 1e-6).mean())


def main() -> None:
    """Read, grow, measure, write."""
    parser = argparse.ArgumentParser(description="Grow the forests of the second look.")
    parser.add_argument("--part", choices=["train", "dev"], default="dev")
    options = parser.parse_args()
    cases = find_cases(read_articles(list(read_taught(options.part))), load_knowledge())
    forests = {}
    for name, each in cases.items():
        rows, right = np.array(each.rows, np.float32), np.array(each.right, bool)
        loss = surprise(cross_fit(name, rows, right, each.articles), right)
        print(f"{name:10} {len(rows)} rows of {rows.shape[1]} numbers, {right.mean():.3f} right; loss {loss:.4f}")
        forests[name] = grow(name, rows, right)
    path = ROOT / "models" / "weights" / "forest.npz"
    save_forests(path, forests)
    renew_sums(path.parent)
    print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
