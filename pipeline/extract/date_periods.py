"""Date forms for parts and runs of years: quarters, halves, seasons, "fine anno", "triennio 2022-24"."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final, Literal

from pipeline.extract.date_cut import STAYS, Cut, Reader, full_year, in_year, month_range, weekend_end, with_year
from pipeline.extract.date_feasts import read_holiday
from pipeline.extract.date_forms import read_day, read_days, read_month
from pipeline.extract.date_values import Calendar, DayOf, Form, Nth, PartOf, Point, Shift, Weekday, point_of
from pipeline.extract.date_words import OTHER

# Over the shape, see date_words.LETTERS
WEEKEND: Final = re.compile(r"ek(?P<turn>[<>]?)")  # "fine settimana"
ORDINAL_MONTHS: Final = re.compile(r"(?:o|d°)(?P<length>T)")  # "primo semestre", "4° trimestre"
TURNED_MONTHS: Final = re.compile(r"(?P<turn>[<>=])T")  # "questo trimestre", "prossimo semestre"
MONTHS_TURNED: Final = re.compile(r"T(?P<turn>[<>])")  # "trimestre scorso"
OF_MONTHS: Final = re.compile(r"Tc?(?=M)")  # "bimestre gennaio-febbraio"
FIRST_MONTHS: Final = re.compile(r"o(?P<count>[dw])(?P<unit>[hT])")  # "primi nove mesi", "primi tre trimestri"
COUNTED_DAYS: Final = re.compile(r"o(?P<count>[dw])(?P<unit>[gk])c(?=M)")  # "primi dieci giorni di maggio"
VAGUE_MONTHS: Final = re.compile(r"oh")  # "primi mesi"
NTH: Final = re.compile(
    r"o(?:(?P<weekday>W)|ek|K)c(?=M|[<>=]?h)"
)  # "terzo martedì di settembre", "terza domenica del mese"
THE_MONTH: Final = re.compile(r"(?P<before>[<>=])?h(?P<after>[<>])?")  # "mese", "prossimo mese"
DAY_OF_THE_MONTH: Final = re.compile(r"ogc(?=[<>=]?h)")  # "ultimo giorno del mese"
NTH_DAY: Final = re.compile(r"ogc(?:a(?=y))?l?(?=[Mya])")  # "terzo giorno di ottobre", "ultimo giorno dell'anno"
NEW_YEAR: Final = re.compile(r"oca(?![VBI<>y'])")  # "primo dell'anno"
SEASON_RUN: Final = re.compile(r"c?(?P<first>y)[-/](?P<last>[ytd])")  # "inverno 2013-2014", "2013/14"
LATEST_WEEKEND: Final = re.compile(r"o(?:ek|K)(?!c)")  # "ultimo weekend"
HALF: Final = re.compile(r"oX(?P<whole>c?l?(?=[ayM<>=]))")  # "prima metà"
DAYS_OF_MONTH: Final = re.compile(r"og?c(?=M)")  # "primi di marzo", "primi giorni di marzo"
WEEK_OF_YEAR: Final = re.compile(r"k(?P<number>[dt])c?(?P<year>y)")  # "settimana 42 del 2024"
WEEK_CODE: Final = re.compile(r"(?P<year>y)-_(?P<number>[dt])")  # "2024-W42"
WEEK_OF: Final = re.compile(r"kc(?=[dH])")  # "settimana del 6 ottobre", "settimana di Natale"
WEEK_OF_MONTH: Final = re.compile(r"okc(?=M)")  # "prima settimana di ottobre"
PART_OF_MONTH: Final = re.compile(r"o[N_]c(?=M)")  # "prima decade di maggio"
PART: Final = re.compile(r"[ieX]c?l?(?=[Myahk<>=])")  # "fine anno", "metà del 2023"
BARE_MONTHS: Final = re.compile(r"(?P<count>[dw])h")  # "i nove mesi"
YEAR_RUN: Final = re.compile(r"[Ex](?P<first>y)[-/](?P<last>[yt])")  # "triennio 2022-24"
PARTS: Final[dict[str, Literal["begin", "mid", "end"]]] = {"i": "begin", "X": "mid", "e": "end"}
DAYS_OF_PART: Final = {"decade": 10, "quindicina": 15}
DEEP: Final = frozenset({"piena", "pieno", "tarda", "tardo"})  # "in piena estate"
ARTICLED: Final = frozenset("jlcAFpb<>=I&z")  # before a bare "semestre" or "estate"


def read_ordinal(cut: Cut, index: int) -> Form | None:
    """Read what an ordinal begins: "primo semestre 2024", "primi nove mesi", "prima metà dell'anno"."""
    for reader in ORDINAL_READERS.get(cut.letters[index + 1], ()):
        form = reader(cut, index)
        if form:
            return form
    return None


def _nth(cut: Cut, index: int) -> Form | None:
    """Read "terzo martedì di settembre 2014", "ultimo fine settimana di luglio", "terza domenica del mese"."""
    match = NTH.match(cut.shape, index)
    if not match or cut.keys[index - 1] == "ogni":
        return None
    month = _month_or_this(cut, match.end())
    weekday = cut.words.weekdays[cut.keys[index + 1]] if match["weekday"] else 6
    when = Nth(cut.ordinal(index), weekday, month.when, days=1 if match["weekday"] else 2)  # type: ignore[arg-type]
    return Form(index, month.last, when)


def _month_or_this(cut: Cut, index: int) -> Form:
    """Read a month by its name or as "mese", "prossimo mese"."""
    if cut.letters[index] == "M":
        return with_year(cut, index, index + 1, Calendar(Point(None, cut.month(index))))
    match = THE_MONTH.match(cut.shape, index)
    turn = {"<": -1, ">": 1}.get((match["before"] or match["after"] or "") if match else "", 0)
    return Form(index, match.end() if match else index + 1, Shift("month", turn, turn))


def _nth_day(cut: Cut, index: int) -> Form | None:
    """Read "terzo giorno di ottobre 2014", "ultimo giorno dell'anno", "il primo dell'anno"."""
    number = cut.ordinal(index)
    this = DAY_OF_THE_MONTH.match(cut.shape, index)
    if this and number in {1, -1}:
        whole_month = _month_or_this(cut, this.end())
        return Form(index, whole_month.last, DayOf(number, whole_month.when))  # type: ignore[arg-type]
    match = NTH_DAY.match(cut.shape, index)
    if match and cut.letters[match.end()] == "M" and cut.keys[index][-1] == "o":
        month = cut.month(match.end())
        day = number if number > 0 else 28 if month == 2 else 30 if month in {4, 6, 9, 11} else 31
        return with_year(cut, index, match.end() + 1, Calendar(Point(None, month, day)))
    whole = Point(None, 1, 1) if number == 1 else Point(None, 12, 31)
    if match and number in {1, -1} and cut.letters[match.end()] == "y":
        return Form(index, match.end() + 1, Calendar(whole.replace(year=int(cut.keys[match.end()]))))
    if match and number in {1, -1} and cut.keys[match.end()] == "anno":
        return with_year(cut, index, match.end() + 1, Calendar(whole, shift=0))
    led = cut.keys[index - 1] in {"a", "al", "il", "dal"} or index == 0
    if NEW_YEAR.match(cut.shape, index) and cut.keys[index] == "primo" and led and cut.letters[index - 2] in {"", ","}:
        return Form(index, index + 3, Calendar(whole))
    return None


def read_numbered_months(cut: Cut, index: int) -> Form | None:
    """Read "primo semestre", "ultimo trimestre del 2013", "IV trimestre", "4° trimestre"."""
    match = ORDINAL_MONTHS.match(cut.shape, index)
    if not match:
        return None
    length = cut.words.months_of[cut.keys[match.start("length")]]
    number, count = cut.ordinal(index) if cut.letters[index] == "o" else cut.count(index), 12 // length
    if not -1 <= number <= count or number == 0:
        return None
    number = count if number < 0 else number
    form = with_year(cut, index, match.end(), month_range((number - 1) * length + 1, number * length))
    return _this_year(cut, form)


def _this_year(cut: Cut, form: Form) -> Form:
    """Pass over "dell'anno", "dell'esercizio": no year is said."""
    if cut.letters[form.last] == "c" and cut.letters[form.last + 1] in {"a", "x"} and form.when.shift is None:  # type: ignore[union-attr]
        return form.replace(last=form.last + 2)
    return form


def _counted_days(cut: Cut, index: int) -> Form | None:
    """Read "primi dieci giorni di maggio", "ultime due settimane di marzo"."""
    match = COUNTED_DAYS.match(cut.shape, index)
    if not match or cut.keys[index] not in {"primi", "prime", "ultimi", "ultime"}:
        return None
    count, month = cut.count(match.start("count")) * (7 if match["unit"] == "k" else 1), cut.month(match.end())
    length = monthrange(2023, month)[1]
    if not 1 < count < length:
        return None
    first, last = (1, count) if cut.ordinal(index) > 0 else (length - count + 1, length)
    days = Calendar(Point(None, month, first), Point(None, month, last), between=True)
    return with_year(cut, index, match.end() + 1, days)


def _first_months(cut: Cut, index: int) -> Form | None:
    """Read "primi nove mesi dell'anno", "primi due mesi del 2021", "primi mesi del 2021"."""
    match = FIRST_MONTHS.match(cut.shape, index)
    if match and cut.ordinal(index) == 1:
        length = 1 if match["unit"] == "h" else cut.words.months_of[cut.keys[match.start("unit")]]
        count = length * cut.count(match.start("count"))
        return _this_year(cut, with_year(cut, index, match.end(), month_range(1, count))) if 1 < count < 13 else None
    vague = VAGUE_MONTHS.match(cut.shape, index)
    if vague and cut.keys[index] in {"primi", "ultimi"}:
        months = month_range(1, 3) if cut.keys[index] == "primi" else month_range(10, 12)
        form = with_year(cut, index, vague.end(), months.replace(approximate=True))
        return form if form.last > vague.end() else None
    return None


def _half(cut: Cut, index: int) -> Form | None:
    """Read "prima metà dell'anno", "seconda metà del 2014", "seconda metà di marzo"."""
    match = HALF.match(cut.shape, index)
    if not match or cut.ordinal(index) not in {1, 2}:
        return None
    number = cut.ordinal(index)
    if cut.letters[match.end()] == "M":
        month = cut.month(match.end())
        first, last = (1, 15) if number == 1 else (16, 30 if month != 2 else 28)
        return with_year(
            cut, index, match.end() + 1, Calendar(Point(None, month, first), Point(None, month, last), approximate=True)
        )
    months = month_range(1, 6) if number == 1 else month_range(7, 12)
    form = with_year(cut, index, index + 2, months)
    return form if form.last > index + 2 else _this_year(cut, form)


def _part_of_month(cut: Cut, index: int) -> Form | None:
    """Read "prima decade di maggio", "seconda quindicina di agosto"; the last one runs to the end of the month."""
    match = PART_OF_MONTH.match(cut.shape, index)
    length = DAYS_OF_PART.get(cut.keys[index + 1]) if match else None
    if not match or not length:
        return None
    month, parts = cut.month(match.end()), 30 // length
    number = cut.ordinal(index) if cut.ordinal(index) > 0 else parts
    last = number * length if number < parts else monthrange(2023, month)[1]
    days = Calendar(Point(None, month, (number - 1) * length + 1), Point(None, month, last))
    return with_year(cut, index, match.end() + 1, days) if number <= parts else None


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
    if not match or cut.keys[index] not in {"primi", "ultimi"}:
        return None
    month = read_month(cut, match.end())
    if not month or not isinstance(month.when, Calendar):
        return None
    return Form(index, month.last, PartOf("begin" if cut.keys[index] == "primi" else "end", month.when))


def read_run(cut: Cut, index: int) -> Form | None:
    """Read "triennio 2022-24", "stagione 2010/11", "ultimo quinquennio"; a bare "triennio" is a duration."""
    match = YEAR_RUN.match(cut.shape, index)
    if match:
        first, written = int(cut.keys[match.start("first")]), cut.keys[match.start("last")]
        last = int(written) if len(written) == 4 else first // 100 * 100 + int(written)
        return Form(index, match.end(), Calendar(Point(first), Point(last))) if first < last else None
    years = cut.words.years_of.get(cut.keys[index])
    if years and cut.keys[index - 1] in {"ultimo", "scorso", "passato"}:
        return Form(index - 1, index + 1, Shift("year", -years, 0))
    if years and cut.keys[index - 1] == "prossimo":
        return Form(index - 1, index + 1, Shift("year", 0, years))
    return None


def read_part(cut: Cut, index: int) -> Form | None:
    """Read the beginning, middle or end of something: "fine anno", "metà del 2023", "inizio settimana"."""
    weekend = WEEKEND.match(cut.shape, index)
    if weekend:
        turn = {"<": -1, ">": 1}.get(weekend["turn"], 0)
        return _days_of_weekend(cut, index, index + 2) or Form(index, weekend.end(), Weekday(6, 7, turn=turn))
    match = PART.match(cut.shape, index)
    if not match or (cut.letters[index - 1] == "o" and cut.letters[index] == "X"):
        return None
    if cut.keys[index] == "finire" and cut.keys[index - 1] not in {"sul", "al"}:
        return None  # a verb, but for "sul finire del 2020"
    part, letter = PARTS[cut.letters[index]], cut.letters[match.end()]
    if letter == "M":
        month = read_month(cut, match.end())
        return Form(index, month.last, PartOf(part, month.when)) if month and isinstance(month.when, Calendar) else None
    if letter == "y":
        return Form(index, match.end() + 1, PartOf(part, Calendar(Point(int(cut.keys[match.end()])))))
    return _part_of_unit(cut, index, match.end(), part)


def _part_of_unit(cut: Cut, index: int, at: int, part: Literal["begin", "mid", "end"]) -> Form | None:
    """Read "fine mese", "fine dell'anno scorso", "fine di quest'anno", "inizio della prossima settimana"."""
    turns = {"<": -1, ">": 1, "=": 0}
    turn = turns.get(cut.letters[at])
    unit_at = at if turn is None else at + 1
    letter = cut.letters[unit_at]
    if letter not in {"a", "h", "k"}:
        return None
    end = unit_at + 1
    if turn is None and cut.letters[end] in {"<", ">"}:
        turn, end = turns[cut.letters[end]], end + 1
    unit: Literal["year", "month", "week"] = "year" if letter == "a" else "month" if letter == "h" else "week"
    return Form(index, end, PartOf(part, Shift(unit, turn or 0, turn or 0)))


def read_season(cut: Cut, index: int) -> Form | None:
    """Read "estate 2014", "in primavera", "l'estate scorsa", "la stagione estiva"."""
    first, last = cut.words.seasons[cut.keys[index]]
    run = SEASON_RUN.match(cut.shape, index + 1)
    if run and last < first:  # "inverno 2013-2014" ends in the second year
        year = full_year(cut.keys[run.start("last")])
        return Form(index, run.end(), in_year(Calendar(Point(None, first), Point(None, last)), year))
    form = with_year(cut, index, index + 1, Calendar(Point(None, first), Point(None, last)))
    if cut.keys[index].endswith("le") or cut.keys[index] == "estiva":
        return form if cut.letters[index - 1] == "x" else None
    said = (
        form.last > index + 1
        or cut.keys[index - 1] in DEEP
        or cut.letters[index - 1] in ARTICLED
        or len(cut.shape) == 1
    )
    return form if said else None


def read_months_of(cut: Cut, index: int) -> Form | None:
    """Read a bare "nel semestre", "trimestre in corso": the last one that has ended, or the one that runs."""
    named = OF_MONTHS.match(cut.shape, index)
    months = read_month(cut, named.end()) if named else None
    if months and isinstance(months.when, Calendar) and months.when.last:
        return months.replace(first=index)
    length = cut.words.months_of[cut.keys[index]]
    turned = MONTHS_TURNED.match(cut.shape, index)
    if turned:
        return Form(index, index + 2, _running(length, -1 if turned["turn"] == "<" else 1))
    if cut.letters[index + 1] == "j" and cut.letters[index + 2] == "I":
        return Form(index, index + 3, _running(length, 0))
    if cut.keys[index - 1] in {"nel", "il", "del"} and cut.letters[index + 1] not in {"c", "y"}:
        return Form(index, index + 1, _running(length, -1))
    return None


def read_turned_months(cut: Cut, index: int) -> Form | None:
    """Read "questo trimestre", "il prossimo semestre", "lo scorso trimestre"; "lo stesso trimestre" is another."""
    match = TURNED_MONTHS.match(cut.shape, index)
    length = cut.words.months_of[cut.keys[index + 1]] if match else 0
    if not match or cut.keys[index] in STAYS or cut.keys[index + 1][-1] == "i":
        return None
    return Form(index, index + 2, _running(length, {"<": -1, "=": 0, ">": 1}[match["turn"]]))


def _running(length: int, turn: int) -> Calendar:
    """Return months that are counted from the running ones: months below 0 hold the length."""
    return Calendar(Point(None, -length), Point(None, -1), turn=turn, shift=None if turn else 0)


def read_week_of(cut: Cut, index: int) -> Form | None:
    """Read "la settimana del 6 ottobre 2014"."""
    match = WEEK_OF.match(cut.shape, index)
    day = (read_day(cut, match.end()) or read_holiday(cut, match.end())) if match else None
    return Form(index, day.last, PartOf("week", day.when)) if day and isinstance(day.when, Calendar) else None


def read_numbered_week(cut: Cut, index: int) -> Form | None:
    """Read "settimana 42 del 2024", "2024-W42": the week of the calendar, from Monday to Sunday."""
    match = WEEK_OF_YEAR.match(cut.shape, index) or WEEK_CODE.match(cut.shape, index)
    if not match or (cut.letters[index] == "y" and cut.keys[index + 2] != "w"):
        return None
    try:
        monday = date.fromisocalendar(int(cut.keys[match.start("year")]), int(cut.keys[match.start("number")]), 1)
    except ValueError:
        return None
    sunday = monday + timedelta(days=6)
    return Form(index, match.end(), Calendar(point_of(monday), point_of(sunday), between=True))


def read_weekend(cut: Cut, index: int) -> Form | None:
    """Read "nel weekend", "il week-end"; "scorso" and "prossimo" are read where they stand."""
    end = weekend_end(cut, index)
    if end is None:
        return None
    days = _days_of_weekend(cut, index, end)
    if days:
        return days
    after = {"<": -1, ">": 1}.get(cut.letters[end])
    led = cut.letters[index - 1] in ARTICLED
    return Form(index, end + (after is not None), Weekday(6, 7, turn=after or 0)) if led or after else None


def read_latest_weekend(cut: Cut, index: int) -> Form | None:
    """Read "l'ultimo weekend"; "l'ultimo weekend di maggio" is another."""
    weekend = LATEST_WEEKEND.match(cut.shape, index)
    if not weekend or cut.keys[index] != "ultimo":
        return None
    return Form(index, weekend_end(cut, weekend.end() - 1) or weekend.end(), Weekday(6, 7, turn=-1))


def _days_of_weekend(cut: Cut, first: int, last: int) -> Form | None:
    """Read "weekend del 3 e 4 maggio", whose days are said."""
    days = read_days(cut, last + 1) if cut.letters[last] == "c" and cut.letters[last + 1] == "d" else None
    return days.replace(first=first) if days else None


def read_bare_months(cut: Cut, index: int) -> Form | None:
    """Read "nei nove mesi": nine months from January, as reports count them."""
    match = BARE_MONTHS.match(cut.shape, index)
    if (
        not match
        or cut.letters[index - 1] not in {"j", "l"}
        or cut.count(index) != 9
        or cut.letters[match.end()] == "c"
    ):
        return None
    return with_year(cut, index, match.end(), month_range(1, 9))


# What an ordinal begins, by the class of what follows it
ORDINAL_READERS: Final[dict[str, tuple[Reader, ...]]] = {
    "W": (_nth,),
    "e": (_nth,),
    "K": (_nth,),
    "g": (_nth_day, _days_of_month),
    "c": (_nth_day, _days_of_month),
    "N": (_part_of_month,),
    OTHER: (_part_of_month,),
    "X": (_half,),
    "T": (read_numbered_months,),
    "d": (_counted_days, _first_months),
    "w": (_counted_days, _first_months),
    "h": (_first_months,),
    "k": (_week_of_month,),
}
