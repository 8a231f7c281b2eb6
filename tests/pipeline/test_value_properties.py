"""Properties of the value readers: what is written is read back, nothing crashes, a megabyte of anything is read."""

import sys
from datetime import date
from decimal import Decimal
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.values import Values, load_value_words, read_values

settings.register_profile("untimed", deadline=None)  # a busy machine is no fault
settings.load_profile("untimed")
WORDS = load_value_words()
PUBLISHED = date(2024, 11, 22)
MONTHS = tuple(WORDS.dates.months)[:12]
PIECES = [
    *[
        "12",
        "3,5",
        "1.000",
        "2013",
        "98",
        "€",
        "$",
        "%",
        "euro",
        "milioni",
        "mila",
        "mln",
        "un",
        "due",
        "terzo",
        "metà",
        "marzo",
        "lunedì",
        "ieri",
        "il",
        "l'",
        "dal",
        "al",
        "entro",
        "fino",
    ],
    *[
        "a",
        "tra",
        "e",
        "di",
        "del",
        "nel",
        "primo",
        "semestre",
        "anno",
        "scorso",
        "prossimo",
        "fa",
        "dopo",
        "settimana",
        "-",
        "/",
        ".",
        ",",
        "(",
        ")",
        "'",
        ":",
        "°",
        "Natale",
        "oltre",
        "ne",
        "su",
    ],
    "\n\n",
]
SCALES = [("milioni", 10**6), ("mln", 10**6), ("miliardi", 10**9), ("mld", 10**9)]


def read(text: str) -> Values:
    return read_values(text, words=WORDS, published=PUBLISHED)


@given(st.integers(1, 999_999_999))
def test_grouped_sums_are_read_back(units: int) -> None:
    for text in (f"{units:,} euro".replace(",", "."), f"€ {units:,}".replace(",", "."), f"EUR {units}", f"{units}€"):
        assert [amount.value for amount in read(text).amounts] == [Decimal(units)]


@given(st.integers(1, 9_999_999))
def test_cents_are_read_back(cents: int) -> None:
    value = Decimal(cents) / 100
    text = f"{value:,.2f} euro".replace(",", "_").replace(".", ",").replace("_", ".")
    assert [amount.value for amount in read(text).amounts] == [value]


@given(
    st.decimals("0.1", "999", places=1),
    st.sampled_from(SCALES),
)
def test_scaled_sums_are_read_back(value: Decimal, scale: tuple[str, int]) -> None:
    written = str(value).replace(".", ",")
    for text in (f"{written} {scale[0]} di euro", f"€ {written} {scale[0]}", f"{written}{scale[0]}€"):
        assert [amount.value for amount in read(text).amounts] == [value * scale[1]]


@given(st.decimals("0.1", "100", places=1), st.sampled_from(["{}%", "{} %", "il {} per cento", "+{}%"]))
def test_percentages_are_read_back(value: Decimal, form: str) -> None:
    assert [share.value for share in read(form.format(str(value).replace(".", ","))).shares] == [value]


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_days_are_read_back(day: date) -> None:
    month = MONTHS[day.month - 1]
    forms = (
        f"il {day.day} {month} {day.year}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02d}.{day.month:02d}.{day.year}",
        f"{day.day}/{day.month}/{day.year % 100:02d}",
        day.isoformat(),
    )
    for text in forms:
        assert [found.value for found in read(text).dates] == [day.isoformat()], text


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))
def test_any_mixture_of_our_words_is_read_without_error(text: str) -> None:
    values = read(text)
    for found in (*values.dates, *values.amounts, *values.shares):
        assert 0 <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text


@settings(max_examples=100)
@given(st.text(max_size=120))
def test_any_text_is_read_without_error(text: str) -> None:
    assert isinstance(read(text), Values)


# Strings that make a reader with nested repeats or unbounded looks back slow.
HOSTILE = [
    "1",
    "1.1.1.1.",
    "da ",
    " ",
    "1 ",
    "1'111",
    "un milione e ",
    "a 1 a ",
    "dal 1 al ",
    "€",
    "$1-",
    "(1) ",
    "3 marzo e ",
    "lunedì e ",
    "'9",
    "2013-",
    "corone 1 ",
    "mille cento ",
    "l'",
    "non prima di ",
    "100 milioni, 5 ",
    "2% il 3 ",
    "il 3, il ",
    "Natale ",
    "stesso periodo ",
    "fine degli anni '",
]
LINEAR = 2.2  # what twice the text may cost, in calls


def calls_of(text: str) -> int:
    """Return how many functions of Python are called to read a text: the same on every machine."""
    calls = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read(text)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("unit", HOSTILE)
def test_twice_the_text_costs_twice_the_calls(unit: str) -> None:
    text = unit * (3_000 // len(unit))
    read(text + text)  # words are asked for once
    assert calls_of(text + text) <= LINEAR * calls_of(text) + 100


def test_a_megabyte_of_hostile_text_is_read() -> None:
    share = 1_000_000 // len(HOSTILE)
    text = "".join(unit * (share // len(unit)) for unit in HOSTILE)
    assert isinstance(read(text), Values)
