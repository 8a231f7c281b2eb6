"""kill -9 in mid-run, at every step, with a real process and a real server: nothing is lost, nothing is there twice."""

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from scrapers.archive import Archive
from tests.scrapers.server import page

CHECKOUT = Path(__file__).resolve().parents[2]
SOURCE = """
name = "Paper"
home = "{home}"
feeds = ["{home}feed"]
licence = "own"
reliability = "invented"
local = true
"""
KILLS = [("fetched", 3), ("archived", 4), ("given", 5), ("stored", 6), ("done", 3), ("none", 1)]
PAGES = 30


@pytest.fixture
def run(tmp_path):
    """Start a run that is killed at a step; returns how it ended."""
    command = [sys.executable, "-m", "tests.scrapers.killed", str(tmp_path)]
    with subprocess.Popen(command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def run_until(step, number):
            process.stdin.write(f"{step} {number}\n")
            process.stdin.flush()
            return int(process.stdout.readline())

        yield run_until
        process.stdin.close()


def test_killed_at_every_step(server, tmp_path, run):
    links = "".join(f"<item><link>/{n}</link></item>" for n in range(PAGES))
    server.routes["/feed"] = page(
        f"<rss version='2.0'><channel><title>P</title>{links}</channel></rss>", content_type="text/xml"
    )
    server.routes.update({f"/{n}": page(f"titolo {n}") for n in range(PAGES)})
    (tmp_path / "paper").mkdir()
    (tmp_path / "paper" / "source.toml").write_text(SOURCE.format(home=server.url("/", host="127.0.0.1")))
    for step, number in KILLS:
        assert run(step, number) == (0 if step == "none" else -signal.SIGKILL)
    stored = dict(sqlite3.connect(tmp_path / "store.db").execute("SELECT title, times FROM article"))
    assert set(stored) == {f"titolo {n}" for n in range(PAGES)}
    assert sum(stored.values()) - PAGES <= 1  # only the kill between store and done gave one a second time
    archive = Archive(tmp_path / "archive")
    assert sorted(archive.read_page(entry.key).page.body.decode() for entry in archive.entries()) == sorted(stored)
    fetched = [path for path in server.paths if path != "/feed"]
    assert len(fetched) - PAGES <= len(KILLS)  # at most the page under way was asked for again
    before = len(server.log)
    assert run("none", 1) == 0
    assert [path for path, _ in server.log[before:]] == ["/feed"]  # robots.txt of today is known, all links are done
