# ruff: noqa: E501 - the rows of a table are sentences; cut in two they are hard to read
"""The fifteen questions on a small base in which the answers were planted, each with what must not be among them."""

import re
from datetime import UTC, date, datetime

import pytest

from pipeline.errors import InputError
from pipeline.kb.asked import CHECKS, check_value, explain_nothing
from pipeline.kb.decisions import Signature, reject, say_same
from pipeline.kb.questions import ask, read_questions
from pipeline.records import Mention, Person
from tests.pipeline.kb.told import article, euros, open_base, reading, save, tell, told_deal

TODAY = date(2026, 3, 1)


def million(number):
    return lambda text: euros(text, f"{number} milioni di euro", f"{number}000000")


def plant_purchases(base):
    """D1 to D4: Piemonte in time, Piemonte too old, Lombardia, Piemonte without a sum."""
    rows = [
        (1, "La Kamaz ha comprato la Tessitura Valdera di Biella per 12 milioni di euro.", "Tessitura Valdera", "2025-11-03"),
        (2, "La Kamaz ha comprato la Meccanica Sesia di Vercelli per 9 milioni di euro.", "Meccanica Sesia", "2024-02-01"),
        (3, "La Kamaz ha comprato la Filatura Orobia di Bergamo per 90 milioni di euro.", "Filatura Orobia", "2025-12-01"),
        (4, "La Kamaz ha comprato la Cartiera Maira di Cuneo.", "Cartiera Maira", "2026-01-15"),
    ]  # fmt: skip
    for number, sentence, target, day in rows:
        amount = million(sentence.split(" milioni")[0].rsplit(" ", 1)[1]) if "milioni" in sentence else None
        tell(
            base,
            number,
            sentence,
            {"Kamaz": "buyer", target: "target"},
            amount=amount,
            date=day,
            day=day,
            status="completed",
        )


def plant_orders(base):
    """D5 to D7: aerospace above ten million, aerospace below, buses above."""
    rows = [
        (5, "Avionica Lucana fornirà ali per aeronautica alla Lloyd Ligure per 20 milioni di euro.", "Avionica Lucana", "20"),
        (6, "Satelliti Irpini fornirà antenne aerospaziali alla Banca Sesia per 5 milioni di euro.", "Satelliti Irpini", "5"),
        (7, "Officine Carbus fornirà autobus alla Ferrovie Iblee per 30 milioni di euro.", "Officine Carbus", "30"),
    ]  # fmt: skip
    for number, sentence, supplier, sum_ in rows:
        client = sentence.split(" alla ")[1].split(" per ")[0]
        tell(
            base,
            number,
            sentence,
            {supplier: "supplier", client: "client"},
            type="order",
            amount=million(sum_),
            date="2026-02-02",
        )


def plant_partners(base):
    """D8 to D10: Valgrande with Hydrovolt twice, with Brenta Gas once."""
    rows = [
        (8, "Valgrande e Hydrovolt firmano un accordo sull'idrogeno.", "Hydrovolt", "partnership", "2026-01-10"),
        (9, "Valgrande e Hydrovolt concordano forniture a Brescia.", "Hydrovolt", "supply_agreement", "2026-02-10"),
        (10, "Valgrande e Brenta Gas collaborano sui biocarburanti.", "Brenta Gas", "partnership", "2026-02-20"),
    ]
    for number, sentence, other, type, day in rows:
        roles = ("partner", "partner") if type == "partnership" else ("client", "supplier")
        tell(base, number, sentence, dict(zip(("Valgrande", other), roles, strict=True)), type=type, date=day, day=day)


def plant_rest(base):
    """D11 open since June, D12 a rumour of 500 million, D13 and D14 grants in Cuneo and Asti, D15 doubtful, D16 rejected."""
    tell(
        base,
        11,
        "Tirso Energia annuncia l'acquisto di Eolica Sulcis.",
        {"Tirso Energia": "buyer", "Eolica Sulcis": "target"},
        status="announced",
        date="2025-06-01",
        day="2025-06-01",
    )
    tell(
        base,
        12,
        "Si parla di una vendita di Acciai Ofanto a Forni Daunia per 500 milioni di euro.",
        {"Forni Daunia": "buyer", "Acciai Ofanto": "target"},
        amount=million("500"),
        status="rumour",
        date="2026-02-11",
    )
    tell(
        base,
        13,
        "La Regione Piemonte dà un contributo alla Dolciaria Tanaro di Alba.",
        {"Regione Piemonte": "grantor", "Dolciaria Tanaro": "beneficiary"},
        type="grant",
        date="2026-02-12",
    )
    tell(
        base,
        14,
        "La Regione Piemonte dà un contributo alla Vini Belbo di Asti.",
        {"Regione Piemonte": "grantor", "Vini Belbo": "beneficiary"},
        type="grant",
        date="2026-02-13",
    )
    tell(
        base,
        15,
        "Forse la Marmi Apuani chiude un prestito con la Cassa Lunense.",
        {"Marmi Apuani": "borrower", "Cassa Lunense": "lender"},
        type="loan",
        confidence=0.3,
        date="2026-02-14",
    )
    tell(
        base,
        16,
        "La Gomma Ticino ha rilevato la Suole Marchigiane per 99 milioni di euro.",
        {"Gomma Ticino": "buyer", "Suole Marchigiane": "target"},
        amount=million("99"),
        date="2026-02-15",
    )
    reject(base.db, "D16", Signature("anna", None, datetime(2026, 3, 1, tzinfo=UTC)))


def plant_dispute_and_office(base):
    """Another paper gives another sum for D1; Anna Ferri is head of Valgrande, Ugo Neri its president."""
    sentence = "È ufficiale: Kamaz ha comprato Tessitura Valdera per 14 milioni di euro."
    tell(
        base,
        17,
        sentence,
        {"Kamaz": "buyer", "Tessitura Valdera": "target"},
        amount=million("14"),
        date="2025-11-03",
        day="2025-11-04",
        status="completed",
    )
    told = article(
        18,
        "Anna Ferri, amministratrice delegata di Valgrande, e Ugo Neri, presidente di Valgrande, hanno parlato.",
        day="2026-02-18",
    )
    people = tuple(
        Person(name, (Mention(told.text.index(name), told.text.index(name) + len(name), name),), office, "Valgrande")
        for name, office in (("Anna Ferri", "Amministratrice delegata"), ("Ugo Neri", "presidente"))
    )
    save(base, told, reading(told, ("Valgrande",), people=people))
    stubs = article(19, "Idrogeno, nessuna operazione in vista.", title="Idrogeno")
    save(base, stubs, reading(stubs, ()))


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    with open_base(tmp_path_factory.mktemp("kb")) as base:
        for plant in (plant_purchases, plant_orders, plant_partners, plant_rest, plant_dispute_and_office):
            plant(base)
        yield base


def answer(base, name, **given):
    result = ask(base.db, name, given, today=TODAY)
    return [dict(zip(result.columns, row, strict=True)) for row in result.rows]


def column(rows, name):
    return [row[name] for row in rows]


ANSWERS = [  # question, parameters, column, what stands in it
    ("buyers", {"region": "Piemonte"}, "deal", ["D1", "D4"]),
    ("buyers", {"region": "Piemonte"}, "targets", ["Tessitura Valdera", "Cartiera Maira"]),
    ("buyers", {"region": "Lombardia"}, "amount_eur", [90000000.0]),
    ("buyers", {"region": "Molise"}, "deal", []),
    ("largest", {"year": "2026"}, "deal", ["D7", "D5", "D6"]),
    ("largest", {"year": "2024"}, "deal", ["D2"]),
    ("proof", {"deal": "D1"}, "source", ["giornale1", "giornale17"]),
    ("timeline", {"org": "kamaz"}, "deal", ["D2", "D1", "D3", "D4"]),
    ("timeline", {"org": "O1"}, "deal", ["D2", "D1", "D3", "D4"]),
    ("timeline", {"org": "Gomma Ticino"}, "deal", []),
    ("suppliers", {}, "supplier", ["Avionica Lucana"]),
    ("suppliers", {"min_eur": "1000000"}, "supplier", ["Avionica Lucana", "Satelliti Irpini"]),
    ("suppliers", {"words": "autobus"}, "total_eur", [30000000.0]),
    ("partners", {"org": "Valgrande"}, "partner", ["Hydrovolt", "Brenta Gas"]),
    ("partners", {"org": "Valgrande"}, "deals", [2, 1]),
    ("officers", {"org": "Valgrande"}, "person", ["Anna Ferri"]),
    ("officers", {"org": "Valgrande", "office": "presidente"}, "person", ["Ugo Neri"]),
    ("officers", {"org": "Valgrande"}, "first_seen", ["2026-02-18"]),
    ("open", {}, "deal", ["D11"]),
    ("contradictions", {"field": "amount"}, "deal", ["D1"]),
    ("contradictions", {"field": "stake"}, "deal", []),
    ("articles", {"words": "idrogeno"}, "article", [8]),
    ("news", {"since": "2020-01-01", "type": "order"}, "why", ["new"] * 3),
    ("news", {"since": "2020-01-01", "type": "acquisition", "region": "Lombardia"}, "deal", ["D3"]),
    ("news", {"since": "2100-01-01", "type": "order"}, "deal", []),
    ("grants", {"province": "CN"}, "deal", ["D13"]),
    ("grants", {"province": "AT"}, "beneficiaries", ["Vini Belbo"]),
    ("check", {}, "deal", ["D1", "D15"]),
    ("lastrun", {}, "unread_articles", [0]),
    ("lastrun", {}, "status", ["done"]),
]  # fmt: skip


@pytest.mark.parametrize(("question", "given", "name", "held"), ANSWERS)
def test_the_planted_answer_comes_out(planted, question, given, name, held):
    assert column(answer(planted, question, **given), name) == held


def test_deals_per_quarter(planted):
    rows = {(row["quarter"], row["type"]): (row["deals"], row["amount_eur"]) for row in answer(planted, "quarters")}
    assert rows["2026-T1", "order"] == (3, 55000000.0)
    assert rows["2025-T4", "acquisition"][0] == 2
    assert ("2026-T1", "loan") in rows


def test_what_the_sources_say_is_told(planted):
    (row,) = answer(planted, "contradictions", field="amount")
    assert set(row["told"].split(",")) == {"EUR exact 12000000", "EUR exact 14000000"}


def test_aliases_join_the_timeline(tmp_path):
    with open_base(tmp_path) as base:
        plant_partners(base)
        say_same(base.db, "O3", "O2", Signature("anna", None, datetime(2026, 3, 1, tzinfo=UTC)))
        assert column(answer(base, "timeline", org="Brenta Gas"), "deal") == ["D1", "D2", "D3"]


def test_every_question_is_asked_here_and_has_its_titles():
    assert len(read_questions()) == 15
    assert {name for name, *_ in ANSWERS} | {"quarters"} == set(read_questions())
    for question in read_questions().values():
        assert question.titolo.endswith(("?", ")", "link", "alias", "rumor", "operazione"))
        named = {parameter.name for parameter in question.parameters}
        assert all(f":{name}" in question.sql for name in named)


BAD = [
    ("compratori", {}, "no question 'compratori'; there are: articles, buyers"),
    ("buyers", {"regione": "x"}, "buyers has no parameter regione; it has: region, today"),
    ("lastrun", {"x": "y"}, "it has: none"),
    ("articles", {"words": '"'}, "a full-text query is words"),
    ("buyers", {"region": "Piemont"}, "region: Italy has no region 'Piemont'; perhaps Piemonte?"),
    ("buyers", {"region": "Baviera"}, "there are Abruzzo, Basilicata"),
    ("buyers", {"today": "ieri"}, "today: 'ieri' is no day; write 2026-03-01"),
    ("grants", {"province": "Cuneo"}, "Italy has no province 'Cuneo'; write its two letters"),
    ("largest", {"year": "26"}, "year: '26' is no year"),
    ("news", {"type": "takeover"}, "type: 'takeover'; write one of acquisition"),
    ("news", {"since": "2026-02-30"}, "not in the calendar"),
    ("suppliers", {"min_eur": "dieci"}, "min_eur: 'dieci' is no number"),
    ("check", {"below": "nan"}, "is no number"),
    ("contradictions", {"field": "price"}, "a deal has no field 'price'; it has type, status"),
]


def test_a_region_and_a_province_are_found_whatever_their_case(planted):
    assert answer(planted, "buyers", region="PIEMONTE") == answer(planted, "buyers", region="Piemonte") != []
    assert check_value("region", "emilia romagna") == "Emilia-Romagna"
    assert answer(planted, "grants", province="cn") == answer(planted, "grants", province="CN") != []


def test_a_parameter_is_checked_or_any_words():
    free = {"org", "office", "deal", "words"}
    assert {p.name for question in read_questions().values() for p in question.parameters} == CHECKS.keys() | free


NOBODY = [  # name, whom it may mean
    ("Kamatz", "nobody called 'Kamatz' is known; the nearest are Kamaz (O1)"),
    ("tessitura val dera", "nearest are Tessitura Valdera (O2)"),
    ("Xyzzy", "nobody called 'Xyzzy' is known$"),
]


@pytest.mark.parametrize(("name", "message"), NOBODY)
def test_an_unknown_name_is_said_with_the_nearest(planted, name, message):
    assert ask(planted.db, "timeline", {"org": name}, today=TODAY).rows == ()
    assert re.search(message.replace("(", r"\(").replace(")", r"\)"), explain_nothing(planted.db, {"org": name}) or "")


def test_a_known_name_without_rows_is_not_called_unknown(planted):
    assert explain_nothing(planted.db, {"org": "kamaz"}) is None
    with pytest.raises(InputError, match="there is no deal D99"):
        explain_nothing(planted.db, {"deal": "D99"})


@pytest.mark.parametrize(("name", "given", "message"), BAD)
def test_a_question_that_cannot_be_asked_is_an_error(planted, name, given, message):
    with pytest.raises(InputError, match=message):
        ask(planted.db, name, given, today=TODAY)


def test_no_question_can_change_the_base(planted):
    assert told_deal
    for question in read_questions().values():
        body = [line for line in question.sql.splitlines() if not line.startswith("--")]
        assert body[0].startswith("SELECT")
        assert ";" not in "".join(body).replace("'; '", "")
