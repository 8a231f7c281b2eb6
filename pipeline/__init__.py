"""Reading, knowing, telling: from an article to records in the knowledge base.

`from pipeline import KnowledgeBase` opens a ledger (docs/kb.md); it is loaded when asked for, since commands that only
read an article need no database.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.kb import KnowledgeBase

__all__ = ["KnowledgeBase"]


def __getattr__(name: str) -> object:
    if name == "KnowledgeBase":
        from pipeline.kb import KnowledgeBase

        return KnowledgeBase
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
