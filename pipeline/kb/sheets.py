"""Deals as tables of files: CSV, JSON lines, XLSX, Parquet. The last two need the extra `affari[export]`."""

import csv
import importlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

from pipeline.errors import InputError
from pipeline.kb.rows import DealRow, Sentence

Cell = str | int | float | bool | Decimal | None
Sentences = Mapping[str, tuple[Sentence, ...]]
# what Excel would take for a formula when it opens a CSV: "=2+3", "@x", "-5" as text; not "Alfa"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def deal_cells(deal: DealRow, proofs: tuple[Sentence, ...]) -> dict[str, Cell]:
    """Return a deal as one row; sums in units of their currency, lower and upper bound."""
    amount = deal.amount
    first = proofs[0] if proofs else None
    return {
        "id": deal.id,
        "date": deal.date,
        "day": deal.day,
        "type": deal.type,
        "status": deal.status,
        "denied": deal.denied,
        "parties": "; ".join(f"{party.role} {party.name}" for party in deal.parties),
        "currency": amount.currency if amount else None,
        "qualifier": amount.qualifier.value if amount else None,
        "amount_low": (amount.value if amount.value is not None else amount.min) if amount else None,
        "amount_high": (amount.value if amount.value is not None else amount.max) if amount else None,
        "amount_eur": deal.amount_eur,
        "stake": deal.stake,
        "stake_after": deal.stake_after,
        "subject": deal.subject,
        "confidence": round(deal.confidence, 4),
        "sources": deal.sources,
        "articles": deal.articles,
        "disputed": deal.disputed,
        "review": deal.review,
        "first_seen": deal.first_seen,
        "last_changed": deal.last_changed,
        "evidence": " ".join(first.sentence.split()) if first else None,
        "source": first.source if first else None,
        "published": first.published if first else None,
        "url": first.url if first else None,
    }


def party_cells(deals: Iterable[DealRow]) -> list[dict[str, Cell]]:
    """Return a row for each party of each deal."""
    return [
        {"deal": deal.id, "role": party.role, "name": party.name, "entity": party.entity, "type": deal.type}
        for deal in deals
        for party in deal.parties
    ]


def rows_of(deals: tuple[DealRow, ...], proofs: Sentences) -> list[dict[str, Cell]]:
    """Return all deals as rows."""
    return [deal_cells(deal, proofs[deal.id]) for deal in deals]


def columns_of(rows: list[dict[str, Cell]], example: Mapping[str, Cell]) -> list[str]:
    """Return the columns, also of no rows at all."""
    return list(rows[0] if rows else example)


def write_csv(path: Path, deals: tuple[DealRow, ...], proofs: Sentences) -> dict[str, int]:
    """Write UTF-8 with commas and decimal points."""
    rows = rows_of(deals, proofs)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns_of(rows, EMPTY))
        writer.writerows([plain_cell(value) for value in row.values()] for row in rows)
    return {"deals": len(rows)}


def write_italian_csv(path: Path, deals: tuple[DealRow, ...], proofs: Sentences) -> dict[str, int]:
    """Write what an Italian Excel opens by a double click: a byte order mark, semicolons, decimal commas, CRLF."""
    rows = rows_of(deals, proofs)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(columns_of(rows, EMPTY))
        writer.writerows([italian_cell(value) for value in row.values()] for row in rows)
    return {"deals": len(rows)}


def plain_cell(value: Cell) -> Cell:
    """Return a cell of CSV: nothing for None, true and false in small letters."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else value


def italian_cell(value: Cell) -> Cell:
    """Return a cell that Excel reads as what it is: "1234,5" for a number, never a formula."""
    if isinstance(value, bool):
        return "sì" if value else "no"
    if isinstance(value, (Decimal, float)):
        return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else str(value).replace(".", ",")
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else value


def write_ndjson(path: Path, deals: tuple[DealRow, ...], proofs: Sentences) -> dict[str, int]:
    """Write a JSON object a line: the deal, its parties, every sentence that proves it."""
    with path.open("w", encoding="utf-8") as file:
        for deal in deals:
            record = {name: as_number(value) for name, value in deal_cells(deal, ()).items()}
            record["parties"] = [asdict(party) for party in deal.parties]
            record["evidence"] = [asdict(sentence) for sentence in proofs[deal.id]]
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return {"deals": len(deals), "sentences": sum(len(found) for found in proofs.values())}


def as_number(value: Cell) -> Any:
    """Return what JSON, Excel and Arrow have for a Decimal."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def write_xlsx(path: Path, deals: tuple[DealRow, ...], proofs: Sentences) -> dict[str, int]:
    """Write a workbook with the sheets deals, parties and evidence."""
    workbook = load_extra("openpyxl").Workbook(write_only=True)
    sentences = [asdict(s) for found in proofs.values() for s in found]
    sheets = {"deals": rows_of(deals, proofs), "parties": party_cells(deals), "evidence": sentences}
    examples = {"deals": EMPTY, "parties": dict.fromkeys(PARTY_COLUMNS), "evidence": dict.fromkeys(SENTENCE_COLUMNS)}
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        sheet.freeze_panes = "B2"
        sheet.append(columns_of(rows, examples[name]))
        for row in rows:
            sheet.append([excel_cell(sheet, value) for value in row.values()])
    with path.open("wb") as file:
        workbook.save(file)
    return {name: len(rows) for name, rows in sheets.items()}


def excel_cell(sheet: Any, value: Cell) -> Any:
    """Return a cell of a workbook: text that begins with "=" stays text; what XML cannot hold becomes a space."""
    if not isinstance(value, str):
        return as_number(value)
    cells = importlib.import_module("openpyxl.cell")
    clean = "".join(char if char.isprintable() or char in "\n\t" else " " for char in value)[:32767]
    cell = cells.WriteOnlyCell(sheet, value=clean)
    cell.data_type = "s"
    return cell


def write_parquet(path: Path, deals: tuple[DealRow, ...], proofs: Sentences) -> dict[str, int]:
    """Write one row a deal, with its parties and sentences as nested lists."""
    arrow, parquet = load_extra("pyarrow"), load_extra("pyarrow.parquet")
    rows = [
        {name: as_number(value) for name, value in row.items()}
        | {"parties": [asdict(party) for party in deal.parties], "evidence": [asdict(s) for s in proofs[deal.id]]}
        for deal, row in zip(deals, rows_of(deals, proofs), strict=True)
    ]
    with path.open("wb") as file:
        parquet.write_table(arrow.Table.from_pylist(rows, schema=arrow_schema(arrow)), file)
    return {"deals": len(rows)}


def arrow_schema(arrow: Any) -> Any:
    """Return the types of the columns, so that an empty export has them too."""
    text, number, whole = arrow.string(), arrow.float64(), arrow.int64()
    kinds = {"denied": arrow.bool_(), "sources": whole, "articles": whole, "disputed": whole}
    kinds |= dict.fromkeys(("amount_low", "amount_high", "amount_eur", "stake", "stake_after", "confidence"), number)
    kinds["parties"] = arrow.list_(arrow.struct([(name, text) for name in ("role", "name", "entity")]))
    sentence = [(name, whole if name.startswith("char_") else text) for name in SENTENCE_COLUMNS]
    kinds["evidence"] = arrow.list_(arrow.struct(sentence))
    return arrow.schema([(name, kinds.get(name, text)) for name in EMPTY])


def load_extra(module: str) -> ModuleType:
    """Import what only exports need; raises InputError that says how to get it."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        name = module.partition(".")[0]
        raise InputError(f'this format needs {name}: pip install "affari[export]"; csv, ndjson, ftm do not') from error


PARTY_COLUMNS = ("deal", "role", "name", "entity", "type")
SENTENCE_COLUMNS = tuple(Sentence.__dataclass_fields__)
EMPTY: Mapping[str, Cell] = deal_cells(
    DealRow(
        id="",
        title="",
        type="",
        status="",
        denied=False,
        date=None,
        day=None,
        amount=None,
        amount_eur=None,
        stake=None,
        stake_after=None,
        subject=None,
        parties=(),
        confidence=0,
        sources=0,
        articles=0,
        disputed=0,
        review="",
        first_seen="",
        last_changed="",
    ),
    (),
)
