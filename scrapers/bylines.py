"""Who wrote an article, by name. Pure."""

import re

from scrapers.blocks import Kind, Outline
from scrapers.json_ld import ArticleNode
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
BYLINE = re.compile(r"^(?:di|a\s+cura\s+di|(?:inviato|scritto|postato|pubblicato)\s+da)\s", re.IGNORECASE)


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
    if len(text) > 120 or not (BYLINE.match(text) or NAME.fullmatch(REST.sub("", text).strip())):
        return []
    return [name for name in _names(text) if NAME.fullmatch(name)]
