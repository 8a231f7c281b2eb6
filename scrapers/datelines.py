"""The day on which an article was published, and how far it may be believed. Pure.

In order: the address, JSON-LD, meta and microdata, the dateline near the headline. What the page's header shows as
"today" is the day on which somebody saved the page: it is told, marked so, and never trusted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from scrapers.article import PublishedFrom, Trust
from scrapers.blocks import Block, Kind, Outline
from scrapers.days import day_of_url, find_days, parse_moment, rome_day
from scrapers.json_ld import ArticleNode
from scrapers.metadata import MODIFIED, PUBLISHED, Metadata

LABEL = re.compile(
    r"(?:pubblicat|inserit|postat|scritt|creat|data|published|posted|inviat|uscit)\w*\s*(?:il|in\s+data|on|:)?[\s:,]*(?:\w+[ìi']?,?\s+)?$",
    re.IGNORECASE,
)
UPDATED = re.compile(r"(?:aggiornat|modific|updated|ultimo\s+aggiornamento|last)\w*[^,|]{0,25}$", re.IGNORECASE)
WEEKDAY = re.compile(
    r"\b(?:luned|marted|mercoled|gioved|venerd)[ìi'’]|\b(?:sabato|domenica)\b|\b(?:lun|mar|mer|gio|ven|sab|dom)\b\.?",
    re.IGNORECASE,
)
TODAY = re.compile(r"aggiornat|\boggi\b|\bore\s+\d|\b\d{1,2}[:.]\d\d\b", re.IGNORECASE)
# What a line may hold beside its date and still be a dateline
DECORATION = re.compile(
    r"\b(?:ore|alle|il|del|di|da|in|a\s+cura|pubblicat\w+|inserit\w+|aggiornat\w+|ultim\w+|modific\w+|aggiornamento|data|scritto|postato"
    r"|redazione|lettura|minut\w+|min|letto|volte|visite|visualizzazioni|commenti|cet|cest|gmt|am|pm|h)\b|\d|\W",
    re.IGNORECASE,
)
# "TORINO, 12 MAR 2024 - ", "(ANSA) - ROMA, 12 MAR 2024 - " before an agency's first sentence
AGENCY = re.compile(r"^(?:\([^)]{2,20}\)\s*[-–]?\s*)?[A-ZÀ-Ý' ]{3,30},?\s+(?=\d{1,2}\s)")
LONGEST = 160  # characters of a dateline
BEFORE, AFTER = 8, 5  # blocks around title and body in which a dateline stands
REMAINDER = 45  # letters beside the date: an author's name and a town, not a sentence


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
    return _time_element(outline, place, latest) or _dateline(outline, place, latest) or _header(outline, place, latest)


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


def _time_element(outline: Outline, place: Place, latest: date) -> Publication | None:
    """Return the day of the <time> nearest to the headline, not that of an update or of a teaser."""
    start = place.title if place.title >= 0 else place.first
    near = [
        (abs(time.position - start) + (0 if time.published else 20 if time.updated else 5), day, time.updated)
        for time in outline.times
        if start - BEFORE <= time.position <= max(place.first, start) + AFTER
        or place.last <= time.position <= place.last + AFTER
        if (day := _day(time.text, latest))
    ]
    best = min(near, key=lambda found: found[0], default=None)
    return Publication(best[1], PublishedFrom.DATELINE, Trust.LOW if best[2] else Trust.HIGH) if best else None


def _dateline(outline: Outline, place: Place, latest: date) -> Publication | None:
    """Return the best visible date around the headline and the body."""
    best: tuple[int, Publication] | None = None
    for index, block in _around(outline, place):
        for score, day, trust in _dates_of(block, latest):
            worth = score + _nearness(index, place) + (2 if block.kind is Kind.META else 0)
            if index < place.title and _is_masthead(outline, index, place):
                continue
            if worth > 0 and (best is None or worth > best[0]):
                best = worth, Publication(day, PublishedFrom.DATELINE, trust)
    return best[1] if best else None


def _around(outline: Outline, place: Place) -> Iterator[tuple[int, Block]]:
    start = place.title if place.title >= 0 else place.first
    for index, block in enumerate(outline.blocks):
        near = start - BEFORE <= index <= place.first + 1 or place.last <= index <= place.last + AFTER
        if near and block.kind is not Kind.HEADER and any(char.isdigit() for char in block.text[:LONGEST]):
            yield index, block


def _dates_of(block: Block, latest: date) -> Iterator[tuple[int, date, Trust]]:
    """Yield the dates of a block that may be its dateline: how good, which, how sure."""
    head = block.text[:LONGEST]
    for written in find_days(head, latest=latest)[:3]:
        before, rest = head[: written.start], head[: written.start] + head[written.end :]
        if UPDATED.search(before):
            yield -1, written.day, Trust.LOW
        elif LABEL.search(before):
            yield 4, written.day, Trust.HIGH
        elif AGENCY.match(head) and written.start < 60:
            yield 2, written.day, Trust.HIGH
        elif len(block.text) <= LONGEST and len(DECORATION.sub("", WEEKDAY.sub("", rest))) <= REMAINDER:
            yield 1, written.day, Trust.HIGH


def _nearness(index: int, place: Place) -> int:
    if place.title >= 0 and place.title <= index <= place.first:
        return 3
    if place.title >= 0 and index < place.title:
        return 1 if place.title - index <= 3 else 0
    return 1


def _is_masthead(outline: Outline, index: int, place: Place) -> bool:
    """Tell whether a date before the headline is the page's "today": with an hour, or before the menu."""
    around = " ".join(
        block.text for block in outline.blocks[max(0, index - 1) : index + 2] if len(block.text) < LONGEST
    )
    if outline.blocks[index].kind is Kind.META and not TODAY.search(around) and not WEEKDAY.search(around):
        return False
    menu = any(block.linked > 0.5 for block in outline.blocks[index + 1 : place.title])
    return menu or bool(TODAY.search(around)) or any(index < gap <= place.title for gap in outline.gaps)


def _header(outline: Outline, place: Place, latest: date) -> Publication:
    start = place.title if place.title >= 0 else place.first
    for index, block in enumerate(outline.blocks):
        if (block.kind is Kind.HEADER or index < start) and len(block.text) < LONGEST:
            for written in find_days(block.text, latest=latest):
                return Publication(written.day, PublishedFrom.HEADER, Trust.LOW)
    return UNKNOWN
