"""A page's characters as an lxml tree, within limits. Pure.

Of lxml, not of Beautiful Soup as in soup.py: articles are many, and it takes a tenth of the time (docs/decisions/0011).
Comments and processing instructions are gone; nothing is resolved or fetched.
"""

import re

from lxml import etree

from scrapers.errors import PageError

# Scripts and styles only cost time; JSON-LD is read from them before they go
SILENT = ("script", "style", "noscript", "template", "svg", "iframe", "object", "canvas", "select", "map", "math")
MAX_TAGS = 300_000  # the longest live blog has some 60,000; a million open paragraphs are an attack
# What the press forgets to close or opens inside a word
SOFT = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
SPACE = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u3000]+")


def parse_tree(text: str) -> etree._Element:
    """Return the tree of a page; raises PageError when there is none."""
    if (tags := text.count("<")) > MAX_TAGS:
        raise PageError(f"a page of {tags:,} tags is no article (limit {MAX_TAGS:,})")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, recover=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise PageError(f"not readable as HTML: {error}") from error
    if root is None:
        raise PageError("no element in the page")
    return root


def silence(root: etree._Element) -> None:
    """Take what no reader sees out of the tree, in place."""
    etree.strip_elements(root, *SILENT, with_tail=False)


def json_ld_scripts(root: etree._Element) -> tuple[str, ...]:
    """Return the contents of the page's JSON-LD scripts."""
    return tuple(
        script.text for script in root.iter("script") if script.text and "ld+json" in (script.get("type") or "").lower()
    )


def text_of(element: etree._Element) -> str:
    """Return an element's text in one line."""
    return one_line("".join(element.itertext(with_tail=False)))


def one_line(text: str) -> str:
    """Return text with single spaces; soft hyphens and zero-width characters are no characters of it."""
    return SPACE.sub(" ", SOFT.sub("", text)).strip()
