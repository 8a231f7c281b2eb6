"""The file: made, refused, migrated, copied, checked; what is wrong with it is said in one line."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.errors import IntegrityError, RefusedError, StoreError
from pipeline.kb import KnowledgeBase
from pipeline.kb.backup import back_up
from pipeline.kb.check import check_all, rebuild_indexes
from pipeline.kb.connection import find_damage, migrate
from pipeline.kb.migrations import MIGRATIONS
from scrapers.duplicates import BANDS
from tests.pipeline.kb.conftest import KAMAZ
from tests.pipeline.kb.told import clock, open_base, tell

NOW = datetime(2026, 11, 28, 6, 0, tzinfo=UTC)


def test_a_new_file_has_all_settings(base):
    pragmas = {name: base.db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "foreign_keys")}
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1}
    assert base.db.execute("PRAGMA busy_timeout").fetchone()[0] > 0
    tables = base.db.execute(
        "SELECT name, strict FROM pragma_table_list WHERE type='table' AND schema='main' AND name NOT LIKE '%fts%' "
        "AND name NOT LIKE 'sqlite%' AND name<>'_sqlite_migrations'"
    ).fetchall()
    assert len(tables) > 25
    assert [row["name"] for row in tables if not row["strict"]] == []


def test_full_text_tables_are_found_by_sqlite_utils(base):
    assert base.db["article"].detect_fts() == "article_fts"
    assert base.db["deal_text"].detect_fts() == "deal_text_fts"


def make_text(path):
    path.write_text("non sono un database, sono una lista della spesa")


def make_folder(path):
    path.mkdir()


def make_foreign(path):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE ricette(id)")
    connection.commit()
    connection.close()


def make_newer(path):
    KnowledgeBase.open(path, now=clock()).close()
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES('affari','m999_x','')")
    connection.commit()
    connection.close()


def make_damaged(path):
    with KnowledgeBase.open(path, now=clock()) as base:
        for number in range(1, 30):
            tell(base, number, f"La Alfa{number} apre a Bari.", {f"Alfa{number}": "investor"}, type="investment")
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 8000)


REFUSED = [  # what lies there, the error, what it says
    (make_text, RefusedError, "not an SQLite file; nothing was changed"),
    (make_folder, RefusedError, "a folder, not a knowledge base"),
    (make_foreign, RefusedError, "an SQLite file of another program"),
    (make_newer, RefusedError, r"made by a newer Affari \(m999_x\)"),
    (make_damaged, (IntegrityError, RefusedError), "damaged|cannot be opened"),
]


@pytest.mark.parametrize(("make", "error", "message"), REFUSED)
def test_what_is_no_knowledge_base_is_refused_and_left_alone(tmp_path, make, error, message):
    path = tmp_path / "affari.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    for opened in (KnowledgeBase.open, KnowledgeBase.open_readonly):
        with pytest.raises(error, match=message):
            opened(path, now=clock())
    assert (path.read_bytes() if path.is_file() else None) == before


def test_reading_where_nothing_is_makes_nothing(tmp_path):
    with pytest.raises(StoreError, match="no knowledge base here yet"):
        KnowledgeBase.open_readonly(tmp_path / "x.db", now=clock())
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_a_knowledge_base(tmp_path):
    file = tmp_path / "affari.db"
    file.touch()
    open_base(tmp_path).close()
    with closing(sqlite3.connect(file)) as base:
        assert base.execute("SELECT count(*) FROM deal").fetchone() == (0,)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_refused(tmp_path):
    folder = tmp_path / "sola lettura"
    folder.mkdir(mode=0o500)
    with pytest.raises(RefusedError, match="read-only"):
        open_base(folder)


def test_a_folder_that_cannot_be_written_at_all_is_refused():
    with pytest.raises(RefusedError, match=r"cannot be (made|opened)"):
        open_base(Path("/proc/affari"))


def test_a_reader_cannot_write(kamaz):
    with KnowledgeBase.open_readonly(kamaz.path, now=clock()) as reader, pytest.raises(StoreError):
        reader.start_run("manual", code_version="x")


def test_an_older_file_is_copied_migrated_and_checked(kamaz):
    """What the next migration will meet: a file in use that lacks it."""

    @MIGRATIONS(name="m998_test")
    def add_column(db):
        db.execute("ALTER TABLE deal ADD COLUMN colore TEXT")

    try:
        with pytest.raises(RefusedError, match="made by an older Affari; `affari migrate`"):
            KnowledgeBase.open_readonly(kamaz.path, now=clock())
        assert migrate(kamaz.db, kamaz.path, now=NOW) == ("m998_test",)
        copy = kamaz.path.with_name("affari.db.before-m998_test-20261128T060000")
        assert "colore" in {column.name for column in kamaz.db["deal"].columns}
        connection = sqlite3.connect(copy)
        assert connection.execute("SELECT count(*) FROM deal").fetchone() == (1,)
        connection.close()
    finally:
        MIGRATIONS._migrations.pop()


def test_copies_are_found_by_the_bands_of_today(base):
    """A file from before m002 has other bands; they are made anew from the fingerprints kept."""
    words = " ".join(f"capannone {number}" for number in range(40))
    tell(base, 1, f"La Alfa apre a Bari {words}.", {"Alfa": "investor"}, type="investment")
    bands = "SELECT band FROM article_band ORDER BY band"
    today = base.db.execute(bands).fetchall()
    assert len(today) == BANDS
    base.db.execute("UPDATE article_band SET band=band/3")
    base.db.execute("DELETE FROM _sqlite_migrations WHERE name='m002_bands'")
    base.db.conn.commit()
    assert migrate(base.db, base.path, now=NOW) == ("m002_bands",)
    assert base.db.execute(bands).fetchall() == today


def test_names_are_found_by_the_keys_of_today(kamaz):
    """A file from before m003 has other keys; they are made anew from the names kept."""
    keys = "SELECT block, entity_id FROM entity_block ORDER BY block, entity_id"
    today = kamaz.db.execute(keys).fetchall()
    kamaz.db.execute("UPDATE entity_block SET block='word ' || entity_id || block")
    kamaz.db.execute("DELETE FROM _sqlite_migrations WHERE name='m003_blocks'")
    kamaz.db.conn.commit()
    assert migrate(kamaz.db, kamaz.path, now=NOW) == ("m003_blocks",)
    assert kamaz.db.execute(keys).fetchall() == today


def test_a_migration_that_fails_leaves_the_file_as_it_was(kamaz):
    @MIGRATIONS(name="m998_test")
    def fail(db):
        db.execute("ALTER TABLE deal ADD COLUMN colore TEXT")
        db.execute("ALTER TABLE deal ADD COLUMN colore TEXT")

    try:
        with pytest.raises(IntegrityError, match="migration m998_test failed, the file is as before"):
            migrate(kamaz.db, kamaz.path, now=NOW)
    finally:
        MIGRATIONS._migrations.pop()
    assert "colore" not in {column.name for column in kamaz.db["deal"].columns}
    assert find_damage(kamaz.db) == ()


def test_backups_are_whole_and_rotated(kamaz, tmp_path):
    folder = tmp_path / "copie"
    (folder).mkdir()
    (folder / "affari-mio.db").write_text("non toccare")
    for day in range(5):
        target = back_up(kamaz.path, folder, keep=3, now=NOW + timedelta(days=day))
    names = sorted(path.name for path in folder.iterdir())
    assert names == [
        "affari-20261130T060000Z.db",
        "affari-20261201T060000Z.db",
        "affari-20261202T060000Z.db",
        "affari-mio.db",
    ]
    with KnowledgeBase.open_readonly(target, now=clock()) as copy:
        assert all(not check.problems for check in check_all(copy.db))
        assert copy.db["deal"].count == 1


def test_a_backup_onto_a_copy_is_refused(kamaz, tmp_path):
    back_up(kamaz.path, tmp_path / "copie", keep=3, now=NOW)
    with pytest.raises(RefusedError, match="is there already"):
        back_up(kamaz.path, tmp_path / "copie", keep=3, now=NOW)


SPOILT = [  # what went wrong in the file, what the check says
    ("UPDATE mention SET char_start=char_start+1 WHERE label='ORG'", "offsets cut its words"),
    ("DELETE FROM deal_evidence WHERE field='amount'", "has evidence or a decision"),
    ("UPDATE deal_mention SET deal_id=NULL", "every telling has its deal"),
    ("UPDATE appearance SET entity_id=NULL", "every name its entity"),
    ("UPDATE deal_mention_span SET char_end=char_end+10000 WHERE field='sentence'", "lies inside its article"),
    ("UPDATE entity SET articles=7", "counts its articles right"),
    ("UPDATE article SET text_hash='x'", "is as it was stored"),
    ("DELETE FROM deal_text_fts_docsize", "the file is whole"),
    ("UPDATE article SET source_id=99", "the file is whole"),
]


@pytest.mark.parametrize(("sql", "what"), SPOILT)
def test_the_checks_find_what_is_wrong(kamaz, sql, what):
    assert all(not check.problems for check in check_all(kamaz.db))
    kamaz.db.conn.execute("PRAGMA foreign_keys=OFF")
    kamaz.db.conn.execute(sql)
    kamaz.db.conn.commit()
    assert any(what in check.what for check in check_all(kamaz.db) if check.problems)
    with KnowledgeBase.open_readonly(kamaz.path, now=clock()) as reader:
        assert any(what in check.what for check in check_all(reader.db) if check.problems)


def test_indexes_are_built_anew(kamaz):
    kamaz.db.conn.execute("INSERT INTO article_fts(article_fts) VALUES('delete-all')")
    kamaz.db.conn.commit()
    assert find_damage(kamaz.db) != ()
    rebuild_indexes(kamaz.db)
    assert find_damage(kamaz.db) == ()


def test_plain_sqlite_reads_the_views(kamaz):
    connection = sqlite3.connect(kamaz.path)
    rows = connection.execute("SELECT deal, source, sentence FROM deal_proof").fetchall()
    connection.close()
    assert rows == [("D1", "giornale", KAMAZ)]


def test_a_damaged_page_is_told_in_a_line_and_by_every_check_that_meets_it(tmp_path):
    with open_base(tmp_path) as base:
        tell(base, 1, "La Alfa ha comprato la Beta.", {"Alfa": "buyer", "Beta": "target"})
        base.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = base.db.execute("SELECT rootpage FROM sqlite_master WHERE name='deal_mention'").fetchone()[0]
        size = base.db.execute("PRAGMA page_size").fetchone()[0]
        path = base.path
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    with KnowledgeBase.open_readonly(path, now=clock()) as base:
        broken = [check.what for check in check_all(base.db) if check.problems]
        assert len(broken) > 2
    with pytest.raises(IntegrityError, match=r"damaged: .*malformed; `affari doctor`"), open_base(tmp_path) as base:
        tell(base, 2, "La Gamma ha comprato la Delta.", {"Gamma": "buyer", "Delta": "target"})
