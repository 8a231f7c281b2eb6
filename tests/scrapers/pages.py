"""Small pages for the tests of the parser."""

from datetime import UTC, datetime

from scrapers.article import Article, Page
from scrapers.pages import parse_page
from scrapers.source import PageRules

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
URL = "https://www.alfa.it/economia/beta-compra-gamma.html"
TITLE = "Beta compra Gamma per 12 milioni"
PARAGRAPHS = (
    "Beta ha rilevato il 60% di Gamma, fabbrica di pompe di Cuneo, per 12 milioni di euro in contanti e azioni.",
    "«Cercavamo un marchio», dice Anna Conti, presidente di Beta, che resta alla guida del gruppo per altri tre anni.",
    "Il contratto è stato firmato ieri a Torino; il closing è atteso entro giugno, dopo il via libera dell'antitrust.",
)
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(body: str, *, head: str = "", url: str = URL) -> Page:
    html = f"<html lang='it'><head><title>{TITLE} - Alfa</title>{head}</head><body>{body}</body></html>"
    return Page(url, html.encode(), NOW)


def parse(body: str, *, head: str = "", url: str = URL, rules: PageRules | None = None) -> Article:
    return parse_page(page(body, head=head, url=url), rules=rules or PageRules())


def article_around(
    *, before: str = "", after_title: str = "", inside: str = "", after: str = "", head: str = ""
) -> Article:
    """Parse a page of PARAGRAPHS with something before, below the title, between the paragraphs, behind."""
    first, *rest = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    text = f"<div class='txt'>{first}{inside}{''.join(rest)}</div>"
    return parse(f"{before}<main><h1>{TITLE}</h1>{after_title}{text}{after}</main>", head=head)
