"""The whole line over a few articles gives what was read and accepted; `make golden` rewrites."""

from tests.golden.rewrite import ARTICLES, FOLDER, read_records


def test_golden_records():
    records = read_records()
    assert len(records) == len(ARTICLES)
    assert {id: (FOLDER / f"{id}.json").read_text(encoding="utf-8") for id in records} == records
