"""Saves articles: once each, by canonical URL; a changed text makes a new version. Knows nothing of deals."""

import hashlib
import json
from datetime import date, datetime

from sqlite_utils import Database

from pipeline.errors import ArticleError, InputError
from pipeline.kb.rows import ArticleRow, Saved, StoredArticle
from pipeline.kb.statements import Statements, Value
from scrapers.article import Article
from scrapers.duplicates import Fingerprint, fingerprint, is_copy, read_fingerprint

SQL = Statements("articles")
RECENT = 30_000  # articles among which copies are looked for: a month of all Italian trade news
OVERDUE = 1_000  # older ones are forgotten together: their keys lie all over the index, a page each when one by one


def save_article(
    db: Database, article: Article, *, source: str, archive_key: str | None, run_id: int, now: datetime
) -> ArticleRow:
    """Insert `article` or note that it changed; call inside a transaction."""
    check_text(article)
    known = SQL.one(db, "article_by_url", url=article.canonical_url)
    columns = columns_of(article, archive_key)
    if known is None:
        return insert(db, article, columns, source=source, run_id=run_id, now=now)
    if (known["text_hash"], known["published"]) == (columns["text_hash"], columns["published"]):
        return ArticleRow(known["id"], article.canonical_url, known["version"], Saved.UNCHANGED, known["copy_of"])
    SQL.run(db, "keep_version", id=known["id"], now=now.isoformat(timespec="seconds"))
    SQL.run(db, "replace_article", id=known["id"], **columns)
    copy_of = link_copy(db, known["id"], article)
    return ArticleRow(known["id"], article.canonical_url, known["version"] + 1, Saved.CHANGED, copy_of)


def check_text(article: Article) -> None:
    """Raise ArticleError for text that SQLite would not give back as it is."""
    if "\0" in article.text:
        raise ArticleError(f"{article.canonical_url}: the text holds a NUL character")
    try:
        article.text.encode()
    except UnicodeEncodeError as error:
        raise ArticleError(f"{article.canonical_url}: the text holds half a character: {error.reason}") from error


def hash_text(text: str) -> str:
    """Return the SHA-256 of `text`, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def columns_of(article: Article, archive_key: str | None) -> dict[str, Value]:
    """Return what both a new and a changed article store."""
    return {
        "title": article.title,
        "body": article.body,
        "authors": json.dumps(article.authors, ensure_ascii=False),
        "published": article.published.isoformat() if article.published else None,
        "published_from": article.published_from.value,
        "published_trust": article.published_trust.value,
        "modified": article.modified.isoformat() if article.modified else None,
        "language": article.language,
        "section": article.section,
        "paywalled": int(article.paywalled),
        "body_from": article.body_from,
        "archive_key": archive_key,
        "text_hash": hash_text(article.text),
    }


def insert(
    db: Database, article: Article, columns: dict[str, Value], *, source: str, run_id: int, now: datetime
) -> ArticleRow:
    """Insert an article that is not known yet."""
    article_id = SQL.run(
        db,
        "insert_article",
        source_id=ensure_source(db, source),
        canonical_url=article.canonical_url,
        url=article.url,
        run_id=run_id,
        saved_at=now.isoformat(timespec="seconds"),
        **columns,
    )
    return ArticleRow(article_id, article.canonical_url, 1, Saved.NEW, link_copy(db, article_id, article))


def ensure_source(db: Database, slug: str) -> int:
    """Return the row of source `slug`, made if missing."""
    SQL.run(db, "insert_source", slug=slug, name=slug)
    row = SQL.one(db, "source_id", slug=slug)
    assert row is not None  # noqa: S101 - inserted the line before
    return int(row["id"])


def link_copy(db: Database, article_id: int, article: Article) -> int | None:
    """Find the article that this one copies and note it; None for an original, whose fingerprint is kept."""
    own = fingerprint(article.body)
    original = find_original(db, article_id, article, own)
    SQL.run(db, "forget_fingerprint", id=article_id)
    SQL.run(db, "set_copy_of", id=article_id, copy_of=original)
    if original is None and own.bands:
        SQL.run(db, "insert_fingerprint", id=article_id, fingerprint=own.to_bytes())
        SQL.run_many(db, "insert_band", [{"band": band, "article_id": article_id} for band in own.bands])
        SQL.run(db, "forget_old_fingerprints", id=article_id - RECENT, overdue=OVERDUE)
    return original


def find_original(db: Database, article_id: int, article: Article, own: Fingerprint) -> int | None:
    """Return the first article with the same text, or with nearly the same words, among the recent ones."""
    row = SQL.one(db, "article_with_text", id=article_id, text_hash=hash_text(article.text))
    if row is not None:
        return int(row["id"])
    for found in SQL.all(db, "originals_like", id=article_id, bands=json.dumps(own.bands), recent=RECENT):
        if is_copy(read_fingerprint(found["fingerprint"]), own):
            return int(found["id"])
    return None


def read_article(db: Database, article_id: int) -> StoredArticle:
    """Return what an extractor needs of the article; raises InputError for an unknown one."""
    row = SQL.one(db, "article_text", id=article_id)
    if row is None:
        raise InputError(f"article {article_id}: there is none")
    return StoredArticle(
        id=row["id"],
        version=row["version"],
        title=row["title"],
        text=row["text"],
        url=row["canonical_url"],
        source=row["source"],
        published=date.fromisoformat(row["published"]) if row["published"] else None,
        published_from=row["published_from"],
        published_trust=row["published_trust"],
    )
