"""Commands that keep the knowledge base: backup, migrate, rates, diff, accept."""

from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click

from pipeline.cli.base import changing, now, reading, writing
from pipeline.cli.options import config_of
from pipeline.cli.output import Form, note, output_options, print_rows
from pipeline.cli.progress import progress_of
from pipeline.errors import StoreError
from pipeline.kb import KnowledgeBase
from pipeline.kb.backup import back_up
from pipeline.kb.check import rebuild_indexes
from pipeline.kb.connection import check_file, connect
from pipeline.kb.history import Change, count_common, find_changes, find_extractor, read_extractors
from pipeline.kb.history import accept as let_count
from pipeline.kb.migrations import MIGRATIONS
from pipeline.kb.ratefile import load_rates

FILE = click.Path(path_type=Path)


@click.command()
@click.option("--to", "folder", type=FILE, help="Folder of the copies.  [default: backups beside the database]")
@click.option("--keep", default=7, show_default=True, type=click.IntRange(1), help="Keep the latest so many.")
@click.pass_context
def backup(ctx: click.Context, folder: Path | None, keep: int) -> None:
    """Copy the knowledge base, verify the copy, remove the oldest copies."""
    path = config_of(ctx).paths.database
    click.echo(back_up(path, folder or path.parent / "backups", keep=keep, now=now()))


@click.command()
@click.option("--reindex", is_flag=True, help="Build the full-text indexes anew as well.")
@click.pass_context
def migrate(ctx: click.Context, *, reindex: bool) -> None:
    """Bring the knowledge base to the newest version, with a copy beside it and a check afterwards."""
    path = config_of(ctx).paths.database
    if not path.exists():
        raise StoreError(f"{path}: no knowledge base here yet; `affari run` makes one")
    check_file(path)
    db = connect(path)
    pending = [migration.name for migration in MIGRATIONS.pending(db)]
    db.close()
    with KnowledgeBase.open(path, now=now) as base:
        if reindex:
            rebuild_indexes(base.db)
    note(f"applied {', '.join(pending)}" if pending else "nothing to do: it is of the newest version")


@click.command()
@click.argument("file", type=FILE)
@click.pass_context
def rates(ctx: click.Context, file: Path) -> None:
    """Load euro rates from an ECB file (eurofxref-hist.csv) and convert the deals in foreign money."""
    with writing(ctx) as base:
        note(f"{load_rates(base.db, file, now=now()):,} rates loaded")


@click.command()
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option("--limit", default=200, show_default=True, type=click.IntRange(1), help="At most so many rows.")
@output_options
@click.pass_context
def diff(ctx: click.Context, *, old: str | None, new: str | None, limit: int, form: Form) -> None:
    """Show what reader NEW says otherwise than OLD, before `affari accept NEW`. Without arguments: the readers."""
    with reading(ctx) as base:
        if old is None or new is None:
            print_rows(
                [asdict(row) for row in read_extractors(base.db)], form, nothing="no reader has read anything yet"
            )
            return
        before, after = find_extractor(base.db, old), find_extractor(base.db, new)
        both, changes = count_common(base.db, before, after), list(find_changes(base.db, before, after))
    print_rows([asdict(change) for change in changes[:limit]], form, nothing="no change")
    articles = len({change.url for change in changes})
    note(f"{both} articles read by both, {both - articles} alike{say_changes(changes)}")
    if len(changes) > limit:
        note(f"the first {limit} of {len(changes)} changes; --limit shows more")


def say_changes(changes: list[Change]) -> str:
    """Return how many of which: "; deals: 3 new, 10 lost, 40 changed (5 decided on by people); names: 13 new"."""
    names = Counter(change.what for change in changes if change.field in {"organisation", "person"})
    whole = Counter(change.what for change in changes if change.field == "deal")
    told = {(change.url, change.deal): change.decided for change in changes if change.what == "changed"}
    decided = sum(bool(change.decided) for change in changes if change.what == "lost") + sum(map(bool, told.values()))
    return (
        f"; deals: {whole['new']} new, {whole['lost']} lost, {len(told)} changed ({decided} decided on by people)"
        f"; names: {names['new']} new, {names['lost']} lost"
    )


@click.command()
@click.argument("reader")
@click.pass_context
def accept(ctx: click.Context, reader: str) -> None:
    """Let what READER (a version of `affari diff`) said count; corrections and identifiers stay."""
    with changing(ctx) as base:
        found = find_extractor(base.db, reader)
        with progress_of("accepting", total=found.articles - found.counting) as tell:
            accepted = [tell() for _ in let_count(base.db, found, now=now)]
    note(f"{len(accepted)} articles are read by {found.name}, version {found.version}, from now on")
