"""The commands that ask and decide: data on standard output in four forms, the rest on standard error, exit codes."""

import csv
import io
import json
import os
import pty
import subprocess
import sys
from contextlib import suppress

import pytest
from click.testing import CliRunner

from pipeline.cli import affari
from pipeline.cli.commands import COMMANDS
from tests.pipeline.kb.conftest import KAMAZ
from tests.pipeline.kb.told import euros, tell

BUYS = "La Officine Brembate ha comprato la Tessitura Valdera per 12 milioni di euro."


@pytest.fixture
def call(kamaz, tmp_path):
    parties = {"Officine Brembate": "buyer", "Tessitura Valdera": "target"}
    amount = lambda text: euros(text, "12 milioni di euro", "12000000")  # noqa: E731 - a row of a table
    tell(kamaz, 2, BUYS, parties, amount=amount, confidence=0.4)

    def run(*arguments, code=0, text=None):
        """Return (stdout, stderr) of a command that ends with `code`."""
        done = CliRunner().invoke(affari, ["--db", str(kamaz.path), *arguments], input=text)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        assert done.exit_code == code, done.output
        return done.stdout, done.stderr

    return run


FILTERS = [  # options, the deals that come
    ((), ["D2", "D1"]),
    (("--type", "order"), ["D1"]),
    (("--type", "order", "--type", "acquisition"), ["D2", "D1"]),
    (("--party", "kamaz"), ["D1"]),
    (("--party", "Valdera"), ["D2"]),
    (("--party", "aziende piemontesi"), ["D1"]),
    (("--party", "O1"), ["D1"]),
    (("--party", "%"), []),
    (("--since", "2014"), ["D2"]),
    (("--until", "2013"), ["D1"]),
    (("--since", "2013-01-01", "--until", "2013-12"), ["D1"]),
    (("--min-amount", "2000000"), ["D2"]),
    (("--status", "completed"), []),
    (("--limit", "1"), ["D2"]),
]


@pytest.mark.parametrize(("options", "held"), FILTERS)
def test_deals_are_filtered(call, options, held):
    out, _ = call("deals", "--json", *options)
    assert [row["id"] for row in json.loads(out)] == held


def test_the_four_forms_say_the_same(call):
    array = json.loads(call("deals", "--json")[0])
    lines = [json.loads(line) for line in call("deals", "--nl")[0].splitlines()]
    table = list(csv.DictReader(io.StringIO(call("deals", "--csv")[0])))
    assert array == lines
    assert [row["id"] for row in table] == [row["id"] for row in array]
    assert array[1]["amount"] == {"currency": "EUR", "qualifier": "over", "value": None, "min": 1000000, "max": None}
    shown = call("deals")[0]
    assert "over EUR 1,000,000" in shown
    assert "client Kamaz, supplier due aziende piemontesi" in shown


def test_show_prints_each_field_with_the_sentence_that_proves_it(call):
    out, _ = call("show", "D1")
    assert f"[1] «{KAMAZ}»" in " ".join(out.split())
    for line in ("client      Kamaz (O1)  [1]", "amount      over EUR 1,000,000  [1]", "date        2013  [1]"):
        assert line in out
    assert "I russi in Piemonte · giornale · 2026-02-10" in out
    (story,) = json.loads(call("show", "D1", "--json")[0])
    assert {proof["field"] for proof in story["evidence"]} >= {"type", "status", "amount", "date", "party:0"}
    assert all(proof["sentence"] == KAMAZ for proof in story["evidence"])


def test_asking_prints_rows(call):
    assert "I russi in Piemonte" in call("search", "aziende", "piemontesi")[0]
    assert json.loads(call("search", "piemont*", "--json")[0])[0]["deals"] == "D1"
    assert json.loads(call("search", "S.p.A.", "--json")[0]) == []
    assert len(json.loads(call("orgs", "--json")[0])) == 3
    assert json.loads(call("orgs", "kamaz", "--json")[0])[0]["public_id"] == "O1"
    assert json.loads(call("people", "--json")[0]) == []
    assert json.loads(call("timeline", "Kamaz", "--json")[0])[0]["deal"] == "D1"
    assert json.loads(call("partners", "O2", "--json")[0])[0]["partner"] == "Tessitura Valdera"
    assert len(json.loads(call("ask", "--list", "--json")[0])) == 15
    assert json.loads(call("ask", "largest", "-p", "year=2026", "--json")[0])[0]["deal"] == "D2"
    assert call("ask", "largest", "--sql")[0].startswith("-- titolo:")
    status = json.loads(call("status", "--json")[0])[0]
    assert (status["articles"], status["deals"], status["unread"]) == (2, 2, 0)


WRONG = [  # arguments, exit code, what is said
    (("show", "D99"), 2, "there is no deal D99"),
    (("show", "Kamaz"), 2, "'Kamaz' is no identifier; write D12"),
    (("deals", "--since", "ieri"), 2, "--since: 'ieri' is no EDTF date"),
    (("deals", "--since", "2026-13-01"), 2, "not in the calendar"),
    (("deals", "--min-amount", "tanto"), 2, "write digits"),
    (("deals", "--type", "takeover"), 2, "Invalid value for '--type'"),
    (("search", '"'), 2, "no words to search for"),
    (("ask", "perché"), 2, "no question 'perché'"),
    (("ask", "largest", "-p", "2026"), 2, "write NAME=VALUE"),
    (("correct", "D1", "prezzo=3"), 2, "a deal has no field 'prezzo'"),
    (("correct", "D1", "status"), 2, "write FIELD=VALUE"),
    (("merge", "D1", "D1"), 2, "both are the same one"),
    (("revoke", "7"), 2, "there is no decision 7"),
    (("correct", "D1", "client=O99"), 2, "there is no O99"),
    (("ask", "proof", "-p", "deal=D99"), 2, "there is no deal D99"),
    (("orgs", "--region", "Piemont"), 2, "perhaps Piemonte?"),
    (("timeline", "Kamatz"), 0, "nobody called 'Kamatz' is known; the nearest are Kamaz (O1)"),
    (("ask", "partners", "-p", "org=Kamatz"), 0, "the nearest are Kamaz (O1)"),
    (("orgs", "Kamatz"), 0, "the nearest are Kamaz (O1)"),
    (("people", "--org", "Kamatz"), 0, "the nearest are Kamaz (O1)"),
    (("deals", "--party", "Kamatz"), 0, "the nearest are Kamaz (O1)"),
    (("deals", "--party", "Kamaz", "--type", "loan"), 0, "no such deals in the ledger"),
    (("diff", "1", "9"), 2, "'9' is no reader"),
    (("rates", "niente.csv"), 2, "niente.csv: cannot be read: No such file"),
    (("export", "x.doc"), 2, "no format has the suffix"),
]


@pytest.mark.parametrize(("arguments", "code", "message"), WRONG)
def test_what_is_wrong_is_said_in_a_line(call, arguments, code, message):
    out, err = call(*arguments, code=code)
    assert out == ""
    assert message in err


def test_decisions_by_command(call):
    call("correct", "D1", "status=completed", "amount=EUR 1200000", "--who", "anna", "--why", "bilancio")
    assert "corrected by a person" in call("show", "D1")[0]
    shown = call("show", "D1")[0]
    assert "decision 1: correct status=completed, anna" in shown
    assert [line.split()[-3:] for line in shown.splitlines() if line.startswith("  status")] == [["by", "a", "person"]]
    assert "already, decision 1; nothing to do" in call("correct", "D1", "status=completed", code=2)[1]
    call("reject", "D2", "--who", "anna")
    assert [row["id"] for row in json.loads(call("deals", "--json")[0])] == ["D1"]
    assert "1,200,000" in call("deals")[0]
    call("revoke", "3", "--who", "ugo")
    call("merge", "D2", "D1", "--who", "anna")
    assert "D2 is part of D1" in call("show", "D2")[1]
    made = json.loads(call("decisions", "--json")[0])
    assert [(row["kind"], row["who"]) for row in made] == [
        ("correct", "anna"),
        ("correct", "anna"),
        ("reject", "anna"),
        ("merge", "anna"),
    ]
    assert made[2]["state"].endswith("by ugo")


def test_an_unknown_name_is_told_beside_an_empty_array(call):
    out, err = call("partners", "Kamatz", "--json")
    assert json.loads(out) == []
    assert "the nearest are Kamaz (O1)" in err


def test_only_what_a_person_wrote_is_shown_as_such(call, kamaz):
    call("correct", "D2", "status=completed", "seller=kamaz", "--who", "anna")
    shown = {line.split()[0]: line for line in call("show", "D2")[0].splitlines() if line.startswith("  ")}
    assert shown["seller"].split() == ["seller", "Kamaz", "(O1)", "by", "a", "person"]
    assert shown["status"].endswith("by a person")
    tell(kamaz, 2, "La Kamaz non ne fa nulla.", {"Kamaz": "investor"}, type="investment")  # the article was reworded
    shown = {line.split()[0]: line for line in call("show", "D2")[0].splitlines() if line.startswith("  ")}
    assert shown["type"].split() == ["type", "acquisition"]
    assert shown["confidence"].endswith("no article tells of it now")


def test_diff_by_command(call):
    assert json.loads(call("diff", "--json")[0])[0]["version"] == "1"
    out, err = call("diff", "1", "1")
    assert out == ""
    assert "2 articles read by both, 2 alike; deals: 0 new, 0 lost, 0 changed (0 decided on by people)" in err


def test_review_at_a_terminal(call, kamaz):
    main, side = pty.openpty()
    code = "import sys; from pipeline.cli import main; main(sys.argv[1:])"
    command = [sys.executable, "-c", code, "--db", str(kamaz.path), "review", "--who", "anna"]
    with subprocess.Popen(command, stdin=side, stderr=subprocess.PIPE) as review:
        for _ in range(100):
            os.write(main, b"c")  # a key pressed before the question is lost, as at any terminal
            with suppress(subprocess.TimeoutExpired):
                _, told = review.communicate(timeout=0.2)
                break
        review.kill()
    os.close(main)
    os.close(side)
    assert told.decode().splitlines()[-3:] == ["c", "decision 1; `affari revoke 1` undoes it", "1 decided"]


def test_review_by_keys(call):
    assert [row["a"] for row in json.loads(call("review", "--json")[0])] == ["D2"]
    _, err = call("review", "--who", "anna", text="x\no\nc\n")
    assert err.endswith("1 decided\n")
    assert json.loads(call("review", "--json")[0]) == []
    assert json.loads(call("decisions", "--json")[0])[0]["kind"] == "confirm"


def test_review_ends_with_the_input(call):
    assert call("review", "--who", "anna", text="")[1].endswith("0 decided\n")


def test_keeping_by_command(call, tmp_path):
    copy = call("backup", "--to", str(tmp_path / "copie"))[0].strip()
    assert copy.endswith("Z.db")
    assert "newest version" in call("migrate", "--reindex")[1]
    assert json.loads(call("diff", "--json")[0])[0]["counting"] == 2
    assert "1 deals" in call("export", str(tmp_path / "d.csv"), "--type", "order")[1]
    call("export", str(tmp_path / "d.csv"), code=4)


def test_no_base_yet_is_told(tmp_path):
    done = CliRunner().invoke(affari, ["--db", str(tmp_path / "x.db"), "deals"])
    assert done.exit_code == 2
    assert "`affari run` makes one" in done.stderr


def test_every_command_of_the_knowledge_base_has_help():
    for name, where in COMMANDS.items():
        if "asking" in where or "deciding" in where or "keeping" in where:
            done = CliRunner().invoke(affari, [name, "--help"])
            assert done.exit_code == 0
            assert "Usage:" in done.output
