"""Runs the linker's heads: word vectors and spans in, probabilities out. See models/training/network.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from pipeline.extract.decode import softmax
from pipeline.extract.labels import KINDS, LINKS, RELATION_ENDS, RELATIONS, may_link
from pipeline.extract.pairs import Layout, pair_features
from pipeline.extract.weights import check_files, open_session

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
ALLOWED = np.array([[may_link(kind, link) for link in LINKS] for kind in KINDS], np.float32)


@dataclass(frozen=True, slots=True)
class Answers:
    """Probabilities: of each trigger, each pair of trigger and candidate, of triggers, of candidates; see Reading."""

    types: Floats  # [t, types + none]
    statuses: Floats
    denied: Floats
    links: Floats
    same_deal: Floats
    relations: Floats
    shares: Floats
    organisations: Floats


class Heads:
    """The linker's heads, opened."""

    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self.session = session

    def answer(
        self,
        words: npt.NDArray[np.floating],
        layout: Layout,
        triggers: Sequence[tuple[int, int]],
        candidates: Sequence[tuple[int, int, int]],
    ) -> Answers:
        """Ask all heads. Spans are words, end exclusive; a candidate's third number is that of its kind."""
        spans = np.array(triggers, np.int64).reshape(-1, 2)
        others = np.array(candidates, np.int64).reshape(-1, 3)
        kinds = others[:, 2]
        inputs = {
            "words": words,
            "triggers": spans,
            "candidates": others[:, :2],
            "kinds": kinds,
            "link_features": pair_features(layout, spans, others),
            "deal_features": pair_features(layout, spans, spans),
            "relation_features": pair_features(layout, others, others),
        }
        types, status, denied, links, deals, relations, shares, organisations = self.session.run(None, inputs)
        same = sigmoid(deals)
        np.fill_diagonal(same, 1.0)
        return Answers(
            types=softmax(types),
            statuses=softmax(status),
            denied=sigmoid(denied),
            links=sigmoid(links) * ALLOWED[kinds][None],
            same_deal=same,
            relations=sigmoid(relations) * possible_relations(kinds),
            shares=softmax(shares),
            organisations=softmax(organisations),
        )


def possible_relations(kinds: Ints) -> Floats:
    """Return 1 where a relation may lead from candidate to candidate, else 0: [c, c, relations]."""
    possible = np.zeros((len(kinds), len(kinds), len(RELATIONS)), np.float32)
    for number, name in enumerate(RELATIONS):
        source, target = (kinds == KINDS.index(kind) for kind in RELATION_ENDS[name])
        possible[:, :, number] = source[:, None] & target[None] & ~np.eye(len(kinds), dtype=bool)
    return possible


def sigmoid(scores: Floats) -> Floats:
    """Return probabilities of logits."""
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -30, 30))), np.float32)


def load_heads(folder: Path) -> Heads:
    """Open the heads in `folder`; raises ModelError where a file is missing or changed."""
    check_files(folder)
    return Heads(open_session(folder / "linker.onnx"))
