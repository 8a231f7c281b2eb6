"""The sample source's pages against their reviewed expectations, and what the Torino report must give."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scrapers.article import Article, Page, PublishedFrom, Trust, article_record
from scrapers.pages import parse_page

SOURCE = Path(__file__).parents[2] / "scrapers" / "sources" / "campione"
HOME = "https://campione.example/"
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
EXPECTED = sorted((SOURCE / "examples").glob("*.json"))


def parse(path: str) -> Article:
    return parse_page(Page(HOME + path, (SOURCE / "pages" / path).read_bytes(), NOW))


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.stem)
def test_page_gives_what_a_person_reviewed(expected: Path) -> None:
    known = json.loads(expected.read_text(encoding="utf-8"))
    assert known["reviewed"] is True
    assert article_record(parse(known["url"].removeprefix(HOME))) == known["article"]


def test_every_page_has_an_expectation() -> None:
    pages = {path.stem for path in (SOURCE / "pages").rglob("*.html")}
    assert pages == {path.stem for path in EXPECTED}
    assert len(pages) == 13


def test_torino_report_keeps_its_day_in_doubt() -> None:
    article = parse("economia/costruttori-russi-in-piemonte.html")
    assert article.title == "I costruttori russi sbarcano in Piemonte"
    assert (article.published, article.published_from, article.published_trust) == (
        date(2024, 3, 19),
        PublishedFrom.HEADER,
        Trust.LOW,
    )
    assert article.body.count("La Russia è a caccia di partner") == 1
    assert "\n\nACQUISTI PER OLTRE UN MILIONE DI EURO - «Proprio" in article.body


def test_amp_copy_names_the_page_it_copies() -> None:
    copy = parse("2023/versione-ridotta-orsera-falkenrath.html")
    assert copy.canonical_url == HOME + "economia/orsera-compra-tedesca-falkenrath.html"
    assert copy.body == parse("economia/orsera-compra-tedesca-falkenrath.html").body


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.stem)
def test_no_house_text_in_the_body(expected: Path) -> None:
    body = json.loads(expected.read_text(encoding="utf-8"))["article"]["text"].casefold()
    for phrase in ("cookie", "newsletter", "leggi anche", "riproduzione riservata", "p.iva", "condividi", "commenti"):
        assert phrase not in body
