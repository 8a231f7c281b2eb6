"""Hostile and damaged pages: an Article or a PageError, nothing else."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scrapers.article import Article, Page
from scrapers.errors import PageError
from scrapers.pages import parse_page
from tests.scrapers.pages import NOW, PARAGRAPHS, TEXT, TITLE, URL, page

SAMPLES = sorted((Path(__file__).parents[2] / "scrapers/sources/campione/pages").rglob("*.html"))
WORDS = "parola e ancora parola senza mai un punto "

HOSTILE = {
    "a million divs": b"<div>" * 1_000_000 + b"ciao",
    "a million open paragraphs": b"<p>" * 1_000_000,
    "deep and named": b"<div class='share related'>" * 100_000 + b"<p>ciao</p>",
    "deep bodies": b"<div class='article-body'>" * 1_900 + TEXT.encode(),
    "unclosed bold": b"<b><i>" * 100_000 + TEXT.encode(),
    "one line of 5 MB": f"<h1>Titolo</h1><p>{WORDS * 120_000}</p>".encode(),
    "5 MB in one link": f"<a href='/'>{WORDS * 120_000}</a>".encode(),
    "many attributes": b"<p " + b"a=1 " * 300_000 + b">" + TEXT.encode(),
    "entity bomb": b"<!DOCTYPE a [<!ENTITY b 'cc'><!ENTITY d '&b;&b;&b;'>]><html><p>&d;</p></html>" + TEXT.encode(),
    "external entity": b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><p>&b;</p>" + TEXT.encode(),
    "entities without end": b"<p>" + b"&amp" * 500_000,
    "a long class": b"<div class='" + b"a-" * 300_000 + b"'>" + TEXT.encode(),
    "many short cells": b"<table><tr>" + b"<td>1</td>" * 60_000,
    "many scripts": b"<script type='application/ld+json'>{</script>" * 20_000 + TEXT.encode(),
    "nested json": b"<script type='application/ld+json'>" + b"[" * 200_000 + b"</script>" + TEXT.encode(),
    "endless headline": f"<title>{'a - ' * 100_000}</title>{TEXT}".encode(),
    "spaces": b"<p>" + b" " * 3_000_000 + b"</p>",
    "breaks": b"<p>a" + b"<br>" * 300_000 + b"</p>",
    "digits": b"<p>" + b"1." * 300_000 + b"</p><p>" + b"12/" * 300_000 + b"</p>",
    "capitals": b"<p>" + b"A B " * 200_000 + b"</p>",
    "quotes": ("<p>" + "»" * 500_000 + "</p>").encode(),
    "zero bytes": b"\x00<p>\x00" + TEXT.encode().replace(b" ", b" \x00"),
    "half a character": "perché".encode()[:-1] + TEXT.encode(),
    "utf-16 without mark": TEXT.encode("utf-16-le"),
    "random bytes": random.Random(1).randbytes(50_000),
}


def read(body: bytes) -> Article | None:
    try:
        return parse_page(Page(URL, body, NOW))
    except PageError as error:
        assert str(error)
        return None


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_page(name: str) -> None:
    article = read(HOSTILE[name])
    assert article is None or (article.body and "root:" not in article.body)


def test_depth_does_not_hide_the_article() -> None:
    article = read(b"<div>" * 500 + TEXT.encode() + b"</div>" * 500)
    assert article is not None
    assert article.body == "\n\n".join(PARAGRAPHS)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=2000))
def test_any_bytes(body: bytes) -> None:
    read(body)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=100))
def test_any_text_in_any_place(head: str, body: str, attribute: str) -> None:
    read(page(f"<h1>{TITLE}</h1>{body}{TEXT}<p class='{attribute}'>{body}</p>", head=head).body)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_mutated_samples(sample: Path) -> None:
    chance = random.Random(sample.stem)
    whole = sample.read_bytes()
    for _ in range(12):
        damaged = bytearray(whole[: chance.randrange(len(whole))] if chance.random() < 0.3 else whole)
        for _ in range(chance.randrange(1, 200)):
            place = chance.randrange(len(damaged)) if damaged else 0
            damaged[place : place + chance.randrange(4)] = chance.choice(
                (b"", b"<", b">", b"'", b"\xff", b"<div>", b"</p>")
            )
        read(bytes(damaged))
