"""The knowledge base as one object: a file, a clock, and what is done with them, each in one transaction.

The work is in the modules beside; this one opens, begins, commits. How it is read: read.py, frames.py.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlite_utils import Database

from pipeline.errors import IntegrityError
from pipeline.kb import articles, facts, linking, questions, read, runs
from pipeline.kb.connection import atomic, is_damage, open_database, open_readonly
from pipeline.kb.questions import Answer
from pipeline.kb.rows import ArticleRow, Counts, DealRow, DealStory, StoredArticle
from pipeline.kb.statements import Statements
from pipeline.records import Extraction, Model
from scrapers.article import Article

ARTICLES = Statements("articles")
FACTS = Statements("facts")
BATCH = 500

Clock = Callable[[], datetime]


class KnowledgeBase:
    """An open knowledge base; `with` closes it. `now` tells the time with a zone."""

    def __init__(self, db: Database, path: Path, now: Clock) -> None:
        self.db = db
        self.path = path
        self.now = now

    @classmethod
    def open(cls, path: Path, *, now: Clock) -> Self:
        """Open `path` for writing; makes and migrates it. Errors: see pipeline.kb.connection.open_database."""
        return cls(open_database(path, now=now()), path, now)

    @classmethod
    def open_readonly(cls, path: Path, *, now: Clock) -> Self:
        """Open `path` for reading; raises StoreError where there is none."""
        return cls(open_readonly(path), path, now)

    def __enter__(self) -> Self:
        """Give the open base."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the file, whatever happened; raises IntegrityError where SQLite found it damaged."""
        self.close()
        if isinstance(error, sqlite3.DatabaseError) and is_damage(error):
            raise IntegrityError(
                f"{self.path}: damaged: {error}; `affari doctor` says how far, restore a copy that `affari backup` made"
            ) from error

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def start_run(self, kind: str, *, code_version: str) -> int:
        """Note that a run begins; return its identifier."""
        with atomic(self.db):
            return runs.start_run(self.db, kind, code_version=code_version, now=self.now())

    def finish_run(
        self, run_id: int, *, status: str, exit_code: int, counts: Mapping[str, int], message: str | None = None
    ) -> None:
        """Note how a run ended: status done, partial or failed."""
        with atomic(self.db):
            runs.finish_run(
                self.db,
                run_id,
                status=status,
                exit_code=exit_code,
                counts=counts,
                message=message,
                now=self.now(),
            )

    def save_issue(
        self, *, run_id: int | None, stage: str, subject: str, message: str, detail: str | None = None
    ) -> None:
        """Note something that a person should look at."""
        with atomic(self.db):
            runs.save_issue(
                self.db,
                run_id=run_id,
                stage=stage,
                subject=subject,
                message=message,
                detail=detail,
                now=self.now(),
            )

    def save_dead_letter(self, *, stage: str, item: str, error: str) -> None:
        """Note that `item` failed and is to be tried again."""
        with atomic(self.db):
            runs.save_dead_letter(self.db, stage=stage, item=item, error=error, now=self.now())

    def resolve_dead_letter(self, *, stage: str, item: str) -> None:
        """Note that `item` went well after all."""
        with atomic(self.db):
            runs.resolve_dead_letter(self.db, stage=stage, item=item, now=self.now())

    def save_article(self, article: Article, *, source: str, archive_key: str | None, run_id: int) -> ArticleRow:
        """Store an article; saving it again changes nothing, a changed text makes a new version."""
        with atomic(self.db):
            return articles.save_article(
                self.db, article, source=source, archive_key=archive_key, run_id=run_id, now=self.now()
            )

    def read_article(self, article_id: int) -> StoredArticle:
        """Return what an extractor needs of an article; raises InputError for an unknown one."""
        return articles.read_article(self.db, article_id)

    def articles_without_extraction(self, model: Model, *, at_most: int | None = None) -> Iterator[StoredArticle]:
        """Give the articles whose text `model` has not read, oldest first; safe to save while iterating."""
        names = {"pipeline": model.pipeline, "tagger": model.tagger, "version": model.version}
        return self._articles("article_ids_without_extraction", at_most, names)

    def unread_articles(self, *, at_most: int | None = None) -> Iterator[StoredArticle]:
        """Give the articles whose text, as it stands now, no reading that counts was made of; oldest first."""
        return self._articles("unread_article_ids", at_most, {})

    def _articles(self, statement: str, at_most: int | None, names: Mapping[str, str]) -> Iterator[StoredArticle]:
        """Give articles a batch at a time, each looked for after the last one given."""
        after, left = 0, at_most if at_most is not None else -1
        while left and (rows := ARTICLES.all(self.db, statement, after=after, limit=BATCH, **names)):
            for row in rows[: left if left > 0 else None]:
                left -= 1
                yield articles.read_article(self.db, row["id"])
            after = rows[-1]["id"]

    def save_extraction(self, article_id: int, extraction: Extraction, *, run_id: int) -> Counts:
        """Store a reading and let it speak for its article: people, organisations and deals are linked at once.

        All or nothing; saving it again changes nothing. Raises ArticleError where it is of another text.
        """
        with atomic(self.db):
            written = self._write(article_id, extraction, run_id=run_id)
            row = FACTS.one(self.db, "counting_extraction", article_id=article_id)
            if row is not None and row["id"] == written:
                return Counts(unchanged=True)
            return linking.make_count(self.db, article_id, written, now=self.now())

    def save_trial(self, article_id: int, extraction: Extraction, *, run_id: int) -> None:
        """Store a reading beside the one that counts: `affari diff` compares them, `affari accept` lets it count."""
        with atomic(self.db):
            self._write(article_id, extraction, run_id=run_id)

    def deals(self, **wanted: Any) -> tuple[DealRow, ...]:
        """Return the deals of the ledger, the latest first; keywords are the fields of DealFilter.

        `kb.deals(types=("order",), since="2026-01-01", min_amount=Decimal(1000000))`
        """
        return read.read_deals(self.db, read.DealFilter(**wanted))

    def story(self, deal: str) -> DealStory:
        """Return a deal ("D12") with every sentence that proves it; raises InputError for an unknown one."""
        return read.read_story(self.db, deal)

    def ask(self, question: str, **given: str) -> Answer:
        """Answer one of the researchers' questions: `kb.ask("buyers", region="Piemonte")`."""
        return questions.ask(self.db, question, given, today=self.now().date())

    def _write(self, article_id: int, extraction: Extraction, *, run_id: int) -> int:
        """Write a reading where it is not there yet; the same extractor saying something else replaces its own rows."""
        now = self.now()
        article = articles.read_article(self.db, article_id)
        extractor = facts.ensure_extractor(self.db, extraction.model, now=now)
        found = facts.find_extraction(self.db, article, extractor)
        if found is not None and found[1] == facts.hash_record(extraction):
            return found[0]
        if found is not None:
            linking.forget(self.db, article_id, found[0], now=now)
        return facts.write_extraction(self.db, article_id, extraction, run_id=run_id, now=now)
