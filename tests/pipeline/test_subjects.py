"""What a deal is about: the examples of models/lexicon/subjects.toml are the table."""

import re

import pytest

from pipeline.extract.subjects import find_subject, load_subject_words

WORDS = load_subject_words()
MARK = re.compile(r"<([^>]+)>|\[([^\]]+)\]|\{([^}]+)\}")


def read_example(marked):
    """Return text, triggers, taken spans and subject of an example."""
    text, end, spans = "", 0, {1: [], 2: [], 3: []}
    for match in MARK.finditer(marked):
        text += marked[end : match.start()]
        spans[match.lastindex].append((len(text), len(text) + len(match[match.lastindex])))
        text += match[match.lastindex]
        end = match.end()
    return text + marked[end:], spans[1], spans[1] + spans[3], spans[2]


@pytest.mark.parametrize("marked", WORDS.examples)
def test_examples(marked):
    text, triggers, taken, subject = read_example(marked)
    found = find_subject(text, triggers, taken, words=WORDS)
    assert [found and found.text] == [text[start:end] for start, end in subject]
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize("marked", WORDS.non_examples)
def test_non_examples(marked):
    text, triggers, taken, _ = read_example(marked)
    assert find_subject(text, triggers, taken, words=WORDS) is None
