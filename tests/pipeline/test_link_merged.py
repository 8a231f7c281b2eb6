"""The merged record: each field from its best evidence, what others say kept, the course of the deal in time."""

from decimal import Decimal
from itertools import permutations

import pytest

from pipeline.link import merge_tellings, number_text, sum_text
from pipeline.records import DealType, PartyRole, Status
from tests.pipeline.tellings import make_sum, tell

STORY = (
    tell("2012-10-09 acquisition rumour buyer=fondo target=2 EUR=~55 source=eco", id=1, confidence=0.6),
    tell("2012-12-18 acquisition negotiation buyer=1 target=2 seller=3 date=2012-12-14 source=eco", id=2),
    tell("2013-02-06 acquisition signed buyer=1 target=2 seller=3 EUR=58 date=2013-02-05 'Sorgenti' source=sole", id=3),
    tell("2013-02-07 acquisition signed buyer=1 target=2 EUR=57 source=wire original=3 'le Sorgenti'", id=4),
    tell("2018-05-15 acquisition completed buyer=1 target=2 EUR=50+ date=2013 source=gazzetta", id=5),
)


def test_every_field_comes_from_its_best_evidence():
    deal = merge_tellings(STORY)
    assert (deal.type, deal.status, deal.denied) == (DealType.ACQUISITION, Status.COMPLETED, False)
    assert deal.amount == make_sum("EUR", "58")
    assert deal.date == "2013"  # of the completion, which is what the status names
    assert deal.subject == "Sorgenti"
    assert [(party.role, party.entity) for party in deal.parties] == [
        (PartyRole.BUYER, 1),
        (PartyRole.TARGET, 2),
        (PartyRole.SELLER, 3),
    ]


def test_disagreement_is_kept():
    choices = {choice.field: choice for choice in merge_tellings(STORY).choices}
    assert (choices["amount"].value, choices["amount"].telling) == ("EUR exact 58000000", 3)
    assert choices["amount"].says == (
        (1, "EUR about 55000000"),
        (3, "EUR exact 58000000"),
        (4, "EUR exact 57000000"),
        (5, "EUR over 50000000"),
    )
    assert choices["status"].value == "completed"
    assert "stake" not in choices


def test_the_timeline():
    entries = [(entry.date, entry.status, entry.telling) for entry in merge_tellings(STORY).timeline]
    assert entries == [
        ("2012-10-09", Status.RUMOUR, 1),
        ("2012-12-14", Status.NEGOTIATION, 2),
        ("2013", Status.COMPLETED, 5),
        ("2013-02-05", Status.SIGNED, 3),
    ]


def test_copies_are_no_sources_and_add_no_certainty():
    deal = merge_tellings(STORY)
    assert deal.sources == 3  # eco, sole, gazzetta; the wire copies sole
    alone = merge_tellings(STORY[2:3])
    assert merge_tellings(STORY[2:4]).confidence == alone.confidence == 0.9
    assert alone.confidence < deal.confidence <= 0.99


def test_the_order_of_arrival_changes_nothing():
    records = {merge_tellings(order) for order in permutations(STORY)}
    assert len(records) == 1


COURSES = [  # (tellings, what the deal is now)
    (["2024-01-01 order rumour", "2024-02-01 order signed"], "signed"),
    (["2024-01-01 order signed", "2024-02-01 order announced"], "signed"),  # late news
    (["2024-01-01 order signed", "2024-02-01 order cancelled"], "cancelled"),
    (["2024-01-01 order cancelled", "2024-02-01 order rumour"], "cancelled"),
    (["2024-01-01 order cancelled", "2024-02-01 order signed"], "signed"),
    (["2024-01-01 order completed", "2024-02-01 order cancelled date=2024-01-30"], "cancelled"),
    (["2024-01-01 order negotiation", "2024-01-01 order announced"], "announced"),
]


@pytest.mark.parametrize(("lines", "status"), COURSES)
def test_the_course_of_a_deal(lines, status):
    assert merge_tellings(tuple(tell(line, id=i) for i, line in enumerate(lines, 1))).status == Status(status)


def test_a_denial_stands_until_it_is_done():
    denied = tell("2014-02-07 takeover_bid rumour denied buyer=1 target=2", id=1)
    bid = tell("2014-03-18 takeover_bid announced buyer=1 target=2", id=2)
    assert merge_tellings((denied,)).denied is True
    assert merge_tellings((denied, bid)).denied is False


PARTIES = [  # (tellings, roles and parties)
    (["2024-01-01 order signed client=1 supplier=due_aziende"], ["client N1", "supplier due_aziende"]),
    (
        ["2024-01-01 order signed client=1 supplier=due_aziende", "2024-01-02 order signed client=1 supplier=2"],
        ["client N1", "supplier N2"],
    ),
    (["2024-01-01 partnership signed partner=un_fondo,una_banca"], ["partner un_fondo", "partner una_banca"]),
    (
        ["2024-01-01 order signed supplier=un_gruppo", "2024-01-02 order signed supplier=il_colosso"],
        ["supplier un_gruppo"],
    ),
    (
        [
            "2024-01-01 merger signed partner=1,2",
            "2024-01-02 merger signed buyer=1 target=2",
            "2024-01-03 merger signed buyer=1 target=2",
        ],
        ["buyer N1", "target N2"],
    ),
]


@pytest.mark.parametrize(("lines", "expected"), PARTIES)
def test_parties(lines, expected):
    deal = merge_tellings(tuple(tell(line, id=i) for i, line in enumerate(lines, 1)))
    assert [f"{party.role} {party.name}" for party in deal.parties] == expected


def test_a_deal_without_a_telling_is_an_error():
    with pytest.raises(ValueError, match="one telling at least"):
        merge_tellings(())


SUMS = [
    ("10+", "EUR over 10000000"),
    ("~8.5", "EUR about 8500000"),
    ("3-5", "EUR range 3000000-5000000"),
    ("0.3", "EUR exact 300000"),
]


@pytest.mark.parametrize(("text", "expected"), SUMS)
def test_sums_as_text(text, expected):
    assert sum_text(make_sum("EUR", text)) == expected


@pytest.mark.parametrize(("number", "text"), [("60.00", "60"), ("33.30", "33.3"), ("100", "100"), ("0", "0")])
def test_numbers_as_text(number, text):
    assert number_text(Decimal(number)) == text
