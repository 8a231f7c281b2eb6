"""The whole line over a few articles gives what was read and accepted; `make golden` rewrites."""

import json
from collections import Counter
from collections.abc import Iterator

from tests.golden.rewrite import ARTICLES, FOLDER, read_records

ALIKE = 0.97  # of a record's values: float32 rounds as the processor likes, and a choice at its threshold may turn


def test_golden_records():
    records = read_records()
    assert len(records) == len(ARTICLES)
    for id, record in records.items():
        accepted, found = (Counter(values_of(json.loads(text))) for text in (read_accepted(id), record))
        missing, new = accepted - found, found - accepted
        assert missing.total() + new.total() < 2 * (1 - ALIKE) * accepted.total(), f"{id}: -{missing} +{new}"


def read_accepted(id: str) -> str:
    return (FOLDER / f"{id}.json").read_text(encoding="utf-8")


def values_of(value: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """Yield every value of a record with the names that lead to it; where in a list it stands does not matter."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from values_of(each, (*path, key))
    elif isinstance(value, list):
        for each in value:
            yield from values_of(each, path)
    else:
        yield path, value
