"""A body that only says whose office somebody holds is no party by that mention."""

import numpy as np
import pytest

from pipeline.extract.cast import Member
from pipeline.extract.labels import LINKS, RELATIONS
from pipeline.extract.offices import leave_out_offices
from pipeline.extract.reading import Candidate, Reading

HELD = [  # (text with {ROLE} and [ORG] marked, the organisations' mentions that remain; all are one body)
    ("Con [Alfa], dice il {presidente} di [Alfa] Gamma ordina", [0]),
    ("Con [Alfa], dice il {segretario generale} dell'[Alfa] Gamma", [0]),
    ("Dice il {presidente} di [Alfa]: Gamma ordina", [0]),
    ("Con [Alfa], il {presidente} ha affidato a [Alfa] i lavori", [0, 1]),
    ("Con [Alfa], il {presidente}, [Alfa] ordina", [0, 1]),
]


@pytest.mark.parametrize(("marked", "kept"), HELD)
def test_office_bodies_are_left_out_where_others_remain(marked, kept):
    text, candidates = read_marks(marked)
    count = len(candidates)
    reading = Reading(
        candidates=candidates, links=zeros(0, count, len(LINKS)), relations=zeros(count, count, len(RELATIONS))
    )
    bodies = tuple(at for at, each in enumerate(candidates) if each.kind == "ORG")
    [member] = leave_out_offices(text, reading, [Member("ORG", "Alfa", bodies)])
    assert [bodies.index(at) for at in member.candidates] == kept


def zeros(*shape):
    return np.zeros(shape, np.float32)


def read_marks(marked):
    kinds, text, candidates, start = {"[": "ORG", "{": "ROLE"}, "", [], (0, "")
    for letter in marked:
        if letter in kinds:
            start = (len(text), kinds[letter])
        elif letter in "]}":
            candidates.append(Candidate(start[0], len(text), start[1]))
        else:
            text += letter
    return text, tuple(candidates)
