"""Addresses: which are one article, which are one site, which claims are believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.errors import ScrapeError
from scrapers.links import believed_canonical, canonical_url, identity_of, same_site

CANONICAL = [  # (as offered, canonical)
    ("https://www.alfa.it/a/?utm_source=rss&utm_medium=feed", "https://www.alfa.it/a/"),
    ("https://www.alfa.it/a?b=2&a=1#commenti", "https://www.alfa.it/a?a=1&b=2"),
    ("https://www.alfa.it/a?id=7&fbclid=x&gclid=y", "https://www.alfa.it/a?id=7"),
    ("https://www.alfa.it/a?utm=7&click=1", "https://www.alfa.it/a?click=1&utm=7"),
    ("https://www.alfa.it/a?ref=RHHD-T&refresh_ce", "https://www.alfa.it/a"),
    ("https://www.alfa.it/a?referente=7", "https://www.alfa.it/a?referente=7"),
    ("HTTPS://WWW.Alfa.IT:443/Economia/", "https://www.alfa.it/Economia/"),
    ("http://alfa.it:80", "http://alfa.it/"),
    ("https://alfa.it:8080/a", "https://alfa.it:8080/a"),
    ("https://lettore:segreto@alfa.it/a", "https://alfa.it/a"),
    ("https://alfa.it/a/../b/./c", "https://alfa.it/b/c"),
    ("https://perché.it/è", "https://xn--perch-fsa.it/%C3%A8"),
    ("https://alfa.it/a.do;jsessionid=1F2?id=3", "https://alfa.it/a.do?id=3"),
    ("https://alfa.it/economia/a/amp/", "https://alfa.it/economia/a/"),
    ("https://alfa.it/economia/a/amp", "https://alfa.it/economia/a/"),
    ("https://alfa.it/amp/economia/a", "https://alfa.it/economia/a"),
    ("https://alfa.it/economia/a_amp.html", "https://alfa.it/economia/a.html"),
    ("https://alfa.it/economia/a.amp.html?outputType=amp", "https://alfa.it/economia/a.html"),
    ("https://alfa.it/articolo?12345", "https://alfa.it/articolo?12345"),
    ("https://alfa.it/?b=&&a=x%20y+z%c3%a0&amp", "https://alfa.it/?a=x%20y+z%C3%A0&b="),
    ("https://alfa.it/?utm%5Fsource=rss&q=perché", "https://alfa.it/?q=perch%C3%A9"),
    ("https://alfa.it/a?amp=1", "https://alfa.it/a"),
    ("https://alfa.it/ampere/champ", "https://alfa.it/ampere/champ"),
    ("https://alfa.it/a?amp=12", "https://alfa.it/a?amp=12"),
    ("https://amp.alfa.it/a", "https://www.alfa.it/a"),
    ("https://m.alfa.it/a", "https://www.alfa.it/a"),
    ("https://m.torino.alfa.it/a", "https://torino.alfa.it/a"),
    ("https://m.it/a", "https://m.it/a"),
    ("https://www-alfa-it.cdn.ampproject.org/c/s/www.alfa.it/a", "https://www.alfa.it/a"),
    ("https://www.google.it/amp/s/www.alfa.it/a/amp/", "https://www.alfa.it/a/"),
    ("http://[2001:db8::1]:8080/a", "http://[2001:db8::1]:8080/a"),
]


@pytest.mark.parametrize(("offered", "canonical"), CANONICAL)
def test_canonical(offered, canonical):
    assert canonical_url(offered) == canonical
    assert canonical_url(canonical) == canonical


NO_ADDRESS = [
    "",
    "mailto:redazione@alfa.it",
    "javascript:void(0)",
    "ftp://alfa.it/a",
    "file:///etc/passwd",
    "https://",
    "http://[::1",
    "https://alfa.it:porta/a",
    "https://alfa.it/" + "a" * 3000,
    "https://" + "à" * 300 + ".it/",
]


@pytest.mark.parametrize("url", NO_ADDRESS)
def test_what_is_no_address_is_refused(url):
    with pytest.raises(ScrapeError):
        canonical_url(url)


def test_relative_addresses_count_from_their_page():
    assert canonical_url("../b?utm_source=x", base="https://alfa.it/economia/torino/a") == "https://alfa.it/economia/b"
    assert canonical_url("//beta.it/a", base="https://alfa.it/") == "https://beta.it/a"


IDENTITIES = [  # (one, other, same article)
    ("http://alfa.it/a", "https://www.alfa.it/a/", True),
    ("https://alfa.it/a?id=1", "https://alfa.it/a?id=1&utm_source=x", True),
    ("https://alfa.it/a?id=1", "https://alfa.it/a?id=2", False),
    ("https://alfa.it/a", "https://torino.alfa.it/a", False),
    ("https://alfa.it/A", "https://alfa.it/a", False),
]


@pytest.mark.parametrize(("one", "other", "same"), IDENTITIES)
def test_identity(one, other, same):
    assert (identity_of(one) == identity_of(other)) is same


SITES = [
    ("https://www.alfa.it/", "https://torino.alfa.it/a", True),
    ("https://www.alfa.it/", "https://alfa.com/a", False),
    ("https://alfa.co.uk/", "https://beta.co.uk/", False),
    ("https://alfa.co.uk/", "https://news.alfa.co.uk/", True),
    ("https://alfa.altervista.org/", "https://beta.altervista.org/", False),
    ("http://127.0.0.1/", "http://127.0.0.2/", False),
    ("http://localhost:1/", "http://localhost:2/", True),
    ("", "", False),
]


@pytest.mark.parametrize(("one", "other", "same"), SITES)
def test_same_site(one, other, same):
    assert same_site(one, other) is same


CLAIMS = [  # (page, claims, believed)
    ("https://www.alfa.it/amp-7", ["https://www.alfa.it/economia/a"], "https://www.alfa.it/economia/a"),
    ("https://www.alfa.it/7", ["/economia/a"], "https://www.alfa.it/economia/a"),
    ("https://www.alfa.it/7", ["https://www.beta.it/economia/a"], "https://www.alfa.it/7"),
    ("https://www.alfa.it/7", ["https://www.alfa.it/", "https://www.alfa.it/b"], "https://www.alfa.it/b"),
    ("https://www.alfa.it/7", ["", "mailto:x"], "https://www.alfa.it/7"),
    ("https://www.alfa.it/7?utm_source=x", [], "https://www.alfa.it/7"),
    ("https://www.alfa.it/?p=7", ["https://www.alfa.it/?p=8"], "https://www.alfa.it/?p=8"),
    ("file:///tmp/a.html", ["https://alfa.it/economia/a"], "https://alfa.it/economia/a"),
    ("file:///tmp/a.html", ["a.html", "https://alfa.it/"], "file:///tmp/a.html"),
]


@pytest.mark.parametrize(("page", "claims", "believed"), CLAIMS)
def test_a_claim_counts_on_its_own_site(page, claims, believed):
    assert believed_canonical(page, claims) == believed


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text):
    for url in (text, f"https://alfa.it/{text}", f"https://{text}.it/"):
        try:
            canonical = canonical_url(url)
        except ScrapeError:
            continue
        assert canonical_url(canonical).startswith("http")
        assert canonical.isascii()
