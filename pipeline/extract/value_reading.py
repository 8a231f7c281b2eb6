"""Reads the dates, amounts and shares of a text together: what the component `affari_values` asks (values.py). Pure."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pipeline.extract.amounts import amounts_of
from pipeline.extract.atoms import cut_atoms
from pipeline.extract.date_cut import Cut
from pipeline.extract.date_doubts import read_published_doubts
from pipeline.extract.date_words import DateWords
from pipeline.extract.dates import join_forms, value_dates
from pipeline.extract.money import MoneyWords
from pipeline.extract.number_cut import NumberCut, find_numbers
from pipeline.extract.share_words import ShareWords
from pipeline.extract.shares import shares_of
from pipeline.extract.spelling import Spelled, spell
from pipeline.records import Amount, DateValue, Share, new


@dataclass(frozen=True, slots=True)
class ValueWords:
    """The vocabulary of all three kinds of value."""

    money: MoneyWords
    shares: ShareWords
    dates: DateWords
    spelling: dict[str, Spelled]


class Values(NamedTuple):
    """What a text says in numbers, each kind in reading order, and the doubts about its publication date."""

    dates: tuple[DateValue, ...] = ()
    amounts: tuple[Amount, ...] = ()
    shares: tuple[Share, ...] = ()
    published_doubts: tuple[str, ...] = ()


def read_values(text: str, *, words: ValueWords, published: date | None = None, trusted: bool = True) -> Values:
    """Return the values of a text. A publication date that the text contradicts is not trusted: see published_doubts.

    Without a trusted date, year-less days stay "XXXX-11-25" and "ieri" has no value.
    """
    atoms = cut_atoms(text)
    letters, marks = spell(atoms, words.spelling)
    cut = Cut(atoms, letters, words.dates)
    forms = join_forms(cut)
    doubts = read_published_doubts(cut, forms, published=published) if published else ()
    today = published if trusted and not doubts else None
    counted = NumberCut(atoms, marks, words.money.numbers)
    numbers = find_numbers(counted)
    dates = tuple(value_dates(cut, forms, today))
    amounts = amounts_of(counted, numbers, words=words.money)
    values: Values = new(Values, (dates, amounts, shares_of(counted, numbers, words=words.shares), doubts))
    return values
