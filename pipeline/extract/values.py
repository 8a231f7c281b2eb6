"""The spaCy component `affari_values`: dates, amounts and shares of any Italian Doc, with or without sentences.

    nlp = spacy.blank("it")
    nlp.add_pipe("affari_values")
    doc = nlp.make_doc("Ieri Alfa ha rilevato il 51% di Beta per 12mln€")
    doc._.affari_published = date(2024, 3, 19)      # without it nothing is resolved: "ieri" has no value
    doc = nlp(doc)
    [(span.text, span.label_, span._.value) for span in doc.spans["affari_values"]]

Spans cover whole tokens; the values keep the exact characters. See docs/values.md.
"""

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from pipeline.extract.date_lexicon import load_date_words
from pipeline.extract.money_lexicon import load_money_words
from pipeline.extract.share_lexicon import load_share_words
from pipeline.extract.spelling import make_spelling
from pipeline.extract.value_reading import Values, ValueWords, read_values
from pipeline.records import Amount, DateValue, Share

SPANS = "affari_values"
LABELS = {DateValue: "DATE", Amount: "MONEY", Share: "PERCENT"}

Value = DateValue | Amount | Share

__all__ = ("ValueWords", "Values", "load_value_words", "make_values", "read_values", "set_values", "values_of")


def load_value_words() -> ValueWords:
    """Read the vocabulary of values from models/lexicon."""
    money, dates = load_money_words(), load_date_words()
    return ValueWords(money, load_share_words(), dates, make_spelling(dates, money.numbers))


def set_values(doc: Doc, values: Values) -> Doc:
    """Put the values into doc.spans["affari_values"] and, where they overlap no entity, into doc.ents."""
    found: tuple[Value, ...] = (*values.dates, *values.amounts, *values.shares)
    spans = [span for value in found if (span := _span(doc, value))]
    doc.spans[SPANS] = sorted(spans, key=lambda span: (span.start, -span.end))
    taken = {token.i for ent in doc.ents for token in ent}
    free = [span for span in spans if taken.isdisjoint(range(span.start, span.end))]
    doc.set_ents(filter_spans(free), default="unmodified")
    doc._.affari_values = values
    return doc


def values_of(doc: Doc) -> Values:
    """Return the values of `doc`; none where `affari_values` did not run."""
    values = doc._.affari_values if Doc.has_extension("affari_values") else None
    return values or Values()


def _span(doc: Doc, value: Value) -> Span | None:
    """Return the span of whole tokens around a value, the value in its attribute."""
    span = doc.char_span(value.start, value.end, label=LABELS[type(value)], alignment_mode="expand")
    if span is not None:
        span._.value = value
    return span


def register_extensions() -> None:
    """Add the attributes of Doc and Span that the component uses; a second call changes nothing."""
    attributes = {"affari_published": None, "affari_published_trusted": True, "affari_values": None}
    for name, default in attributes.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
    if not Span.has_extension("value"):
        Span.set_extension("value", default=None)


class ValueReader:
    """The component: it holds the vocabulary and nothing of the texts."""

    def __init__(self, words: ValueWords) -> None:
        self.words = words

    def __call__(self, doc: Doc) -> Doc:
        """Read the values of `doc` against `doc._.affari_published`, if that is set and trusted."""
        published, trusted = doc._.affari_published, doc._.affari_published_trusted
        return set_values(doc, read_values(doc.text, words=self.words, published=published, trusted=trusted))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 128) -> Iterator[Doc]:  # noqa: ARG002 - spaCy's signature
        """Read the values of each Doc of a stream."""
        return (self(doc) for doc in docs)


@Language.factory("affari_values", assigns=["doc.spans", "doc.ents"])
def make_values(nlp: Language, name: str) -> ValueReader:  # noqa: ARG001 - spaCy's signature
    """Make the component; `nlp` and `name` are spaCy's."""
    register_extensions()
    return ValueReader(load_value_words())
