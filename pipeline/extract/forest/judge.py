"""Puts the forests' word in the place of the readers'. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.extract.forest.links import Supposed, judge_links
from pipeline.extract.forest.look import Look
from pipeline.extract.forest.trees import Forests
from pipeline.extract.frames import Frame
from pipeline.extract.reading import Floats
from pipeline.records import DealType


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges the links of one article's deals."""

    look: Look
    grown: Forests

    def __call__(self, links: Floats, triggers: Sequence[int], kind: DealType, chance: float, frame: Frame) -> Floats:
        """Return how likely each member has each part in the deal: [member, links]; roles that `frame` lacks are 0."""
        judged = judge_links(self.look, Supposed(triggers, kind, chance), roles=frame.roles, grown=self.grown)
        return np.asarray(judged, links.dtype)
