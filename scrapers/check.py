"""Trying a source live: are its feeds there, do its articles parse? Fetches as politely as a night; stores nothing."""

from contextlib import closing
from dataclasses import dataclass

from scrapers.article import Article
from scrapers.collect import Collector, find_offered
from scrapers.door import Want
from scrapers.errors import CollectError
from scrapers.parsing import read_article
from scrapers.source import Source
from scrapers.visits import Visit

TRIED = 3  # articles of each source


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of trying a source."""

    source: str
    links: int
    articles: tuple[Article, ...]
    problems: tuple[str, ...]


def check_source(source: Source, collector: Collector) -> Checked:
    """Fetch what `source` offers and read its first articles."""
    try:
        links, issues = find_offered(source, collector)
    except CollectError as error:
        return Checked(source.id, 0, (), (str(error),))
    problems = [issue.message for issue in issues]
    if not links:
        problems.append("no links")
    articles = []
    with closing(collector.doors(source)) as door:
        for link in links[:TRIED]:
            try:
                page = door.fetch(link.url, want=Want.PAGE, visit=Visit())
                articles.append(read_article(page, source, collector.parse))
            except CollectError as error:
                problems.append(str(error))
    problems += [f"{article.url}: no day of publication" for article in articles if article.published is None]
    return Checked(source.id, len(links), tuple(articles), tuple(problems))
