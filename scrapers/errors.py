"""What can go wrong while collecting; the class says who acts.

CollectError
├── SourceError    the maintainer acts: a source.toml is wrong
├── ScrapeError    skips the link: it could not be fetched
│   ├── GoneError     it is no longer there (404, 410)
│   ├── LaterError    the next night may bring it (5xx, time-out, cut short)
│   └── HostError     skips the host for the night (403, 429, captcha, robots.txt unreachable)
├── FeedError      skips the feed, sitemap or listing: it cannot be read as one
├── PageError      skips the page: there is no article in it
│   └── ParserError   the maintainer acts: the parser broke on the page
├── ArchiveError   stops the run: the archive cannot be read or written
└── FrontierError  stops the run: the links' states cannot be read or written
"""


class CollectError(Exception):
    """Base of all errors that the scrapers raise on purpose; its text is meant for the user."""


class SourceError(CollectError):
    """A source's folder or source.toml is wrong; names file and key."""


class ScrapeError(CollectError):
    """A link could not be fetched."""


class GoneError(ScrapeError):
    """A page is no longer there: 404, which may be a slip, or 410, which is for ever."""

    def __init__(self, message: str, *, for_ever: bool = False) -> None:
        super().__init__(message)
        self.for_ever = for_ever


class LaterError(ScrapeError):
    """A page did not come in good order tonight: 5xx, time-out, cut short.

    `again`: another try tonight makes sense; `after`: not before so many seconds, as Retry-After says.
    """

    def __init__(self, message: str, *, again: bool = False, after: float = 0.0) -> None:
        super().__init__(message)
        self.again, self.after = again, after


class HostError(ScrapeError):
    """A host does not want us tonight."""


class FeedError(CollectError):
    """What should be a feed, sitemap or listing cannot be read as one."""


class PageError(CollectError):
    """A page holds no article."""


class ParserError(PageError):
    """A parser broke on a page: a bug of ours, of a library, or of a source's parser.py."""


class ArchiveError(CollectError):
    """The archive cannot be read or written."""


class FrontierError(CollectError):
    """The states of the links cannot be read or written."""
