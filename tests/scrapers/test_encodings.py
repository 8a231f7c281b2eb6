"""Which encoding a page is really in."""

import pytest

from scrapers.encodings import decode_page
from scrapers.errors import PageError

TEXT = "perché l’80% è «già» € 12 – così…"
META = "<meta charset={}>"

PAGES = [  # (bytes, content-type header)
    (TEXT.encode(), None),
    ((META.format("iso-8859-1") + TEXT).encode(), None),  # UTF-8 that calls itself Latin-1
    (TEXT.encode(), "text/html; charset=iso-8859-1"),
    ((META.format("iso-8859-1") + TEXT).encode("cp1252"), None),
    ((META.format("utf-8") + TEXT).encode("cp1252"), None),  # Windows-1252 that calls itself UTF-8
    (TEXT.encode("cp1252"), None),
    (TEXT.encode("cp1252"), "text/html; charset=ISO-8859-1"),
    (b"\xef\xbb\xbf" + TEXT.encode(), None),
    (b"\xff\xfe" + TEXT.encode("utf-16-le"), None),
    (TEXT.encode("cp1252"), "text/html; charset=none"),
    (TEXT.encode("utf-8").decode("cp1252").encode("utf-8"), None),  # read wrongly and written again
]


@pytest.mark.parametrize(("body", "sent"), PAGES)
def test_page_is_read_as_it_was_written(body: bytes, sent: str | None) -> None:
    headers = (("content-type", sent),) if sent else ()
    assert TEXT in decode_page(body, headers=headers)


def test_euro_sign_of_latin_9() -> None:
    body = (META.format("iso-8859-15") + "12 € così").encode("iso-8859-15")
    assert "12 € così" in decode_page(body)


def test_damaged_bytes_show() -> None:
    body = ("già " * 200).encode() + b"\xc3(" + ("già " * 20).encode()
    text = decode_page(body)
    assert text.count("già") == 220
    assert "\ufffd" in text


def test_words_that_only_look_like_mojibake_stay() -> None:
    assert decode_page("SÃO PAULO, Â«".encode()) == "SÃO PAULO, Â«"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"%PDF-1.7 ...", "begins with"),
        (b"\x89PNG\r\n\x1a\n", "begins with"),
        (bytes(range(256)) * 40, "not text"),
        (b"<p>" + b"a" * 20_000_001, "limit"),
    ],
)
def test_what_is_no_page(body: bytes, reason: str) -> None:
    with pytest.raises(PageError, match=reason):
        decode_page(body)
