"""What the second look sees of an article: where triggers and members stand, in numbers. Pure.

Changing anything here means growing the forests anew (models/training/forest.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.extract.fusion import Scene
from pipeline.extract.offices import find_held
from pipeline.extract.reading import Floats, Reading
from pipeline.extract.surface.features import Spoken
from pipeline.extract.surface.view import Edges, View

FAR = 60  # words
LEAST = -7.0  # log odds of what is not there
PREPOSITIONS = (
    "da dal dallo dalla dall' dai dagli dalle",
    "di d' del dello della dell' dei degli delle",
    "a ad al allo alla all' ai agli alle",
    "con col coi",
    "per",
    "tra fra",
    "e ed",
    "in nel nello nella nell' nei negli nelle",
    "su sul sullo sulla sull' sui sugli sulle",
    ",",
    "(",
)
FORM_OF = {form: at for at, forms in enumerate(PREPOSITIONS) for form in forms.split()}
ARTICLES = frozenset(["il", "lo", "la", "i", "gli", "le", "l'", "un", "uno", "una", "un'"])
BEHIND = (",", ")", "e", "ed", ".", ";", "ha", "hanno", "che", "è")
KINDS = ("ORG", "PER", "PARTY", "MONEY", "PERCENT", "DATE")
BODIES = ("company", "public", "association", "bank", "institution", "fund", "media", "university")


@dataclass(frozen=True, slots=True)
class Look:
    """An article: `standing` [member, numbers] is what holds of a member whatever the deal."""

    view: View
    scene: Scene
    standing: Floats


def look_at(view: View, scene: Scene, reading: Reading, text: str, bodies: Mapping[str, str | None]) -> Look:
    """Return what the second look sees; `bodies` gives the kind of an organisation by its name."""
    held = find_held(text, reading)
    parties = sum(member.kind in {"ORG", "PER", "PARTY"} for member in scene.members)
    rows = [
        [
            len(shown.mentions),
            shown.in_title,
            view.sentences[shown.mentions[0][0]],
            sum(at in held for at in member.candidates) / len(member.candidates),
            parties,
            len(view.words),
            *(member.kind == kind for kind in KINDS),
            *(bodies.get(member.name) == kind for kind in BODIES),
        ]
        for member, shown in zip(scene.members, scene.shown, strict=True)
    ]
    return Look(view, scene, np.array(rows, np.float32).reshape(len(rows), -1))


def place_of(look: Look, triggers: Sequence[int], member: int, others: Sequence[int]) -> list[float]:
    """Return where a member stands to the nearest of `triggers`: distance, side, what is between, before and behind."""
    view, shown = look.view, look.scene.shown[member]
    (apart, gap), edges, spoken = min(
        (
            (nearness(view, spoken, edges), edges, spoken)
            for spoken in (look.scene.spoken[at] for at in triggers)
            for edges in shown.mentions
        ),
        key=lambda each: each[0],
    )
    side = 0 if gap <= 0 else 1 if edges[0] >= spoken.edges[1] else -1
    low, high = (spoken.edges[1], edges[0]) if side > 0 else (edges[1], spoken.edges[0])
    between = [start for at in others for start, _ in look.scene.shown[at].mentions if low <= start < high]
    sentences = {look.scene.spoken[at].sentence for at in triggers}
    return [
        *(apart, min(gap, FAR), side, view.sentences[edges[0]] - spoken.sentence),
        len(between) if not apart else FAR,
        not apart and "," in view.words[low:high],
        spoken.form == "passive",
        spoken.form == "having",
        spoken.sentence == 0,
        sum(view.sentences[start] in sentences for start, _ in shown.mentions),
        *_words_beside(view, edges),
    ]


def nearness(view: View, spoken: Spoken, edges: Edges) -> tuple[int, int]:
    """Return how many sentences and how many words lie between a trigger and a mention."""
    left, right = spoken.edges
    gap = edges[0] - right + 1 if edges[0] >= right else left - edges[1] + 1 if edges[1] <= left else 0
    return abs(view.sentences[edges[0]] - spoken.sentence), gap


def _words_beside(view: View, edges: Edges) -> list[float]:
    """Return which preposition or sign stands before a mention, an article stepped over, and which behind it."""
    before = edges[0] - 1
    before -= view.word(before) in ARTICLES
    form = FORM_OF.get(view.word(before), -1)
    behind = view.word(edges[1])
    return [*(form == at for at in range(len(PREPOSITIONS))), *(behind == word for word in BEHIND)]


def most_of_others(odds: Floats, axis: int) -> Floats:
    """Return for each number the largest other one along `axis`; where there is none, very unlikely odds."""
    if odds.shape[axis] < 2:
        return np.full_like(odds, LEAST)
    ordered = np.sort(odds, axis=axis)
    first, second = np.take(ordered, [-1], axis), np.take(ordered, [-2], axis)
    return np.asarray(np.where(odds == first, second, first), np.float32)
