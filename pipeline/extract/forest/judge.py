"""Puts the forests' word in the place of the readers'. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.forest.links import Supposed, judge_deals
from pipeline.extract.forest.look import Look
from pipeline.extract.forest.trees import Forests
from pipeline.extract.frames import Frames
from pipeline.extract.reading import Floats


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges the links of one article's deals."""

    look: Look
    grown: Forests
    frames: Frames

    def __call__(self, deals: Sequence[Supposed]) -> Floats:
        """Return how likely each member has each part in each: [deal, member, link]; roles its frame lacks are 0."""
        return judge_deals(self.look, deals, self.frames, self.grown)
