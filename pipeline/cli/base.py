"""Opens the knowledge base for a command: its file from the settings, its clock from the machine."""

from datetime import UTC, datetime

import click

from pipeline.cli.options import config_of
from pipeline.kb import KnowledgeBase


def now() -> datetime:
    """Return the time, UTC."""
    return datetime.now(UTC)


def reading(ctx: click.Context) -> KnowledgeBase:
    """Open the knowledge base for reading; raises StoreError where there is none yet."""
    return KnowledgeBase.open_readonly(config_of(ctx).paths.database, now=now)


def writing(ctx: click.Context) -> KnowledgeBase:
    """Open the knowledge base for writing."""
    return KnowledgeBase.open(config_of(ctx).paths.database, now=now)


def changing(ctx: click.Context) -> KnowledgeBase:
    """Open a knowledge base that is there for writing; raises StoreError where there is none yet."""
    with reading(ctx):
        return writing(ctx)
