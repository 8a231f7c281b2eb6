"""Which articles teach, which choose, which judge: fixed for ever by a hash of the article's id.

`deals`, `wikinews`, `meantime`, Europarl: the id itself is hashed. `events`: articles that tell the same event go
together, so what is hashed is the smallest event id of the cluster (background events, "e1-e07-b2", do not join).
`written` only teaches and chooses: what would be test there is train.
"""

import hashlib
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

Part = Literal["train", "dev", "test"]

# "e1-e07" joins the articles that tell it, "e1-e07-b2" is a background deal and does not
BACKGROUND = re.compile(r"-b\d+$")


def part_of(key: str) -> Part:
    """Return the part of an article or cluster: first 8 hex digits of SHA-256 modulo 10; 0 test, 1 dev, else train."""
    bucket = int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) % 10
    return "test" if bucket == 0 else "dev" if bucket == 1 else "train"


def cluster_keys(events: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return for each article id the key to hash, given the event ids of its deals; without events, its own id."""
    parent: dict[str, str] = {}

    def find(node: str) -> str:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    told = {article: sorted(e for e in ids if not BACKGROUND.search(e)) for article, ids in events.items()}
    for ids in told.values():
        for other in ids[1:]:
            first, second = sorted((find(ids[0]), find(other)))
            parent[second] = first
    return {article: find(ids[0]) if ids else article for article, ids in told.items()}


def read_teaching_split(folder: Path) -> dict[str, Part]:
    """Return the part of every article under `folder` of a corpus that only teaches and chooses: none is in test."""
    ids = (ET.parse(path).getroot().attrib["id"] for path in sorted(folder.rglob("*.xml")))
    return {article: "dev" if part_of(article) == "dev" else "train" for article in ids}


def read_split(folder: Path) -> dict[str, Part]:
    """Return the part of every article under `folder`, by id; the files are as models/corpus/GUIDELINES.md says."""
    events: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*.xml")):
        root = ET.parse(path).getroot()
        events[root.attrib["id"]] = {deal.attrib["event"] for deal in root.iter("deal") if "event" in deal.attrib}
    return {article: part_of(key) for article, key in cluster_keys(events).items()}
