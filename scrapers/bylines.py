"""Who wrote an article, by name. Pure."""

import re
from datetime import date

from scrapers.blocks import Outline
from scrapers.days import beside_days, find_days
from scrapers.house_text import is_house_text
from scrapers.json_ld import ArticleNode
from scrapers.kinds import Kind
from scrapers.metadata import AUTHORS, Metadata

# "di Mario Rossi", "a cura di ...", "By ..." yes; "Di Maio" no: a name follows that is one word
LEAD = re.compile(
    r"^(?:articolo\s+)?(?:di|da|a\s+cura\s+di|by|scritto\s+da|autore|firma|testo\s+di|pubblicato\s+da|inviato\s+da|postato\s+da)\s*:?\s+",
    re.IGNORECASE,
)
# what follows a name: a date, an office, an address
REST = re.compile(
    r"\s*(?:[|•·–—]|\s-\s|,?\s*\d|\b(?:nostr[oa]\s+inviat[oa]|inviat[oa]|corrispondente|pubblicato|aggiornato)\b|@|\().*$",
    re.IGNORECASE,
)
AND = re.compile(r"\s*(?:,|;|/|\s&\s|\se\s|\sed\s|\sand\s)\s*")
# "Mario Rossi", "Anna D'Amico", "L. De Luca" yes; "ieri sera", "MARIO" no
NAME = re.compile(
    r"(?:[A-ZÀ-Ý][\w.'’-]*|de|di|del|della|dei|dal|d['’]|van|von|la|lo|le)(?:\s+(?:[A-ZÀ-Ý][\w.'’-]*|de|di|del|della|dei|dal|van|von|la|lo|le)){1,4}"
)
DESK = re.compile(
    r"\b(?:redazione|staff|admin|webmaster|redattore|ufficio\s+stampa|comunicato)\b|^(?:ansa|adnkronos|agi)$",
    re.IGNORECASE,
)
SIGNED = re.compile(r"^(?:di|a\s+cura\s+di|(?:inviato|scritto|postato|pubblicato)\s+da)\s", re.IGNORECASE)

# "Mario Rossi scrive di industria" behind the article, where Mario Rossi signed it
BIOGRAPHY = re.compile(
    r"^.{4,60}\b(?:scrive|si\s+occupa|giornalista|redattor|collabora|laureat|è\s+nat[oa])\b", re.IGNORECASE
)
# What surrounds an author's name in a byline: "di ", " - 8 febbraio 2024", " | 1 dicembre 2022, 10:30"
AROUND_NAME = re.compile(
    r"^(?:articolo\s+)?(?:di|a\s+cura\s+di|by)\s+|\s*[-–|,•]?\s*\d{1,2}[\s/.]\S{1,10}[\s/.]\d{4}.{0,20}$", re.IGNORECASE
)
# "di Mario Rossi", "a cura di Anna D'Amico" on a line of its own yes; "di Milano" no
SIGNATURE = re.compile(r"(?:[Dd]i|DI|[Aa]\s+cura\s+di)\s+(?:[A-ZÀ-Ý][\w.'’-]+\s*){2,4}")
BYLINE_SIZE = 100  # characters


def find_authors(
    outline: Outline, metadata: Metadata, node: ArticleNode | None, *, selected: str | None = None
) -> tuple[str, ...]:
    """Return the authors as they sign, each once; a desk ("Redazione") only where no person is named."""
    told = (
        [selected]
        if selected
        else [*(node.authors if node else ()), *metadata.all(AUTHORS), *metadata.items.get("author", ())]
    )
    names = [name for line in told for name in _names(line)]
    if not any(not DESK.search(name) for name in names):
        names += [name for block in outline.blocks if block.kind is Kind.META for name in _signed(block.text)]
    people = [name for name in names if not DESK.search(name)]
    return tuple({name.casefold(): name for name in (people or names[:1])}.values())


def _names(line: str) -> list[str]:
    if line.startswith(("http:", "https:", "@", "/")) or len(line) > 200:
        return []
    bare = REST.sub("", LEAD.sub("", line.strip())).strip(" .,:;-")
    parts = AND.split(bare)
    if len(parts) > 1 and not all(" " in part.strip() for part in parts):
        parts = [bare]  # "Rossi e Bianchi" is how one signs, "Redazione Economia e Lavoro" a desk
    return [part.strip() for part in parts if 2 < len(part.strip()) < 60]


def _signed(text: str) -> list[str]:
    """Return the names in a visible byline; only full names count there."""
    if len(text) > 120 or not (SIGNED.match(text) or NAME.fullmatch(REST.sub("", text).strip())):
        return []
    return [name for name in _names(text) if NAME.fullmatch(name)]


def is_byline(text: str, *, authors: tuple[str, ...]) -> bool:
    """Tell whether a paragraph says who wrote the article, or when, and nothing else."""
    if text.startswith(authors) and BIOGRAPHY.search(text):
        return True
    if len(text) > BYLINE_SIZE:
        return False
    bare = AROUND_NAME.sub("", text).strip(" .,()[]-–|*").casefold()
    if any(bare == author.casefold() for author in authors):
        return True
    signed = SIGNATURE.match(text)
    rest = text[signed.end() :].strip() if signed else text
    if signed and (not rest or is_house_text(rest)):
        return True
    days = find_days(text, latest=date.max)
    beside = beside_days(text, days)
    return bool(days) and (len(beside) < 3 or beside.isupper() or signed is not None)
