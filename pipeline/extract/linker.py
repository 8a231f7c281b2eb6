"""The spaCy component `affari_linker`: who has which part in which deal, by the learned heads, as a Reading.

Stands behind `affari_values` and `affari_tagger`; the encoder is not asked again. The Reading's triggers are the
tagger's proposals: more than it would call triggers, each with its score.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.errors import ModelError
from pipeline.extract.candidates import find_candidates
from pipeline.extract.heads import Answers, Heads, Question, load_heads
from pipeline.extract.labels import KINDS, LINKS, ORGANISATION_KINDS, RELATION_ENDS, RELATIONS, SHARES
from pipeline.extract.pointing import point
from pipeline.extract.reading import Candidate, Reading, Subject, Trigger, register_reading, set_reading
from pipeline.extract.tagger import PROPOSALS

Floats = npt.NDArray[np.float32]
RELATED = {kind for ends in RELATION_ENDS.values() for kind in ends}  # who is asked about where nothing may be a deal
PALE = 0.02  # triggers that the heads believe less come to nothing, whatever the surface says: no subjects are sought


class Linker:
    """Reads what the tagger and the values left in a Doc."""

    def __init__(self, heads: Heads) -> None:
        self.heads = heads

    def __call__(self, doc: Doc) -> Doc:
        """Leave the Reading in `doc._.affari_reading`; raises ModelError where no tagger ran before."""
        if PROPOSALS not in doc.spans:
            raise ModelError("affari_linker stands behind affari_tagger: add affari_tagger to the pipeline")
        triggers = list(doc.spans[PROPOSALS])
        candidates = find_candidates(doc)
        kinds = KINDS if triggers else RELATED
        asked = [at for at, (span, _) in enumerate(candidates) if span.label_ in kinds]
        question = Question(
            doc.tensor,
            [(span.start, span.end) for span in triggers],
            [(candidates[at][0].start, candidates[at][0].end, KINDS.index(candidates[at][0].label_)) for at in asked],
        )
        answers = self.heads.answer(question, lambda: [token.text for token in doc])
        return set_reading(doc, make_reading(doc, candidates, asked, answers))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:  # noqa: ARG002 - spaCy's signature
        """Read a stream."""
        return (self(doc) for doc in docs)


def make_reading(doc: Doc, candidates: list[tuple[Span, float]], asked: list[int], answers: Answers) -> Reading:
    """Return the answers as a value; candidates that the heads were not asked about (places) have no links."""
    count = len(candidates)
    group = doc.spans[PROPOSALS]
    links = np.zeros((len(group), count, len(LINKS)), np.float32)
    links[:, asked] = answers.links
    relations = np.zeros((count, count, len(RELATIONS)), np.float32)
    relations[np.ix_(asked, asked)] = answers.relations
    likely = np.array(group.attrs["scores"]) * (1 - answers.types[:, -1]) >= PALE
    subjects = find_subjects(doc, answers.subjects, likely)
    row_of = {at: row for row, at in enumerate(asked)}
    return Reading(
        triggers=tuple(
            Trigger(
                start=span.start_char,
                end=span.end_char,
                score=score,
                types=tuple(answers.types[row].tolist()),
                statuses=tuple(answers.statuses[row].tolist()),
                denied=float(answers.denied[row]),
                subjects=subjects[row],
            )
            for row, (span, score) in enumerate(zip(group, group.attrs["scores"], strict=True))
        ),
        candidates=tuple(
            Candidate(span.start_char, span.end_char, span.label_, score, **_details(span, row_of.get(at), answers))
            for at, (span, score) in enumerate(candidates)
        ),
        links=_frozen(links),
        same_deal=_frozen(answers.same_deal),
        relations=_frozen(relations),
    )


def find_subjects(doc: Doc, scores: Floats, likely: npt.NDArray[np.bool_]) -> list[tuple[Subject, ...]]:
    """Return what each `likely` trigger may be about, the likeliest first; `scores` [triggers, words, 2]."""
    if not likely.any():
        return [()] * len(likely)
    offsets, lengths, spaces = doc.to_array(["IDX", "LENGTH", "IS_SPACE"]).reshape(-1, 3).astype(np.int64).T
    breaks = np.zeros(len(doc), np.int64)
    for at in np.flatnonzero(spaces).tolist():  # a line break is never in a word
        breaks[at] = doc[at].text.count("\n")
    starts, ends = offsets.tolist(), (offsets + lengths).tolist()
    pointed = iter(point(scores[likely], breaks.cumsum().tolist()))
    return [
        tuple(Subject(starts[each.first], ends[each.last], each.chance) for each in next(pointed)) if one else ()
        for one in likely.tolist()
    ]


def _details(span: Span, row: int | None, answers: Answers) -> dict[str, str]:
    if row is not None and span.label_ == "ORG":
        return {"organisation": ORGANISATION_KINDS[int(answers.organisations[row].argmax())]}
    if row is not None and span.label_ == "PERCENT":
        return {"share": SHARES[int(answers.shares[row].argmax())]}
    return {}


def _frozen(array: Floats) -> Floats:
    array.flags.writeable = False
    return array


@Language.factory("affari_linker", requires=["doc.tensor", "doc.spans"], default_config={"weights": "models/weights"})
def make_linker(nlp: Language, name: str, weights: str) -> Linker:  # noqa: ARG001 - spaCy's signature
    """Make the component; `weights` is the folder that `make train` fills."""
    register_reading()
    return Linker(load_heads(Path(weights)))
