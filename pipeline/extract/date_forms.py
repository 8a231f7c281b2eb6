"""Date forms that name days, months and years: "l'11 e 12 novembre", "19/3/24", "marzo dell'anno scorso", "2022-24"."""

import re
from typing import Final

from pipeline.extract.date_cut import QUOTED_PIVOT, Cut, counts, full_year, month_range, with_year
from pipeline.extract.date_numeric import read_numeric
from pipeline.extract.date_values import (
    UNBOUND,
    Calendar,
    DayOf,
    Form,
    Pair,
    Point,
    Shift,
    Weekday,
    calendar,
    is_day,
)
from pipeline.extract.date_words import OTHER

# Over the shape, see date_words.LETTERS
DAYS: Final = re.compile(
    r"(?P<first>d)°?(?:[,/-][lcFA]?W?d°?){0,4}(?:-|/|&[lcFAj]?|[lF]?A)W?(?P<last>d)°?c?(?P<month>[Mm])"
)  # "11 e 12 novembre"
TWO_DAYS: Final = re.compile(r"d°?&[lcFAj]?W?(?P<last>d)°?c?M")  # "5 e il 12 luglio"
SPELLED: Final = re.compile(r"wc?(?P<month>M)")  # "ventuno marzo"
DAY_OF: Final = re.compile(
    r"d(?:c(?:h(?P<after>[<>])|(?P<before>[<>=])h)|(?P<this>=)h?)"
)  # "20 del mese prossimo", "15 corrente mese", "15 corrente"
DAY_OF_THIS: Final = re.compile(
    r"dch(?![<>VBcjo=M])"
)  # "20 del mese"; not "10 del mese successivo", "5 del mese di maggio"
SHORT_MONTH: Final = re.compile(r"m\.?(?:[-/]?(?=y)|'(?=[td]))(?P<year>[ytd])")  # "feb 2013", "gen-2019", "ott. '19"
GLUED_YEAR: Final = re.compile(r"m-(?P<year>[td])(?![-/])")  # "mag-24"
SHORT_MONTHS: Final = re.compile(r"m\.?[-/](?P<last>m)\.?(?P<year>y)")  # "gen-mar 2021"
DAYS_OF_MONTH: Final = re.compile(
    r"d(?:-|[lF]?A|&l?)(?P<last>d)c(?:h(?P<after>[<>])|(?P<before>[<>=])h)"
)  # "4 al 22 di questo mese"
MONTHS: Final = re.compile(r"(?P<first>M)(?:,M){0,4}[-/&](?P<last>M)")  # "gennaio-settembre"
YEARS: Final = re.compile(r"(?P<first>y)(?P<mark>[-/])'?(?P<last>[ytd])(?![-/])")  # "2022-24", "2022-'24"
RUNS_ON: Final = frozenset(",-/&")  # behind the first of several months
RUN_OF_YEARS: Final = re.compile(r"y-y(?![-/])")  # "2010-2012"
SEASON: Final = re.compile(r"y[-/][td](?![-/])")  # "2023-24"
SHORT: Final = re.compile(r"'(?P<year>[td])")  # "'98"
WEEKDAY_DAY: Final = re.compile(r"W,?l?(?P<day>d)°?")  # "giovedì 30"
ENDS_SHORT: Final = frozenset({"", *"-(|.,)y'"})  # what follows "13 set" in a dateline
ARTICLES_OF_LAW: Final = frozenset({"art", "artt", "comma"})
YEAR_LEADS: Final = frozenset(
    {
        "nel",
        "nell'",
        "del",
        "dell'",
        "dal",
        "dall'",
        "al",
        "all'",
        "il",
        "sul",
        "col",
        "e",
        "ed",
        "entro",
        "tra",
        "fra",
        "quel",
        "intero",
    }
)


def read_days(cut: Cut, index: int) -> Form | None:
    """Read coordinated days of one month: "l'11 e 12 novembre", "12-13 giugno 2011", "24 al 26 settembre"."""
    match = DAYS.match(cut.shape, index)
    if not match:
        return None
    month = cut.month(match.start("month"))
    first, last = cut.count(match.start("first")), cut.count(match.start("last"))
    apart = "&" in match.group() and last > first + match.group().count("d") - 1
    if apart or first >= last or not is_day(month, last) or _is_no_short(cut, match.start("month")):
        return None
    end = match.end() + _point_after(cut, match.start("month"))
    return with_year(cut, index, end, Calendar(Point(None, month, first), Point(None, month, last), between=True))


def read_day(cut: Cut, index: int) -> Form | None:
    """Read one day: "25 novembre", "7 di luglio 2021", "13 set", "primo luglio"."""
    ordinal = cut.letters[index] == "o"
    at = _month_behind(cut.letters, index)
    if at < 0 or _is_street(cut, index) or (ordinal and cut.keys[index] != "primo"):
        return None
    month, day = cut.month(at), 1 if ordinal else cut.count(index)
    if not is_day(month, day) or _is_no_short(cut, at):
        return None
    return with_year(cut, index, at + 1 + _point_after(cut, at), calendar(None, month, day))


def _month_behind(letters: list[str], index: int) -> int:
    """Return where the month of a day is: "7 di luglio", "1° marzo", "13 set", "primo luglio"; -1 where none is."""
    ordinal, at = letters[index] == "o", index + 1
    if not ordinal:
        at += letters[at] == "°"
        at += letters[at] == "."
    at += letters[at] == "c"
    return at if letters[at] == "M" or (letters[at] == "m" and not ordinal) else -1


def read_elided_day(cut: Cut, index: int) -> Form | None:
    """Read the first of two days that are no run, "il 5" of "il 5 e il 12 luglio"."""
    match = TWO_DAYS.match(cut.shape, index)
    if not match:
        return None
    second = read_day(cut, match.start("last"))
    if (
        second is None
        or not isinstance(second.when, Calendar)
        or not is_day(second.when.first.month or 0, cut.count(index))
    ):
        return None
    return Form(index, index + 1, second.when.replace(first=second.when.first.replace(day=cut.count(index))))


def read_spelled_day(cut: Cut, index: int) -> Form | None:
    """Read "ventuno marzo", "il ventidue maggio duemilaquattordici"; "un marzo" counts months."""
    match = SPELLED.match(cut.shape, index)
    if not match or cut.count(index) < 2:
        return None
    month = cut.month(match.start("month"))
    return (
        with_year(cut, index, match.end(), Calendar(Point(None, month, cut.count(index))))
        if is_day(month, cut.count(index))
        else None
    )


def read_day_of_month(cut: Cut, index: int) -> Form | None:
    """Read "il 20 del mese prossimo", "il 3 di questo mese", "il 20 del mese"."""
    if cut.keys[index - 1] not in {"il", "l'", "al", "dal", "all'", "entro", "del"}:
        return None
    this = DAY_OF_THIS.match(cut.shape, index)
    if this and cut.keys[index + 1] == "del":
        return Form(index, this.end(), DayOf(cut.count(index), Shift("month", 0, 0)))
    match = DAY_OF.match(cut.shape, index)
    if not match:
        return None
    if match["this"] and cut.keys[index + 1] != "corrente":
        return None
    month = Shift("month", 0, 0) if match["this"] else _turned_month(cut, match)
    return Form(index, match.end(), DayOf(cut.count(index), month))


def read_days_of_month(cut: Cut, index: int) -> Form | None:
    """Read "dal 4 al 22 di questo mese", "tra il 3 e il 5 del mese prossimo"."""
    match = DAYS_OF_MONTH.match(cut.shape, index)
    if not match or not 0 < cut.count(index) < cut.count(match.start("last")):
        return None
    month = _turned_month(cut, match)
    days = (DayOf(cut.count(at), month) for at in (index, match.start("last")))
    return Form(index, match.end(), Pair(*days))


def _turned_month(cut: Cut, match: re.Match[str]) -> Shift:
    """Return the month of "del mese prossimo", "di questo mese"."""
    turn = {"<": -1, ">": 1, "=": 0}[cut.letters[match.start("after" if match["after"] else "before")]]
    return Shift("month", turn, turn)


def read_short_month(cut: Cut, index: int) -> Form | None:
    """Read "feb 2013", "mar. 2021"."""
    run = SHORT_MONTHS.match(cut.shape, index)
    if run and cut.month(index) < cut.month(run.start("last")):
        months = month_range(cut.month(index), cut.month(run.start("last")))
        return with_year(cut, index, run.start("year"), months.replace(between=True))
    match = SHORT_MONTH.match(cut.shape, index) or _glued_year(cut, index)
    if not match or counts(cut, match.end()):
        return None
    year = full_year(cut.keys[match.start("year")], pivot=QUOTED_PIVOT)
    return Form(index, match.end(), Calendar(Point(year, cut.month(index))))


def _glued_year(cut: Cut, index: int) -> re.Match[str] | None:
    """Match "mag-24" of tables; "mag - 24" and "set-6" are none."""
    match = GLUED_YEAR.match(cut.shape, index)
    told = match is not None and 18 <= cut.count(index + 2) <= 39
    return match if told and cut.atoms.glued(index + 1) and cut.atoms.glued(index + 2) else None


def _point_after(cut: Cut, month: int) -> bool:
    """Say whether the point after a short month belongs to it: "13 set. 2014", "13 set. -"."""
    return (
        cut.letters[month] == "m" and cut.letters[month + 1] == "." and cut.letters[month + 2] in {"y", "'", "-", "("}
    )


def _is_no_short(cut: Cut, month: int) -> bool:
    """Say whether a short month is none: "3 set" of tennis, "10 mar" without a dateline's dash."""
    return cut.letters[month] == "m" and cut.letters[month + 1] not in ENDS_SHORT


def _is_street(cut: Cut, index: int) -> bool:
    """Say whether a street has the date for its name: "via 25 Aprile", "via XX Settembre"."""
    before, second = cut.keys[index - 1], cut.keys[index - 2]
    if before in ARTICLES_OF_LAW or second in ARTICLES_OF_LAW or before in cut.words.streets:
        return True
    return second in cut.words.streets and cut.letters[index - 1] in {"R", "d", "o"}


def read_month(cut: Cut, index: int) -> Form | None:
    """Read months: "marzo 2024", "lo scorso novembre", "gennaio-settembre", "marzo dell'anno scorso"."""
    if _is_street(cut, index) or cut.letters[index - 1] in {"R", "d", "t"}:  # "30 febbraio" is no day
        return None
    match = MONTHS.match(cut.shape, index) if cut.letters[index + 1] in RUNS_ON else None
    if match and _is_run(cut, index, match):
        months = month_range(cut.month(index), cut.month(match.start("last")))
        return with_year(cut, index, match.end(), months.replace(between=True))
    return with_year(cut, index, index + 1, calendar(None, cut.month(index)))


def _is_run(cut: Cut, index: int, match: re.Match[str]) -> bool:
    """Say whether months follow each other: "gennaio-settembre", "luglio e agosto"; "marzo e giugno" are two."""
    first, last = cut.month(index), cut.month(match.start("last"))
    apart = "&" in match.group() and last > first + match.group().count("M") - 1
    return first < last and not (apart and cut.letters[index - 1] != "z")


def read_year(cut: Cut, index: int) -> Form | None:
    """Read "nel 2013", "(1968)", "2022-24", "ricavi 2023"; "2000 addetti", "Expo 2015", "231/2001" are none."""
    if not _is_year(cut, index):
        return None
    year = int(cut.keys[index])
    match = YEARS.match(cut.shape, index) if cut.letters[index + 1] in {"-", "/"} else None
    named = index - (cut.keys[index - 1] == "anno")  # "entro l'anno 2015"
    if match:
        return _years(cut, index, match)
    return Form(named, index + 1, calendar(year), UNBOUND)


def _years(cut: Cut, index: int, match: re.Match[str]) -> Form | None:
    """Read "2013-2014", "2022-24", "2013/14"."""
    first, written = int(cut.keys[index]), cut.keys[match.start("last")]
    last = int(written) if len(written) == 4 else first // 100 * 100 + int(written)
    if match["mark"] == "/" and not first < last:
        return None
    if match["mark"] == "-" and len(written) == 2 and last <= first and 1 <= int(written) <= 12:
        return Form(index, match.end(), Calendar(Point(first, int(written))))  # "2018-05"
    if len(written) < 2 or not first < last:
        return Form(index, index + 1, Calendar(Point(first)))
    return Form(index, match.end(), Calendar(Point(first), Point(last), between=True))


def _is_year(cut: Cut, index: int) -> bool:
    """Say whether four digits are a year by what stands around them."""
    before, after = cut.keys[index - 1], cut.letters[index + 1]
    if counts(cut, index + 1) or after == "°" or _is_no_year(cut, index):
        return False
    if before in YEAR_LEADS:
        return True
    if after == "n":
        return False
    headed = cut.letters[index - 1] in {"|", ""} and after in {"-", "", "/"}  # "2009 - Salta l'ingresso"
    if headed or before in cut.words.year_nouns or cut.letters[index - 1] in {"b", "a", "x", "E", "s", "i", "e", "X"}:
        return True
    if before == "(":
        return after in {")", ",", "-", "/"} or cut.keys[index + 1] == ";"
    return _begins_run(cut, index) or _after_noun(cut, index) or _in_list(cut, index)


def _begins_run(cut: Cut, index: int) -> bool:
    """Say whether a later year follows a dash, "Steve Jobs 1955-2011", "Serie A 2023/24"; "2000-3000 metri" are not."""
    if cut.letters[index - 1] == OTHER and SEASON.match(cut.shape, index) and not counts(cut, index + 3):
        return (int(cut.keys[index]) + 1) % 100 == int(cut.keys[index + 2])
    if cut.letters[index - 1] != OTHER or not RUN_OF_YEARS.match(cut.shape, index) or counts(cut, index + 3):
        return False
    return int(cut.keys[index]) < int(cut.keys[index + 2])


def _is_no_year(cut: Cut, index: int) -> bool:
    """Say whether an event or a law stands before: "Expo 2015", "231/2001"."""
    before = cut.keys[index - 1]
    return before in cut.words.events or before in cut.words.laws or _follows_law(cut, index)


def _follows_law(cut: Cut, index: int) -> bool:
    """Say whether the year belongs to a number: "231/2001", "9001:2015", "n. 2013"."""
    letter = cut.letters[index - 1]
    if letter in {"/", ":", "-"}:
        return cut.letters[index - 2] in {"d", "t", "n"}
    return letter == "." and cut.keys[index - 2] in cut.words.laws


def _after_noun(cut: Cut, index: int) -> bool:
    """Say whether a noun of small letters stands before and nothing counted behind: "i listini 2014,"."""
    before, following = cut.atoms.raw(index - 1), cut.letters[index + 1]
    noun = len(before) > 3 and before.isalpha() and before.islower() and cut.letters[index - 1] == OTHER
    if not noun or before in cut.words.not_before_year or not 1990 <= int(cut.keys[index]) <= 2060:
        return False
    counted = following == OTHER and cut.keys[index + 1].isalpha()
    return not counted and following not in {"w", "d", "n", "t"}


def _in_list(cut: Cut, index: int) -> bool:
    """Say whether another year stands before a comma: "2002, 2004 e 2006"."""
    return cut.letters[index - 1] == "," and cut.letters[index - 2] == "y" and _is_year(cut, index - 2)


def read_spelled_year(cut: Cut, index: int) -> Form | None:
    """Read "nel duemila", "dal millenovecentonovanta"."""
    if (
        cut.keys[index - 1] not in {"nel", "dal", "del", "al"}
        or counts(cut, index + 1)
        or cut.letters[index + 1] == OTHER
    ):
        return None
    year = cut.count(index)
    return Form(index, index + 1, Calendar(Point(year))) if 1900 <= year <= 2100 else None


def read_short_year(cut: Cut, index: int) -> Form | None:
    """Read "nel '98", "del '68"; a quote before a number without preposition is none."""
    if cut.letters[index] == "t":
        glued = cut.atoms.glued(index) and cut.keys[index - 1] in {"dall'", "nell'", "all'", "dell'", "fy"}
        counted = counts(cut, index + 1) or cut.keys[index + 1] == "per"
        return Form(index, index + 1, Calendar(Point(full_year(cut.keys[index])))) if glued and not counted else None
    match = SHORT.match(cut.shape, index)
    led = cut.keys[index - 1] in YEAR_LEADS or (index == 0 and len(cut.shape) == 2)
    if not match or not led or len(cut.keys[index + 1]) != 2:
        return None
    return Form(index, match.end(), Calendar(Point(full_year(cut.keys[index + 1], pivot=QUOTED_PIVOT))))


def read_weekday_day(cut: Cut, index: int) -> Form | None:
    """Read "lunedì 9 febbraio 2015", "sabato e domenica 3 e 4 marzo", "giovedì 30"."""
    match = WEEKDAY_DAY.match(cut.shape, index)
    if not match:
        return None
    at = match.start("day")
    full = read_days(cut, at) or read_day(cut, at) or read_numeric(cut, at)
    if full and isinstance(full.when, Calendar):
        return full.replace(first=index, when=full.when.replace(weekday=cut.words.weekdays[cut.keys[index]]))
    clock = cut.letters[match.end()] in {":", "."} and cut.letters[match.end() + 1] in {"d", "t"}
    if (
        clock
        or counts(cut, match.end())
        or cut.letters[match.end()] in {"M", "m", "/", "h", "a"}
        or cut.letters[index + 1] == ","
    ):
        return None
    return Form(index, match.end(), Weekday(cut.words.weekdays[cut.keys[index]], day=cut.count(at)))
