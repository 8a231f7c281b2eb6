"""Exports open in their own readers and say the same as the ledger; never in place of a file, never half."""

import csv
import hashlib
import io
import json
from decimal import Decimal

import openpyxl
import pandas
import pyarrow.parquet
import pytest
from followthemoney import model

from pipeline.errors import InputError, RefusedError
from pipeline.kb.export import Format, export, format_of, hash_ledger
from pipeline.kb.read import DealFilter, read_deals
from pipeline.records import Mention, Organisation, Person
from tests.pipeline.kb.told import article, clock, euros, over, reading, save, tell, told_deal

NOW = clock()()


@pytest.fixture
def told(base):
    tell(
        base,
        1,
        "La Officine Brembate ha comprato il 60% della Tessitura Valdera per 12 milioni di euro.",
        {"Officine Brembate": "buyer", "Tessitura Valdera": "target"},
        amount=lambda text: euros(text, "12 milioni di euro", "12000000.50"),
        status="completed",
        date="2026-02",
        stake="60",
    )
    tell(
        base,
        2,
        "La Kamaz, con =Alfa; Beta, dà a due aziende piemontesi un ordine per oltre un milione.",
        {"Kamaz": "client", "due aziende piemontesi": "supplier", "=Alfa; Beta": "advisor"},
        unnamed=("due aziende piemontesi",),
        type="order",
        amount=lambda text: over(text, "oltre un milione", "1000000", "USD"),
        subject="=stile 'e' \"ingegneria\"",
    )
    supplies = "La Officine Brembate fornirà cerchi alla Lloyd Ligure fino al 2030."
    tell(base, 4, supplies, {"Lloyd Ligure": "client", "Officine Brembate": "supplier"}, type="supply_agreement")
    body = (
        "La Banca Sesia presta 3 milioni di euro alla Lloyd Ligure, dice Guido Ferrero, presidente della Lloyd Ligure."
    )
    loan = article(3, body)
    parties = {"Banca Sesia": "lender", "Lloyd Ligure": "borrower", "Guido Ferrero": "guarantor"}
    amount = euros(loan.text, "3 milioni di euro", "3000000")
    deal = told_deal(loan.text, "loan", parties, sentence=body, amount=amount)
    start = loan.text.index("Guido Ferrero")
    spans = (Mention(start, start + 13, "Guido Ferrero"),)
    ferrero = Person("Guido Ferrero", spans, "presidente", "Lloyd Ligure")
    said = reading(loan, ("Banca Sesia", "Lloyd Ligure"), (deal,), people=(ferrero,))
    save(base, loan, said)
    assert isinstance(said.organisations[0], Organisation)
    return base


ALL = DealFilter()


def write(base, path, form=None, wanted=ALL):
    return export(base.db, path, format_of(path, form), wanted, now=NOW)


def test_csv(told, tmp_path):
    done = write(told, tmp_path / "d.csv")
    rows = list(csv.DictReader(io.StringIO(done.path.read_text("utf-8"))))
    assert [row["id"] for row in rows] == [deal.id for deal in read_deals(told.db)]
    (bought,) = [row for row in rows if row["type"] == "acquisition"]
    assert (bought["amount_low"], bought["stake"], bought["denied"]) == ("12000000.5", "60", "false")
    assert bought["evidence"].startswith("La Officine Brembate ha comprato")
    assert bought["url"] == "https://giornale.example/1"


def test_csv_for_an_italian_excel(told, tmp_path):
    done = write(told, tmp_path / "d.csv", "italian-csv")
    raw = done.path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = {row["type"]: row for row in csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";")}
    assert (rows["acquisition"]["amount_low"], rows["acquisition"]["denied"]) == ("12000000,5", "no")
    assert rows["order"]["subject"] == "'=stile 'e' \"ingegneria\""


def test_ndjson(told, tmp_path):
    done = write(told, tmp_path / "d.ndjson")
    rows = [json.loads(line) for line in done.path.read_text("utf-8").splitlines()]
    (order,) = [row for row in rows if row["type"] == "order"]
    assert {"role": "supplier", "name": "due aziende piemontesi", "entity": None} in order["parties"]
    (sentence,) = order["evidence"]
    assert sentence["sentence"].startswith("La Kamaz, con =Alfa")


def test_xlsx(told, tmp_path):
    done = write(told, tmp_path / "d.xlsx")
    book = openpyxl.load_workbook(done.path)
    assert book.sheetnames == ["deals", "parties", "evidence"]
    deals = pandas.read_excel(done.path, sheet_name="deals").set_index("type")
    assert deals.loc["acquisition", "amount_low"] == 12000000.5
    assert deals.loc["order", "subject"] == "=stile 'e' \"ingegneria\""
    parties = pandas.read_excel(done.path, sheet_name="parties")
    assert list(parties["name"]).count("=Alfa; Beta") == 1
    assert len(parties) == done.counts["parties"] == 10
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]


def test_parquet(told, tmp_path):
    done = write(told, tmp_path / "d.parquet")
    table = pyarrow.parquet.read_table(done.path)
    rows = {row["type"]: row for row in table.to_pylist()}
    assert rows["acquisition"]["amount_low"] == 12000000.5
    assert {party["name"] for party in rows["loan"]["parties"]} == {"Banca Sesia", "Lloyd Ligure", "Guido Ferrero"}
    assert str(table.schema.field("amount_eur").type) == "double"


@pytest.mark.parametrize("form", list(Format))
def test_nothing_to_export_is_an_empty_file_with_its_columns(base, tmp_path, form):
    done = write(base, tmp_path / "d.x", form.value)
    assert done.counts["deals"] == 0
    if form is Format.PARQUET:
        assert pyarrow.parquet.read_table(done.path).num_rows == 0
        assert "parties" in pyarrow.parquet.read_schema(done.path).names
    if form is Format.CSV:
        assert done.path.read_text().startswith("id,date,day,type,status")


def ftm_of(told, tmp_path):
    path = write(told, tmp_path / "d.ftm").path
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_ftm_entities_are_linked_to_each_other(told, tmp_path):
    entities = ftm_of(told, tmp_path)
    ids = [entity["id"] for entity in entities]
    assert len(ids) == len(set(ids))
    ends = ("owner", "asset", "supplier", "contract", "authority", "debtor", "creditor", "director", "organization")
    pointed = {value for entity in entities for end in ends for value in entity["properties"].get(end, ())}
    assert pointed <= set(ids)
    schemas = sorted(entity["schema"] for entity in entities)
    assert schemas == sorted(
        ["Company"] * 6 + ["Person", "Ownership", "Contract", "Contract", "ContractAward", "Debt", "Directorship"]
    )
    (owned,) = [entity for entity in entities if entity["schema"] == "Ownership"]
    assert owned["properties"]["percentage"] == ["60"]
    assert owned["properties"]["date"] == ["2026-02"]


def test_ftm_entities_are_valid_for_followthemoney(told, tmp_path):
    for entity in ftm_of(told, tmp_path):
        proxy = model.get_proxy(entity, cleaned=False)
        proxy.schema.validate(entity)
        kept = {name: sorted(proxy.get(name)) for name in entity["properties"]}
        assert kept == {name: sorted(values) for name, values in entity["properties"].items()}


def test_the_manifest_says_what_is_in_the_file(told, tmp_path):
    wanted = DealFilter(types=("order",), min_amount=None, since="2026-01-01")
    done = write(told, tmp_path / "d.csv", None, wanted)
    manifest = json.loads(done.manifest.read_text("utf-8"))
    assert manifest["sha256"] == hashlib.sha256(done.path.read_bytes()).hexdigest()
    assert manifest["query"] == {"types": ["order"], "since": "2026-01-01"}
    assert manifest["counts"] == {"deals": 1}
    assert manifest["ledger_sha256"] == hash_ledger(told.db)
    assert manifest["models"] == [{"pipeline": "blank:it", "tagger": "affari", "version": "1", "articles": 4}]
    tell(told, 5, "La Alfa apre a Bari.", {"Alfa": "investor"}, type="investment")
    assert manifest["ledger_sha256"] != hash_ledger(told.db)


@pytest.mark.parametrize("name", ["d.csv", "d.csv.manifest.json"])
def test_a_file_that_is_there_is_left_alone(told, tmp_path, name):
    (tmp_path / name).write_text("mio")
    with pytest.raises(RefusedError, match="is there already; nothing was written"):
        write(told, tmp_path / "d.csv")
    assert (tmp_path / name).read_text() == "mio"
    assert {path.name for path in tmp_path.iterdir() if path.name.startswith("d.")} == {name}


def test_a_suffix_without_format_is_refused(told, tmp_path):
    with pytest.raises(InputError, match=r"no format has the suffix '.doc'"):
        write(told, tmp_path / "d.doc")


def test_sums_stay_exact_to_the_cent(told):
    (deal,) = read_deals(told.db, DealFilter(types=("acquisition",)))
    assert deal.amount is not None
    assert deal.amount.value == Decimal("12000000.50")
