"""Articles in, extractions out, in order, a batch at a time; what fails is told and the rest goes on."""

import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.config import Config
from pipeline.errors import ArticleError
from pipeline.extract.read import read_article
from pipeline.log import get_log
from pipeline.nlp import describe_model, load_nlp
from pipeline.records import ArticleText, Extraction, Model

BATCH = 32  # articles; enough to sort by length, small enough that a killed run loses little

log = get_log(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that could not be read; `details` is the traceback where the fault is ours."""

    id: str | None
    error: ArticleError
    details: str | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """A loaded pipeline and the name of what it reads with."""

    nlp: Language
    model: Model
    threshold: float  # deals below this confidence are not kept

    def read(self, articles: Iterable[ArticleText | Failure]) -> Iterator[Extraction | Failure]:
        """Read `articles` in order; a Failure passes through, a new one stands where reading failed."""
        rest = iter(articles)
        while batch := tuple(islice(rest, BATCH)):
            yield from self._read_batch(batch)

    def _read_batch(self, batch: tuple[ArticleText | Failure, ...]) -> Iterator[Extraction | Failure]:
        try:
            docs = iter(self._tag([each for each in batch if isinstance(each, ArticleText)]))
            results = [each if isinstance(each, Failure) else self._extract(next(docs), each) for each in batch]
        except Exception as error:  # noqa: BLE001 - one of two, with scrapers/parsing.py: an article is never worth a run
            if len(batch) > 1:
                return (yield from (result for each in batch for result in self._read_batch((each,))))
            results = [_failure(batch[0], error)]
        yield from results

    def _tag(self, articles: list[ArticleText]) -> Iterator[Doc]:
        docs = []
        for article in articles:
            doc = self.nlp.make_doc(article.text)
            doc._.affari_published = article.published
            doc._.affari_published_trusted = article.published_trust == "high"
            docs.append(doc)
        return self.nlp.pipe(docs, batch_size=BATCH)

    def _extract(self, doc: Doc, article: ArticleText) -> Extraction:
        return read_article(doc, article, model=self.model, threshold=self.threshold)


def load_reader(config: Config) -> Reader:
    """Load the language pipeline that `config` names."""
    nlp = load_nlp(config)
    return Reader(nlp, describe_model(config), config.deals.threshold)


def _failure(article: ArticleText | Failure, error: Exception) -> Failure:
    if isinstance(article, Failure):
        return article
    if isinstance(error, ArticleError):
        return Failure(article.id, error)
    log.warning("article failed", id=article.id, error=repr(error))
    message = f"could not be read ({type(error).__name__}: {error}); please report it with the article"
    return Failure(article.id, ArticleError(message), traceback.format_exc())
