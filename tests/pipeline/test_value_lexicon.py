"""The lexicon of values proves itself: every example is read as it says, no non-example is read at all."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from pipeline.extract.atoms import cut_atoms
from pipeline.extract.currency_lexicon import CurrencyLexicon
from pipeline.extract.date_lexicon import DateLexicon
from pipeline.extract.hedge_lexicon import HedgeLexicon
from pipeline.extract.money_lexicon import MoneyLexicon
from pipeline.extract.number_cut import cut_numbers, find_numbers
from pipeline.extract.number_lexicon import NumberLexicon, load_number_words
from pipeline.extract.numbers import NumberWords, parse_number_word
from pipeline.extract.share_lexicon import ShareLexicon
from pipeline.extract.values import ValueWords, load_value_words, read_values
from pipeline.lexicon import load_lexicon
from pipeline.records import Qualifier

NUMBERS = load_lexicon("numbers", NumberLexicon)
HEDGES = load_lexicon("qualifiers", HedgeLexicon)
SHARES = load_lexicon("shares", ShareLexicon)
MONEY = load_lexicon("money", MoneyLexicon)
CURRENCIES = load_lexicon("currencies", CurrencyLexicon).root
DATES = load_lexicon("dates", DateLexicon)
PUBLISHED = date(2024, 11, 22)  # a Friday


@pytest.fixture(scope="module")
def words() -> ValueWords:
    return load_value_words()


@pytest.fixture(scope="module")
def number_words() -> NumberWords:
    return load_number_words()


@pytest.mark.parametrize(("text", "value"), NUMBERS.examples.items())
def test_numbers(text: str, value: Decimal, number_words: NumberWords) -> None:
    atoms = cut_atoms(text)
    (number,) = find_numbers(cut_numbers(atoms, number_words))
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


FORMS = [(code, form) for code, entry in CURRENCIES.items() for form in (*entry.words, *entry.scaled)]


@pytest.mark.parametrize(("code", "form"), FORMS)
def test_every_word_of_a_currency_is_read_where_its_cue_stands(code: str, form: str, words: ValueWords) -> None:
    cue = next((cue for cue in CURRENCIES[code].cues if cue not in form), "")
    (amount,) = read_values(
        f"3 milioni di {form.upper() if form == code.lower() else form} ({cue})", words=words
    ).amounts
    assert (amount.currency, amount.value) == (code, Decimal(3_000_000))


CURRENCY_EXAMPLES = [(code, text) for code, entry in CURRENCIES.items() for text in entry.examples]
CURRENCY_TRAPS = [text for entry in CURRENCIES.values() for text in entry.non_examples]


@pytest.mark.parametrize(("code", "text"), CURRENCY_EXAMPLES)
def test_examples_of_currencies(code: str, text: str, words: ValueWords) -> None:
    assert [amount.currency for amount in read_values(text, words=words).amounts] == [code]


@pytest.mark.parametrize("text", CURRENCY_TRAPS)
def test_words_that_are_no_currency(text: str, words: ValueWords) -> None:
    assert read_values(text, words=words).amounts == ()


def read_dates_of(text: str, words: ValueWords) -> str:
    return " | ".join(str(found.value) for found in read_values(text, words=words, published=PUBLISHED).dates)


@pytest.mark.parametrize(("text", "value"), DATES.examples.items())
def test_examples_of_dates(text: str, value: str, words: ValueWords) -> None:
    assert read_dates_of(text, words) == value


@pytest.mark.parametrize("text", DATES.non_examples["texts"])
def test_texts_without_date(text: str, words: ValueWords) -> None:
    assert read_dates_of(text, words) == ""


@pytest.mark.parametrize(("word", "month"), (DATES.months | DATES.short_months).items())
def test_every_month_is_read(word: str, month: int, words: ValueWords) -> None:
    assert read_dates_of(f"il 3 {word} 2014", words) == f"2014-{month:02d}-03"


@pytest.mark.parametrize(("word", "days"), DATES.relative_days.items())
def test_every_relative_day_is_read(word: str, days: int, words: ValueWords) -> None:
    assert read_dates_of(word, words) == f"2024-11-{22 + days:02d}"


@pytest.mark.parametrize(("word", "number"), DATES.weekdays.items())
def test_every_weekday_is_read(word: str, number: int, words: ValueWords) -> None:
    assert read_dates_of(f"{word} della scorsa settimana", words) == f"2024-11-{10 + number}"


@pytest.mark.parametrize(("word", "number"), DATES.short_weekdays.items())
def test_every_short_weekday_is_read(word: str, number: int, words: ValueWords) -> None:
    (found,) = read_values(f"{word} {10 + number} novembre", words=words, published=PUBLISHED).dates
    assert (found.text.split()[0], found.value) == (word, f"2024-11-{10 + number}")


@pytest.mark.parametrize(("name", "day"), DATES.holidays.items())
def test_every_holiday_is_read(name: str, day: tuple[int, int], words: ValueWords) -> None:
    assert read_dates_of(f"a {name} 2014", words) == f"2014-{day[0]:02d}-{day[1]:02d}"


@pytest.mark.parametrize(("name", "days"), DATES.easter.items())
def test_every_feast_of_easter_is_read(name: str, days: int, words: ValueWords) -> None:
    easter = date(2014, 4, 20)
    assert read_dates_of(f"a {name} 2014", words) == (easter + timedelta(days=days)).isoformat()


@pytest.mark.parametrize("name", DATES.moving)
def test_every_moving_feast_is_read(name: str, words: ValueWords) -> None:
    assert read_dates_of(f"la {name} 2014", words).startswith("2014-")


@pytest.mark.parametrize(("word", "year"), DATES.decades.items())
def test_every_decade_is_read(word: str, year: int, words: ValueWords) -> None:
    assert read_dates_of(f"negli anni {word}", words) == f"{year}/{year + 9}"


@pytest.mark.parametrize(("word", "year"), DATES.centuries.items())
def test_every_century_is_read(word: str, year: int, words: ValueWords) -> None:
    assert read_dates_of(f"nel {word.title()}", words) == f"{year}/{year + 99}"


@pytest.mark.parametrize(("word", "length"), DATES.months_of.items())
def test_every_part_of_a_year_is_read(word: str, length: int, words: ValueWords) -> None:
    assert read_dates_of(f"il primo {word} 2014", words) == f"2014-01/2014-{length:02d}"
