"""Title, authors, section, language and day of publication of small pages."""

from datetime import date, datetime

import pytest

from scrapers.article import PublishedFrom, Trust
from tests.scrapers.pages import TEXT, TITLE, URL, article_around, parse

TODAY = "<div class='oggi'>mercoledì 20 marzo 2024</div><nav><a href='/'>Home</a></nav>"
LD = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"' + TITLE + '",%s}</script>'


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<meta property='og:title' content='Beta compra Gamma - La Stampa'>", "Beta compra Gamma"),
        ("<meta property='og:title' content='Beta compra Gamma | Il Sole 24 ORE'>", "Beta compra Gamma"),
        (
            "<meta property='og:title' content='Beta-Gamma, sì alla fusione - Economia - ANSA.it'>",
            "Beta-Gamma, sì alla fusione",
        ),
        ("<meta property='og:title' content='Alfa.it - Beta compra Gamma'>", "Beta compra Gamma"),
        ("<meta property='og:title' content='Torino - Lione, un anno dopo'>", "Torino - Lione, un anno dopo"),
    ],
)
def test_name_of_the_site_is_no_title(head: str, title: str) -> None:
    name = "<meta property='og:site_name' content='{}'>"
    site = "La Stampa" if "Stampa" in head else "Il Sole 24 ORE" if "Sole" in head else "Alfa"
    assert parse(TEXT, head=head + name.format(site)).title == title


@pytest.mark.parametrize(
    "html",
    [
        f"<h1>{TITLE}</h1>",
        f"<header><h1><a href='/'>Alfa</a></h1><nav><a>Menu</a></nav></header><h1>{TITLE}</h1>",
        f"<h1>Alfa</h1><h2>{TITLE}</h2>",
        f"<h1><span class='kicker'>Il caso</span> {TITLE}</h1>",
        f"<b>{TITLE}</b><br>",
        f"<h1>{TITLE[:11]}<br>{TITLE[11:]}</h1>",
    ],
)
def test_title_is_the_headline(html: str) -> None:
    head = f"<meta property='og:title' content='{TITLE}'>"
    assert parse(html + TEXT, head=head).title == TITLE


@pytest.mark.parametrize(
    ("head", "html", "authors"),
    [
        ("<meta name='author' content='di Anna Conti'>", "", ("Anna Conti",)),
        ("<meta name='author' content='Anna Conti e Piero Bo'>", "", ("Anna Conti", "Piero Bo")),
        ("<meta name='author' content='Redazione'><meta name='author' content='Anna Conti'>", "", ("Anna Conti",)),
        ("<meta name='author' content='Redazione Economia'>", "", ("Redazione Economia",)),
        ("<meta property='article:author' content='https://www.facebook.com/alfa'>", "", ()),
        ("", "<p class='firma'>di Anna Conti - 8 febbraio 2024</p>", ("Anna Conti",)),
        ("", "<div class='byline'>dal nostro inviato</div>", ()),
        (LD % '"author":[{"name":"Anna Conti"},{"name":"Piero Bo"}]', "", ("Anna Conti", "Piero Bo")),
        ("", "", ()),
    ],
)
def test_authors(head: str, html: str, authors: tuple[str, ...]) -> None:
    assert article_around(head=head, after_title=html).authors == authors


DAYS = [  # (head, below the title, day, from, trust)
    (LD % '"datePublished":"2023-03-13T23:20:00Z"', "", "2023-03-14", "json-ld", "high"),
    ("<meta property='article:published_time' content='2022-06-21T23:15:00Z'>", "", "2022-06-22", "meta", "high"),
    ("<meta name='DC.date.issued' content='2019-11-27'>", "", "2019-11-27", "meta", "high"),
    ("", "<span itemprop='datePublished' content='2019-11-27T10:00'>un anno fa</span>", "2019-11-27", "meta", "high"),
    ("", "<time datetime='2021-05-04T10:00:00+02:00'>un anno fa</time>", "2021-05-04", "dateline", "high"),
    ("", "<p>di Anna Conti - 12 marzo 2021</p>", "2021-03-12", "dateline", "high"),
    ("", "<p>Pubblicato il 3/5/2023</p>", "2023-05-03", "dateline", "high"),
    (
        "",
        "<p>TORINO, 12 MAR 2019 - Beta ha un nuovo stabilimento nella zona industriale di Cuneo.</p>",
        "2019-03-12",
        "dateline",
        "high",
    ),
    ("", "<small>Data:</small><p>4 aprile 2018</p>", "2018-04-04", "dateline", "high"),
    ("", "<p>Aggiornato il 3/5/2023</p>", "2023-05-03", "dateline", "low"),
    (
        "",
        "<p>Il 3 maggio 2023 la società aveva chiesto lo stato di crisi al tribunale di Cuneo.</p>",
        "2024-03-20",
        "header",
        "low",
    ),
    ("", "", "2024-03-20", "header", "low"),
    ("<meta name='date' content='2031-01-01'>", "", "2024-03-20", "header", "low"),
]


@pytest.mark.parametrize(("head", "below", "day", "source", "trust"), DAYS)
def test_day_of_publication(head: str, below: str, day: str, source: str, trust: str) -> None:
    article = article_around(before=TODAY, after_title=below, head=head)
    assert (article.published, article.published_from, article.published_trust) == (
        date.fromisoformat(day),
        PublishedFrom(source),
        Trust(trust),
    )


def test_address_comes_before_all() -> None:
    article = parse(TEXT, head=LD % '"datePublished":"2023-03-14"', url="https://www.alfa.it/2023/03/12/beta.html")
    assert (article.published, article.published_from) == (date(2023, 3, 12), PublishedFrom.URL)


def test_no_day() -> None:
    article = parse(f"<h1>{TITLE}</h1>{TEXT}")
    assert (article.published, article.published_from, article.published_trust) == (
        None,
        PublishedFrom.NONE,
        Trust.NONE,
    )


def test_day_of_a_teaser_is_not_the_articles() -> None:
    teaser = "<div class='card'><h3><a href='/x'>Altro</a></h3><time datetime='2020-01-01'>1 gennaio 2020</time></div>"
    article = article_around(after_title="<p>12 marzo 2021</p>", after=teaser * 5)
    assert article.published == date(2021, 3, 12)


def test_several_articles_the_one_of_the_page() -> None:
    other = '{"@type":"NewsArticle","headline":"Un altro","datePublished":"2020-01-01"}'
    own = '{"@type":"NewsArticle","headline":"' + TITLE + '","datePublished":"2021-03-12"}'
    head = f'<script type="application/ld+json">[{other},{own}]</script>'
    assert article_around(head=head).published == date(2021, 3, 12)


def test_modified_keeps_its_zone() -> None:
    article = article_around(head="<meta property='article:modified_time' content='2020-09-18T09:00:00+02:00'>")
    assert article.modified == datetime.fromisoformat("2020-09-18T09:00:00+02:00")


def test_section_language_and_canonical_address() -> None:
    head = (
        "<meta property='article:section' content='Economia'><link rel='canonical' href='/economia/beta.html'>"
        "<meta property='og:url' content='https://altri.example/x'>"
    )
    article = article_around(head=head)
    assert (article.section, article.language) == ("Economia", "it")
    assert (article.url, article.canonical_url) == (URL, "https://www.alfa.it/economia/beta.html")


def test_words_tell_the_language_against_the_template() -> None:
    english = (
        "The company has agreed to buy the plant for 12 million euros, and it will pay this in cash to the owners. "
    )
    assert parse(f"<h1>{TITLE}</h1><p>{english * 4}</p>").language == "en"
