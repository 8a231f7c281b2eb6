"""Pages that ask whether we are a robot, and pages that only look like it."""

from datetime import UTC, datetime

import pytest

from scrapers.article import Page
from scrapers.walls import find_wall

ARTICLE = "<html><head><title>{}</title></head><body>{}</body></html>"
LONG = "<p>La Alfa ha rilevato la Beta.</p>" * 600
WALLS = [  # (page, headers, is a wall)
    (ARTICLE.format("Just a moment...", ""), (), True),
    (ARTICLE.format("Just a moment of glory", LONG), (), False),
    (ARTICLE.format("Access Denied", ""), (), True),
    (ARTICLE.format("Access denied: la startup", LONG), (), False),
    (ARTICLE.format("Access denied – Alfa", ""), (), True),
    (ARTICLE.format("Attention Required! | Cloudflare", ""), (), True),
    (ARTICLE.format("Verifica di sicurezza", ""), (), True),
    (ARTICLE.format("Verifica di sicurezza sui ponti", ""), (), False),
    (ARTICLE.format("Alfa", "<script src='https://geo.captcha-delivery.com/c.js'></script>"), (), True),
    (ARTICLE.format("Alfa", "<iframe src='/_Incapsula_Resource?x=1'></iframe>"), (), True),
    (ARTICLE.format("Alfa", LONG + "<script src='https://geo.captcha-delivery.com/c.js'></script>"), (), False),
    (ARTICLE.format("Alfa", "<div class='g-recaptcha'></div>"), (), False),  # a comment form
    (ARTICLE.format("Alfa", LONG), (("cf-mitigated", "challenge"),), True),
    (ARTICLE.format("Alfa", LONG), (("server", "cloudflare"),), False),
    ("", (), False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "headers", "wall"), WALLS)
def test_walls(text, headers, wall):
    page = Page("https://www.alfa.it/a", text.encode(), datetime(2024, 3, 19, tzinfo=UTC), headers=headers)
    assert (find_wall(page) is not None) is wall
