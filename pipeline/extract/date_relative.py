"""Date forms counted from now or from the date before: "ieri sera", "la scorsa settimana", "l'anno dopo"."""

import re
from typing import Final

from pipeline.extract.date_cut import LAST_YEAR, OTHER_YEAR, STAYS, Cut, weekend_end
from pipeline.extract.date_forms import read_day, read_days, read_month, read_weekday_day
from pipeline.extract.date_periods import read_season, read_turned_months
from pipeline.extract.date_values import (
    UNBOUND,
    Again,
    Anchored,
    Calendar,
    Form,
    Shift,
    Unit,
    Weekday,
    When,
)
from pipeline.extract.date_weekdays import TURNS, is_title, read_weekday

UNITS: Final[dict[str, Unit]] = {"g": "day", "k": "week", "h": "month", "a": "year", "x": "year"}
SINGULAR: Final = frozenset(
    {"giorno", "giornata", "settimana", "mese", "anno", "annata", "esercizio", "stagione", "campionato"}
)
BEFORE_YESTERDAY: Final = frozenset({"altro", "avant'"})
APPOSITION: Final = re.compile(r",?l?(?=W|d)")  # "ieri, venerdì 27 luglio"
# "venerdì e sabato"; "da lunedì a venerdì" has its own form
COUNTED: Final = re.compile(r"[dwtn](?P<unit>[gkha])")  # "due anni", "12 mesi"
LATER_WORDS: Final = ("più", "tardi")
COUNTED_FROM: Final = frozenset({"or", "dopo", "più", "prima"})  # what goes on "due anni", beside "fa"
OR_SONO: Final = ("or", "sono")
MORE_OR_LESS: Final = frozenset({("più", "di"), ("meno", "di")})
KINDS_OF_YEAR: Final = frozenset(
    {"scolastico", "accademico", "fiscale", "sociale"} | {"giubilare", "liturgico", "termico"}
)
# "lunedì a otto" is a week from Monday
DAYS: Final = {days: Shift("day", days, days) for days in range(-2, 10)}  # "l'altro ieri" to "domani a otto"
THAT_COMES: Final = frozenset({("che", "viene"), ("che", "verrà"), ("che", "entra")})
IN_THE_WEEK: Final = ("nella", "settimana")
IN_COUNTED: Final = re.compile(
    r"[zb]l?>?(?P<count>[dwtn])(?P<unit>[gkha])(?!&)"
)  # "tra due settimane", "entro sei mesi"
IN_AND_HALF: Final = re.compile(r"[zb][dw](?P<unit>[ah])&_")  # "tra un anno e mezzo", "tra un mese e mezzo"
LAST_COUNTED: Final = re.compile(r"(?P<lead>o|=o|<|o<|=)(?P<count>[dwtn])(?P<unit>[gkha])")  # "ultimi due anni"
NEXT_COUNTED: Final = re.compile(r">(?P<count>[dwtn])(?P<unit>[gkha])")  # "prossimi due anni"
TURNED: Final = re.compile(r"(?P<turn>[<>=])(?P<unit>[gkhax])")  # "scorsa settimana", "quest'anno"
TURNED_AFTER: Final = re.compile(r"(?P<unit>[gkhax])(?P<turn>[<>=])")  # "settimana prossima", "anno corrente"
CURRENT: Final = re.compile(r"(?P<unit>[khax])jI")  # "anno in corso"
NEIGHBOUR: Final = re.compile(r"(?P<unit>[gkha])(?P<turn>[VBo])")  # "anno dopo", "mese precedente", "anno prima"
OF_YEAR: Final = re.compile(r"[cj]?y")  # "stesso periodo 2012", "del 2012", "nel 2012"
TURNED_WEEKEND: Final = re.compile(r"[<>=](?:ek|K)")  # "questo fine settimana"
WEEKEND: Final = Weekday(6, 7)
# "nei giorni scorsi" names no day: the month of publication, about; likewise months and years
VAGUE: Final[dict[str, Shift]] = {
    "giorni": Shift("month", 0, 0, approximate=True),
    "settimane": Shift("month", -1, 0, approximate=True),
    "mesi": Shift("month", -3, -1, approximate=True),
    "anni": Shift("year", -5, 0, approximate=True),
}
LATEST: Final = re.compile(r"o(?P<unit>[kha])(?![c'dytw])")  # "nell'ultimo mese"
AFTER_NEXT: Final = re.compile(r"kVl>")  # "la settimana dopo la prossima"
NEXT_NIGHT: Final = re.compile(r"P<")  # "la notte scorsa"
BARE_UNIT_LEADS: Final = re.compile(r"(?:bl|j|Ic|bc)$")  # "entro l'anno", "nel mese", "nel corso della settimana"


def read_relative(cut: Cut, index: int) -> Form | None:
    """Read "ieri", "ieri sera", "l'altro ieri", "oggi, venerdì 4 marzo": a day that follows in apposition wins."""
    days = cut.words.relative_days[cut.keys[index]]
    first = index
    if days == -1 and cut.keys[index - 1] in BEFORE_YESTERDAY:
        days, first = -2, index - 1
    first -= cut.keys[first - 1] == "quest'"
    end = index + 2 if cut.letters[index + 1] == "P" else index + 1
    if days == 1 and cut.keys[index - 1] == "dopo":
        days, first = 2, index - 1
    if abs(days) == 1 and cut.atoms.keys[end : end + 2] == ("l'", "altro"):  # "domani l'altro", "ieri l'altro"
        days, end = 2 * days, end + 2
    if days in {0, 1} and cut.atoms.keys[end : end + 2] == ("a", "otto"):  # "oggi a otto" is in a week
        days, end = days + 7, end + 2
    if is_title(cut, first):
        return None
    return _apposed(cut, first, end) or Form(first, _past_weekday(cut, end), DAYS[days], UNBOUND)


def _past_weekday(cut: Cut, end: int) -> int:
    """Pass over a day of the week in apposition: "oggi, martedì"."""
    beside = cut.letters[end] == "," and cut.letters[end + 1] == "W" and cut.letters[end + 2] in {",", ".", "_", "A"}
    return end + 2 if beside else end


def _apposed(cut: Cut, first: int, end: int) -> Form | None:
    """Read the full day after "ieri" or "oggi"."""
    match = APPOSITION.match(cut.shape, end)
    if not match:
        return None
    full = read_weekday_day(cut, match.end()) if cut.letters[match.end()] == "W" else read_day(cut, match.end())
    return full.replace(first=first) if full and isinstance(full.when, Calendar) else None


def read_turned(cut: Cut, index: int) -> Form | None:
    """Read what "scorso", "prossimo" or "questo" stands before: "scorsa settimana", "lo scorso 24 aprile"."""
    turn = TURNS[cut.letters[index]]
    counted = (LAST_COUNTED if turn < 0 else NEXT_COUNTED).match(cut.shape, index)
    if counted and turn and cut.keys[index][-1] in "ie":  # "scorsi due giorni", not "ha passato due giorni"
        return _many(cut, index, counted, turn)
    weekend = TURNED_WEEKEND.match(cut.shape, index)
    if weekend:
        return Form(index, weekend_end(cut, weekend.end() - 1) or weekend.end(), WEEKEND._replace(turn=turn))
    match = TURNED.match(cut.shape, index)
    if match:
        return _unit(cut, index, match.end(), match["unit"], turn)
    return _turned_date(cut, index, turn)


def _turned_date(cut: Cut, index: int, turn: int) -> Form | None:
    """Read the day, month, season or weekday after "scorso" or "prossimo"; "questa mattina" is today."""
    letter = cut.letters[index + 1]
    if letter == "P":
        return Form(index, index + 2, Shift("day", 0, 0)) if cut.keys[index] not in STAYS else None
    if letter == "T":
        return read_turned_months(cut, index)
    readers = {
        "d": (read_days, read_day),
        "M": (read_month,),
        "s": (read_season,),
        "W": (read_weekday,),
        "o": (read_day,),
    }
    for reader in readers.get(letter, ()):
        form = reader(cut, index + 1)
        if form:
            stays = cut.keys[index] in STAYS
            return form.replace(first=index, when=_with_turn(form.when, turn, stays=stays))
    return None


def _with_turn(when: When, turn: int, *, stays: bool) -> When:
    """Give a date its direction; "questo" says the current year or week."""
    if isinstance(when, Calendar) and not when.turn and when.shift is None:
        return when.replace(turn=turn) if turn else when.replace(shift=0, anchored=stays)
    if isinstance(when, Weekday) and not when.turn and when.weeks is None:
        return when._replace(turn=turn) if turn else when._replace(weeks=0)
    return when


def _unit(cut: Cut, first: int, last: int, letter: str, turn: int) -> Form | None:
    """Return "l'anno scorso", "questa settimana", "lo stesso giorno"; "gli scorsi anni" counts nothing."""
    noun = next(key for key in cut.atoms.keys[first:last] if cut.words.letters.get(key) == letter)
    stays = not STAYS.isdisjoint(cut.atoms.keys[first:last])
    if noun not in SINGULAR:  # "questi giorni" are any
        return Form(first, last, VAGUE[noun]) if turn < 0 and noun in VAGUE else None
    if letter == "g" and (not stays or cut.keys[first].startswith("quel")):
        return None  # "quel giorno" may be any day
    unit = UNITS[letter]
    year_before = OTHER_YEAR.match(cut.shape, last) or LAST_YEAR.match(cut.shape, last)
    if stays and unit == "month" and year_before:  # "lo stesso mese dell'anno precedente"
        return Form(first, year_before.end(), Anchored("month", -12))
    return Form(first, last, Anchored(unit, 0) if stays else Shift(unit, turn, turn))


def read_unit(cut: Cut, index: int) -> Form | None:
    """Read what follows "anno", "mese", "settimana", "giorno": "scorso", "in corso", "dopo", a month, a day."""
    match = TURNED_AFTER.match(cut.shape, index)
    if match and (match["turn"] != "=" or cut.keys[index + 1] == "corrente"):
        return _unit(cut, index, match.end(), match["unit"], TURNS[match["turn"]])
    if cut.atoms.keys[index + 1 : index + 3] in THAT_COMES or AFTER_NEXT.match(cut.shape, index):
        return _coming(cut, index)
    if BARE_UNIT_LEADS.search(cut.shape, max(0, index - 2), index) and _is_bare(cut, index):
        unit = UNITS[cut.letters[index]]
        return Form(index, index + 1, Shift(unit, 0, 0))
    current = CURRENT.match(cut.shape, index)
    if current:
        return _unit(cut, index, current.end(), current["unit"], 0)
    neighbour = NEIGHBOUR.match(cut.shape, index)
    if neighbour:
        return _neighbour(cut, index, neighbour)
    return _named(cut, index)


def _coming(cut: Cut, index: int) -> Form | None:
    """Read "la settimana che viene", "la settimana dopo la prossima"."""
    if cut.letters[index + 1] == "V":
        return Form(index, index + 4, Shift("week", 2, 2))
    return _unit(cut, index, index + 3, cut.letters[index], 1)


def _is_bare(cut: Cut, index: int) -> bool:
    """Say whether nothing behind "nell'anno" or "entro il mese" says which."""
    if cut.keys[index + 1] in KINDS_OF_YEAR:
        return False
    if cut.keys[index] not in {"anno", "mese", "settimana"} or cut.atoms.keys[index - 1 : index + 1] == IN_THE_WEEK:
        return False
    return cut.letters[index + 1] not in {"c", "y", "V", "B", "j", "o", "'", "<", ">", "M"}


def _neighbour(cut: Cut, index: int, match: re.Match[str]) -> Form | None:
    """Read "l'anno dopo", "il mese precedente", "l'anno prima": counted from the last date of the text."""
    later = match["turn"] == "V"
    if match["turn"] == "o" and cut.keys[match.start("turn")] != "prima":
        return None
    if cut.keys[match.start("turn")] == "dopo" and _has_object(cut, match.end()):
        return None
    if cut.keys[match.end()] == "rispetto" or cut.keys[index] not in SINGULAR:
        return None
    return Form(index, match.end(), Anchored(UNITS[match["unit"]], 1 if later else -1))


def _named(cut: Cut, index: int) -> Form | None:
    """Read "il mese di marzo", "i mesi di marzo e aprile", "il giorno 30 ottobre", "nella giornata di ieri"."""
    at = index + 2 if cut.letters[index + 1] == "c" else index + 1
    letter = cut.letters[at]
    if cut.letters[index] == "h" and letter == "M":
        form = read_month(cut, at)
    elif cut.letters[index] == "g" and letter == "d":
        form = read_days(cut, at) or read_day(cut, at)
    elif cut.keys[index] == "giornata" and letter == "r":
        form = read_relative(cut, at)
    else:
        return None
    return form.replace(first=index) if form else None


def read_counted(cut: Cut, index: int) -> Form | None:
    """Read counted units: "due anni fa", "tre mesi dopo", "cinque anni prima"; a bare "tre anni" is a duration."""
    match = COUNTED.match(cut.shape, index)
    if match and cut.keys[index - 2] == "qui":
        return _from_here(cut, index, match)
    end = match.end() if match else index
    told = cut.letters[end] == "f" or cut.keys[end] in COUNTED_FROM
    count = cut.count(index) if told else 0
    if not match or not count:
        return None  # "3,5 anni fa"
    unit = UNITS[match["unit"]]
    two = cut.atoms.keys[end : end + 2]
    if unit == "month" and count % 12 == 0:
        unit, count = "year", count // 12
    if cut.letters[end] == "f" or two == OR_SONO:
        ago = from_now(unit, -count)
        return Form(index, end + 1 + (two == OR_SONO), about(ago) if _is_hedged(cut, index) else ago)
    later = two == LATER_WORDS and cut.letters[end + 2] != "c"  # "due anni più tardi di quanto previsto"
    if later or (cut.keys[end] == "dopo" and not _has_object(cut, end + 1)):
        return Form(index, end + 1 + (two == LATER_WORDS), Anchored(unit, count))
    if cut.keys[end] == "prima" and cut.letters[end + 1] != "c" and cut.keys[end + 1] != "rispetto":
        return Form(index, end + 1, Anchored(unit, -count))
    return None


def _from_here(cut: Cut, index: int, match: re.Match[str]) -> Form | None:
    """Read "di qui a un mese", "da qui a due anni"."""
    led = cut.keys[index - 1] in {"a", "ad"} and cut.keys[index - 3] in {"da", "di"}
    count = cut.count(index)
    return Form(index - 3, match.end(), from_now(UNITS[match["unit"]], count)) if led and count else None


def _has_object(cut: Cut, index: int) -> bool:
    """Say whether "dopo" is of what stands at `index`: "l'anno dopo la fusione", "il giorno dopo Chrysler"."""
    return cut.letters[index] in {"l", "c"} or cut.atoms.raw(index)[:1].isupper()


def _is_hedged(cut: Cut, index: int) -> bool:
    """Say whether a count is about: "circa dieci anni fa", "oltre dieci", "più di dieci"."""
    before = cut.atoms.keys[max(0, index - 2) : index]
    return before in MORE_OR_LESS or before[-1:] in {("circa",), ("oltre",), ("quasi",)}


def about(shift: Shift) -> Shift:
    """Return the shift as approximate."""
    return shift._replace(approximate=True)


def from_now(unit: Unit, count: int) -> Shift:
    """Return the day, month or year so many units away; weeks are days, "tre settimane fa" is one day."""
    return Shift("day", 7 * count, 7 * count) if unit == "week" else Shift(unit, count, count)


def read_in_counted(cut: Cut, index: int) -> Form | None:
    """Read "tra due settimane", "fra sei mesi", and after "entro" the same as a deadline."""
    half = IN_AND_HALF.match(cut.shape, index)
    if half and cut.keys[half.end() - 1] == "mezzo":
        months = cut.count(index + 1) if half["unit"] == "h" else 12 * cut.count(index + 1) + 6
        return Form(index, half.end(), Shift("month", months, months, approximate=True))
    match = IN_COUNTED.match(cut.shape, index)
    if not match:
        return None
    count = cut.count(match.start("count"))
    return Form(index, match.end(), from_now(UNITS[match["unit"]], count)) if count else None


def read_last_counted(cut: Cut, index: int) -> Form | None:
    """Read "ultimi due anni", "ultimi 12 mesi"."""
    match = LAST_COUNTED.match(cut.shape, index)
    if match and cut.shape.startswith("cM", match.end()):
        return None  # "negli ultimi dieci giorni di maggio"
    if not match or cut.keys[match.start("count") - 1] not in {"ultimi", "ultime", "scorsi", "scorse"}:
        return None
    return _many(cut, index, match, -1)


def _many(cut: Cut, index: int, match: re.Match[str], turn: int) -> Form | None:
    """Return the range over several units up to now or from now on."""
    count = cut.count(match.start("count"))
    if not count:
        return None
    unit = UNITS[match["unit"]]
    count, unit = (7 * count, "day") if unit == "week" else (count, unit)
    return Form(index, match.end(), Shift(unit, -count, 0) if turn < 0 else Shift(unit, 0, count))


def read_again(cut: Cut, index: int) -> Form | None:
    """Read "stesso periodo 2012", "stesso trimestre dell'anno precedente": the months told last, of another year."""
    if cut.keys[index] not in STAYS or cut.letters[index + 1] not in {"h", "T", "D"}:
        return None
    year = OF_YEAR.match(cut.shape, index + 2)
    if year:
        return Form(index, year.end(), Again(int(cut.keys[year.end() - 1])))
    before = OTHER_YEAR.match(cut.shape, index + 2) or LAST_YEAR.match(cut.shape, index + 2)
    return Form(index, before.end(), Again()) if before else None


def read_latest(cut: Cut, index: int) -> Form | None:
    """Read "nell'ultimo mese", "durante l'ultima settimana", "l'ultima domenica"; "l'ultimo anno utile" is none."""
    if cut.keys[index] in {"ultimi", "ultime"}:
        noun = cut.keys[index + 1]
        return Form(index, index + 2, VAGUE[noun]) if noun in VAGUE and cut.letters[index + 2] != "c" else None
    if cut.keys[index] not in {"ultimo", "ultima"}:
        return None
    if cut.keys[index + 1] == "esercizio" and cut.letters[index + 2] != "c":
        return Form(index, index + 2, Shift("year", -1, -1))
    if cut.letters[index + 1] == "W" and cut.letters[index + 2] != "c" and cut.letters[index - 1] in {"l", ""}:
        return Form(index, index + 2, Weekday(cut.words.weekdays[cut.keys[index + 1]], turn=-1))
    match = LATEST.match(cut.shape, index)
    led = cut.letters[index - 1] == "j" or (cut.letters[index - 1] == "l" and cut.keys[index - 2] == "durante")
    if not match or not led:
        return None
    unit = UNITS[match["unit"]]
    return Form(index, match.end(), Shift("day", -7, 0) if unit == "week" else Shift(unit, -1, 0))


def read_night(cut: Cut, index: int) -> Form | None:
    """Read "la notte scorsa": the day of publication."""
    match = NEXT_NIGHT.match(cut.shape, index)
    return Form(index, match.end(), Shift("day", 0, 0)) if match else None
