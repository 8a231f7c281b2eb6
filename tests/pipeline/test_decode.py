"""Tags to spans: only what BIO allows."""

import numpy as np
import pytest

from pipeline.extract.decode import Tagged, find_tagged, join_touching, take_articles, transitions_of
from pipeline.extract.labels import LAYERS, bio

TAGS = bio("ORG", "PER")


def scores(tags, by=4.0):
    return np.eye(len(TAGS), dtype=np.float32)[[TAGS.index(tag) for tag in tags]] * by


PATHS = [
    ("O B-ORG I-ORG O", [(1, 3, "ORG")]),
    ("B-ORG B-ORG", [(0, 1, "ORG"), (1, 2, "ORG")]),
    ("B-PER I-PER B-ORG", [(0, 2, "PER"), (2, 3, "ORG")]),
    ("O O", []),
    ("", []),
]


@pytest.mark.parametrize(("tags", "spans"), PATHS)
def test_spans(tags, spans):
    found = find_tagged(scores(tags.split()).reshape(-1, len(TAGS)), TAGS)
    assert [(span.start, span.end, span.label) for span in found] == spans


@pytest.mark.parametrize("tags", ["O I-ORG", "I-PER", "B-PER I-ORG"])
def test_what_bio_forbids_is_never_found(tags):
    for span in find_tagged(scores(tags.split()), TAGS):
        assert span.label in {"ORG", "PER"}
        assert span.start < span.end


def test_bias_finds_what_is_nearly_there():
    close = scores(["O", "B-ORG", "O"])
    close[1] = [2.0, 1.5, -2, -2, -2]
    assert find_tagged(close, TAGS) == []
    assert [span.label for span in find_tagged(close, TAGS, bias=1.0)] == ["ORG"]


def test_score_is_that_of_the_weakest_word():
    weak = scores(["B-ORG", "I-ORG"])
    weak[1] = [1.0, 0, 1.2, 0, 0]
    [span] = find_tagged(weak, TAGS)
    assert span.score < 0.5


def spans_of(*edges):
    return [Tagged(start, end, "TRIGGER", 0.9) for start, end in edges]


TOUCHING = [([(0, 1), (1, 3)], [(0, 3)]), ([(0, 1), (2, 3)], [(0, 1), (2, 3)]), ([], [])]


@pytest.mark.parametrize(("before", "after"), TOUCHING)
def test_what_touches_is_joined(before, after):
    assert join_touching(spans_of(*before)) == spans_of(*after)


PARTIES = [  # words, span, its words then
    ("per i taiwanesi", (2, 3), "i taiwanesi"),
    ("per i taiwanesi", (1, 3), "i taiwanesi"),
    ("dei taiwanesi", (1, 2), "taiwanesi"),
    ("un fondo", (0, 1), None),
]


@pytest.mark.parametrize(("words", "span", "then"), PARTIES)
def test_parties_take_their_article(words, span, then):
    words = words.split()
    taken = [" ".join(words[one.start : one.end]) for one in take_articles(spans_of(span), words)]
    assert taken == ([then] if then else [])


def test_inside_follows_its_own_begin_only():
    for tags in LAYERS.values():
        table = transitions_of(tags)
        for source, before in enumerate(tags):
            for to, tag in enumerate(tags):
                allowed = not tag.startswith("I-") or before[2:] == tag[2:]
                assert (table[source, to] == 0) == allowed
