"""What commands share: the settings that the group loaded."""

import click

from pipeline.config import Config


def config_of(ctx: click.Context) -> Config:
    """Return the settings that the group loaded."""
    config: Config = ctx.find_root().obj
    return config
