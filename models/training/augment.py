"""Other articles from one: names swapped, headlines in capitals, accents as apostrophes, the dirt of real pages.

Every function takes and gives a Gold; marks follow the text. Chance comes from the `random.Random` that is handed in.
"""

import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from models.training.gazetteers import Gazetteers
from models.training.gold import Gold, Span

Edit = tuple[int, int, str]

SWAPPED_KINDS = frozenset({"company", "fund", "bank", "media", "association", ""})
FORM = re.compile(r" (?:S\.?p\.?A\.?|S\.?r\.?l\.?|Sgr|Spa|Srl|Holding|Group|AG|SE|SA|Inc\.?|Ltd|GmbH)$", re.IGNORECASE)
VOWELS = frozenset("aeiouàèéìòùAEIOUÀÈÉÌÒÙhH")
ACCENTS = {"à": "a'", "è": "e'", "é": "e'", "ì": "i'", "ò": "o'", "ù": "u'"}
ACCENTS |= {accented.upper(): plain.upper() for accented, plain in ACCENTS.items()}
FINAL_ACCENT = re.compile(r"[àèéìòùÀÈÉÌÒÙ](?!\w)")  # "città", "è"; not the à of "Baràbba"
DIGIT = re.compile(r"\d")
KEYBOARDS = (str.maketrans("’«»", '\'""'), str.maketrans({"'": "’", "«": "“", "»": "”"}))
HEADERS = (
    "19 marzo 2024\nAggiornato 10:30\n",
    "Home > Economia > Imprese\n",
    "ECONOMIA\n",
    "di Redazione - 12/05/2021 - 08:15\n",
    "Pubblicato il 3 luglio 2019 alle 07:42\n",
    "Condividi\nTweet\nStampa\n",
    "Martedì 8 Novembre 2022\n",
    "Tempo di lettura: 2 minuti\n",
    "Abbonati - Accedi - Newsletter\n",
)
FOOTERS = (
    "\n\n© RIPRODUZIONE RISERVATA",
    "\nLeggi anche: tutte le notizie di economia",
    "\n\nIscriviti alla newsletter per ricevere ogni mattina le notizie della tua città",
    "\nTag: imprese, industria, lavoro",
    "\n\nCommenti (3)\nScrivi un commento",
    "\nUltimo aggiornamento: 18:40",
    "\n\nTi potrebbe interessare anche\nMeteo, le previsioni per il fine settimana\nOroscopo di oggi",
)


@dataclass(frozen=True, slots=True)
class Rates:
    """How often each change is made, per article."""

    names: float = 0.5
    places: float = 0.25
    digits: float = 0.3
    capital_title: float = 0.15
    capitals: float = 0.02
    lower: float = 0.03
    accents: float = 0.07
    quotes: float = 0.2
    no_title: float = 0.08
    one_line: float = 0.08
    glue: float = 0.08
    commas: float = 0.05
    dirt: float = 0.15


def augment(gold: Gold, names: Gazetteers, chance: random.Random, rates: Rates) -> Gold:
    """Return a variant of `gold`; each change happens at its own rate."""
    steps: list[tuple[float, Callable[[Gold], Gold]]] = [
        (rates.names, lambda g: swap_people(swap_organisations(g, names, chance), names, chance)),
        (rates.places, lambda g: swap_places(g, names, chance)),
        (rates.digits, lambda g: swap_digits(g, chance)),
        (rates.no_title, drop_title),
        (rates.capital_title, lambda g: recase(g, str.upper, title_only=True)),
        (rates.capitals, lambda g: recase(g, str.upper)),
        (rates.lower, lambda g: recase(g, str.lower)),
        (
            rates.accents,
            lambda g: edit(g, ((m.start(), m.end(), ACCENTS[m[0]]) for m in FINAL_ACCENT.finditer(g.text))),
        ),
        (rates.quotes, lambda g: swap_quotes(g, chance)),
        (
            rates.commas,
            lambda g: edit(
                g, ((m.start(), m.end(), "") for m in re.finditer(r",(?= )", g.text) if chance.random() < 0.5)
            ),
        ),
        (rates.glue, lambda g: glue(g, chance)),
        (
            rates.one_line,
            lambda g: edit(g, ((m.start(), m.end(), chance.choice(["\n", " "])) for m in re.finditer("\n\n", g.text))),
        ),
        (rates.dirt, lambda g: soil(g, chance)),
    ]
    for rate, step in steps:
        if chance.random() < rate:
            gold = step(gold)
    return gold


def edit(gold: Gold, edits: Iterable[Edit]) -> Gold:
    """Replace pieces of the text; marks keep their edges, also where the edge of a mark is the edge of an edit."""
    text, done, out = "", 0, []
    for start, end, new in sorted(edits):
        if start < done:
            continue
        text += gold.text[done:start] + new
        out.append((start, end, len(text) - len(new), len(text)))
        done = end
    text += gold.text[done:]

    def moved(at: int, *, is_end: bool) -> int:
        shift = 0
        for start, end, new_start, new_end in out:
            if at < start or (at == start and not (is_end and start == end)):
                break
            if at < end:
                return new_end if is_end else new_start
            shift = new_end - end
        return at + shift

    spans = [
        replace(span, start=moved(span.start, is_end=False), end=moved(span.end, is_end=True)) for span in gold.spans
    ]
    return replace(gold, text=text, spans=tuple(span for span in spans if span.end > span.start))


def fits(new: str, old: str) -> bool:
    """Whether `new` can follow the article before `old`: "dell'Enel" takes a vowel, "della Fiat" a consonant."""
    return (new[0] in VOWELS) == (old[0] in VOWELS)


def pick(chance: random.Random, names: tuple[str, ...], old: str) -> str:
    """Return a name that may stand where `old` stood."""
    for _ in range(20):
        new = chance.choice(names)
        if fits(new, old):
            return new
    return old


def shorten(new: str, full: str, surface: str) -> str:
    """Return the form of `new` that is to it what `surface` is to `full`: legal form, acronym, first words."""
    form = FORM.search(surface)
    words = new.split()
    bare = surface[: form.start()] if form else surface
    if bare.isupper() and len(bare) <= 6 and bare.lower() != full.lower() and len(words) > 1:
        short = "".join(word[0] for word in words).upper()
    elif len(bare.split()) < len(full.split()):
        short = " ".join(words[: len(bare.split())])
    else:
        short = new
    if bare.isupper() and len(bare) > 6:
        short = short.upper()
    return short + (form[0] if form else "")


def by_reference(gold: Gold, tag: str) -> dict[str, list[Span]]:
    """Return the marks of `tag` under the id they point to."""
    marks: dict[str, list[Span]] = {}
    for span in gold.spans:
        if span.tag == tag:
            marks.setdefault(span.attrs.get("ref", gold.text[span.start : span.end]), []).append(span)
    return marks


def swap_organisations(gold: Gold, names: Gazetteers, chance: random.Random) -> Gold:
    """Give each company another name, the same wherever it is named."""
    edits: list[Edit] = []
    for ref, spans in by_reference(gold, "org").items():
        if gold.kinds.get(ref, "public") not in SWAPPED_KINDS or chance.random() < 0.3:
            continue
        surfaces = {gold.text[span.start : span.end] for span in spans}
        full = FORM.sub("", max(surfaces, key=len))
        new = pick(chance, names.companies, full)
        edits += [(span.start, span.end, shorten(new, full, gold.text[span.start : span.end])) for span in spans]
    return edit(gold, edits)


def swap_people(gold: Gold, names: Gazetteers, chance: random.Random) -> Gold:
    """Give each person another name; who is called by the surname alone still is."""
    edits: list[Edit] = []
    for spans in by_reference(gold, "per").values():
        full = max((gold.text[span.start : span.end] for span in spans), key=len).split()
        first, last = pick(chance, names.forenames, full[0]), pick(chance, names.surnames, full[-1])
        for span in spans:
            surface = gold.text[span.start : span.end]
            new = f"{first} {last}" if " " in surface else first if surface == full[0] and len(full) > 1 else last
            edits.append((span.start, span.end, new.upper() if surface.isupper() else new))
    return edit(gold, edits)


def swap_places(gold: Gold, names: Gazetteers, chance: random.Random) -> Gold:
    """Give each place another name of its kind."""
    edits: list[Edit] = []
    for old, spans in by_reference(gold, "loc").items():
        kind = next((kind for kind in ("country", "region") if old in names.places[kind]), "town")
        new = pick(chance, names.places[kind], old)
        edits += [(span.start, span.end, new.upper() if old.isupper() else new) for span in spans]
    return edit(gold, edits)


def swap_digits(gold: Gold, chance: random.Random) -> Gold:
    """Change the digits of sums and percentages; the first stays, so that no number begins with 0."""
    edits = [
        (match.start(), match.end(), str(chance.randint(1, 9)))
        for span in gold.spans
        if span.tag in {"money", "percent"}
        for match in DIGIT.finditer(gold.text, span.start + 1, span.end)
    ]
    return edit(gold, edits)


def swap_quotes(gold: Gold, chance: random.Random) -> Gold:
    """Type the whole article with another keyboard: straight or curly apostrophes, other quotation marks."""
    table = chance.choice(KEYBOARDS)
    return replace(gold, text=gold.text.translate(table))


def recase(gold: Gold, case: Callable[[str], str], *, title_only: bool = False) -> Gold:
    """Print title or article in another case; letters that would become two stay."""
    end = gold.text.find("\n\n") if title_only and "\n\n" in gold.text else len(gold.text)
    changed = "".join(case(letter) if len(case(letter)) == 1 else letter for letter in gold.text[:end])
    return replace(gold, text=changed + gold.text[end:])


def drop_title(gold: Gold) -> Gold:
    """Leave the first line out."""
    cut = gold.text.find("\n\n") + 2
    if cut < 2:
        return gold
    spans = [replace(s, start=s.start - cut, end=s.end - cut) for s in gold.spans if s.start >= cut]
    return replace(gold, text=gold.text[cut:], spans=tuple(spans))


def glue(gold: Gold, chance: random.Random) -> Gold:
    """Lose the space behind a full stop or between two lines here and there, as pages do."""
    places = [match for match in re.finditer(r"(?<=[.»”:]) (?=[A-Z«“])", gold.text) if chance.random() < 0.25]
    return edit(gold, ((match.start(), match.end(), "") for match in places))


def soil(gold: Gold, chance: random.Random) -> Gold:
    """Put around the article what a page's body often still holds."""
    head = chance.choice(HEADERS) if chance.random() < 0.6 else ""
    foot = chance.choice(FOOTERS) if chance.random() < 0.7 else ""
    spans = [replace(s, start=s.start + len(head), end=s.end + len(head)) for s in gold.spans]
    return replace(gold, text=head + gold.text + foot, spans=tuple(spans))
