"""The mean of several runs."""

import argparse

import pytest

pytest.importorskip("torch", reason="PyTorch is for training only")

import torch

from models.training.mean import SAME, main, mean_of, read_run

ONE = {"a": torch.tensor([1.0, 2.0]), "b": torch.tensor([[4.0]])}
OTHER = {"a": torch.tensor([3.0, 0.0]), "b": torch.tensor([[0.0]])}


@pytest.mark.parametrize(
    ("weights", "a", "b"),
    [((1, 1), [2.0, 1.0], [[2.0]]), ((3, 1), [1.5, 1.5], [[3.0]]), ((0.5, 1.5), [2.5, 0.5], [[1.0]])],
)
def test_a_mean_is_weighted(weights, a, b):
    mean = mean_of([ONE, OTHER], weights)
    assert {name: value.tolist() for name, value in mean.items()} == {"a": a, "b": b}
    assert mean["a"].dtype == torch.float32


@pytest.mark.parametrize("other", [{"a": ONE["a"]}, {**ONE, "c": ONE["a"]}, {**ONE, "b": torch.zeros(2)}])
def test_other_networks_are_refused(other):
    with pytest.raises(ValueError, match=r"[bc] differ"):
        mean_of([ONE, other], [1, 1])


@pytest.mark.parametrize(("text", "complaint"), [("=2", "no reader.pt"), ("x=0", "more than 0"), ("x=y", "no weight")])
def test_a_run_that_cannot_be_read_is_named(tmp_path, monkeypatch, text, complaint):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(argparse.ArgumentTypeError, match=complaint):
        read_run(text)


def test_a_run_weighs_one_unless_said(tmp_path):
    (tmp_path / "reader.pt").touch()
    assert (read_run(str(tmp_path)), read_run(f"{tmp_path}=0.25")) == ((tmp_path, 1.0), (tmp_path, 0.25))


def test_runs_of_two_shapes_are_named(tmp_path, monkeypatch, capsys):
    runs = [tmp_path / "one", tmp_path / "two"]
    for run, state in zip(runs, (ONE, {"a": ONE["a"]}), strict=True):
        run.mkdir()
        for name in SAME:
            (run / name).write_text("{}")
        torch.save({"shipped": state}, run / "reader.pt")
    monkeypatch.setattr("sys.argv", ["mean", *map(str, runs), "--run", str(tmp_path / "mean")])
    with pytest.raises(SystemExit, match="2"):
        main()
    assert f"{runs[0]}, {runs[1]}: not networks of one shape: b differ" in capsys.readouterr().err
    assert not (tmp_path / "mean").exists()
