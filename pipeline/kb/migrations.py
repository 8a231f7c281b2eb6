"""The versions of the knowledge base's tables; migrations only append, and never take anything away.

`table.transform()` drops FTS triggers without a word (sqlite-utils 4.2.1), so a migration adds columns and tables.
"""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from pipeline.kb.statements import Statements, iter_schema_statements, read_schema
from pipeline.link import blocks_of
from scrapers.duplicates import read_fingerprint

MIGRATIONS = Migrations("affari")


@MIGRATIONS()
def m001_ledger(db: Database) -> None:
    """Make the ledger: articles, what readers said, deals and entities, decisions."""
    for statement in iter_schema_statements(read_schema("m001_ledger")):
        db.execute(statement)


@MIGRATIONS()
def m002_bands(db: Database) -> None:
    """Look candidates for copies up by 24 bands of two hashes, no longer 64 of three: a third of the rows to write."""
    articles = Statements("articles")
    db.execute("DELETE FROM article_band")
    for row in articles.all(db, "fingerprints"):
        bands = read_fingerprint(row["fingerprint"]).bands
        articles.run_many(db, "insert_band", [{"band": band, "article_id": row["article_id"]} for band in bands])


@MIGRATIONS()
def m003_blocks(db: Database) -> None:
    """Look organisations with a like name up by keys that fewer share: whole words, and beginnings of all words."""
    linking = Statements("linking")
    db.execute("DELETE FROM entity_block")
    for row in linking.all(db, "all_names"):
        blocks = blocks_of(row["kind"], row["alias"])
        rows = [{"block": block, "entity_id": row["entity_id"]} for block in blocks]
        linking.run_many(db, "insert_block", rows)


def known_names() -> tuple[str, ...]:
    """Return the migrations that this program knows, oldest first."""
    return tuple(migration.name for migration in MIGRATIONS._migrations)
