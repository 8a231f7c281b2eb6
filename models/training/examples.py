"""From an annotated article to what the network reads and what it should answer."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.training.gold import Deal, Gold, Span
from pipeline.extract.labels import KINDS, LAYERS, LINKS, ORGANISATION_KINDS, SHARES, STATUSES, TYPES
from pipeline.extract.pairs import Layout, layout_of
from pipeline.extract.windows import Encode, Window, pieces_of, windows_of

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Split = Callable[[str], list[tuple[int, int]]]
Key = tuple[str, ...]

LAYER_OF = {
    "org": "entities",
    "per": "entities",
    "loc": "entities",
    "role": "roles",
    "party": "parties",
    "trigger": "triggers",
}
KIND_OF = {
    "org": "ORG",
    "per": "PER",
    "party": "PARTY",
    "money": "MONEY",
    "percent": "PERCENT",
    "date": "DATE",
    "role": "ROLE",
}
UNTOLD, UNKNOWN = -1, -2
LOOSE = re.compile(r"[~?]")
NUMBER = re.compile(r"[\d.]+")


@dataclass(frozen=True, slots=True)
class Links:
    """What the linker should answer. Spans are words, end exclusive; `entity` numbers what the candidates stand for."""

    triggers: Ints  # [t, 2]
    types: Floats  # [t, types + none]
    status: Ints  # [t], -1 unknown
    denied: Floats  # [t]
    candidates: Ints  # [c, 2]
    kinds: Ints  # [c]
    entity: Ints  # [c]
    links: Floats  # [t, entities, links]
    deals: Floats  # [t, t]
    relations: Ints  # rows: relation, candidate, entity
    share: Ints  # [c], -1 where it is no percentage
    organisation: Ints  # [c], -1 where it is no organisation
    subject: Ints  # [t, 2], first and last word; UNTOLD where the deal has none, UNKNOWN where its words are not found


@dataclass(frozen=True, slots=True)
class Example:
    """One article, ready to read. `tags` holds a number a word for each layer that is marked."""

    gold: Gold
    words: tuple[tuple[int, int], ...]
    windows: tuple[Window, ...]
    layout: Layout
    tags: dict[str, Ints]
    links: Links | None


def make_example(gold: Gold, split: Split, encode: Encode) -> Example:
    """Cut the article to words and pieces and place its marks; marks that no word edge meets are left out."""
    words = split(gold.text)
    starts = {start: at for at, (start, _) in enumerate(words)}
    ends = {end: at + 1 for at, (_, end) in enumerate(words)}
    placed = [
        (span, starts[span.start], ends[span.end]) for span in gold.spans if span.start in starts and span.end in ends
    ]
    layers = LAYERS if gold.full else ("entities",)
    return Example(
        gold=gold,
        words=tuple(words),
        windows=tuple(windows_of(pieces_of(gold.text, words, encode))),
        layout=layout_of([gold.text[start:end] for start, end in words]),
        tags={layer: _tags(layer, placed, len(words)) for layer in layers},
        links=_links(gold, placed, words) if gold.full else None,
    )


def _tags(layer: str, placed: list[tuple[Span, int, int]], count: int) -> Ints:
    """Return the layer's tags; of two marks of one layer that overlap the longer counts."""
    tags = np.zeros(count, np.int64)
    inventory = LAYERS[layer]
    for span, start, end in sorted(placed, key=lambda mark: mark[1] - mark[2]):
        if LAYER_OF.get(span.tag) == layer and not tags[start:end].any():
            tags[start:end] = inventory.index(f"I-{span.tag.upper()}")
            tags[start] = inventory.index(f"B-{span.tag.upper()}")
    return tags


def _key(span: Span) -> Key:
    """Return what a mark stands for: an id, or the value that is written."""
    attrs = span.attrs
    if span.tag == "money":
        return ("money", *(attrs.get(name, "") for name in ("currency", "qualifier", "value", "min", "max")))
    if span.tag == "percent":
        return ("percent", str(float(attrs["value"])), attrs.get("of", ""))
    if span.tag == "date":
        return ("date", LOOSE.sub("", attrs.get("value", "")) or str(span.start))
    if span.tag == "role":
        return ("role", str(span.start))
    return ("ref", attrs["ref"])


def _deal_links(deal: Deal, gold: Gold) -> set[tuple[Key, str]]:
    """Return what belongs to the deal, with its part in it."""
    by_id = {span.attrs["id"]: _key(span) for span in gold.spans if "id" in span.attrs}
    found = {(("ref", ref), role) for ref, role in deal.parties}
    found |= {(by_id[deal.attrs[name]], name) for name in ("amount", "total") if deal.attrs.get(name) in by_id}
    stake = deal.attrs.get("stake", "")
    if stake in by_id:
        found.add((by_id[stake], "stake"))
    elif NUMBER.fullmatch(stake):
        found.add((("percent", str(float(stake)), "stake"), "stake"))
    if "date" in deal.attrs:
        found.add((("date", LOOSE.sub("", deal.attrs["date"])), "date"))
    return found


def _links(gold: Gold, placed: list[tuple[Span, int, int]], words: list[tuple[int, int]]) -> Links:
    triggers = [mark for mark in placed if mark[0].tag == "trigger"]
    candidates = [mark for mark in placed if mark[0].tag in KIND_OF]
    entities: dict[Key, int] = {}
    entity = [entities.setdefault(_key(span), len(entities)) for span, *_ in candidates]
    deals = {deal.attrs["id"]: deal for deal in gold.deals}
    told = [[deals[ref] for ref in span.attrs["deal"].split()] for span, *_ in triggers]
    links = np.zeros((len(triggers), len(entities), len(LINKS)), np.float32)
    for row, its in enumerate(told):
        for key, link in {pair for deal in its for pair in _deal_links(deal, gold)}:
            if key in entities:
                links[row, entities[key], LINKS.index(link)] = 1
    share = [SHARES.index(span.attrs["of"]) if span.tag == "percent" else -1 for span, *_ in candidates]
    kinds = [gold.kinds.get(span.attrs["ref"], "") if span.tag == "org" else "" for span, *_ in candidates]
    refs = [{deal.attrs["id"] for deal in its} for its in told]
    subjects = [_subject(its, span, gold.text, words) for its, (span, *_) in zip(told, triggers, strict=True)]
    return Links(
        triggers=_spans(triggers),
        types=np.array([_types(its) for its in told], np.float32).reshape(-1, len(TYPES) + 1),
        status=np.array([STATUSES.index(its[0].attrs["status"]) for its in told], np.int64),
        denied=np.array([its[0].attrs.get("denied") == "yes" for its in told], np.float32),
        candidates=_spans(candidates),
        kinds=np.array([KINDS.index(KIND_OF[span.tag]) for span, *_ in candidates], np.int64),
        entity=np.array(entity, np.int64),
        links=links,
        deals=np.array([[bool(a & b) for b in refs] for a in refs], np.float32).reshape(len(refs), len(refs)),
        relations=_relations(gold, candidates, entities),
        share=np.array(share, np.int64),
        organisation=np.array([ORGANISATION_KINDS.index(kind) if kind else -1 for kind in kinds], np.int64),
        subject=np.array(subjects, np.int64).reshape(-1, 2),
    )


def _subject(deals: list[Deal], trigger: Span, text: str, words: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the first and last word of the first deal's subject, where it stands nearest to the trigger."""
    said = next((deal.attrs["subject"] for deal in deals if "subject" in deal.attrs), None)
    if said is None:
        return UNTOLD, UNTOLD
    first = {start: at for at, (start, _) in enumerate(words)}
    last = {end: at for at, (_, end) in enumerate(words)}
    found = [
        (abs(match.start() - trigger.start), first[match.start()], last[match.end()])
        for match in re.finditer(re.escape(said), text, re.IGNORECASE)
        if match.start() in first and match.end() in last
    ]
    return min(found)[1:] if found else (UNKNOWN, UNKNOWN)


def _spans(marks: list[tuple[Span, int, int]]) -> Ints:
    return np.array([[start, end] for _, start, end in marks], np.int64).reshape(-1, 2)


def _types(deals: list[Deal]) -> Floats:
    types = np.zeros(len(TYPES) + 1, np.float32)
    for deal in deals:
        types[TYPES.index(deal.attrs["type"])] += 1 / len(deals)
    return types


def _relations(gold: Gold, candidates: list[tuple[Span, int, int]], entities: dict[Key, int]) -> Ints:
    """Return what relates to what, each a row: number of the relation, candidate, entity (-1: to nothing)."""
    rows = []
    for at, (span, *_) in enumerate(candidates):
        ref = span.attrs.get("of" if span.tag == "role" else "ref", "")
        if span.tag == "role":
            rows.append((0, at, entities.get(("ref", ref), -1)))
        elif span.tag == "per":
            rows.append((1, at, entities.get(("ref", gold.employers.get(ref, "")), -1)))
        elif span.tag == "party":
            rows.append((2, at, entities.get(("ref", ref), -1) if ref in gold.kinds else -1))
        elif span.tag == "org":
            rows.append((3, at, entities[("ref", ref)]))
    return np.array(rows, np.int64).reshape(-1, 3)
