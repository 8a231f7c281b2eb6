"""Several hosts at once, one request at a time for each: a thread per host and a bounded queue to the reader."""

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from typing import Generic, TypeVar

Visit = TypeVar("Visit")
Piece = TypeVar("Piece")
WAITING_PIECES = 16  # brought but not read yet: bounds the memory
POLL = 0.2  # seconds between two looks at whether the reader has left


class _Belt(Generic[Piece]):
    """Carries pieces from the threads to the reader; drops them once the reader has left."""

    def __init__(self, stop: threading.Event) -> None:
        self._pieces: queue.Queue[Piece | None] = queue.Queue(WAITING_PIECES)
        self._stop = stop

    def put(self, piece: Piece | None) -> None:
        while not self._stop.is_set():
            try:
                return self._pieces.put(piece, timeout=POLL)
            except queue.Full:
                continue
        return None

    def until_through(self, visits: list[Future[None]]) -> Iterator[Piece]:
        """Yield the pieces until each visit has put its None; raise the error of one that failed."""
        through = 0
        while through < len(visits):
            piece = self._pieces.get()
            if piece is not None:
                yield piece
                continue
            through += 1
            for visit in visits:
                if visit.done() or through == len(visits):
                    visit.result()


def gather_at_once(
    visits: Iterable[Visit], gather: Callable[[Visit], Iterator[Piece]], *, hosts: int, stop: threading.Event
) -> Iterator[Piece]:
    """Yield what `gather` brings of each visit, `hosts` visits at once; the pieces of one visit stay in order.

    An error of `gather` is raised here and stops the others, as does closing the iterator: `stop` is set then, and
    this returns when the requests under way have ended.
    """
    belt: _Belt[Piece] = _Belt(stop)

    def bring(visit: Visit) -> None:
        try:
            if not stop.is_set():
                for piece in gather(visit):
                    belt.put(piece)
        finally:
            belt.put(None)

    pool = ThreadPoolExecutor(max_workers=hosts, thread_name_prefix="host")
    with ExitStack() as ending:
        ending.callback(pool.shutdown, cancel_futures=True)
        failing = ending.enter_context(ExitStack())
        failing.callback(stop.set)
        yield from belt.until_through([pool.submit(bring, visit) for visit in visits])
        failing.pop_all()
