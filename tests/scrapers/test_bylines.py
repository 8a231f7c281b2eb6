"""Paragraphs that only say who wrote, or when."""

import pytest

from scrapers.bylines import is_byline

AUTHORS = ("Anna Conti", "Piero Bo")

PARAGRAPHS = [  # (paragraph, does it only say who or when?)
    ("Anna Conti", True),
    ("di Anna Conti", True),
    ("Di ANNA CONTI - 8 febbraio 2024", True),
    ("di Mario Rossi", True),
    ("a cura di Luca D'Amico", True),
    ("di Mario Rossi tempo di lettura 2 min", True),
    ("12 marzo 2024", True),
    ("Pubblicato il 3/5/2023 alle 10:30", True),
    ("TORINO, 12 MAR 2024", True),
    ("Piero Bo scrive di industria dal 1998 e ha pubblicato due libri.", True),
    ("di Milano la sede, di Como la fabbrica.", False),
    ("Anna Conti ha comprato il 60% di Beta.", False),
    ("Firmato il 12 marzo 2024 a Cuneo.", False),
    ("Di nuovo in perdita.", False),
    ("Mario Rossi scrive di industria dal 1998.", False),  # nobody here is called so
]


@pytest.mark.parametrize(("paragraph", "byline"), PARAGRAPHS)
def test_byline(paragraph: str, *, byline: bool) -> None:
    assert is_byline(paragraph, authors=AUTHORS) is byline
