"""Commands that read the ledger: deals, show, search, orgs, people, timeline, partners, ask, status."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import click

from pipeline.cli.base import now, reading
from pipeline.cli.output import Form, note, output_options, print_rows
from pipeline.cli.telling import deal_row, print_story, story_row
from pipeline.errors import InputError
from pipeline.kb.asked import check_value, explain_nothing, say_nothing
from pipeline.kb.corrections import parse_date
from pipeline.kb.dates import first_day, last_day
from pipeline.kb.look import (
    read_dead_letters,
    read_issues,
    read_last_run,
    read_organisations,
    read_people,
    read_status,
    search_articles,
)
from pipeline.kb.questions import Answer, ask, find_question, read_questions
from pipeline.kb.read import DealFilter, find_deal, read_deals, read_story
from pipeline.records import DealType, Status

ORG_COLUMNS = ("public_id", "name", "kind", "place", "region", "articles", "last_seen", "aliases")
DEAL_COLUMNS = ("id", "date", "type", "status", "parties", "sum", "stake", "sources", "review")
LIMIT = click.option("--limit", default=100, show_default=True, type=click.IntRange(1), help="At most so many rows.")


def deal_filter_options(command: click.decorators.FC) -> click.decorators.FC:
    """Give a command the options that say which deals are wanted."""
    for option in reversed(
        (
            click.option(
                "--type",
                "types",
                multiple=True,
                type=click.Choice([word.value for word in DealType]),
                help="Kind of deal.",
            ),
            click.option("--party", help="Somebody who takes part: a name, part of one, or an identifier (O12)."),
            click.option("--since", help="First day (2026-01-31, 2026-01, 2026)."),
            click.option("--until", help="Last day."),
            click.option("--min-amount", help="Least sum in euro (1000000)."),
            click.option(
                "--status",
                "statuses",
                multiple=True,
                type=click.Choice([word.value for word in Status]),
                help="How far it is.",
            ),
        )
    ):
        command = option(command)
    return command


def parse_filter(
    *,
    types: tuple[str, ...],
    statuses: tuple[str, ...],
    party: str | None,
    since: str | None,
    until: str | None,
    min_amount: str | None,
) -> DealFilter:
    """Check what the options say; raises InputError that names the option."""
    begin = first_day(parse_date("--since", since)) if since else None
    end = last_day(parse_date("--until", until)) if until else None
    return DealFilter(
        types=types,
        statuses=statuses,
        party=party,
        since=begin.isoformat() if begin else None,
        until=end.isoformat() if end else None,
        min_amount=parse_euro(min_amount) if min_amount else None,
    )


def parse_euro(text: str) -> Decimal:
    """Read a sum in euro; raises InputError."""
    try:
        euro = Decimal(text)
    except InvalidOperation as error:
        raise InputError(f"--min-amount {text!r}: write digits, 1000000 or 2500000.50") from error
    if not euro.is_finite() or euro < 0:
        raise InputError(f"--min-amount {text!r}: cannot be a sum")
    return euro


@click.command()
@deal_filter_options
@LIMIT
@output_options
@click.pass_context
def deals(ctx: click.Context, /, *, limit: int, form: Form, **wanted: Any) -> None:
    """List the deals of the ledger, the latest first."""
    with reading(ctx) as base:
        found = read_deals(base.db, parse_filter(**wanted), limit=limit)
        nothing = "" if found else say_nothing(base.db, wanted["party"], otherwise="no such deals in the ledger")
    print_rows([deal_row(deal) for deal in found], form, columns=DEAL_COLUMNS, nothing=nothing)
    if len(found) == limit:
        note(f"the first {limit}; --limit shows more")


@click.command()
@click.argument("deal")
@output_options
@click.pass_context
def show(ctx: click.Context, deal: str, form: Form) -> None:
    """Show a deal (D12) with the sentences that prove each field."""
    with reading(ctx) as base:
        story = read_story(base.db, deal)
        if find_deal(base.db, deal) != int(deal[1:]):
            note(f"{deal} is part of {story.deal.id}")
    if form is Form.TABLE:
        print_story(story)
    else:
        print_rows([story_row(story)], form)


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="At most so many rows.")
@output_options
@click.pass_context
def search(ctx: click.Context, words: tuple[str, ...], limit: int, form: Form) -> None:
    """Find articles by words; "quoted phrase", OR, and idrogen* work."""
    with reading(ctx) as base:
        found = search_articles(base.db, " ".join(words), limit=limit)
    print_rows(found, form, columns=("published", "source", "title", "context", "deals"))


@click.command()
@click.argument("name", required=False)
@click.option("--region", help="Piemonte, ...")
@click.option("--province", help="Two letters: CN.")
@LIMIT
@output_options
@click.pass_context
def orgs(
    ctx: click.Context, *, name: str | None, region: str | None, province: str | None, limit: int, form: Form
) -> None:
    """List organisations, or those called NAME in any way."""
    with reading(ctx) as base:
        where = (check_value("region", region or "") or None, check_value("province", province) if province else None)
        found = read_organisations(base.db, name, region=where[0], province=where[1], limit=limit)
        nothing = "" if found else say_nothing(base.db, name)
    print_rows(found, form, columns=ORG_COLUMNS, nothing=nothing)


@click.command()
@click.argument("name", required=False)
@click.option("--org", help="Only those with an office there.")
@LIMIT
@output_options
@click.pass_context
def people(ctx: click.Context, *, name: str | None, org: str | None, limit: int, form: Form) -> None:
    """List people with their offices, or those called NAME."""
    with reading(ctx) as base:
        found = read_people(base.db, name, organisation=org, limit=limit)
        nothing = "" if found else say_nothing(base.db, name, org)
    print_rows(found, form, nothing=nothing)


@click.command(name="ask")
@click.argument("name", required=False)
@click.option("--list", "listing", is_flag=True, help="Name the questions and their parameters.")
@click.option("--param", "-p", "given", multiple=True, metavar="NAME=VALUE", help="A parameter of the question.")
@click.option("--sql", is_flag=True, help="Print the SQL instead of the answer.")
@output_options
@click.pass_context
def ask_command(
    ctx: click.Context, *, name: str | None, listing: bool, given: tuple[str, ...], sql: bool, form: Form
) -> None:
    """Answer one of the researchers' questions (`affari ask --list`)."""
    if listing or name is None:
        print_rows(question_rows(), form)
    elif sql:
        click.echo(find_question(name).sql)
    else:
        answer_question(ctx, name, parse_parameters(given), form)


def question_rows() -> list[Mapping[str, object]]:
    """Return a row for each question."""
    return [
        {
            "name": question.name,
            "titolo": question.titolo,
            "title": question.title,
            "parameters": [f"{p.name}={p.default}" for p in question.parameters],
        }
        for question in read_questions().values()
    ]


def parse_parameters(given: tuple[str, ...]) -> dict[str, str]:
    """Take NAME=VALUE apart; raises InputError."""
    wrong = [pair for pair in given if "=" not in pair]
    if wrong:
        raise InputError(f"--param {wrong[0]!r}: write NAME=VALUE")
    return {name: value for name, _, value in (pair.partition("=") for pair in given)}


def answer_rows(answer: Answer) -> list[Mapping[str, object]]:
    """Return the rows of an answer as mappings."""
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def answer_question(ctx: click.Context, question: str, given: Mapping[str, str], form: Form) -> None:
    """Answer a question; where there are no rows because nobody is called so, say that, and who is nearest."""
    with reading(ctx) as base:
        answer = ask(base.db, question, given, today=now().date())
        why = None if answer.rows else explain_nothing(base.db, given)
    print_rows(answer_rows(answer), form, columns=answer.columns, nothing=why or "nothing found")
    if why and form is not Form.TABLE:
        note(why)


@click.command()
@click.argument("org")
@output_options
@click.pass_context
def timeline(ctx: click.Context, org: str, form: Form) -> None:
    """List what an organisation did, aliases included."""
    answer_question(ctx, "timeline", {"org": org}, form)


@click.command()
@click.argument("org")
@output_options
@click.pass_context
def partners(ctx: click.Context, org: str, form: Form) -> None:
    """List whom an organisation made deals with, the most frequent first."""
    answer_question(ctx, "partners", {"org": org}, form)


@click.command()
@output_options
@click.pass_context
def status(ctx: click.Context, form: Form) -> None:
    """Say how much there is, how the last run went, what needs a look."""
    with reading(ctx) as base:
        counts, run = read_status(base.db), read_last_run(base.db)
        issues, dead = read_issues(base.db, limit=20), read_dead_letters(base.db)
    if form is not Form.TABLE:
        print_rows([{**counts, "last_run": run, "open_issues": issues, "failed": dead}], form)
        return
    print_rows([{"what": name.replace("_", " "), "": value} for name, value in counts.items()], form)
    for title, rows in (("last run", [run] if run else []), ("issues", issues), ("failed, to be tried again", dead)):
        if rows:
            click.echo(f"\n{title}")
            print_rows(rows, form)
