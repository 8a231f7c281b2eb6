"""Copies the knowledge base while it is in use, proves that the copy is whole, and keeps the latest few."""

import re
import sqlite3
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from pipeline.errors import IntegrityError, RefusedError, StoreError
from pipeline.kb.connection import check_file, check_not_newer, connect, copy_whole, find_damage

STAMP = re.compile(r"-\d{8}T\d{6}Z\.db$")  # "affari-20261128T060000Z.db", not "affari-old.db"
COUNTED = ("article", "deal", "entity", "decision", "revocation")


def back_up(path: Path, folder: Path, *, keep: int, now: datetime) -> Path:
    """Write a verified copy of the knowledge base `path` into `folder` and return it; older ones beyond `keep` go.

    A copy that is not whole is removed, and nothing older goes. Raises RefusedError where the folder cannot be
    written, StoreError where there is nothing to copy or the copy fails, IntegrityError where it is not whole.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RefusedError(f"{folder}: cannot be made: {error.strerror}") from error
    target = folder / f"{path.stem}-{now:%Y%m%dT%H%M%S}Z.db"
    if target.exists():
        raise RefusedError(f"{target}: is there already; nothing was changed")
    before = copy_open(path, target)
    problems = verify(target, before)
    if problems:
        target.unlink()
        raise IntegrityError(f"{target}: the copy is not whole ({'; '.join(problems)}); run `affari doctor`")
    rotate(folder, path.stem, keep)
    return target


def copy_open(path: Path, target: Path) -> dict[str, int]:
    """Copy `path` to `target` while others use it; return how many rows there were before.

    Through a connection that may write: read-only, SQLite 3.40 cannot copy a table with a computed column.
    """
    if not path.exists():
        raise StoreError(f"{path}: no knowledge base here yet; `affari run` makes one")
    check_file(path)
    db = connect(path)
    try:
        check_not_newer(db, path)
        before = count_rows(db)
        copy_whole(db, target)
    finally:
        db.close()
    return before


def count_rows(db: Database) -> dict[str, int]:
    """Return how many rows the tables have that nothing may ever leave."""
    return {table: db[table].count for table in COUNTED}


def verify(copy: Path, at_least: dict[str, int]) -> tuple[str, ...]:
    """Return what is wrong with a copy: damage, or fewer rows than there were before it was made."""
    with sqlite3.connect(copy) as connection:
        db = Database(connection)
        problems = find_damage(db)
        fewer = [table for table, rows in count_rows(db).items() if rows < at_least[table]]
    connection.close()
    return (*problems, *(f"{table}: rows are missing" for table in fewer))


def rotate(folder: Path, stem: str, keep: int) -> tuple[Path, ...]:
    """Remove all but the latest `keep` copies of `stem`; return what went. Other files are left alone."""
    copies = sorted(path for path in folder.glob(f"{stem}-*.db") if STAMP.search(path.name))
    gone = copies[:-keep]
    for path in gone:
        path.unlink()
    return tuple(gone)
