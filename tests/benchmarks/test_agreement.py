"""When names, sums and deals agree with those of the corpus, and what the assembly makes of perfect readings."""

import re
from decimal import Decimal
from random import Random

import pytest

from benchmarks.agreement import same_name, same_sum
from benchmarks.corpus import COMMITTED, Sum, find_folders, read_gold
from benchmarks.gate import family_of
from benchmarks.gold_reading import blur, heads_only, read_perfectly, values_of_gold
from benchmarks.measures import measure
from pipeline.extract.page import Page
from pipeline.extract.read import assemble
from pipeline.records import Amount, Qualifier

NAMES = [  # (name, other, agree)
    ("Brembo", "Brembo S.p.A.", True),
    ("l'Unione Industriale", "Unione industriale", True),
    ("Gruppo Alfa Freni", "Alfa Freni", True),
    ("Camera di commercio", "Camera di commercio di Torino", True),
    ("Alfa", "Beta", False),
    ("Eni", "Enimont", False),
    ("Ab", "Ab Costruzioni Meccaniche Lombarde", False),
    ("", "", False),
]


@pytest.mark.parametrize(("name", "other", "expected"), NAMES)
def test_names(name, other, expected):
    assert same_name(name, other) is expected
    assert same_name(other, name) is expected


SUMS = [  # (currency, numbers of ours, gold, agree)
    ("EUR", {"value": 1000000}, Sum("EUR", (1000000.0,)), True),
    ("EUR", {"min": 1000000}, Sum("EUR", (1000000.0,)), True),
    ("EUR", {"value": 1004000}, Sum("EUR", (1000000.0,)), True),
    ("EUR", {"value": 1006000}, Sum("EUR", (1000000.0,)), False),
    ("USD", {"value": 1000000}, Sum("EUR", (1000000.0,)), False),
    ("EUR", {"min": 3, "max": 5}, Sum("EUR", (3.0, 6.0)), False),
    ("EUR", {"min": 3, "max": 5}, Sum("EUR", (3.0, 5.0)), True),
]


@pytest.mark.parametrize(("currency", "numbers", "gold", "expected"), SUMS)
def test_sums(currency, numbers, gold, expected):
    decimals = {key: Decimal(number) for key, number in numbers.items()}
    assert same_sum(Amount(0, 1, "x", currency, Qualifier.EXACT, **decimals), gold) is expected


def test_styles_have_families():
    assert [family_of(style) for style in ("quotidiano locale", "wikinotizie", "didascalia")] == [
        "daily",
        "wiki news",
        "other",
    ]


def read_some(count):
    folders = find_folders()
    paths = [path for name in COMMITTED for path in sorted(folders[name].rglob("*.xml"))]
    return [read_gold(path, "deals") for path in Random(7).sample(paths, count)]


def assembled(gold, reading):
    page = Page(gold.text, tuple(match.span() for match in re.finditer(r"[^\n]+", gold.text)))
    return assemble(page, reading, values_of_gold(gold), knowledge=heads_only())


def test_the_assembly_loses_little_of_a_perfect_reading():
    counts = measure([(gold, assembled(gold, read_perfectly(gold))) for gold in read_some(60)]).counts
    floors = {
        "organisations": 0.97,
        "people": 0.97,
        "person organisation": 0.97,
        "deal found": 0.95,
        "deal exact": 0.93,
    }
    assert {name: counts[name].f1 >= floor for name, floor in floors.items()} == dict.fromkeys(floors, True)


@pytest.mark.parametrize("rate", [0.3, 0.9])
def test_any_reading_gives_deals_that_hold_together(rate):
    for gold in read_some(15):
        extraction = assembled(gold, blur(read_perfectly(gold), random=Random(gold.id), rate=rate))
        names = {each.name for each in (*extraction.organisations, *extraction.people)}
        for deal in extraction.deals:
            assert deal.parties
            assert deal.evidence
            assert 0 <= deal.confidence <= 1
            assert {party.name for party in deal.parties if party.named} <= names
