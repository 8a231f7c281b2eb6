"""A knowledge base in memory: what pipeline/kb does between the linker's calls, for measuring the linker alone."""

from dataclasses import replace

from benchmarks.events import GoldArticle, GoldDeal, GoldName
from pipeline.known import Appearance, KnownDeal, KnownEntity, Telling, ToldParty
from pipeline.link import assign_deals, blocks_of, family_of, find_place, link_entities
from pipeline.records import Organisation

NOBODY: frozenset[frozenset[int]] = frozenset()


def officers(article: GoldArticle, ref: str) -> tuple[str, ...]:
    """Return the people whom the article gives an office in, or a tie to, the organisation `ref`."""
    return tuple(person.name for person in article.people if person.organisation == ref)


class Ledger:
    """Entities and deals so far, with the index by blocks; counts what was proposed."""

    def __init__(self) -> None:
        self.entities: dict[int, KnownEntity] = {}
        self.blocks: dict[str, set[int]] = {}
        self.deals: dict[int, KnownDeal] = {}
        self.deals_of: dict[tuple[str, int], set[int]] = {}
        self.deal_of: dict[int, int] = {}  # of a telling
        self.proposals: list[tuple[str, int, float, str]] = []
        self.maybe: list[tuple[int, int]] = []
        self.near: dict[int, frozenset[int]] = {}  # what an entity of the last article may be besides
        self.articles = 0
        self.tellings = 0

    def add(self, article: GoldArticle) -> tuple[dict[str, int], dict[str, int]]:
        """Link one article and return the entity of each name's ref, and the deal of each deal's id."""
        self.articles += 1
        entity: dict[str, int] = {}
        self.near = {}
        for kind, names in (("organisation", article.organisations), ("person", article.people)):
            seen = tuple(self.appearance(key, kind, name, entity, article) for key, name in enumerate(names))
            linked = link_entities(seen, self.candidates(seen), apart=NOBODY)
            for name, appearance, found in zip(names, seen, linked, strict=True):
                entity[name.ref] = self.store(appearance, found.entity)
            organisations = frozenset(entity.values())
            for name, found in zip(names, linked, strict=True):
                self.stand_beside(entity[name.ref], organisations)
                self.near[entity[name.ref]] = frozenset(p.entity for p in found.proposals)
                self.proposals += [(name.name, p.entity, p.score, p.why) for p in found.proposals]
        return entity, self.add_deals(article, entity)

    def appearance(
        self, key: int, kind: str, name: GoldName, entity: dict[str, int], article: GoldArticle
    ) -> Appearance:
        """Return one name of an article as the linker takes it."""
        place = find_place(Organisation(name.name, name.kind, (), name.mentions), article.text)
        return Appearance(
            key,
            kind,
            name.name,
            tuple(surface for surface in name.surfaces if surface != name.name),
            org_kind=name.kind,
            office=name.office,
            organisation=entity.get(name.organisation or ""),
            province=place.province if place else None,
            region=place.region if place else None,
            people=officers(article, name.ref),
            beside=frozenset(entity.values()) if kind == "person" else frozenset(),
        )

    def candidates(self, seen: tuple[Appearance, ...]) -> tuple[KnownEntity, ...]:
        """Return the entities that share a block with one of `seen`, or an organisation with a person."""
        keys = {key for a in seen for name in (a.name, *a.aliases) for key in blocks_of(a.kind, name)}
        keys |= {f"office {a.organisation}" for a in seen if a.kind == "person" and a.organisation is not None}
        found = {id for key in keys for id in self.blocks.get(key, ())}
        return tuple(self.entities[id] for id in sorted(found))

    def stand_beside(self, id: int, organisations: frozenset[int]) -> None:
        """Keep that `id` was told beside `organisations`."""
        old = self.entities[id]
        self.entities[id] = replace(old, beside=(old.beside | organisations) - {id})

    def store(self, appearance: Appearance, known: int | None) -> int:
        """Keep what an appearance adds to its entity and return its id."""
        id = known or len(self.entities) + 1
        old = self.entities.get(id) or KnownEntity(id, appearance.kind, appearance.name, ())
        names = tuple(dict.fromkeys((*old.names, appearance.name, *appearance.aliases)))
        offices = old.organisations | ({appearance.organisation} if appearance.organisation is not None else set())
        self.entities[id] = replace(
            old,
            name=max(old.name, appearance.name, key=len),
            names=names,
            org_kind=old.org_kind or appearance.org_kind,
            province=old.province or appearance.province,
            region=old.region or appearance.region,
            people=tuple(dict.fromkeys((*old.people, *appearance.people))),
            organisations=frozenset(offices),
        )
        keys = {key for name in names for key in blocks_of(appearance.kind, name)}
        for key in keys | {f"office {organisation}" for organisation in offices}:
            self.blocks.setdefault(key, set()).add(id)
        return id

    def add_deals(self, article: GoldArticle, entity: dict[str, int]) -> dict[str, int]:
        """Assign the deals of one article and return the ledger's deal of each."""
        told = {deal.id: self.telling(article, deal, entity) for deal in article.deals}
        new = tuple(told.values())
        assigned = assign_deals(new, self.known_deals(new), apart=NOBODY)
        fresh: dict[int | None, int] = {}
        for telling, place in zip(new, assigned, strict=True):
            id = place.deal or fresh.setdefault(place.new, len(self.deals) + 1)
            old = self.deals.get(id, KnownDeal(id, ()))
            self.deal_of[telling.id] = id
            self.deals[id] = KnownDeal(id, (*old.tellings, telling))
            self.maybe += [(id, other) for other in place.maybe]
            for party in telling.parties:
                if party.entity is not None:
                    self.deals_of.setdefault((family_of(telling.type), party.entity), set()).add(id)
        return {key: self.deal_of[telling.id] for key, telling in told.items()}

    def telling(self, article: GoldArticle, deal: GoldDeal, entity: dict[str, int]) -> Telling:
        """Return one deal of an article as the linker takes it."""
        self.tellings += 1
        parties = tuple(
            ToldParty(p.role, p.name, named=True, entity=entity[p.ref], maybe=self.near[entity[p.ref]])
            if p.ref is not None
            else ToldParty(p.role, p.name, named=False)
            for p in deal.parties
        )
        taking = {party.ref for told in article.deals for party in told.parties}
        return Telling(
            id=self.tellings,
            article=self.articles,
            source=article.id,
            original=self.articles,
            published=article.published,
            seen=article.published,
            type=deal.type,
            status=deal.status,
            denied=deal.denied,
            parties=parties,
            confidence=1.0,
            amount=deal.amount,
            total=deal.total,
            stake=deal.stake,
            date=deal.date,
            subject=deal.subject,
            quotes=deal.quotes,
            around=frozenset(entity[name.ref] for name in article.organisations if name.ref not in taking),
        )

    def known_deals(self, new: tuple[Telling, ...]) -> tuple[KnownDeal, ...]:
        """Return the deals of the same family that share an entity with one of `new`."""
        taking = {(family_of(t.type), party) for t in new for party in t.parties}
        keys = {(family, id) for family, party in taking for id in (*party.maybe, party.entity) if id is not None}
        found = {id for key in keys for id in self.deals_of.get(key, ())}
        return tuple(self.deals[id] for id in sorted(found))
