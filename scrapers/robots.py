"""robots.txt as RFC 9309 has it. Pure: a file as it came in, rules out; http.py fetches it, visits.py keeps it."""

from dataclasses import dataclass

from protego import Protego

from scrapers.visits import RobotsFile

PRODUCT = "Affari"  # our product token, in the User-Agent and in robots.txt
MAX_BYTES = 500 * 1024  # RFC 9309, 2.5: at least this much is parsed; what follows is not
UNREACHABLE = 0  # status of a file that could not be fetched
TOO_MANY_REQUESTS = 429


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """What a host allows us. `reachable` false: nothing, and the host is left alone."""

    reachable: bool
    file: Protego | None = None  # None: everything is allowed

    def allow(self, url: str) -> bool:
        """Tell whether `url` may be fetched."""
        return self.reachable and (self.file is None or bool(self.file.can_fetch(url, PRODUCT)))

    @property
    def delay(self) -> float:
        """The seconds between two requests that the host asks for; 0 where it asks for nothing."""
        asked = None if self.file is None else self.file.crawl_delay(PRODUCT)
        return max(0.0, float(asked or 0))


def parse_robots(file: RobotsFile) -> RobotsRules:
    """Return the rules of a robots.txt.

    2xx: what it says. 4xx: there is none, everything is allowed (2.3.1.3). 5xx, 429 and no answer: nothing is allowed
    (2.3.1.4). A body that is no robots.txt, e.g. the HTML of an error page, has no rules and allows everything.
    """
    if file.status == UNREACHABLE or file.status >= 500 or file.status == TOO_MANY_REQUESTS:
        return RobotsRules(reachable=False)
    if file.status >= 400:
        return RobotsRules(reachable=True)
    text = file.body[:MAX_BYTES].decode("utf-8-sig", "replace").replace("\0", "")
    return RobotsRules(reachable=True, file=Protego.parse(text))
