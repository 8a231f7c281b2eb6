"""The sample source, read as any other: only its transport is a folder. Rebuilding and importing on the way."""

import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scrapers.article import Page
from scrapers.collect import Collected, SourceNight, collect, plan_links
from scrapers.errors import CollectError, SourceError
from scrapers.http import Manners
from scrapers.issues import IssueKind
from scrapers.night import Places, open_collector
from scrapers.parsing import load_parser, parse_source_page
from scrapers.reread import read_archive, read_import, source_by_site, unlisted_source
from scrapers.source import load_source, load_sources

SOURCES = Path(__file__).resolve().parents[2] / "scrapers" / "sources"
NOW = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)
MANNERS = Manners("prove@affari.example", delay=0.0)
ARTICLES = 12  # one of the thirteen pages is the AMP copy of another

OTHERS = source_by_site(())  # no source has a folder


@pytest.fixture
def opened(tmp_path):
    def open_(now=NOW):
        return open_collector(Places(tmp_path / "archive", tmp_path / "frontier.db"), MANNERS, now=now)

    return open_


def take(pieces, collector):
    """Store all as the reader does; return articles by address, issues, and the nights."""
    articles, others = {}, []
    for piece in pieces:
        if isinstance(piece, Collected):
            assert piece.article.url not in articles
            articles[piece.article.url] = piece.article
            collector.frontier.mark_done(piece.link, now=collector.now)
        else:
            others.append(piece)
    return articles, others


def test_the_sample_is_collected_once_and_rebuilt_from_the_archive(opened, tmp_path):
    sources = {source.id: source for source in load_sources(SOURCES)}
    sample = sources["campione"]
    with opened() as collector:
        articles, others = take(collect([sample], collector), collector)
        assert len(articles) == ARTICLES
        assert others == [SourceNight("campione", 13, new=12, variants=1)]
    with opened() as collector:
        assert take(collect([sample], collector), collector) == ({}, [SourceNight("campione", 13)])
        rebuilt, others = take(read_archive(collector.archive.entries(), collector, sources), collector)
        assert rebuilt == articles
        assert others == []
    with opened(NOW + timedelta(days=1)) as collector:
        assert take(collect([sample], collector), collector) == ({}, [SourceNight("campione", 13, unchanged=13)])
        assert plan_links(sample, collector) == ((), ())
    assert (tmp_path / "frontier.db").exists()


def test_rebuilding_says_which_file_is_damaged(opened, tmp_path):
    with opened() as collector:
        articles, _ = take(collect([load_source(SOURCES / "campione")], collector), collector)
        [damaged, *_] = sorted((tmp_path / "archive").rglob("*.gz"))
        damaged.write_bytes(b"damage")
        rebuilt, issues = take(read_archive(collector.archive.entries(), collector, {}), collector)
        assert len(rebuilt) >= len(articles) - 1
        assert [issue.kind for issue in issues] == [IssueKind.ARCHIVE]
        assert damaged.name in issues[0].message


def test_importing_a_folder_lines_and_warc(opened, tmp_path):
    folder = SOURCES / "campione" / "pages"
    lines = tmp_path / "lines.jsonl"
    good = {
        "id": "w1",
        "url": "https://www.alfa.it/a",
        "title": "Alfa compra Beta",
        "text": "Alfa compra Beta\n\nLa Alfa ha rilevato la Beta.",
        "published": "2024-03-19",
    }
    lines.write_text(
        "\n".join(
            [
                json.dumps(good),
                "{",
                "",
                json.dumps({"text": "x", "titolo": "y"}),
                json.dumps({"title": "vuoto"}),
                json.dumps({"id": "w 2", "text": "Solo testo."}),
            ]
        )
    )
    with opened() as collector:
        pages, issues = take(read_import(folder, collector, source_of=OTHERS), collector)
        assert len(pages) == 13
        assert issues == []
        assert all(url.startswith("https://import.invalid/") for url in pages)
        given, issues = take(read_import(lines, collector, source_of=OTHERS), collector)
        article = given["https://www.alfa.it/a"]
        assert (article.title, article.body, str(article.published), article.published_from) == (
            good["title"],
            "La Alfa ha rilevato la Beta.",
            "2024-03-19",
            "given",
        )
        assert given["https://import.invalid/w%202"].text == "Solo testo."
        assert [issue.message.partition("lines.jsonl, ")[2].partition(":")[0] for issue in issues] == [
            "line 2",
            "line 4",
            "line 5",
        ]
        whole = tmp_path / "all.warc.gz"
        whole.write_bytes(b"".join(path.read_bytes() for path in sorted((tmp_path / "archive").rglob("*.gz"))))
        again, issues = take(read_import(whole, collector, source_of=OTHERS), collector)
        assert set(again) == set(pages)
        assert len(collector.archive.entries()) == 15  # nothing twice
        rebuilt, issues = take(read_archive(collector.archive.entries(), collector, {}), collector)
        assert rebuilt == {**pages, **given}
        assert issues == []


def test_a_mirrored_folder_keeps_its_addresses(opened, tmp_path):
    place = tmp_path / "mirror" / "www.alfa.it" / "economia"
    place.mkdir(parents=True)
    text = "La Alfa di Torino ha rilevato la Beta di Milano per 12 milioni di euro, dice una nota della società. " * 3
    (place / "a b.html").write_text(f"<html><h1>Alfa compra Beta</h1><p>{text}</p></html>")
    (place / "vuota.html").write_text("")
    with opened() as collector:
        articles, issues = take(read_import(tmp_path / "mirror", collector, source_of=OTHERS), collector)
    assert list(articles) == ["https://www.alfa.it/economia/a%20b.html"]
    assert [issue.kind for issue in issues] == [IssueKind.PAGE]


WHOSE = [
    ("https://campione.example/a", "campione"),
    ("https://www.campione.example/a", "campione"),
    ("https://torino.repubblica.it/a", "repubblica-torino"),
    ("https://www.repubblica.it/a", "repubblica"),
    ("https://milano.repubblica.it/a", "repubblica"),
    ("https://www.altrove.example/a", "altrove-example"),
    ("https://import.invalid/a", "import"),
    ("nessun indirizzo", "import"),
]


@pytest.mark.parametrize(("url", "whose"), WHOSE)
def test_whose_page_it_is(url, whose):
    assert source_by_site(load_sources(SOURCES))(url).id == whose


def test_copies_for_telephones_are_not_imported_twice(opened, tmp_path):
    place = tmp_path / "mirror" / "www.alfa.it"
    place.mkdir(parents=True)
    text = "La Alfa di Torino ha rilevato la Beta di Milano per 12 milioni di euro, dice una nota della società. " * 3
    page = "<html><head><link rel='canonical' href='https://www.alfa.it/a.html'></head><h1>{}</h1><p>{}</p></html>"
    (place / "a.html").write_text(page.format("Alfa compra Beta", text))
    (place / "telefono.html").write_text(page.format("Alfa compra Beta", text))
    for _ in range(2):
        with opened() as collector:
            articles, issues = take(read_import(tmp_path / "mirror", collector, source_of=OTHERS), collector)
        assert (list(articles), issues) == (["https://www.alfa.it/a.html"], [])


NOTHING = [
    ("nowhere", "no such file"),
    ("empty", "no .htm"),
    ("a.pdf", "give a folder"),
    ("a.warc", "cannot be read as WARC"),
]


@pytest.mark.parametrize(("name", "message"), NOTHING)
def test_importing_nothing_says_so(opened, tmp_path, name, message):
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "a.warc").write_bytes(gzip.compress(b"niente") + b"x")
    with opened() as collector, pytest.raises(CollectError, match=message):
        list(read_import(tmp_path / name, collector, source_of=OTHERS))


def test_the_folder_is_never_left(opened, tmp_path):
    sample = load_source(SOURCES / "campione")
    with opened() as collector:
        door = collector.doors(sample)
        for url in (
            "https://campione.example/../source.toml",
            "https://campione.example/%2e%2e/source.toml",
            "https://campione.example//etc/passwd",
            "https://altrove.example/a.html",
            "https://campione.example/%00",
        ):
            with pytest.raises(CollectError):
                door.fetch(url, want="page", visit=collector.visits.read_visit(url))


def test_a_source_s_own_parser(tmp_path):
    own = tmp_path / "parser.py"
    own.write_text(
        "from scrapers.article import Article\n\n\n"
        "def parse_page(page, *, rules, source):\n    return Article(page.url, page.url, 'mio', 'corpo')\n"
    )
    source = unlisted_source("alfa").model_copy(update={"folder": tmp_path})
    page = Page("https://www.alfa.it/a", b"<html>", NOW)
    assert parse_source_page(page, source).title == "mio"
    own.write_text("import modulo_che_non_esiste\n")
    load_parser.cache_clear()
    with pytest.raises(SourceError, match="modulo_che_non_esiste"):
        parse_source_page(page, source)
    load_parser.cache_clear()
