"""Every pattern of house_text.toml matches its examples and none of its non-examples."""

import pytest

from scrapers.house_text import Pattern, is_house_text, is_lock, load_house_text, matcher, without_tail, words_of

ANCHORED = ("begins", "photo", "end")
SEARCHED = ("holds", "tail", "locked")
ROWS = [
    pytest.param(where, known, id=f"{where}-{known.examples[0]}")
    for where in (*ANCHORED, *SEARCHED)
    for known in getattr(load_house_text(), where)
]


@pytest.mark.parametrize(("where", "known"), ROWS)
def test_pattern_has_its_proof(where: str, known: Pattern) -> None:
    whole = matcher(where)  # type: ignore[arg-type]
    finds = whole.begins if where in ANCHORED else whole.holds
    assert known.examples and known.non_examples
    assert [text for text in known.examples if not finds(text)] == []
    assert [text for text in known.non_examples if finds(text)] == []


def test_words_are_sorted_and_told_once() -> None:
    names = load_house_text().names
    for kind in (names.house, names.header, names.meta, names.standfirst, names.body):
        assert all(len(pair.split()) == 2 for pair in kind.pairs)
        assert not kind.words & kind.weak


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("story__relatedList", ("story", "related", "list")),
        ("l-entry__body c-share", ("l", "entry", "body", "c", "share")),
        ("", ()),
    ],
)
def test_names_as_words(names: str, words: tuple[str, ...]) -> None:
    assert words_of(names) == words


PARAGRAPHS = [  # (paragraph, is it the house's?)
    ("– Leggi anche: Il ponte costa il doppio", True),
    ("© RIPRODUZIONE RISERVATA", True),
    ("(foto Ansa)", True),
    ("Iscriviti alla newsletter", True),
    ("Alfa ha rilevato il 60% di Beta per 12 milioni.", False),
    ("Il cantiere di Alfa va avanti, dice il sindaco. © RIPRODUZIONE RISERVATA", False),
    ("Alfa Editore - Riproduzione riservata", True),
    ("Leggi e decreti: la Camera vota il fondo per la moda.", False),
    ("Abbonati in calo, ma i ricavi di Alfa tengono.", False),
]


@pytest.mark.parametrize(("paragraph", "house"), PARAGRAPHS)
def test_house_paragraphs(paragraph: str, *, house: bool) -> None:
    assert is_house_text(paragraph) is house


def test_a_source_knows_its_own_phrases() -> None:
    assert is_house_text("Scopri il mondo Alfa: fatti e persone", phrases=("scopri il mondo Alfa",))
    assert not is_house_text("Alfa: scopri il mondo Alfa", phrases=("scopri il mondo Alfa",))


def test_copyright_line_behind_the_last_sentence() -> None:
    assert without_tail("Lo dice Alfa. © RIPRODUZIONE RISERVATA") == "Lo dice Alfa."
    assert without_tail("Lo dice Alfa.") == "Lo dice Alfa."


def test_lock() -> None:
    assert is_lock("Questo articolo è riservato agli abbonati")
    assert not is_lock("Sconto riservato agli abbonamenti.")
