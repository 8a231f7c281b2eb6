"""Writes down what the program did: runs, issues that a person must see, items that failed."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlite_utils import Database

from pipeline.errors import InputError
from pipeline.kb.statements import Statements

SQL = Statements("runs")
STATUSES = ("done", "partial", "failed")


def start_run(db: Database, kind: str, *, code_version: str, now: datetime) -> int:
    """Note that a run begins and return its identifier; one that ended without saying so is noted as aborted.

    That no two run at once is the lock file's matter.
    """
    moment = now.isoformat(timespec="seconds")
    SQL.run(db, "abort_unfinished", now=moment)
    return SQL.run(db, "insert_run", kind=kind, code_version=code_version, now=moment)


def finish_run(
    db: Database,
    run_id: int,
    *,
    status: str,
    exit_code: int,
    counts: Mapping[str, int],
    message: str | None,
    now: datetime,
) -> None:
    """Note how a run ended; raises InputError for a status that is none."""
    if status not in STATUSES:
        raise InputError(f"run status {status!r}; one of {', '.join(STATUSES)}")
    SQL.run(
        db,
        "finish_run",
        id=run_id,
        status=status,
        exit_code=exit_code,
        counts=json.dumps(dict(counts)),
        message=message,
        now=now.isoformat(timespec="seconds"),
    )


def save_issue(
    db: Database, *, run_id: int | None, stage: str, subject: str, message: str, detail: str | None, now: datetime
) -> None:
    """Note something that a person should look at."""
    SQL.run(
        db,
        "insert_issue",
        run_id=run_id,
        stage=stage,
        subject=subject,
        message=message,
        detail=detail,
        now=now.isoformat(timespec="seconds"),
    )


def save_dead_letter(db: Database, *, stage: str, item: str, error: str, now: datetime) -> None:
    """Note that `item` failed, once more if it did before."""
    SQL.run(db, "bury", stage=stage, item=item, error=error, now=now.isoformat(timespec="seconds"))


def resolve_dead_letter(db: Database, *, stage: str, item: str, now: datetime) -> None:
    """Note that `item` went well after all."""
    SQL.run(db, "raise_from_dead", stage=stage, item=item, now=now.isoformat(timespec="seconds"))
