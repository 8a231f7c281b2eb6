"""Which blocks of a page are the article: the densest element, then its paragraphs without house text. Pure.

Every block is worth its characters when it reads like prose and costs some when it is a link, a scrap or a teaser;
the article is the element whose blocks are worth most together, the innermost of equals.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from scrapers.blocks import HEADINGS, Block, Kind, Outline
from scrapers.days import beside_days, find_days
from scrapers.house_text import is_end, is_house_text, is_lock, without_tail

PROSE = 80  # characters from which a block is prose by its length alone
LINE = 50  # or in an element for paragraphs
SENTENCE = 30  # and from which it is when it ends like a sentence
SENTENCE_END = re.compile(r"[.!?…»”\"')](?:\s*[\]\)\d]+)?$|[.!?»”\"]\s*\(?\w{2,12}\)?$")
LINKED = 0.5  # share of link text beyond which a block leads elsewhere
TEASER = 0.3  # an element with a linked heading and less of the page's prose than this is a teaser
ROW = 3  # elements with linked headings side by side are teasers, however long
ABOVE = 0.6  # share of the page's prose that stands behind its title
HINT = 0.6  # an element named like a body is believed when it holds that much of the best one's worth
STUB = 8  # blocks after the title in which a page without text may still have a standfirst
CELL = 120  # characters; longer cells are layout, not figures
# "TORINO - ", "(ANSA) - ROMA, 12 MAR - " before the first sentence
PLACE_LINE = re.compile(
    r"^(?:\([^)]{2,30}\)\s*[-–]?\s*)?[^a-z]{2,40}(?:,\s*\d{1,2}\s+\w{3,9}\.?(?:\s+\d{4})?)?\s*(?:\([^)]{2,30}\))?\s*[-–—.]\s+"
)
WORD = re.compile(r"\w+")
# "Mario Rossi scrive di industria" behind the article, where Mario Rossi signed it
BIOGRAPHY = re.compile(
    r"^.{4,60}\b(?:scrive|si\s+occupa|giornalista|redattor|collabora|laureat|è\s+nat[oa])\b", re.IGNORECASE
)
BYLINE_SIZE = 100  # characters
# What surrounds an author's name in a byline: "di ", " - 8 febbraio 2024", " | 1 dicembre 2022, 10:30"
BYLINE = re.compile(
    r"^(?:articolo\s+)?(?:di|a\s+cura\s+di|by)\s+|\s*[-–|,•]?\s*\d{1,2}[\s/.]\S{1,10}[\s/.]\d{4}.{0,20}$", re.IGNORECASE
)
# "di Mario Rossi", "a cura di Anna D'Amico" on a line of its own yes; "di Milano" no
SIGNATURE = re.compile(r"(?:[Dd]i|DI|[Aa]\s+cura\s+di)\s+(?:[A-ZÀ-Ý][\w.'’-]+\s*){2,4}")


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
    blocks = outline.blocks
    title = title_index(blocks, rules.title)
    teasers = _teasers(outline)
    worth = [
        _worth(block, outline, teasers) if index > title or title < 0 else 0.0 for index, block in enumerate(blocks)
    ]
    prose = sum(value for value in worth if value > 0)
    if not prose:
        return _assemble(outline, [], title, rules, prose)
    node = _best_node(outline, _sums(outline, worth))
    inside = _subtree(outline, node)
    chosen = [index for index, block in enumerate(blocks) if inside[block.node] and index > title]
    kept = _cut_end([index for index in chosen if _is_text(blocks[index], outline, teasers)], blocks)
    return _assemble(outline, kept, title, rules, prose)


def body_of_blocks(outline: Outline, rules: BodyRules) -> Body:
    """Return the body of an outline that holds nothing but the body, as a source's selector gives it."""
    title = title_index(outline.blocks, rules.title)
    kept = [
        index for index, block in enumerate(outline.blocks) if index != title and _is_text(block, outline, frozenset())
    ]
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


# -- where the article is


def _worth(block: Block, outline: Outline, teasers: frozenset[int]) -> float:
    if block.kind not in (Kind.PLAIN, Kind.STANDFIRST):
        return 0.0
    if block.linked > LINKED:
        return -min(len(block.text), 60) - 10.0
    if block.tag in HEADINGS:
        return 0.0
    own = len(block.text) * (1 - block.linked)
    if not teasers.isdisjoint(_near(block, outline)):
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
    limit = TEASER * prose[0] if prose else 0.0
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
    own = [0.0] * len(outline.parents)
    for block, value in zip(outline.blocks, worth, strict=True):
        own[block.node] += value
    return _up(outline, own)


def _up(outline: Outline, values: list[float]) -> list[float]:
    """Return for every element the sum over all it holds."""
    for node in range(len(values) - 1, 0, -1):
        values[outline.parents[node]] += values[node]
    return values


def _best_node(outline: Outline, sums: list[float]) -> int:
    best = max(range(len(sums)), key=lambda node: (sums[node], node))
    hinted = [node for node in outline.body_nodes if sums[node] >= HINT * sums[best]]
    return max(hinted, key=lambda node: (sums[node], node)) if hinted else best


def _subtree(outline: Outline, node: int) -> list[bool]:
    inside = [False] * len(outline.parents)
    inside[node] = True
    for child in range(node + 1, len(inside)):
        inside[child] = inside[outline.parents[child]]
    return inside


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


# -- what of it is text


def _is_text(block: Block, outline: Outline, teasers: frozenset[int]) -> bool:
    if block.kind not in (Kind.PLAIN, Kind.STANDFIRST, Kind.BODY):
        return False
    if block.linked > LINKED:
        return False
    return teasers.isdisjoint(_near(block, outline))


def _is_house(block: Block, rules: BodyRules) -> bool:
    if is_house_text(block.text, phrases=rules.phrases):
        return True
    if block.text.startswith(rules.authors) and BIOGRAPHY.search(block.text):
        return True
    if len(block.text) > BYLINE_SIZE:
        return False
    bare = BYLINE.sub("", block.text).strip(" .,()[]-–|*").casefold()
    if any(bare == author.casefold() for author in rules.authors):
        return True
    signed = SIGNATURE.match(block.text)
    rest = block.text[signed.end() :].strip() if signed else block.text
    if signed and (not rest or is_house_text(rest)):
        return True
    days = find_days(block.text, latest=date.max)
    beside = beside_days(block.text, days)
    return bool(days) and (len(beside) < 3 or beside.isupper() or signed is not None)


def _cut_end(kept: list[int], blocks: tuple[Block, ...]) -> list[int]:
    """Return the blocks before the one that says that the article is over, if half of the text is before it."""
    total = sum(len(blocks[index].text) for index in kept)
    before = 0
    for place, index in enumerate(kept):
        text = blocks[index].text
        if (is_end(text) and before * 2 > total) or (before and is_lock(text) and is_house_text(text)):
            return kept[:place]
        before += len(blocks[index].text)
    return kept


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
    between = [block for block in blocks[title + 1 : first] if block.kind in (Kind.PLAIN, Kind.STANDFIRST)]
    found = [block.text for place, block in enumerate(between) if _is_standfirst(block, place, rules)]
    return tuple(text for text in found[:2] if not is_house_text(text, phrases=rules.phrases))


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
    return WORD.findall(text.casefold()) == WORD.findall(title.casefold()) != []
