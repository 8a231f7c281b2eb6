"""Where triggers begin and end."""

import pytest
import spacy

from pipeline.extract.decode import Tagged
from pipeline.extract.edges import load_edge_words, set_edges

# What the token layer found is between brackets, what becomes of it follows.
EDGES = [
    ("Le maglie gli [ha] già anticipate la banca", ["ha già anticipate"]),
    ("La quota [è] salita al 30%", ["è salita"]),
    ("[ha] ieri incontrato i soci", ["ha"]),  # not all adverbs are known
    ("[potrebbe] rilevare la quota", ["potrebbe rilevare"]),
    ("[potrebbe] oggi", ["potrebbe"]),
    ("ha [rilevato] Beta", ["ha rilevato"]),
    ("è stata [affidata] ad Alfa", ["è stata affidata"]),
    ("la [commessa] è grande", ["commessa"]),
    ("la gara e [contratto]", ["contratto"]),
    ("intende [cedere] Beta", ["intende cedere"]),
    ("pensa di [cedere] Beta", ["cedere"]),
    ("un contratto che [li ha] promessi", ["ha promessi"]),
    ("il Comune [li] vuole", ["li"]),  # nothing is left else
    ("la [l'ordine] di", ["ordine"]),
    ("Alfa si [aggiudica] la gara", ["si aggiudica"]),
    ("Alfa non si è [aggiudicata] la gara", ["non si è aggiudicata"]),
    ("Alfa non [vende]", ["vende"]),  # a "non" alone is as often outside
    ("la banca [apre il] capitale", ["apre il capitale"]),
    ("il fondo [mandò all']aria la vendita", ["mandò all'aria"]),
    ("un [prestito di] 3 milioni", ["prestito"]),
    ("la quota [di] Alfa", ["di"]),
    ("Birra, [si parte\n\nAccordo] fatto", ["si parte", "Accordo"]),
    ("[firma]", ["firma"]),
    ("[ha]", ["ha"]),
    ("[entra nel]", ["entra nel"]),
    ("[potrebbe] [rilevare] Beta", ["potrebbe rilevare"]),
    ("[abbiamo accolto] un distributore russo", []),  # a visit
    ("la settimana scorsa abbiamo [ospitato] i vertici", []),
    ("Beta [ha accolto] un nuovo socio", ["ha accolto"]),
    ("[terza] [commessa]", ["terza", "commessa"]),  # those that only touch stay apart
]


def read_bracketed(line: str) -> tuple[spacy.tokens.Doc, list[Tagged]]:
    """Return the text without brackets as a Doc, and the bracketed words."""
    text, spans, start = "", [], 0
    for char in line:
        if char == "[":
            start = len(text)
        elif char == "]":
            spans.append((start, len(text)))
        else:
            text += char
    doc = spacy.blank("it")(text)
    found = [doc.char_span(*span, alignment_mode="expand") for span in spans]
    return doc, [Tagged(span.start, span.end, "TRIGGER", 0.5) for span in found]


@pytest.mark.parametrize(("line", "expected"), EDGES)
def test_edges(line, expected):
    doc, spans = read_bracketed(line)
    settled = set_edges(spans, [token.text for token in doc], load_edge_words())
    assert [doc[span.start : span.end].text for span in settled] == expected
