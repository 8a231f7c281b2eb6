"""Pages in the styles of thirty platforms, with and without their class names: body, title, day, no house text."""

import re
from dataclasses import replace

import pytest

from benchmarks.generated_pages import GeneratedPage, make_pages
from benchmarks.pages import NAMES, read_ours, score

PAGES = list(make_pages(seed=7, each=1))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.style)
def test_page_of_a_platform(page: GeneratedPage) -> None:
    found = score(page, read_ours(page))
    assert (found.title, found.day, found.house) == (True, True, False)
    assert found.f1 >= 0.95


def test_platforms_that_nobody_has_seen() -> None:
    blind = [replace(page, body=NAMES.sub(b"", page.body)) for page in PAGES]
    found = [score(page, read_ours(page)) for page in blind]
    assert sum(one.f1 for one in found) / len(found) >= 0.97
    assert sum(one.day for one in found) >= len(found) - 2


def test_pages_with_teasers_by_the_dozen() -> None:
    card = b"<article class='card'><h3><a href='/a'>Un altro articolo</a></h3><p>%s</p></article>" % (
        b"Due righe di sommario. " * 5
    )
    more = b"<section class='more'>" + card * 60 + b"</section></body>"
    heavy = [replace(page, body=re.sub(rb"</body>", more, page.body, flags=re.IGNORECASE)) for page in PAGES]
    found = [score(page, read_ours(page)) for page in heavy]
    assert min(one.f1 for one in found) >= 0.95
