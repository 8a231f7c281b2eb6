"""Contract 1: what may be given, what is written."""

import json
from datetime import date
from decimal import Decimal

import pytest

from pipeline.contract import MAX_CHARACTERS, extraction_record, given_id, parse_day, parse_record, to_line
from pipeline.errors import ArticleError
from pipeline.records import (
    Amount,
    ArticleText,
    Deal,
    DealType,
    Extraction,
    Mention,
    Model,
    Party,
    PartyRole,
    Qualifier,
    Status,
)

TEXTS = [  # (title, text, text of the record)
    ("Alfa compra Beta", "La Alfa ha rilevato la Beta.", "Alfa compra Beta\n\nLa Alfa ha rilevato la Beta."),
    ("Alfa compra Beta", "Alfa compra Beta\n\nLa Alfa ha rilevato.", "Alfa compra Beta\n\nLa Alfa ha rilevato."),
    (" Alfa compra Beta ", "\nAlfa compra Beta. Fine.", "\nAlfa compra Beta. Fine."),
    (None, "La Alfa ha rilevato la Beta.", "La Alfa ha rilevato la Beta."),
    ("", "La Alfa.", "La Alfa."),
]


@pytest.mark.parametrize(("title", "text", "expected"), TEXTS)
def test_text_begins_with_the_title_once(title, text, expected):
    line = json.dumps({"id": "a", "title": title, "text": text})
    assert parse_record(line, name="x").text == expected


BAD_LINES = [  # (line, words of the message)
    ("{", "not a JSON object"),
    ("[1]", "not a JSON object but list"),
    ('"testo"', "not a JSON object but str"),
    ("[" * 100_000, "not a JSON object|nested too deeply"),
    ('{"id":"a"}', "text: Field required"),
    ('{"id":"a","text":null}', "text: Input should be a valid string"),
    ('{"id":"a","text":7}', "text: Input should be a valid string"),
    ('{"id":"a","text":"  \\n "}', "the text is empty"),
    ('{"id":"a","text":"due\\u0000"}', "NUL character at offset 3"),
    ('{"id":"a","text":"due\\ud800"}', "half a surrogate pair at offset 3"),
    ('{"id":"a","text":"due","published":"ieri"}', "published: 'ieri' is not a date; write YYYY-MM-DD"),
    ('{"id":"a","text":"due","published":"2024-02-30"}', "published: '2024-02-30' is not a date"),
    ('{"id":"a","text":"due","published":20240101}', "published"),
    ('{"id":{},"text":"due"}', "id"),
    (b'{"id":"a","text":"\xe8"}', "not a JSON object"),
    (json.dumps({"text": "x" * (MAX_CHARACTERS + 1)}), "are no article"),
]


@pytest.mark.parametrize(("line", "message"), BAD_LINES)
def test_a_bad_line_says_what_is_wrong(line, message):
    with pytest.raises(ArticleError, match=message):
        parse_record(line, name="x")


def test_a_bad_line_keeps_its_id():
    assert given_id('{"id":"a","text":7}') == "a"
    assert given_id('{"id":3}') == "3"
    assert given_id("{") is None
    assert given_id("[" * 100_000) is None


DAYS = [
    ("2014-11-19", date(2014, 11, 19)),
    ("2014-11-19T10:30:00", date(2014, 11, 19)),
    ("2014-11-19T23:30:00+00:00", date(2014, 11, 20)),
    ("2014-07-19T22:30:00Z", date(2014, 7, 20)),
    ("2014-07-19T21:30:00Z", date(2014, 7, 19)),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_days_are_those_of_rome(text, day):
    assert parse_day(text) == day


def test_what_is_missing_is_null_and_numbers_are_plain():
    article = ArticleText("torino", "Kamaz ordina.", published=date(2014, 11, 19), published_from="given")
    amount = Amount(0, 5, "Kamaz", "EUR", Qualifier.OVER, min=Decimal(1_000_000))
    deal = Deal(
        type=DealType.ORDER,
        status=Status.SIGNED,
        denied=False,
        parties=(Party("Kamaz", PartyRole.CLIENT, named=True),),
        amount=amount,
        stake=Decimal("50.5"),
        date="2013",
        subject=None,
        evidence=(Mention(0, 13, "Kamaz ordina."),),
        confidence=0.87,
    )
    record = json.loads(
        to_line(extraction_record(Extraction(article, Model("p", "t", "1"), amounts=(amount,), deals=(deal,))))
    )
    assert record["published"] == "2014-11-19"
    assert record["amounts"][0]["min"] == 1_000_000
    assert record["amounts"][0]["value"] is None
    assert record["deals"][0]["stake"] == 50.5
    assert record["deals"][0]["parties"][0] == {"name": "Kamaz", "role": "client", "named": True, "evidence": []}
    assert record["deals"][0]["evidence"] == [{"start": 0, "end": 13, "text": "Kamaz ordina."}]
    assert record["url"] is None
