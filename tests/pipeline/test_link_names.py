"""Names of organisations by themselves: what is one, what is two, what a person must say."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.link import Verdict, blocks_of, judge_names
from pipeline.link.names import is_acronym_of, is_dangerous, parse_org_name
from tests.pipeline.organisation_pairs import PAIRS


@pytest.mark.parametrize(("first", "second", "verdict"), PAIRS, ids=[f"{a} | {b}" for a, b, _ in PAIRS])
def test_pairs_of_names(first, second, verdict):
    assert judge_names(first, second).verdict is Verdict(verdict)
    assert judge_names(second, first).verdict is Verdict(verdict)


def test_the_table_is_balanced_and_says_nothing_twice():
    verdicts = Counter(verdict for _, _, verdict in PAIRS)
    assert len(PAIRS) >= 150
    assert min(verdicts.values()) >= 20
    assert len({frozenset((first, second)) for first, second, _ in PAIRS}) == len(PAIRS)


MEETING = [(first, second) for first, second, verdict in PAIRS if verdict != "different"]


@pytest.mark.parametrize(("first", "second"), MEETING)
def test_names_that_may_be_one_share_a_block(first, second):
    assert set(blocks_of("organisation", first)) & set(blocks_of("organisation", second))


FORMS = [  # (name, what is left, form, words)
    ("Officine F.lli Rossi S.r.l.", "Officine F.lli Rossi", "srl", ("officine", "fratelli", "rossi")),
    ("Bcc di Alba, Langhe e Roero s.c.", "Bcc di Alba, Langhe e Roero", "coop", ("bcc", "alba", "langhe", "roero")),
    ("A2A S.p.A.", "A2A", "spa", ("a2a",)),
    ("La Stampa", "La Stampa", None, ("la", "stampa")),
    ("Spa", "Spa", None, ("spa",)),
    ("S.p.A.", "S.p.A.", None, ("spa",)),
    ("Maeve O'Keefe Ltd", "Maeve O'Keefe", "estera_ltd", ("maeve", "o", "keefe")),
    ("Ss Lazio", "Ss Lazio", None, ("ss", "lazio")),
]


@pytest.mark.parametrize(("name", "core", "form", "words"), FORMS)
def test_a_name_is_taken_apart(name, core, form, words):
    parsed = parse_org_name(name)
    assert (parsed.core, parsed.form, parsed.words) == (core, form, words)


ACRONYMS = [
    ("Fti", "Ferrotranvie Iblee", False),  # letters from within a word
    ("Bpm", "Banca Popolare di Milano", True),
    ("BPM", "Banca Popolare di Novara", False),
    ("Rag", "Rete Adriatica Gas", True),
    ("Arera", "Autorità di regolazione per energia reti e ambiente", True),
    ("Ceip", "Centro estero per l'internazionalizzazione Piemonte", True),
    ("Cnr", "Consiglio nazionale delle ricerche", True),
    ("C.N.R.", "Consiglio nazionale delle ricerche", True),
    ("Sapa", "Alfa", False),
    ("A", "Alfa Beta", False),
    ("", "Alfa Beta", False),
]


@pytest.mark.parametrize(("acronym", "name", "fits"), ACRONYMS)
def test_acronyms(acronym, name, fits):
    assert is_acronym_of(acronym, name) is fits


@pytest.mark.parametrize("norm", ["eni", "a2a", "iren", "aurora", "bruxelles", "gas", "3m"])
def test_dangerous_names(norm):
    assert is_dangerous(norm)


@pytest.mark.parametrize("norm", ["baldanza", "mediobanca", "officine carbus", "zanforlin"])
def test_names_that_are_not_dangerous(norm):
    assert not is_dangerous(norm)


@given(st.text(max_size=60))
def test_any_text_is_a_name(text):
    """No input fails, a name is itself, and its normal form is stable but for words that stand for others."""
    parsed = parse_org_name(text)
    assert parsed.words
    assert parsed.generic or judge_names(text, text).verdict is Verdict.SAME
    assert parsed.generic or blocks_of("organisation", text)
