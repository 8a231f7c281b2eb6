"""The spaCy component `affari_tagger`: names, offices, described parties and the words that tell of deals.

Sets `doc.tensor` (a vector a token) and the span groups `affari_entities` (ORG, PER, LOC), `affari_roles`,
`affari_parties`, `affari_triggers` (labelled with the most probable type); each group's `attrs["scores"]` holds the
spans' probabilities. `affari_proposals` are triggers found with a lower bar: those that the heads, which see who takes
part, believe in are `affari_triggers`, and the linker judges them all. With
`set_entities`, `doc.ents` becomes the entities and the values that `affari_values` found.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import filter_spans, minibatch

from pipeline.extract.candidates import GROUPS, VALUES, find_candidates
from pipeline.extract.decode import Tagged, find_tagged, join_touching, take_articles
from pipeline.extract.edges import EdgeWords, load_edge_words, set_edges
from pipeline.extract.encoder import Encoded, Encoder, load_encoder
from pipeline.extract.glued import split_glued
from pipeline.extract.heads import Heads, Question, load_heads
from pipeline.extract.labels import KINDS, LAYERS
from pipeline.extract.layers import may_attend
from pipeline.extract.name_edges import add_roads, settle_names
from pipeline.extract.triggers import choose_triggers, propose_triggers
from pipeline.extract.weights import check_files

PROPOSALS = "affari_proposals"
BATCH = 32  # Docs that are sorted by length and read together


class Tagger:
    """Reads Docs, `threads` at once in a stream: what a Doc gets does not depend on its neighbours."""

    def __init__(self, encoder: Encoder, heads: Heads, edges: EdgeWords, *, threads: int, set_entities: bool) -> None:
        self.encoder, self.heads, self.edges = encoder, heads, edges
        self.threads, self.set_entities = threads, set_entities

    def __call__(self, doc: Doc) -> Doc:
        """Read one Doc."""
        return self._set(doc, self.encoder.encode(doc.text, words_of(doc)))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """Read a stream in its order; while a batch's spans are set, the encoder reads the next."""
        with ThreadPoolExecutor(self.threads) as pool:
            waiting: list[tuple[Doc, Future[Encoded]]] = []
            for batch in minibatch(docs, min(batch_size, BATCH)):  # type: ignore[no-untyped-call]
                # the longest first, so that no thread ends a batch alone
                reads = {
                    id(doc): pool.submit(self.encoder.encode, doc.text, words_of(doc))
                    for doc in sorted(batch, key=len, reverse=True)
                }
                yield from (self._set(doc, read.result()) for doc, read in waiting)
                waiting = [(doc, reads[id(doc)]) for doc in batch]
            yield from (self._set(doc, read.result()) for doc, read in waiting)

    def _set(self, doc: Doc, encoded: Encoded) -> Doc:
        doc.tensor = encoded.words  # type: ignore[assignment] # spaCy's stub knows float64 only
        words = [token.text for token in doc]
        for layer, spans in find_spans(encoded, words, self.encoder.settings.biases).items():
            set_group(doc, GROUPS[layer], spans)
        proposals = propose_triggers(encoded.layers["triggers"])
        set_group(doc, PROPOSALS, set_edges(proposals, words, self.edges))
        set_group(doc, GROUPS["triggers"], self._find_triggers(doc, words))
        if self.set_entities:
            doc.ents = merge_entities(doc)
        return doc

    def _find_triggers(self, doc: Doc, words: Sequence[str]) -> list[Tagged]:
        group = doc.spans[PROPOSALS]
        proposals = [
            Tagged(span.start, span.end, span.label_, score)
            for span, score in zip(group, group.attrs["scores"], strict=True)
        ]
        if not proposals:
            return []
        others = [(span.start, span.end, span.label_) for span, _ in find_candidates(doc)]
        # who takes part tells types apart that sound alike: a public client makes an order a tender
        question = Question(
            doc.tensor,
            [(span.start, span.end) for span in proposals],
            [(start, end, KINDS.index(kind)) for start, end, kind in others if kind in KINDS],
        )
        answers = self.heads.answer(question, lambda: words)
        settings = self.encoder.settings
        return choose_triggers(proposals, answers, doubt=settings.doubt, bar=settings.bar)


def words_of(doc: Doc) -> list[tuple[int, int]]:
    """Return the offsets of the tokens."""
    return [(token.idx, token.idx + len(token)) for token in doc]


def find_spans(encoded: Encoded, words: Sequence[str], biases: dict[str, float]) -> dict[str, list[Tagged]]:
    """Return the spans of every layer but the triggers'; a layer's bias lowers its bar."""
    found = {
        layer: find_tagged(encoded.layers[layer], tags, bias=biases.get(layer, 0.0))
        for layer, tags in LAYERS.items()
        if layer != "triggers"
    }
    found["entities"] = add_roads(settle_names(split_glued(found["entities"], words), words), words)
    found["parties"] = take_articles(join_touching(found["parties"]), words)
    return found


def set_group(doc: Doc, name: str, found: list[Tagged]) -> None:
    """Set a span group; white space at the edges of a span is left out, and with it a span of nothing else."""
    spans, scores = [], []
    for tagged in found:
        start, end = tagged.start, tagged.end
        while start < end and doc[start].is_space:
            start += 1
        while end > start and doc[end - 1].is_space:
            end -= 1
        if start < end:
            spans.append(Span(doc, start, end, tagged.label))
            scores.append(tagged.score)
    doc.spans[name] = SpanGroup(doc, name=name, spans=spans, attrs={"scores": scores})


def merge_entities(doc: Doc) -> list[Span]:
    """Return entities and values; of two that overlap the longer stays."""
    values = [Span(doc, span.start, span.end, span.label_) for span in doc.spans.get(VALUES, ())]
    return filter_spans([*doc.spans[GROUPS["entities"]], *values])


@Language.factory(
    "affari_tagger",
    assigns=["doc.ents", "doc.tensor", "doc.spans"],
    default_config={"weights": "models/weights", "threads": 2, "set_entities": True},
)
def make_tagger(nlp: Language, name: str, weights: str, threads: int, set_entities: bool) -> Tagger:  # noqa: ARG001, FBT001 - spaCy's signature
    """Make the component; `threads`: how many Docs are read at once, `weights`: the folder that `make train` fills."""
    folder = Path(weights)
    encoder, heads, edges = load_encoder(folder), load_heads(folder), load_edge_words()
    return Tagger(encoder, heads, edges, threads=threads, set_entities=set_entities)


@dataclass(frozen=True, slots=True)
class TaggerFacts:
    """What `affari doctor` tells of the weights. `checksum` is layers.bin's; `loaded_s` the seconds to load all."""

    name: str
    version: str
    licence: str
    checksum: str
    megabytes: float
    loaded_s: float
    compiled: bool  # whether attention.c runs


def describe_tagger(folder: Path) -> TaggerFacts:
    """Load everything once and say what it is; raises ModelError as loading does."""
    began = time.perf_counter()
    settings = load_encoder(folder).settings
    load_heads(folder)
    loaded_s, sums = time.perf_counter() - began, check_files(folder)
    return TaggerFacts(
        name=settings.name,
        version=settings.version,
        licence=settings.licence,
        checksum=sums["layers.bin"],
        megabytes=round(sum((folder / name).stat().st_size for name in sums) / 1e6, 1),
        loaded_s=round(loaded_s, 2),
        compiled=may_attend(),
    )
