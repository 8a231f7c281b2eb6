"""A process that is killed: it does one thing with a knowledge base over and over, and says when it has begun.

python -m tests.pipeline.kb.victim save|decide|migrate|backup|accept FILE
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline.kb import KnowledgeBase
from pipeline.kb.backup import back_up
from pipeline.kb.connection import migrate
from pipeline.kb.decisions import Signature, merge, revoke, say_same
from pipeline.kb.history import accept, find_extractor
from pipeline.kb.migrations import MIGRATIONS
from pipeline.records import Model
from tests.pipeline.kb.told import NEWER, article, reading, tell, told_deal

START = datetime(2026, 3, 2, tzinfo=UTC)
PAIRS = (("Alfa", "Beta"), ("Gamma", "Delta"), ("Epsilon", "Zeta"))


def story(number: int, model: Model | None = None) -> dict[str, object]:
    """Return what article `number` tells: a purchase between two of a few, so that deals and names meet."""
    one, other = PAIRS[number % len(PAIRS)]
    return {
        "sentence": f"La {one}{number % 7} ha comprato la {other}{number % 5}.",
        "parties": {f"{one}{number % 7}": "buyer", f"{other}{number % 5}": "target"},
    }


def save(base: KnowledgeBase) -> None:
    """Store new articles, and every third one anew with another status."""
    for number in range(1, 100_000):
        told = story(number)
        tell(base, number, str(told["sentence"]), told["parties"])  # type: ignore[arg-type]
        if number % 3 == 0:
            tell(base, number, str(told["sentence"]), told["parties"], status="completed", model=NEWER)  # type: ignore[arg-type]


def decide(base: KnowledgeBase) -> None:
    """Merge deals and organisations and take it back."""
    for number in range(100_000):
        by = Signature("anna", None, START + timedelta(seconds=number))
        made = [merge(base.db, "D2", "D1", by), say_same(base.db, "O3", "O1", by)]
        for decision in reversed(made):
            revoke(base.db, decision, by)


def migrate_slowly(base: KnowledgeBase) -> None:
    """Apply one migration of many statements."""

    @MIGRATIONS(name="m998_test")
    def add_columns(db: object) -> None:
        for number in range(400):
            base.db.execute(f"ALTER TABLE rate ADD COLUMN c{number} TEXT")

    migrate(base.db, base.path, now=START)


def copy(base: KnowledgeBase) -> None:
    """Back up again and again."""
    for number in range(100_000):
        back_up(base.path, base.path.parent / "copie", keep=2, now=START + timedelta(seconds=number))


def accept_all(base: KnowledgeBase) -> None:
    """Let two readers count in turn."""
    for number in range(1, 40):
        told = story(number)
        seen = article(number, f"{told['sentence']}\n\nArticolo numero {number}.", title=f"Titolo {number}")
        names = tuple(told["parties"])  # type: ignore[arg-type, var-annotated]
        deal = told_deal(seen.text, "merger", told["parties"], sentence=str(told["sentence"]))  # type: ignore[arg-type]
        run = base.start_run("extract", code_version="test")
        base.save_trial(base.save_article(seen, source="g", archive_key=None, run_id=run).id,
                        reading(seen, names, (deal,), model=NEWER), run_id=run)  # fmt: skip
    for number in range(100_000):
        for _ in accept(base.db, find_extractor(base.db, "2" if number % 2 == 0 else "1"), now=base.now):
            pass


ACTS = {"save": save, "decide": decide, "migrate": migrate_slowly, "backup": copy, "accept": accept_all}


def main(act: str, path: Path) -> None:
    """Do it until killed."""
    with KnowledgeBase.open(path, now=lambda: START) as base:
        print("begun", flush=True)  # noqa: T201 - what the killer waits for
        ACTS[act](base)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
