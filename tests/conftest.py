"""What all tests share: the command line in this process, a copy of the settings that writes elsewhere."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import affari
from pipeline.config import ROOT
from pipeline.doctor import outdated


def pytest_configure() -> None:
    """Refuse to test compiled modules of which the source was edited since: they would hide it."""
    stale = outdated()
    if stale:
        raise pytest.UsageError(f"compiled before they were edited: {', '.join(stale)}; say make setup")


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def settings(tmp_path):
    """Settings that keep what is written in the test's folder."""
    text = (ROOT / "config.toml").read_text()
    for key in ("sources", "weights", "lexicon"):
        text = text.replace(f'{key} = "', f'{key} = "{ROOT}/')
    path = tmp_path / "config.toml"
    path.write_text(text)
    return path


@pytest.fixture
def run_affari(settings):
    """Run `affari ARGUMENTS`; a traceback instead of a message fails the test."""

    def run(*arguments: str | Path, stdin: bytes | None = None) -> Done:
        done = CliRunner().invoke(affari, ["--config", str(settings), *map(str, arguments)], input=stdin)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Done(done.exit_code, done.stdout, done.stderr)

    return run
