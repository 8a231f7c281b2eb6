"""Two tellings: one deal or two. Each pair that is one has a near one that is not."""

from dataclasses import replace

import pytest

from pipeline.known import KnownDeal, ToldParty
from pipeline.link import assign_deals, family_of
from pipeline.link.likeness import JOIN, likeness
from pipeline.records import DealType, PartyRole
from tests.pipeline.tellings import tell

NOBODY = frozenset()

ONE = [
    # the same news in two papers, sums rounded or hedged
    (
        "2024-03-12 order signed client=1 supplier=2 EUR=12 'dodici treni'",
        "2024-03-13 order signed client=1 supplier=2 EUR=12 'treni regionali'",
    ),
    (
        "2024-03-12 order signed client=1 supplier=2 EUR=10+ 'treni'",
        "2024-03-13 order signed client=1 supplier=2 EUR=10.2",
    ),
    (
        "2024-03-12 order signed client=1 supplier=2 EUR=21.6 'autobus'",
        "2024-03-20 order signed client=1 supplier=2 EUR=~22",
    ),
    (
        "2024-03-12 order signed client=1 supplier=2 USD=12",
        "2024-03-13 order signed client=1 supplier=2 EUR=11 'macchine'",
    ),
    (
        "2024-03-12 funding_round completed issuer=1 investor=2 USD=12 'serie A'",
        "2024-03-13 funding_round completed issuer=1 investor=fondo EUR=11 'robot'",
    ),
    (
        "2024-03-12 investment announced investor=1 EUR=60 'quarto forno'",
        "2024-03-14 investment announced investor=1 EUR=75 'forno e magazzino'",
    ),
    (
        "2024-03-12 license signed grantor=1 beneficiary=2 EUR=3 'marchio Rosina'",
        "2024-03-13 license signed grantor=1 beneficiary=2 EUR=15 'uso del marchio'",
    ),
    # rumour, talks, signature, closing
    (
        "2024-03-12 acquisition rumour buyer=1 target=2 EUR=~55",
        "2024-09-12 acquisition signed buyer=1 target=2 EUR=58 date=2024-09-11",
    ),
    (
        "2024-03-12 acquisition negotiation buyer=fondo target=2 seller=3",
        "2024-06-12 acquisition signed buyer=1 target=2 seller=3 EUR=58",
    ),
    (
        "2024-03-12 stake_purchase rumour buyer=1 target=2 stake=33.3",
        "2024-09-26 stake_purchase completed buyer=1 target=2 EUR=9 stake=30",
    ),
    (
        "2024-03-12 divestiture rumour target=2 seller=3",
        "2024-07-02 acquisition signed buyer=1 target=2 seller=3 EUR=20",
    ),
    (
        "2024-02-07 takeover_bid rumour denied buyer=1 target=2",
        "2024-03-18 takeover_bid announced buyer=1 target=2 EUR=96",
    ),
    (
        "2024-03-18 takeover_bid announced buyer=1 target=2 EUR=96",
        "2024-07-11 takeover_bid completed buyer=1 target=2 EUR=~100",
    ),
    ("2024-01-10 merger negotiation partner=1,2", "2024-09-10 merger completed partner=1,2 date=2024-09-01"),
    ("2024-01-10 merger negotiation partner=1,2", "2024-09-10 merger completed buyer=1 target=2"),
    ("2024-01-10 ipo announced issuer=1 EUR=8-10", "2024-03-10 ipo completed issuer=1 EUR=9.2"),
    (
        "2022-02-15 investment announced investor=1 EUR=60 'nuovo forno'",
        "2023-11-09 investment completed investor=1 EUR=~62 date=2023-10-30 'forno'",
    ),
    (
        "2012-09-26 restructuring negotiation issuer=1 lender=2,3 EUR=150",
        "2013-06-14 restructuring signed issuer=1 lender=banche EUR=140",
    ),
    # signed and then undone, halved or told again years later
    (
        "2017-04-11 public_tender signed client=1 supplier=2 EUR=64.3 'ospedale'",
        "2017-11-16 public_tender cancelled client=1 supplier=2 date=2017-11-15",
    ),
    ("2023-04-18 license signed grantor=1 beneficiary=2 EUR=3", "2025-09-11 license cancelled grantor=1 beneficiary=2"),
    (
        "2022-03-22 supply_agreement signed client=1 supplier=2 GBP=170 'batterie'",
        "2024-07-10 supply_agreement signed client=1 supplier=2 GBP=85 date=2022 'batterie'",
    ),
    (
        "2016-01-21 order signed client=1 supplier=2 EUR=96 date=2016-01-21 'due navi'",
        "2018-05-15 order completed client=1 supplier=2 EUR=96 date=2016-01 'navi'",
    ),
    (
        "2017-09-26 stake_purchase completed buyer=1 target=2 EUR=9 stake=30",
        "2022-10-06 stake_purchase completed buyer=1 target=2 date=2017",
    ),
    (
        "2013-02-06 acquisition signed buyer=1 target=2 EUR=58 date=2013-02-05",
        "2020-02-06 acquisition completed buyer=1 target=2 date=2013",
    ),
    (
        "2020-12-03 grant signed grantor=1 beneficiary=2 EUR=14.2 date=2020-12-02",
        "2022-01-20 grant completed grantor=1 beneficiary=2 EUR=14 date=2020",
    ),
    (
        "2021-05-20 partnership signed partner=1,2,3 EUR=2.8 'idrogeno'",
        "2021-05-21 partnership signed partner=2,3 EUR=~3 'idrogeno'",
    ),
    # a misspelt party, a buyer's vehicle with its seller
    (
        "2024-03-12 order signed client=1 supplier=2 EUR=12 'treni'",
        "2024-03-13 order signed client=1 supplier=9/2 EUR=12 'treni'",
    ),
    (
        "2024-03-12 acquisition signed buyer=1 target=2 EUR=110",
        "2024-03-14 acquisition signed buyer=1 target=9 EUR=110",
    ),
    (
        "2024-03-12 acquisition signed buyer=1 target=2 seller=3 EUR=110",
        "2024-03-13 acquisition signed buyer=8 target=2 seller=3 EUR=110",
    ),
    # client and supplier taken for each other; the day of delivery for that of the signature; who grants and who pays
    (
        "2024-03-12 order signed client=1 supplier=2 EUR=96 'treni'",
        "2024-03-13 order signed client=2 supplier=1,7 EUR=100",
    ),
    (
        "2024-03-12 order signed client=1 supplier=2 EUR=96 date=2024-03-12",
        "2024-03-14 order signed client=1 supplier=2 EUR=96 date=2026-11",
    ),
    (
        "2024-03-12 grant signed grantor=1 beneficiary=2 EUR=14.2",
        "2024-03-20 grant completed grantor=9 beneficiary=2 EUR=14.2 date=2024-03-19",
    ),
    # a tender, then its award for less; a rumour that names no buyer, then the signature; dollars and euro
    (
        "2024-03-12 public_tender announced client=1 EUR=61 'nuovo ospedale'",
        "2024-09-19 public_tender signed client=1 supplier=2 EUR=58 'nuovo ospedale'",
    ),
    (
        "2024-01-20 acquisition rumour buyer=fondo target=2",
        "2024-05-02 acquisition signed buyer=1 target=2 EUR=180",
    ),
    (
        "2024-03-12 order signed client=1 supplier=2 USD=50 'radar'",
        "2024-03-13 order signed client=1 supplier=2 EUR=46 'radar'",
    ),
    # completed and signed told with days of their own, but within the course of one deal
    (
        "2024-03-12 order completed client=1 supplier=2 EUR=12 'treni' date=2024-03-01",
        "2024-03-20 order signed client=1 supplier=2 EUR=12 'treni' date=2024-03-18",
    ),
    # one lot, told with and without its number
    (
        "2024-03-12 public_tender signed client=1 supplier=2 EUR=10 'lotto 1'",
        "2024-03-12 public_tender signed client=1 supplier=2 EUR=10 'lotto n. 1 della tangenziale'",
    ),
]

TWO = [
    # next year's buses, for the same sum
    (
        "2024-03-12 order signed client=1 supplier=2 EUR=12 'autobus'",
        "2025-03-12 order signed client=1 supplier=2 EUR=12 'autobus' date=2025-03-10",
    ),
    # an order delivered, and the next one signed
    (
        "2024-03-12 order completed client=1 supplier=2 EUR=12 'treni' date=2024-03-01",
        "2024-06-20 order signed client=1 supplier=2 EUR=25 'treni' date=2024-06-18",
    ),
    # two tranches: another share for another price
    (
        "2024-03-12 stake_purchase signed buyer=1 target=2 stake=20 EUR=10",
        "2024-04-12 stake_purchase signed buyer=1 target=2 stake=15 EUR=8 date=2024-04-10",
    ),
    # two lots of one tender with one winner
    (
        "2024-03-12 public_tender signed client=1 supplier=2 EUR=10 'lotto 1'",
        "2024-03-12 public_tender signed client=1 supplier=2 EUR=14 'lotto 2'",
    ),
    # two signed orders of one pair and year; the reader dates the second by the first
    (
        "2016-01-21 order signed client=1 supplier=2 EUR=96 date=2016-01-21 'due unità ro-ro'",
        "2016-11-29 order signed client=1 supplier=2 EUR=61 date=2016-01 'un traghetto ro-pax'",
    ),
    # the same beneficiary and a round sum, from another grantor
    (
        "2024-03-12 grant signed grantor=1 beneficiary=2 EUR=14",
        "2024-03-20 grant completed grantor=9 beneficiary=2 EUR=14 date=2024-03-19",
    ),
    # crossed, but months and sums apart
    (
        "2024-03-12 order signed client=1 supplier=2 EUR=96",
        "2025-03-13 order signed client=2 supplier=1 EUR=3",
    ),
    # another party
    (
        "2024-03-12 order signed client=1 supplier=2 EUR=12 'treni'",
        "2024-03-13 order signed client=1 supplier=3 EUR=12 'treni'",
    ),
    (
        "2024-03-12 order signed client=1 supplier=2 EUR=12 'treni'",
        "2024-03-13 order signed client=4 supplier=2 EUR=12 'treni'",
    ),
    ("2024-03-12 acquisition signed buyer=1 target=2", "2024-03-13 acquisition signed buyer=1 target=3"),
    (
        "2024-03-12 acquisition negotiation buyer=1 target=2 seller=4",
        "2024-03-13 acquisition negotiation buyer=3 target=2 seller=4",
    ),
    (
        "2024-03-12 acquisition cancelled buyer=3 target=2 seller=4",
        "2024-03-13 acquisition signed buyer=1 target=2 seller=4",
    ),
    ("2024-03-12 partnership signed partner=1,2", "2024-03-13 partnership signed partner=1,3"),
    ("2024-03-12 merger negotiation partner=1,2", "2024-03-13 merger negotiation partner=1,3"),
    (
        "2017-04-11 public_tender signed client=1 supplier=2 EUR=64.3 'ospedale'",
        "2018-09-19 public_tender signed client=1 supplier=3 EUR=66.1 'ospedale' around=2",
    ),
    (
        "2024-03-12 investment announced investor=1 EUR=60 'forno'",
        "2024-03-13 investment announced investor=2 EUR=60 'forno'",
    ),
    ("2024-03-12 grant signed grantor=1 beneficiary=2 EUR=5", "2024-03-13 grant signed grantor=1 beneficiary=3 EUR=5"),
    # another kind of deal
    ("2024-03-12 order signed client=1 supplier=2 EUR=12", "2024-03-13 acquisition signed buyer=1 target=2 EUR=12"),
    ("2024-03-12 loan signed lender=1 borrower=2 EUR=12", "2024-03-13 grant signed grantor=1 beneficiary=2 EUR=12"),
    # orders of one pair, year after year, or of two sizes
    (
        "2016-01-21 order signed client=1 supplier=2 EUR=96 'due navi ro-ro'",
        "2016-11-29 order signed client=1 supplier=2 EUR=61 'traghetto ibrido'",
    ),
    (
        "2019-06-18 public_tender signed client=1 supplier=2 EUR=21.6 '40 autobus'",
        "2021-02-23 public_tender signed client=1 supplier=2 EUR=6.9 'altri autobus'",
    ),
    (
        "2023-05-10 supply_agreement signed client=1 supplier=2 EUR=30 'motori'",
        "2024-05-10 supply_agreement signed client=1 supplier=2 EUR=35 'motori'",
    ),
    (
        "2024-03-12 order signed client=1 supplier=2 EUR=12 'treni'",
        "2024-03-13 order signed client=1 supplier=2 EUR=45 'manutenzione'",
    ),
    (
        "2024-03-12 loan signed lender=1 borrower=2 EUR=5 'acquisto macchinari'",
        "2025-02-12 loan signed lender=1 borrower=2 EUR=20 'capannone'",
    ),
    (
        "2024-03-12 investment announced investor=1 EUR=60 'forno di Portogruaro'",
        "2024-09-20 investment announced investor=1 EUR=22 'decorazione bottiglie'",
    ),
    (
        "2021-10-20 funding_round completed issuer=1 investor=2 USD=12 'serie A' date=2021-10",
        "2023-03-15 funding_round completed issuer=1 investor=3 EUR=3 'estensione' date=2023",
    ),
    (
        "2024-03-12 bond completed issuer=1 investor=2 EUR=5 date=2024-03",
        "2025-06-12 bond completed issuer=1 investor=2 EUR=8 date=2025-06",
    ),
    (
        "2010-10-21 capital_increase completed issuer=1 EUR=4.6 date=2010-10-20",
        "2013-06-06 capital_increase announced issuer=1 EUR=3",
    ),
    ("2024-03-12 partnership signed partner=1,2 'idrogeno'", "2026-03-12 partnership signed partner=1,2 'formazione'"),
    # the rest of the shares, later
    (
        "2017-09-26 stake_purchase completed buyer=1 target=2 EUR=9 stake=30 date=2017-09",
        "2020-02-11 acquisition signed buyer=1 target=2 EUR=26 stake=70 date=2020-02-10",
    ),
    (
        "2018-04-19 acquisition signed buyer=1 target=2 EUR=27 stake=60 date=2018-04-19",
        "2021-11-16 stake_purchase completed buyer=1 target=2 EUR=14 stake=25 date=2021-11",
    ),
    (
        "2007-05-10 acquisition completed buyer=3 target=2 seller=5 date=2007",
        "2012-12-18 acquisition signed buyer=1 target=2 seller=3",
    ),
    # an earlier attempt that failed, a renewal
    ("2003-10-29 merger cancelled partner=1,2 date=2003", "2010-03-22 merger announced partner=1,2 date=2010-03-21"),
    (
        "2019-04-19 license completed grantor=1 beneficiary=2 date=2019",
        "2025-09-11 license negotiation grantor=1 beneficiary=2 'rinnovo'",
    ),
    ("2022-04-19 acquisition cancelled buyer=1 target=2", "2024-09-11 acquisition negotiation buyer=1 target=2"),
    # one side only, far apart
    ("2012-09-27 acquisition negotiation buyer=fondo target=2", "2019-02-13 acquisition signed buyer=1 target=2"),
]


def is_one(first: str, second: str) -> bool:
    points = likeness(tell(first, id=1), tell(second, id=2))
    return points is not None and points >= JOIN


@pytest.mark.parametrize(("first", "second"), ONE)
def test_one_deal(first, second):
    assert is_one(first, second)
    assert is_one(second, first)


@pytest.mark.parametrize(("first", "second"), TWO)
def test_two_deals(first, second):
    assert not is_one(first, second)
    assert not is_one(second, first)


def test_a_vehicle_and_its_owner_are_one_buyer_where_the_paper_says_so():
    owner = tell("2024-03-12 acquisition negotiation buyer=1 target=2 seller=3", id=1)
    line = "2024-09-13 acquisition signed buyer=8 target=2 seller=3 around=1"
    vehicle = tell(line, id=2, quotes=("Passa a Levante Reti, veicolo di Infrabridge.",))
    rival = tell(line, id=3, quotes=("Levante Reti ha battuto Infrabridge.",))
    assert likeness(owner, vehicle) >= JOIN
    assert likeness(owner, rival) is None


def test_the_tellings_of_one_article_are_different_deals():
    one = tell("2024-03-12 order signed client=1 supplier=2 EUR=12 'treni'", id=1, article=5)
    two = tell("2024-03-12 order signed client=1 supplier=2 EUR=12 'treni'", id=2, article=5)
    assigned = assign_deals((one, two), (), apart=NOBODY)
    assert assigned[0].new != assigned[1].new


def test_two_tellings_share_out_two_deals():
    ships = KnownDeal(10, (tell("2016-01-21 order signed client=1 supplier=2 EUR=96 'due navi ro-ro'", id=1),))
    ferry = KnownDeal(11, (tell("2016-11-29 order signed client=1 supplier=2 EUR=61 'traghetto ibrido'", id=2),))
    both = (
        tell("2019-05-20 order completed client=1 supplier=2 'coppia di navi'", id=3, article=9),
        tell("2019-05-20 order completed client=1 supplier=2 date=2019-05-18 'ibrido'", id=4, article=9),
    )
    for known in ((ships, ferry), (ferry, ships)):
        assert [a.deal for a in assign_deals(both, known, apart=NOBODY)] == [10, 11]
        assert [a.deal for a in assign_deals(both[::-1], known, apart=NOBODY)] == [11, 10]


def test_articles_of_one_call_are_taken_by_day():
    lines = (
        "2024-09-12 acquisition signed buyer=1 target=2 EUR=58 date=2024-09-11",
        "2024-03-12 acquisition rumour buyer=1 target=2 EUR=~55",
        "2024-03-12 acquisition rumour buyer=1 target=3",
    )
    assigned = assign_deals(tuple(tell(line, id=i) for i, line in enumerate(lines, 1)), (), apart=NOBODY)
    assert [a.telling for a in assigned] == [1, 2, 3]
    assert assigned[0].new == assigned[1].new != assigned[2].new
    assert {a.deal for a in assigned} == {None}


NEAR = "2016-01-21 order signed client=1 supplier=2 EUR=96 'due navi ro-ro'"
PERHAPS = "2016-01-22 order signed client=1 supplier=2 EUR=45 'manutenzione'"


def test_a_deal_that_may_be_the_same_is_shown():
    known = (KnownDeal(10, (tell(NEAR, id=1),)),)
    (assigned,) = assign_deals((tell(PERHAPS, id=2),), known, apart=NOBODY)
    assert (assigned.deal, assigned.maybe) == (None, (10,))


def test_a_deal_that_a_person_holds_apart_is_not_shown():
    same = "2016-01-22 order signed client=1 supplier=2 EUR=96 'navi ro-ro'"
    known = (KnownDeal(10, (tell(NEAR, id=1),)), KnownDeal(11, (tell(NEAR, id=3),)))
    (shown,) = assign_deals((tell(same, id=2),), known, apart=NOBODY)
    (held,) = assign_deals((tell(same, id=2),), known, apart=frozenset({frozenset({10, 11})}))
    assert (shown.deal, shown.maybe) == (10, (11,))
    assert (held.deal, held.maybe) == (10, ())


def test_every_type_has_a_family():
    assert {family_of(kind) for kind in DealType} >= {"control", "supply", "alliance", "grant"}
    assert family_of(DealType.ORDER) == family_of(DealType.PUBLIC_TENDER) != family_of(DealType.GRANT)


NAMES = [  # (a party's name, the other paper's, whether they can be one although they were not linked)
    ("Asl", "Asl del Matese", True),
    ("Ettore Malinverni", "MALINVERNI Ettore", True),
    ("Ettore Malinverni", "Ettore Malinverni Spa", True),
    ("Asl", "Regione Molise", False),
    ("Regione Puglia", "Regione Molise", False),
    ("Malinverni", "Terme di Montecavo", False),
]


@pytest.mark.parametrize(("first", "second", "likely"), NAMES)
def test_parties_that_were_not_linked_may_be_one_by_their_names(first, second, likely):
    one = tell("2024-03-12 public_tender signed supplier=2 EUR=12", id=1)
    two = tell("2024-03-13 public_tender signed supplier=2 EUR=12", id=2)
    client = ToldParty(PartyRole.CLIENT, first, named=True, entity=7)
    other = ToldParty(PartyRole.CLIENT, second, named=True, entity=8)
    points = likeness(replace(one, parties=(*one.parties, client)), replace(two, parties=(*two.parties, other)))
    assert (points is not None) is likely
