"""The lexicon of values proves itself: every example is read as it says, no non-example is read at all."""

from datetime import date
from decimal import Decimal

import pytest

from pipeline.extract.atoms import cut_atoms
from pipeline.extract.currencies import CurrencyLexicon
from pipeline.extract.date_words import DateLexicon
from pipeline.extract.hedges import HedgeLexicon
from pipeline.extract.money import MoneyLexicon
from pipeline.extract.numbers import NumberLexicon, NumberWords, find_numbers, load_number_words, parse_number_word
from pipeline.extract.share_words import ShareLexicon
from pipeline.extract.values import ValueWords, load_value_words, read_values
from pipeline.lexicon import load_lexicon
from pipeline.records import Qualifier

NUMBERS = load_lexicon("numbers", NumberLexicon)
HEDGES = load_lexicon("qualifiers", HedgeLexicon)
SHARES = load_lexicon("shares", ShareLexicon)
MONEY = load_lexicon("money", MoneyLexicon)
CURRENCIES = load_lexicon("currencies", CurrencyLexicon).root
DATES = load_lexicon("dates", DateLexicon)


@pytest.fixture(scope="module")
def words() -> ValueWords:
    return load_value_words()


@pytest.fixture(scope="module")
def number_words() -> NumberWords:
    return load_number_words()


@pytest.mark.parametrize(("text", "value"), NUMBERS.examples.items())
def test_numbers(text: str, value: Decimal, number_words: NumberWords) -> None:
    atoms = cut_atoms(text)
    (number,) = find_numbers(atoms, number_words)
    assert (number.first, number.last, number.value) == (0, len(atoms), value)


@pytest.mark.parametrize("word", NUMBERS.non_examples["words"])
def test_words_that_are_no_numbers(word: str, number_words: NumberWords) -> None:
    assert parse_number_word(word, number_words) is None


@pytest.mark.parametrize("example", HEDGES.examples)
def test_qualifiers(example, words: ValueWords) -> None:
    (amount,) = read_values(example.text, words=words).amounts
    assert amount.qualifier is example.qualifier


@pytest.mark.parametrize("example", HEDGES.non_examples)
def test_amounts_that_are_exact(example, words: ValueWords) -> None:
    (amount,) = read_values(example.text, words=words).amounts
    assert amount.qualifier is Qualifier.EXACT


@pytest.mark.parametrize("example", SHARES.examples)
def test_shares(example, words: ValueWords) -> None:
    (share,) = read_values(example.text, words=words).shares
    assert (share.value, share.of) == (example.value, example.of)


@pytest.mark.parametrize("example", SHARES.non_examples)
def test_texts_without_share(example, words: ValueWords) -> None:
    assert read_values(example.text, words=words).shares == ()


@pytest.mark.parametrize("text", MONEY.examples["money"])
def test_money_without_currency(text: str, words: ValueWords) -> None:
    assert len(read_values(text, words=words).amounts) == 1


@pytest.mark.parametrize("text", MONEY.non_examples["counts"])
def test_counts_that_are_no_money(text: str, words: ValueWords) -> None:
    assert read_values(text, words=words).amounts == ()


@pytest.mark.parametrize("code", CURRENCIES)
def test_every_currency_is_read_by_its_code(code: str, words: ValueWords) -> None:
    read = [read_values(text, words=words).amounts[0] for text in (f"{code} 12 milioni", f"12 milioni di {code}")]
    assert [(amount.currency, amount.value) for amount in read] == [(code, Decimal(12_000_000))] * 2


@pytest.mark.parametrize(("word", "month"), DATES.months.items())
def test_every_month_is_read(word: str, month: int, words: ValueWords) -> None:
    (found,) = read_values(f"il 3 {word} 2014", words=words).dates
    assert found.value == f"2014-{month:02d}-03"


@pytest.mark.parametrize(("word", "days"), DATES.relative_days.items())
def test_every_relative_day_is_read(word: str, days: int, words: ValueWords) -> None:
    (found,) = read_values(word, words=words, published=date(2024, 11, 15)).dates
    assert found.value == f"2024-11-{15 + days:02d}"
