"""Pages that list others - home pages, listings - as Beautiful Soup on lxml; articles are read by tree.py. Pure."""

import re

from bs4 import BeautifulSoup, Tag

from scrapers.article import Page
from scrapers.encodings import decode_page
from scrapers.errors import PageError

# "<?xml version='1.0'?><!DOCTYPE html" of an XHTML page, which Beautiful Soup would take for XML and warn
DECLARATION = re.compile(r"^\s*(?:<\?[^>]*>\s*)+")
MAX_TAGS = 100_000  # the fullest home page has some 20,000; Beautiful Soup takes a second for so many


def parse_soup(page: Page) -> BeautifulSoup:
    """Return the soup of a page; raises PageError where it is no HTML, or none that a paper makes."""
    text = DECLARATION.sub("", decode_page(page.body, headers=page.headers))
    if "<" not in text:
        raise PageError("no element in the page")
    if (tags := text.count("<")) > MAX_TAGS:
        raise PageError(f"a page of {tags:,} tags lists nothing that is news (limit {MAX_TAGS:,})")
    try:
        return BeautifulSoup(text, "lxml")
    except (ValueError, AssertionError, RecursionError) as error:
        raise PageError(f"not readable as HTML: {error}") from error


def attribute_of(tag: Tag, name: str) -> str:
    """Return an attribute's value in one piece, "" where there is none; "rel" and "class" are lists in the soup."""
    value = tag.get(name)
    return (value if isinstance(value, str) else " ".join(value or ())).strip()
