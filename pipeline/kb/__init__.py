"""The knowledge base: the only SQL of the program."""

from pipeline.kb.base import KnowledgeBase
from pipeline.kb.rows import ArticleRow, Counts, Saved, StoredArticle

__all__ = ["ArticleRow", "Counts", "KnowledgeBase", "Saved", "StoredArticle"]
