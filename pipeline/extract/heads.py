"""Runs the linker's heads: word vectors and spans in, probabilities out. See models/training/network.py."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from pipeline.extract.decode import softmax
from pipeline.extract.labels import KINDS, MAY_LINK, RELATION_ENDS, RELATIONS
from pipeline.extract.pairs import Layout, layout_of, pair_features
from pipeline.extract.weights import check_files, open_session

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
ALLOWED = np.array(MAY_LINK, np.float32)


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
    subjects: Floats  # [t, w, 2]: logits of the first and the last word, see pointing.py


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What the heads are asked: spans are words, end exclusive; a candidate's third number is that of its kind."""

    words: npt.NDArray[np.floating]  # vectors
    triggers: list[tuple[int, int]]
    candidates: list[tuple[int, int, int]]

    def repeats(self, other: "Question") -> bool:
        """Say whether it asks the same of the same vectors."""
        same = self.words is other.words and self.triggers == other.triggers
        return same and self.candidates == other.candidates


class Heads:
    """The linker's heads, opened. The last answers are kept: the linker asks what the tagger asked before it."""

    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self.session = session
        self._last: tuple[Question, Answers] | None = None

    def answer(self, question: Question, tokens: Callable[[], Sequence[str]]) -> Answers:
        """Ask all heads; `tokens` gives the words that the question's vectors belong to, where they are needed."""
        last = self._last
        if last and last[0].repeats(question):
            return last[1]
        answers = self._ask(question, layout_of(tokens()))
        self._last = (question, answers)
        return answers

    def _ask(self, question: Question, layout: Layout) -> Answers:
        spans = np.array(question.triggers, np.int64).reshape(-1, 2)
        others = np.array(question.candidates, np.int64).reshape(-1, 3)
        kinds = others[:, 2]
        words, places = question.words, others[:, :2]
        if len(others) and not len(spans):  # nobody asks what a deal is about
            words, places = only_words_of(words, places)
        inputs = {
            "words": words,
            "triggers": spans,
            "candidates": places,
            "kinds": kinds,
            "link_features": pair_features(layout, spans, others),
            "deal_features": pair_features(layout, spans, spans),
            "relation_features": pair_features(layout, others, others),
        }
        types, status, denied, links, deals, relations, shares, organisations, subjects = self.session.run(None, inputs)
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
            subjects=subjects,
        )


def only_words_of(words: npt.NDArray[np.floating], spans: Ints) -> tuple[npt.NDArray[np.floating], Ints]:
    """Return the vectors of the words that stand in `spans` [n, 2], and the spans counted in these."""
    inside = np.zeros(len(words), bool)
    for start, end in spans.tolist():
        inside[start:end] = True
    starts = np.cumsum(inside)[spans[:, 0]] - 1
    return words[inside], np.stack([starts, starts + spans[:, 1] - spans[:, 0]], axis=1)


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
    """Open the heads in `folder`, the same file once; raises ModelError where a file is missing or changed."""
    path = folder / "linker.onnx"
    return _open(path, check_files(folder)[path.name])


@cache
def _open(path: Path, checksum: str) -> Heads:  # noqa: ARG001 - another file at the same place is opened anew
    return Heads(open_session(path))
