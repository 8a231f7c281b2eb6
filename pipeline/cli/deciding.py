"""Commands by which a person decides: correct, reject, confirm, merge, split, same, different, decisions, revoke."""

import functools
import getpass
from collections.abc import Callable
from dataclasses import asdict
from typing import Concatenate, ParamSpec

import click

from pipeline.cli.base import changing, now, reading
from pipeline.cli.output import Form, note, output_options, print_rows
from pipeline.errors import InputError
from pipeline.kb import KnowledgeBase
from pipeline.kb import decisions as deciding
from pipeline.kb.review import list_decisions
from pipeline.kb.splitting import split as split_off

P = ParamSpec("P")
Signature = deciding.Signature


def who_am_i() -> str:
    """Return the name of the user at this machine; raises InputError where it has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:  # OSError from Python 3.13 on
        raise InputError("your user has no name here; give one with --who") from error


def deciding_command(
    command: Callable[Concatenate[KnowledgeBase, Signature, P], None],
) -> Callable[P, None]:
    """Give a command --who and --why, and open the knowledge base for writing."""

    @click.option("--who", envvar="AFFARI_WHO", help="Who decides.  [default: your user name]")
    @click.option("--why", help="Why: kept with the decision.")
    @click.pass_context
    @functools.wraps(command)
    def wrapped(ctx: click.Context, /, *args: P.args, **kwargs: P.kwargs) -> None:
        who, why = kwargs.pop("who"), kwargs.pop("why")
        by = Signature(str(who or who_am_i()), str(why) if why else None, now())
        with changing(ctx) as base:
            command(base, by, *args, **kwargs)

    return wrapped


@click.command()
@click.argument("deal")
@click.argument("fields", nargs=-1, required=True, metavar="FIELD=VALUE...")
@deciding_command
def correct(base: KnowledgeBase, by: Signature, deal: str, fields: tuple[str, ...]) -> None:
    """Correct fields of a deal.

    \b
    affari correct D12 type=merger status=completed date=2024-03-12
    affari correct D12 amount="EUR over 1000000" stake=51
    affari correct D12 buyer="Kamaz; O7" seller=none

    A value of "none" says that there is none. The sentences that say otherwise stay on record.
    """
    wrong = [field for field in fields if "=" not in field]
    if wrong:
        raise InputError(f"{wrong[0]!r}: write FIELD=VALUE, such as status=completed")
    pairs = [(name, value) for name, _, value in (field.partition("=") for field in fields)]
    made = deciding.correct(base.db, deal, pairs, by)
    note(f"{deal} corrected: decision {', '.join(map(str, made))}")


@click.command()
@click.argument("deal")
@deciding_command
def reject(base: KnowledgeBase, by: Signature, deal: str) -> None:
    """Say that a deal is none; it stays out, whatever a new model says."""
    note(f"{deal} rejected: decision {deciding.reject(base.db, deal, by)}")


@click.command()
@click.argument("deal")
@deciding_command
def confirm(base: KnowledgeBase, by: Signature, deal: str) -> None:
    """Say that a deal is right as it stands."""
    note(f"{deal} confirmed: decision {deciding.confirm(base.db, deal, by)}")


@click.command()
@click.argument("deal")
@click.argument("into")
@deciding_command
def merge(base: KnowledgeBase, by: Signature, deal: str, into: str) -> None:
    """Say that DEAL is the same as INTO, which stands for both from now on."""
    made = deciding.merge(base.db, deal, into, by)
    note(f"{deal} is part of {into}: decision {made}; `affari revoke {made}` undoes it")


@click.command()
@click.argument("which")
@click.argument("article")
@deciding_command
def split(base: KnowledgeBase, by: Signature, which: str, article: str) -> None:
    """Part what ARTICLE (its address) says from a deal (D12), an organisation (O7) or a person (P3)."""
    new = split_off(base.db, which, article, by)
    note(f"what that article says is {new} now; {which} keeps the rest")


@click.command()
@click.argument("name")
@click.argument("into")
@deciding_command
def same(base: KnowledgeBase, by: Signature, name: str, into: str) -> None:
    """Say that an organisation or person (O7) is INTO (O3), which stands for both from now on."""
    made = deciding.say_same(base.db, name, into, by)
    note(f"{name} is {into}: decision {made}; `affari revoke {made}` undoes it")


@click.command()
@click.argument("first")
@click.argument("second")
@deciding_command
def different(base: KnowledgeBase, by: Signature, first: str, second: str) -> None:
    """Say that two organisations, people or deals are not one; they are proposed no more."""
    note(f"{first} and {second} held apart: decision {deciding.say_different(base.db, first, second, by)}")


@click.command()
@click.argument("decision", type=int)
@deciding_command
def revoke(base: KnowledgeBase, by: Signature, decision: int) -> None:
    """Take a decision back; both stay on record."""
    deciding.revoke(base.db, decision, by)
    note(f"decision {decision} revoked")


@click.command()
@output_options
@click.pass_context
def decisions(ctx: click.Context, form: Form) -> None:
    """List all decisions with what became of them."""
    with reading(ctx) as base:
        made = list_decisions(base.db)
    columns = ("id", "kind", "a", "b", "field", "value", "who", "made_at", "why", "state")
    print_rows([asdict(decision) for decision in made], form, columns=columns, nothing="no decisions yet")
