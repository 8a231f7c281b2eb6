"""Text cut into atoms: the same by the regular expression and letter by letter, compiled or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.atom_scan import scan_atoms
from pipeline.extract.atoms import cut_atoms, lower, match_atoms

ATOMS = [  # (text, its atoms)
    ("per 12mln€ il 10%", "per|12|mln|€|il|10|%"),
    ("l'11 novembre, dall'8%", "l'|11|novembre|,|dall'|8|%"),
    ("un po' di più, piu' di 3", "un|pò|di|più|,|più|di|3"),
    ("4.500.000,00 o 1'500'000 o 1 250 000", "4.500.000,00|o|1'500'000|o|1 250 000"),
    ("il 12 300 e 12 300 euro", "il|12|300|e|12 300|euro"),
    ("il 19.3.24. Poi 12.", "il|19.3.24|.|poi|12|."),
    ("'98, l' anno, dell'_", "'|98|,|l|'|anno|,|dell|'|_"),
    ("100 złoty, ½ e 3²", "100|złoty|,|½|e|3|²"),
    ("  Torino.\n \nAlfa  Spa\n", "torino|.|\0|alfa|spa"),
    ("İstanbul e l’Expo", "İstanbul|e|l'|expo"),
    ("venerdi'", "venerdi|'"),
    ("", ""),
]
MIXED = st.lists(
    st.sampled_from(
        [*"aeiouxz '’-_0123456789.,:;€%½²łß\n\t\u00a0\u202f\0»", "12", "٣", " 300", " euro", "l'", "piu'", "\n\n"]
    )
)


@pytest.mark.parametrize(("text", "atoms"), ATOMS)
def test_texts_are_cut(text: str, atoms: str) -> None:
    assert "|".join(cut_atoms(text).keys) == atoms


def assert_cut_alike(text: str) -> None:
    matched = match_atoms(text, lower(text))
    keys, starts, digits = scan_atoms(matched.lowered)
    assert tuple(keys) == matched.keys
    assert digits == matched.digits
    assert starts == matched.starts


@given(MIXED.map("".join))
def test_both_ways_to_cut_agree_on_our_signs(text: str) -> None:
    assert_cut_alike(text)


@given(st.text())
def test_both_ways_to_cut_agree_on_any_text(text: str) -> None:
    assert_cut_alike(text)


def test_an_atom_is_glued_to_the_one_right_before_it() -> None:
    atoms = cut_atoms("10% Alfa.\n\nBeta\nSpa")
    assert [key for index, key in enumerate(atoms.keys) if atoms.glued(index)] == ["%", ".", "\0"]


@given(MIXED.map("".join))
def test_atoms_stand_where_they_say(text: str) -> None:
    atoms = cut_atoms(text)
    for index, key in enumerate(atoms.keys):
        start, end = atoms.span(index, index + 1)
        assert text[start:end].strip() == text[start:end] or key == "\0"
        assert atoms.raw(index) == text[start:end]
