"""What people decide: it holds, contradictions are refused, taking back is exact, nothing half done."""

import sqlite3
from datetime import UTC, datetime

import pytest

from pipeline.errors import InputError
from pipeline.kb.decisions import Signature, confirm, correct, merge, reject, revoke, say_different, say_same
from pipeline.kb.read import read_deals, read_story
from pipeline.kb.review import list_decisions, list_tasks
from pipeline.kb.splitting import split
from tests.pipeline.kb.told import euros, tell

BY = Signature("anna", "so dice il bilancio", datetime(2026, 3, 2, tzinfo=UTC))
BUYS = "La Officine Brembate ha comprato la Tessitura Valdera per 12 milioni di euro."
SHIPS = "La Cantieri Pegli fornirà dieci navi alla Lloyd Ligure."
SHIPS_PARTIES = {"Cantieri Pegli": "supplier", "Lloyd Ligure": "client"}
LOOMS = "La Tessitura Valdera di Biella ordina telai alla Meccanica Sesia."
LOOMS_PARTIES = {"Tessitura Valdera": "client", "Meccanica Sesia": "supplier"}
BUYS_PARTIES = {"Officine Brembate": "buyer", "Tessitura Valdera": "target"}


def twelve(text):
    return euros(text, "12 milioni di euro", "12000000")


@pytest.fixture
def two(base):
    """D1 is told by article 1, D2 by article 2; they have nothing in common."""
    tell(base, 1, BUYS, BUYS_PARTIES, amount=twelve)
    tell(
        base,
        2,
        "La Cantieri Pegli fornirà dieci navi alla Lloyd Ligure.",
        {"Cantieri Pegli": "supplier", "Lloyd Ligure": "client"},
        type="order",
    )
    return base


def state(base):
    """Return everything that decisions may change, times aside."""
    tables = {
        "deal": "SELECT id, type, status, date, amount_low, stake, review, live, merged_into, sources FROM deal",
        "deal_party": "SELECT deal_id, position, role, entity_id, name FROM deal_party",
        "entity": "SELECT id, merged_into, articles, first_seen FROM entity",
        "deal_evidence": "SELECT deal_id, field, deal_mention_id, value, chosen, agrees FROM deal_evidence",
        "office": "SELECT * FROM office",
        "deal_text": "SELECT * FROM deal_text",
    }
    return {name: sorted(map(repr, map(tuple, base.db.execute(sql)))) for name, sql in tables.items()}


CORRECTIONS = [  # field, value, column, what the column holds then
    ("type", "merger", "type", "merger"),
    ("status", "completed", "status", "completed"),
    ("denied", "yes", "denied", 1),
    ("amount", "EUR over 1000000", "amount_low", 100000000),
    ("amount", "USD 3000000-5000000.50", "amount_high", 500000050),
    ("amount", "EUR under 7", "amount_low", None),
    ("amount", "none", "amount_low", None),
    ("stake", "51", "stake", 51.0),
    ("stake", "33.3%", "stake", 33.3),
    ("stake_after", "100", "stake_after", 100.0),
    ("date", "2026-01/2026-06", "date", "2026-01/2026-06"),
    ("date", "XXXX-11-25", "date", "XXXX-11-25"),
    ("subject", "tessuti tecnici", "subject", "tessuti tecnici"),
]


@pytest.mark.parametrize(("field", "value", "column", "held"), CORRECTIONS)
def test_a_correction_holds_and_can_be_taken_back(two, field, value, column, held):
    before = state(two)
    (made,) = correct(two.db, "D1", [(field, value)], BY)
    row = two.db.execute(f"SELECT {column} AS held, review FROM deal WHERE id=1").fetchone()
    assert (row["held"], row["review"]) == (held, "corrected")
    revoke(two.db, made, BY)
    assert state(two) == before


def test_parties_are_corrected_by_name_and_by_identifier(two):
    correct(two.db, "D1", [("buyer", "Fondo Altamarea; O3"), ("seller", "Famiglia Valdera"), ("target", "none")], BY)
    parties = [(p.role, p.name, p.entity) for p in read_story(two.db, "D1").deal.parties]
    assert parties == [
        ("buyer", "Fondo Altamarea", None),
        ("buyer", "Cantieri Pegli", "O3"),
        ("seller", "Famiglia Valdera", None),
    ]
    assert "D1" in [deal.id for deal in read_deals(two.db)]


def test_a_corrected_party_is_linked_by_its_name_and_stays_linked(two):
    correct(two.db, "D1", [("seller", "cantieri pegli; un fondo"), ("target", "Tessitura Valdera")], BY)
    assert [row.value for row in list_decisions(two.db)] == ["O3; un fondo", "O2"]
    parties = [(p.role, p.name, p.entity) for p in read_story(two.db, "D1").deal.parties]
    assert parties == [
        ("buyer", "Officine Brembate", "O1"),
        ("target", "Tessitura Valdera", "O2"),
        ("seller", "Cantieri Pegli", "O3"),
        ("seller", "un fondo", None),
    ]
    tell(two, 1, BUYS, {"Officine Brembate": "buyer"}, amount=twelve)  # a reading that misses the target
    assert ("target", "Tessitura Valdera", "O2") in [
        (p.role, p.name, p.entity) for p in read_story(two.db, "D1").deal.parties
    ]


def test_a_name_that_two_bear_is_refused(two):
    tell(two, 3, "La Pegli S.p.A. compra la Sesia.", {"Pegli S.p.A.": "buyer", "Sesia": "target"})
    tell(two, 4, "La Orta compra i Pegli S.n.c.", {"Orta": "buyer", "Pegli S.n.c.": "target"})
    two.db.execute(
        "INSERT INTO entity_alias(entity_id, alias, norm, seen)"
        " SELECT id, 'Pegli', 'pegli', 1 FROM entity WHERE name LIKE 'Pegli%'"
    )
    two.db.conn.commit()
    refused(two, "'pegli' is the name of O5, O8; write the identifier", correct, "D1", [("seller", "pegli")])


BAD_CORRECTIONS = [
    ("seller", "Cantieri Pegli; O99", "there is no O99"),
    ("prezzo", "12", "a deal has no field 'prezzo'; it has type, status"),
    ("type", "takeover", "type: 'takeover'; write one of acquisition"),
    ("type", "none", "type: cannot be none"),
    ("status", "", "status: ''; write one of"),
    ("denied", "forse", "write yes or no"),
    ("amount", "12 milioni", "is no sum"),
    ("amount", "eur 12", "is no sum"),
    ("amount", "EUR 5-3", "the lower first"),
    ("amount", "EUR over 3-5", "a range, and only a range"),
    ("amount", "EUR range 3", "a range, and only a range"),
    ("amount", "EUR 99999999999999999999", "is no sum"),
    ("stake", "101", "not between 0 and 100"),
    ("stake", "metà", "is no percentage"),
    ("stake", "NaN", "not between 0 and 100"),
    ("date", "2026-02-30", "not in the calendar"),
    ("date", "30/02/2026", "is no EDTF date"),
    ("date", "/", "is no EDTF date"),
    ("date", "2026-06/2026-01", "ends before it begins"),
    ("subject", "  ", "a few words"),
    ("subject", "due\nrighe", "on one line"),
    ("buyer", "Alfa;;Beta", "has an empty name"),
]


@pytest.mark.parametrize(("field", "value", "message"), BAD_CORRECTIONS)
def test_a_correction_that_cannot_be_is_refused_whole(two, field, value, message):
    before = state(two)
    with pytest.raises(InputError, match=message):
        correct(two.db, "D1", [("status", "completed"), (field, value)], BY)
    assert state(two) == before
    assert list_decisions(two.db) == ()


def test_a_rejected_deal_is_out_of_lists_and_search_and_comes_back(two):
    before = state(two)
    made = reject(two.db, "D1", BY)
    assert [deal.id for deal in read_deals(two.db)] == ["D2"]
    assert two.db.execute("SELECT count(*) FROM deal_text_fts WHERE deal_text_fts MATCH 'Valdera'").fetchone()[0] == 0
    assert read_story(two.db, "D1").deal.review == "rejected"
    revoke(two.db, made, BY)
    assert state(two) == before


def test_a_rejected_deal_stays_out_when_told_again(two):
    reject(two.db, "D1", BY)
    tell(two, 3, "Officine Brembate: ok all'acquisto di Tessitura Valdera.", BUYS_PARTIES)
    assert [deal.id for deal in read_deals(two.db)] == ["D2"]
    assert read_story(two.db, "D1").deal.articles == 2


def test_merging_makes_one_row_with_all_proofs_and_is_undone_exactly(two):
    before = state(two)
    made = merge(two.db, "D2", "D1", BY)
    (deal,) = read_deals(two.db)
    assert (deal.id, deal.articles, deal.sources) == ("D1", 2, 2)
    assert read_story(two.db, "D2").deal.id == "D1"
    assert {proof.url for proof in read_story(two.db, "D1").proofs} == {
        "https://giornale.example/1",
        "https://giornale.example/2",
    }
    revoke(two.db, made, BY)
    assert state(two) == before


def test_the_second_of_a_merge_stands_for_both(two):
    merge(two.db, "D1", "D2", BY)
    assert [deal.id for deal in read_deals(two.db)] == ["D2"]


def test_organisations_become_one_with_deals_and_counts(two):
    before = state(two)
    made = say_same(two.db, "O3", "O1", BY)
    order = read_story(two.db, "D2").deal
    assert ("supplier", "Officine Brembate", "O1") in [(p.role, p.name, p.entity) for p in order.parties]
    row = two.db.execute("SELECT articles FROM organisation WHERE public_id='O1'").fetchone()
    assert row["articles"] == 2
    revoke(two.db, made, BY)
    assert state(two) == before


def refused(base, message, act, *arguments):
    before, decided = state(base), list_decisions(base.db)
    with pytest.raises(InputError, match=message):
        act(base.db, *arguments, BY)
    assert (state(base), list_decisions(base.db)) == (before, decided)


def test_senseless_decisions_are_refused(two):
    refused(two, "both are the same one", merge, "D1", "D1")
    refused(two, "both are the same one", say_same, "O1", "O1")
    refused(two, "not of one kind", say_different, "D1", "O1")
    refused(two, "there is no deal D99", merge, "D1", "D99")
    refused(two, "there is no O99", say_same, "O1", "O99")
    refused(two, "there is no P1", say_same, "P1", "O2")
    refused(two, "'12' is no identifier", reject, "12")
    refused(two, "there is no decision 5", revoke, 5)


def test_rings_and_contradictions_are_refused_and_named(two):
    merge(two.db, "D2", "D1", BY)
    refused(two, "D1 and D2 are one already", merge, "D1", "D2")
    refused(two, "decision 1: D2 and D1 were joined", say_different, "D1", "D2")
    say_same(two.db, "O2", "O1", BY)
    say_same(two.db, "O3", "O2", BY)
    refused(two, "are one already", say_same, "O1", "O3")
    refused(two, "were joined", say_different, "O1", "O3")
    say_different(two.db, "O4", "O3", BY)
    refused(two, "decision 4: O4 and O3 were held apart", say_same, "O4", "O1")
    correct(two.db, "D1", [("status", "completed")], BY)
    refused(two, "corrected to completed already", correct, "D2", [("status", "signed")])
    refused(two, "D1 is corrected already|is corrected already", reject, "D1")


def test_merging_what_was_corrected_differently_is_refused(two):
    correct(two.db, "D1", [("status", "completed")], BY)
    correct(two.db, "D2", [("status", "rumour")], BY)
    refused(two, "status of D1 is corrected to completed already", merge, "D2", "D1")


def test_revoking_twice_is_refused(two):
    made = reject(two.db, "D1", BY)
    revoke(two.db, made, BY)
    refused(two, "decision 1 was revoked already, 2026-03-02 by anna", revoke, made)


def test_decisions_cannot_be_changed_or_deleted_by_anybody(two):
    reject(two.db, "D1", BY)
    for sql in ("DELETE FROM decision", "UPDATE decision SET who='altri'"):
        with pytest.raises(sqlite3.IntegrityError, match="revoked, not"):
            two.db.conn.execute(sql)
        two.db.conn.rollback()
    revoke(two.db, 1, BY)
    with pytest.raises(sqlite3.IntegrityError, match="revocations stay"):
        two.db.conn.execute("DELETE FROM revocation")


def test_a_wrong_telling_is_split_off_and_joined_again(base):
    tell(base, 1, BUYS, BUYS_PARTIES, amount=twelve)
    tell(base, 2, "Officine Brembate rileva Tessitura Valdera: è ufficiale.", BUYS_PARTIES)
    before = state(base)
    assert [deal.articles for deal in read_deals(base.db)] == [2]
    assert split(base.db, "D1", "https://giornale.example/2", BY) == "D2"
    assert sorted((deal.id, deal.articles) for deal in read_deals(base.db)) == [("D1", 1), ("D2", 1)]
    tell(base, 2, "Officine Brembate rileva Tessitura Valdera: è ufficiale.", BUYS_PARTIES, status="completed")
    assert sorted((deal.id, deal.status) for deal in read_deals(base.db)) == [("D1", "signed"), ("D2", "completed")]
    tell(base, 2, "Officine Brembate rileva Tessitura Valdera: è ufficiale.", BUYS_PARTIES)
    revoke(base.db, 1, BY)
    after = state(base)
    assert [deal.articles for deal in read_deals(base.db)] == [2]
    assert after["deal_party"] == before["deal_party"]


def test_an_organisation_is_split_by_article_and_stays_split(base):
    tell(base, 1, BUYS, BUYS_PARTIES)
    tell(
        base,
        2,
        "La Tessitura Valdera di Biella ordina telai alla Meccanica Sesia.",
        {"Tessitura Valdera": "client", "Meccanica Sesia": "supplier"},
        type="order",
    )
    assert split(base.db, "O2", "https://giornale.example/2", BY) == "O4"
    order = read_story(base.db, "D2").deal
    assert ("client", "O4") in [(p.role, p.entity) for p in order.parties]
    tell(
        base,
        2,
        "La Tessitura Valdera di Biella ordina telai alla Meccanica Sesia.",
        {"Tessitura Valdera": "client", "Meccanica Sesia": "supplier"},
        type="order",
        status="completed",
    )
    order = read_story(base.db, "D2").deal
    assert (order.status, order.parties[0].entity) == ("completed", "O4")
    tell(base, 3, "La Tessitura Valdera investe in un capannone.", {"Tessitura Valdera": "investor"}, type="investment")
    assert read_story(base.db, "D3").deal.parties[0].entity in {"O2", "O4"}
    revoke(base.db, 1, BY)
    assert read_story(base.db, "D2").deal.parties[0].entity == "O2"


def test_a_split_that_leaves_nothing_is_refused(two):
    refused(two, "only this article speaks of it", split, "D1", "https://giornale.example/1")
    refused(two, "says nothing of it", split, "D1", "https://giornale.example/2")
    refused(two, "no article 'x' is stored", split, "D1", "x")


def test_a_split_on_which_another_decision_rests_is_not_revoked(base):
    tell(base, 1, BUYS, BUYS_PARTIES)
    tell(base, 2, "Officine Brembate rileva Tessitura Valdera.", BUYS_PARTIES)
    tell(
        base,
        3,
        "La Cantieri Pegli fornirà dieci navi alla Lloyd Ligure.",
        {"Cantieri Pegli": "supplier", "Lloyd Ligure": "client"},
        type="order",
    )
    split(base.db, "D1", "https://giornale.example/2", BY)
    merge(base.db, "D3", "D2", BY)
    refused(base, r"decision 2 \(merge D3 D2\) rests on this one", revoke, 1)
    revoke(base.db, 2, BY)
    revoke(base.db, 1, BY)


def test_decisions_are_listed_with_what_became_of_them(two):
    confirm(two.db, "D1", BY)
    reject(two.db, "D2", BY)
    revoke(two.db, 2, BY)
    assert [row.state for row in list_decisions(two.db)] == ["holds", "revoked 2026-03-02 by anna"]
    tell(
        two,
        3,
        "Officine Brembate ha perfezionato l'acquisto di Tessitura Valdera.",
        BUYS_PARTIES,
        status="completed",
        day="2026-04-01",
    )
    assert list_decisions(two.db)[0].state == "the record has changed since"
    tell(
        two,
        1,
        "Nulla di tutto ciò riguarda la Officine Brembate.",
        {"Officine Brembate": "investor"},
        type="investment",
    )
    tell(
        two,
        3,
        "Nulla di tutto ciò riguarda la Officine Brembate.",
        {"Officine Brembate": "investor"},
        type="investment",
    )
    assert list_decisions(two.db)[0].state == "no article tells of it now"


def test_a_decision_on_a_name_that_no_article_has_says_so(two):
    say_different(two.db, "O3", "O4", BY)
    tell(two, 2, SHIPS.replace("Cantieri Pegli", "Cantieri Sesia"), {"Cantieri Sesia": "supplier"}, type="order")
    assert [row.state for row in list_decisions(two.db)] == ["no article names O3 or O4 now"]


def test_the_two_sides_of_a_question_are_told_apart(base):
    tell(base, 1, BUYS.replace("Tessitura", "La torinese Tessitura"), BUYS_PARTIES, amount=twelve)
    tell(base, 2, "La Tessitura Valdera Spa compra la Sesia.", {"Valdera": "buyer", "Sesia": "target"})
    (text,) = [task.text for task in list_tasks(base.db, limit=9) if task.kind == "same"]
    one = "O2 Tessitura Valdera (company, Torino, Piemonte, 1 article(s))"
    assert text == f"{one} = O3 Valdera (company, 1 article(s))? name within name"


def test_the_queue_has_the_most_valuable_first_and_answered_ones_leave(base):
    tell(base, 1, BUYS, BUYS_PARTIES, amount=twelve, confidence=0.4)
    tell(
        base,
        2,
        "Meccanica Sesia rileva Tipografia Orta per 3 milioni di euro.",
        {"Meccanica Sesia": "buyer", "Tipografia Orta": "target"},
        amount=lambda t: euros(t, "3 milioni di euro", "3000000"),
        confidence=0.5,
    )
    assert [task.a for task in list_tasks(base.db, limit=10) if task.kind == "deal"] == ["D1", "D2"]
    confirm(base.db, "D1", BY)
    assert [task.a for task in list_tasks(base.db, limit=10) if task.kind == "deal"] == ["D2"]
