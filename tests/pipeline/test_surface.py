"""The surface reader: what it looks at, how its file is kept, how two readers become one."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.gold_reading import silent_surface
from pipeline.errors import ModelError
from pipeline.extract.fusion import Weights, log_odds, mix, mix_choices, sight
from pipeline.extract.labels import may_link
from pipeline.extract.names import load_organisation_words
from pipeline.extract.naming import Named
from pipeline.extract.reading import Candidate, Reading, Trigger
from pipeline.extract.surface.bodies import place_people
from pipeline.extract.surface.features import open_words, speak, token_features
from pipeline.extract.surface.hashes import ONES, SIZE, Hashed, combine, hash1, hash2, hash3, hash4, hash_text
from pipeline.extract.surface.linear import NAMES, Linear, compiled, load_surface, save_surface
from pipeline.extract.surface.opinion import find_spoken
from pipeline.extract.surface.view import make_view
from pipeline.records import Mention, Organisation, Person

TEXT = "Alfa compra\n\nAlfa è stata rilevata dall'inglese Beta."
SENTENCES = ((0, 11), (13, len(TEXT)))
ORGANISATION = Candidate(0, 4, "ORG")


def view_of(text=TEXT, sentences=SENTENCES, candidates=(ORGANISATION,)):
    return make_view(text, sentences, candidates)


def test_view():
    view = view_of()
    assert view.words == ("alfa", "compra", "alfa", "è", "stata", "rilevata", "dall'", "inglese", "beta", ".")
    assert view.sentences == (0, 0, *[1] * 8)
    assert view.kinds[:3] == ("ORG", "", "")
    opened = [view.open_hash(at).whole for at in (0, 2, 99)]
    assert opened == [hash_text("ORG"), hash_text("alfa"), hash_text("<>")]
    assert (view.shape(0), view.shape(9), view.end(1)) == ("Xx", "-", 11)
    assert view.span(TEXT.index("stata"), TEXT.index(" dall")) == (4, 6)
    assert view.sentence(4) == (2, 10)
    assert view.title == 11


@pytest.mark.parametrize(
    ("edges", "form"), [((1, 2), "ra"), ((3, 6), "passive"), ((4, 6), "passive"), ((5, 6), "passive")]
)
def test_form_of_a_trigger(edges, form):
    assert speak(view_of(), edges).form == form


def test_open_words():
    view = view_of()
    assert [view.words[at] for at in open_words(view)] == [
        *("compra", "alfa", "è", "stata", "rilevata", "dall'", "inglese", "beta")
    ]


def test_a_text_without_words():
    view = view_of("", ((0, 0),), ())
    assert token_features(view, open_words(view)) == []
    assert find_spoken(np.zeros((0, 3), np.float32), least=0.4) == ()


SPOKEN = [  # (chances of begin and inside of each word, triggers)
    ([(0.1, 0.0), (0.9, 0.0), (0.1, 0.8), (0.0, 0.1)], ((1, 3),)),
    ([(0.3, 0.0), (0.2, 0.6)], ()),
    ([(0.9, 0.0), (0.9, 0.1)], ((0, 1), (1, 2))),
]


@pytest.mark.parametrize(("chances", "expected"), SPOKEN)
def test_find_spoken(chances, expected):
    rows = np.array([(1 - begin - inside, begin, inside) for begin, inside in chances], np.float32)
    assert find_spoken(rows, least=0.4) == expected


def test_a_word_is_hashed_by_its_letters():
    word = Hashed("rilevata")
    assert (word.first4, word.first5) == (hash_text("rile"), hash_text("rilev"))
    assert (word.first6, word.first7, word.whole) == (hash_text("rileva"), hash_text("rilevat"), hash_text("rilevata"))
    assert [word.last2, word.last3, word.last4] == [hash_text(end[::-1]) for end in ("ta", "ata", "vata")]
    short = Hashed("è")
    assert short.first4 == short.whole == short.last2 == short.last4 == hash_text("è")


def test_hashes_are_the_same_everywhere():
    # what a model learned with other numbers is lost
    assert (hash_text(""), hash_text("rilevata"), hash_text("società")) == (18652613, 1601367269, 1081481850)
    assert [hash1(1, 2), hash2(1, 2, 3), hash3(1, 2, 3, 4), hash4(1, 2, 3, 4, 5)] == [223160, 143223, 46070, 12482]


def test_hashes_never_outgrow_their_bits():
    largest = [combine(number, part) for number in (0, ONES) for part in (0, 1, ONES)]
    assert all(0 <= each <= ONES for each in largest)
    assert 0 <= hash4(99, ONES, ONES, ONES, ONES) < SIZE


def test_the_order_of_parts_tells():
    assert hash2(1, 2, 3) != hash2(1, 3, 2)
    assert hash1(1, 2) != hash1(2, 1)


def test_the_file_gives_back_what_was_kept(tmp_path):
    weights = np.zeros((SIZE, 3), np.float32)
    weights[1] = [0.5, -1.0, 0.25]
    save_surface(tmp_path / "surface.npz", dict.fromkeys(NAMES, weights))
    model = load_surface(tmp_path / "surface.npz")["links"]
    scores = np.exp([0.5, -1.0, 0.25])
    assert model.chances([{1}])[0] == pytest.approx(scores / scores.sum(), abs=0.01)
    assert model.chances([{2}])[0] == pytest.approx([1 / 3] * 3)
    assert model.chances([]).shape == (0, 3)


BYTES = Linear(np.arange(SIZE, dtype=np.int32) % 100, np.arange(-128, 172).astype(np.int8).reshape(100, 3))


@pytest.mark.skipif(compiled is None, reason="sums.c is not compiled")
def test_compiled_sums_are_numpy_s():
    cases = [set(range(at, at * at + 1)) for at in range(1, 20)]  # of 1 to 343 hashes
    assert np.array_equal(BYTES.sums(cases), BYTES.sums_in_numpy(cases))
    assert np.array_equal(BYTES.sums([list(case) for case in cases]), BYTES.sums(cases))


@pytest.mark.skipif(compiled is None, reason="sums.c is not compiled")
@pytest.mark.parametrize(
    ("error", "message", "given"),
    [
        (ValueError, "-1: not a hash", {"cases": [{-1}]}),
        (ValueError, "4: not a hash", {"cases": [{0, 4}]}),
        (ValueError, "3: not a hash", {"cases": [{3}], "row": np.array([0, 1, 0, 2], np.int32)}),  # there are two rows
        (ValueError, "1: not a hash", {"cases": [{1}], "row": np.array([0, -1, 0, 0], np.int32)}),
        (ValueError, "out", {"cases": [{0}, {1}]}),
        (ValueError, "out", {"weights": np.zeros(5, np.int8)}),
        (ValueError, "out", {"out": np.zeros((1, 65), np.float32)}),
        (ValueError, "out", {"cases": []}),
        (TypeError, "str", {"cases": [{"a"}]}),
        (TypeError, "a set or a list", {"cases": [1]}),
        (TypeError, "a list", {"cases": 1}),
    ],
)
def test_what_is_no_hash_or_of_another_size_is_refused(error, message, given):
    four = np.array([0, 1, 0, 1], np.int32)
    known = {"cases": [{0, 1}], "row": four, "weights": np.zeros((2, 3), np.int8), "out": np.zeros((1, 3), np.float32)}
    with pytest.raises(error, match=message):
        compiled.add_up(*(known | given).values())


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04"])
def test_a_damaged_file_is_named(tmp_path, content):
    (tmp_path / "surface.npz").write_bytes(content)
    with pytest.raises(ModelError, match=r"surface\.npz"):
        load_surface(tmp_path / "surface.npz")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"surface\.npz"):
        load_surface(tmp_path / "surface.npz")


WEIGHTS = Weights(heads=1.0, surface=0.5, bias=0.0, alone=2.0, alone_bias=-1.0)


def test_log_odds_add_up():
    heads, surface = np.array([0.8, 0.8, 0.5], np.float32), np.array([0.5, 0.2, 0.9], np.float32)
    mixed = mix(heads, surface, np.array([False, False, True]), WEIGHTS)
    assert mixed[0] == pytest.approx(0.8, abs=1e-5)
    assert 0.5 < mixed[1] < 0.8
    assert log_odds(mixed[2:])[0] == pytest.approx(2 * np.log(9) - 1, abs=1e-4)


def test_choices():
    heads, surface = np.array([[0.9, 0.1], [0.5, 0.5]], np.float32), np.array([[0.5, 0.5], [0.2, 0.8]], np.float32)
    mixed = mix_choices(heads, surface, np.array([False, True]), WEIGHTS)
    assert mixed[0] == pytest.approx([0.9, 0.1], abs=1e-5)
    assert mixed[1] == pytest.approx([1 / 17, 16 / 17], abs=1e-5)


def test_where_both_see_a_trigger_the_taggers_words_count():
    view = view_of()
    trigger = Trigger(TEXT.index("è stata"), TEXT.index(" dall"), 0.9, (0.0,) * 21, (0.0,) * 6)
    reading = Reading(
        triggers=(trigger,), links=np.zeros((1, 0, 18), np.float32), same_deal=np.ones((1, 1), np.float32)
    )
    chances = np.zeros((len(view.words), 3), np.float32)
    chances[[1, 5], 1] = 0.9
    seen = sight(view, reading, chances, least=0.4)
    assert [(each.edges, each.row) for each in seen] == [((1, 2), None), ((3, 6), 0)]
    assert [each.row for each in sight(view, reading, chances, least=0.95)] == [0]


@pytest.mark.parametrize(
    ("kind", "link", "expected"),
    [
        ("ORG", "buyer", True),
        ("PARTY", "target", True),
        ("MONEY", "amount", True),
        ("MONEY", "buyer", False),
        ("ORG", "amount", False),
        ("PERCENT", "date", False),
    ],
)
def test_a_sum_is_no_party(kind, link, expected):
    assert may_link(kind, link) is expected


WORDS = load_organisation_words()

PLACED = [
    # what the linker finds of Alfa and Beta, what the surface finds of any body, whose the person is
    ({}, 0.0, None),
    ({"Alfa": -7.0, "Beta": -8.0}, 0.0, None),
    ({"Alfa": -7.0, "Beta": -8.0}, 3.0, "Alfa"),  # the surface persuades
    ({"Alfa": 2.0, "Beta": -2.0}, 0.0, "Alfa"),
    ({"Alfa": -2.0, "Beta": 2.0}, 0.0, "Beta"),
    ({"Alfa": -9.0, "Beta": -5.5}, 0.0, None),
    ({"Alfa": -9.0, "Beta": -4.0}, 3.0, "Beta"),
]


@pytest.mark.parametrize(("told", "score", "expected"), PLACED)
def test_both_readers_place_a_person(told, score, expected):
    text = "Alfa compra Beta. Parla Neri."
    view = view_of(text, ((0, 17), (18, len(text))))
    bodies = tuple(
        Organisation(name, None, (), (Mention(at, at + 4, name),)) for name, at in (("Alfa", 0), ("Beta", 12))
    )
    named = Named(bodies, (Person("Neri", (Mention(24, 28, "Neri"),)),), (told,), (), ())
    weights = np.array([[0.0, score], [0.0, 0.0]], np.float32)
    surface = silent_surface() | {"bodies": Linear(np.zeros(SIZE, np.int32), weights)}
    assert place_people(view, named, surface=surface, words=WORDS)[0].organisation == expected
    assert place_people(view, replace(named, organisations=()), surface=surface, words=WORDS)[0].organisation is None


@pytest.mark.parametrize(
    ("role", "kind", "expected"),
    [
        ("amministratore delegato", "company", "Alfa"),
        ("sindaca", "company", None),
        ("ministro", "bank", None),
        ("sindaco effettivo", "company", "Alfa"),  # an auditor
        ("ministro", "ministry", "Alfa"),
        ("ministro dell'Economia", "institution", None),
        ("presidente", "institution", "Alfa"),
    ],
)
def test_a_public_office_is_no_company_s(role, kind, expected):
    text = "Alfa compra Beta. Parla Neri."
    view = view_of(text, ((0, 17), (18, len(text))))
    named = Named(
        (Organisation("Alfa", kind, (), (Mention(0, 4, "Alfa"),)),),
        (Person("Neri", (Mention(24, 28, "Neri"),), role=role),),
        ({"Alfa": 4.0},),
        (),
        (),
    )
    assert place_people(view, named, surface=silent_surface(), words=WORDS)[0].organisation == expected


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("assessore regionale", "Regione Molise"),
        ("ex assessora regionale", "Regione Molise"),
        ("assessore alla Cultura", "Regione Molise"),  # the likelier of the two
        ("sindaco", "Comune di Isernia"),
        ("vicesindaca", "Comune di Isernia"),
        ("vice sindaca", "Comune di Isernia"),
        ("vice presidente", None),
        ("presidente", None),
        ("rettore", None),
        (None, None),
    ],
)
def test_an_office_may_say_its_body(role, expected):
    text = "Regione Molise e Comune di Isernia aspettano. Parla Neri."
    view = view_of(text, ((0, 45), (46, len(text))))
    bodies = tuple(
        Organisation(name, "public", (), (Mention(at, at + len(name), name),))
        for name, at in (("Regione Molise", 0), ("Comune di Isernia", 17))
    )
    person = Person("Neri", (Mention(52, 56, "Neri"),), role=role)
    named = Named(bodies, (person,), ({"Regione Molise": -2.0, "Comune di Isernia": -2.5},), (), ())
    assert place_people(view, named, surface=silent_surface(), words=WORDS)[0].organisation == expected


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Vincenzo Imparato", "company", "Imparato Crociere"),
        ("Imparato", "company", "Imparato Crociere"),
        ("Vincenzo Imparato", "public", "Alfa"),  # "Comune di Imparato"
        ("Vincenzo Imparati", "company", "Alfa"),
        ("Vincenzo", "company", "Alfa"),
    ],
)
def test_whoever_bears_a_company_s_name_is_its(name, kind, expected):
    text = "Imparato Crociere vende ad Alfa. Parla Neri."
    view = view_of(text, ((0, 32), (33, len(text))))
    bodies = (
        Organisation("Imparato Crociere", kind, (), (Mention(0, 17, "Imparato Crociere"),)),
        Organisation("Alfa", "company", (), (Mention(27, 31, "Alfa"),)),
    )
    named = Named(
        bodies, (Person(name, (Mention(39, 43, "Neri"),)),), ({"Imparato Crociere": -1.0, "Alfa": 1.0},), (), ()
    )
    weights = silent_surface() | {"bodies": Linear(np.zeros(SIZE, np.int32), np.array([[0.0, 1.0]], np.float32))}
    assert place_people(view, named, surface=weights, words=WORDS)[0].organisation == expected
