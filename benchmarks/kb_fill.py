"""Fills a knowledge base with a made-up world without linking: rows as linking would leave them, to time questions.

Storing and linking 100,000 articles takes a quarter of an hour of processor; the questions only see the rows. The
tables that no question reads (anchors, fingerprints, blocks) stay empty.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby

from benchmarks.kb_world import PAPERS, make_world
from pipeline.kb import KnowledgeBase
from pipeline.kb.articles import columns_of
from pipeline.kb.facts import deal_columns, party_row
from pipeline.kb.money import bounds_of, say_sum
from pipeline.link import family_of, normal_form
from pipeline.records import Deal, Extraction, Organisation, Person
from scrapers.article import Article

NOW = datetime(2026, 3, 1, tzinfo=UTC).isoformat()
REGIONS = {"TORINO": ("TO", "Piemonte"), "ALBA": ("CN", "Piemonte"), "BERGAMO": ("BG", "Lombardia")}
BATCH = 2000
Row = dict[str, object]
Told = tuple[Article, Extraction, str]
Keys = Mapping[str, object]  # the reading, its article and the article's day
Where = tuple[str | None, str | None]  # province and region


@dataclass(slots=True)
class Filling:
    """The rows of one batch by table, and the entities met so far."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    entities: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, table: str, **row: object) -> None:
        """Put a row aside."""
        self.rows.setdefault(table, []).append(row)


def fill(base: KnowledgeBase, articles: int) -> None:
    """Write `articles` articles with everything that the fifteen questions read."""
    run = base.start_run("benchmark", code_version="benchmark")
    execute = base.db.conn.execute
    execute(
        "INSERT INTO extractor(pipeline, tagger, version, first_used_at) VALUES('blank:it', 'world', '1', ?)", [NOW]
    )
    base.db.conn.executemany("INSERT INTO source(slug, name) VALUES(?, ?)", [(paper, paper) for paper in PAPERS])
    base.db.conn.commit()
    filling = Filling()
    number = 0
    for deal, (_, group) in enumerate(groupby(make_world(articles), key=event_of), start=1):
        number = add_event(filling, list(group), deal, number, run)
        if deal % BATCH == 0:
            write(base, filling)
    write(base, filling)
    base.finish_run(run, status="done", exit_code=0, counts={"articles": articles})


def event_of(told: Told) -> tuple[str, ...]:
    """Return what tells events apart: neighbours in the world are tellings of one."""
    deal = told[1].deals[0]
    return (deal.type, *(party.name for party in deal.parties))


def add_event(filling: Filling, told: list[Told], deal_id: int, number: int, run: int) -> int:
    """Put aside the rows of one deal and its articles; return the number of the last article."""
    for article, said, paper in told:
        number += 1
        add_article(filling, article, said, number, paper, run)
        add_telling(filling, article, said, number, deal_id)
    add_deal(filling, told, deal_id, number)
    return number


def add_article(filling: Filling, article: Article, said: Extraction, number: int, paper: str, run: int) -> None:
    """Put aside an article, its reading, and who appears in it."""
    filling.add(
        "article",
        id=number,
        source_id=PAPERS.index(paper) + 1,
        canonical_url=article.canonical_url,
        url=article.url,
        run_id=run,
        saved_at=NOW,
        **columns_of(article, None),
    )
    keys = {"extraction_id": number, "article_id": number}
    filling.add(
        "extraction", id=number, article_id=number, version=1, extractor_id=1, run_id=run, counts=1, record_hash="",
        done_at=NOW,
    )  # fmt: skip
    where = REGIONS.get(article.body.partition(" ")[0], (None, None))
    day = article.published.isoformat() if article.published else None
    for at, organisation in enumerate(said.organisations):
        add_body(filling, organisation, 3 * number + at, {**keys, "day": day}, where)
    (person,) = said.people
    add_officer(filling, person, 3 * number + 2, {**keys, "day": day}, where)


def add_body(filling: Filling, body: Organisation, number: int, keys: Keys, where: Where) -> None:
    """Put aside an organisation's appearance with that number, and its mentions."""
    entity = entity_of(filling, "organisation", body.name, where)
    filling.add(
        "appearance", **keys, id=number, kind="organisation", name=body.name, entity_id=entity, office=None,
        organisation_id=None,
    )  # fmt: skip
    told = {name: keys[name] for name in ("extraction_id", "article_id")}
    for mention in body.mentions:
        filling.add(
            "mention", **told, label="ORG", char_start=mention.start, char_end=mention.end, text=mention.text,
            appearance_id=number,
        )  # fmt: skip


def add_officer(filling: Filling, person: Person, number: int, keys: Keys, where: Where) -> None:
    """Put aside a person's appearance with that number, and the office; the body appears two numbers before."""
    entity = entity_of(filling, "person", person.name, (None, None))
    filling.add(
        "appearance", **keys, id=number, kind="person", name=person.name, entity_id=entity, office=person.role,
        organisation_id=number - 2,
    )  # fmt: skip
    body = entity_of(filling, "organisation", str(person.organisation), where)
    day = keys["day"]
    filling.add(
        "office", person_id=entity, organisation_id=body, title=person.role, first_seen=day, last_seen=day, articles=1
    )


def entity_of(filling: Filling, kind: str, name: str, where: Where) -> int:
    """Return the entity of a name, made where it is new."""
    key = (kind, name)
    if key not in filling.entities:
        filling.entities[key] = len(filling.entities) + 1
        norm = normal_form(kind, name)
        filling.add(
            "entity", id=filling.entities[key], kind=kind, name=name, norm=norm, province=where[0], region=where[1],
            articles=1, made_at=NOW,
        )  # fmt: skip
        filling.add("entity_alias", entity_id=filling.entities[key], alias=name, norm=norm)
    return filling.entities[key]


def add_telling(filling: Filling, article: Article, said: Extraction, number: int, deal_id: int) -> None:
    """Put aside a deal as the article tells it, and what that says of each field."""
    (deal,) = said.deals
    filling.add(
        "deal_mention", id=number, extraction_id=number, article_id=number, deal_id=deal_id, **deal_columns(deal)
    )
    names = {organisation.name: 3 * number + at for at, organisation in enumerate(said.organisations)}
    for at, party in enumerate(deal.parties):
        filling.add("deal_mention_party", deal_mention_id=number, position=at, **party_row(party, names))
    span = deal.evidence[0]
    filling.add("deal_mention_span", deal_mention_id=number, field="sentence", char_start=span.start, char_end=span.end)
    for name, value in fields_of(deal):
        filling.add(
            "deal_evidence", deal_id=deal_id, field=name, deal_mention_id=number, value=value, chosen=1, agrees=1
        )
    assert article.published


def fields_of(deal: Deal) -> Iterator[tuple[str, str]]:
    """Give what a telling says of each field."""
    yield "type", deal.type.value
    yield "status", deal.status.value
    if deal.amount:
        yield "amount", say_sum(deal.amount)
    for at, party in enumerate(deal.parties):
        yield f"party:{at}", f"{party.role.value} {party.name}"


def add_deal(filling: Filling, told: list[Told], deal_id: int, number: int) -> None:
    """Put aside the record of a deal."""
    deals = [said.deals[0] for _, said, _ in told]
    deal, first = deals[-1], told[0][0]
    low, high = bounds_of(deal.amount)
    day = deals[0].date or (first.published.isoformat() if first.published else None)
    family = family_of(deal.type)
    sums = {each.amount.value for each in deals if each.amount}
    filling.add(
        "deal", id=deal_id, title=f"{deal.type.value}: {', '.join(p.name for p in deal.parties)}", family=family,
        day=day, amount_eur=low, sources=len(told), articles=len(told), disputed=int(len(sums) > 1), live=1,
        first_seen=NOW,
        last_changed=NOW, **(deal_columns(deal) | {"amount_low": low, "amount_high": high, "date": deals[0].date}),
    )  # fmt: skip
    for at, party in enumerate(deal.parties):
        entity = filling.entities["organisation", party.name]
        filling.add(
            "deal_party",
            deal_id=deal_id,
            position=at,
            role=party.role.value,
            entity_id=entity,
            name=party.name,
            family=family,
            day=day,
        )
    filling.add(
        "deal_status", deal_id=deal_id, position=0, date=day, status=deal.status.value, denied=0, deal_mention_id=number
    )
    filling.add(
        "deal_text", deal_id=deal_id, title=deal.type.value, parties="\n".join(p.name for p in deal.parties),
        subject=deal.subject or "", evidence="\n".join(said.deals[0].evidence[0].text for _, said, _ in told),
    )  # fmt: skip


def write(base: KnowledgeBase, filling: Filling) -> None:
    """Write what was put aside, in one transaction."""
    order: tuple[str, ...] = (
        "article",
        "extraction",
        "entity",
        "entity_alias",
        "appearance",
        "mention",
        "deal",
        "deal_mention",
    )
    order += (
        "deal_mention_party",
        "deal_mention_span",
        "deal_evidence",
        "deal_status",
        "deal_party",
        "deal_text",
        "office",
    )
    base.db.conn.execute("PRAGMA foreign_keys=OFF")  # everything refers to what is there; it halves the time
    with base.db.conn:
        for table in order:
            insert(base, table, filling.rows.pop(table, []))


def insert(base: KnowledgeBase, table: str, rows: Iterable[Row]) -> None:
    """Insert rows that all have the same columns; of two offices alike the first stays."""
    listed = list(rows)
    if listed:
        names = tuple(listed[0])
        places = ", ".join(f":{name}" for name in names)
        sql = f"INSERT OR IGNORE INTO {table}({', '.join(names)}) VALUES({places})"
        base.db.conn.executemany(sql, listed)
