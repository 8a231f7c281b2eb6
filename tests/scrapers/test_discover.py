"""Which links a source offers: filters, sitemap indexes, listing pages that turn."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scrapers.article import Page
from scrapers.discover import Memory, find_links
from scrapers.errors import GoneError, HostError
from scrapers.source import Listing, Source
from scrapers.visits import Visit

HOME = "https://www.alfa.it/"
OLDEST = date(2024, 2, 18)


class Paper:
    """A door to pages in a dictionary; notes what was asked for."""

    def __init__(self, pages, *, closed=False):
        self.pages, self.asked, self.closed = pages, [], closed

    def fetch(self, url, *, want, visit):  # noqa: ARG002 - a door's signature
        if self.closed:
            raise HostError("403")
        self.asked.append(url.removeprefix(HOME))
        if url not in self.pages:
            raise GoneError(f"{url}: 404")
        if visit.etag:
            return Page(url, b"", datetime(2024, 3, 19, tzinfo=UTC), 304)
        return Page(url, self.pages[url].encode(), datetime(2024, 3, 19, tzinfo=UTC), headers=(("etag", "x"),))

    def close(self):
        pass


def find(pages, *, visits=None, known=(), **stated):
    door = Paper({HOME + path: text for path, text in pages.items()})
    source = Source(id="alfa", folder=Path("alfa"), name="Alfa", home=HOME, licence="own", reliability="own", **stated)
    memory = Memory(
        visit_of=lambda url: (visits or {}).get(url.removeprefix(HOME), Visit()),
        all_known=lambda links: all(link.url.removeprefix(HOME) in known for link in links),
    )
    found = find_links(source, door=door, oldest=OLDEST, memory=memory)
    paths = [link.url.removeprefix(HOME) for links in found.links.values() for link in links]
    return paths, found, door.asked


def rss(*items):
    inside = "".join(f"<item>{each}</item>" for each in items)
    return f"<rss version='2.0'><channel><title>A</title>{inside}</channel></rss>"


def item(path, *, day=None, category=None):
    more = f"<pubDate>{day} 10:00:00 GMT</pubDate>" if day else ""
    return f"<link>{path}</link>{more}" + (f"<category>{category}</category>" if category else "")


FILTERS = [  # (item, what the source says, taken)
    (item("/a"), {}, True),
    (item("https://torino.alfa.it/a"), {}, True),
    (item("https://www.beta.it/a"), {}, False),
    (item("mailto:a@alfa.it"), {}, False),
    (item("/a", day="Tue, 20 Feb 2024"), {}, True),
    (item("/a", day="Sat, 17 Feb 2024"), {}, False),
    (item("/a", day="Sun, 18 Feb 2024"), {}, True),
    (item("/economia/a"), {"sections": ("Economia",)}, True),
    (item("/a", category="ECONOMIA"), {"sections": ("Economia",)}, True),
    (item("/sport/economia-del-calcio", category="Sport"), {"sections": ("Economia",)}, False),
    (item("/a-123.html"), {"links": (r"-\d+\.html$",)}, True),
    (item("/a.html"), {"links": (r"-\d+\.html$", "^https://x")}, False),
]


@pytest.mark.parametrize(("text", "stated", "taken"), FILTERS)
def test_which_links_are_taken(text, stated, taken):
    _, found, _ = find({"feed": rss(text)}, feeds=(HOME + "feed",), **stated)
    assert bool(found.links[HOME + "feed"]) is taken


def test_one_feed_fails_the_others_go_on():
    paths, found, _ = find({"b": rss(item("/1")), "c": "<html>"}, feeds=tuple(HOME + name for name in "abc"))
    assert paths == ["1"]
    assert [(issue.kind, issue.url) for issue in found.issues] == [("feed", HOME + "a"), ("feed", HOME + "c")]
    assert list(found.visits) == [HOME + "b"]


def test_a_feed_that_did_not_change():
    paths, found, _ = find({"a": rss(item("/1"))}, feeds=(HOME + "a",), visits={"a": Visit("x")})
    assert (paths, found.unchanged, found.visits) == ([], [HOME + "a"], {})


def sitemap(*paths):
    return "<urlset>" + "".join(f"<url><loc>{HOME}{path}</loc></url>" for path in paths) + "</urlset>"


def index(*entries):
    inner = "".join(f"<sitemap><loc>{loc}</loc><lastmod>{day}</lastmod></sitemap>" for loc, day in entries)
    return f"<sitemapindex>{inner}</sitemapindex>"


def test_sitemap_indexes_newest_first_and_not_for_ever():
    pages = {
        "i": index(("/old", "2023-01-01"), ("/s1", "2024-03-01"), ("/s2", "2024-03-18"), ("/i", "2024-03-19")),
        "s1": sitemap("1"),
        "s2": sitemap("2"),
        "old": sitemap("0"),
    }
    paths, _, asked = find(pages, sitemaps=(HOME + "i",))
    assert paths == ["2", "1"]
    assert "old" not in asked
    assert asked.count("i") <= 3  # an index that names itself
    many = {"i": index(*((f"/s{n}", "2024-03-18") for n in range(99)))} | {f"s{n}": sitemap(str(n)) for n in range(99)}
    assert len(find(many, sitemaps=(HOME + "i",))[2]) == 30


def listing(*paths, following=""):
    return "".join(f"<a href='/{path}'>{path}</a>" for path in paths) + f"<a class='next' href='{following}'>avanti</a>"


def test_listing_pages_turn_until_all_is_known():
    pages = {
        "l": listing("a1", "a2", following="?p=2"),
        "l?p=2": listing("a3", following="?p=3"),
        "l?p=3": listing("a4"),
    }
    by_link = Listing(url=HOME + "l", links="a[0-9]", pages=9, next="a.next")
    assert find(pages, listings=(by_link,))[0] == ["a1", "a2", "a3", "a4"]
    assert find(pages, listings=(by_link,), known=("a1", "a2"))[2] == ["l"]
    assert find(pages, listings=(by_link,), known=("a1", "a3"))[2] == ["l", "l?p=2"]
    numbered = Listing(url=HOME + "l", links="a[0-9]", pages=2, page=HOME + "l?p={page}")
    assert find(pages, listings=(numbered,))[2] == ["l", "l?p=2"]
    gone = Listing(url=HOME + "l", links="a[0-9]", pages=5, page=HOME + "m{page}")
    paths, found, asked = find(pages, listings=(gone,))
    assert (paths, asked, len(found.issues)) == (["a1", "a2"], ["l", "m2"], 1)
    ring = {"l": listing("a1", following="/l")}
    assert find(ring, listings=(by_link,))[0] == ["a1"]


def test_a_host_that_refuses_ends_it():
    source = Source(
        id="a", folder=Path("a"), name="A", home=HOME, licence="o", reliability="o", feeds=(HOME + "1", HOME + "2")
    )
    memory = Memory(visit_of=lambda _: Visit(), all_known=lambda _: False)
    with pytest.raises(HostError):
        find_links(source, door=Paper({}, closed=True), oldest=OLDEST, memory=memory)
