"""Where sentences of Italian news begin; a bar marks the place in the text."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.sentences import SentenceRules, SentenceWords, find_sentence_starts, load_sentence_rules
from pipeline.lexicon import load_lexicon

ROWS = [
    "Il dott. Rossi compra.| La S.p.A. vende.",
    "Accordo con la Beta S.r.l. di Cuneo.| L'intesa vale 1.310 euro.",
    "L'avv. G. B. Neri assiste Alfa.| Il prof. Verdi Beta.",
    "È la legge n. 5 del 2003, art. 3.| Vale per tutti.",
    "«Compriamo. |Poi vediamo», ha detto Rossi.",
    "«Compriamo?» chiede Rossi.| «Forse.»| Poi tace.",
    "Ricavi a 4,5 milioni.| 120 gli addetti.",
    "TORINO - Alfa compra Beta.| MILANO - Beta vende.",
    "Titolo\n\n|Testo senza punto\n\n|altro capoverso",
    "Titolo \n \n|Testo",
    "Alfa compra...| Beta vende.",
    "Alfa compra... e Beta vende.",
    "Il gruppo U.S.A. Steel compra.",
    "Alfa (ex Beta S.p.A.) cresce.",
    "Lo dice il sen. Bianchi a p. 12 del dossier.",
    "La vitamina C.| Il resto no.",
    "Nasce la newco (51% Alfa).| Beta ha il 49%.",
    "Il gruppo F.lli Rossi cede.",
    "L'offerta scade il 5.| Poi si vedrà.",
    "Vale 3 mld. di euro.",
    "Alfa compra Beta.",
    "",
    "...",
    "\n\n",
]


RULES = load_sentence_rules()


@pytest.fixture(scope="module")
def rules() -> SentenceRules:
    return RULES


def expected(marked: str) -> tuple[str, list[int]]:
    """Take the bars out of `marked`; a place is the first character after them that is no space."""
    text, starts = "", []
    for number, part in enumerate(marked.split("|")):
        if number:
            starts.append(len(text) + len(part) - len(part.lstrip()))
        text += part
    return text, starts


def lexicon_rows() -> list[str]:
    words = load_lexicon("sentences", SentenceWords)
    return [*words.examples, *words.non_examples]


@pytest.mark.parametrize("marked", [*ROWS, *lexicon_rows()])
def test_starts(marked: str, rules: SentenceRules) -> None:
    text, starts = expected(marked)
    assert list(find_sentence_starts(text, rules=rules)) == starts


def test_examples_and_non_examples_are_such() -> None:
    words = load_lexicon("sentences", SentenceWords)
    assert all("|" in example for example in words.examples)
    assert not any("|" in example for example in words.non_examples)


def test_component_splits_any_italian_pipeline() -> None:
    nlp = spacy.blank("it")
    nlp.add_pipe("affari_sentences")
    doc = nlp("Titolo\n\nLa Alfa S.p.A. compra. Il dott. Rossi vende.")
    assert [sent.text.strip() for sent in doc.sents] == ["Titolo", "La Alfa S.p.A. compra.", "Il dott. Rossi vende."]


@given(st.text(alphabet="Ab1 .!?«»\n'…(", max_size=200))
def test_any_text_gives_starts_inside_it(text: str) -> None:
    starts = find_sentence_starts(text, rules=RULES)
    assert list(starts) == sorted(set(starts))
    assert all(0 < start < len(text) for start in starts)


@pytest.mark.parametrize("unit", [".", ". ", "a. ", "\n", "A.", "«", "' ", "1."])
def test_a_megabyte_of_anything_is_read(unit: str, rules: SentenceRules) -> None:
    assert isinstance(find_sentence_starts(unit * (300_000 // len(unit)), rules=rules), tuple)
