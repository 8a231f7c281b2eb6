"""A source: its folder with source.toml, checked. Reads the folder; fetches nothing.

```
scrapers/sources/alfa/      the folder's name is the source's id
    source.toml             what stands in it: the fields of Source below
    examples/               pages with what must be read from them
    parser.py               only where source.toml is not enough: parse_page(page, *, rules, source) -> Article
```
"""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Literal

from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from scrapers.errors import ScrapeError, SourceError
from scrapers.links import canonical_url, site_of

SOURCE_FILE = "source.toml"
ID = re.compile(r"[a-z0-9][a-z0-9-]*")  # "corriere-economia" yes, "Corriere" no


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PageRules(_Part):
    """How this source's pages differ: CSS selectors of parts, house text inside the body."""

    title: str | None = None
    body: str | None = None
    authors: str | None = None
    published: str | None = None
    section: str | None = None
    remove: tuple[str, ...] = ()  # CSS selectors of what is no part of the article
    phrases: tuple[str, ...] = ()  # a paragraph that begins with one is house text
    language: str | None = None

    @field_validator("title", "body", "authors", "published", "section")
    @classmethod
    def _selector(cls, selector: str | None) -> str | None:
        return None if selector is None else _checked_selector(selector)

    @field_validator("remove")
    @classmethod
    def _selectors(cls, selectors: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_checked_selector(selector) for selector in selectors)


class Listing(_Part):
    """A page that lists articles; `links` is a regular expression that an article's address contains."""

    url: str
    links: str
    pages: Annotated[int, Field(ge=1, le=50)] = 1  # how many to turn at most
    next: str | None = None  # CSS selector of the link to the next page
    page: str | None = None  # or its address with {page}: "https://alfa.it/news/page/{page}/"

    @field_validator("links")
    @classmethod
    def _pattern(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
        return pattern

    @model_validator(mode="after")
    def _one_way_to_turn(self) -> "Listing":
        if self.pages > 1 and (self.next is None) == (self.page is None):
            raise ValueError("pages > 1 needs either `next` or `page`")
        if self.page is not None and "{page}" not in self.page:
            raise ValueError(f"page: {self.page!r} has no {{page}}")
        return self


class Transport(_Part):
    """Where pages come from when not from the network: files in a folder of the source's folder."""

    folder: str


class Source(_Part):
    """One publisher's part of the web, as source.toml states it; `id` and `folder` are its place."""

    id: str
    folder: Path
    name: str
    home: str
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listings: tuple[Listing, ...] = ()
    links: tuple[str, ...] = ()  # regular expressions; where given, an article's address contains one
    sections: tuple[str, ...] = ()  # where given, a link's category or a part of its path is one
    language: str = "it"
    delay: Annotated[float, Field(ge=0, le=3600)] | None = None  # seconds; never less than settings and robots.txt ask
    days: Annotated[int, Field(ge=1, le=3660)] = 30  # links known to be older are not taken
    recheck: Annotated[int, Field(ge=0, le=30)] = 1  # nights on which a read article is looked at again
    min_articles: Annotated[int, Field(ge=0)] = 1  # a night with fewer readable articles is an issue
    licence: str  # what the publisher's terms allow
    reliability: str  # who writes it, how good it is
    note: str = ""  # what is known of it: "feed seen, unverified"
    enabled: bool = True
    local: bool = False  # its own host may have a loopback or private address
    transport: Transport | None = None
    page: PageRules = PageRules()
    kind: Literal["newspaper", "agency", "trade", "company", "sample"] = "newspaper"

    @field_validator("home", "feeds", "sitemaps")
    @classmethod
    def _addresses(cls, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        for url in (value,) if isinstance(value, str) else value:
            _checked_address(url)
        return value

    @model_validator(mode="after")
    def _has_a_beginning(self) -> "Source":
        if not (self.feeds or self.sitemaps or self.listings):
            raise ValueError("needs at least one of feeds, sitemaps, listings")
        return self

    @property
    def host(self) -> str:
        """The site that its requests go to, for taking turns."""
        return site_of(self.home)


def load_source(folder: Path) -> Source:
    """Read `folder`/source.toml; raises SourceError that names file, key and what is wrong."""
    path = folder / SOURCE_FILE
    if not ID.fullmatch(folder.name):
        raise SourceError(f"{folder}: a source's folder is named in small letters, digits and '-'")
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SourceError(f"{path}: no such file; `affari sources new URL` drafts one") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceError(f"{path}: not readable as TOML: {error}") from error
    if taken := {"id", "folder"} & set(stated):
        raise SourceError(f"{path}: {', '.join(sorted(taken))}: unknown key; the folder's name says it")
    try:
        return Source.model_validate({"id": folder.name, "folder": folder, **stated})
    except ValidationError as error:
        raise SourceError(f"{path}: {_describe(error)}") from error


def load_sources(root: Path) -> tuple[Source, ...]:
    """Read all sources under `root`, by id, disabled ones too."""
    if not root.is_dir():
        raise SourceError(f"{root}: no such folder of sources")
    return tuple(load_source(path.parent) for path in sorted(root.glob(f"*/{SOURCE_FILE}")))


def select_sources(sources: tuple[Source, ...], ids: tuple[str, ...]) -> tuple[Source, ...]:
    """Return the named sources, enabled or not; without names all enabled ones."""
    known = {source.id: source for source in sources}
    if unknown := [name for name in ids if name not in known]:
        raise SourceError(f"no source {', '.join(unknown)}; there are {', '.join(known) or 'none'}")
    return tuple(known[name] for name in dict.fromkeys(ids)) if ids else tuple(s for s in sources if s.enabled)


def _checked_selector(selector: str) -> str:
    try:
        CSSSelector(selector)
    except SelectorError as error:
        raise ValueError(f"{selector!r} is no CSS selector: {error}") from error
    return selector


def _checked_address(url: str) -> None:
    try:
        canonical_url(url)
    except ScrapeError as error:
        raise ValueError(str(error)) from error


def _describe(error: ValidationError) -> str:
    return "; ".join(f"{'.'.join(map(str, found['loc'])) or 'source'}: {_say(found)}" for found in error.errors())


def _say(found: object) -> str:
    kind, message = found["type"], found["msg"]  # type: ignore[index]
    return "unknown key (a typing error?)" if kind == "extra_forbidden" else str(message).removeprefix("Value error, ")
