"""The house: what runs is this checkout, settings and lexicon are checked, the lock names no address."""

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

import pipeline
import scrapers
from pipeline.config import ROOT, Config, load_config
from pipeline.errors import ConfigError

CHECKOUT = Path(__file__).resolve().parent.parent
OURS = {"benchmarks", "models", "pipeline", "scrapers"}


@pytest.mark.parametrize("package", [pipeline, scrapers])
def test_packages_are_those_of_the_checkout(package):
    assert Path(package.__file__).is_relative_to(CHECKOUT)
    assert ROOT == CHECKOUT


def test_config_toml_states_every_default():
    stated = tomllib.loads((CHECKOUT / "config.toml").read_text())
    assert Config.model_validate(stated).model_dump() == Config().model_dump() | {"deals": stated["deals"]}
    assert {name: set(section) for name, section in stated.items()} == {
        name: set(section) for name, section in Config().model_dump().items()
    }


BAD_SETTINGS = [
    ("[paths]\ndatabse = 'x.db'", "paths.databse: unknown key"),
    ("[languages]\npipeline = 'auto'", "languages: unknown key"),
    ("[language]\nthreads = 0", "language.threads: Input should be greater than or equal to 1"),
    ("[language]\nentities = 'spacy'", "language.entities"),
    ("[deals]\nthreshold = 2", "deals.threshold"),
    ("[collect]\ncontact = ''", "collect.contact: must be an address or URL"),
    ("[collect", "not readable as TOML"),
]


@pytest.mark.parametrize(("text", "message"), BAD_SETTINGS)
def test_a_wrong_setting_names_file_and_key(tmp_path, text, message):
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=re.escape(message)) as caught:
        load_config(path)
    assert str(path) in str(caught.value)


def test_paths_count_from_the_settings_file(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text("[paths]\ndatabase = 'base.db'\narchive = '/var/archive'\n")
    paths = load_config(path).paths
    assert paths.database == tmp_path / "base.db"
    assert paths.archive == Path("/var/archive")


def test_the_lock_holds_names_versions_and_hashes_only():
    lock = (CHECKOUT / "requirements.lock").read_text()
    assert "://" not in lock
    pinned = [line for line in lock.splitlines() if re.match(r"[a-z0-9]", line, re.IGNORECASE)]
    assert pinned
    assert all("==" in line for line in pinned)


def test_nothing_heavy_is_imported_for_help():
    code = "import sys, pipeline.cli; print(sorted({'spacy', 'onnxruntime', 'requests', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=CHECKOUT)
    assert done.stdout.strip() == "[]"


@cache
def names_of(path):
    """Return the names that a module has: bound, defined or imported."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bound = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    made = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    taken = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom | ast.Import)
        for alias in node.names
    }
    return bound | made | taken


def test_what_training_and_benchmarks_import_is_there():
    """PyTorch is not installed where tests run, so that nothing else tells: `TARGET_OF` had gone, and nobody knew."""
    missing = []
    for path in sorted((*ROOT.glob("models/**/*.py"), *ROOT.glob("benchmarks/**/*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or (node.module or "").split(".")[0] not in OURS:
                continue
            target = ROOT / Path(*node.module.split("."))
            module = target.with_suffix(".py") if target.with_suffix(".py").exists() else target / "__init__.py"
            names = names_of(module) | {each.stem for each in target.glob("*.py")}
            missing += [f"{path.name}: {node.module}.{each.name}" for each in node.names if each.name not in names]
    assert not missing
