"""What deadlines and beginnings mean once their date is placed: "entro fine anno" is by 31 December."""

from pipeline.extract.date_values import Bound, PartOf, Placed, Point, Shift, When, add_months, last_day


def deadline(when: When, placed: Placed) -> Placed:
    """Return the last day that "entro fine anno", "entro metà ottobre" means."""
    if isinstance(when, PartOf) and when.part == "end":
        return Placed(last_day(placed.end))
    if isinstance(when, Shift) and when.unit == "year" and when.last in {0, 1} and placed.last is None:
        return Placed(placed.first.replace(month=12))
    end = placed.end
    return Placed(end) if isinstance(when, PartOf) and end.day is not None else placed


def value_bound(bound: Bound, placed: Placed, when: When) -> Placed:
    """Return what a bound applies to: a deadline is its last day where an end is named."""
    if bound is Bound.BEFORE and not isinstance(when, PartOf):
        season = placed.last is not None and placed.first.day is None  # "prima dell'estate": June is not summer yet
        return Placed(placed.first if season else before(placed.first))
    return deadline(when, placed) if bound in {Bound.BY, Bound.BEFORE} else placed


def before(point: Point) -> Point:
    """Return what lies before a month or a year, "prima di agosto" is by July; a day stays the limit."""
    if point.day is not None or point.year is None:
        return point
    return add_months(point.year, point.month, -1) if point.month else Point(point.year - 1)
