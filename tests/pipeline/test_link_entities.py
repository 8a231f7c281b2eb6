"""Organisations and people of an article beside those that are known."""

from dataclasses import replace

import pytest

from pipeline.known import Appearance, KnownEntity
from pipeline.link import blocks_of, link_entities, normal_form

NOBODY = frozenset()


def org(name, *aliases, key=1, kind="company", **more):
    return Appearance(key, "organisation", name, aliases, org_kind=kind, **more)


def known(id, *names, kind="company", **more):
    return KnownEntity(id, "organisation", names[0], names, org_kind=kind, **more)


def person(name, key=1, **more):
    return Appearance(key, "person", name, **more)


def known_person(id, *names, **more):
    return KnownEntity(id, "person", names[0], names, **more)


def link(appearance, *entities, others=(), apart=NOBODY):
    return link_entities((appearance, *others), entities, apart=apart)[0]


BALDANZA = known(1, "Cantieri Baldanza S.p.A.", "Baldanza", beside=frozenset({2}))
ELLEHOLM = known(2, "Elleholm Rederi AB", "Elleholm", beside=frozenset({1}))

SAME = [
    (org("Cantieri Baldanza Spa"), BALDANZA),
    (org("CANTIERI BALDANZA"), BALDANZA),
    (org("Cantieri Baldanza", kind="public"), BALDANZA),
    (org("Cantieri Baldanza", kind=None), BALDANZA),
    (
        org("Ceipiemonte", kind="public"),
        known(1, "Centro Estero per l'Internazionalizzazione", "Ceipiemonte", kind="public"),
    ),
    (
        org("Centro Estero per l'Internazionalizzazione", "Ceipiemonte", kind="public"),
        known(1, "Ceipiemonte", kind="public"),
    ),
    (
        org("Arera", kind="public"),
        known(1, "Autorità di regolazione per energia reti e ambiente", "Arera", kind="public"),
    ),
    (org("Eni"), known(1, "ENI S.p.A.")),
    (org("Alfa Motori", region="Puglia", province="BA"), known(1, "Alfa Motori", region="Puglia", province="LE")),
]


@pytest.mark.parametrize(("appearance", "entity"), SAME)
def test_the_same_organisation(appearance, entity):
    linked = link(appearance, entity)
    assert (linked.entity, linked.proposals) == (entity.id, ())


def test_a_name_stays_what_the_former_reading_linked_it_to():
    tarsia = known(7, "Tarsia Robotics")
    assert link(org("Tarsia"), tarsia).entity is None
    assert link(org("Tarsia", was=7), tarsia).entity == 7
    assert link(org("Tarsia Robotics", was=8), tarsia, known(8, "Tarsia")).entity == 8
    assert link(person("Eleonora Mulas", was=9), known_person(9, "Eleonora Mulas")).entity == 9
    assert link(person("Eleonora Mulas"), known_person(9, "Eleonora Mulas")).entity is None


PROPOSED = [
    (org("Cantieri Baldanza S.r.l."), BALDANZA),  # another legal form
    (org("Cantieri Baldanzza"), BALDANZA),  # a slip
    (org("Baldanza"), BALDANZA),  # a short form without proof
    (org("Baldanza", "Cantieri"), BALDANZA),
    (org("Gruppo Baldanza Navi"), known(1, "Baldanza Navi")),
    (org("Maranga", kind="club"), known(1, "Maranga")),  # the club and the firm
    (org("Alfa Motori", region="Puglia"), known(1, "Alfa Motori", region="Veneto")),
]


@pytest.mark.parametrize(("appearance", "entity"), PROPOSED)
def test_a_likely_organisation_is_proposed_and_not_merged(appearance, entity):
    linked = link(appearance, entity)
    assert linked.entity is None
    assert [proposal.entity for proposal in linked.proposals] == [entity.id]
    assert linked.proposals[0].score >= 90
    assert linked.proposals[0].why


APART = [
    (org("Mediobanca SGR", kind="fund"), known(1, "Mediobanca", kind="bank")),
    (org("Confindustria", kind="association"), known(1, "Confindustria Cuneo", kind="association")),
    (
        org("Camera di commercio di Bologna", "Camera di commercio", kind="public"),
        known(1, "Camera di commercio di Catanzaro", "Camera di commercio", kind="public"),
    ),
    (org("Regione Piemonte", kind="public"), known(1, "Regione Marche", kind="public")),
    (org("Landucci Holding", "Landucci"), known(1, "Landucci Elettronica", "Landucci")),
    (org("Fondazione Maranga", kind="institution"), known(1, "Maranga")),
    (org("Iren"), known(1, "Irem")),
    (org("Commissione europea", "Bruxelles", kind="public"), known(1, "Unione europea", "Bruxelles", kind="public")),
    (org("Nordkilde Italia srl"), known(1, "Nordkilde A/S")),
    (org("Fabbrica Torinese Imballaggi", "Fti"), known(1, "Ferrotranvie Iblee", "Fti", kind="public")),
    (org("Agi", kind="media"), known(1, "Arti Grafiche Irno")),
    (org("Regione", kind="public"), known(1, "Regione", kind="public")),  # every paper has its own
    (org("Cna", kind="association"), known(1, "Cna Ancona", "Cna", kind="association")),  # the branch of a town
    (org("Tar", kind="public"), known(1, "Tar Molise", "Tar", kind="public")),
]


@pytest.mark.parametrize(("appearance", "entity"), APART)
def test_two_organisations(appearance, entity):
    linked = link(appearance, entity)
    assert (linked.entity, linked.proposals) == (None, ())


def test_two_short_forms_prove_each_other():
    short = (org("Baldanza", key=1), org("Elleholm", key=2))
    assert [linked.entity for linked in link_entities(short, (BALDANZA, ELLEHOLM), apart=NOBODY)] == [1, 2]


def test_a_full_name_proves_a_short_form():
    assert link(org("Baldanza"), BALDANZA, ELLEHOLM, others=(org("Elleholm Rederi", key=2),)).entity == 1


def test_whom_everybody_stands_beside_proves_nothing():
    busy = known(2, "Elleholm Rederi AB", beside=frozenset(range(3, 60)) | {1})
    assert link(org("Baldanza"), BALDANZA, busy, others=(org("Elleholm Rederi", key=2),)).entity is None
    paper = known(2, "Corriere Navale", kind="media", beside=frozenset({1}))
    assert link(org("Baldanza"), BALDANZA, paper, others=(org("Corriere Navale", key=2, kind="media"),)).entity is None


def test_a_name_within_another_is_proved_only_for_one_kind():
    insurer = known(1, "Generali Trieste", beside=frozenset({2}))
    firm = known(2, "Elleholm Rederi", beside=frozenset({1}))
    beside = (org("Elleholm Rederi", key=2),)
    assert link(org("Banca Generali Trieste", kind="bank"), insurer, firm, others=beside).entity is None
    assert link(org("Assicura Generali Trieste"), known(1, "Generali Trieste"), firm, others=beside).entity is None
    assert link(org("Compagnia Generali Trieste"), insurer, firm, others=beside).entity == 1


def test_kin_prove_nothing_of_each_other():
    """Valgrande Hydrovolt is the joint venture of two, not Hydrovolt by another name."""
    partner = known(1, "Hydrovolt", beside=frozenset({2}))
    parent = known(2, "Acciaierie Valgrande", beside=frozenset({1}))
    venture = (org("Acciaierie Valgrande", key=2),)
    assert link(org("Valgrande Hydrovolt"), partner, parent, others=venture).entity is None


def test_a_common_officer_or_province_proves_a_short_form():
    firm = known(1, "Vetreria Zanforlin", "Zanforlin", people=("Lodovico Zanforlin",), province="VE", region="Veneto")
    assert link(org("Zanforlin", people=("Lodovico Zanforlin",)), firm).entity == 1
    assert link(org("Zanforlin", people=("Mario Zanforlin",)), firm).entity is None
    assert link(org("Zanforlin", province="VE", region="Veneto"), firm).entity == 1
    assert link(org("Zanforlin", province="PD", region="Veneto"), firm).entity is None


def test_a_short_form_of_two_is_neither():
    periodicals = known(3, "Crivelli Periodici", "Crivelli", beside=frozenset({2}))
    publisher = known(4, "Editoriale Crivelli", "Crivelli", beside=frozenset({2}))
    printer = known(2, "Grafiche Atesine", beside=frozenset({3, 4}))
    linked = link(org("Crivelli"), periodicals, publisher, printer, others=(org("Grafiche Atesine", key=2),))
    assert linked.entity is None
    assert {proposal.entity for proposal in linked.proposals} == {3, 4}


def test_a_short_form_does_not_take_whom_the_article_names_in_full():
    holding = known(3, "Landucci Holding", beside=frozenset({4}))
    listed = known(4, "Landucci Elettronica", beside=frozenset({3}))
    article = (org("Landucci", key=1), org("Landucci Elettronica", key=2), org("Landucci Holding", key=3))
    assert [linked.entity for linked in link_entities(article, (holding, listed), apart=NOBODY)] == [None, 4, 3]


def test_a_full_name_that_proves_an_earlier_short_form_says_so_first():
    firm = known(3, "Vetreria Zanforlin", "Zanforlin", people=("Tiziana Bortoluzzi",))
    short = known(4, "Zanforlin", people=("Lodovico Zanforlin",))
    other = known(5, "Vetreria Zanforllin")
    linked = link(org("Vetreria Zanforlin", "Zanforlin", people=("Lodovico Zanforlin",)), other, firm, short)
    assert linked.entity == 3
    assert [(p.entity, p.score >= 99) for p in linked.proposals] == [(4, True), (5, False)]


def test_an_alias_with_nothing_of_the_name_merges_nobody_by_itself():
    mill = known(1, "Tessitura Monti", "Fincantieri")
    linked = link(org("Fincantieri"), mill)
    assert (linked.entity, [p.entity for p in linked.proposals]) == (None, [1])
    assert link(org("Fincantieri"), replace(mill, mains=("Fincantieri",))).entity == 1  # a person said so


def test_whose_own_name_it_is_comes_before_whom_a_reader_called_so():
    publisher = known(1, "Editoriale Crivelli", "Crivelli", "Crivelli Periodici")
    periodicals = known(2, "Crivelli Periodici")
    assert link(org("Crivelli Periodici"), publisher, periodicals).entity == 2


def test_of_two_namesakes_the_nearer_is_taken_and_the_other_proposed():
    north = known(3, "Alfa Motori", region="Veneto", province="VE")
    south = known(4, "Alfa Motori", region="Puglia", province="BA")
    linked = link(org("Alfa Motori", region="Puglia", province="BA"), north, south)
    assert (linked.entity, [p.entity for p in linked.proposals]) == (4, [3])


def test_what_a_person_held_apart_is_not_proposed_again():
    one, two = known(3, "Alfa Motori"), known(4, "Alfa Motorri")
    assert [p.entity for p in link(org("Alfa Motori"), one, two).proposals] == [4]
    assert link(org("Alfa Motori"), one, two, apart=frozenset({frozenset({3, 4})})).proposals == ()


ROSSI = known_person(7, "Mario Rossi", organisations=frozenset({1}), beside=frozenset({1, 2}))

PEOPLE = [
    (person("Mario Rossi", organisation=1), 7, 0),
    (person("ROSSI Mario", organisation=1), 7, 0),
    (person("ing. Mario Rossi", organisation=1), 7, 0),
    (person("Mario Rossi", beside=frozenset({1})), 7, 0),  # the office is not said again
    (person("Mario Rossi", organisation=5, beside=frozenset({5, 2})), 7, 0),  # told beside the same body
    (person("Rossi", organisation=1), 7, 0),  # the only Rossi of that body
    (person("Mario", organisation=1), 7, 0),  # the only Mario
    (person("Mario Rossi", organisation=5), None, 1),  # another body: perhaps
    (person("Mario Rossi"), None, 1),
    (person("Rossi"), None, 0),
    (person("Rossi", organisation=5), None, 0),
    (person("Mario Rosssi", organisation=1), None, 1),  # a near name in the same body
    (person("Maria Rossi", organisation=1), None, 0),  # a sister
    (person("Mario Luigi Rossi", organisation=1), None, 1),
    (person("Carlo Bianchi", organisation=1), None, 0),
]


@pytest.mark.parametrize(("appearance", "entity", "proposed"), PEOPLE)
def test_people(appearance, entity, proposed):
    linked = link(appearance, ROSSI)
    assert (linked.entity, len(linked.proposals)) == (entity, proposed)


def test_a_surname_that_two_of_a_body_bear_is_nobody():
    sister = known_person(8, "Anna Rossi", organisations=frozenset({1}))
    assert link(person("Rossi", organisation=1), ROSSI, sister).entity is None


def test_a_person_and_a_firm_of_one_name_are_two():
    firm = known(1, "Ettore Malinverni")
    assert link(person("Ettore Malinverni", organisation=1), firm).entity is None
    assert link(org("Ettore Malinverni"), known_person(1, "Ettore Malinverni")).entity is None


def test_keys():
    assert normal_form("person", "ROSSI Mario") == normal_form("person", "Mario Rossi") == "mario rossi"
    assert normal_form("organisation", "Officine F.lli Rossi S.r.l.") == "officine fratelli rossi"
    assert set(blocks_of("person", "ROSSI Mario")) == set(blocks_of("person", "ing. Mario Rossi"))
    assert set(blocks_of("organisation", "Baldanza")) & set(blocks_of("organisation", "Cantieri Baldanza S.p.A."))
    assert not set(blocks_of("organisation", "Banca di Milano")) & set(blocks_of("organisation", "Tram di Milano"))
    assert all(len(blocks_of("organisation", name)) <= 6 for name in ("Alfa", "Consorzio stabile per le opere del Po"))
