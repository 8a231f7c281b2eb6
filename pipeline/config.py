"""The settings: config.toml, checked. Reads nothing by itself; `load_config` is called by the command line."""

import tomllib
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from pipeline.errors import ConfigError

ROOT = Path(__file__).resolve().parent.parent


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Paths(_Section):
    """Where things are; relative paths count from the file that states them."""

    database: Path = Path("data/affari.db")
    archive: Path = Path("data/archive")
    sources: Path = Path("scrapers/sources")
    weights: Path = Path("models/weights")
    lexicon: Path = Path("models/lexicon")

    @property
    def frontier(self) -> Path:
        """The state of links, beside the knowledge base that their articles went to."""
        return self.database.with_name(f"{self.database.stem}.frontier.db")

    def under(self, folder: Path) -> Self:
        """Return the same paths, relative ones counted from `folder`."""
        return self.model_copy(update={name: folder / path for name, path in self})


class Language(_Section):
    """Which spaCy pipeline is the base, and whose entities count."""

    pipeline: str = "auto"
    entities: Literal["affari", "pipeline"] = "affari"
    threads: Annotated[int, Field(ge=1, le=64)] = 2


class Deals(_Section):
    """What is kept as a deal."""

    threshold: Annotated[float, Field(ge=0, le=1)] = 0.3


class Collect(_Section):
    """How politely pages are fetched."""

    contact: str = "https://github.com/affari/affari"
    delay: Annotated[float, Field(ge=0, le=3600)] = 2.0  # seconds
    hosts: Annotated[int, Field(ge=1, le=64)] = 4

    @field_validator("contact")
    @classmethod
    def _one_line(cls, contact: str) -> str:
        if not contact.strip() or not contact.isprintable():
            raise ValueError("must be an address or URL on one line, for publishers who want to reach you")
        return contact


class Log(_Section):
    """What is told on standard error."""

    level: Literal["debug", "info", "warning", "error"] = "info"


class Config(_Section):
    """All settings."""

    paths: Paths = Paths()
    language: Language = Language()
    deals: Deals = Deals()
    collect: Collect = Collect()
    log: Log = Log()


def load_config(path: Path) -> Config:
    """Read `path`; raises ConfigError that names the file, the key and what is wrong."""
    try:
        config = Config.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise ConfigError(
            f"{path}: no such file; copy config.toml from the repository or leave --config out"
        ) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: not readable as TOML: {error}") from error
    except ValidationError as error:
        raise ConfigError(f"{path}: {describe_problems(error)}") from error
    return config.model_copy(update={"paths": config.paths.under(path.resolve().parent)})


def describe_problems(error: ValidationError) -> str:
    """Say each problem of a checked file in one line: the key and what is wrong with it."""
    return "; ".join(f"{'.'.join(map(str, problem['loc']))}: {_say(problem)}" for problem in error.errors())


def _say(problem: object) -> str:
    kind, message = problem["type"], problem["msg"]  # type: ignore[index]
    return "unknown key (a typing error?)" if kind == "extra_forbidden" else str(message).removeprefix("Value error, ")
