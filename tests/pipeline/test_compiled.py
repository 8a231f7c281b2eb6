"""Compiled readers of values and of the surface: they read what their sources read; what was edited since is told."""

import os
import subprocess
import sys

import pytest

from pipeline.config import ROOT
from pipeline.doctor import outdated
from pipeline.extract.atoms import COMPILED
from tests.pipeline.source_readings import digest


@pytest.mark.skipif(not COMPILED, reason="the readers are not compiled here")
def test_compiled_readers_read_what_their_sources_read():
    command = [sys.executable, "-m", "tests.pipeline.source_readings"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == digest()


def test_what_was_edited_after_it_was_compiled_is_told(tmp_path):
    (tmp_path / "surface").mkdir()
    for name, time in (
        *(("dates.py", 20), ("dates.cpython-311.so", 10), ("money.py", 10), ("money.cpython-311.so", 20)),
        *(("surface/view.py", 20), ("surface/view.cpython-311.so", 10)),
        *(("attention.c", 20), ("attention.cpython-311.so", 10)),
    ):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (time, time))
    (tmp_path / "native__mypyc.cpython-311.so").touch()
    assert outdated(tmp_path) == ("attention", "dates", "surface/view")
