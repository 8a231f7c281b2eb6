"""What an element of a page is by its tag, names and marks: menu, masthead, byline, standfirst, body. Pure.

Names lie now and then; so no element that holds much of the page's text, or its headline, is house text.
"""

from enum import Enum
from functools import lru_cache
from itertools import pairwise

from lxml import etree

from scrapers.house_text import load_house_text, words_of

INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "nobr",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
ARTICLE_WORDS = frozenset({"article", "articolo", "content", "entry", "news", "post", "story"})  # of a header's names
POST_CLASSES = frozenset({"hentry", "type-post"})  # WordPress writes a post's tags beside: "tag-newsletter"
PLACES = frozenset({"article", "main"})
ALWAYS_HOUSE = frozenset({"comments", "commenti", "disqus", "respond"})
TOO_BIG = 0.4  # share of the page's text beyond which no element is a menu, whatever its name
META_SIZE, STANDFIRST_SIZE = 400, 1200  # characters beyond which an element is no byline, no standfirst
THIN, LINKED = 500, 0.25  # characters, share of link text: an element with a weak house name is house below, above
MENU = 12  # links; a header with more is the page's


class Kind(Enum):
    """What an element's tag and names say that it is."""

    PLAIN = "plain"
    HOUSE = "house"
    WEAK = "weak"  # house, where it is short or mostly links
    HEADER = "header"  # of the page: masthead, top bar
    META = "meta"  # byline, date
    STANDFIRST = "standfirst"
    BODY = "body"


def kind_of(element: etree._Element, *, total: int) -> Kind:
    """Return what an element is; `total` is the page's text in characters."""
    tag = element.tag
    names = names_of(element)
    kind = Kind.HOUSE if tag in load_house_text().names.house.tags else _kind_of_names(names)
    if kind is Kind.PLAIN and element.attrib:
        kind = _kind_of_attributes(element)
    if tag == "header" and kind not in (Kind.HOUSE, Kind.WEAK):
        kind = Kind.PLAIN if ARTICLE_WORDS & set(words_of(names)) else Kind.HEADER
    if kind is Kind.HOUSE:
        return Kind.HOUSE if _is_house(element, names, total) else Kind.PLAIN
    if kind is Kind.WEAK:
        return Kind.HOUSE if _is_thin(element) and _is_house(element, names, total) else Kind.PLAIN
    if kind is Kind.HEADER:
        return Kind.HEADER if _is_page_header(element, total) else Kind.PLAIN
    limit = {Kind.META: META_SIZE, Kind.STANDFIRST: STANDFIRST_SIZE}.get(kind)
    return Kind.PLAIN if limit and size_of(element) > limit else kind


def names_of(element: etree._Element) -> str:
    """Return class and id in one string."""
    return f"{element.get('class') or ''} {element.get('id') or ''}" if element.attrib else " "


def is_link(element: etree._Element) -> bool:
    """Tell a link from an anchor: old pages leave <a name="..."> open around the whole text."""
    return element.tag == "a" and "href" in element.attrib


@lru_cache(maxsize=4096)
def _kind_of_names(names: str) -> Kind:
    known = load_house_text().names
    words = words_of(names)
    whole = set(names.lower().split())
    if not POST_CLASSES.isdisjoint(whole):
        return Kind.PLAIN
    singles = {*words, *whole}
    doubles = {f"{one} {two}" for one, two in pairwise(words)}
    for kind, named in (
        (Kind.HEADER, known.header),
        (Kind.HOUSE, known.house),
        (Kind.BODY, known.body),
        (Kind.STANDFIRST, known.standfirst),
        (Kind.META, known.meta),
    ):
        if not (singles.isdisjoint(named.words) and doubles.isdisjoint(named.pairs)):
            return kind
        if not (singles.isdisjoint(named.weak) and whole.isdisjoint(named.whole)):
            return Kind.WEAK
    return Kind.PLAIN


def _kind_of_attributes(element: etree._Element) -> Kind:
    item = (element.get("itemprop") or "").lower()
    if "articlebody" in item:
        return Kind.BODY
    if item in ("datepublished", "datemodified", "author") or element.tag == "time":
        return Kind.META
    if item in ("alternativeheadline", "alternateheadline", "description"):
        return Kind.STANDFIRST
    style = (element.get("style") or "").replace(" ", "").lower()
    hidden = "hidden" in element.attrib or "display:none" in style
    role = (element.get("role") or "").lower()
    if role == "banner":
        return Kind.HEADER
    return Kind.HOUSE if hidden or role in ("navigation", "dialog", "alert", "complementary", "search") else Kind.PLAIN


def _is_house(element: etree._Element, names: str, total: int) -> bool:
    if element.tag in ("html", "body"):
        return False
    if not ALWAYS_HOUSE.isdisjoint(names.lower().split()):
        return element.find(".//h1") is None
    if size_of(element) > TOO_BIG * total:
        return False
    return element.tag in INLINE or (element.find(".//h1") is None and element.tag != "h1")


def _is_thin(element: etree._Element) -> bool:
    size = size_of(element)
    return size < THIN or sum(size_of(link) for link in element.iter("a") if is_link(link)) > LINKED * size


def _is_page_header(element: etree._Element, total: int) -> bool:
    if element.tag in ("html", "body") or size_of(element) > TOO_BIG * total:
        return False
    if element.find(".//h1") is not None:  # an article's header may have breadcrumbs and an author's link
        return sum(1 for _ in element.iter("a")) > MENU
    return not any(above.tag in PLACES for above in element.iterancestors())


def size_of(element: etree._Element) -> int:
    """Return how many characters of text an element holds."""
    return sum(len(text) for text in element.itertext(with_tail=False))
