"""The commands that collect: what they print, what they store, with which exit code they end."""

import json
import os
from pathlib import Path

import pytest

from pipeline.cli import main
from tests.scrapers.server import page, redirect, status

CHECKOUT = Path(__file__).resolve().parents[2]
TEXT = "La Alfa di Torino ha rilevato la Beta di Milano per 12 milioni di euro, dice una nota della società. " * 4


def article(title, day="2024-03-19"):
    meta = f"<meta property='article:published_time' content='{day}T08:00:00+01:00'>"
    head, body = f"<title>{title}</title>{meta}", f"<article><h1>{title}</h1><p>{TEXT}</p></article>"
    return f"<html lang='it'><head>{head}</head><body>{body}</body></html>"


def feed(*paths):
    items = "".join(f"<item><title>t{path}</title><link>{path}</link></item>" for path in paths)
    return page(f"<rss version='2.0'><channel><title>Alfa</title>{items}</channel></rss>", content_type="text/xml")


@pytest.fixture
def affari(tmp_path, capsys):
    """Run a command with settings of its own; returns exit code, output, messages."""
    (tmp_path / "sources").mkdir()
    sample = CHECKOUT / "scrapers" / "sources" / "campione"
    (tmp_path / "sources" / "campione").symlink_to(sample)
    (tmp_path / "config.toml").write_text(
        "[paths]\nsources = 'sources'\n[collect]\ndelay = 0.0\n[log]\nlevel = 'error'\n"
    )

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            main(["--config", str(tmp_path / "config.toml"), *map(str, arguments)])
        printed = capsys.readouterr()
        return ended.value.code or 0, printed.out, printed.err

    return run


def test_collect_the_sample(affari, tmp_path):
    code, out, _ = affari("collect", "--source", "campione", "--dry-run", "--json")
    assert code == 0
    assert len(json.loads(out)) == 13
    assert not (tmp_path / "data" / "archive").exists()
    code, out, err = affari("collect", "--source", "campione", "--json")
    assert (code, json.loads(out)) == (
        0,
        [{"source": "campione", "links": 13, "new": 12, "unchanged": 0, "failed": 0, "variants": 1}],
    )
    assert "12 new articles" in err
    code, out, err = affari("collect", "--nl")
    assert (code, json.loads(out)["new"]) == (0, 0)
    assert "0 new articles" in err
    code, out, err = affari("rebuild")
    assert (code, out) == (0, "")
    assert "0 new articles, 0 changed, 0 issues" in err
    [row] = json.loads(affari("sources", "list", "--json")[1])
    assert (row["id"], row["fetched"], row["waiting"]) == ("campione", 13, 0)


def test_a_night_without_articles_ends_with_3(affari, tmp_path, server):
    folder = tmp_path / "sources" / "alfa"
    folder.mkdir()
    home = server.url("/", host="127.0.0.1")
    (folder / "source.toml").write_text(
        f"name = 'Alfa'\nhome = '{home}'\nfeeds = ['{home}feed']\nlicence = 'own'\nreliability = 'own'\nlocal = true\n"
    )
    server.routes["/feed"] = feed()
    code, _, err = affari("collect")
    assert code == 3
    assert "alfa: no links found" in err
    assert "12 new articles" in err  # the sample is stored all the same
    server.routes["/feed"] = status(429)
    code, _, err = affari("collect", "--source", "alfa")
    assert code == 3
    assert "429" in err
    code, out, err = affari("collect", "--source", "alfa", "--dry-run")
    assert (code, out) == (3, "")
    assert "left alone for the night" in err


def test_rebuild_repeats_nothing_and_restores_all_versions(affari, tmp_path):
    """A changed article is two pages of the archive: the first is no change back, and is not forgotten either."""
    page_file = tmp_path / "import" / "www.alfa.it" / "a.html"
    page_file.parent.mkdir(parents=True)
    for title in ("Alfa tratta con Beta", "Alfa compra Beta"):
        page_file.write_text(article(title))
        os.utime(page_file, (page_file.stat().st_mtime + 86_400,) * 2)
        assert affari("import", tmp_path / "import")[0] == 0
    for _ in range(2):
        assert "0 new articles, 0 changed, 0 issues" in affari("rebuild")[2]
    for file in (tmp_path / "data").glob("affari.*"):
        file.unlink()
    assert "1 new articles, 1 changed, 0 issues" in affari("rebuild")[2]
    assert "0 new articles, 0 changed, 0 issues" in affari("rebuild")[2]


FEED_LINK = "<link rel='alternate' type='application/rss+xml' href='{}'>"


@pytest.fixture
def drafted(affari, server):
    """Draft the source "alfa" from a site with two articles and a gallery."""
    links = FEED_LINK.format("/commenti/comments/feed") + FEED_LINK.format("/feed")
    server.routes.update(
        {
            "/": page(f"<html lang='it-IT'><head><title>Alfa \"Notizie\"</title>{links}</head></html>"),
            "/feed": feed("/a.html", "/galleria", "/b.html"),
            "/a.html": page(article("Alfa compra Beta")),
            "/b.html": redirect("/c.html"),
            "/c.html": page(article("Gamma compra Delta")),
            "/galleria": page("<html><title>x</title></html>"),
        }
    )
    return affari("sources", "new", server.url("/", host="127.0.0.1"), "--name", "alfa", "--local")


def test_draft_and_check_a_source(drafted, affari, tmp_path, server):
    code, out, err = drafted
    assert code == 3  # one page has no article
    assert [Path(line).name for line in out.split()] == ["source.toml", "a.json", "b.json"]
    assert "affari sources test alfa" in err
    text = (tmp_path / "sources" / "alfa" / "source.toml").read_text()
    assert 'name = "Alfa \\"Notizie\\""' in text
    assert f'feeds = ["{server.url("/feed", host="127.0.0.1")}"]' in text
    assert "enabled = false" in text
    code, out, _ = affari("sources", "check", "alfa", "--json")
    [row] = json.loads(out)
    assert (code, row["links"], row["articles"]) == (3, 3, ["Alfa compra Beta", "Gamma compra Delta"])
    assert affari("sources", "new", server.url("/"), "--name", "alfa", "--local")[0] == 2


def test_examples_fail_when_unreviewed_missing_or_different(drafted, affari, tmp_path):
    folder = tmp_path / "sources" / "alfa" / "examples"
    code, out, _ = affari("sources", "test", "alfa", "--json")
    assert code == 3
    assert all("not reviewed" in row["problems"][0] for row in json.loads(out))
    for expected in folder.glob("*.json"):
        expected.write_text(expected.read_text().replace('"reviewed": false', '"reviewed": true'))
    assert affari("sources", "test", "alfa")[0] == 0
    (folder / "a.html").write_text(article("Un altro titolo"))
    (folder / "b.html").unlink()
    (folder / "d.html").write_text("x")
    (folder / "e.json").write_text("{}")
    code, out, _ = affari("sources", "test", "alfa", "--json")
    problems = {row["example"]: row["problems"][0] for row in json.loads(out)}
    assert code == 3
    assert problems["a"].startswith('title: "Un altro titolo", expected "Alfa compra Beta"')
    assert problems["b"].endswith("b.html: missing")
    assert problems["d"].endswith("d.json: missing")
    assert problems["e"].endswith("url: Field required")


def test_a_sitemap_will_do_and_nothing_will_not(affari, tmp_path, server):
    home = server.url("/", host="127.0.0.1")
    server.routes["/"] = page("<html><title>Alfa</title></html>")
    code, _, err = affari("sources", "new", home, "--name", "alfa", "--local")
    assert code == 2
    assert "no feed and no sitemap" in err
    assert not (tmp_path / "sources" / "alfa").exists()
    server.routes["/robots.txt"] = status(200, f"Sitemap: {home}mappa.xml".encode())
    server.routes["/mappa.xml"] = page(f"<urlset><url><loc>{home}a.html</loc></url></urlset>", content_type="text/xml")
    server.routes["/a.html"] = page(article("Alfa compra Beta"))
    (tmp_path / "data" / "affari.frontier.db").unlink()  # robots.txt of today is known there
    assert affari("sources", "new", home, "--name", "alfa", "--local")[0] == 0
    assert f'sitemaps = ["{home}mappa.xml"]' in (tmp_path / "sources" / "alfa" / "source.toml").read_text()


def test_import_and_its_errors(affari, tmp_path):
    lines = tmp_path / "lines.jsonl"
    lines.write_text(
        json.dumps({"id": "1", "title": "Alfa compra Beta", "text": TEXT, "published": "2024-03-19"}) + "\n{\n"
    )
    code, _, err = affari("import", lines)
    assert code == 3
    assert "line 2" in err
    assert "1 new articles, 0 changed, 1 issues" in err
    assert "0 new articles" in affari("import", lines)[2]
    code, _, err = affari("import", tmp_path / "nowhere")
    assert code == 2
    assert "no such file or folder" in err


WRONG = [
    (("collect", "--source", "nessuna"), "no source nessuna; there are campione"),
    (("sources", "check", "nessuna"), "no source nessuna"),
    (("import", ".", "--source", "Alfa Beta"), "small letters"),
    (("sources", "new", "mailto:x"), "no http(s) address"),
    (("collect", "--limit", "0"), "0 is not in the range"),
    (("collect", "--since", "ieri"), "'ieri' does not match the format"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_wrong_use_says_so(affari, arguments, message):
    code, _, err = affari(*arguments)
    assert code == 2
    assert message in err


def test_a_wrong_source_toml_stops_with_its_name(affari, tmp_path):
    (tmp_path / "sources" / "alfa").mkdir()
    (tmp_path / "sources" / "alfa" / "source.toml").write_text("nome = 'Alfa'")
    code, _, err = affari("collect")
    assert code == 2
    assert "nome: unknown key" in err
