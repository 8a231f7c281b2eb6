"""One run at a time: a lock beside the knowledge base."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.errors import LockedError, RefusedError


@contextmanager
def run_lock(database: Path) -> Iterator[None]:
    """Hold the lock of `database`; raises LockedError at once where another run holds it.

    The system frees the lock of a killed run; the file may stay and says nothing.
    """
    lock = FileLock(database.with_name(f"{database.name}.lock"), timeout=0)
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise LockedError(f"{database}: another run is writing to it; wait, or see `affari status`") from error
    except OSError as error:
        raise RefusedError(f"{database.parent}: cannot be written: {(error.strerror or str(error)).lower()}") from error
    try:
        yield
    finally:
        lock.release()
