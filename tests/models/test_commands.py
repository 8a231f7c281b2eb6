"""The commands of the training."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["bars", "calibrate", "fuse", "surface"])
def test_help_only_helps(module):
    command = [sys.executable, "-m", f"models.training.{module}", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout[:6]) == (0, "usage:"), done.stderr
