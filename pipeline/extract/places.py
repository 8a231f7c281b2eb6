"""From mentions of places to one place each. Pure."""

from collections.abc import Sequence

from pipeline.extract.groups import Groups
from pipeline.extract.names import fold
from pipeline.records import Mention, Place


def find_places(mentions: Sequence[Mention]) -> tuple[Place, ...]:
    """Return the places that `mentions` name, in the order of their first mention; "TORINO" is Torino."""
    groups = Groups(len(mentions))
    groups.join_same([fold(mention.text) for mention in mentions])
    return tuple(_place([mentions[at] for at in members]) for members in groups.members())


def _place(mentions: Sequence[Mention]) -> Place:
    spelled = [mention.text for mention in mentions if not mention.text.isupper()]
    return Place((spelled or [mentions[0].text])[0], tuple(mentions))
