"""The examples of docs/values.md are read as it says."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.extract.values import ValueWords, load_value_words, read_values
from tests.pipeline.value_rows import write_amount, write_share

DOC = Path(__file__).resolve().parents[2] / "docs" / "values.md"


def rows() -> list[tuple[str, str]]:
    """Return the rows of the table under "What is read"."""
    section = DOC.read_text(encoding="utf-8").split("## What is read")[1].split("## ")[0]
    cells = [line.split("|")[1:3] for line in section.splitlines() if line.startswith("| ")]
    return [(text.strip(), value.strip()) for text, value in cells if text.strip() != "text"]


@pytest.fixture(scope="module")
def words() -> ValueWords:
    return load_value_words()


def test_there_are_examples() -> None:
    assert len(rows()) > 30


@pytest.mark.parametrize(("text", "value"), rows())
def test_example(text: str, value: str, words: ValueWords) -> None:
    values = read_values(text, words=words, published=date(2024, 11, 22))
    dates = [] if values.amounts or values.shares else [str(found.value) for found in values.dates]
    read = [*map(write_amount, values.amounts), *map(write_share, values.shares), *dates]
    assert ", ".join(read) == value
