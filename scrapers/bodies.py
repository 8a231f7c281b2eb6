"""What of an article's region is its text: without house text and repeats, with its standfirst once. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scrapers.blocks import HEADINGS, Block, Outline
from scrapers.bylines import is_byline
from scrapers.density import LINKED, PROSE, find_region, is_text
from scrapers.house_text import is_end, is_house_text, is_lock, without_tail
from scrapers.kinds import Kind

ABOVE = 0.6  # share of the page's prose that stands behind its title
STUB = 8  # blocks after the title in which a page without text may still have a standfirst
CELL = 120  # characters; longer cells are layout, not figures
# "TORINO - ", "(ANSA) - ROMA, 12 MAR - " before the first sentence
PLACE_LINE = re.compile(
    r"^(?:\([^)]{2,30}\)\s*[-–]?\s*)?[^a-z]{2,40}(?:,\s*\d{1,2}\s+\w{3,9}\.?(?:\s+\d{4})?)?\s*(?:\([^)]{2,30}\))?\s*[-–—.]\s+"
)
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Body:
    """The paragraphs of an article, and how much of the page's prose they hold (0..1)."""

    paragraphs: tuple[str, ...]
    share: float
    first: int  # index of the first and last block in the outline; -1 when there is none
    last: int

    @property
    def text(self) -> str:
        """Paragraphs parted by a blank line."""
        return "\n\n".join(self.paragraphs)


NO_BODY = Body((), 0.0, -1, -1)


@dataclass(frozen=True, slots=True)
class BodyRules:
    """What is known of the article before its body is read."""

    title: str = ""
    description: str = ""  # as the meta tags have it: a block that says the same is the standfirst
    authors: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


def find_body(outline: Outline, rules: BodyRules) -> Body:
    """Return the article's body by density; NO_BODY when no block reads like prose."""
    title = title_index(outline.blocks, rules.title)
    region = find_region(outline, after=title)
    return _assemble(outline, _cut_end(region.blocks, outline.blocks), title, rules, region.prose)


def body_of_blocks(outline: Outline, rules: BodyRules) -> Body:
    """Return the body of an outline that holds nothing but the body, as a source's selector gives it."""
    title = title_index(outline.blocks, rules.title)
    kept = [index for index, block in enumerate(outline.blocks) if index != title and is_text(block)]
    return _assemble(outline, _cut_end(kept, outline.blocks), -1, rules, 0.0)


def _assemble(outline: Outline, kept: list[int], title: int, rules: BodyRules, prose: float) -> Body:
    blocks = outline.blocks
    kept = _drop_orphan_headings([i for i in kept if not _is_house(blocks[i], rules)], blocks)
    if not kept:
        stub = _standfirst(blocks, title, title + STUB, rules) if title >= 0 else ()
        return Body(stub, 0.0, title, title) if stub else NO_BODY
    texts = [without_tail(text) for text in _join_cells(kept, outline)]
    held = sum(len(blocks[index].text) for index in kept)
    standfirst = _standfirst(blocks, title, kept[0], rules) if title >= 0 else ()
    paragraphs = _without_repeats([*standfirst, *texts], rules)
    return Body(tuple(paragraphs), min(held / prose, 1.0) if prose else 1.0, kept[0], kept[-1])


def title_index(blocks: tuple[Block, ...], title: str) -> int:
    """Return the index of the block that shows the title above the text; -1 when none does.

    Of several (breadcrumbs, a second headline for telephones, a bar that says it again below) the last one that has
    most of the page's prose behind it, an h1 before others.
    """
    same = [index for index, block in enumerate(blocks) if title and len(block.text) < 400 and _same(block.text, title)]
    if len(same) < 2:
        return same[0] if same else -1
    lengths = [len(block.text) if len(block.text) >= PROSE and block.linked <= LINKED else 0 for block in blocks]
    above = [index for index in same if sum(lengths[index:]) >= ABOVE * sum(lengths)] or same[:1]
    return next((index for index in reversed(above) if blocks[index].tag == "h1"), above[-1])


def _is_house(block: Block, rules: BodyRules) -> bool:
    return is_house_text(block.text, phrases=rules.phrases) or is_byline(block.text, authors=rules.authors)


def _cut_end(kept: Sequence[int], blocks: tuple[Block, ...]) -> list[int]:
    """Return the blocks before the one that says that the article is over, if half of the text is before it."""
    total = sum(len(blocks[index].text) for index in kept)
    before = 0
    for place, index in enumerate(kept):
        text = blocks[index].text
        if (is_end(text) and before * 2 > total) or (before and is_lock(text) and is_house_text(text)):
            return list(kept[:place])
        before += len(blocks[index].text)
    return list(kept)


def _drop_orphan_headings(kept: list[int], blocks: tuple[Block, ...]) -> list[int]:
    """Return the blocks without headings that nothing follows."""
    alive: list[int] = []
    followed = False
    for index in reversed(kept):
        heading = blocks[index].tag in HEADINGS
        if not heading or followed:
            alive.append(index)
        followed = followed or not heading
    return alive[::-1]


def _join_cells(kept: list[int], outline: Outline) -> Iterator[str]:
    """Yield the texts; the short cells of one row make one line."""
    cells: list[str] = []
    row, last = -1, -1
    for index in kept:
        block = outline.blocks[index]
        cell = _cell(block, outline)
        here = outline.parents[cell] if cell >= 0 else -1
        if cells and (here != row or cell == last):
            yield " | ".join(cells)
            cells = []
        row, last = here, cell
        if cell < 0:
            yield block.text
        else:
            cells.append(block.text)
    if cells:
        yield " | ".join(cells)


def _cell(block: Block, outline: Outline) -> int:
    """Return the table cell that a short block stands in, else -1."""
    node = block.node
    for _ in range(3):
        if node < 0 or len(block.text) > CELL:
            return -1
        if outline.tags[node] in ("td", "th"):
            return node
        node = outline.parents[node]
    return -1


# -- title and standfirst, once


def _standfirst(blocks: tuple[Block, ...], title: int, first: int, rules: BodyRules) -> tuple[str, ...]:
    """Return what stands between title and text and sums the article up."""
    between = [
        block
        for block in blocks[title + 1 : first]
        if block.kind in (Kind.PLAIN, Kind.STANDFIRST) and not _is_house(block, rules)
    ]
    return tuple(block.text for place, block in enumerate(between) if _is_standfirst(block, place, rules))[:2]


def _is_standfirst(block: Block, place: int, rules: BodyRules) -> bool:
    words = len(block.text.split())
    if block.linked > 0.3 or words < 4 or words > 120:
        return False
    if block.kind is Kind.STANDFIRST:
        return True
    if (place < 2 and block.tag in ("h2", "h3", "h4")) or (place == 0 and block.tag == "p" and words > 7):
        return True
    return len(rules.description) > 40 and _same(block.text[: len(rules.description)], rules.description)


def _without_repeats(paragraphs: Iterable[str], rules: BodyRules) -> list[str]:
    """Return the paragraphs without the title, and without a standfirst that the text begins with again."""
    texts = [text for place, text in enumerate(paragraphs) if text and not (place < 4 and _same(text, rules.title))]
    head, rest = texts[:4], texts[4:]
    kept = [text for place, text in enumerate(head) if not _is_repeated(text, texts[place + 1 : place + 5])] + rest
    return list(dict.fromkeys(kept))


def _is_repeated(text: str, following: list[str]) -> bool:
    if len(text) < 40:
        return text in following
    bare = PLACE_LINE.sub("", text)
    return any(_begins_with(PLACE_LINE.sub("", other), bare) for other in following)


def _begins_with(text: str, beginning: str) -> bool:
    words, wanted = WORD.findall(text.casefold())[:300], WORD.findall(beginning.casefold())
    if not wanted or len(words) < 0.9 * len(wanted):
        return False
    same = sum(1 for one, two in zip(words, wanted, strict=False) if one == two)
    return same >= 0.9 * len(wanted)


def _same(text: str, title: str) -> bool:
    """Tell whether two lines are the same but for case, signs and spaces."""
    if abs(len(text) - len(title)) > 10 + len(title) // 4:  # most lines: no need to look at their words
        return False
    return WORD.findall(text.casefold()) == WORD.findall(title.casefold()) != []
