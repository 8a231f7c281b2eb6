"""Opens what collecting needs - archive, links' state, doors - from the settings, for the commands that collect."""

import importlib.util
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial
from types import ModuleType

from pipeline.config import Config
from scrapers.archive import Archive
from scrapers.article import Article, Page
from scrapers.collect import Choice, Collector
from scrapers.door import Door
from scrapers.errors import SourceError
from scrapers.frontier import Frontier
from scrapers.http import Manners, Web, WebDoor
from scrapers.local import FolderDoor
from scrapers.pace import Pace
from scrapers.pages import parse_page
from scrapers.source import Source
from scrapers.state import State
from scrapers.visits import Visits


@contextmanager
def open_collector(config: Config, *, now: datetime, choice: Choice = Choice()) -> Iterator[Collector]:  # noqa: B008 - frozen
    """Give a collector that writes to the archive and state file that `config` names; closes what it opened."""
    with ExitStack() as opened:
        state = State(config.paths.frontier)
        opened.callback(state.close)
        visits = Visits(state)
        manners = Manners(contact=config.collect.contact, delay=config.collect.delay)
        web = Web(manners, visits, Pace())
        yield Collector(
            doors=partial(_open_door, opened=opened, web=web, now=now),
            parse=parse_source_page,
            archive=Archive(config.paths.archive),
            frontier=Frontier(state),
            visits=visits,
            now=now,
            hosts=config.collect.hosts,
            choice=choice,
        )


def parse_source_page(page: Page, source: Source) -> Article:
    """Read a page by its source's rules, or by its own parser.py; raises PageError where there is no article."""
    own = source.folder / "parser.py"
    if own.is_file():
        article: Article = _load_parser(source).parse_page(page, rules=source.page, source=source.id)
        return article
    return parse_page(page, rules=source.page, source=source.id)


def _open_door(source: Source, *, opened: ExitStack, web: Web, now: datetime) -> Door:
    if source.transport is not None:
        return FolderDoor(source, now=now)
    door = WebDoor(source, web)
    opened.callback(door.close)
    return door


def _load_parser(source: Source) -> ModuleType:
    path = source.folder / "parser.py"
    spec = importlib.util.spec_from_file_location(f"scrapers.sources.{source.id}.parser", path)
    if spec is None or spec.loader is None:
        raise SourceError(f"{path}: cannot be loaded as a parser")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if not hasattr(module, "parse_page"):
        raise SourceError(f"{path}: has no parse_page(page, *, rules, source)")
    return module
