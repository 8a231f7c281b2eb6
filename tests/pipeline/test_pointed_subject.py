"""Which of the subjects that the heads point at from a deal's triggers is told."""

import re

import pytest

from pipeline.extract.deals import subject_of
from pipeline.extract.labels import STATUSES, TYPES
from pipeline.extract.page import Page
from pipeline.extract.reading import Subject, Trigger

TEXT = "Alfa ha ordinato venti torni. La commessa vale molto, dice chi vende presse."

ROWS = [  # (trigger, words it points at, how likely) ..., what is told
    ([("ha ordinato", "venti torni", 0.4)], "venti torni"),
    ([("ha ordinato", "venti torni", 0.4), ("commessa", "presse", 0.6)], "presse"),
    ([("ha ordinato", "venti torni", 0.4), ("ha ordinato", "presse", 0.6)], "venti torni"),  # it stands elsewhere
    ([("commessa", "venti torni", 0.3)], "venti torni"),
    ([("commessa", "venti torni", 0.1)], None),
    ([("ha ordinato", "venti torni", 0.02)], None),
    ([("ha ordinato", None, 0.0)], None),
]


@pytest.mark.parametrize(("pointed", "told"), ROWS)
def test_the_likeliest_subject_of_the_own_sentence_is_told(pointed, told):
    page = Page(TEXT, tuple(match.span() for match in re.finditer(r"[^.]+\.?", TEXT)))
    found = subject_of(page, [trigger_of(*each) for each in pointed])
    assert (found and found.text) == told


def trigger_of(words: str, said: str | None, score: float) -> Trigger:
    start = TEXT.index(words)
    subject = None if said is None else Subject(TEXT.index(said), TEXT.index(said) + len(said), score)
    types, statuses = (1 / (len(TYPES) + 1),) * (len(TYPES) + 1), (1 / len(STATUSES),) * len(STATUSES)
    return Trigger(start, start + len(words), 1.0, types, statuses, subject=subject)
