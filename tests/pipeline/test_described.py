"""Described parties: the examples of models/lexicon/parties.toml are the table."""

import re

import pytest

from pipeline.extract.described import add_described, load_party_words
from pipeline.extract.reading import Reading
from tests.pipeline.marked import read_marked

WORDS = load_party_words()
PATTERN = WORDS.pattern()


@pytest.mark.parametrize("marked", WORDS.examples)
def test_examples(marked):
    text = re.sub(r"[\[\]]", "", marked)
    found = add_described(text, Reading(), pattern=PATTERN).candidates
    assert [text[each.start : each.end] for each in found] == re.findall(r"\[([^\]]+)\]", marked)
    assert {each.kind for each in found} == {"PARTY"}


@pytest.mark.parametrize("text", WORDS.non_examples)
def test_non_examples(text):
    assert add_described(text, Reading(), pattern=PATTERN).candidates == ()


def test_what_the_reading_has_already_is_left_out_and_links_stay_with_their_candidates():
    marked = "{Alfa|ORG|1:client} <paga|1> due aziende piemontesi, {un fondo americano|PARTY} e {Beta|ORG|1:supplier}"
    text, reading, _ = read_marked(marked, {"1": "order signed"})
    grown = add_described(text, reading, pattern=PATTERN)
    assert [text[each.start : each.end] for each in grown.candidates] == [
        *("Alfa", "due aziende piemontesi", "un fondo americano", "Beta")
    ]
    assert grown.links[0, 0].max() == reading.links[0, 0].max()
    assert not grown.links[0, 1].any()
    assert (grown.links[0, 3] == reading.links[0, 2]).all()
