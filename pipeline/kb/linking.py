"""Makes a reading count: links its organisations, people and deals, and rewrites the deals that it touches.

The order: the former reading of the article goes out of the ledger, who is who, which deal is which (first by the
words that prove it, then by what pipeline.link finds alike), then the records. All inside one transaction.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlite_utils import Database

from pipeline.kb.people import FormerLinks, link_appearances, read_links, unlink_appearances
from pipeline.kb.rebuild import rebuild_deal
from pipeline.kb.rows import Counts
from pipeline.kb.statements import Statements
from pipeline.kb.tellings import read_known_deals, read_tellings
from pipeline.known import KnownDeal, Telling, ToldParty
from pipeline.link import assign_deals, family_of, match_by_quotes, match_by_terms
from pipeline.records import DealType, PartyRole

SQL = Statements("linking")
FACTS = Statements("facts")


@dataclass(frozen=True, slots=True)
class Former:
    """What the former reading told: `tellings` bear their deal's identifier, `reworded` are of another text."""

    links: FormerLinks
    tellings: tuple[Telling, ...]
    reworded: tuple[KnownDeal, ...]


def make_count(db: Database, article_id: int, extraction_id: int, *, now: datetime) -> Counts:
    """Let `extraction_id` speak for its article, in place of the reading that did before."""
    former = read_former(db, article_id, extraction_id)
    touched = take_out(db, article_id)
    FACTS.run(db, "make_count", id=extraction_id)
    met = link_appearances(db, extraction_id, former.links, now=now)
    touched |= deals_of_entities(db, met.renamed)
    tellings = read_tellings(db, extraction_id)
    deals, new_deals = link_deals(db, article_id, tellings, former, now=now)
    for deal in sorted(touched | deals):
        rebuild_deal(db, deal, now=now)
    return Counts(len(tellings), new_deals, met.total, met.new)


def read_reworded(db: Database, article_id: int, extraction_id: int) -> tuple[KnownDeal, ...]:
    """Return the deals that the article told of before its text changed, for a text whose sentences are others now.

    A reading of the same text is known by its sentences, or parties and sum: a deal that it drops is dropped.
    """
    row = SQL.one(db, "reading_of_former_text", article_id=article_id, extraction_id=extraction_id)
    if row is None:
        return ()
    deals = [found["id"] for found in SQL.all(db, "deals_of_extraction", extraction_id=row["id"])]
    return tuple(
        # another article than any: to the linker two tellings of one article are two deals
        KnownDeal(deal.id, tuple(replace(told, article=-1) for told in deal.tellings if told.article == article_id))
        for deal in read_known_deals(db, deals)
    )


def read_former(db: Database, article_id: int, extraction_id: int) -> Former:
    """Return what the reading that counts made of the article, before `extraction_id` takes its place."""
    row = FACTS.one(db, "counting_extraction", article_id=article_id)
    if row is None:
        return Former({}, (), ())
    deals = {told["id"]: told["deal_id"] for told in SQL.all(db, "deals_of_mentions", extraction_id=row["id"])}
    tellings = tuple(replace(told, id=deals[told.id]) for told in read_tellings(db, row["id"]))
    return Former(read_links(db, row["id"]), tellings, read_reworded(db, article_id, extraction_id))


def take_out(db: Database, article_id: int) -> set[int]:
    """Take the reading that counts out of the ledger; return the deals that it told of."""
    row = FACTS.one(db, "counting_extraction", article_id=article_id)
    if row is None:
        return set()
    deals = {found["id"] for found in SQL.all(db, "deals_of_extraction", extraction_id=row["id"])}
    SQL.run(db, "unlink_deals", extraction_id=row["id"])
    renamed = unlink_appearances(db, row["id"])
    FACTS.run(db, "make_not_count", id=row["id"])
    return deals | deals_of_entities(db, renamed)


def deals_of_entities(db: Database, entities: Iterable[int]) -> set[int]:
    """Return the deals in which one of `entities` takes part: their records say its name."""
    ids = sorted(entities)
    return {row["id"] for row in SQL.all(db, "deals_of_entities", ids=json.dumps(ids))} if ids else set()


def forget(db: Database, article_id: int, extraction_id: int, *, now: datetime) -> None:
    """Delete the rows of a reading; the anchors of its deals stay, so that they keep their identifiers."""
    row = FACTS.one(db, "counting_extraction", article_id=article_id)
    touched = take_out(db, article_id) if row is not None and row["id"] == extraction_id else set()
    for deal in sorted(touched):
        rebuild_deal(db, deal, now=now)
    FACTS.run(db, "delete_extraction", id=extraction_id)


def link_deals(
    db: Database,
    article_id: int,
    tellings: tuple[Telling, ...],
    former: Former,
    *,
    now: datetime,
) -> tuple[set[int], int]:
    """Give every telling its deal; return the deals touched, and how many are new."""
    anchors = read_anchors(db, article_id, tellings)
    kept = {telling: deal for deal, telling in match_by_quotes(anchors, tellings)}
    unknown = tuple(telling for telling in tellings if telling.id not in kept)
    missed = tuple(told for told in former.tellings if told.id not in kept.values())
    kept |= {telling: deal for deal, telling in match_by_terms(missed, unknown)}
    rest = tuple(telling for telling in unknown if telling.id not in kept)
    fresh: list[int] = []
    known = {deal.id: deal for deal in former.reworded if deal.id not in kept.values()}
    found = read_known_deals(db, candidate_deals(db, article_id, rest))
    known |= {deal.id: deal for deal in found if deal.tellings}
    for assigned in assign_deals(rest, tuple(known.values()), apart=frozenset()):
        deal = assigned.deal
        if deal is None:
            telling = next(telling for telling in rest if telling.id == assigned.telling)
            deal = insert_deal(db, telling, now=now)
            fresh.append(deal)
        kept[assigned.telling] = deal
        for other in assigned.maybe:
            SQL.run(db, "propose_deal", a=deal, b=other, now=now.isoformat(timespec="seconds"))
    for telling in tellings:
        SQL.run(db, "set_deal", id=telling.id, deal_id=kept[telling.id])
        save_anchor(db, telling, kept[telling.id])
    return {deal_root(db, deal) for deal in kept.values()}, len(fresh)


def read_anchors(db: Database, article_id: int, tellings: tuple[Telling, ...]) -> tuple[Telling, ...]:
    """Return the deals that any reading of the article told of, as tellings whose `id` is the deal's."""
    if not tellings:
        return ()
    return tuple(
        replace(
            tellings[0],
            id=row["deal_id"],
            article=article_id,
            type=DealType(row["type"]),
            parties=tuple(ToldParty(PartyRole.PARTNER, name, named=True) for name in json.loads(row["parties"])),
            quotes=tuple(json.loads(row["quotes"])),
        )
        for row in SQL.all(db, "anchors", article_id=article_id)
    )


def save_anchor(db: Database, telling: Telling, deal: int) -> None:
    """Remember the sentences and names by which the deal is known again in this article, beside earlier ones."""
    row = SQL.one(db, "anchor", article_id=telling.article, deal_id=deal)
    quotes = [*json.loads(row["quotes"]), *telling.quotes] if row else list(telling.quotes)
    names = [party.name for party in telling.parties]
    parties = [*json.loads(row["parties"]), *names] if row else names
    SQL.run(
        db,
        "save_anchor",
        article_id=telling.article,
        deal_id=deal,
        type=telling.type.value,
        quotes=json.dumps(list(dict.fromkeys(quotes)), ensure_ascii=False),
        parties=json.dumps(list(dict.fromkeys(parties)), ensure_ascii=False),
    )


def candidate_deals(db: Database, article_id: int, tellings: Iterable[Telling]) -> set[int]:
    """Return the deals that a telling may belong to: with a party of it, near in time, or told by its original."""
    deals: set[int] = set()
    originals = {telling.original for telling in tellings}
    for telling in tellings:
        taking = {id for party in telling.parties for id in (party.entity, *party.maybe) if id is not None}
        deals |= nearby_deals(db, sorted(taking), family_of(telling.type), telling.published or telling.seen)
    articles = json.dumps(sorted(originals | {article_id} if tellings else set()))
    deals |= {row["id"] for row in SQL.all(db, "deals_of_articles", ids=articles)}
    return deals - split_off(db, article_id)


def nearby_deals(db: Database, entities: list[int], family: str, day: date) -> set[int]:
    """Return deals of `family` in which two of `entities` take part, and of each its twenty before, ten after `day`.

    No window: "l'accordo del 2016" is told in 2023 too. Whoever deals every week would bring all that it ever did; of
    that, only what has both parties in common, or is near, can be the same.
    """
    given = {"family": family, "day": day.isoformat()}
    found = {row["id"] for entity in entities for row in SQL.all(db, "nearby_deals", entity_id=entity, **given)}
    if len(entities) > 1:
        found |= {row["id"] for row in SQL.all(db, "common_deals", ids=json.dumps(entities), **given)}
    return found


def split_off(db: Database, article_id: int) -> set[int]:
    """Return the deals that a person said this article does not tell of."""
    rows = SQL.all(db, "splits_of_article", article_id=article_id)
    return {deal_root(db, int(row["a"][1:])) for row in rows if row["a"].startswith("D")}


def insert_deal(db: Database, telling: Telling, *, now: datetime) -> int:
    """Make a deal, to be filled by `rebuild_deal`; its identifier is never used again."""
    return SQL.run(
        db,
        "insert_deal",
        type=telling.type.value,
        family=family_of(telling.type),
        status=telling.status.value,
        now=now.isoformat(timespec="seconds"),
    )


def deal_root(db: Database, deal: int) -> int:
    """Return the deal that stands for `deal`."""
    row = SQL.one(db, "deal_root", id=deal)
    assert row is not None  # noqa: S101 - deals are never deleted
    return int(row["id"])
