"""What a run of collecting needs, opened from plain values and closed again."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scrapers.archive import Archive
from scrapers.collect import EVERYTHING, Choice, Collector
from scrapers.door import Door
from scrapers.frontier import Frontier
from scrapers.http import Manners, Web, WebDoor
from scrapers.local import FolderDoor
from scrapers.pace import Pace
from scrapers.parsing import parse_source_page
from scrapers.source import Source
from scrapers.state import State
from scrapers.visits import Visits


@dataclass(frozen=True, slots=True)
class Places:
    """Where collecting keeps its things."""

    archive: Path
    state: Path


@contextmanager
def open_collector(
    places: Places, manners: Manners, *, now: datetime, hosts: int = 4, choice: Choice = EVERYTHING
) -> Iterator[Collector]:
    """Open archive, frontier and the doors of the network; raises ArchiveError, FrontierError."""
    state, stop = State(places.state), threading.Event()
    visits = Visits(state)
    web = Web(manners, visits, Pace(wait=stop.wait))  # leaving early also ends the pauses between requests

    def door_of(source: Source) -> Door:
        return FolderDoor(source, now=now) if source.transport else WebDoor(source, web)

    try:
        yield Collector(
            doors=door_of,
            parse=parse_source_page,
            archive=Archive(places.archive),
            frontier=Frontier(state),
            visits=visits,
            now=now,
            hosts=hosts,
            choice=choice,
            stop=stop,
        )
    finally:
        stop.set()
        state.close()
