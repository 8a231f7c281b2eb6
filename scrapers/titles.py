"""A page's title: the headline that readers see, checked against what machines are told. Pure."""

import re
from urllib.parse import urlsplit

from scrapers.blocks import Outline
from scrapers.kinds import Kind
from scrapers.metadata import TITLES, Metadata

# "Titolo - La Stampa", "Titolo | ANSA.it", "Titolo :: Alfa" yes; "Torino-Lione", "Alfa/Beta" no
SEPARATOR = re.compile(r"\s+[-–—|·•»/~]+\s+|\s*\|\s*|\s+::+\s+|\s+-(?=\S+\.(?:it|com)$)")
DOMAIN = re.compile(r"[\w-]+\.(?:it|com|eu|net|org|info|tv|news)$", re.IGNORECASE)  # "ANSA.it" yes, "S.p.A." no
SECTIONS = frozenset(
    [
        "cronaca",
        "politica",
        "economia",
        "sport",
        "cultura",
        "spettacoli",
        "esteri",
        "mondo",
        "italia",
        "tecnologia",
        "finanza",
        "mercati",
        "aziende",
        "imprese",
        "news",
        "notizie",
        "attualità",
        "ultime",
        "ultimora",
        "video",
        "foto",
        "archivio",
        "blog",
        "torino",
        "milano",
        "roma",
        "napoli",
        "bologna",
        "firenze",
        "genova",
    ]
)
LETTERS = re.compile(r"[^a-z0-9àèéìòù]+")
WORD = re.compile(r"\w+")
ALIKE = 0.6  # share of common words from which two lines are one headline
LONGEST = 400  # characters; a longer h1 is a whole article in a wrong element


def find_title(outline: Outline, metadata: Metadata, *, url: str) -> str:
    """Return the title without the site's name, or "" when the page has none.

    The visible h1 where anything told to machines agrees with it; else what machines are told; else the h1.
    """
    names = site_names(metadata, url)
    told = _told(metadata, names)
    shown = _shown(outline, names)
    agreeing = [(max(_alike(line, other) for other in told), line) for line in shown] if told else []
    best, line = max(agreeing, key=lambda pair: pair[0], default=(0.0, ""))
    if best >= ALIKE:
        return _without_kicker(line, told)
    return next((line for line in (*told, *shown) if line), "")


def site_names(metadata: Metadata, url: str) -> frozenset[str]:
    """Return the names of the site as bare letters: "La Stampa" is "lastampa", as is its host."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    stated = [*metadata.metas.get("og:site_name", ()), *metadata.metas.get("application-name", ())]
    stated += [node.publisher for node in metadata.nodes] + host.split(".")[:-1] + [host]
    return frozenset(letters for name in stated if len(letters := _letters(name)) > 2)


def cut_site_name(title: str, names: frozenset[str]) -> str:
    """Return a title without the site's name and the section before or after it."""
    parts = SEPARATOR.split(title)
    marks = SEPARATOR.findall(title)
    cut = False
    while len(parts) > 1 and (_is_site(parts[-1], names) or (cut and parts[-1].casefold() in SECTIONS)):
        parts.pop()
        marks.pop()
        cut = True
    while len(parts) > 1 and _is_site(parts[0], names):
        parts.pop(0)
        marks.pop(0)
    return "".join(part + mark for part, mark in zip(parts, [*marks, ""], strict=True)).strip()


def _told(metadata: Metadata, names: frozenset[str]) -> list[str]:
    lines = [*(node.headline for node in metadata.nodes if node.is_article)][:1]
    lines += [*metadata.items.get("headline", ())[:1], *metadata.all(TITLES), metadata.title]
    cut = [cut_site_name(line, names) for line in lines if line]
    return [line for line in cut if _letters(line) not in names and not line.startswith(("http:", "https:"))]


def _shown(outline: Outline, names: frozenset[str]) -> list[str]:
    heads = [block for block in outline.blocks if block.tag == "h1" and len(block.text) < LONGEST]
    heads.sort(key=lambda block: block.kind is Kind.HEADER)
    return [block.text for block in heads if _letters(block.text) not in names]


def _without_kicker(line: str, told: list[str]) -> str:
    """Return what machines are told twice where the h1 says the same after a kicker or before a byline."""
    twice = next((one for place, one in enumerate(told) if one in told[:place]), "")
    return twice if twice and twice != line and twice.casefold() in line.casefold() else line


def _alike(one: str, other: str) -> float:
    left, right = set(WORD.findall(one.casefold())), set(WORD.findall(other.casefold()))
    smaller, larger = sorted((len(left), len(right)))
    if smaller < 3 or smaller <= larger / 2:
        return 1.0 if left == right and left else len(left & right) / max(larger, 1)
    return len(left & right) / smaller


def _is_site(part: str, names: frozenset[str]) -> bool:
    letters = _letters(part)
    if not letters or DOMAIN.search(part):
        return True
    if letters in names:
        return True
    return any(
        len(name) > 3
        and len(part.split()) < 6
        and (name in letters or (len(letters) > 0.6 * len(name) and name.startswith(letters)))
        for name in names
    )


def _letters(name: str) -> str:
    return LETTERS.sub("", name.casefold())
