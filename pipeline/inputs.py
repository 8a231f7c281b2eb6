"""What people give to read: files of text, HTML or JSON lines, into articles or failures, in order."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from pipeline.contract import article_text_of, given_id, make_article_text, parse_day, parse_record
from pipeline.errors import ArticleError, InputError
from pipeline.reader import Failure
from pipeline.records import ArticleText
from scrapers.article import Article, Page
from scrapers.errors import PageError
from scrapers.pages import parse_page

MAX_BYTES = 20_000_000
HTML_SUFFIXES = {".html", ".htm", ".xhtml"}


def parse_lines(lines: Iterable[bytes], *, name: str) -> Iterator[ArticleText | Failure]:
    """Read JSON lines; blank ones are passed over, a bad one gives a Failure. Lines count from 1."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield parse_record(line, name=f"{name}:{number}")
        except ArticleError as error:
            yield Failure(given_id(line) or f"{name}:{number}", error)


def parse_file(path: Path, *, published: str | None = None) -> ArticleText | Failure:
    """Read a file of text or HTML as one article; its id is the path as given."""
    try:
        body = load_bytes(path)
        if looks_like_html(path, body):
            return article_text_of(parse_html(path, body), id=str(path))
        return make_article_text(decode(body), id=str(path), published=parse_day(published) if published else None)
    except (ArticleError, InputError, ValueError) as error:
        return Failure(str(path), ArticleError(str(error).removeprefix(f"{path}: ")))  # its id names it already


def parse_html(path: Path, body: bytes, *, url: str | None = None) -> Article:
    """Read the article of an HTML file; raises InputError where there is none."""
    page = Page(url=url or path.resolve().as_uri(), body=body, fetched_at=datetime.now(UTC))
    try:
        return parse_page(page)
    except PageError as error:
        raise InputError(f"{path}: {error}") from error


def load_bytes(path: Path) -> bytes:
    """Read a file whole; raises InputError that names it and says what is wrong."""
    if path.is_dir():
        raise InputError(f"{path}: a folder; name its files, or read it into the knowledge base by `affari import`")
    try:
        body = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    if not body.strip():
        raise InputError(f"{path}: the file is empty")
    if len(body) > MAX_BYTES:
        raise InputError(f"{path}: {len(body):,} bytes are no article (at most {MAX_BYTES:,})")
    return body


def looks_like_html(path: Path, body: bytes) -> bool:
    """Tell HTML by the file's suffix, or by how it begins."""
    beginning = body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return path.suffix.lower() in HTML_SUFFIXES or beginning.startswith((b"<!doctype html", b"<html"))


def decode(body: bytes) -> str:
    """Return the text of a file in UTF-8; raises InputError for binary data and other encodings."""
    if b"\0" in body[:8192]:
        raise InputError("a binary file; give text, HTML or JSON lines")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 at byte {error.start}; convert it, e.g. iconv -f ISO-8859-1 -t UTF-8") from error
