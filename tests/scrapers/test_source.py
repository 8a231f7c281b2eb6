"""source.toml: what is accepted, what a wrong one says."""

import re

import pytest

from scrapers.errors import SourceError
from scrapers.source import load_source, load_sources, select_sources

GOOD = """
name = "Alfa"
home = "https://www.alfa.it/"
feeds = ["https://www.alfa.it/feed"]
licence = "all rights reserved"
reliability = "trade paper"
"""


def write(root, name, text):
    folder = root / name
    folder.mkdir(parents=True)
    (folder / "source.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_folder_is_the_id(tmp_path):
    source = load_source(write(tmp_path, "alfa-economia", GOOD))
    assert (source.id, source.name, source.host, source.min_articles) == ("alfa-economia", "Alfa", "alfa.it", 1)


BAD = [  # (appended to or instead of GOOD, message)
    (GOOD + "feed = 'x'", "feed: unknown key"),
    (GOOD + "id = 'beta'", "id: unknown key"),
    (GOOD + "delay = -1", "delay: Input should be greater than or equal to 0"),
    (GOOD + "days = 0", "days"),
    (GOOD + "kind = 'blog'", "kind"),
    (GOOD + "[page]\nbody = 'div['", "page.body: 'div[' is no CSS selector"),
    (GOOD + "[page]\nremove = ['.ok', ':::']", "page.remove"),
    (GOOD + "[page]\ntitel = 'h1'", "page.titel: unknown key"),
    (GOOD + "[transport]\nfolders = 'x'", "transport.folder"),
    (GOOD.replace("https://www.alfa.it/feed", "alfa.it/feed"), "feeds: 'alfa.it/feed' is no http(s) address"),
    (GOOD.replace("https://www.alfa.it/", "ftp://alfa.it"), "home: 'ftp://alfa.it' is no http(s) address"),
    (GOOD.replace('feeds = ["https://www.alfa.it/feed"]', ""), "needs at least one of feeds, sitemaps, listings"),
    (GOOD.replace("licence", "# licence"), "licence: Field required"),
    (GOOD + "[[listings]]\nurl = 'https://alfa.it/'\nlinks = '('", "is no regular expression"),
    (GOOD + "[[listings]]\nurl = 'https://alfa.it/'\nlinks = 'a'\npages = 3", "needs either `next` or `page`"),
    (GOOD + "[[listings]]\nurl = 'https://alfa.it/'\nlinks = 'a'\npage = '/p/2'", "has no {page}"),
    ("name = ", "not readable as TOML"),
]


@pytest.mark.parametrize(("text", "message"), BAD)
def test_a_wrong_source_names_file_and_key(tmp_path, text, message):
    folder = write(tmp_path, "alfa", text)
    with pytest.raises(SourceError, match=re.escape(message)) as caught:
        load_source(folder)
    assert str(folder / "source.toml") in str(caught.value)


def test_a_folder_without_source_toml_and_a_bad_name(tmp_path):
    (tmp_path / "alfa").mkdir()
    with pytest.raises(SourceError, match="no such file"):
        load_source(tmp_path / "alfa")
    with pytest.raises(SourceError, match="small letters"):
        load_source(write(tmp_path, "Alfa Economia", GOOD))
    with pytest.raises(SourceError, match="no such folder"):
        load_sources(tmp_path / "nowhere")


def test_disabled_sources_are_read_only_when_named(tmp_path):
    write(tmp_path, "alfa", GOOD)
    write(tmp_path, "beta", GOOD + "enabled = false")
    (tmp_path / "__pycache__").mkdir()
    sources = load_sources(tmp_path)
    assert [source.id for source in select_sources(sources, ())] == ["alfa"]
    assert [source.id for source in select_sources(sources, ("beta", "beta"))] == ["beta"]
    with pytest.raises(SourceError, match="no source gamma; there are alfa, beta"):
        select_sources(sources, ("gamma",))
