"""A new model: changes a type, drops a deal, brings it back; identifiers, corrections and rejections stay."""

from datetime import UTC, datetime

import pytest

from pipeline.errors import InputError
from pipeline.kb.check import check_all
from pipeline.kb.decisions import Signature, correct, merge, reject, say_same
from pipeline.kb.history import accept, find_changes, find_extractor, read_extractors
from pipeline.kb.read import read_deals, read_story
from pipeline.kb.review import list_decisions
from pipeline.records import Model, Person
from tests.pipeline.kb.told import (
    MODEL,
    NEWER,
    article,
    deal_article,
    euros,
    mention,
    reading,
    save,
    tell,
    told_deal,
)

BY = Signature("anna", None, datetime(2026, 3, 2, tzinfo=UTC))
THIRD = Model("blank:it", "affari", "3")
TRUE = "La Officine Brembate ha comprato la Tessitura Valdera per 12 milioni di euro."
FALSE = "La Cantieri Pegli ha incontrato la Lloyd Ligure a Genova."
TOLD = article(1, f"{TRUE} {FALSE}")


def deal_of(type="acquisition", **fields):
    parties = {"Officine Brembate": "buyer", "Tessitura Valdera": "target"}
    amount = euros(TOLD.text, "12 milioni di euro", "12000000")
    return told_deal(TOLD.text, type, parties, sentence=TRUE, trigger="ha comprato", amount=amount, **fields)


def meeting(type="partnership"):
    parties = {"Cantieri Pegli": "partner", "Lloyd Ligure": "partner"}
    return told_deal(TOLD.text, type, parties, sentence=FALSE, trigger="ha incontrato")


def read_by(model, *deals):
    names = ("Officine Brembate", "Tessitura Valdera", "Cantieri Pegli", "Lloyd Ligure")
    return reading(TOLD, names, deals, model=model)


def test_replay_over_three_models(base):
    save(base, TOLD, read_by(MODEL, deal_of(), meeting()))
    assert [(deal.id, deal.type) for deal in read_deals(base.db)] == [("D2", "partnership"), ("D1", "acquisition")]
    correct(base.db, "D1", [("status", "completed"), ("subject", "tessuti")], BY)
    reject(base.db, "D2", BY)

    save(base, TOLD, read_by(NEWER, deal_of("partnership", status="announced")))  # another family, one deal gone
    (deal,) = read_deals(base.db)
    assert (deal.id, deal.type, deal.status, deal.subject, deal.review) == (
        "D1", "partnership", "completed", "tessuti", "corrected",
    )  # fmt: skip
    assert [row.state for row in list_decisions(base.db)] == ["holds", "holds", "no article tells of it now"]

    save(base, TOLD, read_by(THIRD, meeting("joint_venture"), deal_of()))  # it is back, otherwise typed
    (deal,) = read_deals(base.db)
    assert (deal.id, deal.type, deal.status) == ("D1", "acquisition", "completed")
    assert read_story(base.db, "D2").deal.review == "rejected"
    assert [row.state for row in list_decisions(base.db)] == ["holds", "holds", "holds"]
    assert base.db["deal"].count == 2
    assert base.db["entity"].count == 4
    assert all(not check.problems for check in check_all(base.db))


def test_going_back_to_the_old_reading_gives_the_old_ledger(base):
    save(base, TOLD, read_by(MODEL, deal_of(), meeting()))
    before = [(deal.id, deal.type, deal.parties) for deal in read_deals(base.db)]
    save(base, TOLD, read_by(NEWER))
    assert read_deals(base.db) == ()
    save(base, TOLD, read_by(MODEL, deal_of(), meeting()))
    assert [(deal.id, deal.type, deal.parties) for deal in read_deals(base.db)] == before


def test_merges_stay_over_a_new_model(base):
    save(base, TOLD, read_by(MODEL, deal_of(), meeting()))
    merge(base.db, "D2", "D1", BY)
    say_same(base.db, "O4", "O3", BY)
    save(base, TOLD, read_by(NEWER, meeting(), deal_of()))
    assert [deal.id for deal in read_deals(base.db)] == ["D1"]
    assert {row["entity_id"] for row in base.db.execute("SELECT entity_id FROM deal_party")} == {1, 2, 3}


LONG = article(5, "La Tarsia Robotics ha raccolto 12 milioni di euro. La Tarsia fa bracci meccanici.")
SHORT = article(6, "La Tarsia cerca altri fondi, dice Eleonora Mulas.")


def read_tarsia(model):
    return (
        (LONG, reading(LONG, ("Tarsia Robotics",), aliases={"Tarsia Robotics": ("Tarsia",)}, model=model)),
        (SHORT, reading(SHORT, ("Tarsia",), people=(Person("Eleonora Mulas", mentions(SHORT)),), model=model)),
    )


def mentions(told):
    return (mention(told.text, "Eleonora Mulas"),)


def linked(base):
    return [
        tuple(row)
        for row in base.db.execute(
            "SELECT p.name, p.entity_id, e.name FROM appearance p JOIN entity m ON m.id=p.entity_id"
            " JOIN entity e ON e.id=coalesce(m.merged_into, m.id) ORDER BY p.article_id, p.kind, p.name"
        )
    ]


def test_organisations_and_people_keep_their_identifiers_over_a_new_model(base):
    for told, said in read_tarsia(MODEL):
        save(base, told, said)
    assert linked(base) == [
        ("Tarsia Robotics", 1, "Tarsia Robotics"), ("Tarsia", 2, "Tarsia"), ("Eleonora Mulas", 3, "Eleonora Mulas"),
    ]  # fmt: skip
    say_same(base.db, "O2", "O1", BY)
    before = linked(base)
    for model in (NEWER, MODEL):
        for told, said in read_tarsia(model):
            save(base, told, said)
        assert linked(base) == before
    assert base.db["entity"].count == 3


def test_a_name_with_another_legal_form_is_not_taken_for_the_former_one(base):
    told = article(7, "La Pegli S.p.A. e la Pegli S.n.c. litigano.")
    save(base, told, reading(told, ("Pegli S.p.A.", "Pegli S.n.c.")))
    before = linked(base)
    save(base, told, reading(told, ("Pegli S.n.c.", "Pegli S.p.A."), model=NEWER))
    assert linked(base) == before


def test_a_deal_keeps_its_identifier_when_the_sentence_is_cut_otherwise(base):
    save(base, TOLD, read_by(MODEL, deal_of()))
    parties = {"Officine Brembate": "buyer", "Tessitura Valdera": "target"}
    longer = told_deal(TOLD.text, "acquisition", parties, sentence=f"{TRUE} {FALSE}")
    save(base, TOLD, read_by(NEWER, longer))
    assert [deal.id for deal in read_deals(base.db)] == ["D1"]


def test_a_deal_keeps_its_identifier_when_another_sentence_proves_it(base):
    told = article(8, "Arrivati i bus della Fti Iblea. Li costruisce la Carbus Savona, per 22 milioni di euro.")
    parties = {"Fti Iblea": "client", "Carbus Savona": "supplier"}
    amount = euros(told.text, "22 milioni di euro", "22000000")

    def said(sentence, model):
        deal = told_deal(told.text, "order", parties, sentence=sentence, amount=amount)
        return reading(told, tuple(parties), (deal,), model=model)

    save(base, told, said("Arrivati i bus della Fti Iblea.", MODEL))
    reject(base.db, "D1", BY)
    run = base.start_run("extract", code_version="test")
    base.save_trial(1, said("Li costruisce la Carbus Savona, per 22 milioni di euro.", NEWER), run_id=run)
    old, new = find_extractor(base.db, "1"), find_extractor(base.db, "2")
    assert list(find_changes(base.db, old, new)) == []
    assert list(accept(base.db, new, now=base.now)) == [1]
    assert read_deals(base.db) == ()
    assert base.db["deal"].count == 1


def test_a_deal_keeps_its_identifier_when_its_article_is_reworded(base):
    parties = {"Officine Brembate": "buyer", "Tessitura Valdera": "target"}
    tell(base, 1, "La Officine Brembate ha comprato la Tessitura Valdera.", parties)
    correct(base.db, "D1", [("stake", "60")], BY)
    tell(base, 1, "Passa di mano la Tessitura Valdera: va alla Officine Brembate.", parties)
    assert [(deal.id, deal.stake) for deal in read_deals(base.db)] == [("D1", 60)]
    tell(base, 1, "La Kamaz ordina camion.", {"Kamaz": "client"}, type="order")
    assert [deal.id for deal in read_deals(base.db)] == ["D2"]


def store_trial(base, said):
    run = base.start_run("extract", code_version="test")
    row = base.save_article(TOLD, source="giornale", archive_key=None, run_id=run)
    base.save_trial(row.id, said, run_id=run)


def test_a_trial_changes_nothing_until_it_is_accepted(base):
    save(base, TOLD, read_by(MODEL, deal_of(), meeting()))
    before = read_deals(base.db)
    store_trial(base, read_by(NEWER, deal_of("takeover_bid", status="completed")))
    assert read_deals(base.db) == before
    old, new = find_extractor(base.db, "1"), find_extractor(base.db, "2")
    changes = [(c.what, c.deal, c.field, c.old, c.new) for c in find_changes(base.db, old, new)]
    assert changes == [
        ("changed", "D1", "type", "acquisition", "takeover_bid"),
        ("changed", "D1", "status", "signed", "completed"),
        ("lost", "D2", "deal", "partnership: partner Cantieri Pegli; partner Lloyd Ligure", ""),
    ]
    assert list(accept(base.db, new, now=base.now)) == [1]
    assert [(deal.id, deal.type) for deal in read_deals(base.db)] == [("D1", "takeover_bid")]
    assert [(row.articles, row.counting) for row in read_extractors(base.db)] == [(1, 0), (1, 1)]
    assert list(accept(base.db, old, now=base.now)) == [1]
    assert [deal.id for deal in read_deals(base.db)] == [deal.id for deal in before]


def test_an_unknown_reader_is_refused_with_the_list(base):
    with pytest.raises(InputError, match="no reader; there are none yet"):
        find_extractor(base.db, "9")
    save(base, TOLD, read_by(MODEL))
    with pytest.raises(InputError, match="there are 1: affari on blank:it, version 1, 1 articles"):
        find_extractor(base.db, "9")


def test_the_same_reader_saying_something_else_replaces_its_rows(base):
    save(base, TOLD, read_by(MODEL, deal_of(), meeting()))
    save(base, TOLD, read_by(MODEL, deal_of(status="completed")))
    assert [(deal.id, deal.status) for deal in read_deals(base.db)] == [("D1", "completed")]
    assert base.db["extraction"].count == 1
    assert all(not check.problems for check in check_all(base.db))


def test_one_deal_told_by_five_papers_is_one_row_with_five_proofs(base):
    for number, status in enumerate(["rumour", "negotiation", "signed", "signed", "completed"], start=1):
        sentence = f"Parola {number}: la Officine Brembate compra la Tessitura Valdera per 12 milioni di euro."
        told, said = deal_article(
            number,
            sentence,
            {"Officine Brembate": "buyer", "Tessitura Valdera": "target"},
            amount=lambda text: euros(text, "12 milioni di euro", "12000000"),
            status=status,
            day=f"2026-02-{10 + number}",
        )
        save(base, told, said, source=f"giornale{number}")
    (deal,) = read_deals(base.db)
    assert (deal.status, deal.articles, deal.sources) == ("completed", 5, 5)
    story = read_story(base.db, "D1")
    assert len({proof.sentence for proof in story.proofs if proof.field == "amount"}) == 5
    assert [row.status for row in story.statuses] == ["rumour", "negotiation", "signed", "completed"]
