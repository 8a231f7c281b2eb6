"""Deals as FollowTheMoney entities: who they are, and how they are linked. Pure but for the file it writes.

The schema is https://followthemoney.tech; a completed purchase is an Ownership, an order a Contract with its awards,
a loan or bond a Debt, everything else a link with the deal's type as its role. Only named parties have an entity.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipeline.kb.rows import DealRow, PartyRow, Sentence
from pipeline.kb.sheets import as_number
from pipeline.kb.statements import Statements

SQL = Statements("export")
Entity = dict[str, Any]
Sentences = Mapping[str, tuple[Sentence, ...]]
CONTROL = frozenset({"acquisition", "stake_purchase", "merger", "takeover_bid"})
SUPPLY = frozenset({"order", "supply_agreement", "public_tender"})
DEBT = {"loan": ("borrower", "lender"), "bond": ("issuer", "investor")}
PUBLIC = frozenset({"public", "ministry", "authority"})
# "2014-11-25", "2014-11", "2014" of "2014-11~" or "2014-01/2014-06"; not "XXXX-11-25"
DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}")


@dataclass(frozen=True, slots=True)
class Known:
    """The parties of the exported deals: `schemas` by public id."""

    schemas: Mapping[str, str]


def write_ftm(db: Database, path: Path, deals: tuple[DealRow, ...], proofs: Sentences) -> dict[str, int]:
    """Write an entity a line; return how many of each schema."""
    counts: dict[str, int] = defaultdict(int)
    with path.open("w", encoding="utf-8") as file:
        for entity in make_entities(db, deals, proofs):
            counts[entity["schema"]] += 1
            file.write(json.dumps(entity, ensure_ascii=False) + "\n")
    return {"deals": len(deals), **counts}


def make_entities(db: Database, deals: tuple[DealRow, ...], proofs: Sentences) -> Iterator[Entity]:
    """Give the parties of the deals, their officers, and the deals as links."""
    ids = sorted({int(party.entity[1:]) for deal in deals for party in deal.parties if party.entity})
    offices = SQL.all(db, "offices", ids=json.dumps(ids))
    everybody = json.dumps(sorted({*ids, *(row["person_id"] for row in offices)}))
    names: dict[int, list[str]] = defaultdict(list)
    for row in SQL.all(db, "aliases", ids=everybody):
        names[row["id"]].append(row["alias"])
    schemas: dict[str, str] = {}
    for row in SQL.all(db, "entities", ids=everybody):
        schemas[row["public_id"]] = schema_of(row["kind"], row["org_kind"])
        yield make_party(row, schemas[row["public_id"]], names[row["id"]])
    for row in offices:
        link = f"{row['person']}-{row['organisation']}-{re.sub(r'[^a-z0-9]+', '-', row['title'])}"
        ends = {"director": [key(row["person"])], "organization": [key(row["organisation"])], "role": [row["title"]]}
        if schemas[row["organisation"]] != "Person":
            yield {"id": key(f"office-{link}"), "schema": "Directorship", "properties": ends}
    for deal in deals:
        yield from make_deal(deal, proofs[deal.id], Known(schemas))


def schema_of(kind: str, org_kind: str | None) -> str:
    """Return the schema of an organisation or person."""
    if kind == "person":
        return "Person"
    if org_kind in PUBLIC:
        return "PublicBody"
    return "Company" if org_kind in {None, "company", "bank", "fund"} else "Organization"


def key(public_id: str) -> str:
    """Return the identifier of an entity in the export."""
    return f"affari-{public_id}"


def make_party(row: Any, schema: str, names: Iterable[str]) -> Entity:
    """Return an organisation or person."""
    place = ", ".join(part for part in (row["place"], row["province"], row["region"]) if part)
    properties = {
        "name": [row["name"]],
        "alias": sorted(set(names) - {row["name"]}),
        "legalForm": [row["legal_form"]] if row["legal_form"] else [],
        "address": [place] if place else [],
        "country": ["it"] if place else [],
        "modifiedAt": [row["last_seen"]] if row["last_seen"] else [],
    }
    return {"id": key(row["public_id"]), "schema": schema, "properties": {k: v for k, v in properties.items() if v}}


def make_deal(deal: DealRow, proofs: tuple[Sentence, ...], known: Known) -> Iterator[Entity]:
    """Give the entities that a deal becomes."""
    told = {
        "sourceUrl": sorted({proof.url for proof in proofs}),
        "publisher": sorted({proof.source for proof in proofs}),
        "summary": [" ".join(proof.sentence.split()) for proof in proofs[:3]],
    }
    if found := DATE.match(deal.date or ""):
        told["date"] = [found[0]]
    roles: dict[str, list[str]] = defaultdict(list)
    for party in named_parties(deal):
        roles[party.role].append(str(party.entity))
    done = deal.status == "completed" and not deal.denied
    if deal.type in CONTROL and done and roles["buyer"] and all(is_asset(known, e) for e in roles["target"]):
        yield from make_ownership(deal, roles, told)
    elif deal.type in SUPPLY and (roles["supplier"] or roles["client"]):
        yield from make_contract(deal, roles, told)
    elif deal.type in DEBT and roles[DEBT[deal.type][0]]:
        yield from make_debt(deal, roles, told)
    else:
        yield from make_links(deal, told)


def named_parties(deal: DealRow) -> list[PartyRow]:
    """Return the parties that have an entity."""
    return [party for party in deal.parties if party.entity]


def is_asset(known: Known, entity: str) -> bool:
    """Tell whether FollowTheMoney lets an entity be owned."""
    return known.schemas[entity] == "Company"


def sums_of(deal: DealRow) -> Entity:
    """Return the sum of a deal, its lower bound, as text."""
    if deal.amount is None:
        return {}
    stated = next(number for number in (deal.amount.value, deal.amount.min, deal.amount.max) if number is not None)
    euro = {} if deal.amount_eur is None else {"amountEur": [str(as_number(deal.amount_eur))]}
    return {"amount": [str(as_number(stated))], "currency": [deal.amount.currency], **euro}


def make_ownership(deal: DealRow, roles: Mapping[str, list[str]], told: Entity) -> Iterator[Entity]:
    """Give an Ownership for each buyer and each company bought."""
    share = {"percentage": [str(deal.stake)]} if deal.stake is not None else {}
    for owner in roles["buyer"]:
        for asset in roles["target"]:
            ends = {"owner": [key(owner)], "asset": [key(asset)], "role": [deal.type], "status": [deal.status]}
            yield {"id": key(f"{deal.id}-{owner}-{asset}"), "schema": "Ownership", "properties": ends | share | told}


def make_contract(deal: DealRow, roles: Mapping[str, list[str]], told: Entity) -> Iterator[Entity]:
    """Give a Contract of the clients and an award for each supplier."""
    dated = {"contractDate": told["date"]} if "date" in told else {}
    plain = {name: value for name, value in told.items() if name != "date"}
    contract = {
        "title": [deal.subject or deal.title],
        "type": [deal.type],
        "status": [deal.status],
        **({"authority": [key(client) for client in roles["client"]]} if roles["client"] else {}),
    }
    yield {"id": key(deal.id), "schema": "Contract", "properties": contract | sums_of(deal) | dated | plain}
    for supplier in roles["supplier"]:
        ends = {"supplier": [key(supplier)], "contract": [key(deal.id)], "status": [deal.status]}
        yield {"id": key(f"{deal.id}-{supplier}"), "schema": "ContractAward", "properties": ends | sums_of(deal) | told}


def make_debt(deal: DealRow, roles: Mapping[str, list[str]], told: Entity) -> Iterator[Entity]:
    """Give a Debt for each debtor."""
    debtors, creditors = DEBT[deal.type]
    for debtor in roles[debtors]:
        ends = {"debtor": [key(debtor)]}
        if roles[creditors]:
            ends["creditor"] = [key(creditor) for creditor in roles[creditors]]
        yield {"id": key(f"{deal.id}-{debtor}"), "schema": "Debt", "properties": ends | sums_of(deal) | told}


def make_links(deal: DealRow, told: Entity) -> Iterator[Entity]:
    """Give a link between every two named parties; its role says the deal's type and what each does."""
    for one, other in combinations(named_parties(deal), 2):
        if one.entity == other.entity:
            continue
        role = [f"{deal.type}: {one.role}, {other.role}"]
        ends = {"subject": [key(str(one.entity))], "object": [key(str(other.entity))], "role": role}
        link = key(f"{deal.id}-{one.entity}-{other.entity}-{one.role}-{other.role}")
        yield {"id": link, "schema": "UnknownLink", "properties": ends | {"status": [deal.status]} | told}
