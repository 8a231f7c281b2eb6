"""Which reader a page gets: a source's own parser.py, pages.py with the source's rules, or none for given articles."""

import importlib.util
import json
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Protocol, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scrapers.article import Article, Page, PublishedFrom, Trust
from scrapers.errors import PageError, ParserError, SourceError
from scrapers.links import canonical_url
from scrapers.pages import parse_page
from scrapers.source import PageRules, Source

PARSER_FILE = "parser.py"
Parse = Callable[[Page, Source], Article]
GIVEN = "application/x-ndjson"  # content type of an article that was given as a JSON line, not as a page


class GivenArticle(BaseModel):
    """A line of `affari import FILE.jsonl`: an article's text, or its page as `html`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str | int | None = None
    url: str | None = None
    title: str | None = None
    text: str | None = Field(default=None, min_length=1)
    html: str | None = Field(default=None, min_length=1)
    published: date | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    language: str | None = None


def parse_source_page(page: Page, source: Source) -> Article:
    """Return the article of `page` as `source` wants it read; raises PageError where there is none."""
    if dict(page.headers).get("content-type") == GIVEN:
        return _given_article(page, source)
    path = source.folder / PARSER_FILE
    if path.is_file():
        return load_parser(path)(page, rules=source.page, source=source.id)
    return parse_page(page, rules=source.page, source=source.id)


class ParsePage(Protocol):
    """What a parser.py has under the name of parse_page; pages.py's own is one, too, and may be called by it."""

    def __call__(self, page: Page, *, rules: PageRules, source: str | None) -> Article:
        """Return the article of a page; raises PageError where there is none."""


def read_article(page: Page, source: Source, parse: Parse) -> Article:
    """Return what `parse` makes of a page; raises PageError, and ParserError for whatever else it raises.

    One of two places that catch everything: parsers stand on libraries that raise what they like, and a page that
    breaks one would otherwise break every night until somebody removes it.
    """
    try:
        return parse(page, source)
    except PageError:
        raise
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        raise ParserError(f"{page.url}: {type(error).__name__}: {error} ({last.name}, line {last.lineno})") from error


def settle_claim(article: Article, titles: tuple[str, ...]) -> Article | None:
    """Return the article of a page whose canonical address other pages, with these titles, claim as well.

    None where one has the same title: the same article, rendered twice. Where all have other titles the claim is a
    template's mistake (every article claims its section's page), and the page's own address is the canonical one.
    """
    if article.title in titles:
        return None
    return replace(article, canonical_url=canonical_url(article.url)) if titles else article


@cache
def load_parser(path: Path) -> ParsePage:
    """Load the parse_page of a source's parser.py; raises SourceError."""
    spec = importlib.util.spec_from_file_location(f"scrapers.sources.{path.parent.name}.parser", path)
    if spec is None or spec.loader is None:
        raise SourceError(f"{path}: cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        return cast(ParsePage, module.parse_page)
    except (ImportError, SyntaxError, AttributeError) as error:
        raise SourceError(f"{path}: {error}") from error


def parse_given(line: bytes | str) -> GivenArticle:
    """Read a line of JSON; raises PageError that says what is wrong with it."""
    try:
        return GivenArticle.model_validate(json.loads(line))
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, found['loc']))}: {found['msg']}" for found in error.errors())
        raise PageError(wrong) from error
    except (ValueError, RecursionError) as error:
        raise PageError(f"is no JSON: {error}") from error


def _given_article(page: Page, source: Source) -> Article:
    given = parse_given(page.body)
    title, body = (given.title or "").strip(), (given.text or "").strip()
    if title and body.startswith(title):  # as Contract 1 says: a title that begins the text is not repeated
        body = body.removeprefix(title).strip()
    if not body:
        raise PageError(f"{page.url}: the given text is empty")
    return Article(
        url=page.url,
        canonical_url=canonical_url(page.url),
        title=title,
        body=body,
        authors=given.authors,
        published=given.published,
        published_from=PublishedFrom.GIVEN if given.published else PublishedFrom.NONE,
        published_trust=Trust.HIGH if given.published else Trust.NONE,
        language=given.language,
        section=given.section,
        body_from="given",
        source=source.id,
    )
