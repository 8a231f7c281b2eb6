"""What an HTTP answer means for us. Pure: status and headers in, a decision or one of our errors out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapers.door import NOT_MODIFIED, Want
from scrapers.errors import GoneError, HostError, LaterError, ScrapeError

REDIRECTS = frozenset({301, 302, 303, 307, 308})
REFUSALS = frozenset({403, 429})
LATER = frozenset({408, 425})
PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml")
# feeds come under every name, but never under these
NO_FEED_TYPES = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip", "application/msword")


@dataclass(frozen=True, slots=True)
class Limits:
    """How many bytes a body may have, on the wire and after decompression."""

    wire: int
    decoded: int


LIMITS = {
    Want.PAGE: Limits(10_000_000, 20_000_000),
    Want.LISTING: Limits(10_000_000, 20_000_000),
    Want.FEED: Limits(20_000_000, 50_000_000),
    Want.ROBOTS: Limits(1_000_000, 1_000_000),
}
ACCEPT = {
    Want.PAGE: "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
    Want.LISTING: "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
    Want.FEED: "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.1",
    Want.ROBOTS: "text/plain,*/*;q=0.1",
}


def check_status(url: str, status: int, headers: Mapping[str, str], *, now: datetime) -> None:
    """Return for an answer that is to be read, a redirect, or 304; raise the error that says who acts otherwise."""
    if status in (200, 203, NOT_MODIFIED) or status in REDIRECTS:
        return
    message = f"{url}: {status}"
    if status in REFUSALS or "cf-mitigated" in headers:
        raise HostError(message)
    if status in (404, 410):
        raise GoneError(message, for_ever=status == 410)
    if status >= 500 or status in LATER:
        raise LaterError(message, again=True, after=parse_retry_after(headers.get("retry-after"), now=now))
    raise ScrapeError(message)


def check_kind(url: str, headers: Mapping[str, str], want: Want) -> None:
    """Raise ScrapeError where the content type or the announced length is not what is wanted."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if want in (Want.PAGE, Want.LISTING) and kind and kind not in PAGE_TYPES:
        raise ScrapeError(f"{url}: is {kind}, no page")
    if want is Want.FEED and kind.startswith(NO_FEED_TYPES):
        raise ScrapeError(f"{url}: is {kind}, no feed")
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length) > LIMITS[want].wire:
        raise ScrapeError(f"{url}: {int(length):,} bytes announced, more than {LIMITS[want].wire:,}")


def parse_retry_after(text: str | None, *, now: datetime) -> float:
    """Return the seconds that a Retry-After header asks for, as a number or as a date; 0 where it says nothing."""
    said = (text or "").strip()
    if said.isdecimal():
        return float(min(int(said), 10**9))
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError):  # no date either
        return 0.0
    return max(0.0, ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds())
