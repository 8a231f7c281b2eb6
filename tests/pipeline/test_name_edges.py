"""Names as the token layer cuts them, set right: what cannot end one, what is no place's name, roads."""

import pytest

from pipeline.extract.name_edges import add_roads, settle_names
from tests.pipeline.bracketed import read_marks

SETTLED = [  # places in [brackets] as tagged, as they are to be
    ("copia di [San Pietro a] Roma", ["San Pietro"]),
    ("la [Medina dell'] altopiano", ["Medina"]),
    ("a [Tor di Valle (] Roma", ["Tor di Valle"]),
    ("nel [campo nomadi] di [Roma]", ["Roma"]),
    ("sulla [statale 16] ad Alba", ["statale 16"]),
    ("treni della [Linea A] e di [Forlì]", ["Linea A", "Forlì"]),
    ("di [La Spezia] e d' [Il Cairo]", ["La Spezia", "Il Cairo"]),
    ("presso [di]", []),
    ("a [torino] e [bari] piove", ["torino", "bari"]),
]
ROADS = [
    ("chiusa la SS 195 Sulcitana , a Cagliari", ["SS 195 Sulcitana"]),
    ("chiusa la S.S. 36 per neve", ["S.S. 36"]),
    ("sulla statale 18 verso [Reggio]", ["statale 18", "Reggio"]),
    ("sulla [statale 18 Tirrena] in coda", ["statale 18 Tirrena"]),
    ("sulla provinciale 4bis in coda", ["provinciale 4bis"]),
    ("sulla SP 12 [Padova] si ferma", ["SP 12", "Padova"]),
    ("il treno regionale 302 per Bra", []),
    ("il bilancio statale , 16 voci", []),
    ("SP 2013", []),
]


@pytest.mark.parametrize(("marked", "expected"), SETTLED)
def test_names_end_where_a_name_can(marked, expected):
    words, found = read_marks(marked, label="LOC")
    assert [" ".join(words[each.start : each.end]) for each in settle_names(found, words)] == expected


def test_an_organisation_may_be_written_small():
    words, found = read_marks("Lo dice il [ministero della] oggi")
    settled = settle_names(found, words)
    assert [(words[each.start : each.end], each.label) for each in settled] == [(["ministero"], "ORG")]


@pytest.mark.parametrize(("marked", "expected"), ROADS)
def test_roads_are_places(marked, expected):
    words, found = read_marks(marked, label="LOC")
    assert [" ".join(words[each.start : each.end]) for each in add_roads(found, words)] == expected
