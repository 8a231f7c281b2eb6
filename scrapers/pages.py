"""A page's bytes become an Article. Pure: what is fetched, kept and stored is elsewhere.

```
bytes -> decode_page -> parse_tree -> read_metadata      what machines are told
                                   -> find_blocks        what readers see
         title · authors · day · body -> Article
```
"""

from datetime import timedelta

from lxml import etree
from lxml.cssselect import CSSSelector

from scrapers.article import Article, Page
from scrapers.blocks import Outline, find_blocks
from scrapers.bodies import Body, BodyRules, body_of_blocks, find_body, title_index
from scrapers.bylines import find_authors
from scrapers.datelines import Place, find_modified, find_publication
from scrapers.encodings import decode_page
from scrapers.errors import PageError
from scrapers.fallback import fallback_body
from scrapers.house_text import is_house_text, is_lock
from scrapers.json_ld import ArticleNode
from scrapers.language import find_language
from scrapers.links import believed_canonical
from scrapers.metadata import DESCRIPTIONS, PAID_TIERS, SECTIONS, Metadata, read_metadata
from scrapers.source import PageRules
from scrapers.titles import find_title
from scrapers.tree import one_line, parse_tree, silence, text_of

DEFAULT = PageRules()
DOUBTFUL = 0.4  # a body with a smaller share of the page's prose is compared with trafilatura's
SHORT = 250  # characters; so is a shorter one
BEHIND = 6  # blocks behind the text in which a paywall speaks; further down it speaks of other articles
HELD = 0.5  # share of the words of JSON-LD's body; less, and ours is another text
SHORTEST = 60  # characters; less is no article


def parse_page(page: Page, *, rules: PageRules = DEFAULT, source: str | None = None) -> Article:
    """Return the article of a page; raises PageError when there is none.

    Days are Rome's; none after the day on which the page was fetched is believed. `source` is the source's id.
    """
    root = parse_tree(decode_page(page.body, headers=page.headers))
    metadata = read_metadata(root)
    silence(root)
    _remove(root, rules.remove)
    outline = find_blocks(root)
    canonical = believed_canonical(page.url, metadata.canonical)
    title = _selected(root, rules.title) or find_title(outline, metadata, url=canonical)
    node = metadata.node_for((title, metadata.title))
    authors = find_authors(outline, metadata, node, selected=_selected(root, rules.authors))
    body_rules = BodyRules(title, metadata.first(DESCRIPTIONS), authors, rules.phrases)
    body, body_from = _read_body(
        root, outline, body_rules, selector=rules.body, told=node.body if node else "", page=page
    )
    latest = (page.fetched_at + timedelta(days=1)).date()
    place = _place(outline, body, title)
    day = find_publication(
        outline, metadata, node, urls=_web_addresses(page.url, canonical), place=place, latest=latest
    )
    return Article(
        url=page.url,
        canonical_url=canonical,
        title=title,
        body=body.text,
        authors=authors,
        published=day.day,
        published_from=day.source,
        published_trust=day.trust,
        modified=find_modified(metadata, node),
        language=rules.language or find_language(metadata, node, body.text),
        section=_selected(root, rules.section) or (node.section if node else "") or metadata.first(SECTIONS) or None,
        paywalled=_is_locked(outline, metadata, node, place),
        body_from=body_from,
        source=source,
    )


def _web_addresses(*urls: str) -> tuple[str, ...]:
    """Return the addresses on the web: the path of a saved file names the day on which it was saved."""
    return tuple(url for url in urls if url.startswith(("http://", "https://")))


def _remove(root: etree._Element, selectors: tuple[str, ...]) -> None:
    for selector in selectors:
        for element in CSSSelector(selector)(root):
            parent = element.getparent()
            if parent is not None:
                element.clear(keep_tail=True)


def _selected(root: etree._Element, selector: str | None) -> str | None:
    if selector is None:
        return None
    found = CSSSelector(selector)(root)
    return (text_of(found[0]) or one_line(found[0].get("content") or "") or None) if found else None


def _read_body(
    root: etree._Element, outline: Outline, rules: BodyRules, *, selector: str | None, told: str, page: Page
) -> tuple[Body, str]:
    """Return the body and who read it: the source's selector, our density, or another where ours is doubtful.

    `told` is the body that JSON-LD tells; it stands in where the page shows readers another text or none.
    """
    if selector is not None:
        parts = [body_of_blocks(find_blocks(element), rules) for element in CSSSelector(selector)(root)]
        whole = tuple(paragraph for part in parts for paragraph in part.paragraphs)
        if sum(map(len, whole)) >= SHORTEST:
            return Body(whole, 1.0, -1, -1), "selectors"
    body = find_body(outline, rules)
    if len(told) > SHORT and _words_held(told, body.text) < HELD:
        return _told_body(told, rules), "json-ld"
    if (len(body.text) < SHORT or body.share < DOUBTFUL) and not outline.locked:
        other = fallback_body(root, rules)
        if len(other.text) > 1.5 * len(body.text):
            return other, "trafilatura"
    if len(body.text) < SHORTEST:
        raise PageError(f"{page.url}: no article in the page")
    return body, "density"


def _words_held(told: str, text: str) -> float:
    """Return the share of the different words of `told` that `text` has."""
    words = set(told.casefold().split())
    return len(words & set(text.casefold().split())) / len(words)


def _told_body(told: str, rules: BodyRules) -> Body:
    paragraphs = (one_line(line) for line in told.splitlines())
    kept = tuple(line for line in paragraphs if line and not is_house_text(line, phrases=rules.phrases))
    return Body(kept, 1.0, -1, -1)


def _place(outline: Outline, body: Body, title: str) -> Place:
    index = title_index(outline.blocks, title)
    first = body.first if body.first >= 0 else max(index, 0)
    return Place(index, first, max(body.last, first))


def _is_locked(outline: Outline, metadata: Metadata, node: ArticleNode | None, place: Place) -> bool:
    if node and node.locked:
        return True
    tier = metadata.first(("article:content_tier", "content_tier"))
    if tier.lower() in PAID_TIERS:
        return True
    return outline.locked or any(is_lock(block.text) for block in outline.blocks[place.start : place.last + BEHIND])
