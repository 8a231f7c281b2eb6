"""What the network should answer, read from an article's marks."""

import numpy as np
import pytest
import spacy

from models.training.examples import make_example
from models.training.gold import Deal, Gold, Span, join_sentences, join_words
from pipeline.extract.labels import KINDS, LAYERS, LINKS, STATUSES, TYPES

TEXT = "Alfa compra Beta per 3 milioni. L'azienda di Lodi tace."
MONEY = {"id": "m1", "currency": "EUR", "value": "3000000", "qualifier": "exact"}
MARKS = [("org", "Alfa", {"ref": "a"}), ("trigger", "compra", {"deal": "d1"}), ("org", "Beta", {"ref": "b"}),
         ("money", "3 milioni", MONEY), ("party", "azienda di Lodi", {"ref": "b"}), ("loc", "Lodi", {})]  # fmt: skip


def encode(lines):
    return [([9] * len(line), [(at, at + 1) for at in range(len(line))]) for line in lines]


@pytest.fixture(scope="module")
def example():
    spans = [Span(tag, TEXT.index(words), TEXT.index(words) + len(words), attrs) for tag, words, attrs in MARKS]
    deal = Deal(
        {"id": "d1", "type": "acquisition", "status": "signed", "amount": "m1"}, (("a", "buyer"), ("b", "target"))
    )
    gold = Gold("x", "deals", TEXT, tuple(spans), kinds={"a": "company", "b": "company"}, deals=(deal,))
    nlp = spacy.blank("it")
    return make_example(
        gold, lambda text: [(token.idx, token.idx + len(token)) for token in nlp.make_doc(text)], encode
    )


def test_layers_overlap(example):
    words = [TEXT[start:end] for start, end in example.words]
    assert LAYERS["parties"][example.tags["parties"][words.index("Lodi")]] == "I-PARTY"
    assert LAYERS["entities"][example.tags["entities"][words.index("Lodi")]] == "B-LOC"


def test_a_described_party_stands_for_its_organisation(example):
    links = example.links
    kinds = [KINDS[kind] for kind in links.kinds]
    assert kinds == ["ORG", "ORG", "MONEY", "PARTY"]
    assert links.entity[kinds.index("PARTY")] == links.entity[1]


def test_roles_and_amount(example):
    links = example.links
    told = {(int(entity), LINKS[link]) for _, entity, link in np.argwhere(links.links)}
    assert told == {(0, "buyer"), (1, "target"), (2, "amount")}
    assert TYPES[links.types[0].argmax()] == "acquisition"
    assert STATUSES[links.status[0]] == "signed"


def test_relations(example):
    assert example.links.relations.tolist() == [[3, 0, 0], [3, 1, 1], [2, 3, 1]]


PRINTED = [
    ("l' Onu tace .", "l'Onu tace."),
    ("dell ' Enel ( Roma )", "dell'Enel (Roma)"),
    ('il Museo " SNIA " , detto " Uno "', 'il Museo "SNIA", detto "Uno"'),
    ('Cesano " SNIA ', 'Cesano "SNIA'),
    ("i “ Rising Star ” d' oro", "i “Rising Star” d'oro"),
]


@pytest.mark.parametrize(("words", "printed"), PRINTED)
def test_words_are_printed_as_news(words, printed):
    assert join_words([(word, "O") for word in words.split()])[0] == printed


def test_a_sentence_without_its_mark_is_a_headline():
    """Glued to what follows, "San Pietroburgo Oggi" was read as one place."""
    lines = ["Uccisi a San_Pietroburgo", "Oggi tace .", "Piove ."]
    sentences = [[(word.replace("_", " "), "B-LOC" if "_" in word else "O") for word in line.split()] for line in lines]
    gold = join_sentences(sentences, "x", "kind")
    assert gold.text == "Uccisi a San Pietroburgo\nOggi tace. Piove."
    assert [gold.text[span.start : span.end] for span in gold.spans] == ["San Pietroburgo"]
