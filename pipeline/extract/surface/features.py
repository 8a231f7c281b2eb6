"""What the surface reader looks at: strings, hashed. Their first letters tell the kinds apart; order does not matter.

Changing anything here means training anew (models/training/surface.py).
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract.surface.linear import Ints, hash_features
from pipeline.extract.surface.view import Edges, View

STEM = 5
STEPS = (0, 1, 2, 3, 5, 8, 12, 20, 35, 60, 120)
AUXILIARY = "è sono era erano viene vengono verrà verranno sarà saranno stato stata stati state fu furono essere"
HAVING = "ha hanno aveva avevano avrebbe"
FUNCTION = (
    "il lo la i gli le un uno una di a da in con su per tra fra e ed o che del della dei delle dello degli al alla ai"
    " alle dal dalla nel nella sul sulla si è ha l' dell' all' , . : ; ( ) « » \" ' -"
)
AUXILIARIES, HAVING_FORMS, FUNCTION_WORDS = (frozenset(words.split()) for words in (AUXILIARY, HAVING, FUNCTION))


def step_of(distance: int) -> int:
    """Return the distance as a step: near ones are told apart, far ones are not."""
    return bisect_left(STEPS, distance)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A trigger as words: its edges, its first and last stem, its form (passive, with avere, or the ending)."""

    edges: Edges
    first: str
    last: str
    form: str
    sentence: int


def speak(view: View, edges: Edges) -> Spoken:
    """Return what is looked at of a trigger."""
    start, end = edges
    words = view.words[start:end]
    passive = any(word in AUXILIARIES for word in words[:-1]) or view.word(start - 1) in AUXILIARIES
    form = "passive" if passive else "having" if words[0] in HAVING_FORMS else words[-1][-2:]
    return Spoken(edges, words[0][:STEM], words[-1][:STEM], form, view.sentences[start])


def open_words(view: View) -> list[int]:
    """Return the numbers of the words that may belong to a trigger: no names, numbers and signs."""
    return [
        at
        for at, (shape, kind) in enumerate(zip(view.shapes, view.kinds, strict=True))
        if kind in {"", "PARTY"} and shape not in {"9", "-"}
    ]


def token_features(view: View, words: Sequence[int]) -> list[Ints]:
    """Return for each of `words` (numbers) what speaks for or against a trigger there."""
    named = [_counts(view, number) for number in range(view.sentences[-1] + 1)] if view.words else []
    return [hash_features(_token(view, at, named[view.sentences[at]])) for at in words]


def _counts(view: View, number: int) -> Mapping[str, int]:
    """Return how many of each kind the sentence names."""
    counts: dict[str, int] = {}
    for at in range(bisect_left(view.sentences, number), bisect_left(view.sentences, number + 1)):
        kind = view.kinds[at]
        if kind and (at == 0 or view.kinds[at - 1] != kind):
            counts[kind] = counts.get(kind, 0) + 1
    return counts


def _token(view: View, at: int, named: Mapping[str, int]) -> list[str]:
    w = view.open_word
    word, before, after = w(at), w(at - 1), w(at + 1)
    stem, ending = word[:STEM], word[-3:]
    left, right = _nearest(view, at, -1), _nearest(view, at, 1)
    opening = at == 0 or view.sentences[at - 1] != view.sentences[at]
    title = view.starts[at] < view.title
    bodies, money = min(named.get("ORG", 0), 3), "MONEY" in named
    return [
        *(f"w{word}", f"s{stem}", f"u{ending}", f"h{view.shapes[at]}{opening}", f"k{view.kinds[at]}", f"t{title}"),
        *(f"1{before}", f"2{after}", f"3{w(at - 2)}", f"4{w(at + 2)}", f"5{before} {word}", f"6{word} {after}"),
        *(f"7{before} {after}", f"8{w(at - 2)} {before} {stem}", f"9{stem} {after} {w(at + 2)}"),
        *(
            f"a{stem}{left}",
            f"b{stem}{right}",
            f"c{ending}{left}",
            f"d{ending}{right}",
            f"e{before[:5]}",
            f"f{after[:5]}",
        ),
        *(f"f{after[:5]}", f"g{before[:4]}{stem}", f"i{stem}{after[:4]}", f"j{stem}{title}", f"o{before} {ending}"),
        *(f"l{stem}{money}{min(bodies, 2)}", f"m{stem}{'PERCENT' in named}", f"n{bodies}{money}{ending}"),
        *(f"q{w(at + 3)[:5]}{stem}", f"r{w(at - 3)[:5]}{stem}", f"A{after}{w(at + 2)}", f"B{w(at - 2)}{before}"),
    ]


def _nearest(view: View, at: int, way: int) -> str:
    """Return the kind of the next thing named within eight words of the sentence, marked where it is very near."""
    for distance in range(1, 9):
        other = at + way * distance
        if not 0 <= other < len(view.words) or view.sentences[other] != view.sentences[at]:
            break
        if view.kinds[other]:
            return view.kinds[other] + "!" * (distance <= 2)
    return "-"


def type_words(view: View) -> Ints:
    """Return what all of the text tells of the type of any of its deals."""
    plain = {w[:6] for w, kind in zip(view.words, view.kinds, strict=True) if len(w) > 4 and not kind}
    opening = (word for word in view.words[:14] if word not in FUNCTION_WORDS)
    return hash_features([*(f"T{word[:STEM]}" for word in opening), *(f"D{word}" for word in plain), "-"])


def type_features(view: View, edges: Edges) -> Ints:
    """Return what tells the type of a trigger's deal, beside the article's `type_words`."""
    start, end = edges
    low, high = view.sentence(start)
    words, last = view.words[start:end], view.words[end - 1][:STEM]
    found = [f"w{word}" for word in words] + [f"s{word[:STEM]}" for word in words]
    found += [f"f{' '.join(words)}", f"l{last}", f"L{view.word(start - 1)}", f"R{view.word(end)}"]
    found += [f"R2{view.word(end)} {view.word(end + 1)}", f"r2{view.word(end + 1)}", f"t{view.sentences[start] == 0}"]
    found += [f"S{word[:STEM]}{other[:4]}" for word in words for other in (view.word(end), view.word(start - 1))]
    for at in (*range(low, start), *range(end, high)):
        word = view.words[at]
        if not view.kinds[at] and word not in FUNCTION_WORDS:
            found += [f"c{'n' if abs(at - start) <= 6 else 'f'}{word[:STEM]}", f"x{word[:6]}"]
    for at in range(max(low, start - 8), min(high, end + 8)):
        if kind := view.kinds[at]:
            found += [f"k{kind}{'L' if at < start else 'R'}", f"K{kind}{last}"]
    return hash_features(found)


def status_words(view: View) -> Ints:
    """Return what all of the text tells of the status of any of its deals."""
    return hash_features([*(f"D{word[:7]}" for word in set(view.words) if len(word) > 3), "-"])


def status_features(view: View, edges: Edges) -> Ints:
    """Return what tells the status of a trigger's deal beside `status_words`: mood, tense, hedges, what is around."""
    start, end = edges
    low, high = view.sentence(start)
    words = view.words[start:end]
    found = [f"w{word}" for word in words] + [f"u{word[-3:]}" for word in words]
    found += [f"f{' '.join(words)}", f"p{' '.join(words[:-1])}", f"e{' '.join(word[-3:] for word in words[-2:])}"]
    found += [f"L{view.word(start - 1)}", f"LL{view.word(start - 2)} {view.word(start - 1)}", f"R{view.word(end)}"]
    for at in range(low, high):
        word = view.words[at]
        found += [f"c{word}", f"C{'n' if abs(at - start) <= 5 else 'f'}{word}", f"v{word[-4:]}"]
        found.append(f"b{word} {view.word(at + 1)}")
    return hash_features([*found, f"t{view.sentences[start] == 0}"])


def pair_features(view: View, first: Spoken, second: Spoken, types: Sequence[str], named: Sequence[set[int]]) -> Ints:
    """Return what tells whether two triggers (in reading order) tell of one deal; `named` are members by sentence."""
    one, other = named[first.sentence], named[second.sentence]
    apart = min(abs(first.sentence - second.sentence), 5)
    shared, like = min(len(one & other), 3), "=" if types[0] == types[1] else "!"
    start, end = first.edges[1], second.edges[0]
    title = f"{first.sentence == 0}{second.sentence == 0}"
    stems = "|".join(sorted((first.last, second.last)))
    found = [
        *(
            "-",
            f"d{apart}",
            f"l{like}",
            f"ld{like}{apart}",
            f"s{shared}",
            f"ls{like}{shared}",
            f"dls{apart}{like}{shared}",
        ),
        *(f"t{'|'.join(sorted(types))}", f"w{stems}{like}", f"e{first.last == second.last}{like}", f"h{title}{like}"),
        *(f"hd{title[:5]}{apart}{like}", f"g{step_of(abs(second.edges[0] - first.edges[0]))}{like}"),
        *(f"n{not one}", f"N{not other}{like}", f"o{min(len(one - other), 3)}{min(len(other - one), 3)}{like}"),
        *(f"1{first.last}{like}", f"2{second.last}{like}", f"p{view.word(end - 1)}{like}"),
        f"P{view.word(end - 1)}{second.last}",
    ]
    if first.sentence == second.sentence and 0 <= end - start <= 4:
        found.append(f"b{' '.join(view.words[start:end])}")
    return hash_features(found)


@dataclass(frozen=True, slots=True)
class Shown:
    """A member of the cast as words: kind, edges of its mentions, whether the headline names it."""

    kind: str
    mentions: tuple[Edges, ...]
    in_title: bool


@dataclass(frozen=True, slots=True)
class Named:
    """Where parties and sums are named: the numbers of the first words in order, all of them and by kind."""

    all: Sequence[int]
    by_kind: Mapping[str, Sequence[int]]


def count_between(places: Sequence[int], low: int, high: int) -> int:
    """Return how many of `places`, in order, lie between two words."""
    return bisect_left(places, high) - bisect_left(places, low) if high > low else 0


def link_features(view: View, trigger: Spoken, type_: str, member: Shown, others: Named) -> Ints:
    """Return what tells the part of `member` in the deal, of the type `type_`, that `trigger` tells of.

    `others` are all that is named. Of several mentions the nearest counts, one of the same sentence first.
    """
    (start, end), apart, distance = _nearest_mention(view, trigger, member)
    left, right = trigger.edges
    side = "." if distance <= 0 else ">" if start >= right else "<"
    low, high = (right, start) if start >= right else (end, left)
    between = view.words[low : min(high, low + 40)] if high > low else ()
    alike = min(count_between(others.by_kind.get(member.kind, ()), low, high), 4)
    named = min(count_between(others.all, low, high), 5)
    same, before, after = apart == 0, view.word(start - 1), view.word(end)
    t, k, last, form, times = type_, member.kind, trigger.last, trigger.form, min(len(member.mentions), 5)
    place, gap, two = f"{side}{'' if same else apart}", f"{step_of(distance)}{side}", f"{view.word(start - 2)} {before}"
    title = f"{trigger.sentence == 0 < view.title}{view.sentences[start] == 0 < view.title}"
    opening = f"{view.sentences[start] == 0}{view.sentences[start] <= 1}"
    found = [
        *("-", f"t{t}", f"k{k}", f"tk{t}{k}", f"p{before}", f"kp{k}{before}{t}"),
        *(f"s{place}", f"ts{t}{place}", f"d{gap}", f"td{t}{gap}"),
        *(f"tp{t}{side}{before}{same}", f"pp{two}", f"tpp{t}{two}"),
        *(f"x{after}", f"tx{t}{after}{side}", f"w0{view.word(start)[:6]}{t}"),
        *(f"n{alike}{side}", f"N{named}{place}", f"tn{t}{alike}{side}{form}", f"c{',' in between}{side}{t}"),
        *(f"h{title}", f"th{t}{title}", f"r{times}", f"tr{t}{times}", f"e{member.in_title}{t}", f"f{t}{opening}"),
        *(f"ss{last}{side}{same}{form}", f"s0{trigger.first}{side}{same}", f"tf{t}{form}{side}{same}"),
        *(f"sp{last}{side}{before}{same}", f"tfp{t}{form}{side}{before}"),
        *(f"b{word[:6]}{t}" for word in between[-6:]),
    ]
    if same and distance <= 1:
        found.append(f"j{t}{side}{last}")
    return hash_features(found)


def _nearest_mention(view: View, trigger: Spoken, member: Shown) -> tuple[Edges, int, int]:
    """Return the nearest mention, how many sentences behind the trigger it stands (-3 to 3), the gap in words."""
    left, right = trigger.edges
    nearest, behind, best = None, 0, member.mentions[0]
    for edges in member.mentions:
        start, end = edges
        gap = start - right + 1 if start >= right else left - end + 1 if end <= left else 0
        sentences = view.sentences[start] - trigger.sentence
        if nearest is None or (abs(sentences), gap) < nearest:
            nearest, behind, best = (abs(sentences), gap), sentences, edges
    return best, max(-3, min(3, behind)), nearest[1] if nearest else 0


@dataclass(frozen=True, slots=True)
class Holder:
    """A person as words: edges of the mentions, words of the names, and the offices held, each by its last word."""

    mentions: tuple[Edges, ...]
    names: frozenset[str]
    offices: tuple[str, ...]


def body_features(view: View, person: Holder, body: Shown, name: Sequence[str], others: Sequence[int]) -> Ints:
    """Return what tells whether `person` belongs to `body`; `name` are its words.

    `others` are the first words of all mentions of bodies, in order.
    """
    pairs = [(_between(view, one, other), one, other) for one in person.mentions for other in body.mentions]
    (apart, gap), one, other = min(pairs)
    before = other[0] < one[0]
    low, high = (other[1], one[0]) if before else (one[1], other[0])
    inside = min(count_between(others, low, high), 3)
    first = min(other[0] for other in body.mentions) < min(one[0] for one in person.mentions)
    times, sentences = min(len(body.mentions), 6), min(apart, 4)
    own = bool(person.names & set(name))
    head = name[0][:6] if name else ""
    between = " ".join(view.words[low:high]) if 0 <= high - low <= 6 else "far"
    near = f"{'<' if before else '>'}{sentences}"
    found = [
        *("-", f"n{near}", f"d{step_of(gap)}{near}", f"i{inside}{near}", f"o{own}", f"r{times}", f"e{body.in_title}"),
        *(
            f"f{first}{times}",
            f"h{head}",
            f"b{between}",
            f"p{view.word(other[0] - 1)}{near}",
            f"x{view.word(other[1])}{near}",
        ),
        f"re{times}{body.in_title}{own}",
        *(f"O{office[:6]}{head}" for office in person.offices),
        *(f"N{office[:6]}{near}{inside}" for office in person.offices),
        *(f"R{office[:6]}{times}" for office in person.offices),
        f"none{not person.offices}{near}{inside}",
    ]
    return hash_features(found)


def _between(view: View, one: Edges, other: Edges) -> tuple[int, int]:
    """Return how many sentences and how many words apart two spans are."""
    gap = max(other[0] - one[1], one[0] - other[1], 0)
    return abs(view.sentences[one[0]] - view.sentences[other[0]]), gap
