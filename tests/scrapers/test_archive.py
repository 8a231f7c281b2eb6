"""The archive: what came is what is read, damage is noticed, nothing is written twice."""

import dataclasses
import gzip
import io
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scrapers.archive import Archive, key_of, read_warc
from scrapers.article import Page
from scrapers.errors import ArchiveError

MORNING = datetime(2024, 3, 19, 6, 30, 0, 125000, tzinfo=UTC)
PAGE = Page(
    url="https://www.alfa.it/a?id=1",
    body="<p>La società è in attivo</p>".encode("iso-8859-1"),
    fetched_at=MORNING,
    status=200,
    headers=(("content-type", "text/html"), ("content-encoding", "gzip"), ("content-length", "99"), ("etag", '"x"')),
    asked=(("User-Agent", "Affari"), ("Accept", "text/html")),
)


def keys_of(archive):
    return tuple(entry.key for entry in archive.entries())


def test_what_came_is_what_is_read(tmp_path):
    archive = Archive(tmp_path / "archive")
    key = archive.save_page(PAGE, source="alfa")
    archived = archive.read_page(key)
    assert archived.page == PAGE
    assert (archived.key, archived.source) == (key, "alfa")


def test_the_same_page_is_one_file_and_a_changed_one_another(tmp_path):
    archive = Archive(tmp_path)
    key = archive.save_page(PAGE, source="alfa")
    before = [(path, path.stat().st_mtime_ns, path.read_bytes()) for path in tmp_path.rglob("*.gz")]
    assert archive.save_page(dataclasses.replace(PAGE, fetched_at=MORNING + timedelta(days=1)), source="alfa") == key
    assert [(path, path.stat().st_mtime_ns, path.read_bytes()) for path in tmp_path.rglob("*.gz")] == before
    changed = archive.save_page(dataclasses.replace(PAGE, body=PAGE.body + b"!"), source="alfa")
    elsewhere = archive.save_page(dataclasses.replace(PAGE, url="https://www.alfa.it/b"), source="alfa")
    assert len({key, changed, elsewhere}) == 3
    assert archive.read_page(key).page == PAGE


def test_keys_come_oldest_first_in_any_time_zone(tmp_path):
    archive = Archive(tmp_path)
    rome = timezone(timedelta(hours=2))
    days = [datetime(2024, 3, 2, 1, tzinfo=rome), datetime(2024, 3, 1, 22, 30, tzinfo=UTC), MORNING]
    keys = [
        archive.save_page(dataclasses.replace(PAGE, body=str(day).encode(), fetched_at=day), source="alfa")
        for day in days
    ]
    assert keys_of(archive) == (keys[1], keys[0], keys[2])
    assert keys_of(Archive(tmp_path / "none")) == ()


@pytest.mark.parametrize("kept", [0, 1, 40, 300])
def test_damage_is_noticed_and_named(tmp_path, kept):
    archive = Archive(tmp_path)
    key = archive.save_page(PAGE, source="alfa")
    [path] = tmp_path.rglob("*.gz")
    path.write_bytes(path.read_bytes()[:kept] + b"damage")
    assert keys_of(archive) == (key,)
    with pytest.raises(ArchiveError, match=key):
        archive.read_page(key)


def test_a_page_under_another_name_is_noticed(tmp_path):
    archive = Archive(tmp_path)
    key = archive.save_page(PAGE, source="alfa")
    [path] = tmp_path.rglob("*.gz")
    path.rename(path.with_name(f"{key[:-1]}{'0' if key[-1] != '0' else '1'}.warc.gz"))
    with pytest.raises(ArchiveError, match="damaged"):
        archive.read_page(keys_of(archive)[0])
    with pytest.raises(ArchiveError, match="cannot be read"):
        archive.read_page(key)


def test_a_part_left_by_a_killed_run_is_no_page(tmp_path):
    archive = Archive(tmp_path)
    key = key_of(PAGE)
    (tmp_path / key[:2]).mkdir()
    (tmp_path / key[:2] / f".{key}.warc.gz.part").write_bytes(b"half a pag")
    assert keys_of(archive) == ()
    assert archive.save_page(PAGE, source="alfa") == key
    assert archive.read_page(key).page == PAGE
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [f"{key}.warc.gz"]


def test_a_folder_that_is_a_file_is_an_archive_error(tmp_path):
    (tmp_path / "archive").write_text("")
    with pytest.raises(ArchiveError, match="cannot be written"):
        Archive(tmp_path / "archive").save_page(PAGE, source="alfa")


def test_other_programs_can_read_it(tmp_path):
    Archive(tmp_path).save_page(PAGE, source="alfa")
    [path] = tmp_path.rglob("*.gz")
    records = list(ArchiveIterator(io.BytesIO(path.read_bytes()), check_digests="raise"))
    assert [record.rec_type for record in records] == ["response", "request"]
    [page] = read_warc(path)
    assert (page.url, page.body, page.status) == (PAGE.url, PAGE.body, 200)


def test_what_other_programs_wrote_can_be_imported(tmp_path):
    """As crawlers write it: chunked and compressed, among pictures, redirects and requests."""
    chunked = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in [gzip.compress(PAGE.body), b""])
    encoded = [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")]
    with (tmp_path / "crawl.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url, kind, line, headers, body in [
            ("https://www.alfa.it/a", "response", "200 OK", encoded, chunked),
            ("https://www.alfa.it/b", "response", "301 Moved", [("Location", "/a")], b""),
            ("https://www.alfa.it/c.png", "response", "200 OK", [("Content-Type", "image/png")], b"\x89PNG"),
            ("https://www.alfa.it/d", "resource", None, None, b"testo"),
            ("https://www.alfa.it/e", "response", "200 OK", [], b"<html>"),
        ]:
            http = StatusAndHeaders(line, headers, protocol="HTTP/1.1") if line else None
            payload = io.BytesIO(body)
            writer.write_record(
                writer.create_warc_record(url, kind, payload=payload, length=len(body), http_headers=http)
            )
    pages = {page.url: page.body for page in read_warc(tmp_path / "crawl.warc.gz")}
    assert pages == {"https://www.alfa.it/a": PAGE.body, "https://www.alfa.it/e": b"<html>"}


def test_a_file_that_is_no_warc(tmp_path):
    (tmp_path / "a.warc").write_bytes(b"\x89PNG" * 50)
    with pytest.raises(ArchiveError, match="cannot be read as WARC"):
        list(read_warc(tmp_path / "a.warc"))


@given(body=st.binary(max_size=300), status=st.sampled_from([200, 203, 304, 404, 999]))
@settings(max_examples=30)
def test_any_bytes_survive(tmp_path_factory, body, status):
    archive = Archive(tmp_path_factory.mktemp("archive"))
    page = dataclasses.replace(PAGE, body=body, status=status)
    assert archive.read_page(archive.save_page(page, source="alfa")).page == page
