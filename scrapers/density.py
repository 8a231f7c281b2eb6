"""Where on a page the article is: the element whose blocks are worth most together, the innermost of equals. Pure.

A block is worth its characters when it reads like prose, and costs some when it is a link, a scrap or a teaser.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from scrapers.blocks import HEADINGS, Block, Outline
from scrapers.house_text import is_house_text
from scrapers.kinds import Kind

PROSE = 80  # characters from which a block is prose by its length alone
LINE = 50  # or in an element for paragraphs
SENTENCE = 30  # and from which it is when it ends like a sentence
SENTENCE_END = re.compile(r"[.!?…»”\"')](?:\s*[\]\)\d]+)?$|[.!?»”\"]\s*\(?\w{2,12}\)?$")
LINKED = 0.5  # share of link text beyond which a block leads elsewhere
TEASER = 0.3  # an element with a linked heading and less of the page's prose than this is a teaser
TEASER_SIZE = 500  # characters; an element with more is none, or the article with a related link in it
ROW = 3  # elements with linked headings side by side are teasers, however long
JUNK, BESIDE_TEXT = 400.0, 50.0  # characters that an element of links and scraps costs at most
FLAT = 3  # paragraphs side by side
PART, WHOLE = 0.1, 0.9  # shares of worth: a piece of a body, a body that needs no other piece
HINT = 0.6  # an element named like a body is believed when it holds that much of the best one's worth


@dataclass(frozen=True, slots=True)
class Region:
    """The part of a page that holds the article."""

    blocks: tuple[int, ...]  # indexes in the outline, without teasers, links, bylines
    prose: float  # what the page's prose is worth altogether, in characters


def find_region(outline: Outline, *, after: int) -> Region:
    """Return where the article is; `after` is the index of its title, -1 when that is not shown."""
    teasers = _teasers(outline)
    worth = [_worth(block, outline, teasers) if index > after else 0.0 for index, block in enumerate(outline.blocks)]
    prose = sum(value for value in worth if value > 0)
    if not prose:
        return Region((), 0.0)
    inside = _subtree(outline, _best_node(outline, _sums(outline, worth)))
    return Region(
        tuple(
            index
            for index, block in enumerate(outline.blocks)
            if index > after and inside[block.node] and is_text(block) and teasers.isdisjoint(_near(block, outline))
        ),
        prose,
    )


def is_text(block: Block) -> bool:
    """Tell text from bylines, mastheads and links."""
    return block.kind in (Kind.PLAIN, Kind.STANDFIRST) and block.linked <= LINKED


def _worth(block: Block, outline: Outline, teasers: frozenset[int]) -> float:
    """Return what a block is worth in characters: prose its length, the rest less than nothing."""
    if block.kind not in (Kind.PLAIN, Kind.STANDFIRST) or (block.tag in HEADINGS and block.linked <= LINKED):
        return 0.0
    if block.linked > LINKED:
        return -min(len(block.text), 60) - 10.0
    own = len(block.text) * (1 - block.linked)
    if not teasers.isdisjoint(_near(block, outline)) or is_house_text(block.text):
        return -own / 2
    if own >= PROSE or (own >= SENTENCE and (SENTENCE_END.search(block.text) or (block.tag == "p" and own > LINE))):
        return own
    return -5.0 if block.tag in ("li", "td", "th", "dd", "dt") else -10.0


def _near(block: Block, outline: Outline) -> Iterator[int]:
    """Yield the element of a block and the four around it."""
    node = block.node
    for _ in range(5):
        if node < 0:
            return
        yield node
        node = outline.parents[node]


def _teasers(outline: Outline) -> frozenset[int]:
    """Return the elements that hold a heading that is a link: with little prose, or side by side with others."""
    prose = [0.0] * len(outline.parents)
    for block in outline.blocks:
        if block.linked <= LINKED and len(block.text) >= PROSE:
            prose[block.node] += len(block.text)
    prose = _up(outline, prose)
    limit = min(TEASER * prose[0], TEASER_SIZE) if prose else 0.0
    holders = {
        _holder(outline, block, prose, limit)
        for block in outline.blocks
        if block.tag in HEADINGS and block.tag != "h1" and block.linked > 0.8
    }
    beside = Counter(outline.parents[holder] for holder in holders)
    return frozenset(
        holder for holder in holders if holder > 0 and (prose[holder] < limit or beside[outline.parents[holder]] >= ROW)
    )


def _holder(outline: Outline, heading: Block, prose: list[float], limit: float) -> int:
    """Return the element that holds a heading and what it announces."""
    parents = outline.parents
    holder = parents[heading.node]
    while holder > 0 and not prose[holder] and prose[parents[holder]] < limit:
        holder = parents[holder]
    return holder


def _sums(outline: Outline, worth: list[float]) -> list[float]:
    """Return for every element what its blocks are worth; what holds only junk costs a bounded sum.

    It costs little beside paragraphs (old pages have all in one cell), much where it stands between boxes.
    """
    sums = [0.0] * len(outline.parents)
    flat = [0] * len(outline.parents)
    for block, value in zip(outline.blocks, worth, strict=True):
        sums[block.node] += value
        if value > 0:
            flat[block.node] += 1
            flat[outline.parents[block.node]] += 1
    for node in range(len(sums) - 1, 0, -1):
        parent = outline.parents[node]
        sums[parent] += max(sums[node], -BESIDE_TEXT if flat[parent] >= FLAT else -JUNK)
    return sums


def _up(outline: Outline, values: list[float]) -> list[float]:
    """Return for every element the sum over all it holds."""
    for node in range(len(values) - 1, 0, -1):
        values[outline.parents[node]] += values[node]
    return values


def _best_node(outline: Outline, sums: list[float]) -> int:
    """Return the element that holds the article: one that is named a body, if it holds most of the worth."""
    best = max(range(len(sums)), key=lambda node: (sums[node], node))
    hinted = {node for node in outline.body_nodes if sums[node] >= PART * sums[best]}
    outer = [node for node in hinted if hinted.isdisjoint(_above(outline, node))]
    if not outer or sum(sums[node] for node in outer) < HINT * sums[best]:
        return best
    largest = max(outer, key=lambda node: (sums[node], node))
    if sums[largest] >= WHOLE * sum(sums[node] for node in outer):
        return _innermost(outline, sums, largest, hinted)
    common = set.intersection(*({node, *_above(outline, node)} for node in outer))  # a body in several pieces
    return max(common)


def _innermost(outline: Outline, sums: list[float], outer: int, hinted: set[int]) -> int:
    """Return the innermost of nested bodies that is worth no less than the outer one."""
    inside = [node for node in hinted if sums[node] >= sums[outer] and outer in _above(outline, node)]
    return max(inside, default=outer)


def _above(outline: Outline, node: int) -> Iterator[int]:
    """Yield the elements around an element, from within."""
    node = outline.parents[node]
    while node >= 0:
        yield node
        node = outline.parents[node]


def _subtree(outline: Outline, node: int) -> list[bool]:
    inside = [False] * len(outline.parents)
    inside[node] = True
    for child in range(node + 1, len(inside)):
        inside[child] = inside[outline.parents[child]]
    return inside
