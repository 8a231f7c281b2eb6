"""How much either reader counts: what is fitted, and what stays."""

from models.training.fuse import QUESTIONS, Rows, weigh_all
from pipeline.extract.fusion import load_fusion


def test_a_question_without_rows_keeps_its_weights():
    kept, rows = load_fusion(), Rows()
    for chance in (0.1, 0.2, 0.8, 0.9):
        rows.add(chance, 0.5, alone=False, right=chance > 0.5)
    weights = weigh_all({"triggers": rows}, kept)
    assert tuple(weights) == QUESTIONS
    assert weights["parties"] == kept.parties.model_dump()
    assert weights["triggers"]["heads"] > 0
