"""The archive: every page as it came, never edited, one compressed WARC file a page, named by its content.

```
archive/3f/3f9a...c1.warc.gz      response with its headers, then the request with its headers
```

The name (the archive key) is the SHA-256 of the page's address and bytes: saving a page twice is saving it once, a
changed page is another file, and a damaged file is noticed when it is read. A file appears whole or not at all
(written beside, synced, renamed), so a killed run leaves nothing half. Transfer and content encoding are undone
before saving; the headers that spoke of them are kept under `x-archive-orig-`.
"""

import hashlib
import io
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scrapers.article import Page
from scrapers.errors import ArchiveError

SUFFIX = ".warc.gz"
SOURCE_HEADER = "Affari-Source"
ENCODING_HEADERS = frozenset({"content-encoding", "content-length", "transfer-encoding"})
MAX_BYTES = 50_000_000
KEPT = "x-archive-orig-"  # the prefix that web archives use for headers that no longer hold


@dataclass(frozen=True, slots=True)
class Archived:
    """A page with its key and the source that it was fetched for."""

    key: str
    source: str
    page: Page


@dataclass(frozen=True, slots=True)
class Entry:
    """A page's key and what its first lines say; all empty where they cannot be read."""

    key: str
    day: str = ""
    url: str = ""
    source: str = ""


class Archive:
    """A folder of archived pages. Safe for several threads; one process writes at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def save_page(self, page: Page, *, source: str) -> str:
        """Write `page` unless it is there already; return its key. Raises ArchiveError."""
        key = key_of(page)
        path = self._path(key)
        if path.exists():
            return key
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, _to_warc(page, key, source))
        except OSError as error:
            raise ArchiveError(f"{path}: cannot be written: {error.strerror or error}") from error
        return key

    def read_page(self, key: str) -> Archived:
        """Read one page; raises ArchiveError when it is missing, damaged or was changed."""
        path = self._path(key)
        try:
            archived = _from_warc(path)
        except (OSError, EOFError, ArchiveLoadFailed, zlib.error, ValueError) as error:
            raise ArchiveError(f"{path}: cannot be read: {error}") from error
        if archived is None or key_of(archived.page) != key:
            raise ArchiveError(f"{path}: is damaged: its content is not what its name says")
        return archived

    def entries(self) -> tuple[Entry, ...]:
        """Return what the archive holds, oldest page first; a file that cannot be read comes first, to be reported."""
        found = (_entry_of(path) for path in self.folder.glob(f"??/*{SUFFIX}"))
        return tuple(sorted(found, key=lambda entry: (entry.day, entry.key)))

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}{SUFFIX}"


def key_of(page: Page) -> str:
    """Return the name of a page's content: its address and its bytes."""
    return hashlib.sha256(page.url.encode() + b"\n" + page.body).hexdigest()


def read_warc(path: Path) -> Iterator[Page]:
    """Yield the HTML pages (status 200, up to 50 MB) of any WARC or ARC file, in its order.

    Raises ArchiveError where it cannot go on.
    """
    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(file, arc2warc=True):
                page = _page_of(record) if record.rec_type == "response" and _is_html(record) else None
                if page is not None:
                    yield page
    except (OSError, EOFError, ArchiveLoadFailed, zlib.error, ValueError) as error:
        raise ArchiveError(f"{path}: cannot be read as WARC: {error}") from error


def _to_warc(page: Page, key: str, source: str) -> bytes:
    whole = io.BytesIO()
    writer = WARCWriter(whole, gzip=True, warc_version="1.1")  # 1.1 has fractions of a second
    day = page.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    common = {"WARC-Date": day, SOURCE_HEADER: source}
    response_id = f"<urn:uuid:{uuid5(NAMESPACE_URL, key)}>"
    writer.write_record(
        writer.create_warc_record(
            page.url,
            "response",
            payload=io.BytesIO(page.body),
            length=len(page.body),  # else warcio goes through a temporary file
            http_headers=StatusAndHeaders(_status_line(page.status), _kept_headers(page), protocol="HTTP/1.1"),
            warc_headers_dict={**common, "WARC-Record-ID": response_id},
        )
    )
    writer.write_record(
        writer.create_warc_record(
            page.url,
            "request",
            http_headers=StatusAndHeaders(_request_line(page.url), list(page.asked), is_http_request=True),
            warc_headers_dict={**common, "WARC-Concurrent-To": response_id},
        )
    )
    return whole.getvalue()


def _from_warc(path: Path) -> Archived | None:
    with path.open("rb") as file:
        pages = ArchiveIterator(file)
        record = next(pages, None)
        page = None if record is None else _page_of(record)
        if record is None or page is None:
            return None
        source = str(record.rec_headers.get_header(SOURCE_HEADER, ""))
        asked = next(pages, None)
        headers = () if asked is None or not asked.http_headers else tuple(asked.http_headers.headers)
    key = path.name.removesuffix(SUFFIX)
    return Archived(key, source, Page(page.url, page.body, page.fetched_at, page.status, page.headers, headers))


def _is_html(record: ArcWarcRecord) -> bool:
    headers = record.http_headers
    return (
        headers is not None
        and headers.get_statuscode() == "200"
        and "html" in headers.get_header("content-type", "html").lower()
    )


def _page_of(record: ArcWarcRecord) -> Page | None:
    url, day = record.rec_headers.get_header("WARC-Target-URI"), record.rec_headers.get_header("WARC-Date")
    status = record.http_headers.get_statuscode() if record.http_headers else ""
    if not url or not day or not status.isdigit():
        return None
    body = record.content_stream().read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        return None
    headers = tuple((name.lower().removeprefix(KEPT), value) for name, value in record.http_headers.headers)
    return Page(url, body, datetime.fromisoformat(day.replace("Z", "+00:00")), int(status), headers)


def _kept_headers(page: Page) -> list[tuple[str, str]]:
    return [(KEPT + name if name in ENCODING_HEADERS else name, value) for name, value in page.headers]


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:  # a number outside the registry, e.g. 999
        return str(status)


def _request_line(url: str) -> str:
    parts = urlsplit(url)
    return f"GET {parts.path or '/'}{'?' + parts.query if parts.query else ''} HTTP/1.1"


def _entry_of(path: Path) -> Entry:
    key = path.name.removesuffix(SUFFIX)
    try:
        with path.open("rb") as file:
            record = next(ArchiveIterator(file), None)
            headers = record.rec_headers if record else StatusAndHeaders("", [])
            said = [str(headers.get_header(name, "")) for name in ("WARC-Date", "WARC-Target-URI", SOURCE_HEADER)]
            return Entry(key, *said)
    except (OSError, EOFError, ArchiveLoadFailed, zlib.error, ValueError):  # reported by read_page
        return Entry(key)


def _write_whole(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
