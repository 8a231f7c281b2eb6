"""Date forms that name a time about: "pochi giorni fa", "una decina d'anni fa", "due secoli fa", "il secolo scorso"."""

import re
from typing import Final

from pipeline.extract.date_cut import Cut
from pipeline.extract.date_relative import OR_SONO, UNITS, VAGUE, about, from_now
from pipeline.extract.date_values import Form, Shift
from pipeline.extract.date_weekdays import TURNS

FEW_AGO: Final = re.compile(r"q(?P<unit>[gkha])(?:f|__)")  # "pochi giorni fa", "qualche anno or sono"
SOME_AGO: Final = re.compile(r"(?P<count>N)c(?P<unit>[gkha])(?:f|__)")  # "una decina di giorni fa", "un paio d'anni fa"
IN_SOME: Final = re.compile(r"[zb]w?(?P<count>N)c(?P<unit>[gkha])")  # "tra una decina di giorni"
IN_FEW: Final = re.compile(r"zq(?P<unit>[gkha])")  # "tra pochi mesi", "fra qualche giorno"
LONG_AGO: Final = re.compile(r"(?P<count>[dw])(?P<unit>[CE])f")  # "due secoli fa", "tre decenni fa"
HALF_AGO: Final = re.compile(r"_Cf")  # "mezzo secolo fa"
AND_HALF_AGO: Final = re.compile(r"[dw](?P<unit>[ah])&_f")  # "un anno e mezzo fa", "sei mesi e mezzo fa"
CENTURY: Final = re.compile(r"(?P<turn>[<>=])C|C(?P<after>[<>])")  # "lo scorso secolo", "secolo scorso"
LAST_MONTH: Final = Shift("month", -1, -1, approximate=True)
COMING_UNITS: Final = {
    "g": VAGUE["giorni"],
    "k": Shift("month", 0, 1, approximate=True),
    "h": Shift("month", 1, 3, approximate=True),
    "a": Shift("year", 0, 5, approximate=True),
}
VAGUE_UNITS: Final = {"g": VAGUE["giorni"], "k": LAST_MONTH, "h": VAGUE["mesi"], "a": VAGUE["anni"]}


def read_vague(cut: Cut, index: int) -> Form | None:
    """Read "pochi giorni fa", "qualche anno fa", "una decina d'anni fa": about."""
    few = FEW_AGO.match(cut.shape, index)
    if few and _is_ago(cut, few):
        return Form(index, few.end(), VAGUE_UNITS[few["unit"]])
    some = SOME_AGO.match(cut.shape, index)
    if not some or not _is_ago(cut, some):
        return None
    count = cut.words.numbers.collectives[cut.keys[index]]
    return Form(index - (cut.letters[index - 1] == "w"), some.end(), about(from_now(UNITS[some["unit"]], -count)))


def _is_ago(cut: Cut, match: re.Match[str]) -> bool:
    """Say whether units are followed by "fa" or "or sono"."""
    return match.group().endswith("f") or cut.atoms.keys[match.end() - 2 : match.end()] == OR_SONO


def read_in_some(cut: Cut, index: int) -> Form | None:
    """Read "tra una decina di giorni", "fra un paio d'anni", "tra pochi mesi"."""
    few = IN_FEW.match(cut.shape, index)
    if few:
        return Form(index, few.end(), COMING_UNITS[few["unit"]])
    match = IN_SOME.match(cut.shape, index)
    if not match:
        return None
    count = cut.words.numbers.collectives[cut.keys[match.start("count")]]
    return Form(index, match.end(), about(from_now(UNITS[match["unit"]], count)))


def read_long_ago(cut: Cut, index: int) -> Form | None:
    """Read "due secoli fa", "tre decenni fa", "un anno e mezzo fa", "mezzo secolo fa"."""
    if cut.letters[index + 2] not in {"&", "f"}:
        return None
    half = AND_HALF_AGO.match(cut.shape, index)
    if half and cut.keys[index + 3] == "mezzo":
        months = -12 * cut.count(index) - 6 if half["unit"] == "a" else -cut.count(index)
        return Form(index, index + 5, Shift("month", months, months, approximate=True))
    match = LONG_AGO.match(cut.shape, index)
    if match:
        years = 100 if match["unit"] == "C" else cut.words.years_of[cut.keys[index + 1]]
        return Form(index, match.end(), about(from_now("year", -years * cut.count(index))))
    return None


def read_century_turned(cut: Cut, index: int) -> Form | None:
    """Read "lo scorso secolo", "il secolo scorso", "questo secolo", "mezzo secolo fa"."""
    if HALF_AGO.match(cut.shape, index - 1) and cut.keys[index - 1] == "mezzo":
        return Form(index - 1, index + 2, about(from_now("year", -50)))
    match = CENTURY.match(cut.shape, index) or CENTURY.match(cut.shape, index - 1)
    if not match or cut.keys[index][-1] == "i":
        return None
    turn = TURNS[match["turn"] or match["after"]]
    return Form(match.start(), match.end(), Shift("century", turn, turn))
