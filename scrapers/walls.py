"""Pages that ask whether we are a robot. We are one: the host is left alone for the night. Pure."""

import re

from scrapers.article import Page

WALL_HEADERS = ("cf-mitigated",)  # Cloudflare: "challenge"
# whole titles: "Just a moment...", "Attention Required! | Cloudflare" yes; "Verifica di sicurezza sui ponti" no
WALL_TITLE = re.compile(
    rb"<title[^>]*>\s*(?:just a moment\.\.\.|attention required!|access denied|pardon our interruption"
    rb"|are you (?:a robot|human)\??|human verification|verifica(?:ti)? di (?:essere umano|sicurezza)"
    rb"|captcha|bot verification)"
    rb"(?:\s*(?:[|-]|\xe2\x80\x93)[^<]{0,60})?\s*</title>",
    re.IGNORECASE,
)
# what loads the riddle; an article's comment form may hold a captcha too, hence only in small pages
RIDDLES = (
    b"captcha-delivery.com",
    b"/cdn-cgi/challenge-platform/h/",
    b"_Incapsula_Resource",
    b"px-captcha",
    b"awswaf.com",
)
SMALL = 15_000  # bytes


def find_wall(page: Page) -> str | None:
    """Return what shows that `page` is a riddle for robots and no article; None where nothing does."""
    headers = dict(page.headers)
    if said := [f"{name}: {headers[name]}" for name in WALL_HEADERS if name in headers]:
        return said[0]
    if title := WALL_TITLE.search(page.body[:SMALL]):
        return title[0].decode("ascii", "replace")
    riddles = [riddle for riddle in RIDDLES if riddle in page.body] if len(page.body) < SMALL else []
    return riddles[0].decode() if riddles else None
