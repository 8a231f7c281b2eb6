"""Finds the amounts of money of a text: numbers beside a currency, scaled numbers that count nothing else, ranges.

Pure: text in, values out. What borrows its unit from a neighbour ("altri 2,9") is read in amount_ellipsis.py.
Rule: models/corpus/GUIDELINES.md, money.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from spacy.tokens import Doc

from pipeline.extract.amount_ellipsis import find_elided, inherit_currency
from pipeline.extract.amount_ranges import join_sums
from pipeline.extract.atoms import Atoms, cut_atoms
from pipeline.extract.hedges import read_hedge
from pipeline.extract.money import MoneyWords, Sum, read_sum
from pipeline.extract.numbers import Number, find_numbers
from pipeline.records import Amount, Qualifier

PER_LEADS = frozenset({"per", "a", "ad", "al", "alla", "all'", "la", "il", "l'", "lo", "ogni", "/"})
EACH = frozenset({"una", "uno"})  # "2 euro l'una"


def find_amounts(doc: Doc, *, words: MoneyWords) -> tuple[Amount, ...]:
    """Return the amounts of money of `doc`, in reading order.

    Offsets are characters of `doc.text`. A range ("tra 10 e 12 milioni") is one amount, a change ("da 12 a 20") two.
    """
    return read_amounts(cut_atoms(doc.text), words=words)


def read_amounts(atoms: Atoms, *, words: MoneyWords, numbers: Sequence[Number] | None = None) -> tuple[Amount, ...]:
    """Return the amounts of a text that is cut into atoms, its `numbers` found or not; see find_amounts."""
    if numbers is None:
        numbers = tuple(find_numbers(atoms, words.numbers))
    floor, sums = 0, []
    for number in numbers:
        total = read_sum(atoms, number, words, floor=floor)
        floor = total.last if total else floor
        sums.append(total)
    if not any(sums) and not any(number.letter for number in numbers):
        return ()
    joined = find_elided(atoms, numbers, join_sums(atoms, numbers, sums, words), words)
    told = inherit_currency(atoms, joined)
    return tuple(_amounts(atoms, (total for total in told if total), words))


def _amounts(atoms: Atoms, sums: Iterator[Sum], words: MoneyWords) -> Iterator[Amount]:
    """Hedge the sums; one that begins inside the one before is dropped ("20 centesimi" of "3 euro e 20 centesimi")."""
    end = 0
    for total in sums:
        if total.first >= end:
            amount = make_amount(atoms, total, words)
            end = total.last
            yield amount


def make_amount(atoms: Atoms, total: Sum, words: MoneyWords) -> Amount:
    """Return the amount that a sum and its hedge make."""
    hedge = read_hedge(atoms, total.first, total.last, words.hedges)
    qualifier = Qualifier.ABOUT if total.about and hedge.qualifier is Qualifier.EXACT else hedge.qualifier
    qualifier = Qualifier.RANGE if total.high is not None else qualifier
    first = total.first if total.high is not None else hedge.first
    start, end = atoms.span(first, hedge.last)
    value, high = tidy(total.value), None if total.high is None else tidy(total.high)
    stated = qualifier in {Qualifier.EXACT, Qualifier.ABOUT}
    return Amount(
        start=start,
        end=end,
        text=atoms.text[start:end],
        currency=total.currency,
        qualifier=qualifier,
        value=value if stated else None,
        min=value if qualifier in {Qualifier.OVER, Qualifier.RANGE} else None,
        max=high if qualifier is Qualifier.RANGE else value if qualifier is Qualifier.UNDER else None,
        per=_per(atoms, hedge.last, words),
    )


def tidy(value: Decimal) -> Decimal:
    """Return whole units without decimals: 4500000.0 is 4500000."""
    whole = value.to_integral_value()
    return whole if value == whole else value


def _per(atoms: Atoms, index: int, words: MoneyWords) -> str | None:
    """Return the unit of a unit price: "per azione", "l'una", "al chilo", "mensili"."""
    key = atoms.key(index)
    if atoms.key(index + 2).startswith("quadr") and atoms.key(index + 1).startswith("metr"):
        return "square metre"
    if key in words.per and key not in PER_LEADS:
        return words.per[key]
    if key not in PER_LEADS:
        return None
    unit = atoms.key(index + 1)
    return "piece" if key == "l'" and unit in EACH else words.per.get(unit)
