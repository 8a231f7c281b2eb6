"""Date forms for parts and runs of years: quarters, halves, seasons, feasts, decades, "fine anno", "metà ottobre"."""

import re
from dataclasses import replace
from typing import Literal

from pipeline.extract.date_cut import Cut, in_year, month_range, with_year
from pipeline.extract.date_forms import read_month
from pipeline.extract.date_values import Calendar, Form, Nth, PartOf, Point, Shift, Weekday

# Over the shape, see date_words.LETTERS
WEEKEND = re.compile(r"ek(?P<turn>[<>]?)")  # "fine settimana"
ORDINAL_MONTHS = re.compile(r"o(?P<length>T)")  # "primo semestre"
FIRST_MONTHS = re.compile(r"o(?P<count>[dw])h")  # "primi nove mesi"
VAGUE_MONTHS = re.compile(r"oh")  # "primi mesi"
NTH = re.compile(r"o(?:(?P<weekday>W)|ek|K)cM")  # "terzo martedì di settembre"
HALF = re.compile(r"oX(?P<whole>c?l?(?=[ayM<>=]))")  # "prima metà"
DAYS_OF_MONTH = re.compile(r"og?c(?=M)")  # "primi di marzo", "primi giorni di marzo"
WEEK_OF_MONTH = re.compile(r"okc(?=M)")  # "prima settimana di ottobre"
PART = re.compile(r"[ieX]c?l?(?=[Myahk<>=])")  # "fine anno", "metà del 2023"
QUARTER = re.compile(r"(?P<before>d)Q|Q(?P<after>d)")  # "3Q", "Q3"
QUARTER_YEAR = re.compile(r"[-/ ]?(?P<year>[yt])")
DECADE = re.compile(r"a'?(?P<decade>[ydtw])")  # "anni '80", "anni Ottanta"
FIRST_DECADE = re.compile(r"oa'?(?P<decade>[ydtw])")  # "primi anni Novanta"
ALSO_DECADE = re.compile(r"&'?(?P<decade>[dtw])")  # "e '80"
CENTURY = re.compile(r"(?P<number>R)C")  # "XX secolo"
BARE_MONTHS = re.compile(r"(?P<count>[dw])h")  # "i nove mesi"
YEAR_RUN = re.compile(r"[Ex](?P<first>y)[-/](?P<last>[yt])")  # "triennio 2022-24"
PARTS: dict[str, Literal["begin", "mid", "end"]] = {"i": "begin", "X": "mid", "e": "end"}
QUARTERS = {"q": 3, "t": 3, "h": 6}
DAYS_OF = frozenset({"vigilia", "notte", "giorno"})  # "il giorno di Natale"
ROMAN = {"I": 1, "V": 5, "X": 10}
ARTICLED = frozenset("jlcAFpb<>=I&z")  # before a bare "semestre" or "estate"


def read_ordinal(cut: Cut, index: int) -> Form | None:
    """Read what an ordinal begins: "primo semestre 2024", "primi nove mesi", "prima metà dell'anno"."""
    for reader in (_nth, _half, _ordinal_months, _first_months, _week_of_month, _days_of_month, _first_decade):
        form = reader(cut, index)
        if form:
            return form
    return None


def _nth(cut: Cut, index: int) -> Form | None:
    """Read "terzo martedì di settembre 2014", "ultimo fine settimana di luglio"."""
    match = NTH.match(cut.shape, index)
    if not match:
        return None
    month = with_year(cut, match.end() - 1, match.end(), Calendar(Point(None, cut.month(match.end() - 1))))
    weekday = cut.words.lexicon.weekdays[cut.key(index + 1)] if match["weekday"] else 6
    when = Nth(cut.ordinal(index), weekday, month.when, days=1 if match["weekday"] else 2)  # type: ignore[arg-type]
    return Form(index, month.last, when)


def _ordinal_months(cut: Cut, index: int) -> Form | None:
    """Read "primo semestre", "ultimo trimestre del 2013", "IV trimestre"."""
    match = ORDINAL_MONTHS.match(cut.shape, index)
    if not match:
        return None
    length, number = cut.words.lexicon.months_of[cut.key(match.start("length"))], cut.ordinal(index)
    count = 12 // length
    if not -1 <= number <= count or number == 0:
        return None
    number = count if number < 0 else number
    form = with_year(cut, index, match.end(), month_range((number - 1) * length + 1, number * length))
    return _this_year(cut, form)


def _this_year(cut: Cut, form: Form) -> Form:
    """Pass over "dell'anno", "dell'esercizio": no year is said."""
    if cut.letter(form.last) == "c" and cut.letter(form.last + 1) in {"a", "x"} and form.when.shift is None:  # type: ignore[union-attr]
        return replace(form, last=form.last + 2)
    return form


def _first_months(cut: Cut, index: int) -> Form | None:
    """Read "primi nove mesi dell'anno", "primi due mesi del 2021", "primi mesi del 2021"."""
    match = FIRST_MONTHS.match(cut.shape, index)
    if match and cut.ordinal(index) == 1:
        count = cut.count(match.start("count"))
        return _this_year(cut, with_year(cut, index, match.end(), month_range(1, count))) if 1 < count < 13 else None
    vague = VAGUE_MONTHS.match(cut.shape, index)
    if vague and cut.key(index) in {"primi", "ultimi"}:
        months = month_range(1, 3) if cut.key(index) == "primi" else month_range(10, 12)
        form = with_year(cut, index, vague.end(), replace(months, approximate=True))
        return form if form.last > vague.end() else None
    return None


def _half(cut: Cut, index: int) -> Form | None:
    """Read "prima metà dell'anno", "seconda metà del 2014", "seconda metà di marzo"."""
    match = HALF.match(cut.shape, index)
    if not match or cut.ordinal(index) not in {1, 2}:
        return None
    number = cut.ordinal(index)
    if cut.letter(match.end()) == "M":
        month = cut.month(match.end())
        first, last = (1, 15) if number == 1 else (16, 30 if month != 2 else 28)
        return with_year(
            cut, index, match.end() + 1, Calendar(Point(None, month, first), Point(None, month, last), approximate=True)
        )
    months = month_range(1, 6) if number == 1 else month_range(7, 12)
    form = with_year(cut, index, index + 2, months)
    return form if form.last > index + 2 else _this_year(cut, form)


def _week_of_month(cut: Cut, index: int) -> Form | None:
    """Read "prima settimana di ottobre", "ultima settimana di marzo"."""
    match = WEEK_OF_MONTH.match(cut.shape, index)
    if not match:
        return None
    month, number = cut.month(match.end()), cut.ordinal(index)
    days = 28 if month == 2 else 30 if month in {4, 6, 9, 11} else 31
    first, last = (days - 6, days) if number < 0 else (number * 7 - 6, number * 7)
    return with_year(
        cut, index, match.end() + 1, Calendar(Point(None, month, first), Point(None, month, last), approximate=True)
    )


def _days_of_month(cut: Cut, index: int) -> Form | None:
    """Read "primi di marzo", "primi giorni di marzo", "ultimi giorni di marzo"."""
    match = DAYS_OF_MONTH.match(cut.shape, index)
    if not match or cut.key(index) not in {"primi", "ultimi"}:
        return None
    month = read_month(cut, match.end())
    if not month or not isinstance(month.when, Calendar):
        return None
    return Form(index, month.last, PartOf("begin" if cut.key(index) == "primi" else "end", month.when))


def _first_decade(cut: Cut, index: int) -> Form | None:
    """Read "primi anni Novanta", "primi anni 2000"."""
    match = FIRST_DECADE.match(cut.shape, index)
    decade = _decade(cut, match.start("decade")) if match else None
    if not match or decade is None or cut.key(index) not in {"primi", "ultimi"}:
        return None
    year = decade if cut.key(index) == "primi" else decade + 9
    return Form(index, match.end(), Calendar(Point(year), approximate=True))


def read_decade(cut: Cut, index: int) -> Form | None:
    """Read "anni '80", "anni Ottanta", "anni 1970"; "ha 60 anni" is an age."""
    match = DECADE.match(cut.shape, index)
    decade = _decade(cut, match.start("decade")) if match else None
    if not match or decade is None or cut.key(index) != "anni":
        return None
    also = ALSO_DECADE.match(cut.shape, match.end())
    last = _decade(cut, also.start("decade")) if also else None
    end = also.end() if also and last else match.end()
    return Form(index, end, Calendar(Point(decade), Point((last or decade) + 9)))


def _decade(cut: Cut, index: int) -> int | None:
    """Return the first year of a decade written in words or digits."""
    key = cut.key(index)
    if not key.isdecimal():
        return cut.words.lexicon.decades.get(key)
    number = int(key)
    if number % 10:
        return None
    return number if number > 99 else 1900 + number if number else None


def read_run(cut: Cut, index: int) -> Form | None:
    """Read "triennio 2022-24", "stagione 2010/11", "ultimo quinquennio"; a bare "triennio" is a duration."""
    match = YEAR_RUN.match(cut.shape, index)
    if match:
        first, written = int(cut.key(match.start("first"))), cut.key(match.start("last"))
        last = int(written) if len(written) == 4 else first // 100 * 100 + int(written)
        return Form(index, match.end(), Calendar(Point(first), Point(last))) if first < last else None
    years = cut.words.lexicon.years_of.get(cut.key(index))
    if years and cut.key(index - 1) in {"ultimo", "scorso", "passato"}:
        return Form(index - 1, index + 1, Shift("year", -years, 0))
    if years and cut.key(index - 1) == "prossimo":
        return Form(index - 1, index + 1, Shift("year", 0, years))
    return None


def read_part(cut: Cut, index: int) -> Form | None:
    """Read the beginning, middle or end of something: "fine anno", "metà del 2023", "inizio settimana"."""
    weekend = WEEKEND.match(cut.shape, index)
    if weekend:
        turn = {"<": -1, ">": 1}.get(weekend["turn"], 0)
        return Form(index, weekend.end(), Weekday(6, 7, turn=turn))
    match = PART.match(cut.shape, index)
    if not match or (cut.letter(index - 1) == "o" and cut.letter(index) == "X"):
        return None
    part, letter = PARTS[cut.letter(index)], cut.letter(match.end())
    if letter == "M":
        month = read_month(cut, match.end())
        return Form(index, month.last, PartOf(part, month.when)) if month and isinstance(month.when, Calendar) else None
    if letter == "y":
        return Form(index, match.end() + 1, PartOf(part, Calendar(Point(int(cut.key(match.end()))))))
    return _part_of_unit(cut, index, match.end(), part)


def _part_of_unit(cut: Cut, index: int, at: int, part: Literal["begin", "mid", "end"]) -> Form | None:
    """Read "fine mese", "fine dell'anno scorso", "fine di quest'anno", "inizio della prossima settimana"."""
    turns = {"<": -1, ">": 1, "=": 0}
    turn = turns.get(cut.letter(at))
    unit_at = at if turn is None else at + 1
    letter = cut.letter(unit_at)
    if letter not in {"a", "h", "k"}:
        return None
    end = unit_at + 1
    if turn is None and cut.letter(end) in {"<", ">"}:
        turn, end = turns[cut.letter(end)], end + 1
    unit: Literal["year", "month", "week"] = "year" if letter == "a" else "month" if letter == "h" else "week"
    return Form(index, end, PartOf(part, Shift(unit, turn or 0, turn or 0)))


def read_season(cut: Cut, index: int) -> Form | None:
    """Read "estate 2014", "in primavera", "l'estate scorsa", "la stagione estiva"."""
    first, last = cut.words.lexicon.seasons[cut.key(index)]
    form = with_year(cut, index, index + 1, Calendar(Point(None, first), Point(None, last)))
    if cut.key(index).endswith("le") or cut.key(index) == "estiva":
        return form if cut.letter(index - 1) == "x" else None
    said = form.last > index + 1 or cut.letter(index - 1) in ARTICLED
    return form if said else None


def read_months_of(cut: Cut, index: int) -> Form | None:
    """Read a bare "nel semestre", "trimestre in corso": the last one that has ended, or the one that runs."""
    length = cut.words.lexicon.months_of[cut.key(index)]
    if cut.letter(index + 1) == "j" and cut.letter(index + 2) == "I":
        return Form(index, index + 3, Calendar(Point(None, -length), Point(None, -1), shift=0))
    if cut.key(index - 1) in {"nel", "il", "del", "questo"} and cut.letter(index + 1) not in {"c", "y"}:
        turn = 0 if cut.key(index - 1) == "questo" else -1
        return Form(index, index + 1, Calendar(Point(None, -length), Point(None, -1), turn=turn))
    return None


def read_quarter(cut: Cut, index: int) -> Form | None:
    """Read "Q3 2024", "3Q24", "T1", "1H 2023"."""
    match = QUARTER.match(cut.shape, index)
    if not match or not cut.atoms.glued(index + 1) or cut.letter(index - 1) == "-" or cut.atoms.glued(index):
        return None
    letter, digit = (cut.key(index), cut.key(index + 1)) if match["after"] else (cut.key(index + 1), cut.key(index))
    length, number = QUARTERS[letter], int(digit)
    if not 1 <= number <= 12 // length:
        return None
    months = month_range((number - 1) * length + 1, number * length)
    year = QUARTER_YEAR.match(cut.shape, match.end())
    if (year and cut.letter(year.start("year")) == "t") or (
        cut.letter(match.end()) == "d" and cut.atoms.glued(match.end())
    ):
        return Form(index, match.end() + 1, in_year(months, 2000 + cut.count(match.end())))
    form = with_year(cut, index, match.end(), months)
    return form if letter != "h" or form.last > match.end() else None  # "H2" alone is hydrogen


def read_holiday(cut: Cut, index: int) -> Form | None:
    """Read "Natale 2013", "Pasqua", "vigilia di Natale"; Easter's day is counted when the year is known."""
    for length in range(min(4, len(cut.shape) - index), 0, -1):
        name = cut.words.holidays.get(cut.atoms.keys[index : index + length])
        if name:
            return _holiday(cut, index, index + length, name)
    return None


def _holiday(cut: Cut, first: int, last: int, name: str) -> Form | None:
    """Return the feast; Easter is month 0 with its distance from Easter Sunday as the day."""
    capital = cut.atoms.raw(first)[:1].isupper() or last > first + 1
    alone = first == 0 and last == len(cut.shape)
    led = cut.letter(first - 1) in {"A", "b", "F"} or cut.key(first - 1) in {"dopo", "sotto"}
    if (cut.atoms.raw(last).istitle() and not led) or not (capital or alone or cut.letter(first - 1) in {"A", "F"}):
        return None
    form = _feast(cut, first, last, name)
    led = (
        cut.letter(first - 1) in {"A", "b", "F", "p", "l"}
        or cut.key(first - 1) == "sotto"
        or cut.key(first - 2) in DAYS_OF
    )
    return form if led or form.last > last or cut.key(first - 2) == "prima" or first == 0 else None


def _feast(cut: Cut, first: int, last: int, name: str) -> Form:
    """Return the feast with its year, without asking what stands before."""
    if name in cut.words.lexicon.easter:
        return with_year(cut, first, last, Calendar(Point(None, 0, cut.words.lexicon.easter[name])))
    month, day = cut.words.lexicon.holidays[name]
    eve = cut.key(first - 1) in {"di", "del"} and cut.key(first - 2) == "vigilia"
    return with_year(cut, first - 2 if eve else first, last, Calendar(Point(None, month, day - 1 if eve else day)))


def read_weekend(cut: Cut, index: int) -> Form | None:
    """Read "nel weekend"; "scorso" and "prossimo" are read where they stand."""
    after = {"<": -1, ">": 1}.get(cut.letter(index + 1))
    led = cut.letter(index - 1) in ARTICLED
    return Form(index, index + 1 + (after is not None), Weekday(6, 7, turn=after or 0)) if led or after else None


def read_century(cut: Cut, index: int) -> Form | None:
    """Read "XX secolo": the years 1901 to 2000."""
    match = CENTURY.match(cut.shape, index)
    if not match:
        return None
    number = 0
    for digit, following in zip(cut.atoms.raw(index), cut.atoms.raw(index)[1:] + " ", strict=True):
        value = ROMAN[digit]
        number += -value if value < ROMAN.get(following, 0) else value
    return Form(index, match.end(), Calendar(Point(number * 100 - 99), Point(number * 100)))


def read_bare_months(cut: Cut, index: int) -> Form | None:
    """Read "nei nove mesi": nine months from January, as reports count them."""
    match = BARE_MONTHS.match(cut.shape, index)
    if not match or cut.letter(index - 1) not in {"j", "l"} or cut.count(index) != 9 or cut.letter(match.end()) == "c":
        return None
    return with_year(cut, index, match.end(), month_range(1, 9))
