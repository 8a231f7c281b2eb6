"""Text as it is compared: lower case, no accents, plain apostrophes."""

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = re.compile("[’‘´`ʼ′]")
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
# NFKD leaves these whole: "Elkjær" -> "elkjaer", "Ødegaard" -> "odegaard"
LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return `text` in lower case without accents, NFKC, with straight apostrophes and single spaces."""
    plain = unicodedata.normalize("NFKC", APOSTROPHES.sub("'", text)).casefold().translate(LETTERS)
    decomposed = unicodedata.normalize("NFKD", plain)
    return " ".join(BEYOND_ASCII.sub(without_mark, decomposed).split())


def without_mark(letter: re.Match[str]) -> str:
    """Return a letter as it is, and nothing for a mark that stands over the one before."""
    return "" if unicodedata.combining(letter[0]) else letter[0]
