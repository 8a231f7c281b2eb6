"""What collecting asks of a transport, be it the network (http.py) or a folder (local.py)."""

from enum import StrEnum
from typing import Protocol

from scrapers.article import Page
from scrapers.visits import Visit

NOT_MODIFIED = 304


class Want(StrEnum):
    """What is hoped for at an address; it decides what is accepted and how large it may be."""

    PAGE = "page"
    FEED = "feed"  # also a sitemap
    LISTING = "listing"
    ROBOTS = "robots"


class Door(Protocol):
    """The way to one source's pages."""

    def fetch(self, url: str, *, want: Want, visit: Visit) -> Page:
        """Return what is at `url`; status 304 and no body where nothing changed since `visit`.

        Raises ScrapeError: GoneError, LaterError, HostError say who acts.
        """

    def close(self) -> None:
        """Let go of connections and files."""
