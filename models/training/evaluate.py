"""Scores of a network on articles: spans by label, and the linker's answers over the gold's spans."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import torch
from torch import Tensor

from models.training.batches import group, make_batch
from models.training.examples import UNKNOWN, Example
from models.training.losses import ALLOWED, by_entity
from models.training.network import HINTS, OUTPUTS
from models.training.reader import Reader
from pipeline.extract.decode import find_tagged
from pipeline.extract.labels import KINDS, LAYERS, LINKS, RELATION_ENDS, RELATIONS, TYPES
from pipeline.extract.pairs import pair_features
from pipeline.extract.pointing import point

BUDGET = 8192
BIASES = (-1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0)
Spans = set[tuple[int, int, str]]


class Tally:
    """Counts hits, guesses and gold marks; F1 of them."""

    def __init__(self) -> None:
        self.counts: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, key: str, hits: int, guesses: int, gold: int) -> None:
        """Add to the counts of `key`."""
        self.counts[key].update(hit=hits, guess=guesses, gold=gold)

    def scores(self) -> dict[str, tuple[float, float, float]]:
        """Return precision, recall and F1 by key."""
        table = {}
        for key, count in self.counts.items():
            precision, recall = count["hit"] / max(count["guess"], 1), count["hit"] / max(count["gold"], 1)
            table[key] = (precision, recall, 2 * precision * recall / max(precision + recall, 1e-9))
        return table

    def brief(self) -> dict[str, float]:
        """Return F1 by key, three digits."""
        return {key: round(f1, 3) for key, (_, _, f1) in sorted(self.scores().items())}


def spans_of(logits: np.ndarray, layer: str, bias: float = 0.0) -> Spans:
    """Return the spans that a layer's logits [words, tags] stand for."""
    return {(span.start, span.end, span.label) for span in find_tagged(logits, LAYERS[layer], bias=bias)}


def gold_spans(tags: np.ndarray, layer: str) -> Spans:
    """Return the spans that gold tags stand for."""
    return spans_of(np.eye(len(LAYERS[layer]), dtype=np.float32)[tags] * 9, layer)


def read_all(reader: Reader, examples: Sequence[Example]) -> Iterable[tuple[Example, Tensor, dict[str, np.ndarray]]]:
    """Yield each article with its word vectors and the logits of each layer."""
    reader.eval()
    with torch.no_grad():
        for articles in group(examples, BUDGET):
            batch = make_batch(articles)
            words, logits = reader(batch)
            for example, rows in zip(batch.examples, batch.rows, strict=True):
                yield example, words[rows], {layer: scores[rows].float().numpy() for layer, scores in logits.items()}


def evaluate(reader: Reader, examples: Sequence[Example]) -> Tally:
    """Score every layer and, with gold spans, every answer of the linker."""
    tally = Tally()
    for example, words, logits in read_all(reader, examples):
        for layer, tags in example.tags.items():
            gold = gold_spans(tags, layer)
            found = spans_of(logits[layer], layer)
            for label in {tag[2:] for tag in LAYERS[layer]} - {""}:
                a, b = ({s for s in spans if s[2] == label} for spans in (found, gold))
                tally.add(label, len(a & b), len(a), len(b))
            if layer in {"triggers", "parties"}:
                for bias in BIASES:
                    found = spans_of(logits[layer], layer, bias)
                    tally.add(f"{layer} bias {bias}", len(found & gold), len(found), len(gold))
        if example.links is not None:
            score_links(reader, words, example, tally, spans_of(logits["triggers"], "triggers"))
    return tally


def score_links(reader: Reader, words: Tensor, example: Example, tally: Tally, found: Spans) -> None:
    """Add the linker's answers over an article's gold spans to `tally`; `found` are the reader's own triggers."""
    links = example.links
    assert links is not None
    extra = [span[:2] for span in sorted(found) if list(span[:2]) not in links.triggers.tolist()]
    triggers = np.concatenate([links.triggers, np.array(extra, np.int64).reshape(-1, 2)])
    pairs = ((triggers, links.candidates), (triggers, triggers), (links.candidates, links.candidates))
    features = [torch.from_numpy(pair_features(example.layout, left, right)) for left, right in pairs]
    spans = (torch.from_numpy(array) for array in (triggers, links.candidates, links.kinds))
    out = dict(zip((*OUTPUTS, *HINTS), reader.linker(words, *spans, *features), strict=True))
    count = len(links.triggers)
    _score_triggers(links, out, tally, count, {span[:2] for span in found})
    _score_subjects(links, out["subject"].numpy(), tally)
    if len(links.candidates):
        _score_relations(links, out["relations"], tally)
        for name, gold in (("share", links.share), ("organisation", links.organisation)):
            hits = out[name].argmax(-1).numpy()[gold >= 0] == gold[gold >= 0]
            tally.add(f"{name} right", int(hits.sum()), len(hits), len(hits))
    if count and len(links.candidates):
        allowed = ALLOWED[torch.from_numpy(links.kinds)]
        scores = by_entity(
            out["links"][:count].masked_fill(~allowed[None], -1e4), torch.from_numpy(links.entity), links.links.shape[1]
        )
        guess, gold_links = scores.numpy() > 0, links.links > 0
        for column, link in enumerate(LINKS):
            key = f"link {link}" if link in {"amount", "total", "stake", "date"} else "link party"
            a, b = guess[..., column], gold_links[..., column]
            tally.add(key, int((a & b).sum()), int(a.sum()), int(b.sum()))


def _score_triggers(links, out, tally: Tally, count: int, found: set[tuple[int, int]]) -> None:  # type: ignore[no-untyped-def]
    types = out["type"].numpy()
    best = types[:, :-1].argmax(-1)
    kept = [at for at, span in enumerate(links.triggers.tolist()) if tuple(span) in found]
    hits = [links.types[at, best[at]] > 0 for at in kept]
    tally.add("TRIGGER typed", sum(hits), len(found), count)
    tally.add("type right", sum(links.types[at, best[at]] > 0 for at in range(count)), count, count)
    real = types.argmax(-1) < len(TYPES)
    tally.add("none told", int((~real[count:]).sum()), int((~real).sum()), len(types) - count)
    if count:
        tally.add("status right", int((out["status"][:count].argmax(-1).numpy() == links.status).sum()), count, count)
        guess, gold = out["denied"][:count].numpy() > 0, links.denied > 0
        tally.add("denied", int((guess & gold).sum()), int(guess.sum()), int(gold.sum()))
        off = ~np.eye(count, dtype=bool)
        guess, gold = (out["deals"][:count, :count].numpy() > 0) & off, (links.deals > 0) & off
        tally.add("same deal", int((guess & gold).sum()), int(guess.sum()), int(gold.sum()))


def _score_subjects(links, scores: np.ndarray, tally: Tally) -> None:  # type: ignore[no-untyped-def]
    for pairs, gold in zip(point(scores), links.subject.tolist(), strict=False):
        if gold[0] != UNKNOWN:
            told = [[pair.first, pair.last] for pair in pairs[:1] if pair.chance > 0.5]
            tally.add("subject", gold in told, len(told), gold[0] >= 0)


def _score_relations(links, relations: Tensor, tally: Tally) -> None:  # type: ignore[no-untyped-def]
    entity = torch.from_numpy(links.entity)
    for number, name in enumerate(RELATIONS):
        target = torch.from_numpy(links.kinds == KINDS.index(RELATION_ENDS[name][1]))
        for relation, source, gold in links.relations.tolist():
            if relation != number:
                continue
            usable = target.clone()
            usable[source] = False
            scores = relations[source, :, number].masked_fill(~usable, -1e4)
            by = by_entity(scores[None, :, None], entity, int(entity.max()) + 1)[0, :, 0]
            best = int(by.argmax()) if by.max() > 0 else -1
            reachable = gold >= 0 and bool((usable & (entity == gold)).any())
            tally.add(name, int(best >= 0 and best == gold), int(best >= 0), int(reachable))
