"""Read the annotated articles and Europarl: file -> Gold. See models/corpus/GUIDELINES.md."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

from models.training.marks import Mark as Span
from models.training.marks import read_marked


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal of the gold: its attributes, and who takes part: (id of organisation, person or unnamed party, role)."""

    attrs: dict[str, str]
    parties: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """One article: `text` is the title, a blank line, the paragraphs with blank lines between.

    `full` is False where only names are marked. `kinds` are the organisations' kinds, `employers` the organisation of a
    person, both by id.
    """

    id: str
    corpus: str
    text: str
    spans: tuple[Span, ...]
    full: bool = True
    kinds: dict[str, str] = field(default_factory=dict)
    employers: dict[str, str] = field(default_factory=dict)
    deals: tuple[Deal, ...] = ()


def read_gold(path: Path, corpus: str) -> Gold:
    """Read one article."""
    root = ET.parse(path).getroot()
    text, spans = read_marked(root)
    people = {person.attrib["id"]: person.get("org", "") for person in root.findall("people/person")}
    return Gold(
        id=root.attrib["id"],
        corpus=corpus,
        text=text,
        spans=spans,
        kinds={org.attrib["id"]: org.get("kind", "") for org in root.findall("orgs/org")},
        employers={person: org for person, org in people.items() if org},
        deals=tuple(
            Deal(dict(deal.attrib), tuple((has.attrib["ref"], has.attrib["role"]) for has in deal.findall("has")))
            for deal in root.findall("deals/deal")
        ),
    )


def read_corpus(folder: Path, corpus: str) -> list[Gold]:
    """Read all articles under `folder`, in the order of their paths."""
    return [read_gold(path, corpus) for path in sorted(folder.rglob("*.xml"))]


def read_sentences(path: Path, separator: str) -> list[list[tuple[str, str]]]:
    """Read a column file: a word and its BIO tag a line, a blank line between sentences."""
    sentences: list[list[tuple[str, str]]] = [[]]
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            columns = line.split(separator)
            sentences[-1].append((columns[0], columns[-1]))
        elif sentences[-1]:
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


# "l' ONU" and "l ' ONU" are printed "l'ONU"; no space before ". , ; : ) ]" nor after "("
CLOSE_LEFT = frozenset(".,;:!?)]}»”%'’")
CLOSE_RIGHT = frozenset("([{«“'’")
ENDS = frozenset('.!?…:;,"»”)')  # of a sentence; one without is a headline


def join_words(words: list[tuple[str, str]], base: int = 0) -> tuple[str, list[Span]]:
    """Print a sentence as a newspaper would; returns its text and its ORG, PER, LOC spans, offsets from `base`."""
    text, spans, glued, quoted = "", [], True, False
    for word, tag in words:
        opens, quoted = word == '"' and not quoted, (word == '"') != quoted
        if not glued and (opens or word[0] not in CLOSE_LEFT) and (opens or word != '"'):
            text += " "
        start, text = len(text), text + word
        kind = tag[2:].lower()
        if tag.startswith("I-") and spans and spans[-1].tag == kind and spans[-1].end >= base + start - 1:
            spans[-1] = Span(kind, spans[-1].start, base + len(text), {})
        elif tag != "O":
            spans.append(Span(kind, base + start, base + len(text), {}))
        glued = opens or word[-1] in CLOSE_RIGHT
    return text, spans


def join_sentences(sentences: list[list[tuple[str, str]]], article: str, corpus: str) -> Gold:
    """Make one article of sentences, a headline ("Uccisi a San Pietroburgo") on a line of its own.

    MISC is left out.
    """
    text, spans = "", []
    for sentence in sentences:
        if text:
            text += " " if text[-1] in ENDS else "\n"
        printed, found = join_words(sentence, len(text))
        text += printed
        spans += [span for span in found if span.tag in {"org", "per", "loc"}]
    return Gold(article, corpus, text, tuple(spans), full=False)


def read_columns(path: Path, corpus: str, *, separator: str, size: int) -> list[Gold]:
    """Read a column file as articles of `size` sentences."""
    sentences = read_sentences(path, separator)
    return [
        join_sentences(sentences[at : at + size], f"{corpus}-{at // size:04d}", corpus)
        for at in range(0, len(sentences), size)
    ]
