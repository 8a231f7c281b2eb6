"""The text of an article with its sentences: what all of the assembly looks words up in."""

from dataclasses import dataclass

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
    return Page(doc.text, tuple((sentence.start_char, sentence.end_char) for sentence in doc.sents))
