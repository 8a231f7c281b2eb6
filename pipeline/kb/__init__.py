"""The knowledge base: the only SQL of the program."""

import sys

# sqlite-utils imports pandas wherever it is installed, only to know the types of frames, which we never hand it: a
# second more for every command. Hidden while sqlite-utils is imported, it is there for who asks (docs/decisions/0030)
if "pandas" not in sys.modules:
    sys.modules["pandas"] = None  # type: ignore[assignment] # what the import system reads as "not installed"
    import sqlite_utils as _first  # noqa: F401 - its import is the point

    del sys.modules["pandas"]

from pipeline.kb.base import KnowledgeBase
from pipeline.kb.rows import ArticleRow, Counts, Saved, StoredArticle

__all__ = ["ArticleRow", "Counts", "KnowledgeBase", "Saved", "StoredArticle"]
