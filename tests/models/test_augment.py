"""Variants of an article: the marks stay on their words."""

import random
from pathlib import Path

import pytest

from models.training.augment import (
    Rates,
    augment,
    drop_title,
    edit,
    fits,
    recase,
    shorten,
    soil,
    swap_digits,
    swap_organisations,
    swap_people,
)
from models.training.gazetteers import Gazetteers
from models.training.gold import Gold, Span, read_corpus

CORPUS = Path(__file__).parents[2] / "models" / "corpus" / "events"
NAMES = Gazetteers(
    companies=("Esedra", "Nova Ponte", "Officine Berardi", "Aurea"),
    forenames=("Ugo", "Lina"),
    surnames=("Zanetti", "Orsi"),
    places={"country": ("Malta", "Austria"), "region": ("Umbria", "Lazio"), "town": ("Asti", "Lodi")},
)


def marked(text):
    """An article from "[org:a|Alfa] compra": tag, reference, surface."""
    plain, spans, rest = "", [], text
    while "[" in rest:
        before, rest = rest.split("[", 1)
        mark, rest = rest.split("]", 1)
        tag, surface = mark.split("|")
        kind, ref = tag.split(":")
        plain += before
        spans.append(Span(kind, len(plain), len(plain) + len(surface), {"ref": ref}))
        plain += surface
    return Gold("x", "deals", plain + rest, tuple(spans), kinds={"a": "company", "p": "public"})


def surfaces(gold):
    return [gold.text[span.start : span.end] for span in gold.spans]


EDITS = [  # edits of "La [Alfa Spa] compra", what the mark then covers
    ([(3, 7, "Esedra")], "Esedra Spa"),
    ([(0, 2, "Una")], "Alfa Spa"),
    ([(7, 8, "")], "AlfaSpa"),
    ([(11, 12, "  ")], "Alfa Spa"),
    ([(3, 11, "Beta")], "Beta"),
    ([(2, 3, "")], "Alfa Spa"),
]


@pytest.mark.parametrize(("edits", "covered"), EDITS)
def test_marks_follow_the_text(edits, covered):
    assert surfaces(edit(marked("La [org:a|Alfa Spa] compra"), edits)) == [covered]


SHORT = [  # new name, full old name, surface, its new form
    ("Nova Ponte", "Alfa Lavoro", "Alfa Lavoro", "Nova Ponte"),
    ("Nova Ponte", "Alfa Lavoro", "Alfa", "Nova"),
    ("Nova Ponte", "Alfa Lavoro", "Alfa Lavoro Spa", "Nova Ponte Spa"),
    ("Nova Ponte", "Alfa Lavoro Italia", "ALI", "NP"),
    ("Nova Ponte", "Alfa Lavoro", "ALFA LAVORO", "NOVA PONTE"),
]


@pytest.mark.parametrize(("new", "full", "surface", "expected"), SHORT)
def test_short_forms_stay_short(new, full, surface, expected):
    assert shorten(new, full, surface) == expected


def test_a_swapped_company_is_swapped_everywhere():
    gold = marked("[org:a|Alfa Lavoro] sale. [org:a|Alfa] tace, [org:p|Comune di Asti] no")
    for seed in range(20):
        full, short, public = surfaces(swap_organisations(gold, NAMES, random.Random(seed)))
        assert full.startswith(short)
        assert public == "Comune di Asti"


def test_a_surname_stays_a_surname():
    full, last = surfaces(swap_people(marked("[per:r|Pia Rossi] parla. [per:r|Rossi] tace"), NAMES, random.Random(3)))
    assert full.split()[-1] == last
    assert full != "Pia Rossi"


@pytest.mark.parametrize(
    ("new", "old", "fit"), [("Esedra", "Alfa", True), ("Beta", "Alfa", False), ("Beta", "Ceta", True)]
)
def test_article_before_a_name(new, old, fit):
    assert fits(new, old) == fit


def test_title_and_dirt():
    gold = marked("[org:a|Alfa] sale\n\nLa [org:a|Alfa] compra")
    assert surfaces(drop_title(gold)) == ["Alfa"]
    assert surfaces(recase(gold, str.upper, title_only=True)) == ["ALFA", "Alfa"]
    assert surfaces(soil(gold, random.Random(1))) == ["Alfa", "Alfa"]


def test_numbers_keep_their_first_digit():
    gold = Gold("x", "deals", "per 250 milioni nel 2013", (Span("money", 4, 15, {}),))
    changed = swap_digits(gold, random.Random(5)).text
    assert changed.startswith("per 2")
    assert changed.endswith("nel 2013")


def test_no_variant_loses_a_trigger_of_the_body():
    chance, rates = random.Random(7), Rates(no_title=0.0)
    for gold in read_corpus(CORPUS, "events"):
        variant = augment(gold, NAMES, chance, rates)
        assert len(variant.spans) == len(gold.spans)
        for before, after in zip(gold.spans, variant.spans, strict=True):
            assert before.tag == after.tag
            assert variant.text[after.start : after.end].strip() == variant.text[after.start : after.end]
