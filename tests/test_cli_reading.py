"""`affari extract` and `affari parse`: order, hostile input, messages."""

import json

import pytest

from pipeline.config import ROOT

PAGE = ROOT / "scrapers/sources/campione/pages"


def lines(*records):
    return "".join(json.dumps(each) + "\n" if isinstance(each, dict) else each + "\n" for each in records).encode()


def test_extract_keeps_the_order_and_survives_a_hostile_article(run_affari):
    good = [
        {"id": f"a{n}", "title": "Alfa compra Beta", "text": f"La Alfa ha rilevato il {n}% di Beta."}
        for n in range(1, 70)
    ]
    given = [*good[:30], {"id": "hostile", "text": 7}, *good[30:50], "{", *good[50:]]
    done = run_affari("extract", "--jsonl", "-", stdin=lines(*given))
    records = [json.loads(line) for line in done.out.splitlines()]
    ids = [each["id"] for each in good]
    assert [each["id"] for each in records] == [*ids[:30], "hostile", *ids[30:50], "stdin:52", *ids[50:]]
    assert [each["id"] for each in records if "error" in each] == ["hostile", "stdin:52"]
    assert done.code == 0
    assert records[3]["percents"][0]["value"] == 4


def test_extract_without_option_reads_standard_input(run_affari):
    done = run_affari("extract", "-", stdin=lines({"id": "a", "text": "La Alfa ha rilevato il 60% di Beta."}))
    assert json.loads(done.out)["id"] == "a"


BAD_FILES = [  # (name, content, words of the message)
    ("vuoto.txt", b"", "the file is empty"),
    ("spazi.txt", b" \n\t", "the file is empty"),
    ("foto.jpg", b"\xff\xd8\xff\x00\x10JFIF" * 10, "a binary file"),
    ("latino.txt", "La società è nuova".encode("latin-1"), "not UTF-8 at byte 9"),
    ("niente.html", b"<html><body><p>ciao</p></body></html>", "no article in the page"),
    ("lungo.txt", b"parola " * 750_000, "characters are no article"),
]


@pytest.mark.parametrize(("name", "content", "message"), BAD_FILES)
def test_a_bad_file_says_what_is_wrong_and_the_rest_goes_on(run_affari, tmp_path, name, content, message):
    bad, good = tmp_path / name, tmp_path / "buono.txt"
    bad.write_bytes(content)
    good.write_text("La Alfa ha rilevato il 60% di Beta.")
    done = run_affari("extract", bad, good)
    records = [json.loads(line) for line in done.out.splitlines()]
    assert message in records[0]["error"]
    assert str(bad) in done.err
    assert "error" not in records[1]
    assert done.code == 3


def test_no_readable_file_is_a_usage_error(run_affari, tmp_path):
    missing = run_affari("extract", tmp_path / "manca.txt")
    folder = run_affari("extract", tmp_path)
    assert "no such file" in missing.err
    assert "a folder" in folder.err
    assert missing.code == folder.code == 2


def test_a_wrong_day_is_told(run_affari, tmp_path):
    text = tmp_path / "a.txt"
    text.write_text("La Alfa.")
    assert "'domani' is not a date; write YYYY-MM-DD" in run_affari("extract", text, "--published", "domani").err


def test_parse_writes_the_article(run_affari):
    page = min(PAGE.rglob("*.html"))
    record = json.loads(run_affari("parse", page).out)
    assert set(record) >= {"url", "canonical_url", "title", "authors", "published", "published_from"}
    assert record["title"]


PARSE_ERRORS = [(b"", "the file is empty"), (b"<html><body><p>ciao</p></body></html>", "a.html: ")]


@pytest.mark.parametrize(("content", "message"), PARSE_ERRORS)
def test_parse_says_what_is_wrong(run_affari, tmp_path, content, message):
    path = tmp_path / "a.html"
    path.write_bytes(content)
    done = run_affari("parse", path)
    assert message in done.err
    assert done.code == 2
    assert done.out == ""


def test_an_unknown_setting_is_told(run_affari, settings):
    settings.write_text(settings.read_text() + "\n[colori]\na = 1\n")
    done = run_affari("doctor")
    assert "colori: unknown key" in done.err
    assert done.code == 2
