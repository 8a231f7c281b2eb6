"""JSON-LD as pages really carry it: arrays, @graph, several articles, entities in values, broken JSON. Pure."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None

ARTICLE_TYPES = frozenset(
    {
        "newsarticle", "article", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "blogposting",
        "backgroundnewsarticle", "reviewnewsarticle", "askpublicnewsarticle", "liveblogposting", "socialmediaposting",
        "techarticle", "scholarlyarticle", "report", "advertisercontentarticle", "satiricalarticle",
        "discussionforumposting",
    }
)  # fmt: skip
PAGE_TYPES = frozenset({"webpage", "itempage", "videoobject", "creativework", "aboutpage"})
# What hangs below an article but is another one
ELSEWHERE = frozenset(
    {"itemlistelement", "mentions", "citation", "relatedlink", "comment", "isrelatedto", "haspart", "review"}
)
WRAPPING = re.compile(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[|/\*.*?\*/)|(?://\s*)?(?:-->|\]\]>)\s*;?\s*$", re.DOTALL)
TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")  # '"a": 1,}' yes
# '"headline": "Titolo"' yes; used only where the JSON cannot be read
FIELD = re.compile(
    r'"(headline|datePublished|dateModified|dateCreated|isAccessibleForFree|articleSection|articleBody|inLanguage)"'
    r'\s*:\s*(?:"((?:[^"\\]|\\.)*)"|(true|false))'
)
MAX_NODES = 5000


@dataclass(frozen=True, slots=True)
class ArticleNode:
    """What a JSON-LD node says of an article; empty where it is silent. Values are as they stand there."""

    kind: str  # lower-case @type
    headline: str = ""
    published: str = ""
    modified: str = ""
    authors: tuple[str, ...] = ()
    section: str = ""
    language: str = ""
    body: str = ""
    url: str = ""
    locked: bool = False
    publisher: str = ""

    @property
    def is_article(self) -> bool:
        """Tell an article from the page it stands on."""
        return self.kind in ARTICLE_TYPES


def find_articles(scripts: Iterable[str]) -> tuple[ArticleNode, ...]:
    """Return the articles, then the pages, that JSON-LD `scripts` speak of, each in reading order."""
    nodes = [node for script in scripts for node in _articles_of(script)]
    return tuple(sorted(nodes, key=lambda node: not node.is_article))


def _articles_of(script: str) -> Iterator[ArticleNode]:
    content = WRAPPING.sub("", WRAPPING.sub("", script)).strip()
    try:
        tree: Json = _loads(content)
    except (ValueError, RecursionError):
        yield from _articles_in_ruins(content)
        return
    for node in _walk(tree):
        kind = next((name for name in _types(node) if name in ARTICLE_TYPES or name in PAGE_TYPES), None)
        if kind:
            yield _read_node(node, kind)


def _loads(content: str) -> Json:
    try:
        tree: Json = json.loads(content, strict=False)
    except ValueError:
        tree = json.loads(TRAILING_COMMA.sub("", content), strict=False)
    return tree


def _articles_in_ruins(content: str) -> Iterator[ArticleNode]:
    """Read the plain fields of JSON that is none: an unescaped quotation mark in a description is enough."""
    if not re.search(r'"@type"\s*:\s*\[?\s*"[A-Za-z]*(?:Article|BlogPosting)"', content):
        return
    fields: dict[str, str] = {}
    for name, text, flag in FIELD.findall(content):
        fields.setdefault(name, flag or _unescape_json(text))
    yield ArticleNode(
        kind="newsarticle",
        headline=clean(fields.get("headline", "")),
        published=fields.get("datePublished") or fields.get("dateCreated", ""),
        modified=fields.get("dateModified", ""),
        section=clean(fields.get("articleSection", "")),
        language=fields.get("inLanguage", ""),
        body=clean(fields.get("articleBody", "")),
        locked=fields.get("isAccessibleForFree", "").lower() == "false",
    )


def _unescape_json(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:  # "\x" is no escape in JSON
        return text


def _walk(tree: Json) -> Iterator[dict[str, Json]]:
    """Yield the objects of a tree in reading order, without those that hang there as another article."""
    stack: list[Json] = [tree]
    seen = 0
    while stack and seen < MAX_NODES:
        seen += 1
        here = stack.pop()
        if isinstance(here, list):
            stack.extend(reversed(here))
        elif isinstance(here, dict):
            yield here
            stack.extend(value for key, value in reversed(here.items()) if key.lower() not in ELSEWHERE)


def _types(node: dict[str, Json]) -> Iterator[str]:
    kinds = node.get("@type") or node.get("type")
    for kind in kinds if isinstance(kinds, list) else [kinds]:
        if isinstance(kind, str):
            yield kind.rsplit("/", 1)[-1].lower()


def _read_node(node: dict[str, Json], kind: str) -> ArticleNode:
    return ArticleNode(
        kind=kind,
        headline=_text(node.get("headline") or node.get("name")),
        published=_text(node.get("datePublished") or node.get("dateCreated") or node.get("uploadDate")),
        modified=_text(node.get("dateModified")),
        authors=tuple(_names(node.get("author") or node.get("creator"))),
        section=_text(node.get("articleSection")),
        language=_text(node.get("inLanguage")),
        body=_text(node.get("articleBody")),
        url=_text(node.get("url")) or _text(node.get("mainEntityOfPage")) or _text(node.get("@id")),
        locked=str(node.get("isAccessibleForFree")).lower() == "false",
        publisher=_text(node.get("publisher")),
    )


def _text(value: Json) -> str:
    """Return the text of a value: of a list its first, of an object its name or address."""
    if isinstance(value, list):
        return next((text for text in map(_text, value) if text), "")
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("@value") or value.get("@id") or value.get("url"))
    return clean(value) if isinstance(value, str) else ""


def _names(value: Json) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict) and isinstance(one.get("name"), list):
            yield from _names(one["name"])
        elif name := _text(one):
            yield name


def clean(text: str) -> str:
    """Return text without entities (some are escaped twice) and tags."""
    if "&" in text:
        text = unescape(unescape(text))
    return re.sub(r"<[^<>]{1,200}>", " ", text).strip() if "<" in text else text.strip()
