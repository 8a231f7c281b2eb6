"""The hand-written knowledge that linking needs, checked and made ready once (models/lexicon).

Every table carries its own examples and non-examples; tests/pipeline/test_link_lexicon.py walks them.
"""

import re
from dataclasses import dataclass
from functools import cache

from pydantic import RootModel

from pipeline.lexicon import LexiconModel, WordList, load_lexicon
from pipeline.link.folding import fold


class LegalForm(LexiconModel):
    """A legal form, or with `attribute` a state; `family` groups forms that one body may bear in turn."""

    title: str
    forms: tuple[str, ...]
    examples: tuple[str, ...]
    non_examples: tuple[str, ...]
    family: str | None = None
    position: str = "end"  # end, prefix, both
    attribute: bool = False
    cased: bool = False
    owner_tail: bool = False  # "S.n.c. di Rossi Mario & C.": all that follows goes too


class LegalForms(RootModel[dict[str, LegalForm]]):
    """models/lexicon/legal_forms.toml."""


class WordMap(LexiconModel):
    """Words and what each stands for."""

    why: str
    words: dict[str, str]
    examples: tuple[str, ...]
    non_examples: tuple[str, ...]


class SpellingMap(LexiconModel):
    """One spelling and the others that become it."""

    why: str
    words: dict[str, tuple[str, ...]]
    examples: tuple[str, ...]
    non_examples: tuple[str, ...]


class WordPairs(LexiconModel):
    """Pairs of words of which the second says nothing beside the first."""

    why: str
    pairs: tuple[tuple[str, str], ...]
    examples: tuple[str, ...]
    non_examples: tuple[str, ...]


class OrgWords(LexiconModel):
    """models/lexicon/org_words.toml."""

    abbreviations: WordMap
    function_words: WordList
    dropped: WordPairs
    equal: SpellingMap
    group: WordList
    apart: WordList
    bodies: WordList
    generic: WordList
    common: WordList


class KnownBodies(LexiconModel):
    """models/lexicon/known_bodies.toml: the name kept, and the others."""

    names: dict[str, tuple[str, ...]]
    examples: tuple[str, ...]
    non_examples: tuple[str, ...]


class DangerousNames(LexiconModel):
    """models/lexicon/dangerous_names.toml."""

    acronyms: WordList
    metonyms: WordList
    words: WordList


class Ownership(LexiconModel):
    """models/lexicon/ownership.toml."""

    behind: WordList


class PersonWords(LexiconModel):
    """models/lexicon/person_words.toml."""

    honorifics: WordList


@dataclass(frozen=True, slots=True)
class FormPattern:
    """A legal form ready to match at the end or the beginning of a name; group 1 is what remains."""

    code: str
    family: str | None
    attribute: bool
    end: re.Pattern[str] | None
    start: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Words:
    """The words of names, ready for look-up."""

    abbreviations: dict[str, str]
    function: frozenset[str]
    dropped: tuple[tuple[str, str], ...]
    equal: tuple[tuple[str, str], ...]  # spelling found, spelling kept; both may be of several words
    group: frozenset[str]
    apart: frozenset[str]
    bodies: frozenset[str]
    generic: frozenset[str]
    common: frozenset[str]
    dangerous: frozenset[str]
    undistinctive: frozenset[str]  # common, group, apart and bodies together


def form_regex(form: str) -> str:
    """Return a pattern for `form` whose dots and the spaces after them are free: "S.p.A." -> "SpA", "S. p. A."."""
    letters = re.sub(r"[^\w]", "", form)
    # "S.C." must not take the SC of a sports club, "S.s." not "SS": two letters keep their dots
    dot = r"\.\s?" if len(letters) == 2 else r"\.?\s?"
    body = "".join(dot if char == "." else r"\s+" if char == " " else re.escape(char) for char in form.rstrip("."))
    return re.sub(r"(?:\\\.\\s\?|\\\.\?\\s\?)\\s\+", r"\\.?\\s*", body) + r"\.?"


def compile_form(code: str, form: LegalForm) -> FormPattern:
    """Return `form` ready to match; the longest spelling first."""
    flags = re.NOFLAG if form.cased else re.IGNORECASE
    longest = sorted(form.forms, key=len, reverse=True)
    spellings = "|".join(map(form_regex, longest))
    # "Società Agricola Alfa" begins with its form, "S.c.a. Alfa" does not: acronyms stand at the end
    leading = "|".join(form_regex(spelling) for spelling in longest if re.match(r"\w{3}", spelling))
    # "Rossi Sas di Mario Rossi & C." loses the whole tail, "Rossi Spa" only the form
    tail = r"(?:\s+di\s.+)?" if form.owner_tail else ""
    end = re.compile(rf"(.*?[\w.)»\"'])(?:\s*[,(–-]\s*|\s+)(?:{spellings}){tail}\)?", flags)
    start = re.compile(rf"(?:{leading})[\s,]+(\S.*)", flags)
    return FormPattern(
        code,
        form.family,
        form.attribute,
        end if form.position != "prefix" else None,
        start if form.position != "end" else None,
    )


@cache
def legal_forms() -> tuple[FormPattern, ...]:
    """Return the legal forms of the lexicon, those of the longest spellings first."""
    forms = load_lexicon("legal_forms", LegalForms).root
    longest = sorted(forms, key=lambda code: (-max(map(len, forms[code].forms)), code))
    return tuple(compile_form(code, forms[code]) for code in longest)


def folded(listed: tuple[str, ...]) -> frozenset[str]:
    """Return words as names are compared."""
    return frozenset(map(fold, listed))


@cache
def words() -> Words:
    """Return the word lists of the lexicon."""
    listed = load_lexicon("org_words", OrgWords)
    dangerous = load_lexicon("dangerous_names", DangerousNames)
    group, apart, bodies, common = map(
        folded, (listed.group.words, listed.apart.words, listed.bodies.words, listed.common.words)
    )
    return Words(
        abbreviations=listed.abbreviations.words,
        function=folded(listed.function_words.words),
        dropped=tuple((fold(first), fold(second)) for first, second in listed.dropped.pairs),
        equal=tuple((fold(other), fold(kept)) for kept, others in listed.equal.words.items() for other in others),
        group=group,
        apart=apart,
        bodies=bodies,
        generic=folded(listed.generic.words),
        common=common,
        dangerous=folded((*dangerous.acronyms.words, *dangerous.metonyms.words, *dangerous.words.words)),
        undistinctive=group | apart | bodies | common,
    )


@cache
def behind_words() -> re.Pattern[str]:
    """Return the words that say that one body acts for another, as one pattern over folded text."""
    listed = sorted(map(fold, load_lexicon("ownership", Ownership).behind.words), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, listed))})(?:\b|(?<=all))")


@cache
def honorifics() -> frozenset[str]:
    """Return the titles that stand before people's names."""
    return folded(load_lexicon("person_words", PersonWords).honorifics.words)
