"""Finds parties that are described and not named, where the tagger sees none: "due aziende piemontesi". Pure."""

import re
from dataclasses import replace

import numpy as np

from pipeline.extract.labels import PARTIES
from pipeline.extract.reading import Candidate, Reading
from pipeline.lexicon import LexiconModel, load_lexicon


class PartyWords(LexiconModel):
    """models/lexicon/parties.toml."""

    counts: tuple[str, ...]
    before: tuple[str, ...]
    heads: tuple[str, ...]
    endings: tuple[str, ...]
    examples: tuple[str, ...]
    non_examples: tuple[str, ...]

    def pattern(self) -> re.Pattern[str]:
        """Return the expression that the words make; "due aziende piemontesi", never "due aziende"."""
        counts = "|".join(f"{word}\\s?" if word.endswith("'") else f"{word}\\s" for word in self.counts)
        counts = counts.replace("'", "['’]")
        place = r"di\s[A-ZÀ-Ý][\w'’]+(?:\s[A-ZÀ-Ý][\w'’]+)*"
        adjective = rf"[a-zà-ý]+(?:{'|'.join(self.endings)})\b"
        before, heads = (f"(?:{'|'.join(words)})" for words in (self.before, self.heads))
        return re.compile(rf"\b(?:(?i:{counts}))(?:{before}\s)?{heads}\s(?:{place}|{adjective})")


def load_party_words() -> PartyWords:
    """Read models/lexicon/parties.toml."""
    return load_lexicon("parties", PartyWords)


def add_described(text: str, reading: Reading, *, pattern: re.Pattern[str]) -> Reading:
    """Return the reading with the described parties that it has not, as candidates without links.

    What overlaps an organisation, a person or another party is left out.
    """
    taken = [each for each in reading.candidates if each.kind in PARTIES]
    spans = (match.span() for match in pattern.finditer(text))
    added = [
        Candidate(start, end, "PARTY", score=0.5)
        for start, end in spans
        if not any(each.start < end and start < each.end for each in taken)
    ]
    if not added:
        return reading
    both = [*reading.candidates, *added]
    order = sorted(range(len(both)), key=lambda at: (both[at].start, both[at].end))
    links = np.pad(reading.links, ((0, 0), (0, len(added)), (0, 0)))[:, order]
    relations = np.pad(reading.relations, ((0, len(added)), (0, len(added)), (0, 0)))[np.ix_(order, order)]
    return replace(reading, candidates=tuple(both[at] for at in order), links=links, relations=relations)
