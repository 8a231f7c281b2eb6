"""Which of the subjects that the heads point at from a deal's triggers is told."""

import re

import pytest

from pipeline.extract.deals import subjects_of
from pipeline.extract.labels import STATUSES, TYPES
from pipeline.extract.page import Page
from pipeline.extract.reading import Subject, Trigger

TEXT = "Alfa ha ordinato venti torni. La commessa vale molto, dice chi vende presse."

ROWS = [  # (trigger, words it points at, how likely) ..., what is told
    ([("ha ordinato", "venti torni", 0.4)], "venti torni"),
    ([("ha ordinato", "venti torni", 0.4), ("commessa", "presse", 0.6)], "presse"),
    ([("ha ordinato", "venti torni", 0.4), ("ha ordinato", "presse", 0.6)], "venti torni"),  # it stands elsewhere
    ([("commessa", "venti torni", 0.3)], "venti torni"),
    ([("commessa", "venti torni", 0.08)], None),
    ([("ha ordinato", "venti torni", 0.02)], None),
    ([("ha ordinato", None, 0.0)], None),
    # over one trigger and over two of them: only from the last on
    ([("ha ordinato", "ordinato venti torni", 0.4)], "ordinato venti torni"),
    ([("ha ordinato", "ordinato venti torni", 0.4), ("venti", None, 0.0)], "venti torni"),
]


@pytest.mark.parametrize(("pointed", "told"), ROWS)
def test_the_likeliest_subject_of_the_own_sentence_is_told(pointed, told):
    page = Page(TEXT, tuple(match.span() for match in re.finditer(r"[^.]+\.?", TEXT)))
    [found] = subjects_of(page, [[trigger_of(*each) for each in pointed]])
    assert (found and found.text) == told


def test_what_another_deal_is_surer_to_be_about_is_left_to_it():
    page = Page(TEXT, ((0, len(TEXT)),))
    first = [trigger_of("ha ordinato", "venti torni", 0.2), trigger_of("commessa", "presse", 0.3)]
    second = [trigger_of("vende", "presse", 0.5)]
    third = [trigger_of("vale", "presse", 0.4)]
    told = [each and each.text for each in subjects_of(page, [first, second, third])]
    assert told == ["venti torni", "presse", None]


def test_a_deal_whose_likeliest_words_are_another_s_is_about_its_next():
    page = Page(TEXT, ((0, len(TEXT)),))
    first = [trigger_of("commessa", "presse", 0.5)]
    second = [trigger_of("vende", "presse", 0.4, subject_of("venti torni", 0.1))]
    third = [trigger_of("vale", "presse", 0.3, subject_of("venti torni", 0.2))]
    told = [each and each.text for each in subjects_of(page, [first, second, third])]
    assert told == ["presse", None, "venti torni"]


def subject_of(said: str, score: float) -> Subject:
    return Subject(TEXT.index(said), TEXT.index(said) + len(said), score)


def trigger_of(words: str, said: str | None, score: float, *others: Subject) -> Trigger:
    start = TEXT.index(words)
    subjects = () if said is None else (subject_of(said, score),)
    types, statuses = (1 / (len(TYPES) + 1),) * (len(TYPES) + 1), (1 / len(STATUSES),) * len(STATUSES)
    return Trigger(start, start + len(words), 1.0, types, statuses, subjects=(*subjects, *others))
