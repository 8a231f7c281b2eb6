"""Rewrite the golden records: `make golden`. Read the diff before you commit."""

import json
from datetime import date
from pathlib import Path

from benchmarks.corpus import ROOT, read_gold
from pipeline.config import load_config
from pipeline.contract import extraction_record, make_article_text
from pipeline.reader import load_reader
from pipeline.records import Extraction

FOLDER = Path(__file__).parent
ARTICLES = ("deals/w1/w1-039", "deals/w5/w5-028")
UNSTEADY = ("model", "confidence")  # versions, and numbers that differ a little from processor to processor


def read_records() -> dict[str, str]:
    """Return the record of each golden article by its id, as sorted JSON."""
    reader = load_reader(load_config(ROOT / "config.toml"))
    golds = [read_gold(ROOT / "models" / "corpus" / f"{name}.xml", "deals") for name in ARTICLES]
    articles = [
        make_article_text(gold.text, id=gold.id, title=gold.title, published=date.fromisoformat(gold.published or ""))
        for gold in golds
    ]
    return {each.article.id: _write(each) for each in reader.read(articles) if isinstance(each, Extraction)}


def _write(extraction: Extraction) -> str:
    record = extraction_record(extraction)
    return json.dumps(_steady(record), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _steady(value: object) -> object:
    if isinstance(value, dict):
        return {key: _steady(each) for key, each in value.items() if key not in UNSTEADY}
    return [_steady(each) for each in value] if isinstance(value, list) else value


def main() -> None:
    """Write every record beside this file."""
    for id, record in read_records().items():
        (FOLDER / f"{id}.json").write_text(record, encoding="utf-8")


if __name__ == "__main__":
    main()
