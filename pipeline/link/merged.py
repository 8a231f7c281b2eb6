"""The ledger's record of one deal from all that tell it: each field from its best evidence, disagreement kept."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from pipeline.known import Choice, MergedDeal, Sum, Telling
from pipeline.link.course import by_day, current_telling, dated, timeline
from pipeline.link.parties import merge_parties
from pipeline.link.periods import parse_period
from pipeline.records import Qualifier, Status

T = TypeVar("T")
# "12 milioni" before "circa 12" before "oltre 10" before "tra 10 e 15"
FIRMNESS = (Qualifier.RANGE, Qualifier.UNDER, Qualifier.OVER, Qualifier.ABOUT, Qualifier.EXACT)
PROGRESS = (Status.RUMOUR, Status.NEGOTIATION, Status.ANNOUNCED, Status.CANCELLED, Status.SIGNED, Status.COMPLETED)
SURE = 0.99  # machines are never surer than this


@dataclass(frozen=True, slots=True)
class Chosen(Generic[T]):
    """A field's value and how it was chosen; both None where nobody states it."""

    value: T | None
    choice: Choice | None


def merge_tellings(tellings: tuple[Telling, ...]) -> MergedDeal:
    """Return the record of the deal that `tellings` tell (one at least); the same for any order of them.

    A sum comes from the furthest status and the firmest words, a status from the course of events, the rest from
    the surest telling that is no copy. What others say stands in `choices`. Raises ValueError for no telling.
    """
    if not tellings:
        raise ValueError("a deal is told by one telling at least")
    ordered = tuple(sorted(tellings, key=by_day))
    state = current_telling(ordered)
    parties, party_choices = merge_parties(ordered)
    amount = choose("amount", ordered, lambda t: t.amount, sum_text, sum_rank(lambda t: t.amount))
    total = choose("total", ordered, lambda t: t.total, sum_text, sum_rank(lambda t: t.total))
    stake = choose("stake", ordered, lambda t: t.stake, number_text, progress_rank)
    after = choose("stake_after", ordered, lambda t: t.stake_after, number_text, progress_rank)
    kind = choose("type", ordered, lambda t: t.type, str, progress_rank)
    status = choose("status", ordered, lambda t: t.status, str, lambda t: (t is state, *trust_rank(t)))
    denied = choose("denied", ordered, lambda t: t.denied, denial_text, lambda t: (t is state, *trust_rank(t)))
    day = choose("date", dated(ordered, state.status), lambda t: t.date, str, date_rank(state.status))
    subject = choose("subject", ordered, lambda t: t.subject, str, subject_rank)
    fields: tuple[Chosen[object], ...] = (kind, status, denied, amount, total, stake, after, day, subject)  # type: ignore[assignment]
    return MergedDeal(
        type=kind.value or state.type,
        status=state.status,
        denied=state.denied,
        parties=parties,
        amount=amount.value,
        total=total.value,
        stake=stake.value,
        stake_after=after.value,
        date=day.value,
        subject=subject.value,
        confidence=joint_confidence(ordered),
        choices=(*(field.choice for field in fields if field.choice is not None), *party_choices),
        timeline=timeline(ordered),
        sources=count_sources(ordered),
    )


def choose(
    field: str,
    tellings: Iterable[Telling],
    read: Callable[[Telling], T | None],
    text: Callable[[T], str],
    rank: Callable[[Telling], tuple[float, ...]],
) -> Chosen[T]:
    """Return the value of the telling of the highest `rank`; of two alike the value that more tellings state."""
    stated = [(telling, value) for telling in tellings if (value := read(telling)) is not None]
    if not stated:
        return Chosen(None, None)
    says = tuple((telling.id, text(value)) for telling, value in stated)
    votes = [said for _, said in says]
    best, value = max(stated, key=lambda item: (*rank(item[0]), votes.count(text(item[1])), -item[0].id))
    return Chosen(value, Choice(field, text(value), best.id, says))


def sum_text(amount: Sum) -> str:
    """Return a sum as canonical text: "EUR exact 1200000", "EUR over 1000000", "EUR range 3000000-5000000"."""
    stated = [number_text(number) for number in (amount.value, amount.min, amount.max) if number is not None]
    return f"{amount.currency} {amount.qualifier} {'-'.join(stated)}"


def number_text(number: Decimal) -> str:
    """Return a number without needless zeros or exponent: 60.00 -> "60"."""
    return f"{number.normalize():f}"


def denial_text(denied: bool) -> str:  # noqa: FBT001 -- the value itself, not a switch
    """Return "true" or "false"."""
    return "true" if denied else "false"


def trust_rank(telling: Telling) -> tuple[float, ...]:
    """Rank originals before copies, then by the reader's confidence."""
    return (telling.original == telling.article, telling.confidence)


def progress_rank(telling: Telling) -> tuple[float, ...]:
    """Rank the furthest status first: a signed contract knows its terms better than a rumour."""
    return (PROGRESS.index(telling.status), *trust_rank(telling))


def sum_rank(read: Callable[[Telling], Sum | None]) -> Callable[[Telling], tuple[float, ...]]:
    """Return a rank of sums: done before talked of, firm words before hedges, then trust."""

    def rank(telling: Telling) -> tuple[float, ...]:
        amount = read(telling)
        done = telling.status in {Status.SIGNED, Status.COMPLETED}
        # a paper that comes near the day knows the sum; years later it is rounded ("una ventina di milioni")
        return (done, FIRMNESS.index(amount.qualifier) if amount else -1, *trust_rank(telling))

    return rank


def date_rank(status: Status) -> Callable[[Telling], tuple[float, ...]]:
    """Return a rank of dates: those of the current status first, then the most precise."""

    def rank(telling: Telling) -> tuple[float, ...]:
        period = parse_period(telling.date) if telling.date else None
        closed = period is not None and period.first is not None and period.last is not None
        days = (period.last - period.first).days if period and period.first and period.last else 10_000
        return (telling.status is status, closed, -days, *trust_rank(telling))

    return rank


def subject_rank(telling: Telling) -> tuple[float, ...]:
    """Rank by trust, then the fuller wording."""
    return (*trust_rank(telling), len(telling.subject or ""))


def joint_confidence(tellings: tuple[Telling, ...]) -> float:
    """Return how sure several independent tellings make it: each original lowers the doubt, a copy adds none."""
    surest: dict[int, float] = {}
    for telling in tellings:
        surest[telling.original] = max(telling.confidence, surest.get(telling.original, 0.0))
    doubt = 1.0
    for confidence in surest.values():
        doubt *= 1.0 - confidence
    return round(min(SURE, 1.0 - doubt), 4)


def count_sources(tellings: tuple[Telling, ...]) -> int:
    """Return how many sources tell it in articles that are not copies of each other.

    Of an original and its copies one counts: the original's source where it is among the tellings.
    """
    voices: dict[int, Telling] = {}
    for telling in tellings:
        if telling.original not in voices or telling.original == telling.article:
            voices[telling.original] = telling
    return len({telling.source for telling in voices.values()})
