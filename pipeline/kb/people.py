"""Links the organisations and people of one article: reads candidates, lets pipeline.link decide, writes."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import combinations

from rapidfuzz import fuzz, process
from sqlite_utils import Database

from pipeline.kb.statements import Statements
from pipeline.known import Appearance, KnownEntity, Linked
from pipeline.link import blocks_of, choose_name, is_sort, link_entities, normal_form, proves_sort, resolve_sort

SQL = Statements("linking")
# Keys of pipeline.link.blocks that many share, with what makes a name under them like another, of 100: one with the
# same word may be far longer, one with a slip is as long (pipeline.link.organisations asks for 92, less for an ending)
LOOSE = {"word": (fuzz.token_set_ratio, 70.0), "slip": (fuzz.token_sort_ratio, 85.0)}
SLIP = "person~ "  # the key under which people with a like name are; it finds them among a body's officers only
ALIKE = 12

FormerLinks = dict[tuple[str, str], int]  # kind, and a name or its normal form -> entity


@dataclass(frozen=True, slots=True)
class Met:
    """How many an article names, how many were not known before, and whose name is another now."""

    total: int
    new: int
    renamed: frozenset[int]


def read_links(db: Database, extraction_id: int) -> FormerLinks:
    """Return what a reading's names are linked to, as written and by normal form where that is but one's.

    "Alfa" is the "Alfa S.p.A." of before, unless an "Alfa S.n.c." stood beside it.
    """
    written: FormerLinks = {}
    by_form: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row in SQL.all(db, "linked_appearances", extraction_id=extraction_id):
        written[row["kind"], row["name"]] = row["entity_id"]
        by_form[row["kind"], normal_form(row["kind"], row["name"])].add(row["entity_id"])
    return {form: min(ids) for form, ids in by_form.items() if len(ids) == 1} | written


def link_appearances(db: Database, extraction_id: int, former: FormerLinks, *, now: datetime) -> Met:
    """Link all organisations, then all people of a reading; `former` are the links of the one in whose place it comes.

    People come second, since a person is known by name and by the body where the office is held.
    """
    total = new = 0
    renamed: set[int] = set()
    for kind in ("organisation", "person"):
        rows = SQL.all(db, "appearances", extraction_id=extraction_id, kind=kind)
        appearances = with_officers(db, extraction_id, tuple(make_appearance(db, row, former) for row in rows))
        known = read_candidates(db, kind, appearances)
        if kind == "person":
            appearances = beside_organisations(db, extraction_id, appearances)
        apart = read_apart(db, [entity.id for entity in known])
        complete = cache(lambda entity: with_company(db, entity))
        links = link_entities(appearances, known, apart=apart, complete=complete)
        links = resolve_sorts(db, appearances, links)
        by_key = {row["id"]: row for row in rows}
        new += sum([write_link(db, by_key[link.key], link, now=now) for link in links])
        total += len(rows)
        renamed |= rename_entities(db, kind, extraction_id)
    return Met(total, new, frozenset(renamed))


def rename_entities(db: Database, kind: str, extraction_id: int) -> set[int]:
    """Show those whom an article names otherwise under their best attested name; return those renamed by it."""
    rows = SQL.all(db, "named_otherwise", extraction_id=extraction_id, kind=kind)
    return {row["id"] for row in rows if rename_entity(db, row["id"], kind, row["name"])}


def rename_entity(db: Database, entity: int, kind: str, current: str) -> bool:
    """Show `entity` under its best attested name; return whether that is another than before."""
    seen = {row["alias"]: row["seen"] for row in SQL.all(db, "names_seen", id=entity)}
    name = choose_name(kind, seen, current)
    if name == current:
        return False
    SQL.run(db, "rename_entity", id=entity, name=name, norm=normal_form(kind, name))
    return True


def resolve_sorts(db: Database, appearances: tuple[Appearance, ...], links: tuple[Linked, ...]) -> tuple[Linked, ...]:
    """Return `links` with the bodies that "Regione" and "Asl" mean, where what is told beside the others says so."""
    sorts = {appearance.key: appearance for appearance in appearances if is_sort(appearance)}
    others = [link.entity for link in links if link.entity is not None]
    if not sorts or not others:
        return links
    witnesses = [with_company(db, entity) for entity in read_entities(db, others)]
    ids = {id for entity in witnesses if proves_sort(entity) for id in entity.beside} - set(others)
    beside = tuple(entity for entity in read_entities(db, ids) if entity.kind == "organisation")
    found = {key: resolve_sort(appearance, beside) for key, appearance in sorts.items()}
    return tuple(
        replace(link, entity=body.id) if link.entity is None and (body := found.get(link.key)) else link
        for link in links
    )


def beside_organisations(db: Database, extraction_id: int, people: tuple[Appearance, ...]) -> tuple[Appearance, ...]:
    """Return `people` with the organisations that the article tells of, linked already."""
    beside = frozenset(row["id"] for row in SQL.all(db, "linked_organisations", extraction_id=extraction_id))
    return tuple(replace(person, beside=beside) for person in people)


def with_officers(db: Database, extraction_id: int, seen: tuple[Appearance, ...]) -> tuple[Appearance, ...]:
    """Return the appearances with the people whom the article ties to each: a common officer proves a short form."""
    officers: dict[int, list[str]] = defaultdict(list)
    for row in SQL.all(db, "officers_named", extraction_id=extraction_id):
        officers[row["organisation_id"]].append(row["name"])
    return tuple(replace(appearance, people=tuple(officers[appearance.key])) for appearance in seen)


def make_appearance(db: Database, row: sqlite3.Row, former: FormerLinks) -> Appearance:
    """Return the value of one row of appearance; a person's organisation is linked already."""
    return Appearance(
        key=row["id"],
        kind=row["kind"],
        name=row["name"],
        aliases=tuple(json.loads(row["aliases"])),
        org_kind=row["org_kind"],
        legal_form=row["legal_form"],
        office=row["office"],
        organisation=entity_of(db, row["organisation_id"]),
        province=row["province"],
        region=row["region"],
        was=former_link(row["kind"], row["name"], former),
    )


def former_link(kind: str, name: str, former: FormerLinks) -> int | None:
    """Return what the former reading linked a name to, None where it did not have it."""
    return former.get((kind, name), former.get((kind, normal_form(kind, name))))


def entity_of(db: Database, appearance_id: int | None) -> int | None:
    """Return the entity that stands for an appearance, None where there is none."""
    if appearance_id is None:
        return None
    row = SQL.one(db, "entity_of_appearance", id=appearance_id)
    return int(row["id"]) if row else None


def read_candidates(db: Database, kind: str, appearances: Iterable[Appearance]) -> tuple[KnownEntity, ...]:
    """Return the known entities whose name is in any way like one of `appearances`."""
    names = {name for appearance in appearances for name in (appearance.name, *appearance.aliases)}
    ids = {
        found
        for name in sorted(names)
        for block in blocks_of(kind, name)
        if not block.startswith(SLIP)
        for found in read_block(db, kind, name, block)
    }
    bodies = {person.organisation for person in appearances if person.organisation is not None}
    ids |= read_officers(db, bodies, names)
    ids |= {appearance.was for appearance in appearances if appearance.was is not None}
    return read_entities(db, ids)


def read_officers(db: Database, bodies: set[int], names: set[str]) -> set[int]:
    """Return who holds an office in one of `bodies` and has a word of `names`, or all of a name but for a slip."""
    if not bodies:
        return set()
    given = {"bodies": json.dumps(sorted(bodies))}
    words = sorted({word for name in names for word in normal_form("person", name).split()})
    slips = sorted({block for name in names for block in blocks_of("person", name) if block.startswith(SLIP)})
    found = SQL.all(db, "officers", words=json.dumps(words), **given)
    found += SQL.all(db, "officers_with_slip", blocks=json.dumps(slips), **given) if slips else []
    return {row["id"] for row in found}


def read_block(db: Database, kind: str, name: str, block: str) -> set[int]:
    """Return the entities under a key; of those under a loose one, which many share, the dozen most like `name`.

    "word adriatica" is in many names; `token_set_ratio` keeps "Rete Adriatica Gas" for "Adriatica Gas".
    """
    sort = block.partition(" ")[0]
    if sort not in LOOSE:
        return {row["id"] for row in SQL.all(db, "candidates", block=block)}
    scorer, least = LOOSE[sort]
    rows = SQL.all(db, "names_in_block", block=block)
    norms = [row["norm"] for row in rows]
    like = process.extract(normal_form(kind, name), norms, scorer=scorer, score_cutoff=least, limit=ALIKE)
    return {rows[at]["id"] for _, _, at in like}


def read_entities(db: Database, ids: Iterable[int]) -> tuple[KnownEntity, ...]:
    """Return the entities `ids` with their own names and their offices.

    One that a person made part of another comes for itself, under its own names: what is linked to it counts for the
    one that stands for it, and two names of one article may both be names of that.
    """
    wanted = json.dumps(sorted(ids))
    names: dict[int, list[str]] = defaultdict(list)
    for row in SQL.all(db, "names", ids=wanted):
        names[row["id"]].append(row["alias"])
    offices: dict[int, set[int]] = defaultdict(set)
    for row in SQL.all(db, "offices_of", ids=wanted):
        offices[row["person_id"]].add(row["organisation_id"])
    mains: dict[int, list[str]] = defaultdict(list)
    for row in SQL.all(db, "joined_names", ids=wanted):
        mains[row["id"]].append(row["name"])
    return tuple(
        KnownEntity(
            id=row["id"],
            kind=row["kind"],
            name=row["name"],
            names=tuple(names[row["id"]]),
            org_kind=row["org_kind"],
            legal_form=row["legal_form"],
            province=row["province"],
            region=row["region"],
            organisations=frozenset(offices[row["id"]]),
            mains=tuple(mains[row["id"]]),
        )
        for row in SQL.all(db, "entities", ids=wanted)
    )


def with_company(db: Database, entity: KnownEntity) -> KnownEntity:
    """Return `entity` with whom the same articles tell of and who holds its offices: costly, and seldom asked."""
    beside = frozenset(row["id"] for row in SQL.all(db, "beside", id=entity.id))
    return replace(entity, beside=beside, people=tuple(row["name"] for row in SQL.all(db, "officers_of", id=entity.id)))


def read_apart(db: Database, entities: list[int]) -> frozenset[frozenset[int]]:
    """Return the pairs among `entities` that a person said are different, or their heads."""
    roots = {row["id"]: row["root"] for row in SQL.all(db, "entities", ids=json.dumps(entities))}
    public = json.dumps([f"{letter}{entity}" for entity in {*roots, *roots.values()} for letter in "OP"])
    rows = SQL.all(db, "different", ids=public)
    apart = {frozenset({root_of(db, int(row["a"][1:])), root_of(db, int(row["b"][1:]))}) for row in rows}
    if not apart:
        return frozenset()
    pairs = combinations(roots.items(), 2)
    return frozenset(frozenset({one, other}) for (one, a), (other, b) in pairs if frozenset({a, b}) in apart)


def root_of(db: Database, entity: int) -> int:
    """Return the entity that stands for `entity`."""
    row = SQL.one(db, "root", id=entity)
    assert row is not None  # noqa: S101 - entities are never deleted
    return int(row["id"])


def write_link(db: Database, row: sqlite3.Row, link: Linked, *, now: datetime) -> bool:
    """Write what was decided of one appearance; return whether it made a new entity."""
    entity = link.entity if link.entity is not None else insert_entity(db, row, now=now)
    if link.entity is not None:
        entity = after_splits(db, row["article_id"], entity)
    SQL.run(db, "set_entity", id=row["id"], entity_id=entity)
    root = root_of(db, entity)
    learnt = {name: row[name] for name in ("day", "org_kind", "legal_form", "place", "province", "region")}
    SQL.run(db, "count_entity", id=root, **learnt)
    for name in (row["name"], *json.loads(row["aliases"])):
        see_name(db, entity, row["kind"], name)
    for proposal in link.proposals:
        other = root_of(db, proposal.entity)
        if other != root:
            SQL.run(
                db,
                "propose",
                a=root,
                b=other,
                score=proposal.score,
                why=proposal.why,
                now=now.isoformat(timespec="seconds"),
            )
    see_office(db, row, root)
    return link.entity is None


def insert_entity(db: Database, row: sqlite3.Row, *, now: datetime) -> int:
    """Make an entity of an appearance that is nobody known."""
    return SQL.run(
        db,
        "insert_entity",
        kind=row["kind"],
        name=row["name"],
        norm=normal_form(row["kind"], row["name"]),
        legal_form=row["legal_form"],
        org_kind=row["org_kind"],
        place=row["place"],
        province=row["province"],
        region=row["region"],
        now=now.isoformat(timespec="seconds"),
    )


def after_splits(db: Database, article_id: int, entity: int) -> int:
    """Return the entity that a person put in place of `entity` in this article, or `entity` itself."""
    for row in SQL.all(db, "splits_of_article", article_id=article_id):
        if row["a"][0] in "OP" and root_of(db, int(row["a"][1:])) == root_of(db, entity):
            return int(row["b"][1:])
    return entity


def see_name(db: Database, entity: int, kind: str, name: str) -> None:
    """Remember `name` as one of the entity's, and the keys that find it."""
    SQL.run(db, "see_alias", entity_id=entity, alias=name, norm=normal_form(kind, name))
    SQL.run_many(db, "insert_block", [{"block": block, "entity_id": entity} for block in blocks_of(kind, name)])


def see_office(db: Database, row: sqlite3.Row, person: int) -> None:
    """Remember the office of a person, where the article names title and body."""
    organisation = entity_of(db, row["organisation_id"])
    if row["kind"] == "person" and row["office"] and organisation is not None:
        SQL.run(
            db,
            "see_office",
            person_id=person,
            organisation_id=organisation,
            title=row["office"].lower(),
            day=row["day"],
        )


def unlink_appearances(db: Database, extraction_id: int) -> set[int]:
    """Take a reading's organisations and people out of the counts; return those whose name is another now.

    The entities stay, with their identifiers; one that nobody names any more keeps its name.
    """
    rows = SQL.all(db, "linked_appearances", extraction_id=extraction_id)
    SQL.run(db, "unlink_appearances", extraction_id=extraction_id)
    for row in rows:
        for name in (row["name"], *json.loads(row["aliases"])):
            SQL.run(db, "unsee_alias", entity_id=row["entity_id"], alias=name)
    roots = [root_of(db, row["entity_id"]) for row in rows]
    for root in roots:
        SQL.run(db, "uncount_entity", id=root)
    rewrite_offices(db, {root for root, row in zip(roots, rows, strict=True) if row["office"]})
    return rename_roots(db, roots)


def rename_roots(db: Database, roots: Iterable[int]) -> set[int]:
    """Show `roots` under their best attested names; return those renamed by it."""
    rows = SQL.all(db, "entities", ids=json.dumps(sorted(set(roots))))
    return {row["id"] for row in rows if rename_entity(db, row["id"], row["kind"], row["name"])}


def rewrite_offices(db: Database, people: Iterable[int]) -> None:
    """Write the offices of `people` anew from what the articles say."""
    wanted = json.dumps(sorted(people))
    SQL.run(db, "forget_offices", ids=wanted)
    SQL.run(db, "rewrite_offices", ids=wanted)
