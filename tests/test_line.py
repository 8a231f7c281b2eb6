"""The line from end to end on the sample source: collected, read, stored once, shown with its evidence."""

import json

import pytest

from pipeline.config import ROOT

TORINO = ROOT / "scrapers/sources/campione/pages/economia/costruttori-russi-in-piemonte.html"


@pytest.fixture
def rows(run_affari):
    def ask(*arguments):
        done = run_affari(*arguments, "--json")
        assert done.code == 0, done.err
        return json.loads(done.out)

    return ask


def test_the_sample_is_stored_once_and_shown_with_its_evidence(run_affari, rows, tmp_path):
    first = run_affari("run", "--source", "campione")
    deals = rows("deals")
    assert first.code == 0, first.err
    assert "12 new articles" in first.err
    assert "try next: affari show" in first.err
    assert deals

    again = run_affari("run", "--source", "campione")
    assert "0 new articles, 0 changed, 0 new deals" in again.err
    assert rows("deals") == deals

    orders = rows("deals", "--party", "Kamaz", "--type", "order", "--min-amount", "1000000")
    [order] = [deal for deal in orders if "cabina di camion" in (deal["subject"] or "")]
    assert order["parties"] == ["client Kamaz", "supplier due aziende piemontesi"]
    assert order["sum"] == "over EUR 1,000,000"
    assert order["date"] == "2013"
    assert "un ordine per oltre un milione di euro" in run_affari("show", order["id"]).out.replace("\n", " ")

    (tmp_path / "data" / "affari.db").unlink()
    third = run_affari("run", "--source", "campione")
    assert "12 new articles" in third.err
    assert len(rows("deals")) == len(deals)


def test_another_run_holds_the_lock(run_affari, tmp_path):
    from pipeline.lock import run_lock

    with run_lock(tmp_path / "data" / "affari.db"):
        done = run_affari("run", "--source", "campione")
    assert done.code == 75
    assert "another run is writing to it" in done.err


def test_a_folder_that_nobody_may_write_is_told(run_affari):
    done = run_affari("--db", "/proc/affari/affari.db", "run", "--source", "campione")  # not even root may
    assert "/proc/affari: cannot be written" in done.err
    assert done.code == 4


@pytest.mark.parametrize(
    "command", [("correct", "D1", "status=signed"), ("reject", "D1"), ("accept", "1"), ("review",)]
)
def test_deciding_makes_no_knowledge_base(run_affari, tmp_path, command):
    done = run_affari(*command)
    assert "no knowledge base here yet; `affari run` makes one" in done.err
    assert done.code == 2
    assert not (tmp_path / "data" / "affari.db").exists()


def test_an_unknown_source_is_told(run_affari):
    done = run_affari("run", "--source", "campioni")
    assert "no source campioni" in done.err
    assert done.code == 2


@pytest.fixture
def torino(run_affari):
    return json.loads(run_affari("extract", TORINO).out)


def test_the_torino_report_names_people_bodies_and_values(torino):
    people = {person["name"]: (person["role"], person["organisation"]) for person in torino["people"]}
    bodies = {each["name"]: each["aliases"] for each in torino["organisations"]}
    assert people["Guido Bolatto"] == ("segretario generale", "Camera di commercio di Torino")
    assert people["Giuseppe Donato"] == ("presidente", "Ceipiemonte")
    assert {"Concern Tractor Plants", "Kamaz", "Regione Piemonte", "Unioncamere Piemonte"} <= set(bodies)
    assert "Centro Estero per l'Internazionalizzazione" in bodies["Ceipiemonte"]
    dates = {each["text"]: (each["value"], each["resolved"]) for each in torino["dates"]}
    assert dates["nel 2013"] == ("2013", True)
    assert dates["Il 25 novembre"] == ("XXXX-11-25", False)
    assert dates["l'11 e 12 novembre"] == ("XXXX-11-11/XXXX-11-12", False)
    [amount] = [each for each in torino["amounts"] if each["text"] == "oltre un milione di euro"]
    assert (amount["currency"], amount["qualifier"], amount["min"]) == ("EUR", "over", 1_000_000)


def test_the_torino_report_doubts_the_day_in_its_header(torino):
    assert (torino["published"], torino["published_from"], torino["published_trust"]) == ("2024-03-19", "header", "low")
    assert torino["published_doubts"]


def test_no_deal_is_made_of_the_project(torino):
    parties = [party["name"] for deal in torino["deals"] for party in deal["parties"]]
    assert not [name for name in parties if "Concept" in name]


def last_sentence(deal, torino):
    """Whether the deal is told where the report's last sentence begins: "Kamaz «nel 2013 ha assegnato ..."."""
    return all(place["start"] >= torino["text"].index("Kamaz «nel 2013") for place in deal["evidence"])


def test_the_torino_report_tells_the_order_of_2013(torino):
    [first] = [deal for deal in torino["deals"] if deal["amount"]]
    assert (first["type"], first["date"], first["amount"]["min"]) == ("order", "2013", 1_000_000)
    assert [(party["name"], party["role"]) for party in first["parties"]] == [
        ("Kamaz", "client"),
        ("due aziende piemontesi", "supplier"),
    ]


def test_the_torino_report_tells_three_deals(torino):
    first, others, offer = [deal for deal in torino["deals"] if last_sentence(deal, torino)]
    assert {deal["type"] for deal in (first, others, offer)} == {"order"}
    assert all(
        (deal["parties"][0]["name"], deal["parties"][0]["role"]) == ("Kamaz", "client") for deal in (others, offer)
    )
    assert (first["status"], first["date"], first["amount"]["min"]) == ("signed", "2013", 1_000_000)
    assert [party["name"] for party in first["parties"]] == ["Kamaz", "due aziende piemontesi"]
    assert others["status"] in {"signed", "completed"}
    assert offer["status"] == "negotiation"
    assert first["subject"] in {"cabina di camion", "restyling di una cabina di camion"}
    assert others["subject"] in {"componentistica", "acquisto di componentistica"}
    assert offer["subject"] == "attrezzature e impiantistica industriale"
    assert [bool(deal["amount"] or deal["date"]) for deal in (others, offer)] == [False, False]


def test_each_of_the_three_has_its_subject(torino):
    _, others, offer = [deal for deal in torino["deals"] if last_sentence(deal, torino)]
    assert others["subject"] in {"componentistica", "acquisto di componentistica"}
    assert offer["subject"] == "attrezzature e impiantistica industriale"


def test_no_deal_is_made_of_the_meeting(torino):
    assert all(last_sentence(deal, torino) for deal in torino["deals"])


BARE = [  # how else the report may be printed: before it, where it begins
    ("", "I costruttori russi"),
    ("19 marzo 2024\nAggiornato 10:30\n", "I costruttori russi"),
    ("I costruttori russi sbarcano in Piemonte\n\n", "TORINO - "),
]


@pytest.mark.parametrize(("before", "begin"), BARE)
def test_as_bare_text_it_tells_the_same_three(torino, run_affari, tmp_path, before, begin):
    text = torino["text"]
    (tmp_path / "report.txt").write_text(before + text[text.index(begin) :], encoding="utf-8")
    bare = json.loads(run_affari("extract", str(tmp_path / "report.txt"), "--published", "2014-11-19").out)
    assert all(last_sentence(deal, bare) for deal in bare["deals"])
    assert [deal["status"] for deal in bare["deals"]] == ["signed", "signed", "negotiation"]
    [first] = [deal for deal in bare["deals"] if deal["amount"]]
    assert (first["date"], first["amount"]["min"]) == ("2013", 1_000_000)
