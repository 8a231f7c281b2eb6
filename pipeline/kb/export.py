"""Writes deals into a file that other programs read, with a manifest beside it: what was asked, how much came, of what.

Both appear whole or not at all, and never in place of a file that is there.
"""

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path

from sqlite_utils import Database

from pipeline.errors import InputError, RefusedError, StoreError
from pipeline.kb import ftm, sheets
from pipeline.kb.read import DealFilter, read_deals, read_sentences
from pipeline.kb.rows import DealRow, Sentence
from pipeline.kb.statements import Statements

SQL = Statements("export")
Sentences = Mapping[str, tuple[Sentence, ...]]


class Format(StrEnum):
    """What a file is written as."""

    CSV = "csv"
    ITALIAN_CSV = "italian-csv"  # semicolons, byte order mark, decimal comma: what an Italian Excel opens
    NDJSON = "ndjson"
    XLSX = "xlsx"
    PARQUET = "parquet"
    FTM = "ftm"  # FollowTheMoney entities, a JSON object a line


SUFFIXES = {
    ".csv": Format.CSV,
    ".ndjson": Format.NDJSON,
    ".jsonl": Format.NDJSON,
    ".xlsx": Format.XLSX,
    ".parquet": Format.PARQUET,
    ".ftm": Format.FTM,
}


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    path: Path
    manifest: Path
    counts: dict[str, int]


def format_of(path: Path, named: str | None) -> Format:
    """Return the format that is named, else the one of the file's suffix; raises InputError where there is none."""
    if named is not None:
        return Format(named)
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(
            f"{path}: no format has the suffix {path.suffix!r}; use {' '.join(SUFFIXES)}, or name one with --format"
        )
    return SUFFIXES[path.suffix.lower()]


def export(db: Database, path: Path, form: Format, wanted: DealFilter, *, now: datetime) -> Exported:
    """Write the deals that `wanted` describes to `path`, and `path`.manifest.json beside it.

    Raises RefusedError where one of them is there already or the folder cannot be written; nothing is written then.
    """
    manifest = path.with_name(path.name + ".manifest.json")
    for target in (path, manifest):
        if target.exists():
            raise RefusedError(f"{target}: is there already; nothing was written. Give another name, or remove it")
    deals = read_deals(db, wanted)
    unfinished = path.with_name(path.name + ".tmp")
    try:
        counts = writer_of(form)(db, unfinished, deals, read_sentences(db, deals))
        said = describe(db, path, unfinished, form, wanted, counts, now=now)
        finish(unfinished, path)
        manifest_tmp = manifest.with_name(manifest.name + ".tmp")
        manifest_tmp.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        finish(manifest_tmp, manifest)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise StoreError(f"{path}: cannot be written: {error.strerror}") from error
    return Exported(path, manifest, counts)


def finish(unfinished: Path, path: Path) -> None:
    """Give a file its name once it is on disk."""
    with unfinished.open("rb+") as file:
        os.fsync(file.fileno())
    unfinished.rename(path)


Writer = Callable[[Database, Path, tuple[DealRow, ...], Sentences], dict[str, int]]


def writer_of(form: Format) -> Writer:
    """Return what writes a format."""
    writers: dict[Format, Writer] = {
        Format.CSV: lambda _, path, deals, proofs: sheets.write_csv(path, deals, proofs),
        Format.ITALIAN_CSV: lambda _, path, deals, proofs: sheets.write_italian_csv(path, deals, proofs),
        Format.NDJSON: lambda _, path, deals, proofs: sheets.write_ndjson(path, deals, proofs),
        Format.XLSX: lambda _, path, deals, proofs: sheets.write_xlsx(path, deals, proofs),
        Format.PARQUET: lambda _, path, deals, proofs: sheets.write_parquet(path, deals, proofs),
        Format.FTM: ftm.write_ftm,
    }
    return writers[form]


def describe(
    db: Database,
    path: Path,
    written: Path,
    form: Format,
    wanted: DealFilter,
    counts: dict[str, int],
    *,
    now: datetime,
) -> dict[str, object]:
    """Return the manifest."""
    return {
        "file": path.name,
        "format": form.value,
        "sha256": hashlib.sha256(written.read_bytes()).hexdigest(),
        "query": {name: value for name, value in asdict(wanted).items() if value not in (None, ())},
        "counts": counts,
        "ledger_sha256": hash_ledger(db),
        "models": [dict(row) for row in SQL.all(db, "models")],
        "affari": version("affari"),
        "made_at": now.isoformat(timespec="seconds"),
    }


def hash_ledger(db: Database) -> str:
    """Return a hash of all deals as they stand: the same for two bases that say the same, whatever their pages."""
    digest = hashlib.sha256()
    for row in SQL.all(db, "ledger"):
        digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()
