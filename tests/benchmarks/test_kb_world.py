"""The made-up world of benchmarks/kb.py: the same for the same seed, and rows that the questions can read."""

from datetime import UTC, date, datetime

from benchmarks.kb_fill import fill
from benchmarks.kb_world import make_world, name_of
from pipeline.kb import KnowledgeBase
from pipeline.kb.connection import find_damage
from pipeline.kb.questions import ask, read_questions

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def test_the_world_is_seeded():
    assert list(make_world(30)) == list(make_world(30))
    assert list(make_world(30)) != list(make_world(30, seed=2))
    assert len(list(make_world(30, first=100))) == 30


def test_names_are_all_different():
    assert len({name_of(number) for number in range(20_000)}) == 20_000


def test_a_reading_fits_its_article():
    for article, said, _ in make_world(60):
        for organisation in said.organisations:
            for mention in organisation.mentions:
                assert article.text[mention.start : mention.end] == organisation.name
        (evidence,) = said.deals[0].evidence
        assert article.text[evidence.start : evidence.end] == evidence.text


def test_a_filled_base_answers(tmp_path):
    with KnowledgeBase.open(tmp_path / "affari.db", now=lambda: NOW) as base:
        fill(base, 120)
        assert base.db["article"].count == 120
        assert find_damage(base.db) == ()
        for name in read_questions():
            ask(base.db, name, {}, today=date(2026, 3, 1))
        assert ask(base.db, "timeline", {"org": name_of(0)}, today=NOW.date()).rows
