"""Reads bare numbers that borrow the unit of an amount before them: "altri 2,9", "la prima ne vale 48", "Beta (6,4)".

A number borrows only where it counts nothing itself and the words before it, or the last quantity, say money.
"""

import re
from decimal import Decimal
from typing import Final

from pipeline.extract.amount_ranges import AND, BETWEEN, borrow, is_year, read_lead, read_link
from pipeline.extract.atoms import PARAGRAPH
from pipeline.extract.currencies import OF
from pipeline.extract.hedges import ARTICLES
from pipeline.extract.money import MoneyWords, Sum, counts_things
from pipeline.extract.number_cut import BEGINNINGS, LETTER_SCALE, ONE, ONLY, Number, NumberCut

REACH: Final = 150  # atoms from the amount that lends its unit
TOPIC_REACH: Final = 12  # atoms from "ne" to the "di" that says what it is of
LEAD_REACH: Final = 5  # atoms from a noun or "ne" to the number
ZERO: Final = Decimal(0)
HUNDRED: Final = Decimal(100)
THOUSAND: Final = Decimal(1000)
BILLION: Final = Decimal(1_000_000_000)
TOO_MANY: Final = 50  # times its source is no sum that borrows its unit
STOPS: Final = frozenset({".", "!", "?", "…", PARAGRAPH})
MARKS: Final = frozenset({",", ";", ":", "(", ")", "»", "«"})
LINKS: Final = frozenset(
    {"di", "a", "da", "per", ":", "un", "una", "d'", "i", "gli", "euro", "netto", "netta", "lordo", "lorda", "ad", ","}
) | {"complessivo", "complessiva"}
FEMININE: Final = ("ate", "ite", "ute", "nte", "ste", "tte", "altre")
PARTS: Final = frozenset(
    {"del", "dei", "delle", "della", "dell'"}
)  # "58 della Cioti" are workers; "contro i 47 della Beta" is money
CENTS: Final = frozenset({"centesimi", "centesimo", "cent"})
CLITICS: Final = frozenset({"li", "lo", "glieli", "ce"})
TO_A_SUM: Final = frozenset({"a", "per"})  # "offre fino a 12", "venduta a 94", "accordati per 27"
YEAR: Final = re.compile(r"(?:19|20)\d\d")  # "dai 28 del 2022"
PRICE: Final = re.compile(r"\d{1,3},\d\d")
QUOTED_AT: Final = frozenset({"a", "valeva", "vale", "valgono", ":"})
SHARES: Final = frozenset({"titolo", "azione", "azioni"})
OF_WHICH: Final = frozenset({("dei", "quali"), ("di", "cui")})
THINGS: Final = frozenset({"%", "°", "/", "€", "$", "-", "º"})
LED_LETTERS: Final = frozenset({"k", "m"})
QUIET: Final = frozenset({",", ";", ":", "(", "e", "a", "di", "da", "per", "i", "gli", "con", "o", "ad", "più", "dai"})


def find_elided(cut: NumberCut, numbers: list[Number], sums: list[Sum | None], words: MoneyWords) -> list[Sum | None]:
    """Return `sums` with the bare numbers that borrow a unit put in."""
    found: list[Sum | None] = []
    source: Sum | None = None
    lettered = LETTER_SCALE in cut.marks and any(
        total and number.letter for number, total in zip(numbers, sums, strict=True)
    )
    for at in range(len(numbers)):
        number, total = numbers[at], sums[at]
        if total is None and number.letter and (lettered or _is_led_letter(cut, number, words)):
            total = Sum(number.first, number.last, number.value, "EUR", number.scale or Decimal(1), named=False)
        elif total is None and source and number.first - source.last < REACH and _is_bare(cut, number, words):
            total = _elided(cut, numbers, found, source, words)
            if total and found and not found[-1]:
                total = _ranged(cut, numbers[len(found) - 1], total) or total
        found.append(total)
        source = total or source
    return found


def _ranged(cut: NumberCut, first: Number, second: Sum) -> Sum | None:
    """Return the range that two bare numbers make, "una valutazione tra 150 e 180", None where they are two."""
    lead = read_lead(cut, first.first)
    if lead is None or lead.key not in BETWEEN or read_link(cut, first.last, second.first) is not AND:
        return None
    low = borrow(first, second)
    return second.replace(first=lead.index, value=low.value, high=second.value) if low.value < second.value else None


def _is_led_letter(cut: NumberCut, number: Number, words: MoneyWords) -> bool:
    """Say whether "700k" is a sum: "un round da 700k"; "un fondo di 3M" is the company's, "da 700k utenti" counts."""
    if counts_things(cut, number.last, words) or not _counts_nothing(cut.keys[number.last], words):
        return False
    written = cut.keys[number.first] != "3" and cut.keys[number.last - 1] in LED_LETTERS
    return written and _has_noun(cut, number.first, words)


def inherit_currency(cut: NumberCut, sums: list[Sum]) -> list[Sum]:
    """Give a sum without currency that of the last named one of its paragraph, bare cents that of the last at all."""
    found: list[Sum] = []
    named: Sum | None = None
    for total in sums:
        cents = total.unit < ONLY and _is_bare_cents(cut, total)
        if named and (cents or (not total.named and _is_near(cut, total, named))):
            found.append(total if total.currency == named.currency else total.replace(currency=named.currency))
        else:
            found.append(total)
        if total.named and not cents:
            named = total
    return found


def _is_near(cut: NumberCut, total: Sum, named: Sum) -> bool:
    """Say whether a sum stands in the paragraph of the named one, not far behind it."""
    return total.first - named.last < REACH and PARAGRAPH not in cut.keys[named.last : total.first]


def _is_bare_cents(cut: NumberCut, total: Sum) -> bool:
    """Say whether the sum is in "centesimi" of a currency that is not said."""
    return cut.keys[total.last - 1] in CENTS


def _is_silent(cut: NumberCut, number: Number, words: MoneyWords) -> bool:
    """Say whether a number is no quantity that the next could follow: a year, a day, an hour, "un"."""
    return not _counts_noun(cut, number, words) or number.value <= 1 or is_year(cut, number)


def _counts_noun(cut: NumberCut, number: Number, words: MoneyWords) -> bool:
    """Say whether a percent sign or a noun follows."""
    key = cut.keys[number.last]
    return key == "%" or (key.isalpha() and key not in words.follow) or cut.keys[number.last + 1] == "cento"


def _elided(
    cut: NumberCut, numbers: list[Number], found: list[Sum | None], source: Sum, words: MoneyWords
) -> Sum | None:
    """Return the sum that the bare number behind the `found` is, None where it is none."""
    number = numbers[len(found)]
    topic = _topic(cut, number.first)
    if topic in words.numbers.scales:  # "di milioni ne fattura sessantuno"
        scale = words.numbers.scales[topic]
        return Sum(number.first, number.last, number.value * scale, source.currency, scale, named=False)
    if topic and topic not in words.money_nouns and topic not in words.currencies.openers:
        return None  # "di dipendenti ne conta 340"
    if cut.keys[number.first - 1] == "su":
        told = source.last == number.first - 1 and source.unit > 1
        return _borrowed(number, source) if told else None  # "5,3 milioni su 61", not "sette euro su dieci"
    start = cut.sentence_start(number.first, limit=number.first - source.first + 1)
    if source.first < start and cut.sentence_start(start - 1, limit=start - source.first) > source.first:
        return None
    if _is_price(cut, number, start):
        return Sum(number.first, number.last, number.value, source.currency, named=False)
    same, near = _last_quantity(cut, numbers, found, start, words)
    led = ((near or not same) and _is_led(cut, number, words)) or _has_noun(cut, number.first, words)
    return _borrowed(number, source) if led or (near and _follows(cut, number)) else None


def _topic(cut: NumberCut, first: int) -> str:
    """Return what "ne" before a number takes up where it is said: "persone" of "che di persone ne ha 65", else ""."""
    keys = cut.keys
    beside = keys[max(0, first - LEAD_REACH + 1) : first]
    if "ne" not in beside:
        return ""
    ne = first - 1 - beside[::-1].index("ne")
    for at in range(ne - 2, max(0, ne - TOPIC_REACH) - 1, -1):
        begins = keys[at - 1] == "che" or not keys[at - 1].isalpha()  # "di milioni, Alfa ne perde due"
        if keys[at] in OF and begins and (at == ne - 2 or keys[at + 2] == ","):
            return "" if cut.atoms.raw(at + 1)[:1].isupper() else keys[at + 1]
    return ""


def _is_price(cut: NumberCut, number: Number, start: int) -> bool:
    """Say whether a number is what a share is quoted at: "il titolo ha chiuso a 13,62"."""
    if not PRICE.fullmatch(cut.keys[number.first]) or cut.keys[number.first - 1] not in QUOTED_AT:
        return False
    return not SHARES.isdisjoint(cut.keys[start : number.first])


def _last_quantity(
    cut: NumberCut, numbers: list[Number], found: list[Sum | None], start: int, words: MoneyWords
) -> tuple[bool, bool]:
    """Say whether the last quantity before a number stands in its sentence, from `start` on, and whether it is a sum.

    One is found: the sum that lends its unit.
    """
    for at in range(len(found) - 1, -1, -1):
        if numbers[at].first < start:
            return False, False
        if found[at] or not _is_silent(cut, numbers[at], words):
            return True, found[at] is not None
    return False, False


def _borrowed(number: Number, source: Sum) -> Sum:
    """Return the number in the unit of the source; "1.100" beside "novemila" is written in full.

    Hundreds of billions beside one are millions: "un contratto da un miliardo e 640 milioni, 410 dei quali".
    """
    if number.value >= HUNDRED and source.unit >= BILLION and number.value * source.unit > TOO_MANY * source.value:
        source = source.replace(unit=source.unit / THOUSAND)
    return borrow(number, source)


def _is_bare(cut: NumberCut, number: Number, words: MoneyWords) -> bool:
    """Say whether a number may be a sum without unit: it counts nothing, is no year, no hour, no part of a word."""
    keys = cut.keys
    key, before = keys[number.last], keys[number.first - 1]
    if not _counts_nothing(key, words) or (before in words.never_after and before != "su"):
        return False
    if (number.scale is not None and number.scale != THOUSAND) or number.letter or is_year(cut, number):
        return False
    if number.about and counts_things(cut, number.last, words):
        return False  # "una trentina di contratti"
    lone = number.last == number.first + 1 and cut.marks[number.first] == ONE
    if lone or (key == "su" and cut.marks[number.last + 1] in BEGINNINGS):
        return False  # "un", "96 su 120"
    joined = cut.atoms.glued(number.first) and before not in {"(", "«", '"'}
    clock = key == ":" and cut.atoms.glued(number.last + 1)
    cento = (key == "per" and keys[number.last + 1] in {"cento", "mille"}) or keys[number.first] == "cento"
    return not joined and not clock and not cento and number.value > ZERO


def _counts_nothing(key: str, words: MoneyWords) -> bool:
    """Say whether what follows is no thing: a mark, a preposition, a participle, a verb."""
    if not key[:1].isalnum():
        return key not in THINGS
    return key in words.follow or (len(key) > 5 and key.endswith(words.follow_endings) and key not in words.things)


def _is_led(cut: NumberCut, number: Number, words: MoneyWords) -> bool:
    """Say whether what stands beside the number makes it a sum: "ne offre 23", "utile a 21,5", "15 dei quali"."""
    keys = cut.keys
    following = keys[number.last : number.last + 2]
    if following in OF_WHICH or following[0] in CLITICS:
        return True
    at = number.first - 1
    while at > 0 and (keys[at] in ARTICLES or keys[at] in {"a", "di"}) and keys[at - 1] in words.leads:
        at -= 1
    verb = number.first - 2 if keys[number.first - 1] in TO_A_SUM else number.first - 1
    if keys[verb].startswith(words.verbs) and number.value > 1:
        return True
    return keys[at] in words.leads or _has_ne(cut, number.first, words) or _has_noun(cut, number.first, words)


def _has_ne(cut: NumberCut, first: int, words: MoneyWords) -> bool:
    """Say whether "ne" or an infinitive with it stands before: "ne ha fatturati 21", "a proporne novanta"."""
    for at in range(first - 1, max(-1, first - LEAD_REACH), -1):
        key = cut.keys[at]
        if key in STOPS or key in MARKS or key.startswith(words.count_verbs):
            return False
        if len(key) > 4 and key.endswith(FEMININE):
            return False  # "ne ha ordinate dodici" are machines; millions are masculine
        if key == "ne" or (len(key) > 4 and key.endswith(("rne", "ndone"))):
            return True
    return False


def _has_noun(cut: NumberCut, first: int, words: MoneyWords) -> bool:
    """Say whether a noun of money stands before, with links only between: "un indebitamento netto di 28,4"."""
    for at in range(first - 1, max(-1, first - LEAD_REACH), -1):
        key = cut.keys[at]
        if key in words.nouns:
            return True
        if key not in LINKS and key not in words.leads and at != first - 2:
            return False
        if key in STOPS:
            return False
    return False


def _follows(cut: NumberCut, number: Number) -> bool:
    """Say whether the number stands like a member of the list that the last amount of its sentence began."""
    small_word = not number.digits and number.value < 2
    if cut.keys[number.first - 1] not in QUIET or small_word:
        return False
    return cut.keys[number.last] not in PARTS or YEAR.fullmatch(cut.keys[number.last + 1]) is not None
