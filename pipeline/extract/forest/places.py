"""Where the members of an article stand to the triggers of a deal, all of them at once: arrays of words. Pure.

Changing what the numbers say means growing the forests anew (models/training/forest.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.extract.fusion import Scene
from pipeline.extract.reading import Floats
from pipeline.extract.surface.view import Edges, View

FAR = 60  # words
PLACES = 10  # numbers before those of the words beside
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
NO_FORM = len(PREPOSITIONS)
SIGN_OF = {word: at for at, word in enumerate(BEHIND)}
# Members that are asked about together: parties, sums, shares, days.
GROUPS = {"ORG": 0, "PER": 0, "PARTY": 0, "MONEY": 1, "PERCENT": 2, "DATE": 3}

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ground:
    """An article's mentions, the members' one after another, and its triggers; places are numbers of words.

    `first` is the first mention of each member, `group` the members' kinds as `GROUPS`, `beside` what stands before
    and behind each mention, `commas` how many commas stand before each word.
    """

    starts: Ints  # mention
    ends: Ints
    sentences: Ints
    owner: Ints
    beside: Floats  # mention, numbers
    first: Ints  # member
    group: Ints
    lefts: Ints  # trigger
    rights: Ints
    lines: Ints
    forms: Floats  # trigger: passive, with avere, in the first sentence
    commas: Ints


def survey(view: View, scene: Scene) -> Ground:
    """Return the ground of an article."""
    edges = [edges for shown in scene.shown for edges in shown.mentions]
    counts = [len(shown.mentions) for shown in scene.shown]
    starts, ends = _columns(edges)
    lefts, rights = _columns([spoken.edges for spoken in scene.spoken])
    sentences = np.array(view.sentences, np.int64)
    return Ground(
        starts=starts,
        ends=ends,
        sentences=sentences[starts],
        owner=np.repeat(np.arange(len(counts)), counts),
        beside=_words_beside(view, edges),
        first=np.cumsum([0, *counts])[:-1],
        group=np.array([GROUPS[member.kind] for member in scene.members], np.int64),
        lefts=lefts,
        rights=rights,
        lines=np.array([spoken.sentence for spoken in scene.spoken], np.int64),
        forms=np.array(
            [(each.form == "passive", each.form == "having", each.sentence == 0) for each in scene.spoken], np.float32
        ),
        commas=np.cumsum([0, *(word == "," for word in view.words)]),
    )


def _columns(edges: Sequence[Edges]) -> Any:
    return np.array(edges, np.int64).reshape(-1, 2).T


def _words_beside(view: View, edges: Sequence[Edges]) -> Floats:
    """Return which preposition or sign stands before a mention, an article stepped over, and which behind it."""
    before = [start - 1 - (view.word(start - 1) in ARTICLES) for start, _ in edges]
    forms = [FORM_OF.get(view.word(at), NO_FORM) for at in before]
    signs = [SIGN_OF.get(view.word(end), len(BEHIND)) for _, end in edges]
    return np.concatenate(
        [
            np.eye(NO_FORM + 1, NO_FORM, dtype=np.float32)[forms],
            np.eye(len(BEHIND) + 1, len(BEHIND), dtype=np.float32)[signs],
        ],
        axis=1,
    )


def places_of(ground: Ground, deals: Sequence[Sequence[int]]) -> Floats:
    """Return where each member stands to the nearest trigger of each of `deals`: [deal, member, numbers].

    A deal is its triggers, one at least. The numbers: sentences apart, words apart, side, sentences behind, how many
    others of its group stand between, a comma between, the trigger's form, mentions in the triggers' sentences, the
    words beside.
    """
    places = np.zeros((len(deals), len(ground.first), PLACES + ground.beside.shape[1]), np.float32)
    if not places.size:
        return places
    triggers = np.array([at for deal in deals for at in deal], np.int64)
    begins = np.array([0, *accumulate(map(len, deals))][:-1])
    trigger, mention, apart, gap = _nearest(ground, triggers, begins)
    start, end = ground.starts[mention], ground.ends[mention]
    left, right = ground.lefts[trigger], ground.rights[trigger]
    side = np.where(gap <= 0, 0, np.where(start >= right, 1, -1))
    low, high = np.where(side > 0, right, end), np.where(side > 0, start, left)
    here = np.logical_or.reduceat(ground.sentences == ground.lines[triggers][:, None], begins)
    places[..., 0] = apart
    places[..., 1] = np.minimum(gap, FAR)
    places[..., 2] = side
    places[..., 3] = ground.sentences[mention] - ground.lines[trigger]
    places[..., 4] = np.where(apart == 0, _between(ground, low, high), FAR)
    places[..., 5] = (apart == 0) & (ground.commas[np.maximum(high, low)] > ground.commas[low])
    places[..., 6:9] = ground.forms[trigger]
    places[..., 9] = np.add.reduceat(here, ground.first, axis=1, dtype=np.int64)
    places[..., PLACES:] = ground.beside[mention]
    return places


def _nearest(ground: Ground, triggers: Ints, begins: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Return each member's nearest pair of trigger and mention, the sentences and the words between: [deal, member].

    The triggers of deal d begin at `begins[d]`. One number orders the pairs: sentences, then words, then triggers, then
    mentions; of like the first counts.
    """
    left, right = ground.lefts[triggers][:, None], ground.rights[triggers][:, None]
    gaps = np.maximum(np.maximum(ground.starts - right, left - ground.ends) + 1, 0)
    aparts = np.abs(ground.sentences - ground.lines[triggers][:, None])
    pairs, words = gaps.size, len(ground.commas) + 1
    order = (aparts * words + gaps) * pairs + np.arange(pairs).reshape(gaps.shape)
    best = np.minimum.reduceat(np.minimum.reduceat(order, begins), ground.first, axis=1)
    pair, nearness = best % pairs, best // pairs
    return triggers[pair // gaps.shape[1]], pair % gaps.shape[1], nearness // words, nearness % words


def _between(ground: Ground, low: Ints, high: Ints) -> Ints:
    """Return how many mentions of other members of its group stand between two words, for each [deal, member]."""
    others = ground.owner != np.arange(len(ground.first))[:, None]
    alike = ground.group[ground.owner] == ground.group[:, None]
    inside = (low[..., None] <= ground.starts) & (ground.starts < high[..., None])
    return np.asarray((others & alike & inside).sum(axis=2))
