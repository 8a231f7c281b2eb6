"""What the second look sees of an article: where triggers and members stand, in numbers. Pure.

Changing anything here means growing the forests anew (models/training/forest.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pipeline.extract.forest.places import Ground, survey
from pipeline.extract.fusion import Scene, log_odds
from pipeline.extract.labels import PARTIES
from pipeline.extract.offices import find_held
from pipeline.extract.reading import Floats, Reading
from pipeline.extract.surface.view import View

LEAST = -7.0  # log odds of what is not there
KINDS = ("ORG", "PER", "PARTY", "MONEY", "PERCENT", "DATE")
BODIES = ("company", "public", "association", "bank", "institution", "fund", "media", "university")
KIND_FLAGS = {kind: tuple(kind == other for other in KINDS) for kind in KINDS}
BODY_FLAGS: dict[str | None, tuple[bool, ...]] = {body: tuple(body == other for other in BODIES) for body in BODIES}
NO_BODY = (False,) * len(BODIES)


@dataclass(frozen=True, slots=True)
class Look:
    """An article: `standing` [member, numbers] is what holds of a member whatever the deal.

    `odds` [reader, trigger, member, links] are the links' log odds by both readers together, the heads, the surface.
    """

    view: View
    scene: Scene
    standing: Floats
    odds: Floats
    ground: Ground


def look_at(view: View, scene: Scene, reading: Reading, text: str, bodies: Mapping[str, str | None]) -> Look:
    """Return what the second look sees; `bodies` gives the kind of an organisation by its name."""
    held = find_held(text, reading)
    parties = sum(member.kind in PARTIES for member in scene.members)
    rows = [
        [
            len(shown.mentions),
            shown.in_title,
            view.sentences[shown.mentions[0][0]],
            sum(at in held for at in member.candidates) / len(member.candidates),
            parties,
            len(view.words),
            *KIND_FLAGS[member.kind],
            *BODY_FLAGS.get(bodies.get(member.name), NO_BODY),
        ]
        for member, shown in zip(scene.members, scene.shown, strict=True)
    ]
    standing = np.array(rows, np.float32).reshape(len(rows), 6 + len(KINDS) + len(BODIES))
    odds = log_odds(np.stack([scene.links, scene.heads, scene.surface]))
    return Look(view, scene, standing, odds, survey(view, scene))


def most_of_others(odds: Floats, axis: int) -> Floats:
    """Return for each number the largest other one along `axis`; where there is none, very unlikely odds."""
    if odds.shape[axis] < 2:
        return np.full_like(odds, LEAST)
    ordered, before = np.sort(odds, axis=axis), (slice(None),) * axis
    first, second = ordered[(*before, slice(-1, None))], ordered[(*before, slice(-2, -1))]
    return np.asarray(np.where(odds == first, second, first), np.float32)
