"""Reads the events corpus as gold for merging: who and what is one over all articles. reader.py leaves this out.

`entity` of organisations and people and `event` of deals are the gold; whoever shares it is one.
"""

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from pipeline.config import ROOT
from pipeline.known import Sum
from pipeline.records import DealType, Mention, PartyRole, Qualifier, Status

EVENTS = ROOT / "models" / "corpus" / "events"


@dataclass(frozen=True, slots=True)
class GoldName:
    """An organisation or person of one article with all the ways it is named; `organisation` is a person's, a ref."""

    ref: str
    name: str
    surfaces: tuple[str, ...]
    entity: str
    mentions: tuple[Mention, ...]
    kind: str | None = None
    office: str | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class GoldParty:
    """A party; `ref` is None for an unnamed one."""

    role: PartyRole
    name: str
    ref: str | None


@dataclass(frozen=True, slots=True)
class GoldDeal:
    """A deal as the article tells it, with the event that it is of."""

    id: str
    event: str
    type: DealType
    status: Status
    denied: bool
    parties: tuple[GoldParty, ...]
    amount: Sum | None
    total: Sum | None
    stake: Decimal | None
    date: str | None
    subject: str | None
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One article; mentions are offsets of `text`: title and paragraphs, a blank line between them."""

    id: str
    published: date
    text: str
    organisations: tuple[GoldName, ...]
    people: tuple[GoldName, ...]
    deals: tuple[GoldDeal, ...]


def read_events(folder: Path = EVENTS) -> tuple[GoldArticle, ...]:
    """Return the articles under `folder` by day, then id."""
    articles = [read_article(path) for path in sorted(folder.rglob("*.xml"))]
    return tuple(sorted(articles, key=lambda article: (article.published, article.id)))


def read_article(path: Path) -> GoldArticle:
    """Return one article."""
    root = ET.parse(path).getroot()
    text, marks = read_marks(root)
    organisations = read_names(root, "orgs/org", marks)
    people = read_names(root, "people/person", marks)
    named = {name.ref: name.name for name in (*organisations, *people)}
    described = {party.attrib["id"]: party.attrib["name"] for party in root.findall("parties/unnamed")}
    deals = tuple(read_deal(root, deal, named, described) for deal in root.findall("deals/deal"))
    day = date.fromisoformat(root.attrib["published"])
    return GoldArticle(root.attrib["id"], day, text, organisations, people, deals)


def read_marks(root: ET.Element) -> tuple[str, dict[str, list[Mention]]]:
    """Return the text and, by ref, the mentions of organisations and people."""
    parts: list[str] = []
    marks: dict[str, list[Mention]] = {}

    def walk(element: ET.Element) -> None:
        start = len("".join(parts))
        parts.append(element.text or "")
        for child in element:
            walk(child)
            parts.append(child.tail or "")
        text = "".join(parts)
        if element.tag in {"org", "per"} and "ref" in element.attrib:
            marks.setdefault(element.attrib["ref"], []).append(Mention(start, len(text), text[start:]))

    for part in (*root.findall("title"), *root.findall("body/p")):
        walk(part)
        parts.append("\n\n")
    return "".join(parts), marks


def read_names(root: ET.Element, path: str, marks: dict[str, list[Mention]]) -> tuple[GoldName, ...]:
    """Return the organisations or people of the list at `path` with their mentions, in reading order."""
    names = []
    for listed in root.findall(path):
        mentions = tuple(marks.get(listed.attrib["id"], ()))
        surfaces = tuple(dict.fromkeys(" ".join(mention.text.split()) for mention in mentions))
        names.append(
            GoldName(
                ref=listed.attrib["id"],
                name=listed.attrib["name"],
                surfaces=surfaces,
                entity=listed.attrib["entity"],
                mentions=mentions,
                kind=listed.get("kind"),
                office=listed.get("role"),
                organisation=listed.get("org"),
            )
        )
    return tuple(names)


def read_deal(root: ET.Element, deal: ET.Element, named: dict[str, str], described: dict[str, str]) -> GoldDeal:
    """Return one deal with its sums, shares and the paragraphs of its triggers."""
    money = {mark.attrib["id"]: read_sum(mark) for mark in root.iter("money") if "id" in mark.attrib}
    percents = {mark.attrib["id"]: mark.attrib["value"] for mark in root.iter("percent") if "id" in mark.attrib}
    stake = percents.get(deal.get("stake", ""), deal.get("stake"))
    parties = [(PartyRole(has.attrib["role"]), has.attrib["ref"]) for has in deal.findall("has")]
    return GoldDeal(
        id=deal.attrib["id"],
        event=deal.attrib["event"],
        type=DealType(deal.attrib["type"]),
        status=Status(deal.attrib["status"]),
        denied=deal.get("denied") == "yes",
        parties=tuple(
            GoldParty(role, named.get(ref) or described[ref], ref if ref in named else None) for role, ref in parties
        ),
        amount=money.get(deal.get("amount", "")),
        total=money.get(deal.get("total", "")),
        stake=Decimal(stake) if stake else None,
        date=deal.get("date"),
        subject=deal.get("subject"),
        quotes=quotes(root, deal.attrib["id"]),
    )


def read_sum(mark: ET.Element) -> Sum:
    """Return the sum of a money mark."""
    value, low, high = (Decimal(mark.attrib[key]) if key in mark.attrib else None for key in ("value", "min", "max"))
    return Sum(mark.attrib["currency"], Qualifier(mark.attrib["qualifier"]), value, low, high)


def quotes(root: ET.Element, deal: str) -> tuple[str, ...]:
    """Return the title or paragraphs in which a trigger of the deal stands."""
    parts = [*root.findall("title"), *root.findall("body/p")]
    return tuple(plain(p) for p in parts if any(deal in t.attrib["deal"].split() for t in p.iter("trigger")))


def plain(element: ET.Element) -> str:
    """Return the text of an element, single-spaced."""
    return " ".join("".join(element.itertext()).split())
