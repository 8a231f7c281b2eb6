"""Reads bare numbers that borrow the unit of an amount before them: "altri 2,9", "la prima ne vale 48", "Beta (6,4)".

A number borrows only where it counts nothing itself and the words before it, or the last quantity, say money.
"""

from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal
from itertools import compress
from typing import NamedTuple

from pipeline.extract.amount_ranges import borrow, is_year
from pipeline.extract.atoms import PARAGRAPH, Atoms
from pipeline.extract.hedges import ARTICLES
from pipeline.extract.money import MoneyWords, Sum, counts_things
from pipeline.extract.numbers import Number

REACH = 150  # atoms from the amount that lends its unit
LEAD_REACH = 5  # atoms from a noun or "ne" to the number
THOUSAND = Decimal(1000)
STOPS = frozenset({".", "!", "?", "…", PARAGRAPH})
MARKS = frozenset({",", ";", ":", "(", ")", "»", "«"})
LINKS = frozenset(
    {"di", "a", "da", "per", ":", "un", "una", "d'", "i", "gli", "euro", "netto", "netta", "lordo", "lorda", "ad", ","}
)
FEMININE = ("ate", "ite", "ute", "nte", "ste", "tte", "altre")
PARTS = frozenset(
    {"del", "dei", "delle", "della", "dell'"}
)  # "58 della Cioti" are workers; "contro i 47 della Beta" is money
CENTS = frozenset({"centesimi", "centesimo", "cent"})
CLITICS = frozenset({"li", "lo", "glieli", "ce"})
LED_LETTERS = frozenset({"k", "m"})
QUIET = frozenset({",", ";", ":", "(", "e", "a", "di", "da", "per", "i", "gli", "con", "o", "ad", "più"})


class Last(NamedTuple):
    """The last quantity before a number: its sentence, and the sum that it is, or None for another kind."""

    sentence: int
    total: Sum | None


def find_elided(
    atoms: Atoms, numbers: Sequence[Number], sums: Sequence[Sum | None], words: MoneyWords
) -> list[Sum | None]:
    """Return `sums` with the bare numbers that borrow a unit put in."""
    stops = _stops(atoms)
    found: list[Sum | None] = []
    source: Sum | None = None
    last: Last | None = None
    lettered = any(total and number.letter for number, total in zip(numbers, sums, strict=True))
    for number, known in zip(numbers, sums, strict=True):
        total = known or _lettered(number, lettered=lettered or _is_led_letter(atoms, number, words))
        if total is None and source and number.first - source.last < REACH:
            total = _elided(atoms, number, source, last, stops, words)
        found.append(total)
        source = total or source
        if total or not _is_silent(atoms, number, words):
            last = Last(bisect_left(stops, number.first), total)
    return found


def _lettered(number: Number, *, lettered: bool) -> Sum | None:
    """Return "12m" as a sum where "€5m" stands in the text."""
    if not lettered or not number.letter:
        return None
    return Sum(number.first, number.last, number.value, "EUR", number.scale or Decimal(1), named=False)


def _is_led_letter(atoms: Atoms, number: Number, words: MoneyWords) -> bool:
    """Say whether "700k" is a sum: "un round da 700k"; "un fondo di 3M" is the company's, "da 700k utenti" counts."""
    if (
        not number.letter
        or counts_things(atoms, number.last, words)
        or not _counts_nothing(atoms.key(number.last), words)
    ):
        return False
    written = atoms.key(number.first) != "3" and atoms.key(number.last - 1) in LED_LETTERS
    return written and _has_noun(atoms, number.first, words)


def inherit_currency(atoms: Atoms, sums: Sequence[Sum | None]) -> list[Sum | None]:
    """Give a sum without currency that of the last named one of its paragraph, bare cents that of the last at all."""
    found: list[Sum | None] = []
    named: Sum | None = None
    for total in sums:
        if total is None or named is None:
            found.append(total)
        else:
            found.append(_in_currency_of(atoms, total, named))
        if total and total.named and not _is_bare_cents(atoms, total):
            named = total
    return found


def _in_currency_of(atoms: Atoms, total: Sum, named: Sum) -> Sum:
    """Return the sum in the currency of the named one where it has none of its own."""
    if _is_bare_cents(atoms, total):
        return total._replace(currency=named.currency)
    near = total.first - named.last < REACH and PARAGRAPH not in atoms.keys[named.last : total.first]
    return total._replace(currency=named.currency) if near and not total.named else total


def _is_bare_cents(atoms: Atoms, total: Sum) -> bool:
    """Say whether the sum is in "centesimi" of a currency that is not said."""
    return total.unit < 1 and atoms.key(total.last - 1) in CENTS


def _stops(atoms: Atoms) -> list[int]:
    """Return the atoms that end sentences; as many as stand before an atom are the number of its sentence."""
    marks = compress(range(len(atoms)), map(STOPS.__contains__, atoms.keys))
    return [index for index in marks if not atoms.glued(index + 1)]


def _is_silent(atoms: Atoms, number: Number, words: MoneyWords) -> bool:
    """Say whether a number is no quantity that the next could follow: a year, a day, an hour, "un"."""
    return is_year(atoms, number) or number.value <= 1 or not _counts_noun(atoms, number, words)


def _counts_noun(atoms: Atoms, number: Number, words: MoneyWords) -> bool:
    """Say whether a percent sign or a noun follows."""
    key = atoms.key(number.last)
    return key == "%" or (key.isalpha() and key not in words.follow) or atoms.key(number.last + 1) == "cento"


def _elided(
    atoms: Atoms, number: Number, source: Sum, last: Last | None, stops: Sequence[int], words: MoneyWords
) -> Sum | None:
    """Return the sum that the bare number is, None where it is none."""
    if not _is_bare(atoms, number, words):
        return None
    here = bisect_left(stops, number.first)
    same = last is not None and last.sentence == here
    near = same and last is not None and last.total is not None
    beside = here - bisect_left(stops, source.first) <= 1
    close = beside and (near or not same)
    led = (close and _is_led(atoms, number, words)) or (beside and _has_noun(atoms, number.first, words))
    if led or (near and _follows(atoms, number)):
        return _borrowed(number, source)
    return None


def _borrowed(number: Number, source: Sum) -> Sum:
    """Return the number in the unit of the source; "1.100" beside "novemila" is written in full."""
    return borrow(number, source)._replace(about=number.about)


def _is_bare(atoms: Atoms, number: Number, words: MoneyWords) -> bool:
    """Say whether a number may be a sum without unit: it counts nothing, is no year, no hour, no part of a word."""
    if (number.scale is not None and number.scale != THOUSAND) or number.letter or is_year(atoms, number):
        return False
    key, before = atoms.key(number.last), atoms.key(number.first - 1)
    follows = _counts_nothing(key, words)
    joined = atoms.glued(number.first) and before not in {"(", "«", '"'}
    clock = key == ":" and atoms.glued(number.last + 1)
    cento = (key == "per" and atoms.key(number.last + 1) in {"cento", "mille"}) or atoms.key(number.first) == "cento"
    return follows and not joined and not clock and not cento and before not in words.never_after and number.value > 0


def _counts_nothing(key: str, words: MoneyWords) -> bool:
    """Say whether what follows is no thing: a mark, a preposition, a participle, a verb."""
    if not key[:1].isalnum():
        return key not in {"%", "°", "/", "€", "$", "-", "º"}
    return key in words.follow or (len(key) > 5 and key.endswith(words.follow_endings))


def _is_led(atoms: Atoms, number: Number, words: MoneyWords) -> bool:
    """Say whether what stands beside the number makes it a sum: "ne offre 23", "utile a 21,5", "15 dei quali"."""
    following = atoms.keys[number.last : number.last + 2]
    if following in {("dei", "quali"), ("di", "cui")} or (following[:1] and following[0] in CLITICS):
        return True
    at = number.first - 1
    while at > 0 and (atoms.key(at) in ARTICLES or atoms.key(at) in {"a", "di"}) and atoms.key(at - 1) in words.leads:
        at -= 1
    if atoms.key(number.first - 1).startswith(words.verbs) and number.value > 1:
        return True
    return atoms.key(at) in words.leads or _has_ne(atoms, number.first) or _has_noun(atoms, number.first, words)


def _has_ne(atoms: Atoms, first: int) -> bool:
    """Say whether "ne" or an infinitive with it stands before: "ne ha fatturati 21", "a proporne novanta"."""
    for at in range(first - 1, max(-1, first - LEAD_REACH), -1):
        key = atoms.keys[at]
        if key in STOPS or key in MARKS:
            return False
        if len(key) > 4 and key.endswith(FEMININE):
            return False  # "ne ha ordinate dodici" are machines; millions are masculine
        if key == "ne" or (len(key) > 4 and key.endswith(("rne", "ndone"))):
            return True
    return False


def _has_noun(atoms: Atoms, first: int, words: MoneyWords) -> bool:
    """Say whether a noun of money stands before, with links only between: "un indebitamento netto di 28,4"."""
    for at in range(first - 1, max(-1, first - LEAD_REACH), -1):
        key = atoms.keys[at]
        if key in words.nouns:
            return True
        if key not in LINKS and key not in words.leads and at != first - 2:
            return False
        if key in STOPS:
            return False
    return False


def _follows(atoms: Atoms, number: Number) -> bool:
    """Say whether the number stands like a member of the list that the last amount of its sentence began."""
    before = atoms.key(number.first - 1)
    small_word = not number.digits and number.value < 2
    return before in QUIET and not small_word and atoms.key(number.last) not in PARTS
