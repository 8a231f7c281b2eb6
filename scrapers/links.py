"""Addresses: their canonical form, their identity, which belong to one site. Pure; fetches nothing.

Two addresses of one article should become one: tracking parameters go, AMP and mobile variants fold into the ordinary
page, and the identity also forgets scheme, `www.` and a trailing slash. An article is its address, never a feed's guid.
"""

import re
from collections.abc import Iterable
from urllib.parse import SplitResult, unquote_plus, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url, safe_url_string

from scrapers.errors import ScrapeError

MAX_LENGTH = 2000  # characters; longer ones are traps (calendars, search forms) and break what reads them
# "utm_source" yes, "utm" no; "fbclid" yes, "id" no; "ref" is repubblica.it's place on the home page
TRACKING = re.compile(
    r"(?:utm_.+|at_.+|mc_[ce]id|[a-z]{0,2}clid|fbclid|msclkid|igshid|_g[al]|yclid|wt\.\w+|xtor|intcmp|icid|cmpid|ocid"
    r"|spm|mkt_tok|trk|ref|refresh_ce|rss|__twitter_impression|usqp|amp_\w+|jsessionid|phpsessid|sessionid)",
    re.IGNORECASE,
)
AMP_PARAMETERS = {"amp": {"", "1", "true"}, "outputtype": {"amp"}}
# "https://www-alfa-it.cdn.ampproject.org/c/s/www.alfa.it/a" and "https://www.google.it/amp/s/www.alfa.it/a" yes
AMP_CACHE = re.compile(
    r"https?://(?:[^/]+\.cdn\.ampproject\.org/(?:[a-z]/)?|(?:www\.)?google\.[a-z.]+/amp/)(s/)?(.+)", re.IGNORECASE
)
# "/amp/economia/a.html", "/economia/a/amp/", "/economia/a_amp.html", "/economia/a.amp.html" yes; "/ampere/" no
AMP_PATH = re.compile(r"^/amp(?=/)|(?<=/)amp/?$|[._]amp(?=\.s?html?$)|\.amp$", re.IGNORECASE)
SESSION_PATH = re.compile(r";jsessionid=[^/?]*", re.IGNORECASE)  # "/a.do;jsessionid=1F" yes, "/a;b" no
ESCAPE = re.compile("%[0-9a-f]{2}", re.IGNORECASE)  # "%c3" yes, "100%" no
MOBILE_HOST = re.compile(r"^(?:m|amp|mobile)\.(?=[^.]+\.)")  # "m.alfa.it" yes, "m.it" no
SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})  # alfa.co.uk is a site, co.uk is none
HOSTERS = frozenset(  # every name under these is somebody else's site
    {"altervista.org", "blogspot.com", "blogspot.it", "github.io", "medium.com", "substack.com", "wordpress.com"}
)


def canonical_url(url: str, *, base: str | None = None) -> str:
    """Return the address under which `url` is known and fetched; relative ones count from `base`.

    Raises ScrapeError for what is no http(s) address, e.g. "mailto:", "javascript:", "https://".
    """
    parts = _split(url, base)
    host = _fold_host(_ascii_host(parts, url))
    port = "" if parts.port in (None, 80 if parts.scheme == "http" else 443) else f":{parts.port}"
    path = AMP_PATH.sub("", SESSION_PATH.sub("", parts.path)) or "/"
    canonical = str(canonicalize_url(urlunsplit((parts.scheme, host + port, path, "", ""))))
    if query := _clean_query(parts.query):
        canonical += f"?{query}"
    if len(canonical) > MAX_LENGTH:
        raise ScrapeError(f"{canonical[:80]}...: an address of {len(canonical)} characters")
    return canonical


def identity_of(url: str) -> str:
    """Return what makes two addresses the same article: without scheme, `www.` and trailing slash.

    >>> identity_of("http://www.alfa.it/a/?utm_source=rss") == identity_of("https://alfa.it/a")
    True
    """
    parts = urlsplit(canonical_url(url))
    query = f"?{parts.query}" if parts.query else ""
    return parts.netloc.removeprefix("www.") + parts.path.rstrip("/") + query


def site_of(url: str) -> str:
    """Return the name that a site was registered under: "torino.alfa.it" belongs to "alfa.it"."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    labels = host.split(".")
    if host.replace(".", "").isdigit() or ":" in host or len(labels) <= 2:
        return host
    two = ".".join(labels[-2:])
    return ".".join(labels[-3:]) if two in HOSTERS or _is_registry(labels) else two


def same_site(one: str, other: str) -> bool:
    """Tell whether two addresses belong to one site; subdomains do, other tenants of a hoster do not."""
    return bool(site_of(one)) and site_of(one) == site_of(other)


def believed_canonical(page_url: str, claims: Iterable[str]) -> str:
    """Return the canonical address of a page that claims `claims` (rel=canonical, og:url, in order of belief).

    A claim counts only on the page's own site, and only when it does not name the home page, as templates
    gone wrong do on every article. A saved file ("file:///...") has no site: the first claim that is an address counts.
    """
    saved = urlsplit(page_url).scheme not in ("http", "https")
    for claim in claims:
        try:
            claimed = canonical_url(claim, base=page_url)
        except ScrapeError:  # a claim that is no address says nothing; the page's own address stands
            continue
        names_a_page = urlsplit(claimed).path.strip("/") or urlsplit(claimed).query
        if names_a_page and (saved or same_site(claimed, page_url)):
            return claimed
    return page_url if saved else canonical_url(page_url)


def _split(url: str, base: str | None) -> SplitResult:
    try:
        joined = urljoin(base, url.strip()) if base else url.strip()
        cached = AMP_CACHE.match(joined)
        if cached:
            joined = f"{'https' if cached[1] else 'http'}://{cached[2]}"
        parts = urlsplit(str(safe_url_string(joined)))
        _ = parts.port  # urlsplit reads the port only when asked
    except (ValueError, UnicodeError) as error:
        raise ScrapeError(f"{url[:200]!r} is no address: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ScrapeError(f"{url[:200]!r} is no http(s) address")
    return parts


def _ascii_host(parts: SplitResult, url: str) -> str:
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        return f"[{host}]"
    try:
        return host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError as error:
        raise ScrapeError(f"{url[:200]!r}: no host name can be {host[:80]!r}") from error


def _fold_host(host: str) -> str:
    folded = MOBILE_HOST.sub("", host)
    return folded if folded == host or folded.count(".") > 1 else f"www.{folded}"


def _clean_query(query: str) -> str:
    """Return the parameters that say something, sorted, each as it is written: "?12345" is no "?12345="."""
    said = (part for part in query.split("&") if part and not _says_nothing(*map(unquote_plus, _name_and_value(part))))
    return ESCAPE.sub(lambda escape: escape[0].upper(), "&".join(sorted(said)))


def _name_and_value(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    return name, value


def _says_nothing(key: str, value: str) -> bool:
    return bool(TRACKING.fullmatch(key)) or value.lower() in AMP_PARAMETERS.get(key.lower(), ())


def _is_registry(labels: list[str]) -> bool:
    return len(labels[-1]) == 2 and labels[-2] in SECOND_LEVEL
