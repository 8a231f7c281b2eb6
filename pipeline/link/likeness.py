"""How much speaks for two tellings being one deal: parties, time, amount, share, subject, as points that add up.

The weights are hand-set, each with the case that forced it; benchmarks/merging.py measures them. None is a veto.
"""

import re
from datetime import timedelta
from decimal import Decimal

from pipeline.known import Telling
from pipeline.link.families import BY_TYPE, Family
from pipeline.link.folding import fold
from pipeline.link.periods import Period, months_after, parse_period
from pipeline.link.sides import DONE, party_points
from pipeline.link.sums import ratio
from pipeline.records import Qualifier, Status

JOIN = 2.5  # points from which two tellings are one deal
OPEN = frozenset({Status.RUMOUR, Status.NEGOTIATION, Status.ANNOUNCED})
FRESH = timedelta(days=45)  # an undated "ha firmato" is of the weeks before the paper
SOON = 2.0  # months after a completion in which a paper may still tell the signature with a day of its own
BACKGROUND = timedelta(days=365 * 12)  # an undated "aveva comprato" may be old
WORD = re.compile(r"\w{4,}|\d+")
# "lotto 2" yes, "lotto di terreni" and "2 lotti" no
LOT = re.compile(r"\blotto\s+(?:n\.\s*|numero\s+)?(\d+|[ivx]+)\b")


def likeness(one: Telling, two: Telling) -> float | None:
    """Return the points for `one` and `two` being one deal; None where they cannot be."""
    family = BY_TYPE[one.type]
    if family is not BY_TYPE[two.type] or one.article == two.article:
        return None
    parties = party_points(one, two, family)
    if parties is None:
        return None
    earlier, later = sorted((one, two), key=lambda telling: (telling.published or telling.seen, telling.id))
    return (
        parties
        + time_points(earlier, later, family)
        + amount_points(one, two, family)
        + stake_points(one, two)
        + subject_points(one, two, family)
        + (0.5 if one.type is two.type else -0.5)
    )


def act_period(telling: Telling) -> Period:
    """Return when the act was that the status names; undated, the weeks before the paper, or years where it is past."""
    day = telling.published or telling.seen
    period = parse_period(telling.date) if telling.date else None
    # "ha firmato", dated after the paper: the reader took the day of delivery
    if period and not (telling.status in DONE and period.first and period.first > day):
        return period
    past = telling.status in {Status.COMPLETED, Status.CANCELLED}
    return Period(day - (BACKGROUND if past else FRESH), day)


def time_points(earlier: Telling, later: Telling, family: Family) -> float:
    """Return the points for the times: near is good, a gap longer than the family's course bad, a wrong order worse.

    "Earlier" and "later" are by the day of the paper.
    """
    first, second = act_period(earlier), act_period(later)
    gap = months_after(first, second)
    if revived(earlier, later, gap):
        return -4.0
    if gap < 0:
        # told later, done earlier: a background of the same act would touch the earlier telling's own time
        return past_points(earlier, later, -gap, family)
    slack = SOON if follows(earlier, later) else slack_months(earlier.status, later.status, family)
    if gap > slack:
        # the same buses for the same sum a year later are next year's: nothing else about an order says so
        return max(-6.0 if family.repeats else -5.0, 0.5 - (gap - slack) / (1.5 if family.repeats else 4))
    if same_wave(earlier, later):
        return 2.0
    return 1.0 if gap <= 2 and is_narrow(first) and is_narrow(second) else 0.5


def follows(earlier: Telling, later: Telling) -> bool:
    """Return whether the later telling dates a signature after the earlier one's completion: it is the next deal."""
    return earlier.status is Status.COMPLETED and later.status is Status.SIGNED and bool(earlier.date and later.date)


def same_wave(earlier: Telling, later: Telling) -> bool:
    """Return whether two papers of the same week tell a thing as new: undated both, or of one date."""
    days = ((later.published or later.seen) - (earlier.published or earlier.seen)).days
    return days <= 7 and earlier.date == later.date and (earlier.status in DONE) is (later.status in DONE)


def is_narrow(period: Period) -> bool:
    """Return whether a period says when: a year at most."""
    return period.first is not None and period.last is not None and period.last - period.first <= timedelta(days=366)


def slack_months(first: Status, second: Status, family: Family) -> float:
    """Return how many months may lie between two acts of one deal."""
    if first is second or {first, second} <= OPEN:
        return 3.0 if first in DONE else 12.0
    return family.span if second is Status.CANCELLED or first is not Status.COMPLETED else 6.0


def past_points(earlier: Telling, later: Telling, gap: float, family: Family) -> float:
    """Return the points where the later paper puts its act before the earlier paper's: "nel 2013" told in 2015."""
    if earlier.status is Status.COMPLETED or later.status in OPEN:
        # a completion told earlier may have had its signature before, within the course of the family
        slack = family.span if later.status in DONE else 3.0
    else:
        slack = 4.0  # the rumour or the report came a little after the act that is told later
    return 0.0 if gap <= slack else max(-5.0, -gap / 3)


def revived(earlier: Telling, later: Telling, gap: float) -> bool:
    """Return whether the later telling is a new attempt: talks after the deal was done, or anything after it failed."""
    if earlier.status is Status.CANCELLED:
        return later.status is not Status.CANCELLED and gap > 1
    return earlier.status in DONE and later.status in {Status.RUMOUR, Status.NEGOTIATION} and gap > 1


def amount_points(one: Telling, two: Telling, family: Family) -> float:
    """Return the points for the sums; prices move (96, 104), rumours miss by half, orders of one pair differ."""
    factor = ratio(one.amount, two.amount)
    if factor is None:
        return 0.0
    if factor <= Decimal("1.02"):
        return 2.0
    if factor <= Decimal("1.25"):
        return 0.75
    # a signed order of 96 and one of 61 million are two, whatever date the reader gave the second
    firm = family.repeats and are_firm(one, two)
    if factor <= Decimal("1.7"):
        return -2.0 if firm else -1.0 if family.repeats else -0.5
    return -3.0 if family.repeats else -1.0


def are_firm(one: Telling, two: Telling) -> bool:
    """Return whether both tell what is done, with a sum that is not hedged."""
    return one.status in DONE and two.status in DONE and is_exact(one) and is_exact(two)


def is_exact(telling: Telling) -> bool:
    """Return whether the sum is stated without a hedge."""
    return telling.amount is not None and telling.amount.qualifier is Qualifier.EXACT


def stake_points(one: Telling, two: Telling) -> float:
    """Return the points for the shares: "un terzo" is said of 30%, 30% is not the other 70%."""
    if one.stake is None or two.stake is None:
        return 0.0
    apart = abs(one.stake - two.stake)
    if apart > 1 and are_firm(one, two) and (ratio(one.amount, two.amount) or 1) > Decimal("1.02"):
        return -4.0  # 20% for 10 millions, then 15% for 8: two tranches, no paper errs on both
    return 1.0 if apart <= 1 else 0.5 if apart <= 5 else -2.5


def subject_points(one: Telling, two: Telling, family: Family) -> float:
    """Return the points for common words of the subjects; for deals that repeat, none in common counts against."""
    first, second = stems(one.subject), stems(two.subject)
    if not first or not second:
        return 0.0
    if other_lots(one.subject, two.subject):
        return -4.0
    if first & second:
        return 1.0 + min(1.0, len(first & second) / 2)
    return -0.75 if family.repeats else 0.0


def other_lots(first: str | None, second: str | None) -> bool:
    """Return whether two subjects name lots of a tender, and none in common: "lotto 1", "lotto 2"."""
    ours, theirs = set(LOT.findall(fold(first or ""))), set(LOT.findall(fold(second or "")))
    return bool(ours and theirs) and not ours & theirs


def stems(subject: str | None) -> frozenset[str]:
    """Return the beginnings of the words of a subject: "decorazione", "decoratrice" -> "decor"."""
    return frozenset(word[:5] for word in WORD.findall(fold(subject or "")))
