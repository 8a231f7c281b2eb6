"""Loads the language pipeline: the only `spacy.load` of the program, and the table of our components."""

import hashlib
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version

import spacy
from spacy.language import Language

from pipeline.config import Config
from pipeline.errors import ModelError
from pipeline.extract.weights import SUMS, read_settings
from pipeline.records import Model

PREFERRED = "it_core_news_lg"
BLANK = "blank:it"


@dataclass(frozen=True, slots=True)
class Component:
    """A component of ours: its factory, and the settings it is made with."""

    factory: str
    settings: dict[str, object]


def components_of(config: Config) -> Sequence[Component]:
    """Return our components in the order they run in."""
    weights = str(config.paths.weights)
    ours = config.language.entities == "affari"
    return (
        Component("affari_values", {}),
        Component("affari_tagger", {"weights": weights, "threads": config.language.threads, "set_entities": ours}),
        Component("affari_linker", {"weights": weights}),
    )


def load_nlp(config: Config) -> Language:
    """Load the base pipeline and add our components; raises ModelError that says what to install."""
    nlp = load_base(config.language.pipeline)
    for component in components_of(config):
        nlp.add_pipe(component.factory, config=component.settings)
    return nlp


def base_name(setting: str) -> str:
    """Return what `setting` stands for here: "auto" is it_core_news_lg when installed, else blank:it."""
    if setting != "auto":
        return setting
    return PREFERRED if importlib.util.find_spec(PREFERRED) else BLANK


def load_base(setting: str) -> Language:
    """Load the base pipeline by name or path; a pipeline without sentence boundaries gets a splitter."""
    name = base_name(setting)
    if name == BLANK:
        nlp = spacy.blank("it")
    else:
        try:
            nlp = spacy.load(name)
        except OSError as error:
            raise ModelError(
                f"pipeline {name!r} is neither installed nor a folder with a spaCy pipeline; "
                "run `make model`, or say pipeline = 'auto' in [language]"
            ) from error
    if not {"parser", "senter", "sentencizer", "affari_sentences"} & set(nlp.pipe_names):
        nlp.add_pipe("affari_sentences", first=True)
    return nlp


def describe_base(config: Config) -> dict[str, str]:
    """Say which base pipeline is in use, its version and its licence."""
    name = base_name(config.language.pipeline)
    if name == BLANK:
        return {"pipeline": BLANK, "version": version("spacy"), "licence": "MIT"}
    meta = load_base(config.language.pipeline).meta
    return {"pipeline": name, "version": str(meta.get("version", "?")), "licence": str(meta.get("license", "?"))}


def describe_model(config: Config) -> Model:
    """Name what an extraction is made with; whoever has the same three reads the same."""
    base, tagger = describe_base(config), read_settings(config.paths.weights)
    reader = f"{version('affari')}+{hash_knowledge(config)[:8]}"
    return Model(f"{base['pipeline']} {base['version']}", f"{tagger.name} {tagger.version}", reader)


def hash_knowledge(config: Config) -> str:
    """Return the SHA-256 of what a reader knows: the weights' checksums, every file of the lexicon."""
    files = [config.paths.weights / SUMS, *sorted(config.paths.lexicon.glob("*.toml"))]
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
