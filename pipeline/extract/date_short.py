"""Date forms of few signs: "il 12 c.m.", "FY22", "il 15" where it is all that is said."""

from pipeline.extract.date_cut import Cut, full_year
from pipeline.extract.date_values import Calendar, DayOf, Form, Point, Shift

# corrente mese, ultimo scorso, prossimo venturo
TURNED_SHORT: dict[tuple[str, ...], int] = {("c", ".", "m"): 0, ("u", ".", "s"): -1, ("p", ".", "v"): 1}


def read_abbreviated_day(cut: Cut, index: int) -> Form | None:
    """Read "il 12 c.m.", "il 12 u.s.", "il 12 p.v.": of this, of last, of next month."""
    turn = TURNED_SHORT.get(cut.atoms.keys[index + 1 : index + 4])
    if turn is None or cut.letters[index - 1] not in {"l", "A", "F", "c", "b"}:
        return None
    end = index + 4 + (cut.letters[index + 4] == ".")
    return Form(index, end, DayOf(cut.count(index), Shift("month", turn, turn)))


def read_fiscal_year(cut: Cut, index: int) -> Form | None:
    """Read "FY22"; a bare "FY 22" counts something."""
    year = cut.keys[index + 1]
    if cut.keys[index] != "fy" or not cut.atoms.glued(index + 1) or len(year) != 2:
        return None
    return Form(index, index + 2, Calendar(Point(full_year(year))))


def read_bare_day(cut: Cut, index: int) -> Form | None:
    """Read "il 15", "il tre" where it is all that is said."""
    whole = index == 1 + (cut.letters[0] in {"p", "b"}) and index >= len(cut.shape) - 2
    day = cut.count(index)
    told = cut.letters[index] == "d" or (cut.letters[index - 1] == "l" and 1 < day <= 31)
    return Form(index, index + 1, DayOf(day)) if whole and told else None
