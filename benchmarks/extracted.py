"""Extractions as the merging measure sees them: the events corpus read by a reader, with the gold of what it found.

What a reader found and gold does not have gets a label of its own: merged with anything, it counts as wrong.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.agreement import any_same, match_deals
from benchmarks.corpus import Gold, read_gold
from benchmarks.events import EVENTS, GoldArticle, GoldDeal, GoldName, GoldParty, read_events
from benchmarks.gold_reading import read_perfectly, values_of_gold
from pipeline.known import Sum
from pipeline.records import Amount, Deal, Extraction, Mention, Organisation, Person


def perfect(golds: list[Gold]) -> list[Extraction]:
    """Return what the assembly makes of the gold's own marks, paragraphs for sentences."""
    from pipeline.extract.deals import Page
    from pipeline.extract.read import assemble, load_knowledge

    pages = [Page(gold.text, tuple(match.span() for match in re.finditer(r"[^\n]+", gold.text))) for gold in golds]
    know = load_knowledge()
    return [
        assemble(page, read_perfectly(gold), values_of_gold(gold), knowledge=know)
        for gold, page in zip(golds, pages, strict=True)
    ]


def model(golds: list[Gold]) -> list[Extraction]:
    """Return what the pipeline of config.toml reads."""
    from benchmarks.gate import read

    return [extraction for _, extraction in read(golds)]


READERS = {"perfect": perfect, "model": model}


Read = tuple[GoldArticle, Gold, Extraction]


def read_extracted(read: Callable[[list[Gold]], list[Extraction]], folder: Path = EVENTS) -> tuple[Read, ...]:
    """Return the articles under `folder` as `read` reads them, in the order of their days."""
    golds = {gold.id: gold for gold in (read_gold(path, "events") for path in sorted(folder.rglob("*.xml")))}
    extractions = dict(zip(golds, read(list(golds.values())), strict=True))
    return tuple(
        (align(article, golds[article.id], extractions[article.id]), golds[article.id], extractions[article.id])
        for article in read_events(folder)
    )


def align(article: GoldArticle, gold: Gold, extraction: Extraction) -> GoldArticle:
    """Return `article` with what the extraction says in place of the marks, under the labels of the gold."""
    organisations = tuple(name_of(body, article.organisations, article.id) for body in extraction.organisations)
    people = tuple(name_of(person, article.people, article.id) for person in extraction.people)
    events = {deal.id: deal.event for deal in article.deals}
    matched = {ours: events[gold.deals[theirs].id] for ours, theirs in match_deals(extraction.deals, gold)}
    named = {name.name: name.ref for name in (*people, *organisations)}
    deals = tuple(
        deal_of(deal, f"d{number}", matched.get(number, f"{article.id}-false-{number}"), named, extraction)
        for number, deal in enumerate(extraction.deals)
    )
    return replace(article, text=extraction.article.text, organisations=organisations, people=people, deals=deals)


def name_of(ours: Organisation | Person, theirs: tuple[GoldName, ...], article: str) -> GoldName:
    """Return what was found under the gold entity that it agrees with; kind and name make its ref."""
    surfaces = {mention.text for mention in ours.mentions} | {ours.name}
    forms = {ours.name, *surfaces}
    gold = next((name for name in theirs if forms & {name.name, *name.surfaces}), None)
    gold = gold or next((name for name in theirs if any_same(sorted(forms), (name.name, *name.surfaces))), None)
    return GoldName(
        ref=f"{'org' if isinstance(ours, Organisation) else 'per'} {ours.name}",
        name=ours.name,
        surfaces=tuple(sorted(surfaces | set(ours.aliases if isinstance(ours, Organisation) else ()))),
        entity=gold.entity if gold else f"{article}-false-{ours.name}",
        mentions=ours.mentions,
        kind=ours.kind if isinstance(ours, Organisation) else None,
        office=ours.role if isinstance(ours, Person) else None,
        organisation=f"org {ours.organisation}" if isinstance(ours, Person) and ours.organisation else None,
    )


def deal_of(deal: Deal, id: str, event: str, named: dict[str, str], extraction: Extraction) -> GoldDeal:
    """Return an extracted deal under the gold event that it agrees with."""
    return GoldDeal(
        id=id,
        event=event,
        type=deal.type,
        status=deal.status,
        denied=deal.denied,
        parties=tuple(
            GoldParty(party.role, party.name, named.get(party.name) if party.named else None) for party in deal.parties
        ),
        amount=sum_of(deal.amount),
        total=sum_of(deal.total),
        stake=deal.stake,
        date=deal.date,
        subject=deal.subject,
        quotes=tuple(slice_of(extraction.article.text, mention) for mention in deal.evidence),
    )


def slice_of(text: str, mention: Mention) -> str:
    """Return the words of a mention."""
    return text[mention.start : mention.end]


def sum_of(amount: Amount | None) -> Sum | None:
    """Return a sum without its place; a unit price is no sum of the deal."""
    if amount is None or amount.per is not None:
        return None
    return Sum(amount.currency, amount.qualifier, amount.value, amount.min, amount.max)
