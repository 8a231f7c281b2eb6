"""The course of a deal in time: what it is now, and the dated line of what it was."""

from datetime import date

from pipeline.known import Telling, TimelineEntry
from pipeline.link.periods import parse_period
from pipeline.records import Status

ORDER = {status: place for place, status in enumerate(Status)}  # rumour ... completed, cancelled
DONE = frozenset({Status.SIGNED, Status.COMPLETED})


def day_of(telling: Telling) -> date:
    """Return the day of the paper, or the day it came in."""
    return telling.published or telling.seen


def by_day(telling: Telling) -> tuple[date, int, int]:
    """Order tellings by the day of the paper."""
    return (day_of(telling), telling.article, telling.id)


def current_telling(ordered: tuple[Telling, ...]) -> Telling:
    """Return the telling that says what the deal is now; `ordered` by day.

    A deal goes forward: an "announced" told after "signed" is late news. A cancellation stands until a paper after it
    tells the deal done.
    """
    current = ordered[0]
    for telling in ordered[1:]:
        if telling.status is Status.CANCELLED:
            forward = True
        elif current.status is Status.CANCELLED:
            forward = telling.status in DONE and day_of(telling) > day_of(current)
        else:
            forward = ORDER[telling.status] >= ORDER[current.status]
        if forward and not (telling.status is current.status and is_weaker(telling, current)):
            current = telling
    return current


def is_weaker(telling: Telling, current: Telling) -> bool:
    """Return whether a telling of the same status adds nothing: a copy, or undated beside a dated one."""
    copy = telling.original != telling.article and current.original == current.article
    return copy or (telling.denied is current.denied and telling.date is None and current.date is not None)


def dated(ordered: tuple[Telling, ...], status: Status) -> tuple[Telling, ...]:
    """Return the tellings whose date can be that of the current status: a completion is dated by its signature too."""
    wanted = DONE if status in DONE else {status}
    return tuple(telling for telling in ordered if telling.status in wanted)


def timeline(ordered: tuple[Telling, ...]) -> tuple[TimelineEntry, ...]:
    """Return the statuses in the order of their days; one entry for each status and day that are told apart.

    A status told again without a day of its own, or with a coarser one ("2013" after "2013-02-05"), adds nothing.
    """
    entries: list[TimelineEntry] = []
    for telling in sorted(ordered, key=lambda t: (t.date is None, -len(t.date or ""), by_day(t))):
        if not any(is_told(telling, entry) for entry in entries):
            stated = telling.date or (telling.published.isoformat() if telling.published else None)
            entries.append(TimelineEntry(stated, telling.status, telling.denied, telling.id))
    return tuple(sorted(entries, key=entry_day))


def is_told(telling: Telling, entry: TimelineEntry) -> bool:
    """Return whether `entry` says already what `telling` says: the same status, on a day within the same period."""
    if (entry.status, entry.denied) != (telling.status, telling.denied):
        return False
    if telling.date is None or entry.date is None:
        return True
    one, two = parse_period(telling.date), parse_period(entry.date)
    if one is None or two is None:
        return telling.date == entry.date
    return (one.first or date.min) <= (two.last or date.max) and (two.first or date.min) <= (one.last or date.max)


def entry_day(entry: TimelineEntry) -> tuple[bool, date, int]:
    """Order entries by the first day of their period, undated ones last, then by progress."""
    period = parse_period(entry.date) if entry.date else None
    day = (period.first or period.last) if period else None
    return (day is None, day or date.max, ORDER[entry.status])
