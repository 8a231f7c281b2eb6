"""Takes what one article tells out of a deal, or one article's name out of an organisation, into one of its own."""

import json
import sqlite3

from sqlite_utils import Database

from pipeline.errors import InputError
from pipeline.kb.connection import atomic
from pipeline.kb.decisions import Signature, record, recount
from pipeline.kb.people import insert_entity, see_name
from pipeline.kb.read import find_deal, find_entity
from pipeline.kb.rebuild import rebuild_deal
from pipeline.kb.statements import Statements
from pipeline.known import Decision

SQL = Statements("decisions")
LINKING = Statements("linking")


def split(db: Database, public_id: str, article: str, by: Signature) -> str:
    """Part `public_id` from what `article` (URL or row) says; return the identifier of the new deal or entity.

    Raises InputError where the article tells nothing of it, or nothing else does.
    """
    with atomic(db):
        article_id = find_article(db, article)
        if public_id.startswith("D"):
            return split_deal(db, public_id, article_id, by)
        return split_entity(db, public_id, article_id, by)


def find_article(db: Database, article: str) -> int:
    """Return the row of an article; raises InputError where there is none."""
    row = SQL.one(db, "article_by_url", url=article)
    if row is None:
        raise InputError(f"no article {article!r} is stored; `affari show` prints the addresses")
    return int(row["id"])


def split_deal(db: Database, public_id: str, article_id: int, by: Signature) -> str:
    """Give the telling of one article a deal of its own, and the words by which it is known there."""
    deal = find_deal(db, public_id)
    tellings = SQL.all(db, "tellings_in_article", article_id=article_id, deal=deal)
    check_parts(public_id, len(tellings), SQL.one(db, "tellings_elsewhere", article_id=article_id, deal=deal))
    new = SQL.run(db, "copy_deal", id=deal, now=by.moment)
    for telling in tellings:
        SQL.run(db, "move_telling", id=telling["id"], deal=new)
        SQL.run(db, "move_anchor", article_id=article_id, former=telling["deal_id"], deal=new)
    record(db, Decision(0, "split", f"D{deal}", f"D{new}"), by, article_id=article_id)
    rebuild_deal(db, new, now=by.now)
    return f"D{new}"


def split_entity(db: Database, public_id: str, article_id: int, by: Signature) -> str:
    """Give the name in one article an organisation or person of its own."""
    found = find_entity(db, public_id)
    rows = SQL.all(db, "appearances_in_article", article_id=article_id, entity=found["root"])
    check_parts(public_id, len(rows), SQL.one(db, "appearances_elsewhere", article_id=article_id, entity=found["root"]))
    new = insert_entity(db, rows[0], now=by.now)
    for row in rows:
        LINKING.run(db, "set_entity", id=row["id"], entity_id=new)
        for name in (row["name"], *json.loads(row["aliases"])):
            LINKING.run(db, "unsee_alias", entity_id=row["entity_id"], alias=name)
            see_name(db, new, row["kind"], name)
    letter = found["public_id"][0]
    record(db, Decision(0, "split", f"{letter}{found['root']}", f"{letter}{new}"), by, article_id=article_id)
    recount(db, {found["root"], new})
    for row in SQL.all(db, "deals_of_article", article_id=article_id):
        rebuild_deal(db, row["id"], now=by.now)
    return f"{letter}{new}"


def check_parts(public_id: str, here: int, elsewhere: sqlite3.Row | None) -> None:
    """Raise InputError where a split would leave one side empty."""
    if not here:
        raise InputError(f"{public_id}: this article says nothing of it")
    if elsewhere is None or not elsewhere["n"]:
        raise InputError(f"{public_id}: only this article speaks of it, so there is nothing to part")
