"""The sources that are shipped: each with a reviewed example, each marked with what is known of it."""

from pathlib import Path

import pytest

from scrapers.examples import replay_examples
from scrapers.parsing import parse_source_page
from scrapers.source import load_sources

SOURCES = {source.id: source for source in load_sources(Path(__file__).resolve().parents[2] / "scrapers" / "sources")}
ENABLED = {
    "adnkronos", "aifi", "ansa", "bebeez", "campione", "corriere", "corrierecomunicazioni", "dealflower", "economyup",
    "firstonline", "ilsole24ore", "lastampa-torino", "repubblica", "repubblica-torino", "startupbusiness",
    "torinotoday",
}  # fmt: skip
UNTIL_CHECKED = {"askanews", "cronacaqui", "industriaitaliana", "novaratoday", "targatocn", "torinoggi"}


def test_which_are_shipped():
    assert {source.id for source in SOURCES.values() if source.enabled} == ENABLED
    assert {source.id for source in SOURCES.values() if not source.enabled} == UNTIL_CHECKED
    assert sum(len(source.feeds) for source in SOURCES.values()) == 24


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_examples_are_read_as_expected(source):
    replays = replay_examples(source, parse_source_page)
    assert replays
    assert [replay for replay in replays if replay.problems] == []
    assert source.kind == "sample" or source.note == "feed seen, unverified"
    assert source.local is False
