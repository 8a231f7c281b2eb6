"""Every example of the linker's lexicon fires its rule, no non-example does; nothing is listed twice."""

import pytest

from pipeline.lexicon import load_lexicon
from pipeline.link import Verdict, find_place, judge_names
from pipeline.link.folding import fold
from pipeline.link.knowledge import (
    DangerousNames,
    KnownBodies,
    LegalForms,
    OrgWords,
    Ownership,
    PersonWords,
    behind_words,
    words,
)
from pipeline.link.names import is_dangerous, parse_org_name, person_words
from pipeline.link.organisations import held_apart, is_body, is_telling
from pipeline.link.places import Demonyms, PlaceTable, demonyms, town_place
from pipeline.records import Mention, Organisation

FORMS = load_lexicon("legal_forms", LegalForms).root
WORDS = load_lexicon("org_words", OrgWords)
DANGEROUS = load_lexicon("dangerous_names", DangerousNames)
DEMONYMS = load_lexicon("demonyms", Demonyms)
PLACES = load_lexicon("places", PlaceTable)
OWNERSHIP = load_lexicon("ownership", Ownership)
BODIES = load_lexicon("known_bodies", KnownBodies)
PEOPLE = load_lexicon("person_words", PersonWords)


def pairs(examples, separator=" | "):
    return [tuple(example.split(separator)) for example in examples]


@pytest.mark.parametrize(("written", "core"), pairs((e for f in FORMS.values() for e in f.examples), " => "))
def test_a_legal_form_is_taken_off(written, core):
    assert parse_org_name(written).core == core


@pytest.mark.parametrize("written", [e for form in FORMS.values() for e in form.non_examples])
def test_what_only_looks_like_a_form_stays(written):
    assert parse_org_name(written).core == written


EQUAL = (WORDS.abbreviations, WORDS.function_words, WORDS.dropped, WORDS.equal)


@pytest.mark.parametrize(("first", "second"), pairs(e for table in EQUAL for e in table.examples))
def test_spellings_of_one_name(first, second):
    assert parse_org_name(first).norm == parse_org_name(second).norm


@pytest.mark.parametrize(("first", "second"), pairs(e for table in EQUAL for e in table.non_examples))
def test_spellings_of_two_names(first, second):
    assert parse_org_name(first).norm != parse_org_name(second).norm


@pytest.mark.parametrize(("first", "second"), pairs(WORDS.group.examples))
def test_groups_are_proposed(first, second):
    assert judge_names(first, second).verdict is Verdict.PROPOSE


def differing_words(first, second):
    one, two = (frozenset(parse_org_name(name).words) for name in (first, second))
    return one - two, two - one


@pytest.mark.parametrize(("first", "second"), pairs((*WORDS.apart.examples, *WORDS.bodies.examples)))
def test_words_that_hold_apart(first, second):
    assert held_apart(*differing_words(first, second), words())
    assert judge_names(first, second).verdict is Verdict.DIFFERENT


@pytest.mark.parametrize(("first", "second"), pairs((*WORDS.apart.non_examples, *WORDS.bodies.non_examples)))
def test_words_that_hold_nothing_apart(first, second):
    assert not held_apart(*differing_words(first, second), words())


@pytest.mark.parametrize(("long", "short"), pairs(WORDS.common.examples))
def test_a_short_form_of_uncommon_words_tells(long, short):
    assert is_telling(parse_org_name(short))
    assert not is_body(parse_org_name(long))


@pytest.mark.parametrize(("long", "short"), pairs(WORDS.common.non_examples))
def test_a_short_form_of_common_words_does_not(long, short):
    assert not is_telling(parse_org_name(short))


@pytest.mark.parametrize(("first", "second"), pairs(WORDS.generic.examples))
def test_what_names_no_body_is_never_one(first, second):
    assert judge_names(first, second).verdict is Verdict.DIFFERENT


@pytest.mark.parametrize(("first", "second"), pairs(WORDS.generic.non_examples))
def test_what_names_a_body_is_one(first, second):
    assert judge_names(first, second).verdict is Verdict.SAME


@pytest.mark.parametrize(("first", "second"), pairs(BODIES.examples))
def test_bodies_of_two_names(first, second):
    assert judge_names(first, second).verdict is Verdict.SAME


@pytest.mark.parametrize(("first", "second"), pairs(BODIES.non_examples))
def test_bodies_that_only_share_words_with_them(first, second):
    assert judge_names(first, second).verdict is not Verdict.SAME


TABLES = (DANGEROUS.acronyms, DANGEROUS.metonyms, DANGEROUS.words)


@pytest.mark.parametrize(("first", "second"), pairs(e for table in TABLES for e in table.examples))
def test_nothing_near_a_dangerous_name_is_proposed(first, second):
    assert is_dangerous(parse_org_name(first).norm)
    assert judge_names(first, second).verdict is Verdict.DIFFERENT


@pytest.mark.parametrize(("first", "second"), pairs(e for table in TABLES for e in table.non_examples))
def test_near_other_names_are_proposed(first, second):
    assert judge_names(first, second).verdict is Verdict.PROPOSE


def place_of(text):
    """Return the place of Alfa in `text`."""
    start = text.index("Alfa")
    return find_place(Organisation("Alfa", None, (), (Mention(start, start + 4, "Alfa"),)), text)


@pytest.mark.parametrize(("text", "town"), pairs(DEMONYMS.towns.examples, " => "))
def test_adjectives_of_towns(text, town):
    place = place_of(text)
    assert (place.name, bool(place.province)) == (town, True)


@pytest.mark.parametrize("text", [*DEMONYMS.towns.non_examples, *DEMONYMS.regions.non_examples])
def test_words_that_are_no_adjectives_of_ours(text):
    assert place_of(text) is None


@pytest.mark.parametrize(("text", "region"), pairs(DEMONYMS.regions.examples, " => "))
def test_adjectives_of_regions(text, region):
    assert demonyms()[fold(next(w for w in text.split() if fold(w) in demonyms()))].region == region


@pytest.mark.parametrize("town", DEMONYMS.towns.places.values())
def test_every_town_of_an_adjective_is_a_comune(town):
    assert town_place(town) is not None


@pytest.mark.parametrize("region", DEMONYMS.regions.places.values())
def test_every_region_of_an_adjective_is_listed(region):
    assert region in PLACES.regions


@pytest.mark.parametrize(("name", "place"), pairs(PLACES.examples, " => "))
def test_places(name, place):
    found = town_place(name)
    assert f"{found.province}, {found.region}" == place


@pytest.mark.parametrize("name", PLACES.non_examples)
def test_no_places_of_italy(name):
    assert town_place(name) is None


def test_the_regions_have_all_provinces_once():
    codes = [code for codes in PLACES.regions.values() for code in codes]
    assert (len(PLACES.regions), len(codes), len(set(codes))) == (20, 107, 107)


@pytest.mark.parametrize("sentence", OWNERSHIP.behind.examples)
def test_words_of_ownership(sentence):
    assert behind_words().search(fold(sentence))


@pytest.mark.parametrize("sentence", OWNERSHIP.behind.non_examples)
def test_sentences_without_ownership(sentence):
    assert not behind_words().search(fold(sentence))


@pytest.mark.parametrize(("first", "second"), pairs(PEOPLE.honorifics.examples))
def test_honorifics_are_no_names(first, second):
    assert sorted(person_words(first)) == sorted(person_words(second))


@pytest.mark.parametrize(("first", "second"), pairs(PEOPLE.honorifics.non_examples))
def test_names_that_differ(first, second):
    assert sorted(person_words(first)) != sorted(person_words(second))


LISTS = {
    "function_words": WORDS.function_words.words,
    "group": WORDS.group.words,
    "apart": WORDS.apart.words,
    "bodies": WORDS.bodies.words,
    "common": WORDS.common.words,
    "generic": WORDS.generic.words,
    "acronyms": DANGEROUS.acronyms.words,
    "metonyms": DANGEROUS.metonyms.words,
    "dangerous": DANGEROUS.words.words,
    "behind": OWNERSHIP.behind.words,
    "honorifics": PEOPLE.honorifics.words,
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_sorted_and_say_nothing_twice(name):
    assert list(LISTS[name]) == sorted(set(LISTS[name]))


@pytest.mark.parametrize(
    "table", [FORMS, BODIES.names, WORDS.abbreviations.words, DEMONYMS.towns.places, DEMONYMS.regions.places]
)
def test_tables_are_sorted(table):
    assert list(table) == sorted(table)
