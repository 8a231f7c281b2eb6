"""What the learned reader says of one article: spans and probabilities, before anything is decided. Values only.

Offsets are code points of the text, end exclusive. Arrays hold probabilities (0 to 1); their last axis runs in the
order of the inventories of `labels.py`. The linker leaves it in `doc._.affari_reading`; the assembly reads nothing else
of the model.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from pipeline.extract.labels import LINKS, RELATIONS, STATUSES, TYPES

Floats = npt.NDArray[np.float32]
EXTENSION = "affari_reading"


def _nothing(*shape: int) -> Floats:
    return np.zeros(shape, np.float32)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may take part in a deal, or stand in a relation; `kind` is one of `labels.KINDS`, or LOC.

    `score` is the tagger's probability of the span. `organisation` is the body's kind ("public") where `kind` is ORG,
    `share` what a percentage is a part of where it is PERCENT, else None.
    """

    start: int
    end: int
    kind: str
    score: float = 1.0
    organisation: str | None = None
    share: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """The words that say what a trigger's deal is about; `score` is the probability that it is these, all of them."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that say that a deal happens. `score` is the tagger's probability of the span, `denied` of a denial."""

    start: int
    end: int
    score: float
    types: tuple[float, ...]  # as `labels.TYPES`, then: no deal at all
    statuses: tuple[float, ...]  # as `labels.STATUSES`
    denied: float = 0.0
    subjects: tuple[Subject, ...] = ()  # the likeliest first, however unlikely; of hopeless triggers none

    def __post_init__(self) -> None:
        """Raise ValueError where a distribution has not the length of its inventory."""
        if len(self.types) != len(TYPES) + 1 or len(self.statuses) != len(STATUSES):
            raise ValueError(f"{len(self.types)} types, {len(self.statuses)} statuses at {self.start}")


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read of one article. Triggers and candidates are in reading order."""

    triggers: tuple[Trigger, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    links: Floats = field(default_factory=lambda: _nothing(0, 0, len(LINKS)))  # trigger, candidate, `labels.LINKS`
    same_deal: Floats = field(default_factory=lambda: _nothing(0, 0))  # trigger, trigger: symmetric, 1 on the diagonal
    # from candidate, to candidate, `labels.RELATIONS`: role to person, person to body, party to body, body to body
    relations: Floats = field(default_factory=lambda: _nothing(0, 0, len(RELATIONS)))

    def __post_init__(self) -> None:
        """Raise ValueError where an array has not the shape of the spans it speaks of."""
        rows, columns = len(self.triggers), len(self.candidates)
        wanted = ((rows, columns, len(LINKS)), (rows, rows), (columns, columns, len(RELATIONS)))
        if (found := (self.links.shape, self.same_deal.shape, self.relations.shape)) != wanted:
            raise ValueError(f"arrays of shapes {found}, wanted {wanted}")


def set_reading(doc: Doc, reading: Reading) -> Doc:
    """Leave `reading` with `doc`."""
    register_reading()
    doc._.set(EXTENSION, reading)
    return doc


def reading_of(doc: Doc) -> Reading:
    """Return what was read of `doc`; nothing where no linker ran."""
    register_reading()
    return doc._.get(EXTENSION) or Reading()


def register_reading() -> None:
    """Make `doc._.affari_reading` known to spaCy; doing so twice is doing so once."""
    if not Doc.has_extension(EXTENSION):
        Doc.set_extension(EXTENSION, default=None)
