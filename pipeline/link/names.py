"""Names of organisations and people as comparable forms. Reads a name alone; who is who is decided elsewhere."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from pipeline.lexicon import load_lexicon
from pipeline.link.folding import APOSTROPHES, fold
from pipeline.link.knowledge import FormPattern, KnownBodies, Words, honorifics, legal_forms, words

QUOTES = re.compile('[«»“”„"]')
# "f.lli" and "b.ca" are one word; "S.Paolo" is "s." and "paolo"; "D.D.D." is one, "G.D" too; "Tod's" keeps its letter
WORD = re.compile(
    r"(?:[^\W\d_]\.)+[^\W\d_](?!\w)\.?|(?:[^\W\d_]\.){2,}(?!\w)|[^\W\d_]+\.[^\W\d_]{2,3}(?!\w)|\w+\.?|&|\+"
)
TOKEN = re.compile(r"\w+")
# "e'", "societa'" are é, à of writers without accents; "l'" is an article
FALSE_ACCENT = re.compile(r"(?<=\w[aeiou])'(?=\s|$)")
# the genitive of a trade name: "Tod's" is "tods"; "dell'S" keeps its article apart
GENITIVE = re.compile(r"(?<=\w\w)'(?=s(?:\s|$))")
# an article or a common noun before a name: "la Maranga", "il gruppo Maranga"; "La Stampa", "Gruppo Alfa" are names
LOWER_START = re.compile(r"\A(?:(?:il|lo|la|i|gli|le)\s+|l')?(?:gruppo\s+)?(?=[A-Z0-9])")


@dataclass(frozen=True, slots=True)
class OrgName:
    """A name taken apart: "Officine F.lli Rossi S.r.l." -> words ("officine", "fratelli", "rossi"), form "srl".

    `norm` is the words joined by spaces, without function words; `family` groups forms that one body bears in turn.
    """

    written: str
    core: str  # as written, without its legal form
    words: tuple[str, ...]
    form: str | None
    family: str | None
    compact: str  # all its words, function words too, without spaces
    distinctive: tuple[
        str, ...
    ]  # words neither common to many names, nor a group's or body's, nor marks that hold apart
    generic: bool  # says only what sort of body it is: "Regione", "Camera di commercio"

    @property
    def norm(self) -> str:
        """Return the normal form."""
        return " ".join(self.words)


def clean(name: str) -> str:
    """Return `name` with plain apostrophes, without quotes and outer punctuation, single-spaced."""
    text = QUOTES.sub(" ", APOSTROPHES.sub("'", unicodedata.normalize("NFKC", name)))
    return " ".join(text.split()).strip(" ,;:-–")


def strip_form(name: str, forms: tuple[FormPattern, ...]) -> tuple[str, FormPattern | None]:
    """Return `name` without the outermost legal form and that form; the name itself and None where there is none.

    Where forms of several lengths fit, the one that leaves least wins: "Soc. Coop. Agr." before "Soc. Coop.".
    """
    found: list[tuple[int, str, FormPattern]] = []
    for form in forms:
        for pattern in (form.end, form.start):
            if pattern and (match := pattern.fullmatch(name)):
                rest = match.group(1).strip(" ,(–-")
                found.append((len(rest), rest, form))
    if not found:
        return name, None
    _, rest, form = min(found, key=lambda item: item[0])
    return rest, form


def split_forms(name: str) -> tuple[str, FormPattern | None]:
    """Return `name` without all its legal forms and attributes, and the last form of its own that stood there."""
    legal: FormPattern | None = None
    rest, form = strip_form(name, legal_forms())
    while form is not None:
        legal = legal or (None if form.attribute else form)
        rest, form = strip_form(rest, legal_forms())
    return rest, legal


def all_words(core: str, known: Words) -> list[str]:
    """Return the folded words of a name without legal form: "F.lli Rossi" -> fratelli, rossi."""
    text = FALSE_ACCENT.sub("", GENITIVE.sub("", fold(core)))
    tokens = [known.abbreviations.get(token, token).replace(".", "") for token in WORD.findall(text)]
    return [word for token in tokens for word in fold(token).split() if word not in {"&", "+"}]


def identity_words(flat: list[str], known: Words) -> tuple[str, ...]:
    """Return the words of `flat` that say who it is; function words stay where fewer than two others would remain."""
    kept = [word for word in flat if word not in known.function]
    chosen = kept if len(kept) > 1 else flat
    for first, second in known.dropped:
        if first in chosen and chosen[0] != second:
            chosen = [word for word in chosen if word != second]
    return tuple(equal_spellings(" ".join(chosen), known).split()) or ("",)


def equal_spellings(norm: str, known: Words) -> str:
    """Return `norm` with the spellings of the lexicon that are one word made one."""
    padded = f" {norm} "
    for other, kept in known.equal:
        padded = padded.replace(f" {other} ", f" {kept} ")
    return padded.strip()


@cache
def known_bodies() -> dict[str, str]:
    """Return the names of the lexicon that are another name of a body, with the one that is kept."""
    table = load_lexicon("known_bodies", KnownBodies).names
    return {take_apart(other).compact: kept for kept, others in table.items() for other in others}


@lru_cache(maxsize=65536)
def parse_org_name(name: str) -> OrgName:
    """Take an organisation's name apart; one that everybody knows by another name gets that one's words."""
    parsed = take_apart(name)
    kept = known_bodies().get(parsed.compact)
    other = take_apart(kept) if kept is not None else known_group(parsed)
    if other is None:
        return parsed
    return replace(other, written=name, core=parsed.core, form=parsed.form, family=parsed.family)


def known_group(name: OrgName) -> OrgName | None:
    """Return "Gruppo Mps" as the group of the body that "Mps" is another name of; None for what is no such group."""
    for group in words().group & {name.words[0], name.words[-1]}:
        kept = known_bodies().get(name.compact.removeprefix(group).removesuffix(group))
        if kept is not None:
            body = take_apart(kept)
            return replace(body, words=(group, *body.words), compact=group + body.compact)
    return None


def take_apart(name: str) -> OrgName:
    """Take a name apart by its own words; a name that is nothing but a legal form keeps it as its word."""
    core, form = split_forms(LOWER_START.sub("", clean(name)))
    flat = all_words(core, words())
    if not flat:
        core, form = clean(name), None
        flat = TOKEN.findall(fold(name)) or [fold(name)]
    found = identity_words(flat, words())
    return OrgName(
        written=name,
        core=core,
        words=found,
        form=form.code if form else None,
        family=form.family if form else None,
        compact="".join(flat),
        distinctive=tuple(word for word in found if word not in words().undistinctive),
        generic=all(word in words().generic or word in words().function for word in found),
    )


@lru_cache(maxsize=65536)
def person_words(name: str) -> tuple[str, ...]:
    """Return the words of a person's name, folded, without titles: "ing. Maeve O'Keefe" -> ("maeve", "okeefe").

    A name that is all title keeps it: Conte is a surname too.
    """
    found = TOKEN.findall(fold(name).replace("'", "").replace(".s", "s"))
    start = 0
    while len(found) - start > 2 and found[start] in honorifics():
        start += 1
    return tuple(found[start:])


def is_dangerous(norm: str) -> bool:
    """Return whether only an equal name may meet `norm`: three letters or fewer, listed, or a single common word."""
    known = words()
    return len(norm.replace(" ", "")) <= 3 or norm in known.dangerous or norm in known.common


def is_acronym_of(acronym: str, name: str) -> bool:
    """Return whether the letters of `acronym` begin the content words of `name`, in order, one to four of each.

    Function words may give a letter or none: "Ferrotranvie Iblee" has FTI (FerroTranvie Iblee), "Bpm" is of
    "Banca Popolare di Milano". Every content word but one must give a letter.
    """
    letters = re.sub(r"\W", "", fold(acronym))
    known = words()
    parts = [word for word in TOKEN.findall(fold(name).replace("'", " ")) if word]
    content = [word for word in parts if word not in known.function]
    if not 2 <= len(letters) <= 10 or len(content) < 2 or " " in acronym.strip():
        return False
    return consumes(letters, tuple(parts), frozenset(known.function), skipped=0)


def consumes(letters: str, parts: tuple[str, ...], function: frozenset[str], *, skipped: int) -> bool:
    """Return whether `letters` can be taken from the beginnings of `parts`, in order, at most one content word left."""
    if not parts:
        return not letters and skipped <= 1
    head, rest = parts[0], parts[1:]
    for count in range(min(4, len(head), len(letters)), 0, -1):
        if head.startswith(letters[:count]) and consumes(letters[count:], rest, function, skipped=skipped):
            return True
    lost = skipped + (head not in function)
    return lost <= 1 and consumes(letters, rest, function, skipped=lost)
