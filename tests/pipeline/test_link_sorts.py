"""Names that say only what sort of body it is, resolved by who is told beside the article's other organisations."""

import pytest

from pipeline.known import Appearance, KnownEntity
from pipeline.link import is_sort, proves_sort, resolve_sort


def known(id, name, kind="public", region=None):
    return KnownEntity(id, "organisation", name, (name,), kind, region=region)


MATESE, ALBA, BRA = known(1, "Asl del Matese"), known(2, "Comune di Alba"), known(3, "Comune di Bra")
BESIDE = (MATESE, ALBA, known(4, "Officine Zeglio", "company"), known(5, "Tribunale"))

MEANT = [  # (name, told beside, who is meant)
    ("Asl", BESIDE, 1),
    ("il Comune", BESIDE, 2),
    ("Comune", (*BESIDE, BRA), None),  # two
    ("Regione", BESIDE, None),
    ("Tribunale", BESIDE, None),  # another article's bare one
    ("Camera di commercio", (known(1, "Camera di commercio di Alba"), known(2, "Camera di commercio")), 1),
]


@pytest.mark.parametrize(("name", "beside", "meant"), MEANT)
def test_who_is_meant(name, beside, meant):
    found = resolve_sort(Appearance(1, "organisation", name, org_kind="public"), beside)
    assert (found.id if found else None) == meant


def test_another_region_or_kind_is_not_meant():
    told = Appearance(1, "organisation", "Asl", org_kind="public", region="Puglia")
    assert resolve_sort(told, (known(1, "Asl del Matese", region="Molise"),)) is None
    assert resolve_sort(told, (known(1, "Asl Calcio", "club"),)) is None


@pytest.mark.parametrize(
    ("name", "aliases", "sort"),
    [("Regione", (), True), ("Asl", ("il Comune",), True), ("Asl", ("Asl Cn1",), False), ("Regione Puglia", (), False)],
)
def test_a_sort_has_no_name_of_its_own(name, aliases, sort):
    assert is_sort(Appearance(1, "organisation", name, aliases)) is sort


def test_banks_and_papers_prove_nothing():
    assert not proves_sort(known(1, "Banca del Soligo", "bank"))
    assert proves_sort(known(1, "Officine Zeglio", "company"))
