"""Progress of long work, on standard error, shown once it takes longer than a second."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

PATIENCE = 1.0  # seconds before anything is shown


@contextmanager
def progress_of(what: str, *, total: int | None = None) -> Iterator[Callable[[], None]]:
    """Give a function that counts one thing done; a terminal shows a bar that goes when all is done."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    task = bar.add_task(what, total=total)
    started = time.monotonic()

    def advance() -> None:
        bar.advance(task)
        if time.monotonic() - started > PATIENCE:
            bar.start()

    try:
        yield advance
    finally:
        bar.stop()
