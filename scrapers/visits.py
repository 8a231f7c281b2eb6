"""What a polite visitor remembers of a host: validators for conditional requests, robots.txt, who closed the door."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from scrapers.article import Page
from scrapers.state import State, to_moment, to_text

ROBOTS_DAY = timedelta(hours=24)  # RFC 9309, 2.4: not longer


@dataclass(frozen=True, slots=True)
class Visit:
    """How an address answered last; `digest` is of the body."""

    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None


def visit_of_page(page: Page) -> Visit:
    """Return what is to be remembered of an answer."""
    headers = dict(page.headers)
    return Visit(headers.get("etag"), headers.get("last-modified"), hashlib.sha256(page.body).hexdigest())


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """A robots.txt as it came. Status 0: unreachable."""

    status: int
    body: bytes


class Visits:
    """The tables of visits, robots.txt files and closed hosts. Safe for several threads."""

    def __init__(self, state: State) -> None:
        self.state = state

    def read_visit(self, url: str) -> Visit:
        """Return how `url` answered last; an empty Visit where it was never fetched."""
        rows = self.state.rows("SELECT etag, last_modified, digest FROM visit WHERE url = :url", {"url": url})
        return Visit(*rows[0]) if rows else Visit()

    def save_visit(self, url: str, visit: Visit, *, now: datetime) -> None:
        """Remember how `url` answered."""
        self.state.change(
            "INSERT OR REPLACE INTO visit VALUES (:url, :etag, :last_modified, :digest, :now)",
            (
                {
                    "url": url,
                    "etag": visit.etag,
                    "last_modified": visit.last_modified,
                    "digest": visit.digest,
                    "now": to_text(now),
                },
            ),
        )

    def read_robots(self, origin: str, *, now: datetime) -> RobotsFile | None:
        """Return the robots.txt of `origin` when it was fetched within a day."""
        sql = "SELECT status, body FROM robots WHERE origin = :origin AND fetched_at > :oldest AND fetched_at <= :now"
        rows = self.state.rows(sql, {"origin": origin, "oldest": to_text(now - ROBOTS_DAY), "now": to_text(now)})
        return RobotsFile(*rows[0]) if rows else None

    def save_robots(self, origin: str, robots: RobotsFile, *, now: datetime) -> None:
        """Remember a robots.txt; an unreachable one is asked for again by the next run."""
        self.state.change(
            "INSERT OR REPLACE INTO robots VALUES (:origin, :status, :body, :now)",
            ({"origin": origin, "status": robots.status, "body": robots.body, "now": to_text(now)},),
        )

    def close_host(self, host: str, *, until: datetime, reason: str) -> None:
        """Stay away from `host` until then."""
        self.state.change(
            "INSERT OR REPLACE INTO closed VALUES (:host, :until, :reason)",
            ({"host": host, "until": to_text(until), "reason": reason},),
        )

    def why_closed(self, host: str, *, now: datetime) -> str | None:
        """Return why we stay away from `host` now; None where we need not."""
        rows = self.state.rows("SELECT until, reason FROM closed WHERE host = :host", {"host": host})
        closed = [row["reason"] for row in rows if to_moment(row["until"]) > now]
        return closed[0] if closed else None
