"""A source's examples: saved pages with the article that must be read from each, replayed without the network.

```
examples/fusione.html    a page in the style of the source's site; of our own making, never a publisher's text
examples/fusione.json    {"url": ..., "fetched_at": ..., "reviewed": true, "article": what `affari parse` prints}
```

`reviewed` says that a person has compared the article with the page: a draft of `affari sources new` has not been. The
pages of a source whose transport is a folder lie in that folder.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from scrapers.article import Page, article_record
from scrapers.door import Want
from scrapers.errors import PageError, ScrapeError
from scrapers.local import FolderDoor
from scrapers.parsing import Parse, read_article
from scrapers.source import Source
from scrapers.visits import Visit

FOLDER = "examples"
SOME_DAY = datetime(2100, 1, 1, tzinfo=UTC)  # of a page that no day of fetching is known of


class Expectation(BaseModel):
    """What stands in an example's .json."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str
    fetched_at: AwareDatetime = SOME_DAY  # no day of publication after it is believed
    reviewed: bool
    content_type: str = "text/html"  # as the server said it; its charset counts
    article: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Replay:
    """How an example went: no problems, or what is not as expected."""

    source: str
    example: str
    problems: tuple[str, ...]


def replay_examples(source: Source, parse: Parse) -> tuple[Replay, ...]:
    """Parse the example pages of `source` and compare; a source without examples has a problem, too."""
    folder = source.folder / FOLDER
    names = sorted({path.stem for suffix in ("html", "json") for path in folder.glob(f"*.{suffix}")})
    if not names:
        return (Replay(source.id, "", (f"{folder}: no examples; `affari sources new URL` drafts some",)),)
    return tuple(Replay(source.id, name, _problems(source, folder / f"{name}.json", parse)) for name in names)


def write_example(source: Source, name: str, page: Page, parse: Parse) -> Path:
    """Save a page with what is read from it now, for a person to review; return the path of the expectation.

    Raises PageError, and writes nothing, where there is no article.
    """
    record = article_record(read_article(page, source, parse))
    folder = source.folder / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.html").write_bytes(page.body)
    expected = folder / f"{name}.json"
    draft = {
        "url": page.url,
        "fetched_at": page.fetched_at.isoformat(),
        "reviewed": False,
        "content_type": dict(page.headers).get("content-type", "text/html"),
        "article": record,
    }
    expected.write_text(json.dumps(draft, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return expected


def _problems(source: Source, path: Path, parse: Parse) -> tuple[str, ...]:
    try:
        expectation = Expectation.model_validate(json.loads(path.read_text(encoding="utf-8")))
        page = _page_of(source, expectation, path.with_suffix(".html"))
    except FileNotFoundError as error:
        return (f"{error.filename}: missing",)
    except ValidationError as error:
        return tuple(f"{path}: {'.'.join(map(str, found['loc']))}: {found['msg']}" for found in error.errors())
    except (OSError, ValueError, ScrapeError) as error:
        return (f"{path}: cannot be read: {error}",)
    if not expectation.reviewed:
        return (f"{path}: not reviewed; compare it with the page, then set reviewed to true",)
    return _differences(_read(source, page, parse), expectation.article)


def _page_of(source: Source, expectation: Expectation, path: Path) -> Page:
    day = expectation.fetched_at
    if source.transport is not None:
        return FolderDoor(source, now=day).fetch(expectation.url, want=Want.PAGE, visit=Visit())
    return Page(expectation.url, path.read_bytes(), day, headers=(("content-type", expectation.content_type),))


def _read(source: Source, page: Page, parse: Parse) -> dict[str, object]:
    try:
        return article_record(read_article(page, source, parse))
    except PageError as error:
        return {"error": str(error)}


def _differences(found: dict[str, object], expected: dict[str, Any]) -> tuple[str, ...]:
    keys = sorted({*found, *expected})
    return tuple(
        f"{key}: {_short(found.get(key))}, expected {_short(expected.get(key))}"
        for key in keys
        if found.get(key) != expected.get(key)
    )


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 300 else f"{text[:300]}... ({len(text)} characters)"
