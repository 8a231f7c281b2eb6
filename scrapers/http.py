"""The only door to the network. Polite: robots.txt, one request at a time per host, pauses, no second knock at a closed
door. Wary: public addresses only, limits for time and size, redirects followed by hand with every check at every hop.

```
fetch  ->  follow redirects  ->  closed? robots.txt?  ->  tries  ->  the host's turn  ->  one exchange  ->  Page
```
"""

import os
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from requests.cookies import RequestsCookieJar
from requests.utils import get_environ_proxies

from scrapers.addresses import Guard, Resolve, resolve_name
from scrapers.answers import ACCEPT, LIMITS, REDIRECTS, check_kind, check_status, parse_retry_after
from scrapers.article import Page
from scrapers.decoding import PIECE, Decoder
from scrapers.door import NOT_MODIFIED, Want
from scrapers.errors import HostError, LaterError, ScrapeError
from scrapers.links import canonical_url, same_site
from scrapers.pace import Pace
from scrapers.robots import MAX_BYTES, PRODUCT, UNREACHABLE, RobotsRules, parse_robots
from scrapers.source import Source
from scrapers.visits import RobotsFile, Visit, Visits
from scrapers.walls import find_wall
from scrapers.wire import Deadline, Wiring

VERSION = "0.1"
MAX_REDIRECTS = 5
NIGHT = timedelta(hours=12)  # a host that refused is left alone so long: tonight, not tomorrow


@dataclass(frozen=True, slots=True)
class Manners:
    """How long and how often; seconds."""

    contact: str  # for publishers who want to reach us
    delay: float = 2.0
    tries: int = 3
    backoff: float = 2.0  # before the second try; twice as long before the third
    patience: float = 120.0  # the longest Retry-After or Crawl-delay that is waited for within a run
    connect: float = 10.0
    read: float = 30.0  # between two pieces
    total: float = 120.0  # for one exchange


@dataclass(frozen=True, slots=True)
class Web:
    """What all doors of a run share."""

    manners: Manners
    visits: Visits
    pace: Pace
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    resolve: Resolve = resolve_name


class WebDoor:
    """The way to one source's pages. Serves one thread; `close` it."""

    def __init__(self, source: Source, web: Web) -> None:
        self._web = web
        self._delay = max(web.manners.delay, source.delay or 0)
        self._guard = Guard(local=_own_hosts(source), resolve=web.resolve)
        self._wiring = Wiring(self._guard.addresses, web.resolve)
        self._session = _session(self._wiring, web.manners.contact)
        self._rules: dict[str, RobotsRules] = {}

    def fetch(self, url: str, *, want: Want, visit: Visit) -> Page:
        """Return what is at `url` after redirects; status 304 where nothing changed since `visit`.

        A refusal, a riddle or a dead robots.txt of the host itself raises HostError; of a host that a redirect leads
        to, ScrapeError.
        """
        seen = [url]
        while True:
            try:
                page = self._ask(seen[-1], want, visit)
            except HostError as error:
                if same_site(seen[-1], url):
                    raise
                raise ScrapeError(f"{url}: redirected to a host that refuses: {error}") from error
            if page.status not in REDIRECTS:
                return page
            seen.append(_next_hop(page, seen))

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _ask(self, url: str, want: Want, visit: Visit) -> Page:
        host = urlsplit(url).netloc
        if reason := self._web.visits.why_closed(host, now=self._web.clock()):
            raise HostError(f"{host}: left alone for the night: {reason}")
        rules = self._robots(url)
        if not rules.reachable:
            raise HostError(f"{host}: robots.txt is unreachable, so we stay out")
        if not rules.allow(url):
            raise ScrapeError(f"{url}: robots.txt forbids it")
        if rules.delay > self._web.manners.patience:
            raise HostError(f"{host}: robots.txt asks for {rules.delay:g} seconds between two requests: too slow")
        try:
            return self._try(url, want, visit, delay=max(self._delay, rules.delay))
        except HostError as error:
            self._close_host(host, str(error))
            raise

    def _try(self, url: str, want: Want, visit: Visit, *, delay: float) -> Page:
        """Make one exchange in the host's turn, and again where that makes sense."""
        host, manners, pace = urlsplit(url).netloc, self._web.manners, self._web.pace
        for attempt in range(1, manners.tries + 1):
            try:
                with pace.turn(host, delay=delay):
                    page = self._exchange(url, want, visit)
                pace.note_answer(host)
            except LaterError as error:
                if pace.note_failure(host):
                    raise HostError(f"{host}: nothing but failures, the last: {error}") from error
                if not error.again or attempt == manners.tries or error.after > manners.patience:
                    self._note_retry_after(host, error)
                    raise
                pace.backoff(max(error.after, manners.backoff * 2 ** (attempt - 1)))
            else:
                return page
        raise LaterError(f"{url}: no try allowed")  # tries = 0

    def _exchange(self, url: str, want: Want, visit: Visit) -> Page:
        """Make one request and read its answer; others' errors become ours here."""
        total = self._web.manners.total
        with Deadline(total) as deadline:
            self._wiring.deadline = deadline
            try:
                page = self._request(url, want, visit)
            except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
                raise _our_error(url, error, late=deadline.over, total=total) from error
            if deadline.over:  # a shut connection may look like a regular end
                raise _too_late(url, total)
        return page

    def _request(self, url: str, want: Want, visit: Visit) -> Page:
        manners = self._web.manners
        asked = {"Accept": ACCEPT[want], **_conditions(visit)}
        with self._session.get(
            url,
            headers=asked,
            stream=True,
            allow_redirects=False,
            timeout=(manners.connect, manners.read),
            proxies=self._proxies(url),
        ) as response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            self._check(url, response.status_code, headers, want)
            body = b"" if response.status_code in REDIRECTS | {NOT_MODIFIED} else _read_body(response, want)
            sent = tuple((str(name), str(value)) for name, value in response.request.headers.items())
        page = Page(url, body, self._web.clock(), response.status_code, tuple(headers.items()), sent)
        if want is not Want.ROBOTS and (wall := find_wall(page)):
            raise HostError(f"{url}: asks whether we are a robot ({wall})")
        if page.status == NOT_MODIFIED and not _conditions(visit):
            raise LaterError(f"{url}: 304, but nothing was said of an earlier visit")
        return page

    def _check(self, url: str, status: int, headers: dict[str, str], want: Want) -> None:
        now = self._web.clock()
        if want is Want.ROBOTS and status < 500:  # also a refusal says something about robots.txt only
            return
        try:
            check_status(url, status, headers, now=now)
        except HostError as error:
            wait = timedelta(seconds=parse_retry_after(headers.get("retry-after"), now=now))
            self._close_host(urlsplit(url).netloc, str(error), wait)
            raise
        if status in (200, 203):
            check_kind(url, headers, want)

    def _proxies(self, url: str) -> dict[str, str]:
        """Return the proxies that the environment names for `url`; the name is checked before a proxy gets it."""
        proxies = dict(get_environ_proxies(url))
        parts = urlsplit(url)
        if proxies.get(parts.scheme) or proxies.get("all"):
            self._guard.check_name(parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))
        return proxies

    def _robots(self, url: str) -> RobotsRules:
        """Return the rules of the host of `url`: of this run, of the last day, or fetched now."""
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        if origin not in self._rules:
            visits, now = self._web.visits, self._web.clock()
            file = visits.read_robots(origin, now=now)
            if file is None or not parse_robots(file).reachable:
                file = self._fetch_robots(origin)
                visits.save_robots(origin, file, now=now)
            self._rules[origin] = parse_robots(file)
        return self._rules[origin]

    def _fetch_robots(self, origin: str) -> RobotsFile:
        seen = [f"{origin}/robots.txt"]
        try:
            while True:
                page = self._try(seen[-1], Want.ROBOTS, Visit(), delay=self._delay)
                if page.status not in REDIRECTS:
                    return RobotsFile(page.status, page.body[:MAX_BYTES])
                seen.append(_next_hop(page, seen))
        except ScrapeError:  # RFC 9309, 2.3.1.4: no answer is an answer: stay out
            return RobotsFile(UNREACHABLE, b"")

    def _note_retry_after(self, host: str, error: LaterError) -> None:
        if error.after > self._web.manners.patience:
            self._close_host(host, str(error), timedelta(seconds=error.after))

    def _close_host(self, host: str, reason: str, wait: timedelta = NIGHT) -> None:
        now = self._web.clock()
        if self._web.visits.why_closed(host, now=now) is None:
            longest = timedelta(days=30)  # a Retry-After of years is a slip
            self._web.visits.close_host(host, until=now + min(max(wait, NIGHT), longest), reason=reason)


def _session(wiring: Wiring, contact: str) -> requests.Session:
    session = requests.Session()
    session.trust_env = False  # no passwords from ~/.netrc; proxies are asked for by hand
    session.verify = os.environ.get("REQUESTS_CA_BUNDLE") or True
    session.cookies = RequestsCookieJar(policy=DefaultCookiePolicy(allowed_domains=[]))
    session.headers.clear()
    session.headers.update(
        {
            "User-Agent": f"{PRODUCT}/{VERSION} (+{contact})",
            "Accept-Language": "it,en;q=0.5",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "keep-alive",
        }
    )
    session.mount("http://", wiring)
    session.mount("https://", wiring)
    return session


def _own_hosts(source: Source) -> frozenset[str]:
    """Return "host:port" of the addresses that a `local` source states; none for any other source."""
    listings = [listing.url for listing in source.listings]
    stated = [source.home, *source.feeds, *source.sitemaps, *listings] if source.local else []
    parts = [urlsplit(canonical_url(url)) for url in stated]
    return frozenset(f"{each.hostname}:{each.port or (443 if each.scheme == 'https' else 80)}" for each in parts)


def _next_hop(page: Page, seen: list[str]) -> str:
    location = dict(page.headers).get("location")
    if not location:
        raise ScrapeError(f"{page.url}: {page.status} without a location")
    # the address as it is: a canonical one may lead back to where we come from
    url = urljoin(page.url, location).partition("#")[0]
    canonical_url(url)  # refuses what is no http(s) address
    if url in seen:
        raise ScrapeError(f"{seen[0]}: redirects in a loop: {' -> '.join([*seen, url])}")
    if len(seen) > MAX_REDIRECTS:
        raise ScrapeError(f"{seen[0]}: more than {MAX_REDIRECTS} redirects")
    return url


def _conditions(visit: Visit) -> dict[str, str]:
    conditions = {"If-None-Match": visit.etag, "If-Modified-Since": visit.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _read_body(response: requests.Response, want: Want) -> bytes:
    """Return the decompressed body; raises ScrapeError at the first byte beyond a limit."""
    limits = LIMITS[want]
    decoder = Decoder(response.headers.get("content-encoding", "").strip().lower(), limit=limits.decoded)
    body = bytearray()
    for piece in _pieces(response.raw, response.url, limits.wire):
        body += decoder.decode(piece)
        if want is Want.ROBOTS and len(body) >= MAX_BYTES:
            return bytes(body)
    decoder.finish()
    return bytes(body)


def _pieces(raw: urllib3.HTTPResponse, url: str, limit: int) -> Iterator[bytes]:
    size = 0
    while piece := raw.read1(PIECE, decode_content=False):
        size += len(piece)
        if size > limit:
            raise ScrapeError(f"{url}: more than {limit:,} bytes")
        yield piece


def _our_error(url: str, error: Exception, *, late: bool, total: float) -> ScrapeError:
    """Say in our terms what went wrong on the wire. Only time-outs are worth another try tonight."""
    if late:
        return _too_late(url, total)
    if isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError | TimeoutError):
        return LaterError(f"{url}: no answer in time", again=True)
    if isinstance(error, requests.exceptions.SSLError | urllib3.exceptions.SSLError | ssl.SSLError):
        return ScrapeError(f"{url}: its certificate or encryption is not in order: {error}")
    if isinstance(error, requests.ConnectionError | urllib3.exceptions.HTTPError | OSError):
        return LaterError(f"{url}: the connection broke: {error}")
    return ScrapeError(f"{url}: {error}")


def _too_late(url: str, total: float) -> LaterError:
    return LaterError(f"{url}: not done after {total:g} seconds", again=True)
