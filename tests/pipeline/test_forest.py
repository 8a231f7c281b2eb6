"""The second look: trees, the numbers that they look at, and what becomes of a reading by them."""

import re

import numpy as np
import pytest

from benchmarks.gold_reading import heads_only
from pipeline.errors import ModelError
from pipeline.extract.forest.cuts import leaves
from pipeline.extract.forest.judge import Judge
from pipeline.extract.forest.links import Supposed, ask
from pipeline.extract.forest.look import LEAST, most_of_others
from pipeline.extract.forest.pairs import judge_pairs, pair_rows
from pipeline.extract.forest.places import BEHIND, FAR, PREPOSITIONS, places_of
from pipeline.extract.forest.trees import Forest, load_forests, save_forests
from pipeline.extract.labels import LINKS
from pipeline.extract.page import Page
from pipeline.extract.read import look_over, prepare
from pipeline.records import DealType
from tests.pipeline.marked import read_marked

KNOWLEDGE = heads_only()
ACQUISITION = {"1": "acquisition completed", "2": "acquisition completed"}


def stump(width, *, feature=0, bound=0.0, base=0.0):
    """Return a forest of one tree that says yes above `bound`, no below."""
    integers = {"feature": [feature, 0, 0], "left": [1, 0, 0], "right": [2, 0, 0]}
    floats = {"bound": [bound, 0, 0], "value": [0, -4, 4]}
    return Forest(
        **{name: np.array([row], np.int32) for name, row in integers.items()},
        **{name: np.array([row], np.float32) for name, row in floats.items()},
        base=base,
        width=width,
    )


def look_at_marked(marked, deals=ACQUISITION):
    text, reading, values = read_marked(marked, deals)
    page = Page(text, tuple(match.span() for match in re.finditer(r"[^.\n]+[.]?", text)))
    reading, named, view = prepare(page, reading, values, knowledge=KNOWLEDGE)
    return look_over(page, reading, named, view=view, knowledge=KNOWLEDGE)


def test_a_tree_is_walked_down_to_its_leaf():
    forest = stump(2, feature=1, bound=0.5, base=1.0)
    rows = np.array([[9, 0.5], [0, 0.6]], np.float32)
    assert forest.odds(rows).tolist() == [-3.0, 5.0]
    assert np.allclose(forest.chances(rows), [0.047, 0.993], atol=1e-3)
    assert forest.odds(rows[:0]).tolist() == []


def walk(forest, tree, row):
    """Return the value of the leaf that a row ends in, step by step."""
    node = 0
    while forest.left[tree, node]:
        yes = row[forest.feature[tree, node]] <= forest.bound[tree, node]
        node = (forest.left if yes else forest.right)[tree, node]
    return forest.value[tree, node]


@pytest.mark.parametrize("count", [1, 2, 16, 17, 40, 64])
def test_a_forest_says_what_its_trees_say_one_by_one(count):
    random = np.random.default_rng(count)
    trees, nodes = 6, 2 * count - 1
    left, right = np.zeros((2, trees, nodes), np.int32)
    for tree in range(trees):
        ends = [0]
        for node in range(1, nodes, 2):  # any leaf becomes a node of two
            end = ends.pop(random.integers(len(ends)))
            left[tree, end], right[tree, end] = node, node + 1
            ends += [node, node + 1]
    forest = Forest(
        feature=random.integers(0, 3, (trees, nodes), np.int32),
        bound=random.integers(0, 5, (trees, nodes)).astype(np.float32),
        left=left,
        right=right,
        value=random.normal(size=(trees, nodes)).astype(np.float32),
        base=0.25,
        width=3,
    )
    rows = random.integers(0, 6, (20, 3)).astype(np.float32)  # bounds are met exactly
    expected = [sum(walk(forest, tree, row) for tree in range(trees)) + 0.25 for row in rows]
    assert np.allclose(forest.odds(rows), expected, atol=1e-5)
    assert np.allclose(forest.cuts.sums_in_numpy(rows) + 0.25, expected, atol=1e-5)


@pytest.mark.skipif(leaves is None, reason="leaves.c is not compiled")
@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("rows", np.zeros((0, 2), np.float32)),
        ("features", np.array([2], np.int32)),
        ("begins", np.array([0, 2], np.int32)),
        ("left", np.zeros((3, 1), np.uint16)),
        ("whole", np.zeros(1, np.uint16)),
        ("values", np.zeros((1, 17), np.float32)),
    ],
)
def test_what_would_be_read_beyond_its_end_is_refused(name, array):
    cuts = stump(2).cuts
    given = {"rows": np.zeros((1, 2), np.float32)}
    given |= {each: getattr(cuts, each) for each in ("features", "begins", "bounds", "left", "whole", "values")}
    given |= {"out": np.zeros(1, np.float32), name: array}
    given["out"] = given["out"][: len(given["rows"])]
    with pytest.raises(ValueError, match=name):
        leaves.sums(*given.values())


def test_a_tree_of_too_many_leaves_is_refused():
    nodes = np.arange(200, dtype=np.int32)[None]
    with pytest.raises(ModelError, match="a tree of 201 leaves"):
        Forest(nodes, nodes.astype(np.float32), nodes + 1, nodes + 2, nodes.astype(np.float32), 0.0, 3).odds(
            np.zeros((1, 3), np.float32)
        )


def test_rows_of_another_width_are_refused():
    with pytest.raises(ModelError, match="grown on 2 numbers a row"):
        stump(2).odds(np.zeros((1, 3), np.float32))


def test_forests_are_kept_in_a_file(tmp_path):
    save_forests(tmp_path / "forest.npz", {"pairs": stump(3, base=0.5), "values": stump(1)})
    kept = load_forests(tmp_path / "forest.npz")
    assert sorted(kept) == ["pairs", "values"]
    assert kept["pairs"].odds(np.array([[1, 0, 0]], np.float32)).tolist() == [4.5]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a zip", None])
def test_a_broken_file_is_told(tmp_path, content):
    path = tmp_path / "forest.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match=r"forest\.npz: not the forests"):
        load_forests(path)


OTHERS = [  # (odds, the largest other one along the first axis)
    ([[1.0], [3.0], [2.0]], [[3.0], [2.0], [3.0]]),
    ([[3.0], [3.0]], [[3.0], [3.0]]),
    ([[3.0]], [[LEAST]]),
]


@pytest.mark.parametrize(("odds", "expected"), OTHERS)
def test_the_largest_of_the_others(odds, expected):
    assert most_of_others(np.array(odds, np.float32), 0).tolist() == expected


PLACES = [  # (marked text with the member Beta, sentences apart, side, first word before it that counts, which)
    ("{Alfa|ORG|1:buyer} <rileva|1> {Beta|ORG|1:target}.", 0, 1, None),
    ("{Alfa|ORG|1:target} <è rilevata|1> dalla {Beta|ORG|1:buyer}.", 0, 1, "da"),
    ("Per la {Beta|ORG|1:target} <tratta|1> {Alfa|ORG|1:buyer}.", 0, -1, "per"),
    ("Con {Beta|ORG}. {Alfa|ORG|1:buyer} <tratta|1>.", 1, -1, "con"),
    ("<L'acquisto|1> di {Alfa|ORG|1:target} e {Beta|ORG|1:target}", 0, 1, "e"),
]
ORDER = ("da", "di", "a", "con", "per", "tra", "e", "in", "su", ",", "(")


@pytest.mark.parametrize(("marked", "apart", "side", "preposition"), PLACES)
def test_where_a_member_stands(marked, apart, side, preposition):
    look = look_at_marked(marked)
    names = [member.name for member in look.scene.members]
    at = names.index("Beta")
    place = places_of(look.ground, [[0]])[0, at]
    assert (place[0], place[2]) == (apart, side)
    assert (place[4] == FAR) == bool(apart)
    assert [word for word, here in zip(ORDER, place[10:], strict=False) if here] == [preposition] * bool(preposition)


def test_of_several_triggers_and_mentions_the_nearest_count():
    look = look_at_marked(
        "{Alfa|ORG|1:buyer} tace. {Beta|ORG}, {Gamma|ORG} <compra|1> {Alfa|ORG|1:buyer}, {5 euro|MONEY}. <Patto|1>."
    )
    (rows,) = places_of(look.ground, [[0, 1]])
    places = {member.name: row for member, row in zip(look.scene.members, rows, strict=True)}
    assert places["Alfa"][:6].tolist() == [0, 1, 1, 0, 0, 0]  # the second mention, behind the first trigger
    assert places["Beta"][:6].tolist() == [0, 3, -1, 0, 1, 1]  # Gamma and a comma between
    assert places["EUR exact 5 None None None"][:5].tolist() == [0, 3, 1, 0, 0]  # no other sum between
    assert [places[name][9] for name in ("Alfa", "Beta")] == [1, 1]  # mentions in the triggers' sentences
    assert len(places["Beta"]) == 10 + len(PREPOSITIONS) + len(BEHIND)


SUPPOSED = Supposed((0,), DealType.ACQUISITION, 0.9)
SOLD = "{Alfa|ORG|1:buyer} <rileva|1> {Beta|ORG|1:target} per {5 euro|MONEY|1:amount} da {Gamma|ORG}."


def asked_of(look, *deals):
    return ask(look, deals, KNOWLEDGE.frames)


def test_a_row_a_deal_a_member_and_a_link():
    look = look_at_marked(SOLD)
    asked = asked_of(look, SUPPOSED, Supposed((0,), DealType.MERGER, 0.1))
    rows = {
        (deal, look.scene.members[at].name.split()[0], LINKS[link]): row
        for parts in asked.values()
        for deal, at, link, row in zip(parts.deals, parts.members, parts.links, parts.rows, strict=True)
    }
    assert rows[0, "Alfa", "buyer"][0] > 0 > rows[0, "Beta", "buyer"][0]  # what the heads say
    assert rows[0, "Alfa", "target"][0] < 0 < rows[0, "Beta", "target"][0]
    # (deal, member, link): the strongest of its other links, and of the other members in this link
    assert rows[0, "Beta", "buyer"][6] == rows[0, "Beta", "target"][0]
    assert rows[0, "Beta", "buyer"][9] == rows[0, "Alfa", "buyer"][0]
    assert [rows[0, name, "target"][12] for name in ("Alfa", "Beta", "Gamma")] == [1, 0, 1]  # how many are likelier
    assert rows[0, "EUR", "amount"][9] == LEAST  # there is no other sum
    assert (1, "Alfa", "partner") in rows
    assert (1, "Alfa", "seller") not in rows
    assert (0, "EUR", "buyer") not in rows
    assert all(np.isfinite(row).all() for row in rows.values())


def test_a_deal_is_asked_about_as_if_there_were_no_other():
    look = look_at_marked(SOLD)
    merger = Supposed((0,), DealType.MERGER, 0.1)
    both, alone = asked_of(look, SUPPOSED, merger)["parties"], asked_of(look, merger)["parties"]
    assert np.array_equal(both.rows[both.deals == 1], alone.rows)
    assert asked_of(look) == {}
    assert asked_of(look_at_marked("<Rileva|1>."), SUPPOSED) == {}


def test_the_forests_judge_roles_of_the_frame_and_values_of_their_kind():
    look = look_at_marked(SOLD)
    width = asked_of(look, SUPPOSED)["parties"].rows.shape[1]
    judge = Judge(look, {"parties": stump(width), "values": stump(width)}, KNOWLEDGE.frames)
    judged, again = judge([SUPPOSED, SUPPOSED])
    assert np.array_equal(judged, again)
    likely = {(look.scene.members[at].name.split()[0], LINKS[link]) for at, link in np.argwhere(judged > 0.5)}
    assert likely == {("Alfa", "buyer"), ("Beta", "target"), ("EUR", "amount")}
    assert not judged[:, LINKS.index("client")].any()
    assert 0 < judged[3, LINKS.index("seller")] < 0.5  # asked, and denied


def test_pairs_of_triggers():
    told = "{Alfa|ORG|1:buyer} <rileva|1> {Beta|ORG|1:target}. <L'acquisto|1> piace. {Gamma|ORG|2:buyer} <compra|2>."
    look = look_at_marked(told)
    rows = pair_rows(look)
    assert len(rows) == 3
    same = judge_pairs(look, {"pairs": stump(rows.shape[1])})
    assert (same > 0.5).tolist() == [[True, True, False], [True, True, False], [False, False, True]]


def test_one_trigger_makes_no_pair():
    look = look_at_marked("{Alfa|ORG|1:buyer} <rileva|1> {Beta|ORG|1:target}.")
    assert judge_pairs(look, {}).tolist() == [[1.0]]


def test_an_article_that_names_nobody():
    look = look_at_marked("Si <rileva|1>.")
    assert look.standing.shape[0] == 0
    assert places_of(look.ground, [[0]]).shape[:2] == (1, 0)
    assert judge_pairs(look, {}).tolist() == [[1.0]]


def test_an_article_without_triggers():
    assert look_at_marked("{Alfa|ORG} tace.") is None
