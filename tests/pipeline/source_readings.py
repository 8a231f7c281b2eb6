"""Prints a digest of what the readers find in the corpora: `python -m tests.pipeline.source_readings`.

Run so, the readers come from their sources even where `make setup` compiled them; imported, `digest` runs as it is.
"""

import sys
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

from benchmarks.corpus import COMMITTED, WRITTEN, read_gold
from models.training.marks import read_marked
from pipeline.config import ROOT

READERS = "pipeline.extract."
DAY = date(2024, 3, 19)
EVERY = 20  # of the articles that teach
SOME = 10  # of the articles whose values are read, for the surface


class Sources:
    """Finds the modules of the readers by their sources only."""

    @staticmethod
    def find_spec(name: str, _path: Sequence[str] | None, _target: ModuleType | None = None) -> ModuleSpec | None:
        """Return the spec of a reader's source, None for what is another's."""
        source = ROOT / f"{name.replace('.', '/')}.py"
        return spec_from_file_location(name, source) if name.startswith(READERS) and source.exists() else None


def digest() -> str:
    """Return a digest of the corpora's values, and of what the surface reader looks at in them."""
    return f"{_digest_values()} {_digest_surface()}"


def _digest_surface() -> str:
    """Return a digest of the features of all triggers, pairs, links and bodies that are marked."""
    from models.training.surface import find_cases

    seen = sha256()
    golds = [read_gold(path, path.parent.name) for path in _articles()[::SOME]]
    for name, cases in find_cases(golds).items():
        for features in cases.features:
            seen.update(f"{name} {sorted(features.tolist())}".encode())
    return seen.hexdigest()


def _digest_values() -> str:
    """Return a digest of the values of the corpora's texts, read with and without a day of publication."""
    from pipeline.extract.values import load_value_words, read_values

    words, readings = load_value_words(), sha256()
    texts = [read_marked(ElementTree.parse(path).getroot())[0] for path in _articles()]
    for text in texts:
        for published in (DAY, None):
            readings.update(repr(read_values(text, words=words, published=published)).encode())
    return f"{len(texts)} {readings.hexdigest()}"


def _articles() -> list[Path]:
    committed = [path for name in COMMITTED for path in sorted((ROOT / "models" / "corpus" / name).rglob("*.xml"))]
    return committed + sorted(WRITTEN.glob("*.xml"))[::EVERY]


if __name__ == "__main__":
    sys.meta_path.insert(0, Sources)
    print(digest())  # noqa: T201 - what it is for
