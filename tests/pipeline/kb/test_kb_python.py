"""From Python: records and frames, and the notebook of the docs runs cell by cell."""

import json
import subprocess
import sys
import warnings
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline import KnowledgeBase
from pipeline.kb.frames import frame_answer, frame_deals, frame_parties
from tests.pipeline.kb.told import clock

ROOT = Path(__file__).resolve().parents[3]
NOTEBOOK = ROOT / "docs" / "ledger.ipynb"


def cells():
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]


def test_the_notebook_runs(kamaz, monkeypatch):
    monkeypatch.setenv("AFFARI_DB", str(kamaz.path))
    names: dict[str, object] = {}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="pandas only supports SQLAlchemy", category=UserWarning)
        for source in cells():
            exec(compile(source, str(NOTEBOOK), "exec"), names)
    assert [deal.id for deal in names["deals"]] == ["D1"]
    assert len(names["frame"]) == 1


def test_the_notebook_is_committed_without_outputs():
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    assert all(not cell.get("outputs") for cell in notebook["cells"])


def test_records_and_frames_say_the_same(kamaz):
    with KnowledgeBase.open_readonly(kamaz.path, now=clock()) as base:
        (deal,) = base.deals(types=("order",))
        assert deal.amount is not None
        assert deal.amount.min == Decimal(1000000)
        frame = frame_deals(base, (deal,))
        assert frame.loc[0, "amount_low"] == 1000000
        assert list(frame_parties((deal,))["name"]) == ["Kamaz", "due aziende piemontesi"]
        answer = frame_answer(base.ask("timeline", org="kamaz"))
        assert list(answer["deal"]) == ["D1"]
        assert frame_deals(base, ()).empty


def test_records_are_frozen(kamaz):
    (deal,) = kamaz.deals()
    with pytest.raises(AttributeError):
        deal.status = "completed"


def test_commands_do_not_wait_for_pandas():
    code = "import sys, pipeline.cli.asking; print('pandas' in sys.modules); import pandas; print(pandas.__name__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == ["False", "pandas"]
