"""Opens the knowledge base's file: creates, checks, migrates it, and gives transactions. Knows no table's meaning."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from pipeline.errors import IntegrityError, RefusedError, StoreError
from pipeline.kb.migrations import MIGRATIONS, known_names

MAGIC = b"SQLite format 3\x00"
BUSY_MS = 10_000
STATEMENTS = 512  # kept ready, more than the program has: of Python's 128 an article's linking would push out its own
READING = (
    "mmap_size=2147483648",
    "cache_size=-65536",
)  # the file as memory, 64 MiB of pages kept: a scan costs no calls
# what the machine or another program does to us; the low byte of SQLite's extended code
OUTSIDE = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY})
CHECKPOINT = 8_000  # pages (32 MiB) that wait aside: what one article changes, the next changes again
SPACE = 64 * 2**20  # bytes that must be free before anything is written


def open_database(path: Path, *, now: datetime) -> Database:
    """Open `path` for writing, make it if missing, bring it to the newest version.

    Raises RefusedError (not SQLite, newer schema, folder or file not writable, disk full), IntegrityError (migration
    failed; the file is as before, and a copy lies beside it).
    """
    check_file(path)
    check_writable(path)
    db = connect(path)
    with ExitStack() as failing:
        failing.callback(db.close)
        check_not_newer(db, path)
        db.execute("PRAGMA journal_mode=WAL")  # only now: it writes into the file
        migrate(db, path, now=now)
        failing.pop_all()
    return db


def open_readonly(path: Path) -> Database:
    """Open `path` for reading only; raises StoreError where there is none, RefusedError as `open_database`."""
    if not path.exists():
        raise StoreError(f"{path}: no knowledge base here yet; `affari run` makes one")
    check_file(path)
    db = Database(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_MS / 1000))
    db.conn.row_factory = sqlite3.Row
    with ExitStack() as failing:
        failing.callback(db.close)
        check_not_newer(db, path)
        check_not_older(db, path)
        for pragma in READING:
            db.conn.execute(f"PRAGMA {pragma}")
        failing.pop_all()
    return db


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Return whether SQLite says that the file itself is broken."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def check_file(path: Path) -> None:
    """Raise RefusedError where `path` is there but is no SQLite file; an empty file may become one."""
    if path.is_dir():
        raise RefusedError(f"{path}: a folder, not a knowledge base; give a file (--db or [paths] database)")
    try:
        with path.open("rb") as file:
            head = file.read(len(MAGIC))
    except FileNotFoundError:
        return
    except OSError as error:
        raise RefusedError(f"{path}: cannot be read: {error.strerror}") from error
    if head and head != MAGIC:
        raise RefusedError(f"{path}: not an SQLite file; nothing was changed. Give another file (--db)")


def check_writable(path: Path) -> None:
    """Raise RefusedError where the folder or the file cannot be written or the disk is nearly full."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RefusedError(f"{path.parent}: cannot be made: {error.strerror}") from error
    # WAL needs two more files in the folder, so a writable file alone is not enough
    if not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise RefusedError(f"{path}: folder or file is read-only; nothing was changed")
    free = shutil.disk_usage(path.parent).free
    if free < SPACE:
        raise RefusedError(f"{path.parent}: only {free // 2**20} MB free; nothing was changed")


def connect(path: Path) -> Database:
    """Connect to `path` with the settings that every connection has."""
    try:
        connection = sqlite3.connect(path, timeout=BUSY_MS / 1000, cached_statements=STATEMENTS)
        connection.row_factory = sqlite3.Row
        writing = ("foreign_keys=ON", "synchronous=NORMAL", f"wal_autocheckpoint={CHECKPOINT}")
        for pragma in (*writing, *READING, f"busy_timeout={BUSY_MS}"):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error as error:
        raise RefusedError(f"{path}: cannot be opened: {error}") from error
    return Database(connection)


def check_not_newer(db: Database, path: Path) -> None:
    """Raise RefusedError where the file has migrations unknown here, or tables of another program."""
    try:
        applied = {migration.name for migration in MIGRATIONS.applied(db)}
        tables = db.table_names()
    except sqlite3.DatabaseError as error:
        raise IntegrityError(f"{path}: damaged: {error}; restore a backup") from error
    unknown = sorted(applied - set(known_names()))
    if unknown:
        raise RefusedError(
            f"{path}: made by a newer Affari ({', '.join(unknown)}); update this one. Nothing was changed"
        )
    if not applied and set(tables) - {"_sqlite_migrations"}:
        raise RefusedError(f"{path}: an SQLite file of another program; nothing was changed. Give another file (--db)")


def check_not_older(db: Database, path: Path) -> None:
    """Raise RefusedError where migrations are pending, since a reader cannot apply them."""
    if MIGRATIONS.pending(db):
        raise RefusedError(f"{path}: made by an older Affari; `affari migrate` brings it up to date")


def migrate(db: Database, path: Path, *, now: datetime) -> tuple[str, ...]:
    """Apply what is pending and return its names; an older file is copied first, and checked afterwards."""
    pending = tuple(migration.name for migration in MIGRATIONS.pending(db))
    if not pending:
        return ()
    if MIGRATIONS.applied(db):
        copy_before(db, path, pending[0], now=now)
    try:
        MIGRATIONS.apply(db)
        problems = find_damage(db)
    except sqlite3.Error as error:
        raise IntegrityError(f"{path}: migration {pending[0]} failed, the file is as before: {error}") from error
    if problems:
        raise IntegrityError(f"{path}: after migration: {'; '.join(problems)}; the copy before it lies beside the file")
    return pending


def copy_before(db: Database, path: Path, migration: str, *, now: datetime) -> Path:
    """Copy the file beside itself before `migration`; the copy appears whole or not at all."""
    target = path.with_name(f"{path.name}.before-{migration}-{now:%Y%m%dT%H%M%S}")
    return copy_whole(db, target)


def copy_whole(db: Database, target: Path) -> Path:
    """Write a compact copy of the knowledge base to `target`, on disk for sure before it has its name."""
    unfinished = target.with_name(target.name + ".tmp")
    unfinished.unlink(missing_ok=True)
    try:
        db.execute("VACUUM INTO :file", {"file": str(unfinished)})
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        unfinished.rename(target)
    except (sqlite3.Error, OSError) as error:
        unfinished.unlink(missing_ok=True)
        raise StoreError(f"{target}: the copy could not be written: {error}") from error
    return target


def find_damage(db: Database) -> tuple[str, ...]:
    """Return what quick_check, the foreign-key check and the full-text indexes complain about."""
    problems = [row[0] for row in db.execute("PRAGMA quick_check(20)") if row[0] != "ok"]
    problems += [
        f"{row[0]} row {row[1]} refers to nothing in {row[2]}" for row in db.execute("PRAGMA foreign_key_check")
    ]
    for table in ("article_fts", "deal_text_fts"):
        if not is_index_whole(db, table):
            problems.append(f"{table}: full-text index out of step; `affari migrate --reindex` builds it anew")
    return tuple(problems)


def is_index_whole(db: Database, table: str) -> bool:
    """Tell whether a full-text index holds what its table holds; a reader, who may not ask it, counts the rows."""
    source = table.removesuffix("_fts")
    try:
        with atomic(db):
            db.conn.execute(f'INSERT INTO "{table}"("{table}", rank) VALUES(\'integrity-check\', 1)')
    except StoreError:
        counts = db.conn.execute(f'SELECT (SELECT count(*) FROM "{table}_docsize"), (SELECT count(*) FROM "{source}")')  # noqa: S608 - table names of ours
        indexed, stored = counts.fetchone()
        return bool(indexed == stored)
    except sqlite3.DatabaseError:
        return False
    return True


@contextmanager
def atomic(db: Database) -> Iterator[None]:
    """Do all or nothing; takes the write lock at once, so that a reader's snapshot never has to be upgraded."""
    if db.conn.in_transaction:
        with db.atomic():
            yield
        return
    try:
        db.conn.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise StoreError(f"another program writes to the knowledge base: {error}") from error
    with ExitStack() as failing:
        failing.callback(db.rollback)
        try:
            yield
            db.conn.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in OUTSIDE:
                raise
            raise StoreError(f"the knowledge base could not be written, nothing was changed: {error}") from error
        failing.pop_all()
