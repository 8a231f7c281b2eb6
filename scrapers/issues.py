"""What went wrong while collecting, as values: rows of the issue table, reasons for exit code 3."""

from dataclasses import dataclass
from enum import StrEnum

from scrapers.errors import ParserError


class IssueKind(StrEnum):
    """What kind of trouble it is."""

    FEED = "feed"  # a feed, sitemap or listing could not be fetched or read
    HOST = "host"  # a host closed its door for the night
    LINK = "link"  # a page could not be fetched; it is tried again
    GONE = "gone"  # a page is no longer there
    PAGE = "page"  # a page without an article
    SOURCE = "source"  # a source's own folder or parser.py is wrong
    PARSER = "parser"  # a parser broke on a page
    INPUT = "input"  # a file or line of an import that cannot be read
    ARCHIVE = "archive"  # an archived page is damaged
    DRIFT = "drift"  # a source is not what it was


# papers take pages down and announce galleries in their news feeds every night; nobody has to act on one
NO_ALARM = frozenset({IssueKind.GONE, IssueKind.PAGE})


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that went wrong, for the person who reads the night's report."""

    source: str
    kind: IssueKind
    message: str
    url: str | None = None

    @property
    def alarm(self) -> bool:
        """Whether the night was only partly done because of it: exit code 3."""
        return self.kind not in NO_ALARM


def issue_of_page(source: str, error: Exception, url: str) -> Issue:
    """Return the issue of a page that gave no article."""
    kind = IssueKind.PARSER if isinstance(error, ParserError) else IssueKind.PAGE
    return Issue(source, kind, str(error), url)
