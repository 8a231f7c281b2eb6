"""Text as it is compared: lower case, no accents, plain apostrophes."""

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = re.compile("[’‘´`ʼ′]")
# NFKD leaves these whole: "Elkjær" -> "elkjaer", "Ødegaard" -> "odegaard"
LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return `text` in lower case without accents, NFKC, with straight apostrophes and single spaces."""
    plain = unicodedata.normalize("NFKC", APOSTROPHES.sub("'", text)).casefold().translate(LETTERS)
    decomposed = unicodedata.normalize("NFKD", plain)
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())
