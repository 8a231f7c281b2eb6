"""Feeds, sitemaps and listing pages as papers make them, and as attackers do."""

import gzip
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.article import Page
from scrapers.errors import FeedError
from scrapers.feeds import Item, ListingPage, parse_feed, parse_listing, parse_moment, parse_sitemap

URL = "https://www.alfa.it/feed"


def made(body, kind="application/xml"):
    body = body if isinstance(body, bytes) else body.encode()
    return Page(URL, body, datetime(2024, 3, 19, tzinfo=UTC), headers=(("content-type", kind),))


RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Alfa</title>
<item><title><![CDATA[Alfa &amp; Beta: <b>fusione</b>]]></title><link>https://www.alfa.it/a</link>
<guid isPermaLink="false">77</guid><pubDate>Tue, 19 Mar 2024 23:30:00 GMT</pubDate><category>Economia</category></item>
<item><link> /b </link></item>
<item><title>senza indirizzo</title></item>
<item><guid isPermaLink="true">https://www.alfa.it/c</guid></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Alfa</title>
<entry><title>A</title><link rel="alternate" href="https://www.alfa.it/a"/><link rel="enclosure" href="https://www.alfa.it/a.mp3"/>
<updated>2024-03-19T10:00:00+01:00</updated></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://www.alfa.it/"><title>Alfa</title></channel>
<item rdf:about="https://www.alfa.it/a"><title>A</title><link>https://www.alfa.it/a</link><dc:date>2024-03-19</dc:date></item></rdf:RDF>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {
                "id": "1",
                "url": "https://www.alfa.it/a",
                "title": "A",
                "date_published": "2024-03-19T10:00:00+01:00",
                "tags": ["Economia"],
            },
            {"id": "2"},
            "niente",
        ],
    }
)
DAY = date(2024, 3, 19)
A, B, C = (
    Item("https://www.alfa.it/a", "Alfa & Beta: fusione", date(2024, 3, 20), ("Economia",)),
    Item("/b"),
    Item("https://www.alfa.it/c"),
)
LATIN = RSS.replace("UTF-8", "ISO-8859-1").replace("fusione", "società").encode("latin-1")
ONE = "<rss version='2.0'><channel><item><link>https://www.alfa.it/c</link><pubDate>{}</pubDate></item></channel></rss>"
FEEDS = [  # (feed, items)
    (RSS, (A, B, C)),
    (RSS.replace("UTF-8", "UTF-16").encode("utf-16"), (A, B, C)),
    (LATIN, (replace(A, title="Alfa & Beta: società"), B, C)),
    (b"\xef\xbb\xbf\n\n" + RSS.encode(), (A, B, C)),
    (RSS[:-60], (A, B)),
    (RSS.replace("</title><link>", "<link>"), (C,)),
    (ATOM, (Item("https://www.alfa.it/a", "A", DAY),)),
    (RDF, (Item("https://www.alfa.it/a", "A", DAY),)),
    (JSON, (Item("https://www.alfa.it/a", "A", DAY, ("Economia",)),)),
    ("<rss version='2.0'><channel><title>Alfa</title></channel></rss>", ()),
    (ONE.format("Tue, 19 Mar 2024 10:00:00 +0100"), (replace(C, published=DAY),)),
    (ONE.format("ieri"), (C,)),
    (ONE.format("Tue, 19 Mar 0000 10:00:00 GMT"), (C,)),
    (ONE.format("Tue, 19 Mar 99999 10:00:00 GMT"), (C,)),
]


@pytest.mark.parametrize(("feed", "items"), FEEDS)
def test_feeds(feed, items):
    assert parse_feed(made(feed)) == items


BOMB = "<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{('&' + chr(97 + n) + ';') * 10}'>" for n in range(9)
)
BOMB += "]><rss version='2.0'><channel><item><link>&j;</link></item></channel></rss>"
EXTERNAL = "<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
EXTERNAL += "<rss version='2.0'><channel><item><link>https://alfa.it/&a;</link></item></channel></rss>"
NO_FEEDS = [
    ("<html><body><h1>Manutenzione</h1></body></html>", "is no feed"),
    ("", "is no feed"),
    ("Non trovato", "is no feed"),
    (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "is no feed"),
    ("{}", "no JSON feed"),
    ('{"version": "https://jsonfeed.org/version/1", "items": 7}', "no JSON feed"),
    ("{" * 100_000, "no JSON feed"),
    (BOMB, "declares entities"),
    (EXTERNAL, "declares entities"),
    (EXTERNAL.encode("utf-16"), "declares entities"),
    (EXTERNAL.encode("utf-16-be"), "declares entities"),
]


@pytest.mark.parametrize(("body", "message"), NO_FEEDS)
def test_what_is_no_feed_says_so(body, message):
    with pytest.raises(FeedError, match=message) as caught:
        parse_feed(made(body))
    assert URL in str(caught.value)


SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<!-- di oggi -->
<url><loc> https://www.alfa.it/a </loc><lastmod>2024-03-18</lastmod>
<news:news><news:publication_date>2024-03-19T08:00:00+01:00</news:publication_date>
<news:title>A &amp; B</news:title></news:news></url>
<url><loc>https://www.alfa.it/b</loc><lastmod>2024-03-18T23:30:00Z</lastmod></url>
<url><lastmod>2024</lastmod></url>
<url><loc>https://www.alfa.it/c</loc><lastmod>ieri</lastmod></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://www.alfa.it/s1.xml.gz</loc>
<lastmod>2024-03-19</lastmod></sitemap></sitemapindex>"""
IN_SITEMAP = (
    Item("https://www.alfa.it/a", "A & B", DAY),
    Item("https://www.alfa.it/b", None, DAY),
    Item("https://www.alfa.it/c"),
)


@pytest.mark.parametrize(
    "body", [SITEMAP.encode(), gzip.compress(SITEMAP.encode()), b"\n " + SITEMAP.encode(), SITEMAP.encode("utf-16")]
)
def test_sitemaps(body):
    assert parse_sitemap(made(body)).items == IN_SITEMAP


def test_sitemap_indexes_and_broken_ones():
    index = parse_sitemap(made(INDEX))
    assert (index.items, index.sitemaps) == ((), (Item("https://www.alfa.it/s1.xml.gz", None, DAY),))
    assert parse_sitemap(made(SITEMAP[:-60])).items[:2] == IN_SITEMAP[:2]
    assert parse_sitemap(made("<urlset/>")).items == ()


NO_SITEMAPS = [
    ("<html><body/></html>", "no sitemap but html"),
    ("", "no sitemap"),
    (RSS, "no sitemap but rss"),
    (BOMB, "declares entities"),
    (EXTERNAL, "declares entities"),
    (gzip.compress(BOMB.encode()), "declares entities"),
    (gzip.compress(SITEMAP.encode())[:-30], "cut short"),
    (gzip.compress(b" " * 60_000_000), "more than 50,000,000 bytes"),
    (b"\x1f\x8b\x08" + b"\0" * 30, "compression|cut short"),
]


@pytest.mark.parametrize(("body", "message"), NO_SITEMAPS)
def test_what_is_no_sitemap_says_so(body, message):
    with pytest.raises(FeedError, match=message):
        parse_sitemap(made(body))


def test_an_external_dtd_is_not_fetched():
    netscape = '<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/rss-0.91.dtd">'
    assert parse_feed(made(RSS.replace("<rss", netscape + "<rss")))[0].url == "https://www.alfa.it/a"
    assert parse_sitemap(made(SITEMAP.replace("<urlset", netscape + "<urlset"))).items == IN_SITEMAP


LISTING = """<nav><a href="/economia/">Economia</a></nav><ul><li><a href="/economia/a-1.html"><img alt=""></a>
<a href="/economia/a-1.html"> Alfa  compra <b>Beta</b></a><li><a href="/sport/b-2.html">Sport</a>
<li><a href="c-3.html">C</a>
<a name="x">niente</a><a href="mailto:x-9.html">posta</a></ul><a class="next" href="?p=2">avanti</a>"""


def test_listing_pages():
    page = made(LISTING, "text/html")
    assert parse_listing(page, links=r"-\d+\.html$", next_selector="a.next") == ListingPage(
        (
            Item("/economia/a-1.html", "Alfa compra Beta"),
            Item("/sport/b-2.html", "Sport"),
            Item("c-3.html", "C"),
            Item("mailto:x-9.html", "posta"),
        ),
        "?p=2",
    )
    assert parse_listing(page, links="^/economia/.", next_selector=".avanti").next is None
    with pytest.raises(FeedError, match="no listing: the page is empty"):
        parse_listing(made(""), links=".")


def test_ten_thousand_links():
    anchors = "".join(f"<a href='/a-{n}.html'>titolo {n}</a>" for n in range(10_000))
    assert len(parse_listing(made(anchors, "text/html"), links="a-").items) == 10_000
    urls = "".join(f"<url><loc>https://www.alfa.it/{n}</loc></url>" for n in range(10_000))
    assert len(parse_sitemap(made(f"<urlset>{urls}</urlset>")).items) == 10_000
    items = "".join(f"<item><link>https://www.alfa.it/{n}</link></item>" for n in range(10_000))
    assert len(parse_feed(made(f"<rss version='2.0'><channel>{items}</channel></rss>"))) == 10_000


MOMENTS = [
    ("2024-03-19T23:30:00Z", date(2024, 3, 20)),
    ("2024-07-19T21:30:00Z", date(2024, 7, 19)),
    ("2024-07-19T22:30:00+00:00", date(2024, 7, 20)),
    ("2024-03-19T23:30:00", DAY),
    ("2024-03-19", DAY),
    ("", None),
    (None, None),
    ("19 marzo 2024", None),
]


@pytest.mark.parametrize(("text", "day"), MOMENTS)
def test_days_are_those_of_rome(text, day):
    assert parse_moment(text) == day


@given(st.sampled_from([RSS, ATOM, RDF, JSON, SITEMAP, INDEX, LISTING]), st.data())
@settings(max_examples=40, deadline=None)
def test_mutated_documents_never_crash(text, data):
    body = bytearray(text.encode())
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(body) - 1))
        body[place : place + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=5))
        body = body or bytearray(b" ")
    for parse in (parse_feed, parse_sitemap, partial(parse_listing, links="a", next_selector="a.next")):
        try:
            parse(made(bytes(body)))
        except FeedError:
            continue
