"""Other parties in the same sentence: "ha assegnato un ordine a due aziende, ad altre ha affidato commesse". Pure.

"Ad altre" before a verb says that what the verb and the words behind it tell is with others: another deal than the one
told before it, and not with the parties described there. It is rare: of 3,600 pairs of neighbouring triggers in the
articles that teach one stands so, and is of two deals; the Torino report is the other that was met.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.extract.fusion import Scene
from pipeline.extract.surface.features import Spoken
from pipeline.extract.surface.view import View

TO = frozenset(["a", "ad", "agli", "alle", "con", "da", "dagli", "dalle"])
OTHERS = frozenset(["altri", "altre", "altro", "altra"])
NEAR = 4  # words before the trigger: "ad altre due ha affidato", "ad altre aziende piemontesi ha affidato"

Flags = npt.NDArray[Any]


def find_others(view: View, spoken: Sequence[Spoken]) -> tuple[int, ...]:
    """Return the triggers (indices) before which others are named as parties."""
    return tuple(at for at, each in enumerate(spoken) if _speaks_of_others(view, each.edges[0]))


def _speaks_of_others(view: View, start: int) -> bool:
    """Say whether "ad altri" stands right before the word `start`, in its sentence and clause."""
    words = view.words[max(view.sentence(start)[0], start - NEAR) : start]
    at = next((at for at in range(len(words) - 1, 0, -1) if words[at] in OTHERS), None)
    return at is not None and words[at - 1] in TO and "," not in words[at:]


def part_others(view: View, scene: Scene) -> Scene:
    """Return the scene without the links of triggers behind "ad altri" to who is described before it."""
    others = find_others(view, scene.spoken)
    if not others:
        return scene
    lost = np.zeros(scene.links.shape[:2], bool)
    for other in others:
        first = scene.spoken[other]
        behind = [at for at, each in enumerate(scene.spoken) if each.sentence == first.sentence and at >= other]
        for at, (member, shown) in enumerate(zip(scene.members, scene.shown, strict=True)):
            ends = [end for _, end in shown.mentions]
            if member.kind == "PARTY" and max(ends) <= first.edges[0]:
                lost[behind, at] = True
    links, heads, surface = (
        np.where(lost[:, :, None], np.float32(0), each) for each in (scene.links, scene.heads, scene.surface)
    )
    return replace(scene, links=links, heads=heads, surface=surface)


def tell_apart(view: View, spoken: Sequence[Spoken]) -> Flags:
    """Return which two triggers tell of deals with others: [trigger, trigger]."""
    apart = np.zeros((len(spoken), len(spoken)), bool)
    for other in find_others(view, spoken):
        here = np.array([each.sentence == spoken[other].sentence for each in spoken])
        behind = here & (np.arange(len(spoken)) >= other)
        apart |= np.outer(here & ~behind, behind)
    return apart | apart.T
