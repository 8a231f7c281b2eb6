"""What people decided: senseless ones refused, contradictions named, the rest replayed in order."""

import pytest

from pipeline.errors import InputError
from pipeline.known import Decision
from pipeline.link import check_decision, settle


def decisions(*lines):
    """Return decisions of lines like "merge D1 D2", "correct D1 amount=EUR exact 5", numbered from 1."""
    made = []
    for id, line in enumerate(lines, 1):
        kind, a, *rest = line.split(" ", 2)
        field, value = rest[0].split("=", 1) if rest and "=" in rest[0] else (None, None)
        made.append(Decision(id, kind, a, rest[0] if rest and field is None else None, field, value))
    return tuple(made)


SENSELESS = [
    ("merge D1 D1", "both are the same one"),
    ("same O1", "needs a second one"),
    ("merge D1 O2", "not of one kind"),
    ("correct D1", "needs field=value"),
    ("delete D1", "no such decision"),
]


@pytest.mark.parametrize(("line", "message"), SENSELESS)
def test_senseless_decisions_are_refused(line, message):
    with pytest.raises(InputError, match=message):
        check_decision(decisions(line)[0], ())


CONTRADICTIONS = [
    (["merge D1 D2", "merge D2 D1"], "one already"),  # a ring
    (["merge D1 D2", "merge D2 D3", "merge D3 D1"], "one already"),
    (["same O1 O2", "same O2 O1"], "one already"),
    (["same O1 O2", "different O1 O2"], "were joined"),
    (["same O1 O2", "same O2 O3", "different O3 O1"], "were joined"),
    (["different O1 O2", "same O1 O2"], "held apart"),
    (["different O1 O2", "same O2 O3", "same O3 O1"], "held apart"),
    (["reject D1", "confirm D1"], "rejected already"),
    (["confirm D1", "reject D1"], "confirmed already"),
    (["reject D1", "correct D1 amount=EUR exact 5"], "rejected already"),
    (["correct D1 stake=60", "correct D1 stake=51"], "corrected to 60 already"),
    (["merge D1 D2", "reject D2", "correct D1 stake=51"], "rejected already"),
]


@pytest.mark.parametrize(("lines", "why"), CONTRADICTIONS)
def test_contradictions_are_named(lines, why):
    *live, new = decisions(*lines)
    found = check_decision(new, tuple(live))
    assert found
    assert all(contradiction.first == new.id and why in contradiction.why for contradiction in found)


HARMONY = [
    ["merge D1 D2", "merge D3 D2"],
    ["same O1 O2", "different O1 O3"],
    ["correct D1 stake=60", "correct D1 amount=EUR exact 5", "confirm D1"],
    ["correct D1 stake=60", "correct D2 stake=51"],
    ["correct D1 stake=60", "correct D1 stake=60"],
    ["reject D1", "reject D1"],
    ["reject D1", "confirm D2"],
    ["different O1 O2", "same O1 O3"],
]


@pytest.mark.parametrize("lines", HARMONY)
def test_what_holds_together(lines):
    *live, new = decisions(*lines)
    assert check_decision(new, tuple(live)) == ()


ALL = frozenset({"D1", "D2", "D3", "O1", "O2", "O3"})


def test_decisions_are_replayed():
    made = decisions("same O1 O2", "same O2 O3", "merge D1 D2", "correct D1 stake=60", "confirm D2", "reject D3")
    settled = settle(made, existing=ALL)
    assert settled.merged == (("D1", "D2"), ("O1", "O3"), ("O2", "O3"))
    assert settled.corrections == (("D2", "stake", "60"),)
    assert (settled.confirmed, settled.rejected) == (frozenset({"D2"}), frozenset({"D3"}))
    assert (settled.contradictions, settled.idle) == ((), ())


def test_the_earlier_of_two_contradicting_decisions_holds_and_both_are_listed():
    lines = ("different O1 O2", "same O1 O2", "correct D1 stake=60", "correct D1 stake=51")
    settled = settle(decisions(*lines), existing=ALL)
    assert (settled.merged, settled.apart) == ((), frozenset({frozenset({"O1", "O2"})}))
    assert settled.corrections == (("D1", "stake", "60"),)
    assert [(c.first, c.second) for c in settled.contradictions] == [(2, 1), (4, 3)]


def test_decisions_on_what_is_gone_are_listed_not_dropped():
    settled = settle(decisions("merge D1 D9", "reject D8", "confirm D1"), existing=ALL)
    assert (settled.idle, settled.confirmed) == ((1, 2), frozenset({"D1"}))


def test_what_was_held_apart_follows_whom_it_was_joined_with():
    settled = settle(decisions("different O1 O2", "same O1 O3"), existing=ALL)
    assert settled.apart == frozenset({frozenset({"O3", "O2"})})
