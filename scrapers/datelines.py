"""The day on which an article was published, and how far it may be believed. Pure.

In order: the address, JSON-LD, meta and microdata, the dateline near the headline. What the page's header shows as
"today" is the day on which somebody saved the page: it is told, marked so, and never trusted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from scrapers.article import PublishedFrom, Trust
from scrapers.blocks import Block, Outline
from scrapers.days import beside_days, day_of_url, find_days, parse_moment, rome_day
from scrapers.json_ld import ArticleNode
from scrapers.kinds import Kind
from scrapers.metadata import MODIFIED, PUBLISHED, Metadata

LABEL = re.compile(
    r"(?:pubblicat|inserit|postat|scritt|creat|data|published|posted|inviat|uscit)\w*\s*(?:il|in\s+data|on|:)?[\s:,]*(?:\w+[ìi']?,?\s+)?$",
    re.IGNORECASE,
)
UPDATED = re.compile(r"(?:aggiornat|modific|updated|ultimo\s+aggiornamento|last)\w*[^,|]{0,25}$", re.IGNORECASE)
TODAY = re.compile(r"aggiornat|\boggi\b|\bore\s+\d|\b\d{1,2}[:.]\d\d\b", re.IGNORECASE)
# "TORINO, 12 MAR 2024 - ", "(ANSA) - ROMA, 12 MAR 2024 - " before an agency's first sentence
AGENCY = re.compile(r"^(?:\([^)]{2,20}\)\s*[-–]?\s*)?[A-ZÀ-Ý' ]{3,30},?\s+(?=\d{1,2}\s)")
LINKED = 0.5  # share of link text of a menu or a teaser
LONGEST = 160  # characters of a dateline
BEFORE, AFTER = 8, 5  # blocks around title and body in which a dateline stands
REMAINDER = 30  # letters beside the date: an author's name or a town, not a sentence


@dataclass(frozen=True, slots=True)
class Publication:
    """A day of publication, where it was read, how far it may be believed."""

    day: date | None
    source: PublishedFrom
    trust: Trust


@dataclass(frozen=True, slots=True)
class Place:
    """Where the article stands among the blocks; -1 where it was not found."""

    title: int
    first: int
    last: int

    @property
    def start(self) -> int:
        """Where the article begins: its title, or its text where the title is not shown."""
        return self.title if self.title >= 0 else self.first


UNKNOWN = Publication(None, PublishedFrom.NONE, Trust.NONE)


def find_publication(
    outline: Outline, metadata: Metadata, node: ArticleNode | None, *, urls: tuple[str, ...], place: Place, latest: date
) -> Publication:
    """Return the day of publication; no day after `latest` is believed."""
    for url in urls:
        if day := day_of_url(url, latest=latest):
            return Publication(day, PublishedFrom.URL, Trust.HIGH)
    for text, source in _told(metadata, node):
        if day := _day(text, latest):
            return Publication(day, source, Trust.HIGH)
    return (
        _time_element(outline, place, range(place.start - BEFORE, min(place.first + AFTER, place.last) + 1), latest)
        or _dateline(outline, place, latest)
        or _time_element(outline, place, range(place.last, place.last + AFTER + 1), latest)
        or _header(outline, place, latest)
    )


def find_modified(metadata: Metadata, node: ArticleNode | None) -> datetime | None:
    """Return when the article was last changed, in its own zone, as machines are told."""
    told = [node.modified if node else "", *metadata.all(MODIFIED), *metadata.items.get("datemodified", ())]
    return next((moment for text in told if text and (moment := parse_moment(text))), None)


def _told(metadata: Metadata, node: ArticleNode | None) -> Iterator[tuple[str, PublishedFrom]]:
    if node:
        yield node.published, PublishedFrom.JSON_LD
    for text in (
        *metadata.all(PUBLISHED),
        *metadata.items.get("datepublished", ()),
        *metadata.items.get("datecreated", ()),
    ):
        yield text, PublishedFrom.META
    if not node:
        for other in metadata.nodes:
            yield other.published, PublishedFrom.JSON_LD


def _day(text: str, latest: date) -> date | None:
    moment = parse_moment(text) if text else None
    day = rome_day(moment) if moment else None
    return day if day and date(1990, 1, 1) <= day <= latest else None


def _time_element(outline: Outline, place: Place, near: range, latest: date) -> Publication | None:
    """Return the day of the <time> nearest to the headline, not that of an update or of a teaser."""
    found = [
        (abs(time.position - place.start) + (0 if time.published else 20 if time.updated else 5), day, time.updated)
        for time in outline.times
        if time.position in near and (day := _day(time.text, latest))
        if time.position >= place.title or not _is_masthead(outline, time.position, place)
    ]
    best = min(found, key=lambda one: one[0], default=None)
    return Publication(best[1], PublishedFrom.DATELINE, Trust.LOW if best[2] else Trust.HIGH) if best else None


def _dateline(outline: Outline, place: Place, latest: date) -> Publication | None:
    """Return the best visible date around the headline and the body."""
    best: tuple[float, Publication] | None = None
    for index, block in _around(outline, place):
        if index < place.title and _is_masthead(outline, index, place):
            continue
        for score, day, trust in _dates_of(block, latest):
            worth = score + _place_worth(outline, index, place)
            if worth > 0 and (best is None or worth > best[0]):
                best = worth, Publication(day, PublishedFrom.DATELINE, trust)
    return best[1] if best else None


def _place_worth(outline: Outline, index: int, place: Place) -> float:
    """Return how good a place for a dateline a block is: near the headline, named like a date, behind "Data:"."""
    worth = _nearness(index, place) + 1 / (1 + abs(index - place.start))
    if outline.blocks[index].kind is Kind.META:
        worth += 2 if index >= place.title else 1  # above the headline are mastheads
    if index > 0 and LABEL.fullmatch(outline.blocks[index - 1].text):
        worth += 3
    return worth


def _around(outline: Outline, place: Place) -> Iterator[tuple[int, Block]]:
    """Yield the blocks with digits around headline and body, up to the first teaser behind it."""
    for index, block in enumerate(outline.blocks[: place.last + AFTER + 1]):
        if index > place.last and block.linked > LINKED:
            return
        near = place.start - BEFORE <= index <= place.first + AFTER or place.last <= index
        if near and block.kind is not Kind.HEADER and any(char.isdigit() for char in block.text[:LONGEST]):
            yield index, block


def _dates_of(block: Block, latest: date) -> Iterator[tuple[int, date, Trust]]:
    """Yield the dates of a block that may be its dateline: how good, which, how sure."""
    head = block.text[:LONGEST]
    days = find_days(head, latest=latest)[:3]
    short = len(block.text) <= LONGEST
    for written in days:
        before = head[: written.start]
        if UPDATED.search(before) and short:
            yield -1, written.day, Trust.LOW
        elif (label := LABEL.search(before)) and (short or written.start < 30):
            yield 2 if label[0].lower().startswith("data") else 4, written.day, Trust.HIGH  # "Data:" is an event's too
        elif AGENCY.match(head) and written.start < 60:
            yield 2, written.day, Trust.HIGH
        elif short and len(beside_days(head, days)) <= REMAINDER * (2 if block.kind is Kind.META else 1):
            yield 1, written.day, Trust.HIGH


def _nearness(index: int, place: Place) -> int:
    if 0 <= place.title <= index <= place.first:
        return 3
    if place.title >= 0 and index < place.title:
        return 1 if place.title - index <= 3 else 0
    return 1


def _is_masthead(outline: Outline, index: int, place: Place) -> bool:
    """Tell whether a date before the headline is the page's "today": before the menu, or with an hour."""
    if _are_siblings(outline, index, place.title):
        return False
    if any(index < gap <= place.title for gap in outline.gaps):
        return True
    if any(block.linked > LINKED for block in outline.blocks[index + 1 : place.title]):
        return True
    around = " ".join(
        block.text for block in outline.blocks[max(0, index - 1) : index + 2] if len(block.text) < LONGEST
    )
    return TODAY.search(around) is not None


def _are_siblings(outline: Outline, index: int, title: int) -> bool:
    """Tell whether two blocks share an element within two steps that is not the page itself."""
    above = [{node, outline.parents[node]} for node in (outline.blocks[index].node, outline.blocks[title].node)]
    return bool({node for node in above[0] & above[1] if node > 0})


def _header(outline: Outline, place: Place, latest: date) -> Publication:
    for index, block in enumerate(outline.blocks):
        if (block.kind is Kind.HEADER or index < place.start) and len(block.text) < LONGEST:
            for written in find_days(block.text, latest=latest):
                return Publication(written.day, PublishedFrom.HEADER, Trust.LOW)
    return UNKNOWN
