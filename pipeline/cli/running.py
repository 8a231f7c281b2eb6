"""The night as a command: run."""

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

import click
from sqlite_utils import Database

from pipeline.cli.base import now, writing
from pipeline.cli.options import config_of
from pipeline.cli.output import Form, note, print_rows
from pipeline.cli.progress import progress_of
from pipeline.cli.telling import deal_row
from pipeline.kb.look import read_status
from pipeline.kb.read import find_deal, read_deals, read_proofs

if TYPE_CHECKING:
    from pipeline.run import Night

SHOWN = 20
COLUMNS = ("id", "date", "type", "status", "parties", "sum", "evidence")


@click.command()
@click.option(
    "--source", "ids", multiple=True, metavar="ID", help="Only this source (may be repeated), enabled or not."
)
@click.option("--limit", type=click.IntRange(1), help="At most so many articles of each source.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only links that are not older.")
@click.pass_context
def run(ctx: click.Context, ids: tuple[str, ...], limit: int | None, since: datetime | None) -> None:
    """Collect, store, read, link, and print the deals that are new, with their evidence.

    Exit code 3: some sources or articles failed (`affari status` says which), the rest is stored. 75: another run
    is at work.

    \b
    affari run
    affari run --source campione
    affari run --since 2026-11-01 --limit 20
    """
    from pipeline.collecting import open_collector
    from pipeline.lock import run_lock
    from pipeline.reader import load_reader
    from pipeline.run import begin_night, end_night, read_pending, store_collected
    from scrapers.collect import Choice, collect
    from scrapers.source import load_sources, select_sources

    config = config_of(ctx)
    sources = select_sources(load_sources(config.paths.sources), ids)
    with run_lock(config.paths.database), writing(ctx) as kb:
        night = begin_night(kb, "nightly")
        choice = Choice(limit=limit, since=since.date() if since else None)
        with open_collector(config, now=now(), choice=choice) as collector, progress_of("collecting") as tell:
            if read_status(kb.db)["articles"] == 0:  # a new file: what the archive holds is stored again
                collector.frontier.start_over()
            store_collected(kb, night, collect(sources, collector), collector.frontier, tell=tell)
        if unread := read_status(kb.db)["unread"]:
            with progress_of("reading", total=int(unread)) as tell:
                read_pending(kb, night, load_reader(config), tell=tell)
        end_night(kb, night)
        tell_night(kb.db, night)
    ctx.exit(night.exit_code)


def tell_night(db: Database, night: "Night") -> None:
    """Print the latest deals, each with the sentence that proves it, and what to try next."""
    found = read_deals(db, limit=SHOWN)
    rows = [{**deal_row(deal), "evidence": evidence_of(db, deal.id)} for deal in found]
    print_rows(rows, Form.TABLE, columns=COLUMNS, nothing="no deals in the ledger yet")
    counts = night.counts
    note(
        f"{counts['articles_new']} new articles, {counts['articles_changed']} changed, {counts['new_deals']} new deals"
    )
    if night.partial:
        note(f"{counts['issues']} issues, {counts['articles_failed']} articles failed; `affari status` lists them")
    if found:
        note(
            f"try next: affari show {found[0].id} · affari deals --type order · affari search WORDS · affari ask --list"
        )


def evidence_of(db: Database, deal_id: str) -> str:
    """Return the sentence that proves the most of a deal."""
    sentences = Counter(" ".join(proof.sentence.split()) for proof in read_proofs(db, find_deal(db, deal_id)))
    return f"«{sentences.most_common(1)[0][0]}»" if sentences else ""
