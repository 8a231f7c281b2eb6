"""kill -9 in the middle of anything: the file opens, is whole, and is as before or after."""

import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.kb import KnowledgeBase
from pipeline.kb.check import check_all
from tests.pipeline.kb.told import clock, open_base, tell
from tests.pipeline.kb.victim import story

ROOT = Path(__file__).resolve().parents[3]
KILLS = [  # what is done, seconds from its begin to the kill
    ("save", 0.3),
    ("decide", 0.2),
    ("migrate", 0.03),
    ("backup", 0.1),
    ("accept", 0.4),
]


def kill_while(act: str, path: Path, seconds: float) -> None:
    """Start the victim and kill it `seconds` after it has begun."""
    command = [sys.executable, "-m", "tests.pipeline.kb.victim", act, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as victim:
        assert victim.stdout is not None
        assert victim.stdout.readline() == b"begun\n"
        time.sleep(seconds)
        victim.send_signal(signal.SIGKILL)
        victim.communicate()


@pytest.mark.parametrize(("act", "seconds"), KILLS)
def test_the_file_is_whole_after_a_kill(tmp_path, act, seconds):
    with open_base(tmp_path) as base:
        for number in range(1, 6):
            told = story(number)
            tell(base, number, told["sentence"], told["parties"])
        path = base.path
    kill_while(act, path, seconds)
    for copy in (tmp_path / "copie").glob("*.db"):
        connection = sqlite3.connect(copy)
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        connection.close()
    drop_test_migration(path)
    with KnowledgeBase.open(path, now=clock()) as base:
        assert [check for check in check_all(base.db) if check.problems] == []
        if act == "save":
            assert len(list(base.unread_articles())) <= 1  # an article and its reading are two transactions
        tell(base, 1, "La Alfa1 ha comprato la Beta1.", {"Alfa1": "buyer", "Beta1": "target"})
        assert base.db.execute("SELECT count(*) FROM run WHERE status='running'").fetchone()[0] == 0


def drop_test_migration(path: Path) -> None:
    """Forget the victim's own migration, all of whose columns are there or none."""
    connection = sqlite3.connect(path)
    done = connection.execute("DELETE FROM _sqlite_migrations WHERE name='m998_test'").rowcount
    columns = connection.execute("SELECT count(*) FROM pragma_table_info('rate') WHERE name LIKE 'c%'").fetchone()[0]
    assert columns - 1 == (400 if done else 0)  # "currency" is the other one
    connection.commit()
    connection.close()
