"""The versions of the knowledge base's tables; migrations only append, and never take anything away.

`table.transform()` drops FTS triggers without a word (sqlite-utils 4.2.1), so a migration adds columns and tables.
"""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from pipeline.kb.statements import iter_schema_statements, read_schema

MIGRATIONS = Migrations("affari")


@MIGRATIONS()
def m001_ledger(db: Database) -> None:
    """Make the ledger: articles, what readers said, deals and entities, decisions."""
    for statement in iter_schema_statements(read_schema("m001_ledger")):
        db.execute(statement)


def known_names() -> tuple[str, ...]:
    """Return the migrations that this program knows, oldest first."""
    return tuple(migration.name for migration in MIGRATIONS._migrations)
