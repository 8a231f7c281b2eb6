"""The command line: click, options, exit codes. No logic; each command calls what does the work.

Commands live by subject in the modules of this package and are loaded when they are called, so that
`affari --help` answers at once. Data goes to standard output, all else to standard error.

Exit codes: 0 done, 1 a bug, 2 usage, 3 partial, 4 refused, 5 integrity or migration failure,
75 another run holds the lock.
"""

import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import click

from pipeline.cli.commands import COMMANDS
from pipeline.config import ROOT, load_config
from pipeline.errors import AffariError, IntegrityError, LockedError, RefusedError
from pipeline.log import set_up_logging
from scrapers.errors import CollectError

EXIT_USAGE = 2
EXIT_CODES = ((RefusedError, 4), (IntegrityError, 5), (LockedError, 75))


class ToldError(click.ClickException):
    """One of our errors on its way out: one line on standard error, and an exit code that says whose turn it is."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error

    @property
    def exit_code(self) -> int:  # type: ignore[override] # click has one for the class, we one for the error
        """The code that says whose turn it is."""
        return next((code for kind, code in EXIT_CODES if isinstance(self.error, kind)), EXIT_USAGE)

    def show(self, file: IO[Any] | None = None) -> None:
        """Write the line."""
        click.echo(f"affari: {self.message}", err=True, file=file)


class LazyGroup(click.Group):
    """Loads a command's module when the command is called; turns our errors into messages."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name all commands, in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import the module that COMMANDS names; None for an unknown command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (AffariError, CollectError) as error:
            raise ToldError(error) from error


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    envvar="AFFARI_CONFIG",
    help="Settings file.  [default: config.toml of the checkout]",
)
@click.option(
    "--db", type=click.Path(path_type=Path), envvar="AFFARI_DB", help="Knowledge base, instead of the settings' one."
)
@click.option("-v", "--verbose", is_flag=True, help="Log more, to standard error.")
@click.version_option(package_name="affari")
@click.pass_context
def affari(ctx: click.Context, config_path: Path | None, db: Path | None, verbose: bool) -> None:  # noqa: FBT001 - a click flag
    """Read Italian trade news and keep a ledger of deals.

    \b
    affari run                       collect, extract, store, report
    affari deals --type order        what is in the ledger
    affari show D1                   one deal with its evidence
    affari extract article.txt       read a file, write a record
    """
    config = load_config(config_path or ROOT / "config.toml")
    if db is not None:
        config = config.model_copy(update={"paths": config.paths.model_copy(update={"database": db})})
    set_up_logging("debug" if verbose else config.log.level)
    ctx.obj = config


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    try:
        affari.main(args=arguments, prog_name="affari")
    except BrokenPipeError:  # `affari deals | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
