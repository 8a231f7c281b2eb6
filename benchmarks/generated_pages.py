"""Pages in the styles of Italian papers' platforms, made from the deal corpus: bytes with what must be read from them.

A style is a Jinja template in page_styles/; its first line says its address, whether it shows a standfirst, and how
its bytes are encoded. Every page shows a "today" in its header that is not the day of publication.
"""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader

ROOT = Path(__file__).parents[1]
STYLES = Path(__file__).with_name("page_styles")
CORPUS = ROOT / "models" / "corpus" / "deals"
MONTHS = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
]
WEEKDAYS = ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica")
TODAYS = (
    "mercoledì 20 marzo 2024",
    "20 marzo 2024",
    "Mercoledì, 20 Marzo 2024",
    "mer 20/03/2024 - ore 10:30",
    "20.03.2024",
)
HEADS = (
    "Il piano industriale",
    "I numeri del bilancio",
    "LE REAZIONI",
    "Il nodo dei posti di lavoro",
    "I prossimi passi",
)
AUTHORS = ("Giulia Ferrero", "Marco De Santis", "Anna Lucia Conti", "Paolo D'Amico", "Francesca Bo")
HEADER_LINE = re.compile(r"\{#\s*(\{.*?\})\s*#\}")


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph or a run-in head."""

    text: str
    head: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """An article before a platform lays it out."""

    title: str
    standfirst: str
    parts: tuple[Part, ...]
    author: str
    section: str
    moment: datetime

    @property
    def joined(self) -> str:
        """The whole text as JSON-LD carries it."""
        return " ".join(part.text for part in self.parts)

    @property
    def slug(self) -> str:
        """The title as addresses have it."""
        return re.sub(r"[^a-z]+", "-", self.title.lower()).strip("-")[:60]

    @property
    def iso(self) -> str:
        """The moment with Rome's offset."""
        return self.moment.isoformat()

    @property
    def iso_utc(self) -> str:
        """The moment as servers abroad write it."""
        return self.moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def day_it(self) -> str:
        """12 marzo 2019."""
        return f"{self.moment.day} {MONTHS[self.moment.month - 1]} {self.moment.year}"

    @property
    def day_short(self) -> str:
        """12 Mar 2019."""
        return f"{self.moment.day:02} {MONTHS[self.moment.month - 1][:3].title()} {self.moment.year}"

    @property
    def day_caps(self) -> str:
        """12 MAR 2019."""
        return self.day_short.upper()

    @property
    def day_slash(self) -> str:
        """12/03/2019."""
        return self.moment.strftime("%d/%m/%Y")

    @property
    def day_dots(self) -> str:
        """12.03.2019."""
        return self.moment.strftime("%d.%m.%Y")

    @property
    def weekday(self) -> str:
        """Martedì."""
        return WEEKDAYS[self.moment.weekday()].title()


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """A page and what must be read from it."""

    style: str
    url: str
    body: bytes
    title: str
    text: str
    published: date
    locked: bool


def load_stories(*, seed: int, count: int) -> tuple[Story, ...]:
    """Return `count` stories of the deal corpus, told on days that `seed` draws."""
    chance = random.Random(seed)
    articles = [_read(path) for path in sorted(CORPUS.glob("w*/*.xml"))]
    articles = [(title, paragraphs) for title, paragraphs in articles if title and _is_plain(paragraphs)]
    chance.shuffle(articles)
    firsts = [paragraphs[0].split(". ")[0] + "." for _, paragraphs in articles]
    return tuple(_story(articles[i], firsts[-1 - i], chance) for i in range(count))


def make_pages(*, seed: int = 1, each: int = 2) -> Iterator[GeneratedPage]:
    """Yield `each` pages of every style."""
    styles = sorted(path.stem for path in STYLES.glob("[!_]*.html"))
    stories = load_stories(seed=seed, count=len(styles) * each + 6)
    environment = Environment(loader=FileSystemLoader(STYLES), autoescape=False)
    for index, style in enumerate(style for style in styles for _ in range(each)):
        yield _make_page(environment, style, stories, index)


def _make_page(environment: Environment, style: str, stories: tuple[Story, ...], index: int) -> GeneratedPage:
    source = (STYLES / f"{style}.html").read_text(encoding="utf-8")
    known = json.loads(HEADER_LINE.match(source)[1])  # type: ignore[index]
    story = stories[index]
    others = stories[index + 1 : index + 6]
    html = environment.get_template(f"{style}.html").render(a=story, others=others, today=TODAYS[index % len(TODAYS)])
    shown = story.parts[:1] if known.get("locked") else story.parts
    paragraphs = ([story.standfirst] if known["standfirst"] else []) + [part.text for part in shown]
    return GeneratedPage(
        style=style,
        url=_address(known["url"], story, index),
        body=html.encode(known.get("charset", "utf-8"), errors="xmlcharrefreplace"),
        title=story.title,
        text="\n\n".join(paragraphs),
        published=story.moment.date(),
        locked=known.get("locked", False),
    )


def _address(pattern: str, story: Story, index: int) -> str:
    moment = story.moment
    values = {
        "Y": f"{moment.year}", "yy": f"{moment.year % 100:02}", "m": f"{moment.month:02}", "d": f"{moment.day:02}",
        "mese": MONTHS[moment.month - 1], "slug": story.slug, "n": f"{423_816_000 + index}",
    }  # fmt: skip
    return pattern.format(**values)


def _read(path: Path) -> tuple[str, list[str]]:
    root = ElementTree.parse(path).getroot()
    return _line(root.find("title")), [_line(paragraph) for paragraph in root.iterfind("body/p")]


def _is_plain(paragraphs: list[str]) -> bool:
    """Tell whether an article is free of what papers put around it: some of the corpus has it on purpose."""
    joined = "\n".join(paragraphs)
    noisy = re.search(
        r"riservata|aggiorna(?:to|mento)|^di [A-Z]|^.{0,40}\d+ \w+ \d{4}\b.{0,20}$",
        joined,
        re.IGNORECASE | re.MULTILINE,
    )
    told_twice = any(
        paragraph[:60] in "".join(paragraphs[place + 1 :]) for place, paragraph in enumerate(paragraphs[:3])
    )
    return len(paragraphs) >= 2 and not noisy and not told_twice


def _line(element: ElementTree.Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _story(article: tuple[str, list[str]], standfirst: str, chance: random.Random) -> Story:
    title, paragraphs = article
    parts = [Part(text) for text in paragraphs]
    if len(parts) > 2 and chance.random() < 0.6:
        parts.insert(chance.randrange(1, len(parts)), Part(chance.choice(HEADS), head=True))
    moment = datetime(2005, 1, 1, tzinfo=ZoneInfo("Europe/Rome")) + timedelta(minutes=chance.randrange(18 * 365 * 1440))
    return Story(title, standfirst, tuple(parts), chance.choice(AUTHORS), "Economia", moment)
