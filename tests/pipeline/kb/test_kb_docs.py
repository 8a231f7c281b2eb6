"""docs/kb.md is what the schema says, and its queries run."""

import re
from pathlib import Path

from pipeline.kb.docs import write_docs

DOCS = Path(__file__).resolve().parents[3] / "docs" / "kb.md"


def test_the_docs_are_current():
    assert DOCS.read_text("utf-8") == write_docs(), "run python -m pipeline.kb.docs"


def test_every_table_and_column_is_described(base):
    text = write_docs()
    for row in base.db.execute(
        "SELECT name FROM sqlite_master WHERE type IN('table','view') AND name NOT LIKE 'sqlite%'"
    ):
        name = row["name"]
        if re.search(r"_fts_|_sqlite_", name):
            continue
        assert f"### `{name}`" in text
        part = text.split(f"### `{name}`")[1].split("\n### ")[0]
        for column in base.db.execute(f"PRAGMA table_xinfo({name})"):
            assert column["name"] in part or name.endswith("_fts") or "SELECT *" in part


def test_the_queries_of_the_docs_run(kamaz):
    queries = [
        block for block in re.findall(r"```sql\n(.*?)```", write_docs(), re.DOTALL) if "CREATE VIEW" not in block
    ]
    statements = [part for block in queries for part in block.split(";") if "SELECT" in part]
    assert len(statements) == 8
    for statement in statements:
        kamaz.db.execute(statement).fetchall()
