"""What is in use, under which licence, how fast, and what is wrong: the facts behind `affari doctor`."""

import platform
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from pipeline.config import Config
from pipeline.contract import make_article_text
from pipeline.errors import AffariError, StoreError
from pipeline.extract.atoms import COMPILED
from pipeline.extract.tagger import describe_tagger
from pipeline.kb import KnowledgeBase
from pipeline.kb.check import check_all
from pipeline.nlp import describe_base
from pipeline.reader import load_reader
from pipeline.records import ArticleText
from scrapers.errors import CollectError
from scrapers.source import load_sources

PACKAGES = ("affari", "spacy", "onnxruntime", "tokenizers", "sqlite-utils", "requests", "beautifulsoup4")
EXTRACT = Path(__file__).parent / "extract"
ATTENTION = {
    True: "counted by attention.c, on this processor's AMX",
    False: "counted by onnxruntime, a third slower (docs/decisions/0031: no AMX here, or attention.c is not compiled)",
}
SAMPLE_TEXT = (
    "La Alfa di Cuneo ha rilevato il 60% della Beta Spa per 12 milioni di euro, ha detto l'amministratore delegato "
    "Mario Rossi. Nel 2023 la società aveva assegnato alla Gamma una commessa da 3,5 milioni. "
) * 10


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `problem` says what is wrong and what to do; None where all is well."""

    subject: str
    fact: str
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, in the order they are told."""

    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return all(finding.problem is None for finding in self.findings)

    def as_record(self) -> dict[str, object]:
        """Return the report as a JSON object."""
        return {"sound": self.sound, "findings": [asdict(finding) for finding in self.findings]}

    def as_text(self) -> str:
        """Return the report for people."""
        wide = max(len(finding.subject) for finding in self.findings)
        return "\n".join(
            f"{finding.subject:<{wide}}  {finding.fact}"
            + (f"\n{'':{wide}}  ! {finding.problem}" if finding.problem else "")
            for finding in self.findings
        )


def examine(config: Config) -> Report:
    """Look at everything that a run needs; what is wrong is in the report, nothing is raised."""
    return Report(
        (
            Finding("python", f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}"),
            Finding("packages", ", ".join(f"{name} {version(name)}" for name in PACKAGES)),
            _values(),
            *_language(config),
            *_sources(config),
            *_knowledge_base(config.paths.database),
        )
    )


def _values() -> Finding:
    stale = outdated()
    return Finding(
        "values",
        "read by compiled code" if COMPILED else "read without compiled code: docs/values.md",
        f"older than their source: {', '.join(stale)}; say make setup" if stale else None,
    )


def outdated(folder: Path = EXTRACT) -> tuple[str, ...]:
    """Return the modules below `folder` that were edited after they were compiled: what runs is not what they say."""
    compiled = (
        (module, module.with_name(f"{module.name.split('.')[0]}{suffix}"))
        for module in folder.rglob("*.so")
        for suffix in (".py", ".c")
    )
    return tuple(
        sorted(
            source.relative_to(folder).with_suffix("").as_posix()
            for module, source in compiled
            if source.exists() and source.stat().st_mtime > module.stat().st_mtime
        )
    )


def _language(config: Config) -> Iterator[Finding]:
    try:
        base = describe_base(config)
        yield Finding("pipeline", f"{base['pipeline']} {base['version']}, {base['licence']}")
        facts = describe_tagger(config.paths.weights)
        yield Finding("tagger", f"{facts.name} {facts.version}, {facts.licence}, {facts.megabytes} MB")
        yield Finding("checksum", f"{facts.checksum[:16]}… of layers.bin, as trained; all loaded in {facts.loaded_s} s")
        yield Finding("attention", ATTENTION[facts.compiled])
        yield Finding("speed", _speed(config))
    except AffariError as error:
        yield Finding("language", "cannot be loaded", str(error))


def _speed(config: Config) -> str:
    reader = load_reader(config)
    articles = [make_article_text(SAMPLE_TEXT, id=str(number)) for number in range(8)]
    list(reader.read(articles[:1]))
    began = time.perf_counter()
    list(reader.read(articles))
    taken = time.perf_counter() - began
    return f"{_length(articles) / taken:,.0f} characters a second on a sample, {config.language.threads} threads"


def _length(articles: list[ArticleText]) -> int:
    return sum(len(article.text) for article in articles)


def _sources(config: Config) -> Iterator[Finding]:
    try:
        sources = load_sources(config.paths.sources)
    except CollectError as error:
        yield Finding("sources", "cannot be read", str(error))
        return
    enabled = [source.id for source in sources if source.enabled]
    yield Finding("sources", f"{len(sources)}, {len(enabled)} enabled")


def _knowledge_base(path: Path) -> Iterator[Finding]:
    if not path.exists():
        yield Finding("knowledge base", f"{path}: not there yet; `affari run` makes it")
        return
    try:
        with KnowledgeBase.open_readonly(path, now=lambda: datetime.now(UTC)) as kb:
            yield Finding("knowledge base", f"{path}, {path.stat().st_size / 1e6:.1f} MB")
            for check in check_all(kb.db):
                yield Finding("check", check.what, "; ".join(check.problems) or None)
    except StoreError as error:
        yield Finding("knowledge base", str(path), str(error))
