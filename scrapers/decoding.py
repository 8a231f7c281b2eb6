"""Undoing compression piece by piece, never beyond a limit: a few kilobytes can hold gigabytes. Pure."""

import zlib

from scrapers.errors import ScrapeError

GZIP_MAGIC = b"\x1f\x8b"
GZIP, DEFLATE, RAW_DEFLATE = zlib.MAX_WBITS | 16, zlib.MAX_WBITS, -zlib.MAX_WBITS
WINDOWS = {"gzip": GZIP, "x-gzip": GZIP, "deflate": DEFLATE}
PIECE = 1 << 16  # bytes


class Decoder:
    """Takes the pieces of a body as they come and gives what they hold.

    `encoding` is that of the Content-Encoding header; "" and "identity" are given on as they are.
    """

    def __init__(self, encoding: str, *, limit: int) -> None:
        self._plain = encoding in ("", "identity")
        if not self._plain and encoding not in WINDOWS:
            raise ScrapeError(f"content encoding {encoding!r} was not asked for")
        self._window = WINDOWS.get(encoding, GZIP)
        self._limit = limit  # bytes after decompression
        self._size = 0
        self._zlib: zlib._Decompress | None = None
        self._members = 0

    def decode(self, piece: bytes) -> bytes:
        """Return what `piece` adds; raises ScrapeError for what is damaged or more than the limit."""
        if self._plain:
            return self._counted(piece)
        out = bytearray()
        while piece:
            if self._zlib is None and self._members and not piece.startswith(GZIP_MAGIC):
                break  # padding after the last member
            out += self._inflate(piece)
            piece = self._rest()
        return bytes(out)

    def finish(self) -> None:
        """Raise ScrapeError when a compressed body stops before its end mark."""
        if self._zlib is not None:
            raise ScrapeError("the compressed body is cut short")

    def _inflate(self, piece: bytes) -> bytes:
        self._zlib = self._zlib or zlib.decompressobj(self._window)
        room = self._limit - self._size + 1
        try:
            return self._counted(self._zlib.decompress(piece, room))
        except zlib.error as error:
            if self._window != DEFLATE or self._size:
                raise ScrapeError(f"damaged compression: {error}") from error
        self._window, self._zlib = RAW_DEFLATE, None  # servers that say deflate often forget its zlib header
        return self._inflate(piece)

    def _rest(self) -> bytes:
        """Return what of the last piece belongs to the next member."""
        if self._zlib is None or not self._zlib.eof:
            return b""
        rest = self._zlib.unused_data
        self._zlib = None
        self._members += 1
        return rest

    def _counted(self, piece: bytes) -> bytes:
        self._size += len(piece)
        if self._size > self._limit:
            raise ScrapeError(f"more than {self._limit:,} bytes")
        return piece


def decode_gzip_file(body: bytes, *, limit: int) -> bytes:
    """Return the content of a .gz file, as sitemaps are; other bytes as they are."""
    if not body.startswith(GZIP_MAGIC):
        return body
    decoder = Decoder("gzip", limit=limit)
    content = b"".join(decoder.decode(body[start : start + PIECE]) for start in range(0, len(body), PIECE))
    decoder.finish()
    return content
