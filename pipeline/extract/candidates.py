"""What may belong to a deal of a Doc: the spans that tagger and values left, in one order."""

from spacy.tokens import Doc, Span

from pipeline.extract.labels import KINDS, LAYERS

VALUES = "affari_values"
GROUPS = {layer: f"affari_{layer}" for layer in LAYERS}


def find_candidates(doc: Doc) -> list[tuple[Span, float]]:
    """Return all that may belong to a deal, with the tagger's probability, in reading order; values have 1."""
    found = [
        (span, score)
        for layer in ("entities", "parties", "roles")
        for span, score in zip(doc.spans[GROUPS[layer]], doc.spans[GROUPS[layer]].attrs["scores"], strict=True)
    ]
    found += [(span, 1.0) for span in doc.spans.get(VALUES, ()) if span.label_ in KINDS]
    return sorted(found, key=lambda one: (one[0].start, one[0].end, one[0].label_))
