"""The annotated articles as the measures see them: XML file -> Gold. Rules: models/corpus/GUIDELINES.md."""

import os
import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from models.training.marks import Mark, read_marked
from models.training.split import Part, read_split, read_teaching_split

ROOT = Path(__file__).resolve().parent.parent
COMMITTED = ("deals", "events")
SHARED = ("wikinews", "meantime")  # texts that may not be committed: measured where they lie beside the checkout

# no measure reads these: `written` teaches, a tenth of it chooses; by `fitting`, which the network never sees, what
# stands behind it is fitted
WRITTEN, FITTING = (ROOT / "models" / "corpus" / name for name in ("written", "fitting"))

NUMBER = re.compile(r"[\d.]+")


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money; numbers are plain units."""

    currency: str
    numbers: tuple[float, ...]  # value, or min, or max, or min and max


@dataclass(frozen=True, slots=True)
class GoldParty:
    """Who takes part, under the name of the article's list; `ref` is its id there."""

    ref: str
    name: str
    role: str
    named: bool


@dataclass(frozen=True, slots=True)
class GoldDeal:
    """One deal of one article."""

    id: str
    type: str
    status: str
    denied: bool
    parties: tuple[GoldParty, ...]
    amount: Sum | None
    stake: float | None
    date: str | None
    subject: str | None
    attrs: dict[str, str]


@dataclass(frozen=True, slots=True)
class GoldName:
    """An organisation or a person: its full name and every form of it in the text. `office` is a person's."""

    id: str
    name: str
    forms: tuple[str, ...]
    kind: str | None = None
    office: str | None = None
    body: str | None = None  # the id of the person's organisation


@dataclass(frozen=True, slots=True)
class Gold:
    """One article: `text` is the title, a blank line, the paragraphs with blank lines between."""

    id: str
    corpus: str
    style: str
    published: str | None
    title: str
    text: str
    marks: tuple[Mark, ...]
    organisations: tuple[GoldName, ...]
    people: tuple[GoldName, ...]
    unnamed: dict[str, str]
    deals: tuple[GoldDeal, ...]

    def surface(self, mark: Mark) -> str:
        """Return the words that `mark` covers."""
        return self.text[mark.start : mark.end]

    def name_of(self, ref: str) -> GoldName | None:
        """Return the organisation or person with the id `ref`."""
        return next((each for each in (*self.organisations, *self.people) if each.id == ref), None)


def read_gold(path: Path, corpus: str) -> Gold:
    """Read one article."""
    root = ET.parse(path).getroot()
    text, marks = read_marked(root)
    forms: defaultdict[str, set[str]] = defaultdict(set)
    for mark in marks:
        if mark.tag in {"org", "per"}:
            forms[mark.attrs["ref"]].add(text[mark.start : mark.end])
    organisations, people = (
        tuple(_name(element, forms) for element in root.findall(tag)) for tag in ("orgs/org", "people/person")
    )
    unnamed = {party.attrib["id"]: party.attrib["name"] for party in root.findall("parties/unnamed")}
    names = unnamed | {each.id: each.name for each in (*organisations, *people)}
    values = {mark.attrs["id"]: mark for mark in marks if "id" in mark.attrs}
    return Gold(
        id=root.attrib["id"],
        corpus=corpus,
        style=root.attrib["style"],
        published=root.get("published"),
        title=text.split("\n\n", 1)[0] if root.find("title") is not None else "",
        text=text,
        marks=marks,
        organisations=organisations,
        people=people,
        unnamed=unnamed,
        deals=tuple(_deal(element, names, set(unnamed), values) for element in root.findall("deals/deal")),
    )


def _name(element: ET.Element, forms: dict[str, set[str]]) -> GoldName:
    id = element.attrib["id"]
    return GoldName(
        id=id,
        name=element.attrib["name"],
        forms=tuple(sorted(forms.get(id, ()))),
        kind=element.get("kind"),
        office=element.get("role"),
        body=element.get("org"),
    )


def _deal(element: ET.Element, names: dict[str, str], unnamed: set[str], values: dict[str, Mark]) -> GoldDeal:
    return GoldDeal(
        id=element.attrib["id"],
        type=element.attrib["type"],
        status=element.attrib["status"],
        denied=element.get("denied") == "yes",
        parties=tuple(
            GoldParty(ref := has.attrib["ref"], names[ref], has.attrib["role"], ref not in unnamed)
            for has in element.findall("has")
        ),
        amount=sum_of(values[element.attrib["amount"]]) if element.get("amount") in values else None,
        stake=_stake(element.get("stake"), values),
        date=element.get("date"),
        subject=element.get("subject"),
        attrs=dict(element.attrib),
    )


def sum_of(mark: Mark) -> Sum:
    """Return the sum that a `money` mark states."""
    numbers = tuple(float(mark.attrs[key]) for key in ("value", "min", "max") if key in mark.attrs)
    return Sum(mark.attrs.get("currency", "EUR"), numbers)


def _stake(stated: str | None, values: dict[str, Mark]) -> float | None:
    if stated is not None and stated in values:
        return float(values[stated].attrs["value"])
    return float(stated) if stated and NUMBER.fullmatch(stated) else None


def find_folders() -> dict[str, Path]:
    """Return the corpora that are here, by name: the committed ones, and the shared ones where they lie."""
    shared = Path(os.environ.get("AFFARI_SHARED", ROOT.parent / "shared")) / "corpus"
    committed = {name: ROOT / "models" / "corpus" / name for name in COMMITTED}
    return committed | {name: shared / name for name in SHARED if (shared / name).is_dir()}


def read_part(part: Part) -> Iterator[Gold]:
    """Yield the articles of a part of the split, corpus by corpus, in the order of their paths."""
    for corpus, folder in find_folders().items():
        parts = read_split(folder)
        for path in sorted(folder.rglob("*.xml")):
            if parts[ET.parse(path).getroot().attrib["id"]] == part:
                yield read_gold(path, corpus)


def read_taught(part: Part) -> Iterator[Gold]:
    """Yield the articles of a part that weights are fitted on: of `read_part`, of `written`, and with dev `fitting`."""
    yield from read_part(part)
    parts = read_teaching_split(WRITTEN)
    paths = [path for path in sorted(WRITTEN.rglob("*.xml")) if parts[path.stem] == part]
    for path in [*paths, *(sorted(FITTING.rglob("*.xml")) if part == "dev" else [])]:
        yield read_gold(path, path.parent.name)
