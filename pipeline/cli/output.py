"""How rows are printed: a table, a JSON array, a JSON object a line, CSV. Data to stdout, notes to stderr."""

import csv
import functools
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any, ParamSpec, TypeVar

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

P = ParamSpec("P")
R = TypeVar("R")
Row = Mapping[str, Any]
WIDE = 200  # columns of a table that no terminal limits


class Form(StrEnum):
    """What rows are printed as."""

    TABLE = "table"
    JSON = "json"
    LINES = "nl"
    CSV = "csv"


def output_options(command: Callable[P, R]) -> Callable[P, R]:
    """Give a command --json, --nl and --csv; it receives `form`."""

    @click.option("--json", "form", flag_value=Form.JSON.value, help="Print a JSON array.")
    @click.option("--nl", "form", flag_value=Form.LINES.value, help="Print a JSON object a line.")
    @click.option("--csv", "form", flag_value=Form.CSV.value, help="Print CSV.")
    @click.option(
        "--table", "form", flag_value=Form.TABLE.value, default=Form.TABLE.value, help="Print a table (default)."
    )
    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        kwargs["form"] = Form(str(kwargs["form"]))
        return command(*args, **kwargs)

    return wrapped


def print_rows(rows: Sequence[Row], form: Form, *, columns: Sequence[str] = (), nothing: str = "nothing found") -> None:
    """Print `rows`; a table shows `columns` only (all where none are given), the other forms everything."""
    match form:
        case Form.JSON:
            click.echo(json.dumps(list(rows), ensure_ascii=False, indent=1, default=as_json))
        case Form.LINES:
            for row in rows:
                click.echo(json.dumps(row, ensure_ascii=False, default=as_json))
        case Form.CSV:
            print_csv(rows)
        case Form.TABLE:
            print_table(rows, columns, nothing)


def print_csv(rows: Sequence[Row]) -> None:
    """Print a header and the rows; lists and objects as JSON inside their cell."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if rows:
        writer.writerow(rows[0])
        writer.writerows([as_cell(value) for value in row.values()] for row in rows)


def as_cell(value: object) -> object:
    """Return `value` as one cell of CSV."""
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, ensure_ascii=False, default=as_json)
    return "" if value is None else value


def as_json(value: object) -> object:
    """Return what JSON has for a Decimal: a whole number where it is one; other values have no place in a row."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{type(value).__name__} cannot be printed as JSON")


def print_table(rows: Sequence[Row], columns: Sequence[str], nothing: str) -> None:
    """Print a table as wide as the terminal, or wide where there is none; say so when it is empty."""
    if not rows:
        click.echo(nothing, err=True)
        return
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDE)
    shown = columns or tuple(rows[0])
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in shown:
        number = any(isinstance(row[column], (int, float, Decimal)) for row in rows)
        table.add_column(column.replace("_", " "), justify="right" if number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(as_words(row[column])) for column in shown))
    console.print(table)


def as_words(value: object) -> str:
    """Return `value` as a table shows it: numbers with thousands, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float, Decimal)):
        return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"
    if isinstance(value, (list, tuple)):
        return ", ".join(as_words(item) for item in value)
    return str(value)


def note(message: str) -> None:
    """Tell the user something that is no data."""
    click.echo(message, err=True)
