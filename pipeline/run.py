"""The night: collect, store, read, link, report. The drawing of the program; what each step does lives elsewhere.

```
sources -> scrapers.collect -> articles -> knowledge base      store_collected
knowledge base -> what is not read yet -> reader -> deals      read_pending
```

Both steps can be killed at any moment and begun again: a link is done when its article is stored, an article is read
when its extraction is stored, and storing twice is storing once.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version

from pipeline.errors import ArticleError
from pipeline.kb import KnowledgeBase, StoredArticle
from pipeline.log import get_log
from pipeline.reader import Failure, Reader
from pipeline.records import ArticleText, Extraction
from scrapers.collect import Collected, Result
from scrapers.frontier import Frontier
from scrapers.issues import Issue

EXIT_DONE = 0
EXIT_PARTIAL = 3

log = get_log(__name__)
Tell = Callable[[], None]  # called once for each thing done
Save = Callable[[StoredArticle, Extraction], None]


@dataclass(slots=True)
class Night:
    """What a run did so far: `counts` by name, and whether something asks for a person."""

    run_id: int
    counts: Counter[str] = field(default_factory=Counter)
    partial: bool = False

    @property
    def exit_code(self) -> int:
        """0 when all went well, 3 when some sources or articles failed and the rest is stored."""
        return EXIT_PARTIAL if self.partial else EXIT_DONE


def begin_night(kb: KnowledgeBase, kind: str) -> Night:
    """Note that a run begins."""
    return Night(kb.start_run(kind, code_version=version("affari")))


def end_night(kb: KnowledgeBase, night: Night) -> None:
    """Note how the run ended."""
    status = "partial" if night.partial else "done"
    kb.finish_run(night.run_id, status=status, exit_code=night.exit_code, counts=dict(night.counts))
    log.info("run ended", status=status, **night.counts)


def store_collected(
    kb: KnowledgeBase, night: Night, results: Iterable[Result], frontier: Frontier, *, tell: Tell
) -> None:
    """Store what the scrapers bring: articles, and the issues that somebody should look at."""
    for result in results:
        if isinstance(result, Collected):
            row = kb.save_article(
                result.article, source=result.source, archive_key=result.archive_key, run_id=night.run_id
            )
            frontier.mark_done(result.link, now=kb.now())
            night.counts[f"articles_{row.saved.value}"] += 1
        elif isinstance(result, Issue):
            _store_issue(kb, night, result)
        tell()


def read_pending(kb: KnowledgeBase, night: Night, reader: Reader, *, tell: Tell) -> None:
    """Read the articles that nothing was read of yet; what they say counts at once."""

    def save(article: StoredArticle, extraction: Extraction) -> None:
        counts = kb.save_extraction(article.id, extraction, run_id=night.run_id)
        night.counts.update(articles_read=1, deals=counts.deals, new_deals=counts.new_deals)

    _read(kb, night, reader, kb.unread_articles(), save=save, tell=tell)


def reread(kb: KnowledgeBase, night: Night, reader: Reader, *, tell: Tell) -> None:
    """Read what another reader read and this one did not; nothing of it counts before `affari accept`."""

    def save(article: StoredArticle, extraction: Extraction) -> None:
        kb.save_trial(article.id, extraction, run_id=night.run_id)
        night.counts["articles_reread"] += 1

    _read(kb, night, reader, kb.articles_without_extraction(reader.model), save=save, tell=tell)


def _read(
    kb: KnowledgeBase, night: Night, reader: Reader, articles: Iterable[StoredArticle], *, save: Save, tell: Tell
) -> None:
    waiting: list[StoredArticle] = []
    for result in reader.read(_texts(articles, waiting)):
        _store_result(kb, night, waiting.pop(0), result, save=save)
        tell()


def _texts(articles: Iterable[StoredArticle], waiting: list[StoredArticle]) -> Iterator[ArticleText]:
    for article in articles:
        waiting.append(article)
        yield ArticleText(
            id=article.url,
            text=article.text,
            title=article.title,
            url=article.url,
            published=article.published,
            published_from=article.published_from,
            published_trust=article.published_trust,
        )


def _store_result(
    kb: KnowledgeBase, night: Night, article: StoredArticle, result: Extraction | Failure, *, save: Save
) -> None:
    if isinstance(result, Failure):
        night.partial = True
        night.counts["articles_failed"] += 1
        kb.save_dead_letter(stage="read", item=article.url, error=result.details or str(result.error))
        return
    try:
        save(article, result)
    except ArticleError as error:
        night.partial = True
        night.counts["articles_failed"] += 1
        kb.save_dead_letter(stage="store", item=article.url, error=str(error))
        return
    kb.resolve_dead_letter(stage="read", item=article.url)
    kb.resolve_dead_letter(stage="store", item=article.url)
    log.debug("stored", article=article.url, deals=len(result.deals))


def _store_issue(kb: KnowledgeBase, night: Night, issue: Issue) -> None:
    night.counts["issues"] += 1
    night.partial |= issue.alarm
    kb.save_issue(
        run_id=night.run_id,
        stage=f"collect.{issue.kind.value}",
        subject=issue.source,
        message=issue.message,
        detail=issue.url,
    )
