"""Parties that are others than those described before them: other deals."""

import pytest

from pipeline.extract.others import find_others, part_others, tell_apart
from pipeline.extract.read import draft_all
from tests.pipeline.test_forest import KNOWLEDGE, look_at_marked

OTHERS = [  # (marked text, triggers before which others are named)
    (
        "{Alfa|ORG|1:client} <ha assegnato|1> i lavori a {due ditte|PARTY|1:supplier}, ad altre <ha affidato|2> opere.",
        [1],
    ),
    ("{Alfa|ORG|1:client} <ha dato|1> i lavori a {Beta|ORG}, e con altre due imprese <tratta|2>.", [1]),
    ("{Alfa|ORG|1:client} <ha dato|1> i lavori a {Beta|ORG}, per altri cinque anni <tratta|2>.", []),
    ("{Alfa|ORG|1:client} <ha dato|1> i lavori ad altre, poi <tratta|2> con {Beta|ORG}.", []),
    ("{Alfa|ORG|1:client} <ha dato|1> ad altre. <Tratta|2> con {Beta|ORG}.", []),
    ("Altri <hanno comprato|1> {Alfa|ORG|1:target}.", []),
]
DEALS = {"1": "order signed", "2": "order signed"}


@pytest.mark.parametrize(("marked", "expected"), OTHERS)
def test_who_is_another(marked, expected):
    look = look_at_marked(marked, DEALS)
    assert list(find_others(look.view, look.scene.spoken)) == expected


def test_what_stands_behind_others_is_another_deal():
    look = look_at_marked(OTHERS[0][0].replace("opere", "una <commessa|2>") + " <Sigla|1>.", DEALS)
    apart = tell_apart(look.view, look.scene.spoken)
    assert apart.astype(int).tolist() == [[0, 1, 1, 0], [1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]]


def test_the_parties_described_before_are_none_of_the_others():
    marked = OTHERS[0][0].replace("1:client", "1:client 2:client").replace("1:supplier", "1:supplier 2:supplier")
    look = look_at_marked(marked, DEALS)
    drafted = draft_all(look, knowledge=KNOWLEDGE)
    told = [{drafted.scene.members[seat.member].name for seat in draft.seats} for draft in drafted.drafts]
    assert told == [{"Alfa", "due ditte"}, {"Alfa"}]
    alone = look_at_marked(OTHERS[3][0], DEALS)
    assert part_others(alone.view, alone.scene) is alone.scene
