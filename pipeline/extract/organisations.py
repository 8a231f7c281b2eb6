"""From mentions of organisations to one organisation each, under its fullest name. Pure.

Mentions of one body are told by their words: the same name, a short form, an acronym, a name in brackets behind another
one ("Centro Estero per l'Internazionalizzazione (Ceipiemonte)").
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from pipeline.extract.groups import Groups
from pipeline.extract.names import Name, OrganisationWords, abbreviates, fold, kind_of, read_name, within
from pipeline.records import Mention, Organisation

# "Rete Adriatica Gas (Rag)", "Alfa, in sigla Beta"; not "Alfa (gruppo Beta)", nor a dateline "Alfa\n\n(Ansa)"
BRACKET = re.compile(r"[ ]?(?:\(|, in sigla |, in breve |\((?:di seguito|in breve|anche) )[«\"“]?")

# "Ita-Lufthansa", "Bper / Banco Bpm"
PAIR = re.compile(r"\s?[-–/]\s?")
SETTLED = 2  # mentions of a short name before a longer one


@dataclass(frozen=True, slots=True)
class Group:
    """The mentions (indices into what was given) of one organisation, the name that each writes, the fullest one."""

    members: tuple[int, ...]
    written: tuple[Name, ...]
    name: Name


def group_mentions(text: str, mentions: Sequence[Mention], *, words: OrganisationWords) -> tuple[Group, ...]:
    """Return the organisations that `mentions` (in reading order) name, in the order of their first mention.

    A name that has come twice before a longer one is not short for it: after "Leonardo" and "Leonardo" the "Leonardo
    Helicopters" are another body, unless it only adds what sort of body it is ("Gruppo Brembo").
    """
    written = _first_halves([read_name(mention.text, words=words) for mention in mentions], words)
    names = [_seated(name, words) for name in written]
    groups = Groups(len(mentions))
    groups.join_same(["".join(name.core) for name in names])
    bracketed = _bracketed(text, mentions, names, words)
    for outer, inner in bracketed:
        groups.join(outer, inner)

    @cache
    def short_for(at: int, other: int) -> bool:
        short, long = names[at], names[other]
        return abbreviates(short, long) or (within(short, long, words=words) and not settled(short, long))

    first: dict[tuple[str, ...], int] = {}
    alike = [first.setdefault(name.words, at) for at, name in enumerate(names)]  # of mentions with the same words one

    def may_be(at: int, other: int) -> bool:
        return short_for(alike[at], alike[other])

    cores = [name.core for name in names]

    def settled(short: Name, long: Name) -> bool:
        said = cores[: cores.index(long.core)].count(short.core)
        return said >= SETTLED and not set(long.core) - set(short.core) <= words.generic | words.sorts

    groups.join_short([len("".join(name.core)) for name in names], may_be)
    inside = {inner for _, inner in bracketed}
    return tuple(
        Group(members, tuple(written[at] for at in members), written[_naming(members, written, inside)])
        for members in groups.members()
    )


def _first_halves(names: Sequence[Name], words: OrganisationWords) -> list[Name]:
    """Return the names, of "Ita-Lufthansa" the first half, where the text names both halves otherwise too."""

    def named(half: Name, whole: Name) -> bool:
        others = (other for other in names if other.core != whole.core)
        return any(half.core == other.core or within(half, other, words=words) for other in others)

    halves = []
    for name in names:
        texts = [part for part in PAIR.split(name.text, maxsplit=1) if part]
        parts = [read_name(part, words=words) for part in texts] if len(texts) > 1 else []
        halves.append(parts[0] if parts and all(named(part, name) for part in parts) else name)
    return halves


def _seated(name: Name, words: OrganisationWords) -> Name:
    """Return the name of the body that sits where `name` says ("Viminale"), else `name`."""
    body = words.seats.get(name.text)
    return read_name(body, words=words) if body else name


def _bracketed(
    text: str, mentions: Sequence[Mention], names: Sequence[Name], words: OrganisationWords
) -> list[tuple[int, int]]:
    """Return pairs of mentions of which the second stands in brackets behind the first; "(Ansa)" names a source."""
    pairs = []
    for at, (mention, following) in enumerate(pairwise(mentions)):
        between = text[mention.end : following.start]
        closed = text[following.end : following.end + 2].lstrip("»\"”'")[:1] in {")", ",", "."}
        if BRACKET.fullmatch(between) and closed and kind_of(names[at + 1], words=words) not in {"media", "bank"}:
            pairs.append((at, at + 1))
    return pairs


def _naming(members: Sequence[int], names: Sequence[Name], inside: set[int]) -> int:
    """Return the mention with the fullest name.

    A name in brackets that is no acronym and comes again ("Ceipiemonte") is what the body goes by.
    """
    times = Counter(names[at].core for at in members)
    for at in members:
        spelled = any(abbreviates(names[at], names[other]) for other in members)
        if at in inside and not spelled and len(names[at].text) > 5 and times[names[at].core] > 1:
            return at
    return max(members, key=lambda at: (len(names[at].core), len(names[at].text), -at))


def make_organisation(
    group: Group, mentions: Sequence[Mention], kinds: Sequence[str | None], *, words: OrganisationWords
) -> Organisation:
    """Return the organisation of `group`; `kinds` are the mentions' kinds as the linker sees them, or None."""
    name, others = group.name, group.written
    aliases = {fold(other.text): other.text for other in reversed(others) if fold(other.text) != fold(name.text)}
    seen = Counter(kind for at in group.members if (kind := kinds[at]))
    told = [kind for other in (name, *others) if (kind := kind_of(other, words=words))]
    return Organisation(
        name=name.text,
        kind=told[0] if told else seen.most_common(1)[0][0] if seen else None,
        aliases=tuple(sorted(aliases.values())),
        mentions=tuple(mentions[at] for at in group.members),
        legal_form=next((other.legal_form for other in (name, *others) if other.legal_form), None),
    )
