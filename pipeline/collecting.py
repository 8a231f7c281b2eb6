"""Opens what collecting needs from the settings, for the commands that collect."""

from contextlib import AbstractContextManager
from datetime import datetime

from pipeline.config import Config
from scrapers import night
from scrapers.collect import EVERYTHING, Choice, Collector
from scrapers.http import Manners


def open_collector(config: Config, *, now: datetime, choice: Choice = EVERYTHING) -> AbstractContextManager[Collector]:
    """Give a collector that writes to the archive and state file that `config` names; closes what it opened."""
    places = night.Places(archive=config.paths.archive, state=config.paths.frontier)
    manners = Manners(contact=config.collect.contact, delay=config.collect.delay)
    return night.open_collector(places, manners, now=now, hosts=config.collect.hosts, choice=choice)
