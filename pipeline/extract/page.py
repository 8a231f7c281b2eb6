"""The text of an article with its sentences: what all of the assembly looks words up in."""

from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc

from pipeline.records import Mention

Edges = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Page:
    """The text of an article with the edges of its sentences, in reading order."""

    text: str
    sentences: tuple[Edges, ...]

    def mention(self, start: int, end: int) -> Mention:
        """Return the place in the text from `start` to `end`."""
        return Mention(start, end, self.text[start:end])

    def sentence_of(self, start: int) -> Edges:
        """Return the edges of the sentence that holds the character at `start`; of the last one behind the text."""
        return next((edges for edges in self.sentences if edges[0] <= start < edges[1]), self.sentences[-1])


def page_of(doc: Doc) -> Page:
    """Return the text of `doc` with its sentences."""
    return Page(doc.text, sentences_of(doc))


def sentences_of(doc: Doc) -> tuple[Edges, ...]:
    """Return the edges of the sentences, read as arrays: `doc.sents` makes an object of every token.

    Raises ValueError, as `doc.sents` does, where the pipeline set no sentences.
    """
    if not doc.has_annotation("SENT_START"):
        raise ValueError("no sentences are set in the Doc: add affari_sentences to the pipeline")
    starts, offsets, lengths = doc.to_array(["SENT_START", "IDX", "LENGTH"]).reshape(-1, 3).astype(np.int64).T
    opens = [0, *(at for at in np.flatnonzero(starts == 1).tolist() if at)] if len(doc) else []
    ends = (offsets + lengths)[[*(at - 1 for at in opens[1:]), -1]].tolist() if opens else []
    return tuple(zip(offsets[opens].tolist(), ends, strict=True))
