"""Commands that read without storing: extract, parse, doctor."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import config_of
from pipeline.cli.output import note
from pipeline.cli.progress import progress_of
from pipeline.contract import error_record, extraction_record, to_line
from pipeline.errors import InputError
from pipeline.records import ArticleText, Extraction
from scrapers.article import article_record

if TYPE_CHECKING:
    from pipeline.reader import Failure

STDIN = Path("-")
EXIT_USAGE = 2
EXIT_INTEGRITY = 5
EXIT_PARTIAL = 3


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--jsonl", is_flag=True, help="FILES (or standard input) are JSON lines: id, url, title, text, published."
)
@click.option("--published", metavar="YYYY-MM-DD", help="Day of publication of text files, for 'ieri'.")
@click.option("--all", "stored", is_flag=True, help="Re-read the knowledge base with the reader in use.")
@click.pass_context
def extract(
    ctx: click.Context, /, *, files: tuple[Path, ...], jsonl: bool, published: str | None, stored: bool
) -> None:
    """Read articles and write one extraction record a line, in input order.

    FILES are text or HTML; `-` is standard input with JSON lines. What cannot be read gives {"id": …, "error": …} and
    the rest goes on; with files named on the command line the exit code is then 3, or 2 if none could be read.

    \b
    affari extract article.txt --published 2014-11-19
    affari extract pages/*.html > records.jsonl
    affari extract --jsonl - < articles.jsonl
    affari extract --all             then affari diff OLD NEW, affari accept NEW
    """
    if stored:
        reread_all(ctx, files)
        return
    from pipeline.inputs import parse_file
    from pipeline.reader import load_reader

    if not files and sys.stdin.isatty():
        raise InputError("nothing to read: name files, or send JSON lines to standard input")
    reader = load_reader(config_of(ctx))
    if jsonl or not files or files == (STDIN,):
        with progress_of("reading") as tell:
            write_results(reader.read(chain.from_iterable(map(read_lines, files or (STDIN,)))), tell)
        return
    with progress_of("reading", total=len(files)) as tell:
        failed = write_results(reader.read(parse_file(path, published=published) for path in files), tell)
    if failed:
        ctx.exit(EXIT_PARTIAL if failed < len(files) else EXIT_USAGE)


def reread_all(ctx: click.Context, files: tuple[Path, ...]) -> None:
    """Read the stored articles that the reader in use did not read; what another reader said counts until `accept`."""
    from pipeline.cli.base import writing
    from pipeline.lock import run_lock
    from pipeline.reader import load_reader
    from pipeline.run import begin_night, end_night, read_pending, reread

    if files:
        raise InputError("--all reads the knowledge base: leave the files out")
    config = config_of(ctx)
    with run_lock(config.paths.database), writing(ctx) as kb:
        reader, night = load_reader(config), begin_night(kb, "extract")
        with progress_of("reading") as tell:
            read_pending(kb, night, reader, tell=tell)
            reread(kb, night, reader, tell=tell)
        end_night(kb, night)
    again = night.counts["articles_reread"]
    note(f"{night.counts['articles_read']} articles read for the first time, {again} re-read by {reader.model.version}")
    if again:
        note(f"try next: affari diff OLD {reader.model.version} · affari accept {reader.model.version}")
    ctx.exit(night.exit_code)


def write_results(results: "Iterable[Extraction | Failure]", tell: Callable[[], None]) -> int:
    """Write a line for each of `results`, errors to standard error as well; return how many failed."""
    failed = 0
    for result in results:
        if isinstance(result, Extraction):
            click.echo(to_line(extraction_record(result)))
        else:
            failed += 1
            click.echo(to_line(error_record(result.id, result.error)))
            click.echo(f"affari: {result.id}: {result.error}", err=True)
        tell()
    return failed


def read_lines(path: Path) -> "Iterator[ArticleText | Failure]":
    """Read JSON lines of a file, `-` is standard input; raises InputError where it cannot be opened."""
    from pipeline.inputs import parse_lines

    if path == STDIN:
        yield from parse_lines(sys.stdin.buffer, name="stdin")
        return
    try:
        lines = path.open("rb")
    except OSError as error:
        raise InputError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    with closing(lines):
        yield from parse_lines(lines, name=path.name)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--url", help="The page's address; its date and site count.")
def parse(file: Path, url: str | None) -> None:
    """Write the article that the scrapers make of a saved HTML page.

    \b
    affari parse page.html --url https://giornale.example/2024/03/05/articolo.html
    """
    from pipeline.inputs import load_bytes, parse_html

    click.echo(to_line(article_record(parse_html(file, load_bytes(file), url=url))))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:  # noqa: FBT001 - a click flag
    """Say what is in use, under which licence, how fast, and what is wrong.

    Exit code 5 if the knowledge base fails a check.
    """
    from pipeline.doctor import examine

    report = examine(config_of(ctx))
    click.echo(to_line(report.as_record()) if as_json else report.as_text())
    if not report.sound:
        ctx.exit(EXIT_INTEGRITY)
