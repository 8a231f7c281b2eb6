"""The words of an organisation's name, its legal form apart, and when two names may be one body's. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.lexicon import LexiconModel, load_lexicon

# "Alfa-Beta S.p.A." is alfa, beta, s.p.a.; "E.N.P.A." is one word
WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*\.?|&")
LETTERS = re.compile(r"[^a-z0-9]+")


class KindWords(LexiconModel):
    """The first (or last) words of the names of one kind of body."""

    heads: tuple[str, ...]
    tails: tuple[str, ...] = ()
    examples: tuple[str, ...]
    non_examples: tuple[str, ...]


class OfficeBody(LexiconModel):
    """Offices, and the bodies that have them, each by how it begins."""

    offices: tuple[str, ...]
    bodies: tuple[str, ...]


class OrganisationWords(LexiconModel):
    """models/lexicon/organisations.toml."""

    function_words: frozenset[str]
    generic: frozenset[str]
    sorts: frozenset[str]
    apart: frozenset[str]
    countries: frozenset[str]
    public_offices: tuple[str, ...]
    government_offices: tuple[str, ...]
    office_bodies: tuple[OfficeBody, ...]
    seats: dict[str, str]
    legal_forms: frozenset[str]
    kinds: dict[str, KindWords]

    @cached_property
    def heads(self) -> dict[str, str]:
        """The kind by the first words of a name."""
        return {head: kind for kind, known in sorted(self.kinds.items()) for head in known.heads}

    @cached_property
    def tails(self) -> dict[str, str]:
        """The kind by the last word of a name."""
        return {tail: kind for kind, known in sorted(self.kinds.items()) for tail in known.tails}

    @cached_property
    def form_ends(self) -> frozenset[str]:
        """How legal forms end, from each of their letters on: what the last word of one may be."""
        return frozenset(form[at:] for form in self.legal_forms for at in range(len(form)))


@dataclass(frozen=True, slots=True)
class Name:
    """A name as words: `words` all but the legal form, folded; `core` those that are no function words."""

    text: str  # without its legal form
    words: tuple[str, ...]
    core: tuple[str, ...]
    legal_form: str | None = None


def load_organisation_words() -> OrganisationWords:
    """Read models/lexicon/organisations.toml."""
    return load_lexicon("organisations", OrganisationWords)


def fold(text: str) -> str:
    """Return `text` in lower case, without accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).lower()
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def read_name(text: str, *, words: OrganisationWords) -> Name:
    """Return the name that `text` writes; a name that is nothing but a legal form keeps it."""
    spans = [match.span() for match in WORD.finditer(text)]
    cut, form = _legal_form(text, spans, words)
    end = spans[cut - 1][1] if cut else len(text)
    kept = text[:end].strip(" ,-–") if form else text.strip()
    folded = tuple(LETTERS.sub("", fold(text[start:stop])) or "&" for start, stop in spans[:cut])
    core = tuple(word for word in folded if word not in words.function_words)
    return Name(kept, folded, core or folded, form)


def _legal_form(text: str, spans: Sequence[tuple[int, int]], words: OrganisationWords) -> tuple[int, str | None]:
    """Return how many words stand before the legal form, and the form as written; "Soc. Coop." is two words."""
    if len(spans) < 2 or LETTERS.sub("", fold(text[slice(*spans[-1])])) not in words.form_ends:
        return len(spans), None
    for count in (4, 3, 2, 1):
        if count < len(spans):
            tail = text[spans[-count][0] : spans[-1][1]]
            # "SE" and "SA" are forms, "sa" at the end of a sentence's words is none
            if tail in {"spa", "srl"} or (LETTERS.sub("", fold(tail)) in words.legal_forms and not tail.islower()):
                return len(spans) - count, text[spans[-count][0] :].strip()
    return len(spans), None


def kind_of(name: Name, *, words: OrganisationWords) -> str | None:
    """Return the kind that the words of the name tell; None where they tell none. The longest head wins."""
    for count in range(len(name.words), 0, -1):
        if kind := words.heads.get(" ".join(name.words[:count])):
            return kind
    return words.tails.get(name.words[-1]) if len(name.words) > 1 else None


def abbreviates(short: Name, long: Name) -> bool:
    """Say whether `short` is made of the initials of `long`: "Cta", "E.N.P.A.", "IdV"; never one letter.

    Four and more may pass one over: "Csgi" of "China Southern Power Grid International".
    """
    letters = "".join(short.words)
    if len(long.core) < 2 or not 2 <= len(letters) <= 8 or (len(short.words) > 1 and max(map(len, short.words)) > 1):
        return False
    initials = {"".join(word[0] for word in words) for words in (long.words, long.core)}
    if len(letters) > 3:
        initials |= {each[:at] + each[at + 1 :] for each in initials for at in range(1, len(each) - 1)}
    return letters in initials


def within(short: Name, long: Name, *, words: OrganisationWords) -> bool:
    """Say whether `short` may be a short form of `long`: "Brembo" of "Gruppo Brembo", "Comune" of "Comune di Rimini".

    "Nordkilde" is none of "Nordkilde Italia", "Banca d'Italia" none of "Consiglio superiore della Banca d'Italia".
    """
    if not set(short.core) < set(long.core):
        return "".join(short.core) == "".join(long.core)  # "Ristoravending"
    rest = [word for word in long.core if word not in short.core]
    if all(word in words.apart for word in rest):
        return False
    if short.core[0] == long.core[0] not in words.generic and not words.countries.isdisjoint(rest):
        return False
    if short.core[0] == long.core[0]:
        return True
    return short.core[0] not in words.generic and not (long.core[0] in words.generic and _is_complement(short, long))


def _is_complement(short: Name, long: Name) -> bool:
    """Say whether `short` begins in `long` behind "di" or the like: "Cagliari" in "Procura di Cagliari"."""
    at = long.words.index(short.core[0])
    return at > 0 and long.words[at - 1] not in long.core
