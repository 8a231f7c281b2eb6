"""Links extractions in a real knowledge base, in a file of its own: what the store makes of the linker."""

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.corpus import Gold
from benchmarks.events import GoldArticle
from pipeline.kb import KnowledgeBase
from pipeline.records import Extraction
from scrapers.article import Article, PublishedFrom, Trust

LINKS = """SELECT p.kind, p.name, coalesce(e.merged_into, e.id) FROM appearance p JOIN entity e ON e.id=p.entity_id
WHERE p.article_id=?"""
DEALS = """SELECT coalesce(d.merged_into, d.id) FROM deal_mention m JOIN deal d ON d.id=m.deal_id
WHERE m.article_id=? ORDER BY m.id"""

Placed = tuple[dict[str, int], dict[str, int]]  # the entity of each ref, the deal of each deal's id


def link_in_base(read: Sequence[tuple[GoldArticle, Gold, Extraction]]) -> list[Placed]:
    """Save articles and extractions in the order given; return where their names and deals ended."""
    with tempfile.TemporaryDirectory() as folder, KnowledgeBase.open(Path(folder) / "events.db", now=noon) as base:
        run = base.start_run("benchmark", code_version="benchmark")
        rows = [save(base, article, gold, extraction, run=run) for article, gold, extraction in read]
        return [placed(base, row, article) for row, (article, _, _) in zip(rows, read, strict=True)]


def noon() -> datetime:
    """Return a moment of no meaning."""
    return datetime(2026, 1, 1, 12, tzinfo=UTC)


def save(base: KnowledgeBase, article: GoldArticle, gold: Gold, extraction: Extraction, *, run: int) -> int:
    """Save one article with its extraction; return its row. Every article is a source of its own."""
    url = f"https://{article.id}.example/"
    body = gold.text.removeprefix(gold.title).lstrip("\n")
    page = Article(
        url=url,
        canonical_url=url,
        title=gold.title,
        body=body,
        published=article.published,
        published_from=PublishedFrom.META,
        published_trust=Trust.HIGH,
    )
    row = base.save_article(page, source=article.id, archive_key=None, run_id=run)
    base.save_extraction(row.id, extraction, run_id=run)
    return row.id


def placed(base: KnowledgeBase, row: int, article: GoldArticle) -> Placed:
    """Return the entities and deals of one article as they stand at the end."""
    found = {
        f"{'org' if kind == 'organisation' else 'per'} {name}": entity
        for kind, name, entity in base.db.execute(LINKS, [row]).fetchall()
    }
    deals = [deal for (deal,) in base.db.execute(DEALS, [row]).fetchall()]
    return found, {deal.id: place for deal, place in zip(article.deals, deals, strict=True)}
