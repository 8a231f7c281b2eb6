"""Every committed article keeps the rules of models/corpus/GUIDELINES.md that a program can check."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.extract.labels import STATUSES, TYPES
from pipeline.records import PartyRole

CORPUS = Path(__file__).parents[2] / "models" / "corpus"
FOLDERS = ("deals", "events", "written", "fitting")
TAGS = frozenset({"org", "per", "loc", "date", "money", "percent", "role", "trigger", "party"})
NUMBERS = {"exact": {"value"}, "about": {"value"}, "over": {"min"}, "under": {"max"}, "range": {"min", "max"}}
ROLES = {role.value for role in PartyRole}
NUMBER = re.compile(r"\d+(\.\d+)?")


def marks_of(root: ET.Element) -> list[ET.Element]:
    """Return the marks in title and body."""
    parts = [root.find("title"), root.find("body")]
    return [
        mark for part in parts if part is not None for mark in part.iter() if mark.tag not in {"title", "body", "p"}
    ]


def faults_of_mark(mark: ET.Element, known: dict[str, set[str]]) -> Iterator[str]:
    """Yield what is wrong with a mark, given the ids that the article lists."""
    surface = "".join(mark.itertext())
    if mark.tag not in TAGS or surface != surface.strip() or not surface:
        yield f"<{mark.tag}> {surface!r}"
    wanted = {"org": "ref", "per": "ref", "role": "of", "party": "ref", "trigger": "deal"}.get(mark.tag)
    if wanted and not set(mark.attrib[wanted].split()) <= known[mark.tag]:
        yield f"<{mark.tag}> {surface!r} of unknown {mark.attrib[wanted]!r}"
    if mark.tag == "money" and not NUMBERS[mark.attrib["qualifier"]] <= mark.attrib.keys():
        yield f"{surface!r} lacks its numbers"
    if mark.tag == "percent" and not (NUMBER.fullmatch(mark.attrib["value"]) and mark.attrib["of"]):
        yield f"{surface!r}: {mark.attrib}"


def faults_of_deal(deal: ET.Element, told: set[str], sums: set[str], parties: set[str]) -> Iterator[str]:
    """Yield what is wrong with a deal, given the deals that triggers tell, the sums and the parties of the article."""
    name = deal.attrib["id"]
    if deal.attrib["type"] not in TYPES or deal.attrib["status"] not in STATUSES:
        yield f"{name}: {deal.attrib['type']} {deal.attrib['status']}"
    if name not in told:
        yield f"{name} has no trigger"
    if deal.get("amount", "") not in sums | {""}:
        yield f"{name}: no sum {deal.attrib['amount']}"
    for has in deal.findall("has"):
        if has.attrib["role"] not in ROLES or has.attrib["ref"] not in parties:
            yield f"{name}: {has.attrib}"


def faults_of(root: ET.Element) -> Iterator[str]:
    """Yield what is wrong with an article."""
    marks = marks_of(root)
    orgs, people, unnamed, deals = (
        {each.attrib["id"] for each in root.findall(path)}
        for path in ("orgs/org", "people/person", "parties/unnamed", "deals/deal")
    )
    known = {"org": orgs, "per": people, "role": people, "party": unnamed | orgs, "trigger": deals}
    for mark in marks:
        yield from faults_of_mark(mark, known)
    told = {name for mark in marks if mark.tag == "trigger" for name in mark.attrib["deal"].split()}
    sums = {mark.attrib["id"] for mark in marks if mark.tag == "money"}
    for deal in root.findall("deals/deal"):
        yield from faults_of_deal(deal, told, sums, orgs | people | unnamed)


@pytest.mark.parametrize("folder", FOLDERS)
def test_articles_keep_the_guidelines(folder: str) -> None:
    articles = [(path, ET.parse(path).getroot()) for path in sorted((CORPUS / folder).rglob("*.xml"))]
    found = [f"{path.name}: {fault}" for path, root in articles for fault in faults_of(root)]
    assert found == []
    assert [root.attrib["id"] for _, root in articles] == [path.stem for path, _ in articles]
    assert len({path.stem for path, _ in articles}) == len(articles) > 0


def test_a_fault_is_found() -> None:
    root = ET.fromstring(
        '<article id="a"><body><p><trigger deal="d2">compra</trigger> <org ref="b"> Beta</org></p></body>'
        '<orgs><org id="a" name="Alfa"/></orgs><deals><deal id="d1" type="buy" status="signed"/></deals></article>'
    )
    assert len(list(faults_of(root))) == 5
