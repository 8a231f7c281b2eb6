"""What a page's head and marks say of its article: JSON-LD, meta, microdata. Pure; what readers see is elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from scrapers.json_ld import ArticleNode, clean, find_articles
from scrapers.tree import json_ld_scripts, one_line, text_of

# Names of meta tags, in order of belief
PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished",
    "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "dc.terms.date", "date",
    "publish-date", "publishdate", "publish_date", "pubdate", "pub_date", "publication_date", "publication-date",
    "published_at", "originalpublicationdate", "article_date_original", "article.published", "date_published",
    "ptime", "datecreated", "article:created", "creation_date", "og:pubdate", "bt:pubdate", "citation_publication_date",
    "citation_date", "prism.publicationdate", "rnews:datepublished", "gdate", "last-published", "release_date",
)  # fmt: skip
MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "dcterms.modified",
    "dc.date.modified",
)
AUTHORS = ("article:author", "author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl")
SECTIONS = ("article:section", "parsely-section", "section", "cxenseparse:recs:category")
TITLES = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "title")
DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description", "sailthru.description")
LANGUAGES = ("og:locale", "content-language", "language", "dc.language", "inlanguage")
PAID_TIERS = frozenset({"locked", "metered", "premium", "paid"})
# Marks inside these belong to other articles or to the page
FOREIGN = frozenset({"aside", "nav", "footer"})


@dataclass(frozen=True, slots=True)
class Metadata:
    """What machines are told. Texts are single lines without entities; dates as they stand there."""

    nodes: tuple[ArticleNode, ...]  # JSON-LD, articles first
    metas: dict[str, tuple[str, ...]]  # lower-case names
    items: dict[str, tuple[str, ...]]  # microdata properties, lower-case
    title: str  # the <title>
    canonical: tuple[str, ...]  # rel=canonical, then og:url, as claimed
    language: str

    def first(self, names: tuple[str, ...]) -> str:
        """Return the first value under any of `names`, or ""."""
        return next(self.all(names), "")

    def all(self, names: tuple[str, ...]) -> Iterator[str]:
        """Yield all values under `names`, in the order of the names."""
        for name in names:
            yield from self.metas.get(name, ())

    def node_for(self, titles: tuple[str, ...]) -> ArticleNode | None:
        """Return the JSON-LD article that the page is about: of several the one with the page's title or address."""
        articles = [node for node in self.nodes if node.is_article]
        if len(articles) <= 1:
            return articles[0] if articles else None
        return next(
            (node for node in articles if _is_about(node, titles, self.canonical)),
            articles[0] if len(articles) < 4 else None,  # a home page lists dozens
        )


def read_metadata(root: etree._Element) -> Metadata:
    """Return what the page says of itself; call before `silence` takes the scripts away."""
    metas: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        content = clean(one_line(meta.get("content") or ""))
        name = meta.get("property") or meta.get("name") or meta.get("http-equiv") or meta.get("itemprop")
        if name and content and _is_own(meta):
            metas.setdefault(name.strip().lower(), []).append(content)
    title = next((text_of(element) for element in root.iter("title")), "")
    canonical = [link.get("href", "") for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower()]
    canonical += metas.get("og:url", [])
    return Metadata(
        nodes=find_articles(json_ld_scripts(root)),
        metas={name: tuple(values) for name, values in metas.items()},
        items=_items(root),
        title=clean(title),
        canonical=tuple(claim for claim in canonical if claim.strip()),
        language=root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or root.get("xml:lang")
        or "",
    )


def _items(root: etree._Element) -> dict[str, tuple[str, ...]]:
    wanted = ("headline", "datepublished", "datemodified", "datecreated", "author", "articlesection")
    items: dict[str, list[str]] = {}
    for element in root.iterfind(".//*[@itemprop]"):
        name = element.get("itemprop", "").strip().lower()
        if name not in wanted or not _is_own(element):
            continue
        value = element.get("content") or element.get("datetime") or element.get("title") or text_of(element)[:300]
        if value.strip():
            items.setdefault(name, []).append(one_line(value))
    return {name: tuple(values) for name, values in items.items()}


def _is_own(element: etree._Element) -> bool:
    return not any(above.tag in FOREIGN for above in element.iterancestors())


def _is_about(node: ArticleNode, titles: tuple[str, ...], addresses: tuple[str, ...]) -> bool:
    headline = node.headline.casefold()
    if headline and any(headline in title.casefold() or title.casefold() in headline for title in titles if title):
        return True
    return any(node.url.rstrip("/") == address.rstrip("/") for address in addresses)
