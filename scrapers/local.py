"""A folder as a transport: saved pages are discovered, archived and parsed as any other source's.

`https://campione.example/economia/a.html` is `economia/a.html` in the folder, `/` is `index.html`. Nothing outside the
folder is read.
"""

import hashlib
import mimetypes
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from scrapers.article import Page
from scrapers.door import NOT_MODIFIED, Want
from scrapers.errors import GoneError, ScrapeError, SourceError
from scrapers.links import same_site
from scrapers.source import Source
from scrapers.visits import Visit

MAX_BYTES = 50_000_000


class FolderDoor:
    """Reads a source's pages from the folder that its `[transport]` names."""

    def __init__(self, source: Source, *, now: datetime) -> None:
        if source.transport is None:
            raise SourceError(f"{source.id}: has no [transport] folder")
        self._folder = (source.folder / source.transport.folder).resolve()
        self._home = source.home
        self._now = now
        if not self._folder.is_dir():
            raise SourceError(f"{source.id}: transport.folder: {self._folder} is no folder")

    def fetch(self, url: str, *, want: Want, visit: Visit) -> Page:  # noqa: ARG002 - a folder has whatever it has
        """Return the file that stands for `url`; 304 where its content is that of `visit`."""
        path = self._path_of(url)
        try:
            if path.stat().st_size > MAX_BYTES:
                raise ScrapeError(f"{path}: more than {MAX_BYTES:,} bytes")
            body = path.read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
            raise GoneError(f"{path}: no such file") from error
        except OSError as error:
            raise ScrapeError(f"{path}: cannot be read: {error.strerror}") from error
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        if hashlib.sha256(body).hexdigest() == visit.digest:
            return Page(url, b"", self._now, NOT_MODIFIED)
        return Page(url, body, self._now, headers=(("content-type", kind),))

    def close(self) -> None:
        """Nothing is held open."""

    def _path_of(self, url: str) -> Path:
        if not same_site(url, self._home):
            raise ScrapeError(f"{url}: is not in the folder of {self._home}")
        try:
            path = (self._folder / unquote(urlsplit(url).path).lstrip("/")).resolve()
            path = path / "index.html" if path.is_dir() else path
        except (OSError, ValueError) as error:  # "%00", a loop of links
            raise ScrapeError(f"{url}: names no file: {error}") from error
        if not path.is_relative_to(self._folder):
            raise ScrapeError(f"{url}: leads out of the folder")
        return path
