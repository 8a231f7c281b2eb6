"""The component `affari_values`, and the doubt about a publication date that the text contradicts."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Span

from pipeline.extract.values import ValueWords, load_value_words, read_values
from pipeline.records import Amount, DateValue, Qualifier, Share, ShareOf

REPORT = (
    "I costruttori russi sbarcano in provincia\n\nIl 25 novembre i responsabili acquisti sono in città. «Proprio la "
    "scorsa settimana, l'11 e 12 novembre, abbiamo accolto un distributore», dice il presidente. Kamvol «nel 2013 ha "
    "assegnato un ordine per oltre un milione di euro»."
)


@pytest.fixture(scope="module")
def words() -> ValueWords:
    return load_value_words()


@pytest.fixture(scope="module")
def nlp() -> Iterator[Language]:
    nlp = spacy.blank("it")
    nlp.add_pipe("affari_values")
    yield nlp


def test_a_contradicted_publication_date_resolves_nothing(words: ValueWords) -> None:
    values = read_values(REPORT, words=words, published=date(2024, 3, 19))
    assert [(found.text, found.value, found.resolved) for found in values.dates] == [
        ("Il 25 novembre", "XXXX-11-25", False),
        ("la scorsa settimana", None, False),
        ("l'11 e 12 novembre", "XXXX-11-11/XXXX-11-12", False),
        ("nel 2013", "2013", True),
    ]
    assert len(values.published_doubts) == 1
    assert "11 e 12 novembre" in values.published_doubts[0]


def test_the_true_publication_date_resolves_all(words: ValueWords) -> None:
    values = read_values(REPORT, words=words, published=date(2014, 11, 19))
    assert values.published_doubts == ()
    assert [found.value for found in values.dates] == [
        "2014-11-25",
        "2014-11-10/2014-11-16",
        "2014-11-11/2014-11-12",
        "2013",
    ]


def test_amount_of_the_report(words: ValueWords) -> None:
    (amount,) = read_values(REPORT, words=words).amounts
    assert (amount.text, amount.currency, amount.qualifier) == ("oltre un milione di euro", "EUR", Qualifier.OVER)
    assert (amount.value, amount.min, amount.max) == (None, Decimal(1_000_000), None)


def test_component_keeps_exact_offsets_where_tokens_are_longer(nlp: Language) -> None:
    doc = nlp("Alfa paga 12mln€ per il 10%.")
    values = [span._.value for span in doc.spans["affari_values"]]
    assert [type(value) for value in values] == [Amount, Share]
    assert [doc.text[value.start : value.end] for value in values] == ["12mln€", "10%"]
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("12mln€", "MONEY"), ("10%", "PERCENT")]


def test_component_reads_against_the_publication_date_of_the_doc(nlp: Language) -> None:
    doc = nlp.make_doc("Ieri Alfa ha vinto")
    doc._.affari_published = date(2024, 3, 19)
    (span,) = nlp(doc).spans["affari_values"]
    assert span._.value == DateValue(0, 4, "Ieri", "2024-03-18", resolved=True)


def test_component_leaves_other_entities_alone(nlp: Language) -> None:
    doc = nlp.make_doc("Alfa 2000 compra il 60% di Beta")
    doc.ents = [Span(doc, 0, 2, label="ORG")]
    doc = nlp(doc)
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Alfa 2000", "ORG"), ("60%", "PERCENT")]
    assert doc.ents[1]._.value.of is ShareOf.STAKE


def test_component_reads_a_stream_and_the_empty_text(nlp: Language) -> None:
    assert [len(doc.spans["affari_values"]) for doc in nlp.pipe(["", "3 euro", "nulla"])] == [0, 1, 0]
