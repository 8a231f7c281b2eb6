"""Finds the amounts of money of a text: numbers beside a currency, scaled numbers that count nothing else, ranges.

Pure: text in, values out. What borrows its unit from a neighbour ("altri 2,9") is read in amount_ellipsis.py.
Rule: models/corpus/GUIDELINES.md, money.
"""

from decimal import Decimal
from typing import Final

from spacy.tokens import Doc

from pipeline.extract.amount_ellipsis import find_elided, inherit_currency
from pipeline.extract.amount_ranges import join_sums
from pipeline.extract.atoms import Atoms, cut_atoms
from pipeline.extract.hedges import read_hedge
from pipeline.extract.money import PER_LEADS, TAXED, MoneyWords, Sum, read_sums
from pipeline.extract.number_cut import LETTER_SCALE, Number, NumberCut, cut_numbers, find_numbers
from pipeline.records import Amount, Qualifier, new

EXACT: Final = Qualifier.EXACT
ABOUT: Final = Qualifier.ABOUT
OVER: Final = Qualifier.OVER
UNDER: Final = Qualifier.UNDER
RANGE: Final = Qualifier.RANGE
EACH: Final = frozenset({"una", "uno"})  # "2 euro l'una"


def find_amounts(doc: Doc, *, words: MoneyWords) -> tuple[Amount, ...]:
    """Return the amounts of money of `doc`, in reading order.

    Offsets are characters of `doc.text`. A range ("tra 10 e 12 milioni") is one amount, a change ("da 12 a 20") two.
    """
    return read_amounts(cut_atoms(doc.text), words=words)


def read_amounts(atoms: Atoms, *, words: MoneyWords) -> tuple[Amount, ...]:
    """Return the amounts of a text that is cut into atoms; see find_amounts."""
    cut = cut_numbers(atoms, words.numbers)
    return amounts_of(cut, find_numbers(cut), words=words)


def amounts_of(cut: NumberCut, numbers: list[Number], *, words: MoneyWords) -> tuple[Amount, ...]:
    """Return the amounts of a text whose `numbers` are found; see find_amounts."""
    sums = read_sums(cut, numbers, words)
    if not any(sums) and LETTER_SCALE not in cut.marks:
        return ()
    told = find_elided(cut, numbers, join_sums(cut, numbers, sums, words), words)
    return tuple(_hedged(cut, inherit_currency(cut, [total for total in told if total]), words))


def _hedged(cut: NumberCut, sums: list[Sum], words: MoneyWords) -> list[Amount]:
    """Hedge the sums; one that begins inside the one before is dropped ("20 centesimi" of "3 euro e 20 centesimi")."""
    amounts: list[Amount] = []
    end = 0
    for total in sums:
        if total.first >= end:
            amounts.append(make_amount(cut, total, words))
            end = total.last
    return amounts


def make_amount(cut: NumberCut, total: Sum, words: MoneyWords) -> Amount:
    """Return the amount that a sum and its hedge make."""
    hedge = read_hedge(cut, total.first, total.last, words.hedges)
    qualifier, first, last = hedge.qualifier, hedge.first, hedge.last
    value, high = tidy(total.value), None
    if total.high is not None:
        qualifier, first, high = RANGE, total.first, tidy(total.high)
    elif total.about and qualifier is EXACT:
        qualifier = ABOUT
    start, end = cut.atoms.span(first, last)
    stated = value if qualifier is EXACT or qualifier is ABOUT else None
    low = value if qualifier is OVER or qualifier is RANGE else None
    high = value if qualifier is UNDER else high
    per = _per(cut, last, words)
    return new(Amount, (start, end, cut.atoms.text[start:end], total.currency, qualifier, stated, low, high, per))


def tidy(value: Decimal) -> Decimal:
    """Return whole units without decimals: 4500000.0 is 4500000."""
    whole = value.to_integral_value()
    return whole if value == whole else value


def _per(cut: NumberCut, index: int, words: MoneyWords) -> str | None:
    """Return the unit of a unit price: "per azione", "l'una", "al chilo", "mensili"."""
    if cut.keys[index] not in words.per_starts and not cut.keys[index + 1].startswith("metr"):
        return None
    index += cut.keys[index] in TAXED or cut.keys[index : index + 2] == ("per", "ogni")
    key, unit = cut.keys[index], cut.keys[index + 1]
    if unit.startswith("metr") and cut.keys[index + 2].startswith("quadr"):
        return "square metre"
    if key not in PER_LEADS:
        return words.per.get(key)
    return "piece" if key == "l'" and unit in EACH else words.per.get(unit)
