"""Euro rates: the day's own or nothing; a file with gaps is refused whole."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from pipeline.errors import InputError
from pipeline.kb.ratefile import load_rates
from pipeline.kb.rates import rate_day
from pipeline.kb.read import read_deals
from tests.pipeline.kb.told import euros, tell

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HISTORY = """Date,USD,JPY,RUB,
2026-02-12,1.25,160.5,N/A,
2026-02-11,1.20,161,N/A,
2026-02-06,1.10,159,N/A,
"""
DAY = "Date, USD, JPY, \n12 February 2026, 1.25, 160.5, \n"


def write(folder, text):
    path = folder / "eurofxref.csv"
    path.write_text(text, encoding="utf-8")
    return path


SUMS = [  # the deal's date, the article's day, currency, euro
    ("2026-02-11", "2026-02-12", "USD", "1000000"),
    ("2026-02-08", "2026-02-12", "USD", "1090909.09"),  # a Sunday: Friday's rate stands
    (None, "2026-02-12", "USD", "960000"),
    ("2026-02", "2026-02-12", "USD", "960000"),
    ("2013", "2026-02-12", "USD", None),  # the year's rate would be a guess
    ("2026-02-20", "2026-02-12", "USD", None),  # eight days after the last rate
    ("2026-02-12", "2026-02-12", "RUB", None),  # not quoted
    ("2026-02-12", "2026-02-12", "CHF", None),
    ("2013", "2026-02-12", "EUR", "1200000"),
]


@pytest.mark.parametrize(("on", "day", "currency", "euro"), SUMS)
def test_a_sum_is_converted_by_the_rate_of_its_day_or_not_at_all(base, tmp_path, on, day, currency, euro):
    load_rates(base.db, write(tmp_path, HISTORY), now=NOW)
    parties = {"Kamaz": "client"}
    amount = lambda text: euros(text, "1,2 milioni", "1200000", currency)  # noqa: E731 - a row of a table
    tell(base, 1, "La Kamaz ordina camion per 1,2 milioni.", parties, type="order", amount=amount, date=on, day=day)
    (deal,) = read_deals(base.db)
    assert deal.amount_eur == (Decimal(euro) if euro else None)


def test_deals_that_are_there_are_converted_when_rates_come(base, tmp_path):
    amount = lambda text: euros(text, "1,2 milioni", "1200000", "USD")  # noqa: E731
    tell(
        base,
        1,
        "La Kamaz ordina camion per 1,2 milioni.",
        {"Kamaz": "client"},
        type="order",
        amount=amount,
        day="2026-02-12",
    )
    assert read_deals(base.db)[0].amount_eur is None
    assert load_rates(base.db, write(tmp_path, DAY), now=NOW) == 2
    assert read_deals(base.db)[0].amount_eur == 960000


DAYS = [  # the deal's date, the article's day, the day whose rate counts
    ("2026-02-11", date(2026, 2, 12), date(2026, 2, 11)),
    ("2026-02-11~", None, date(2026, 2, 11)),
    ("2026-01/2026-03", date(2026, 2, 12), date(2026, 2, 12)),
    ("2026-01/2026-03", None, None),
    ("/2026-03", date(2026, 2, 12), date(2026, 2, 12)),
    ("/2026-01", date(2026, 2, 12), None),
    ("XXXX-11-25", date(2026, 2, 12), None),
    (None, None, None),
]


@pytest.mark.parametrize(("edtf", "published", "day"), DAYS)
def test_the_day_of_a_sum(edtf, published, day):
    assert rate_day(edtf, published) == day


BAD = [  # what is in the file, what is said
    ("Date,USD\n2026-02-12,\n", r"line 2, USD: a gap; write N/A"),
    ("Date,USD\n2026-02-12,uno\n", r"'uno', no number"),
    ("Date,USD\n2026-02-12,0\n", "'0' cannot be a rate"),
    ("Date,USD\n2026-02-12,-1.2\n", "cannot be a rate"),
    ("Date,USD\n2026-02-12,Infinity\n", "cannot be a rate"),
    ("Date,USD,JPY\n2026-02-12,1.2\n", "1 rates for 2 currencies"),
    ("Date,USD\n12/02/2026,1.2\n", "'12/02/2026' is no day"),
    ("Date,USD\n30 February 2026,1.2\n", "is no day"),
    ("Date,USD\n2026-02-12,1.2\n2026-01-12,1.1\n", "no rates between 2026-01-12 and 2026-02-12; nothing was stored"),
    ("", "not an ECB rate file"),
    ("valuta;cambio\nUSD;1.2\n", "not an ECB rate file"),
    ("Date,USD\n", "not an ECB rate file"),
]


@pytest.mark.parametrize(("text", "message"), BAD)
def test_a_file_with_gaps_is_refused_whole(base, tmp_path, text, message):
    with pytest.raises(InputError, match=message):
        load_rates(base.db, write(tmp_path, text), now=NOW)
    assert base.db["rate"].count == 0


def test_what_is_no_text_is_refused(base, tmp_path):
    path = tmp_path / "rates.zip"
    path.write_bytes(b"PK\x03\x04\xff\xfe")
    for wrong in (path, tmp_path, tmp_path / "niente.csv"):
        with pytest.raises(InputError, match=r"cannot be read|no text; an ECB rate file is a CSV"):
            load_rates(base.db, wrong, now=NOW)
