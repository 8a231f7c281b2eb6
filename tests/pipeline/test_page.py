"""The page that the assembly reads: text and edges of sentences, as spaCy gives them."""

import pytest
import spacy

from pipeline.extract.page import page_of

TEXTS = ["", "  ", "Piove.", "Alfa compra Beta. Gamma tace.\n\nDelta vende. ", "\n\nTitolo\n\nTesto  breve."]


@pytest.fixture(scope="module")
def nlp():
    nlp = spacy.blank("it")
    nlp.add_pipe("affari_sentences")
    return nlp


@pytest.mark.parametrize("text", TEXTS)
def test_sentences_are_those_of_the_doc(nlp, text):
    doc = nlp(text)
    assert page_of(doc).text == text
    assert page_of(doc).sentences == tuple((sentence.start_char, sentence.end_char) for sentence in doc.sents)


def test_a_doc_without_sentences_is_refused():
    with pytest.raises(ValueError, match="add affari_sentences"):
        page_of(spacy.blank("it")("Alfa compra Beta. Gamma tace."))
