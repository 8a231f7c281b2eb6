"""Reads the hand-written knowledge of models/lexicon: TOML into checked values. Knows no word itself."""

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.config import ROOT, describe_problems
from pipeline.errors import ConfigError

LEXICON = ROOT / "models" / "lexicon"

Model = TypeVar("Model", bound=BaseModel)


class LexiconModel(BaseModel):
    """Base of all lexicon files: unknown keys are errors, values are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WordList(LexiconModel):
    """Words with the reason why they are listed."""

    why: str
    words: tuple[str, ...]
    examples: tuple[str, ...]
    non_examples: tuple[str, ...]


def load_lexicon(name: str, model: type[Model], *, folder: Path = LEXICON) -> Model:
    """Read `folder`/`name`.toml as `model`; raises ConfigError that names the file and the key."""
    path = folder / f"{name}.toml"
    try:
        return model.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: not readable as TOML: {error}") from error
    except ValidationError as error:
        raise ConfigError(f"{path}: {describe_problems(error)}") from error
