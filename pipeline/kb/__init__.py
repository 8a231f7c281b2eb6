"""The knowledge base: the only SQL of the program."""

from pipeline.kb.base import KnowledgeBase

__all__ = ["KnowledgeBase"]
