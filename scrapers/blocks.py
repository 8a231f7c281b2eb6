"""A page's tree as blocks of text in reading order, each with its place and its kind. Pure; judges no block.

House elements (menus, share bars, related links: `house_text`) are left out here already, unless they hold
so much of the page that the name must lie.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from scrapers.kinds import INLINE, Kind, is_link, kind_of, names_of, size_of
from scrapers.tree import one_line

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LINE_BREAK = ("\u2028", False)  # the piece that <br> leaves; a text of one "\n" is a space
PAYWALL = "paywall"
LINE = 80  # characters; a shorter line is no wrapped prose, unless the next goes on in small letters
ENDS = (".", "!", "?", "»", "”", '"', ":", ";", "…", ")")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, item or cell. `text` is one line."""

    text: str
    tag: str
    node: int  # index of the element that holds it
    kind: Kind
    linked: float  # share of the characters that are link text


@dataclass(frozen=True, slots=True)
class TimeMark:
    """A <time> element with a datetime, outside the page's header; `position` is its block's index."""

    text: str
    position: int
    published: bool  # says itself that it is the day of publication
    updated: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """Blocks in reading order and the elements that hold them, by index; an element's parent comes before it."""

    blocks: tuple[Block, ...]
    parents: tuple[int, ...]
    tags: tuple[str, ...]
    body_nodes: tuple[int, ...]  # elements that by their names hold an article's body
    times: tuple[TimeMark, ...] = ()
    gaps: tuple[int, ...] = ()  # indexes of blocks before which a house element was left out
    locked: bool = False  # an element that was left out is named a paywall


@dataclass(slots=True)
class _Walk:
    """The state of one walk over a tree."""

    total: int
    blocks: list[Block] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    stack: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    times: list[TimeMark] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    locked: bool = False
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    links: int = 0
    opened: list[bool] = field(default_factory=list)  # for each open element: does it break the text?

    def push(self, element: etree._Element, kind: Kind) -> None:
        index = len(self.parents)
        above = self.stack[-1] if self.stack else -1
        inherited = self.kinds[above] if above >= 0 else Kind.PLAIN
        if kind is Kind.BODY:
            self.body.append(index)
        keeps = inherited in (Kind.HEADER, Kind.META, Kind.STANDFIRST) and kind is not Kind.META
        self.parents.append(above)
        self.tags.append(element.tag)
        self.kinds.append(inherited if keeps else Kind.PLAIN if kind is Kind.BODY else kind)
        self.stack.append(index)

    def flush(self) -> None:
        """Make blocks of the text gathered so far."""
        pieces, self.pieces = self.pieces, []
        if not pieces or not self.stack:
            return
        node = self.stack[-1]
        if self.tags[node] in HEADINGS:  # a headline over two lines is one
            pieces = [(" ", False) if piece == LINE_BREAK else piece for piece in pieces]
        for part in _paragraphs(pieces):
            text = one_line("".join(piece for piece, _ in part))
            if text:
                linked = sum(len(piece.strip()) for piece, is_link in part if is_link)
                self.blocks.append(Block(text, self.tags[node], node, self.kinds[node], min(linked / len(text), 1.0)))

    def in_header(self) -> bool:
        """Tell whether the walk is in the page's header."""
        return any(self.kinds[node] is Kind.HEADER for node in self.stack)

    def add(self, text: str | None) -> None:
        if text:
            self.pieces.append((text, self.links > 0))


def find_blocks(root: etree._Element) -> Outline:
    """Return the outline of a page from which `tree.silence` has taken scripts and styles."""
    body = root.find("body") if root.tag == "html" else None
    top = root if body is None else body
    walk = _Walk(total=max(1, size_of(top)))
    walker = etree.iterwalk(top, events=("start", "end"))
    skipped: etree._Element | None = None
    for event, element in walker:
        if event == "start":
            if _start(walk, element):
                continue
            skipped = element
            walker.skip_subtree()
        elif skipped is not None and element is skipped:
            skipped = None
            walk.add(element.tail)
        else:
            _end(walk, element)
    walk.flush()
    return Outline(
        tuple(walk.blocks),
        tuple(walk.parents),
        tuple(walk.tags),
        tuple(walk.body),
        tuple(walk.times),
        tuple(walk.gaps),
        walk.locked,
    )


def _start(walk: _Walk, element: etree._Element) -> bool:
    """Enter an element; False means that it is to be left out."""
    tag = element.tag
    if tag == "br":
        walk.pieces.append(LINE_BREAK)
        walk.opened.append(False)
        return True
    inline = tag in INLINE
    named = element.attrib or not inline or tag == "time"
    kind = kind_of(element, total=walk.total) if named and walk.stack else Kind.PLAIN
    if kind is Kind.HOUSE:
        if not inline:
            walk.flush()
            walk.gaps.append(len(walk.blocks))
        walk.locked = walk.locked or PAYWALL in names_of(element).lower()
        return False
    breaks = not inline or (kind is Kind.META and sum(len(piece) for piece, _ in walk.pieces) < 100)
    if breaks:
        walk.flush()
        walk.push(element, kind)
    if tag == "time" and "datetime" in element.attrib and not walk.in_header():
        walk.times.append(_time_mark(element, len(walk.blocks)))
    walk.opened.append(breaks)
    walk.links += is_link(element)
    walk.add(element.text)
    return True


def _end(walk: _Walk, element: etree._Element) -> None:
    if walk.opened.pop():
        walk.flush()
        walk.stack.pop()
    walk.links -= is_link(element)
    walk.add(element.tail)


def _time_mark(element: etree._Element, position: int) -> TimeMark:
    says = f"{names_of(element)} {element.get('itemprop') or ''}".lower()
    published = "pubdate" in element.attrib or "publi" in says
    return TimeMark(
        element.get("datetime") or "", position, published, not published and ("updat" in says or "modif" in says)
    )


def _paragraphs(pieces: list[tuple[str, bool]]) -> Iterator[list[tuple[str, bool]]]:
    """Yield the parts between line breaks: two always part, one after the end of a sentence or a head in capitals."""
    part: list[tuple[str, bool]] = []
    breaks = 0
    for piece in pieces:
        if piece == LINE_BREAK:
            breaks += 1
        elif piece[0].isspace():
            part.append(piece)
        else:
            if breaks and part and (breaks > 1 or _is_whole(part, piece[0])):
                yield part
                part = []
            elif breaks:
                part.append((" ", False))
            breaks = 0
            part.append(piece)
    if part:
        yield part


def _is_whole(part: list[tuple[str, bool]], following: str) -> bool:
    text = "".join(piece for piece, _ in part).strip()
    if text.endswith(ENDS) or (text.isupper() and len(text) > 8):
        return True
    return len(text) < LINE and not following.lstrip()[:1].islower()
