"""What training minimises: token layers, and the linker's answers over gold and its own predicted spans."""

from dataclasses import replace

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from models.training.examples import UNKNOWN, Example, Links
from models.training.network import Linker
from pipeline.extract.decode import Tagged, find_tagged
from pipeline.extract.labels import KINDS, LAYERS, LINKS, MAY_LINK, RELATION_ENDS, RELATIONS
from pipeline.extract.pairs import pair_features

NONE = -1  # the last type
MOST = 40  # predicted spans of a kind that an article may add; an untrained head finds hundreds
RARE = {"entities": 1.0, "roles": 1.5, "parties": 2.0, "triggers": 1.5}  # weight of a tag that is not O
WEIGHTS = {
    "type": 1.0,
    "status": 0.5,
    "parts": 0.3,
    "needs": 0.1,
    "denied": 0.3,
    "links": 0.1,
    "deals": 0.3,
    "relations": 0.1,
    "share": 0.2,
    "organisation": 0.1,
    "subject": 0.15,
}
ALLOWED = torch.tensor(MAY_LINK)  # which link a kind of candidate may have: [kinds, links]


def token_losses(logits: dict[str, Tensor], tags: dict[str, Tensor]) -> dict[str, Tensor]:
    """Return the mean loss of each layer; a tag of -1 is not marked."""
    losses = {}
    for layer, scores in logits.items():
        weight = torch.full((scores.shape[1],), RARE[layer])
        weight[0] = 1.0
        losses[layer] = functional.cross_entropy(scores, tags[layer], weight, ignore_index=-1, reduction="sum")
        losses[layer] = losses[layer] / (tags[layer] >= 0).sum().clamp(min=1)
    return losses


def predicted(logits: dict[str, Tensor], rows: slice) -> dict[str, list[Tagged]]:
    """Return the spans that the token heads find now in the words `rows`."""
    return {
        layer: find_tagged(scores[rows].detach().float().numpy(), LAYERS[layer])
        for layer, scores in logits.items()
        if layer in {"entities", "parties", "triggers"}
    }


def with_predicted(links: Links, found: dict[str, list[Tagged]]) -> Links:
    """Add the spans that were found to the gold's: near a gold mark with its answers, elsewhere as nothing at all."""
    triggers = _near(found["triggers"], links.triggers, np.ones(len(links.triggers), bool))
    both = [*found["entities"], *found["parties"]]
    kinds = {kind: links.kinds == KINDS.index(kind) for kind in ("ORG", "PER", "PARTY")}
    candidates = [
        (span, KINDS.index(kind))
        for kind in kinds
        for span in _near([span for span in both if span.label == kind], links.candidates, kinds[kind])
    ]
    none = np.zeros_like(links.types[:1]) if len(links.types) else np.zeros((1, links.types.shape[1]), np.float32)
    none[:, NONE] = 1
    at = [gold for _, _, gold in triggers]
    own = int(links.entity.max(initial=-1)) + 1
    entity = [links.entity[span[2]] if span[2] >= 0 else own + n for n, (span, _) in enumerate(candidates)]
    grown = np.zeros((len(at) + len(links.triggers), own + len(candidates), len(LINKS)), np.float32)
    rows = [*range(len(links.triggers)), *at]
    for row, source in enumerate(rows):
        if source >= 0:
            grown[row, : links.links.shape[1]] = links.links[source]
    deals = np.array(
        [[links.deals[a, b] if a >= 0 and b >= 0 else 0.0 for b in rows] for a in rows], np.float32
    ).reshape(len(rows), len(rows))
    more = np.full(len(candidates), -1, np.int64)
    unknown = np.full((1, 2), UNKNOWN, np.int64)
    return replace(
        links,
        triggers=np.concatenate([links.triggers, _pairs(triggers)]),
        types=np.concatenate([links.types, *(links.types[g : g + 1] if g >= 0 else none for g in at)]),
        status=np.concatenate([links.status, np.array([links.status[g] if g >= 0 else -1 for g in at], np.int64)]),
        denied=np.concatenate([links.denied, np.array([links.denied[g] if g >= 0 else 0 for g in at], np.float32)]),
        candidates=np.concatenate([links.candidates, _pairs([span for span, _ in candidates])]),
        kinds=np.concatenate([links.kinds, np.array([kind for _, kind in candidates], np.int64)]),
        entity=np.concatenate([links.entity, np.array(entity, np.int64)]),
        links=grown,
        deals=deals,
        share=np.concatenate([links.share, more]),
        organisation=np.concatenate([links.organisation, more]),
        subject=np.concatenate([links.subject, *(links.subject[g : g + 1] if g >= 0 else unknown for g in at)]),
    )


def _pairs(spans: list[tuple[int, int, int]]) -> np.ndarray:
    return np.array([span[:2] for span in spans], np.int64).reshape(-1, 2)


def _near(found: list[Tagged], gold: np.ndarray, right: np.ndarray) -> list[tuple[int, int, int]]:
    """Return (start, end, overlapping gold mark or -1) of what was found, but for exact hits."""
    spans = []
    for span in found[:MOST]:
        overlap = np.minimum(gold[:, 1], span.end) - np.maximum(gold[:, 0], span.start)
        overlap = np.where(right, overlap, 0)
        best = int(overlap.argmax()) if len(overlap) else -1
        hit = best >= 0 and overlap[best] > 0
        if hit and tuple(gold[best]) == (span.start, span.end):
            continue
        spans.append((span.start, span.end, best if hit else -1))
    return spans


def by_entity(logits: Tensor, entity: Tensor, count: int) -> Tensor:
    """Return logits [n, entities, k] from those of mentions [n, mentions, k]: log of the sum; one mention suffices."""
    member = torch.full((count, len(entity)), -1e4)
    member[entity, torch.arange(len(entity))] = 0.0
    return torch.logsumexp(logits[:, None] + member[None, :, :, None], dim=2)


def linker_losses(linker: Linker, words: Tensor, example: Example, links: Links) -> dict[str, Tensor]:
    """Return the linker's losses for one article."""
    features = [
        pair_features(example.layout, left, right)
        for left, right in (
            (links.triggers, links.candidates),
            (links.triggers, links.triggers),
            (links.candidates, links.candidates),
        )
    ]
    outputs = linker(
        words,
        *(torch.from_numpy(array) for array in (links.triggers, links.candidates, links.kinds)),
        *(torch.from_numpy(array) for array in features),
    )
    types, status, denied, link, deals, relations, share, organisation, subject, parts, needs = outputs
    losses = {}
    if len(links.triggers):
        losses |= trigger_losses(links, types, status, denied, deals) | subject_loss(links, subject)
        if len(links.candidates):
            losses["links"] = link_loss(links, link)
            losses |= hint_losses(links, parts, needs)
    if len(links.relations):
        losses["relations"] = relation_loss(links, relations)
    for name, scores, gold in (("share", share, links.share), ("organisation", organisation, links.organisation)):
        if (gold >= 0).any():
            losses[name] = functional.cross_entropy(scores, torch.from_numpy(gold), ignore_index=-1)
    return losses


def trigger_losses(links: Links, types: Tensor, status: Tensor, denied: Tensor, deals: Tensor) -> dict[str, Tensor]:
    """Return the losses of what is said of a trigger alone, and of two triggers."""
    losses = {"type": functional.cross_entropy(types, torch.from_numpy(links.types))}
    real = torch.from_numpy(links.status >= 0)
    if real.any():
        losses["status"] = functional.cross_entropy(status[real], torch.from_numpy(links.status)[real])
        losses["denied"] = functional.binary_cross_entropy_with_logits(
            denied[real], torch.from_numpy(links.denied)[real]
        )
    off = ~torch.eye(len(deals), dtype=torch.bool)
    if off.any():
        losses["deals"] = functional.binary_cross_entropy_with_logits(deals[off], torch.from_numpy(links.deals)[off])
    return losses


def subject_loss(links: Links, subject: Tensor) -> dict[str, Tensor]:
    """Return the loss of where each deal's subject begins, or that there is none, and of where it ends."""
    gold = torch.from_numpy(links.subject)
    known, told = gold[:, 0] != UNKNOWN, gold[:, 0] >= 0
    if not known.any():
        return {}
    first = functional.pad(subject[known, :, 0], (1, 0))  # column 0: no subject
    loss = functional.cross_entropy(first, gold[known, 0] + 1)
    if told.any():
        loss = loss + functional.cross_entropy(subject[told, :, 1], gold[told, 1])
    return {"subject": loss}


def link_loss(links: Links, link: Tensor) -> Tensor:
    """Return the loss of trigger and entity, a trigger's share: any mention of the entity may carry the link."""
    allowed = ALLOWED[torch.from_numpy(links.kinds)]
    entity = torch.from_numpy(links.entity)
    count = links.links.shape[1]
    scores = by_entity(link.masked_fill(~allowed[None], -1e4), entity, count)
    possible = torch.zeros(count, len(LINKS)).index_add(0, entity, allowed.float()) > 0
    losses = functional.binary_cross_entropy_with_logits(
        scores.clamp(min=-30), torch.from_numpy(links.links), reduction="none"
    )
    return (losses * possible[None]).sum() / len(links.triggers)


def hint_losses(links: Links, parts: Tensor, needs: Tensor) -> dict[str, Tensor]:
    """Return the losses of what a candidate is in any deal, and of what a deal has: easier than pairs."""
    told = torch.from_numpy(links.links)
    allowed = ALLOWED[torch.from_numpy(links.kinds)]
    mentions = told.amax(0)[torch.from_numpy(links.entity)]
    part = functional.binary_cross_entropy_with_logits(parts, mentions, reduction="none")
    need = functional.binary_cross_entropy_with_logits(needs, told.amax(1), reduction="none")
    return {"parts": (part * allowed).sum() / len(mentions), "needs": need.sum() / len(needs)}


def relation_loss(links: Links, relations: Tensor) -> Tensor:
    """Return the loss of candidate and entity, over the mentions that the relation can point to; a source's share."""
    kinds = torch.from_numpy(links.kinds)
    entity = torch.from_numpy(links.entity)
    count = int(entity.max()) + 1
    total = relations.new_zeros(())
    for number, name in enumerate(RELATIONS):
        rows = links.relations[links.relations[:, 0] == number]
        target = kinds == KINDS.index(RELATION_ENDS[name][1])
        if not len(rows) or not target.any():
            continue
        source = torch.from_numpy(rows[:, 1])
        usable = target[None].repeat(len(rows), 1)
        usable[torch.arange(len(rows)), source] = False
        scores = relations[source, :, number].masked_fill(~usable, -1e4)
        scores = by_entity(scores[:, :, None], entity, count)[..., 0]
        possible = torch.zeros(len(rows), count, dtype=torch.long).index_add_(1, entity, usable.long()) > 0
        gold = functional.one_hot(torch.from_numpy(rows[:, 2]) + 1, count + 1)[:, 1:].float()
        losses = functional.binary_cross_entropy_with_logits(scores.clamp(min=-30), gold, reduction="none")
        total = total + (losses * possible).sum() / len(rows)
    return total
