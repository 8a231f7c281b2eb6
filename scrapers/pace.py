"""Taking turns: one request at a time for a host, with a pause between two, and a breaker for hosts that only fail."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

JITTER = 0.5  # of the pause at most, so that no host sees a clockwork
MAX_FAILURES = 4  # requests in a row that failed, tries included; then the host is left alone


@dataclass(slots=True)
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    ended: float | None = None  # when the last request ended
    failures: int = 0


class Pace:
    """Who was asked when. One of it serves all threads of a run.

    `wait` sleeps, `monotonic` is the clock, `chance` gives numbers from 0 to 1 for the jitter.
    """

    def __init__(
        self,
        *,
        wait: Callable[[float], object] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.wait, self._monotonic, self._chance = wait, monotonic, chance
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, *, delay: float) -> Iterator[None]:
        """Hold the only turn of `host`, `delay` seconds and a bit after the last one ended."""
        state = self._state(host)
        with state.lock:
            if state.ended is not None:
                pause = state.ended + delay * (1 + JITTER * self._chance()) - self._monotonic()
                if pause > 0:
                    self.wait(pause)
            try:
                yield
            finally:
                state.ended = self._monotonic()

    def backoff(self, seconds: float) -> None:
        """Wait before another try."""
        self.wait(seconds * (1 + JITTER * self._chance()))

    def note_answer(self, host: str) -> None:
        """Note that `host` answers in good order."""
        self._state(host).failures = 0

    def note_failure(self, host: str) -> bool:
        """Note a failure; true when it was one too many in a row."""
        state = self._state(host)
        state.failures += 1
        return state.failures >= MAX_FAILURES

    def _state(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host())
