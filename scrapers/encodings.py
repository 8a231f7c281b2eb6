"""Bytes to characters: which encoding a page is really in. Pure.

Papers' pages lie about their encoding: UTF-8 sent as ISO-8859-1, Windows-1252 declared as ISO-8859-1, UTF-8 read as
Latin-1 and written again as UTF-8. The bytes are believed before the header, the header before the page.
"""

import codecs
import re

from scrapers.errors import PageError

MAX_BYTES = 20_000_000  # a page beyond that is no article; measured: the longest live blog seen is under 4 MB
HEAD = 4096  # bytes in which a page says its encoding
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# '<meta charset="utf-8">' and 'content="text/html; charset=iso-8859-1"' yes, 'accept-charset' in a form no
DECLARED = re.compile(rb"(?<![\w-])(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
# "text/html; charset=utf-8" yes
IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
WINDOWS = "cp1252"
# Browsers read these names as Windows-1252; otherwise the curly quotes of half the press are control characters
AS_WINDOWS = frozenset({"iso8859-1", "ascii", "latin-1", "iso8859-15"})
EURO_LATIN = "iso8859-15"
# What begins so is no page: PDF, ZIP, PNG, JPEG, GIF, gzip, MP3, ELF, RIFF
BINARY = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"ID3", b"\x7fELF", b"RIFF")
# UTF-8 of two bytes (à è ì « »), of three (’ “ – … €), read as Windows-1252
_CONTINUATION = (
    "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122"
)
# "perchÃ©", "â€™", "â‚¬" yes; "SÃO PAULO" no: a letter follows
MOJIBAKE = re.compile(f"[ÂÃ][{_CONTINUATION}]|â[€‚][{_CONTINUATION}]")


# What no text holds: control characters, bytes that could not be decoded
ODD = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")


def decode_page(body: bytes, *, headers: tuple[tuple[str, str], ...] = ()) -> str:
    """Return the characters of a page; raises PageError for what is empty, too big or no text.

    Damaged bytes become U+FFFD; none are dropped in silence.
    """
    if not body.strip():
        raise PageError("the page is empty")
    if len(body) > MAX_BYTES:
        raise PageError(f"a page of {len(body):,} bytes is no article (limit {MAX_BYTES:,})")
    if body.startswith(BINARY):
        raise PageError(f"no web page: the file begins with {body[:8]!r}")
    text = _decode(body, headers).replace("\x00", "")
    if _is_binary(text):
        raise PageError("no web page: the bytes are not text")
    return _undo_mojibake(text)


def _decode(body: bytes, headers: tuple[tuple[str, str], ...]) -> str:
    for mark, name in BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, errors="replace")
    declared = _declared(body, headers)
    try:
        return body.decode("utf-8")  # text in another encoding is next to never valid UTF-8
    except UnicodeDecodeError as error:
        name = declared or _guess(body, error)
    return body.decode(name, errors="replace")


def _declared(body: bytes, headers: tuple[tuple[str, str], ...]) -> str | None:
    sent = next((value for key, value in headers if key == "content-type"), "")
    names = [*IN_HEADER.findall(sent), *(name.decode("ascii") for name in DECLARED.findall(body[:HEAD]))]
    for name in names:
        try:
            known = codecs.lookup(name).name
        except LookupError:  # "charset=none", "charset=UTF8-general": the next claim counts
            continue
        if known == EURO_LATIN and b"\x80" not in body:
            return known  # its euro sign is 0xA4; with 0x80 in it the page is Windows-1252 under a wrong name
        if known not in ("utf-8", "utf-16", "utf-16-le", "utf-16-be"):
            return WINDOWS if known in AS_WINDOWS else known
    return None


def _guess(body: bytes, error: UnicodeDecodeError) -> str:
    """Return UTF-8 for a page of it with a few damaged bytes, else Windows-1252."""
    lead = sum(body.count(bytes([first])) for first in (0xC2, 0xC3, 0xE2))
    damaged = body.decode("utf-8", errors="replace").count("�")
    return "utf-8" if error.start > len(body) // 2 or lead > 3 * damaged else WINDOWS


def _is_binary(text: str) -> bool:
    sample = text[:20_000]
    return len(ODD.findall(sample)) * 20 > len(sample)


def _undo_mojibake(text: str) -> str:
    """Return text in which UTF-8 that was read as Windows-1252 is read right; a single case may be meant."""
    if not ("Ã" in text or "Â" in text or "â" in text) or len(MOJIBAKE.findall(text)) < 3:
        return text
    return MOJIBAKE.sub(_reread, text)


def _reread(match: re.Match[str]) -> str:
    raw = b"".join(_byte(char) for char in match[0])
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def _byte(char: str) -> bytes:
    return char.encode("latin-1") if char < "\u0100" else char.encode(WINDOWS)
