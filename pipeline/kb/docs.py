"""Writes docs/kb.md from the schema: every table and view with its comments, every question."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.kb.migrations import known_names
from pipeline.kb.questions import read_questions
from pipeline.kb.statements import HERE, iter_schema_statements, read_schema

HEADING = re.compile(r"^-- ([A-Z][A-Z ]+[A-Z])(?: \((.+)\))?$")  # "-- WHERE TEXT COMES FROM", not "-- A newspaper"
MADE = re.compile(r"^CREATE (TABLE|VIEW|VIRTUAL TABLE) (\w+)")
# "  id INTEGER PRIMARY KEY," and "  slug TEXT NOT NULL UNIQUE, -- its folder"; not "  UNIQUE(stage, item)"
COLUMN = re.compile(r"^  (\w+) (TEXT|INTEGER|REAL|BLOB)\b(.*?),?(?: -- (.+))?$")
REFERENCE = re.compile(r"REFERENCES (\w+)\((\w+)\)")
CHOICE = re.compile(r"CHECK\(\w+ IN\((.+?)\)\)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the schema writes it."""

    name: str
    kind: str
    rest: str
    comment: str

    def row(self) -> str:
        """Return a row of a Markdown table."""
        said = [self.comment] if self.comment else []
        if found := REFERENCE.search(self.rest):
            said.append(f"→ `{found[1]}.{found[2]}`")
        if (found := CHOICE.search(self.rest)) and found[1] != "0,1":
            said.append(found[1].replace("'", "").replace(",", ", "))
        kind = (
            self.kind.lower()
            if "NOT NULL" in self.rest or "PRIMARY" in self.rest
            else f"{self.kind.lower()}, may be NULL"
        )
        return f"| `{self.name}` | {kind} | {'; '.join(said)} |"


def write_docs() -> str:
    """Return docs/kb.md."""
    parts = [(HERE / "schema" / "head.md").read_text(encoding="utf-8")]
    for migration in known_names():
        if (HERE / "schema" / f"{migration}.sql").exists():  # others change rows only
            parts += describe_schema(read_schema(migration))
    return "\n".join([*parts, *describe_questions()]) + "\n"


def describe_schema(text: str) -> Iterator[str]:
    """Give the lines about the tables and views of one schema file."""
    for statement in iter_schema_statements(text):
        lines = statement.splitlines()
        comments = [line for line in lines if line.startswith("-- ")]
        for line in comments:
            if found := HEADING.match(line):
                yield f"\n## {found[1].capitalize()}{f' ({found[2]})' if found[2] else ''}"
        made = next((found for line in lines if (found := MADE.match(line))), None)
        about = " ".join(line[3:] for line in comments if not HEADING.match(line))
        if made is not None:
            yield from describe_made(made[1], made[2], about, statement)


def describe_made(kind: str, name: str, about: str, statement: str) -> Iterator[str]:
    """Give the lines about one table or view."""
    yield f"\n### `{name}`\n"
    if kind == "TABLE":
        yield f"{about}\n"
        yield "| column | kind | what |\n|---|---|---|"
        columns = [found for line in statement.splitlines() if (found := COLUMN.match(line))]
        yield from (Column(c[1], c[2], c[3], c[4] or "").row() for c in columns)
    elif kind == "VIEW":
        yield f"{about} A view.\n"
        body = statement[statement.index("CREATE VIEW") :]
        yield f"```sql\n{body}\n```"
    else:
        yield f"Full-text index of `{name.removesuffix('_fts')}`: `WHERE {name} MATCH 'words OR other*'`."


def describe_questions() -> Iterator[str]:
    """Give the lines about the researchers' questions."""
    yield "\n## The researchers' questions\n"
    yield "`affari ask NAME -p parameter=value`; the SQL is in `pipeline/kb/queries`.\n"
    yield "| name | question | parameters |\n|---|---|---|"
    for question in read_questions().values():
        parameters = "; ".join(f"`{p.name}`={p.default or '(empty)'}: {p.what}" for p in question.parameters)
        yield f"| `{question.name}` | {question.titolo}<br>{question.title} | {parameters} |"


if __name__ == "__main__":
    import sys
    from pathlib import Path

    target = Path(__file__).resolve().parents[2] / "docs" / "kb.md"
    target.write_text(write_docs(), encoding="utf-8")
    sys.stderr.write(f"{target}\n")
