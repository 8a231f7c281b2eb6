"""Collecting as commands: collect, import, rebuild, sources."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from pipeline.cli.base import now, writing
from pipeline.cli.options import config_of
from pipeline.cli.output import Form, note, output_options, print_rows
from pipeline.cli.progress import progress_of
from pipeline.kb.look import read_status

if TYPE_CHECKING:
    from scrapers.article import Link
    from scrapers.collect import Choice, Collector, Result
    from scrapers.source import Source

T = TypeVar("T")
EXIT_PARTIAL = 3
LIST_COLUMNS = ("id", "name", "kind", "enabled", "note", "fetched", "waiting", "failed", "gone")
ROWS_OF_ISSUES = 20  # told on standard error; `affari status` has them all


@click.command()
@click.option(
    "--source", "ids", multiple=True, metavar="ID", help="Only this source (may be repeated), enabled or not."
)
@click.option("--dry-run", is_flag=True, help="Show what would be fetched; store nothing.")
@click.option("--limit", type=click.IntRange(1), help="At most so many articles of each source.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only links that are not older.")
@output_options
@click.pass_context
def collect(
    ctx: click.Context,
    ids: tuple[str, ...],
    dry_run: bool,  # noqa: FBT001 - a click flag
    limit: int | None,
    since: datetime | None,
    form: Form,
) -> None:
    """Fetch what is new, archive and store it; `affari run` reads it.

    Exit code 3: a source failed or is not what it was, the rest is stored. 75: another run is at work.

    \b
    affari collect
    affari collect --dry-run --source ansa
    affari collect --since 2026-11-01 --limit 20
    """
    from scrapers.collect import Choice

    choice = Choice(limit=limit, since=since.date() if since else None)
    sources = _selected(ctx, ids)
    code = _plan(ctx, sources, choice, form) if dry_run else _collect(ctx, sources, choice, form)
    ctx.exit(code)


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--source",
    "name",
    metavar="ID",
    help="The source that the articles count for.  [default: by their addresses, the site's where none is listed]",
)
@click.pass_context
def import_(ctx: click.Context, path: Path, name: str | None) -> None:
    """Archive and store articles from PATH: a folder of pages, .html, .jsonl, .warc or .warc.gz.

    A line of .jsonl is {"url", "title", "text" or "html", "published"}; all but text or html may be missing.

    \b
    affari import mirror/ --source alfa
    affari import articles.jsonl
    affari import crawl.warc.gz
    """
    from pipeline.collecting import open_collector
    from scrapers.reread import read_import, source_by_site, unlisted_source
    from scrapers.source import load_sources

    config = config_of(ctx)
    sources = load_sources(config.paths.sources)
    if name is None:
        source_of = source_by_site(sources)
    else:
        given = next((source for source in sources if source.id == name), None) or unlisted_source(name)
        source_of = lambda _: given  # noqa: E731 - one of two ways to tell a page's source
    with open_collector(config, now=now()) as collector:
        code = _store(ctx, collector, read_import(path, collector, source_of=source_of), "import")
    ctx.exit(code)


@click.command()
@click.pass_context
def rebuild(ctx: click.Context) -> None:
    """Make all articles anew from the archive, without the network, as the parser of today reads them.

    A changed article gets a new version, the old one stays readable; `affari run` reads what is new.
    """
    from pipeline.collecting import open_collector
    from scrapers.reread import latest_entries, read_archive
    from scrapers.source import load_sources

    config = config_of(ctx)
    sources = {source.id: source for source in load_sources(config.paths.sources)}
    with writing(ctx) as kb:
        known = read_status(kb.db)["articles"]
    with open_collector(config, now=now()) as collector:
        entries = collector.archive.entries()
        chosen = latest_entries(entries) if known else entries  # an empty knowledge base gets the old versions, too
        code = _store(ctx, collector, read_archive(chosen, collector, sources), "rebuild")
    ctx.exit(code)


@click.group()
def sources() -> None:
    """List, try, test and draft the sources that are collected."""


@sources.command("list")
@output_options
@click.pass_context
def list_(ctx: click.Context, form: Form) -> None:
    """Show all sources, and how many links of each are in which state."""
    from scrapers.frontier import Frontier
    from scrapers.source import load_sources
    from scrapers.state import State

    config = config_of(ctx)
    path = config.paths.frontier
    state = State(path if path.exists() else ":memory:")
    counts = Frontier(state).count_states()
    state.close()
    rows = [_source_row(source, counts.get(source.id, {})) for source in load_sources(config.paths.sources)]
    print_rows(rows, form, columns=LIST_COLUMNS)


@sources.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@output_options
@click.pass_context
def check(ctx: click.Context, ids: tuple[str, ...], form: Form) -> None:
    """Try sources live: fetch their feeds and read up to three articles of each; nothing is stored.

    Without ID all enabled ones. Exit code 3: something is wrong with one.
    """
    from pipeline.collecting import open_collector
    from scrapers.check import check_source

    chosen, rows = _selected(ctx, ids), []
    with open_collector(config_of(ctx), now=now()) as collector, progress_of("trying", total=len(chosen)) as tell:
        for source in chosen:
            checked = check_source(source, collector)
            titles = [article.title for article in checked.articles]
            rows.append(
                {"id": source.id, "links": checked.links, "articles": titles, "problems": list(checked.problems)}
            )
            tell()
    print_rows(rows, form)
    ctx.exit(EXIT_PARTIAL if any(row["problems"] for row in rows) else 0)


@sources.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@output_options
@click.pass_context
def test(ctx: click.Context, ids: tuple[str, ...], form: Form) -> None:
    """Read the examples of sources again and compare with what is expected; without ID those of all, disabled too.

    Exit code 3: one differs, is missing, or was never reviewed by a person.
    """
    from scrapers.examples import replay_examples
    from scrapers.parsing import parse_source_page
    from scrapers.source import load_sources

    chosen = _selected(ctx, ids) if ids else load_sources(config_of(ctx).paths.sources)
    replays = [replay for source in chosen for replay in replay_examples(source, parse_source_page)]
    rows = [{"source": each.source, "example": each.example, "problems": list(each.problems)} for each in replays]
    print_rows(rows, form)
    ctx.exit(EXIT_PARTIAL if any(row["problems"] for row in rows) else 0)


@sources.command()
@click.argument("url")
@click.option("--name", help="The source's id.  [default: from the address]")
@click.option("--local", is_flag=True, help="The site is your own: its address may be private.")
@click.pass_context
def new(ctx: click.Context, url: str, name: str | None, local: bool) -> None:  # noqa: FBT001 - a click flag
    """Draft a source from its address: find feeds or sitemaps, try three articles, save them as examples.

    docs/add-a-source.md says what is left to do. Exit code 3: an article could not be read.
    """
    from pipeline.collecting import open_collector
    from scrapers.draft import draft_source

    config = config_of(ctx)
    with open_collector(config, now=now()) as collector:
        draft = draft_source(url, config.paths.sources, collector, name=name, local=local)
    for file in draft.files:
        click.echo(file)
    for problem in draft.problems:
        note(problem)
    note(f"next: fill in the ??? of source.toml, review the examples, then affari sources test {draft.source.id}")
    ctx.exit(EXIT_PARTIAL if draft.problems else 0)


def _selected(ctx: click.Context, ids: tuple[str, ...]) -> "tuple[Source, ...]":
    from scrapers.source import load_sources, select_sources

    return select_sources(load_sources(config_of(ctx).paths.sources), ids)


def _plan(ctx: click.Context, sources: "tuple[Source, ...]", choice: "Choice", form: Form) -> int:
    """Print the links that a run would fetch; return the exit code."""
    from pipeline.collecting import open_collector
    from scrapers.collect import plan_links
    from scrapers.errors import HostError

    rows: list[dict[str, object]] = []
    problems: list[str] = []
    with open_collector(config_of(ctx), now=now(), choice=choice) as collector:
        for source in sources:
            try:
                links, issues = plan_links(source, collector)
            except HostError as error:
                problems.append(str(error))
                continue
            rows += [_link_row(link) for link in links]
            problems += [issue.message for issue in issues]
    print_rows(rows, form, nothing="nothing to fetch")
    for problem in problems:
        note(problem)
    return EXIT_PARTIAL if problems else 0


def _collect(ctx: click.Context, sources: "tuple[Source, ...]", choice: "Choice", form: Form) -> int:
    """Collect and store; print a row for each source; return the exit code."""
    from pipeline.collecting import open_collector
    from scrapers.collect import SourceNight
    from scrapers.collect import collect as collect_sources

    nights: list[SourceNight] = []
    with open_collector(config_of(ctx), now=now(), choice=choice) as collector:
        results = _noting(collect_sources(sources, collector), SourceNight, nights)
        code = _store(ctx, collector, results, "collect")
    rows = [asdict(night) for night in nights]
    print_rows(rows, form, nothing="no sources")
    return code


def _store(ctx: click.Context, collector: "Collector", results: "Iterable[Result]", kind: str) -> int:
    """Store what comes, tell the issues; return the exit code."""
    from pipeline.lock import run_lock
    from pipeline.run import begin_night, end_night, store_collected
    from scrapers.issues import Issue

    issues: list[Issue] = []
    with run_lock(config_of(ctx).paths.database), writing(ctx) as kb, progress_of(kind) as tell:
        night = begin_night(kb, kind)
        store_collected(kb, night, _noting(results, Issue, issues), collector.frontier, tell=tell)
        end_night(kb, night)
    for issue in issues[:ROWS_OF_ISSUES]:
        note(f"{issue.source}: {issue.message}")
    if len(issues) > ROWS_OF_ISSUES:
        note(f"and {len(issues) - ROWS_OF_ISSUES} more; `affari status` lists them")
    stored = night.counts
    note(f"{stored['articles_new']} new articles, {stored['articles_changed']} changed, {len(issues)} issues")
    return night.exit_code


def _noting(results: "Iterable[Result]", kind: type[T], noted: list[T]) -> "Iterator[Result]":
    """Pass `results` on, and note those of `kind`."""
    for result in results:
        if isinstance(result, kind):
            noted.append(result)
        yield result


def _source_row(source: "Source", counts: dict[str, int]) -> dict[str, object]:
    return {
        "id": source.id,
        "name": source.name,
        "kind": source.kind,
        "enabled": source.enabled,
        "fetched": counts.get("fetched", 0) + counts.get("unchanged", 0),
        "waiting": counts.get("seen", 0),
        "failed": counts.get("failed", 0),
        "gone": counts.get("gone", 0),
        "home": source.home,
        "feeds": [*source.feeds, *source.sitemaps, *(listing.url for listing in source.listings)],
        "min_articles": source.min_articles,
        "licence": source.licence,
        "reliability": source.reliability,
        "note": source.note,
    }


def _link_row(link: "Link") -> dict[str, object]:
    day = link.published.isoformat() if link.published else None
    return {"source": link.source, "url": link.url, "title": link.title, "published": day}
