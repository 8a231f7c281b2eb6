"""Pages per CPU second and what is read from them, beside trafilatura, in one run: python -m benchmarks.pages.

Both read the same pages: the sample source's and generated ones (page_styles/). Ours is `parse_page`, theirs
`bare_extraction` with metadata. CPU seconds, one thread; the ratio counts, not the figures.
"""

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from trafilatura import bare_extraction

from benchmarks.generated_pages import GeneratedPage, make_pages
from scrapers.article import Page
from scrapers.errors import PageError
from scrapers.pages import parse_page

SAMPLE = Path(__file__).parents[1] / "scrapers" / "sources" / "campione"
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
TOKEN = re.compile(r"\w+")
NAMES = re.compile(rb"\s(?:class|id)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
HOUSE = (
    "cookie", "newsletter", "riproduzione riservata", "leggi anche", "p.iva", "iscriviti", "articoli correlati",
    "condividi", "tutti i diritti", "abbonati", "commenti", "pubblicità\n", "whatsapp", "facebook",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a page."""

    title: str
    text: str
    published: date | None


@dataclass(frozen=True, slots=True)
class Score:
    """How well a page was read."""

    style: str
    f1: float
    title: bool
    day: bool
    house: bool


def read_ours(page: GeneratedPage) -> Reading:
    """Read a page as `affari parse` does."""
    try:
        article = parse_page(Page(page.url, page.body, NOW))
    except PageError:
        return Reading("", "", None)
    return Reading(article.title, article.body, article.published)


def read_trafilatura(page: GeneratedPage) -> Reading:
    """Read a page as trafilatura's users do."""
    found = bare_extraction(page.body, url=page.url, with_metadata=True, include_comments=False)
    if found is None:
        return Reading("", "", None)
    return Reading(found.title or "", found.text or "", date.fromisoformat(found.date) if found.date else None)


def token_f1(text: str, gold: str) -> float:
    """Return the F1 of the words of `text`, as often as they stand there."""
    ours, theirs = Counter(TOKEN.findall(text.lower())), Counter(TOKEN.findall(gold.lower()))
    same = (ours & theirs).total()
    return 2 * same / (ours.total() + theirs.total()) if same else 0.0


def score(page: GeneratedPage, reading: Reading) -> Score:
    """Compare a reading with what stands on the page."""
    lower, gold = reading.text.lower(), page.text.lower()
    return Score(
        page.style,
        token_f1(reading.text, page.text),
        _folded(reading.title) == _folded(page.title),
        reading.published == page.published,
        any(phrase in lower and phrase not in gold for phrase in HOUSE),
    )


def _folded(title: str) -> list[str]:
    return TOKEN.findall(title.lower())


def sample_pages() -> Iterator[GeneratedPage]:
    """Yield the sample source's pages with their reviewed expectations."""
    for path in sorted((SAMPLE / "examples").glob("*.json")):
        known = json.loads(path.read_text(encoding="utf-8"))
        article = known["article"]
        body = (SAMPLE / "pages" / known["url"].removeprefix("https://campione.example/")).read_bytes()
        day = date.fromisoformat(article["published"])
        yield GeneratedPage(
            f"sample {path.stem}", known["url"], body, article["title"], article["text"], day, article["paywalled"]
        )


def measure(pages: list[GeneratedPage], read: Callable[[GeneratedPage], Reading]) -> tuple[list[Score], float]:
    """Return the scores and the pages per CPU second of one reader."""
    began = time.process_time()
    readings = [read(page) for page in pages]
    rate = len(pages) / (time.process_time() - began)
    return [score(page, reading) for page, reading in zip(pages, readings, strict=True)], rate


def summary(scores: list[Score]) -> dict[str, float]:
    """Return the means over all pages."""
    count = len(scores)
    return {
        "f1": round(sum(one.f1 for one in scores) / count, 4),
        "title": round(sum(one.title for one in scores) / count, 4),
        "day": round(sum(one.day for one in scores) / count, 4),
        "house": sum(one.house for one in scores),
    }


def main() -> None:
    """Print one JSON object; with --show the pages that are read worst."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--each", type=int, default=2, help="generated pages of every style")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--show", type=int, default=0, help="how many of the worst pages to list")
    arguments.add_argument("--blind", action="store_true", help="take class and id away: a platform nobody has seen")
    options = arguments.parse_args()
    pages = [*sample_pages(), *make_pages(seed=options.seed, each=options.each)]
    if options.blind:
        pages = [replace(page, body=NAMES.sub(b"", page.body)) for page in pages]
    for reader in (read_ours, read_trafilatura):
        reader(pages[0])  # what either loads once is not counted
    ours, rate = measure(pages, read_ours)
    theirs, their_rate = measure(pages, read_trafilatura)
    print(
        json.dumps(
            {
                "pages": len(pages),
                "affari": summary(ours) | {"pages_per_cpu_second": round(rate, 1)},
                "trafilatura": summary(theirs) | {"pages_per_cpu_second": round(their_rate, 1)},
                "speed_ratio": round(rate / their_rate, 2),
            },
            indent=2,
        )
    )
    for mine, other in sorted(zip(ours, theirs, strict=True), key=lambda pair: pair[0].f1)[: options.show]:
        flags = "".join(
            letter for letter, wrong in (("T", not mine.title), ("D", not mine.day), ("H", mine.house)) if wrong
        )
        print(f"{mine.f1:.3f} ({other.f1:.3f}) {flags:3} {mine.style}")


if __name__ == "__main__":
    main()
