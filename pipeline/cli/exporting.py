"""The command `export`."""

from pathlib import Path
from typing import Any

import click

from pipeline.cli.asking import deal_filter_options, parse_filter
from pipeline.cli.base import now, reading
from pipeline.cli.output import note
from pipeline.kb.export import Format, export, format_of


@click.command(name="export")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "named",
    type=click.Choice([word.value for word in Format]),
    help="Format.  [default: by the file's suffix]",
)
@deal_filter_options
@click.pass_context
def export_command(ctx: click.Context, /, *, file: Path, named: str | None, **wanted: Any) -> None:
    """Write deals to FILE, with FILE.manifest.json beside it.

    \b
    affari export deals.xlsx --type order --since 2026
    affari export deals.csv --format italian-csv      semicolons, for an Italian Excel
    affari export deals.ftm                           FollowTheMoney entities
    """
    form = format_of(file, named)
    with reading(ctx) as base:
        done = export(base.db, file, form, parse_filter(**wanted), now=now())
    note(f"{done.path}: {', '.join(f'{count:,} {name}' for name, count in done.counts.items())}; {done.manifest.name}")
