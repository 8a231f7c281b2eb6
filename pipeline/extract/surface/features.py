"""What the surface reader looks at, hashed. The numbers of the templates tell the kinds apart; order does not matter.

Changing anything here means training anew (models/training/surface.py).
"""

from bisect import bisect_left
from typing import Final

from mypy_extensions import i64

from pipeline.extract.surface.hashes import EMPTY, add_letters, combine, hash1, hash2, hash3, hash4, hash_text
from pipeline.extract.surface.view import Edges, View

STEM: Final = 5
STEPS: Final = (0, 1, 2, 3, 5, 8, 12, 20, 35, 60, 120)
AUXILIARY: Final = "è sono era erano viene vengono verrà verranno sarà saranno stato stata stati state fu furono essere"
HAVING: Final = "ha hanno aveva avevano avrebbe"
FUNCTION: Final = (
    "il lo la i gli le un uno una di a da in con su per tra fra e ed o che del della dei delle dello degli al alla ai"
    " alle dal dalla nel nella sul sulla si è ha l' dell' all' , . : ; ( ) « » \" ' -"
)
AUXILIARIES: Final = frozenset(AUXILIARY.split())
HAVING_FORMS: Final = frozenset(HAVING.split())
FUNCTION_WORDS: Final = frozenset(FUNCTION.split())
OPEN_KINDS: Final = frozenset(["", "PARTY"])
CLOSED_SHAPES: Final = frozenset(["9", "-"])
ALWAYS: Final = 0  # the template of what all cases of a model have

Features = set[int]  # of one case: the hashes, each once; below `hashes.SIZE`


def step_of(distance: int) -> int:
    """Return the distance as a step: near ones are told apart, far ones are not."""
    return bisect_left(STEPS, distance)


class Spoken:
    """A trigger as words: its edges, its last stem, its form (passive, with avere, or the ending)."""

    __slots__ = ("edges", "form", "last", "sentence")

    def __init__(self, edges: Edges, last: str, form: str, sentence: int) -> None:
        self.edges: Final = edges
        self.last: Final = last
        self.form: Final = form
        self.sentence: Final = sentence


def speak(view: View, edges: Edges) -> Spoken:
    """Return what is looked at of a trigger."""
    start, end = edges
    words = view.words[start:end]
    passive = view.word(start - 1) in AUXILIARIES or not AUXILIARIES.isdisjoint(words[:-1])
    form = "passive" if passive else "having" if words[0] in HAVING_FORMS else words[-1][-2:]
    return Spoken(edges, words[-1][:STEM], form, view.sentences[start])


def open_words(view: View) -> list[int]:
    """Return the numbers of the words that may belong to a trigger."""
    return [at for at in range(len(view.words)) if is_open(view, at)]


def is_open(view: View, at: int) -> bool:
    """Say whether a word may belong to a trigger: no name, number or sign does."""
    return view.kinds[at] in OPEN_KINDS and view.shape(at) not in CLOSED_SHAPES


def token_features(view: View, words: list[int]) -> list[Features]:
    """Return for each of `words` (numbers, in order) what speaks for or against a trigger there."""
    found: list[Features] = []
    sentence, named = -1, (0, False, False)
    for at in words:
        if view.sentences[at] != sentence:
            sentence = view.sentences[at]
            named = _named_in(view, sentence)
        found.append(_token(view, at, named))
    return found


def _named_in(view: View, sentence: int) -> tuple[int, bool, bool]:
    """Return how many organisations the sentence names, three at most, and whether it names a sum and a share."""
    bodies, money, share, last = 0, False, False, ""
    low, high = bisect_left(view.sentences, sentence), bisect_left(view.sentences, sentence + 1)
    if low:
        last = view.kinds[low - 1]
    for at in range(low, high):
        kind = view.kinds[at]
        if kind and kind != last:
            bodies += kind == "ORG"
            money = money or kind == "MONEY"
            share = share or kind == "PERCENT"
        last = kind
    return min(bodies, 3), money, share


def _token(view: View, at: int, named: tuple[int, bool, bool]) -> Features:
    word, before, after = view.open_hash(at), view.open_hash(at - 1), view.open_hash(at + 1)
    second, third = view.open_hash(at - 2), view.open_hash(at + 2)
    left, right = _nearest(view, at, -1), _nearest(view, at, 1)
    opening = at == 0 or view.sentences[at - 1] != view.sentences[at]
    title = view.starts[at] < view.title
    bodies, money, share = named
    return {
        hash1(1, word.whole),
        hash1(2, word.first5),
        hash1(3, word.last3),
        hash2(4, hash_text(view.shape(at)), opening),
        hash1(5, hash_text(view.kinds[at])),
        hash1(6, title),
        hash1(7, before.whole),
        hash1(8, after.whole),
        hash1(9, second.whole),
        hash1(10, third.whole),
        hash2(11, before.whole, word.whole),
        hash2(12, word.whole, after.whole),
        hash2(13, before.whole, after.whole),
        hash3(14, second.whole, before.whole, word.first5),
        hash3(15, word.first5, after.whole, third.whole),
        hash2(16, word.first5, left),
        hash2(17, word.first5, right),
        hash2(18, word.last3, left),
        hash2(19, word.last3, right),
        hash1(20, before.first5),
        hash1(21, after.first5),
        hash2(22, before.first4, word.first5),
        hash2(23, word.first5, after.first4),
        hash2(24, word.first5, title),
        hash2(25, before.whole, word.last3),
        hash3(26, word.first5, money, min(bodies, 2)),
        hash2(27, word.first5, share),
        hash3(28, bodies, money, word.last3),
        hash2(29, view.open_hash(at + 3).first5, word.first5),
        hash2(30, view.open_hash(at - 3).first5, word.first5),
        hash2(31, after.whole, third.whole),
        hash2(32, second.whole, before.whole),
    }


def _nearest(view: View, at: int, way: int) -> i64:
    """Return the kind of the next thing named within eight words of the sentence, hashed with whether it is very near.

    0 is none.
    """
    for distance in range(1, 9):
        other = at + way * distance
        if not 0 <= other < len(view.words) or view.sentences[other] != view.sentences[at]:
            break
        kind = view.kinds[other]
        if kind:
            return combine(hash_text(kind), distance <= 2)
    return 0


def type_words(view: View) -> Features:
    """Return what all of the text tells of the type of any of its deals."""
    found: Features = {hash1(ALWAYS, 0)}
    for at in range(len(view.words)):
        word = view.words[at]
        if at < 14 and word not in FUNCTION_WORDS:
            found.add(hash1(1, view.hashed[at].first5))
        if len(word) > 4 and not view.kinds[at]:
            found.add(hash1(2, view.hashed[at].first6))
    return found


def type_features(view: View, edges: Edges) -> Features:
    """Return what tells the type of a trigger's deal, beside the article's `type_words`."""
    start, end = edges
    low, high = view.sentence(start)
    before, after, last = view.hash(start - 1), view.hash(end), view.hashed[end - 1].first5
    following = view.hash(end + 1)
    found: Features = {
        hash1(3, last),
        hash1(4, before.whole),
        hash1(5, after.whole),
        hash2(6, after.whole, following.whole),
        hash1(7, following.whole),
        hash1(8, view.sentences[start] == 0),
        hash1(9, _phrase(view, start, end)),
    }
    for at in range(start, end):
        word = view.hashed[at]
        found.add(hash1(10, word.whole))
        found.add(hash1(11, word.first5))
        found.add(hash2(12, word.first5, after.first4))
        found.add(hash2(12, word.first5, before.first4))
    for at in range(low, high):
        if (at < start or at >= end) and not view.kinds[at] and view.words[at] not in FUNCTION_WORDS:
            word = view.hashed[at]
            found.add(hash2(13, abs(at - start) <= 6, word.first5))
            found.add(hash1(14, word.first6))
    for at in range(max(low, start - 8), min(high, end + 8)):
        if view.kinds[at]:
            kind = hash_text(view.kinds[at])
            found.add(hash2(15, kind, at < start))
            found.add(hash2(16, kind, last))
    return found


def _phrase(view: View, start: int, end: int) -> i64:
    """Return the words from `start` to `end` as one hash."""
    number: i64 = EMPTY
    for at in range(start, end):
        number = combine(number, view.hashed[at].whole)
    return number


def status_words(view: View) -> Features:
    """Return what all of the text tells of the status of any of its deals."""
    found: Features = {hash1(ALWAYS, 0)}
    for at in range(len(view.words)):
        if len(view.words[at]) > 3:
            found.add(hash1(21, view.hashed[at].first7))
    return found


def status_features(view: View, edges: Edges) -> Features:
    """Return what tells the status of a trigger's deal beside `status_words`: mood, tense, hedges, what is around."""
    start, end = edges
    low, high = view.sentence(start)
    before = view.hash(start - 1)
    ending: i64 = view.hashed[end - 2].last3 if end - 2 >= start else 0
    found: Features = {
        hash1(22, _phrase(view, start, end)),
        hash1(23, _phrase(view, start, end - 1)),
        hash2(24, ending, view.hashed[end - 1].last3),
        hash1(25, before.whole),
        hash2(26, view.hash(start - 2).whole, before.whole),
        hash1(27, view.hash(end).whole),
        hash1(28, view.sentences[start] == 0),
    }
    for at in range(start, end):
        found.add(hash1(29, view.hashed[at].whole))
        found.add(hash1(30, view.hashed[at].last3))
    for at in range(low, high):
        word = view.hashed[at]
        found.add(hash1(31, word.whole))
        found.add(hash2(32, abs(at - start) <= 5, word.whole))
        found.add(hash1(33, word.last4))
        found.add(hash2(34, word.whole, view.hash(at + 1).whole))
    return found


def pair_features(view: View, first: Spoken, second: Spoken, types: tuple[str, str], named: list[set[int]]) -> Features:
    """Return what tells whether two triggers (in reading order) tell of one deal; `named` are members by sentence."""
    one, other = named[first.sentence], named[second.sentence]
    apart = min(abs(first.sentence - second.sentence), 5)
    shared, like = min(len(one & other), 3), types[0] == types[1]
    start, end = first.edges[1], second.edges[0]
    opening = first.sentence == 0
    title = opening + 2 * (second.sentence == 0)
    stem, following = view.hashed[start - 1].first5, view.hashed[second.edges[1] - 1].first5
    kind, other_kind, before = hash_text(types[0]), hash_text(types[1]), view.hash(end - 1).whole
    found: Features = {
        hash1(ALWAYS, 0),
        hash1(1, apart),
        hash1(2, like),
        hash2(3, like, apart),
        hash1(4, shared),
        hash2(5, like, shared),
        hash3(6, apart, like, shared),
        hash2(7, min(kind, other_kind), max(kind, other_kind)),
        hash3(8, min(stem, following), max(stem, following), like),
        hash2(9, stem == following, like),
        hash2(10, title, like),
        hash3(11, title if opening else 0, apart, like),
        hash2(12, step_of(abs(second.edges[0] - first.edges[0])), like),
        hash1(13, not one),
        hash2(14, not other, like),
        hash3(15, min(len(one - other), 3), min(len(other - one), 3), like),
        hash2(16, stem, like),
        hash2(17, following, like),
        hash2(18, before, like),
        hash2(19, before, following),
    }
    if first.sentence == second.sentence and 0 <= end - start <= 4:
        found.add(hash1(20, _phrase(view, start, end)))
    return found


class Shown:
    """A member of the cast as words: kind, edges of its mentions, whether the headline names it."""

    __slots__ = ("in_title", "kind", "mentions")

    def __init__(self, kind: str, mentions: tuple[Edges, ...], in_title: bool) -> None:  # noqa: FBT001 - a value's part
        self.kind: Final = kind
        self.mentions: Final = mentions
        self.in_title: Final = in_title


class Named:
    """Where parties and sums are named: the numbers of the first words in order, all of them and by kind."""

    __slots__ = ("all", "by_kind")

    def __init__(self, everything: list[int], by_kind: dict[str, list[int]]) -> None:
        self.all: Final = everything
        self.by_kind: Final = by_kind


def count_between(places: list[int], low: int, high: int) -> int:
    """Return how many of `places`, in order, lie between two words."""
    return bisect_left(places, high) - bisect_left(places, low) if high > low else 0


def link_features(view: View, trigger: Spoken, type_: str, member: Shown, others: Named) -> Features:
    """Return what tells the part of `member` in the deal, of the type `type_`, that `trigger` tells of.

    `others` are all that is named. Of several mentions the nearest counts, one of the same sentence first.
    """
    (start, end), apart, distance = _nearest_mention(view, trigger, member)
    left, right = trigger.edges
    side = 0 if distance <= 0 else 1 if start >= right else 2
    low, high = (right, start) if start >= right else (end, left)
    reach = min(high, low + 40)
    alike = min(count_between(others.by_kind.get(member.kind, []), low, high), 4)
    named = min(count_between(others.all, low, high), 5)
    same, times = apart == 0, min(len(member.mentions), 5)
    before, after, second = view.hash(start - 1).whole, view.hash(end).whole, view.hash(start - 2).whole
    t, k, form = hash_text(type_), hash_text(member.kind), hash_text(trigger.form)
    first, last = view.hashed[left].first5, view.hashed[right - 1].first5
    place, gap = side + 4 * (apart + 3), side + 4 * step_of(distance)
    sentence = view.sentences[start]
    title = (trigger.sentence == 0 < view.title) + 2 * (sentence == 0 < view.title)
    found: Features = {
        hash1(ALWAYS, 0),
        hash1(1, t),
        hash1(2, k),
        hash2(3, t, k),
        hash1(4, before),
        hash3(5, k, before, t),
        hash1(6, place),
        hash2(7, t, place),
        hash1(8, gap),
        hash2(9, t, gap),
        hash4(10, t, side, before, same),
        hash2(11, second, before),
        hash3(12, t, second, before),
        hash1(13, after),
        hash3(14, t, after, side),
        hash2(15, view.hash(start).first6, t),
        hash2(16, alike, side),
        hash2(17, named, place),
        hash4(18, t, alike, side, form),
        hash3(19, "," in view.words[low:reach], side, t),
        hash1(20, title),
        hash2(21, t, title),
        hash1(22, times),
        hash2(23, t, times),
        hash2(24, member.in_title, t),
        hash2(25, t, min(sentence, 2)),
        hash4(26, last, side, same, form),
        hash3(27, first, side, same),
        hash4(28, t, form, side, same),
        hash4(29, last, side, before, same),
        hash4(30, t, form, side, before),
    }
    for at in range(max(low, reach - 6), reach):
        found.add(hash2(31, view.hashed[at].first6, t))
    if same and distance <= 1:
        found.add(hash3(32, t, side, last))
    return found


def _nearest_mention(view: View, trigger: Spoken, member: Shown) -> tuple[Edges, int, int]:
    """Return the nearest mention, how many sentences behind the trigger it stands (-3 to 3), the gap in words."""
    left, right = trigger.edges
    behind, nearest, best = 0, -1, member.mentions[0]
    for edges in member.mentions:
        start, end = edges
        gap = start - right + 1 if start >= right else left - end + 1 if end <= left else 0
        sentences = view.sentences[start] - trigger.sentence
        if nearest < 0 or abs(sentences) < abs(behind) or (abs(sentences) == abs(behind) and gap < nearest):
            behind, nearest, best = sentences, gap, edges
    return best, max(-3, min(3, behind)), nearest


class Holder:
    """A person as words: edges of the mentions, words of the names, and the offices held, each by its last word."""

    __slots__ = ("mentions", "names", "offices")

    def __init__(self, mentions: tuple[Edges, ...], names: frozenset[str], offices: tuple[str, ...]) -> None:
        self.mentions: Final = mentions
        self.names: Final = names
        self.offices: Final = offices


def body_features(view: View, person: Holder, body: Shown, name: list[str], others: list[int]) -> Features:
    """Return what tells whether `person` belongs to `body`; `name` are its words.

    `others` are the first words of all mentions of bodies, in order.
    """
    apart, gap, one, other = _nearest_pair(view, person.mentions, body.mentions)
    before = other[0] < one[0]
    low, high = (other[1], one[0]) if before else (one[1], other[0])
    inside = min(count_between(others, low, high), 3)
    first = body.mentions[0][0] < person.mentions[0][0]
    times, own = min(len(body.mentions), 6), not person.names.isdisjoint(name)
    head = add_letters(EMPTY, name[0], 0, 6) if name else EMPTY
    near = before + 2 * min(apart, 4)
    between: i64 = _phrase(view, low, high) if 0 <= high - low <= 6 else 0
    found: Features = {
        hash1(ALWAYS, 0),
        hash1(1, near),
        hash2(2, step_of(gap), near),
        hash2(3, inside, near),
        hash1(4, own),
        hash1(5, times),
        hash1(6, body.in_title),
        hash2(7, first, times),
        hash1(8, head),
        hash1(9, between),
        hash2(10, view.hash(other[0] - 1).whole, near),
        hash2(11, view.hash(other[1]).whole, near),
        hash3(12, times, body.in_title, own),
        hash3(13, not person.offices, near, inside),
    }
    for office in person.offices:
        stem = add_letters(EMPTY, office, 0, 6)
        found.add(hash2(14, stem, head))
        found.add(hash3(15, stem, near, inside))
        found.add(hash2(16, stem, times))
    return found


def _nearest_pair(view: View, ours: tuple[Edges, ...], theirs: tuple[Edges, ...]) -> tuple[int, int, Edges, Edges]:
    """Return how many sentences and words the nearest two mentions are apart, and the two; of equals the first."""
    apart, gap, best, nearest = -1, 0, ours[0], theirs[0]
    for one in ours:
        for other in theirs:
            sentences = abs(view.sentences[one[0]] - view.sentences[other[0]])
            words = max(other[0] - one[1], one[0] - other[1], 0)
            if apart < 0 or sentences < apart or (sentences == apart and words < gap):
                apart, gap, best, nearest = sentences, words, one, other
    return apart, gap, best, nearest
