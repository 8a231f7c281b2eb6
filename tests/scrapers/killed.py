"""A run that is killed with SIGKILL at a chosen step. Started by test_killed.py with the folder to work in."""

import os
import signal
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path

from scrapers.archive import Archive
from scrapers.article import Article
from scrapers.collect import Collected, Collector, collect
from scrapers.frontier import Frontier
from scrapers.http import Manners, Web, WebDoor
from scrapers.pace import Pace
from scrapers.source import load_source
from scrapers.state import State
from scrapers.visits import Visits

NOW = datetime(2024, 3, 19, 3, 0, tzinfo=UTC)


class Killer:
    """Kills this process at the chosen occurrence of the chosen step."""

    def __init__(self, step, number):
        self.step, self.left = step, number

    def pass_by(self, step):
        self.left -= step == self.step
        if step == self.step and self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


class KillingArchive(Archive):
    """An archive that a kill may hit on both sides of saving."""

    def __init__(self, folder, killer):
        super().__init__(folder)
        self.killer = killer

    def save_page(self, page, *, source):
        self.killer.pass_by("fetched")
        key = super().save_page(page, source=source)
        self.killer.pass_by("archived")
        return key


def main(folder, killer):
    state = State(folder / "frontier.db")
    web = Web(Manners("prove@affari.example", delay=0.0), Visits(state), Pace(wait=lambda _: None), clock=lambda: NOW)
    collector = Collector(
        doors=lambda source: WebDoor(source, web),
        parse=lambda page, source: Article(page.url, page.url, page.body.decode(), "corpo", source=source.id),
        archive=KillingArchive(folder / "archive", killer),
        frontier=Frontier(state),
        visits=Visits(state),
        now=NOW,
    )
    store = sqlite3.connect(folder / "store.db")
    store.execute("CREATE TABLE IF NOT EXISTS article (url TEXT PRIMARY KEY, title TEXT, times INTEGER)")
    for piece in collect([load_source(folder / "paper")], collector):
        if isinstance(piece, Collected):
            killer.pass_by("given")
            with store:  # as the knowledge base does: storing twice is storing once
                store.execute(
                    "INSERT INTO article VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET times = times + 1",
                    (piece.article.url, piece.article.title),
                )
            killer.pass_by("stored")
            collector.frontier.mark_done(piece.link, now=NOW)
            killer.pass_by("done")


def serve(folder):
    """Fork a run for each line "STEP NUMBER" of standard input, and answer with how it ended.

    Forking saves the imports; each run is a process of its own all the same.
    """
    for line in sys.stdin:
        step, number = line.split()
        child = os.fork()
        if child == 0:
            main(folder, Killer(step, int(number)))
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
