"""JSON-LD as pages really carry it."""

import pytest

from scrapers.json_ld import ArticleNode, find_articles

DAY = '"datePublished": "2024-03-12"'
ROWS = [  # (script, headline, published)
    (f'{{"@type": "NewsArticle", "headline": "Alfa", {DAY}}}', "Alfa", "2024-03-12"),
    (
        f'[{{"@type": "WebSite"}}, {{"@type": ["Article", "NewsArticle"], "headline": "Alfa", {DAY}}}]',
        "Alfa",
        "2024-03-12",
    ),
    (f'{{"@graph": [{{"@type": "BlogPosting", "headline": "Alfa", {DAY}}}]}}', "Alfa", "2024-03-12"),
    (f'{{"@type": "WebPage", "mainEntity": {{"@type": "Article", "headline": "Alfa", {DAY}}}}}', "Alfa", "2024-03-12"),
    (f'{{"@type": "http://schema.org/NewsArticle", "headline": "Alfa", {DAY}}}', "Alfa", "2024-03-12"),
    ('{"@type": "NewsArticle", "headline": "Citt&agrave; &amp;egrave; qui"}', "Città è qui", ""),
    (f'<!-- {{"@type": "NewsArticle", "headline": "Alfa", {DAY}}} -->', "Alfa", "2024-03-12"),
    (f'//<![CDATA[\n{{"@type": "NewsArticle", "headline": "Alfa", {DAY}}}\n//]]>', "Alfa", "2024-03-12"),
    (f'{{"@type": "NewsArticle", "headline": "Alfa", {DAY},}}', "Alfa", "2024-03-12"),
    (f'{{"@type": "NewsArticle", "description": "il "caso" Alfa", "headline": "Alfa", {DAY}}}', "Alfa", "2024-03-12"),
    ('{"@type": "NewsArticle", "headline": "riga\nrotta"}', "riga\nrotta", ""),
    ('{"@type": "NewsArticle", "headline": ["Alfa", "Beta"]}', "Alfa", ""),
]


@pytest.mark.parametrize(("script", "headline", "published"), ROWS)
def test_article_is_found(script: str, headline: str, published: str) -> None:
    node = find_articles([script])[0]
    assert (node.headline, node.published) == (headline, published)


@pytest.mark.parametrize(
    "script",
    [
        "",
        "null",
        "[]",
        '"NewsArticle"',
        "{",
        '{"@type": "Organization", "name": "Alfa"}',
        '{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Un altro"}]}',
        "[" * 100_000,
    ],
)
def test_no_article(script: str) -> None:
    assert find_articles([script]) == ()


def test_articles_come_before_the_page() -> None:
    nodes = find_articles(['{"@type": "WebPage", "name": "Pagina"}', '{"@type": "Article", "headline": "Alfa"}'])
    assert [node.is_article for node in nodes] == [True, False]


def test_authors_sections_and_locks() -> None:
    script = (
        '{"@type": "NewsArticle", "author": [{"@type": "Person", "name": ["Anna Conti", "Piero Bo"]}, "Luca Re"],'
        '"articleSection": ["Economia", "Torino"], "isAccessibleForFree": "False", "inLanguage": "it-IT",'
        '"publisher": {"name": "Alfa"}, "mainEntityOfPage": {"@id": "https://alfa.it/a"}}'
    )
    assert find_articles([script])[0] == ArticleNode(
        kind="newsarticle",
        authors=("Anna Conti", "Piero Bo", "Luca Re"),
        section="Economia",
        language="it-IT",
        url="https://alfa.it/a",
        locked=True,
        publisher="Alfa",
    )
