"""What can go wrong while collecting; the class says who acts.

CollectError
├── SourceError    the maintainer acts: a source.toml is wrong
├── ScrapeError    skips the link: it could not be fetched
│   └── HostError  skips the host for the night (403, 429, captcha, robots.txt unreachable)
├── PageError      skips the page: there is no article in it
└── ArchiveError   stops the run: the archive cannot be read or written
"""


class CollectError(Exception):
    """Base of all errors that the scrapers raise on purpose; its text is meant for the user."""


class SourceError(CollectError):
    """A source's folder or source.toml is wrong; names file and key."""


class ScrapeError(CollectError):
    """A link could not be fetched."""


class HostError(ScrapeError):
    """A host does not want us tonight."""


class PageError(CollectError):
    """A page holds no article."""


class ArchiveError(CollectError):
    """The archive cannot be read or written."""
