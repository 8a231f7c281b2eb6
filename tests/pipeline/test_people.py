"""Mentions of people to people, with office and body."""

import pytest

from benchmarks.gold_reading import heads_only
from pipeline.extract.page import Page
from pipeline.extract.people import group_people
from pipeline.extract.read import assemble
from tests.pipeline.marked import read_marked

GROUPS = [  # (mentions in reading order, people)
    (["Mario Rossi", "Rossi"], ["Mario Rossi"]),
    (["Rossi", "Mario Rossi"], ["Mario Rossi"]),
    (["Mario Rossi", "Luca Rossi", "Rossi"], ["Mario Rossi", "Luca Rossi"]),
    (["M. Rossi", "Mario Rossi"], ["Mario Rossi"]),
    (["L. Rossi", "Mario Rossi"], ["L. Rossi", "Mario Rossi"]),
    (["MARIO ROSSI", "Mario Rossi"], ["MARIO ROSSI"]),
    (["Mario Rossi", "Mario Bianchi"], ["Mario Rossi", "Mario Bianchi"]),
]


@pytest.mark.parametrize(("texts", "expected"), GROUPS)
def test_groups(texts, expected):
    assert [group.name for group in group_people(texts)] == expected


OFFICES = [  # (marked text, office, body)
    (
        "ha spiegato {Guido Bolatto|PER}, {segretario generale|ROLE} della {Camera di commercio di Torino|ORG}.",
        "segretario generale",
        "Camera di commercio di Torino",
    ),
    ("il {presidente|ROLE} di {Alfa|ORG} {Mario Rossi|PER} ha detto", "presidente", "Alfa"),
    ("il {presidente|ROLE} dott. {Mario Rossi|PER} ha detto", "presidente", None),
    ("{Mario Rossi|PER} (nuovo {ad|ROLE} di {Alfa|ORG})", "ad", "Alfa"),
    ("il {presidente|ROLE} ha incontrato {Mario Rossi|PER}", None, None),
    ("il {presidente|ROLE|=Mario_Rossi} ha detto. {Mario Rossi|PER|=Alfa} guida {Alfa|ORG}", "presidente", "Alfa"),
    ("{Mario Rossi|PER} compra {Alfa|ORG}", None, None),
]


@pytest.mark.parametrize(("marked", "office", "body"), OFFICES)
def test_offices(marked, office, body):
    text, reading, values = read_marked(marked)
    (person,) = assemble(Page(text, ((0, len(text)),)), reading, values, knowledge=heads_only()).people
    assert (person.role, person.organisation) == (office, body)
