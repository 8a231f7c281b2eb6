"""The text of an annotated article and the marks in it; what the marks mean is for who reads them."""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

SPACE = re.compile(r"\s+")
# Writers differ in whether the article belongs to a trigger or a percentage: "l'intesa", "il 60%". It is cut here.
ARTICLES = {
    "trigger": re.compile(r"(?:(?:il|lo|la|i|gli|le|un|uno|una)\s+|(?:l|un)['’]\s*)(?=\S)", re.IGNORECASE),
    "percent": re.compile(r"(?:(?:il|lo|la|i|gli|le)\s+|l['’]\s*)(?=\S)", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: its tag, code points of the text (end exclusive), its attributes."""

    tag: str
    start: int
    end: int
    attrs: dict[str, str]


def read_marked(root: ET.Element) -> tuple[str, tuple[Mark, ...]]:
    """Return the text of an article - title, a blank line, paragraphs - and its marks in reading order, outer first."""
    writer = _Writer()
    for part in [*root.findall("title"), *root.findall("body/p")]:
        writer.paragraph(part)
    return writer.text.rstrip(), tuple(sorted(writer.marks, key=lambda mark: (mark.start, -mark.end)))


class _Writer:
    """Puts the text together as a newspaper would print it, and remembers where the marks lie."""

    def __init__(self) -> None:
        self.text = ""
        self.marks: list[Mark] = []

    def put(self, text: str | None) -> None:
        text = SPACE.sub(" ", text or "")
        if text.startswith(" ") and (not self.text or self.text[-1] in " \n"):
            text = text[1:]
        self.text += text

    def walk(self, element: ET.Element) -> None:
        start = len(self.text)
        self.put(element.text)
        for child in element:
            self.walk(child)
            self.put(child.tail)
        if element.tag in {"title", "p"}:
            return
        article = ARTICLES[element.tag].match(self.text, start) if element.tag in ARTICLES else None
        start = article.end() if article else start
        self.marks.append(Mark(element.tag, start, len(self.text), dict(element.attrib)))

    def paragraph(self, element: ET.Element) -> None:
        if self.text:
            self.text = self.text.rstrip(" ") + "\n\n"
        self.walk(element)
