"""Tells drafts as deals: names, sums, days, status, subject, evidence. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.cast import Member
from pipeline.extract.confidence import Confidence, confidence_of, features_of
from pipeline.extract.drafts import Draft
from pipeline.extract.fusion import Scene
from pipeline.extract.page import Page
from pipeline.extract.reading import Candidate, Subject, Trigger
from pipeline.extract.seating import Seat
from pipeline.extract.stakes import StakeWords, read_stake
from pipeline.extract.status import TALKS, is_denied, status_of
from pipeline.extract.values import Values
from pipeline.records import Amount, DateValue, Deal, Mention, Party, PartyRole, Share, Status

# chosen on dev, F1 .77: the least chance of a subject, and what one of another sentence than the trigger's is worth
POINTED = 0.025
ELSEWHERE = 0.3


@dataclass(frozen=True, slots=True)
class Told:
    """What an article's drafts are told from."""

    page: Page
    scene: Scene
    candidates: Sequence[Candidate]
    values: Values

    def triggers_of(self, draft: Draft) -> list[Trigger]:
        """Return the triggers of a draft."""
        return [self.scene.triggers[at] for at in draft.triggers]

    def seats_of(self, draft: Draft, status: Status, nearest: "Nearest", behind: int) -> tuple[Seat, ...]:
        """Return who takes part in a draft whose last sentence ends at `behind`.

        Talks of described parties alone are not those of the one party that is named only afterwards: "un distributore
        russo [...] ha concrete trattative in corso [...] Kamaz nel 2013 ha assegnato".
        """
        named = [seat for seat in draft.seats if self.scene.members[seat.member].named]
        if status not in TALKS or len(named) != 1 or len(draft.seats) == 1:
            return draft.seats
        if nearest(self.scene.members[named[0].member]).start < behind:
            return draft.seats
        return tuple(seat for seat in draft.seats if seat not in named)


def tell_deals(told: Told, drafts: Sequence[Draft], *, confidence: Confidence, stakes: StakeWords) -> tuple[Deal, ...]:
    """Return the deals that `drafts` stand for."""
    subjects = subjects_of(told.page, [told.triggers_of(draft) for draft in drafts])
    pairs = zip(drafts, subjects, strict=True)
    return tuple(_tell(told, draft, subject, confidence, stakes) for draft, subject in pairs)


def _tell(told: Told, draft: Draft, subject: Mention | None, confidence: Confidence, stakes: StakeWords) -> Deal:
    page, scene, values = told.page, told.scene, told.values
    triggers = told.triggers_of(draft)
    nearest = Nearest(told.candidates, triggers)
    amount, total, share, day = (
        _value(nearest, scene, draft, name, stated)
        for name, stated in (
            ("amount", values.amounts),
            ("total", values.amounts),
            ("stake", values.shares),
            ("date", values.dates),
        )
    )
    edges = sorted({page.sentence_of(trigger.start) for trigger in triggers})
    stake = read_stake(
        page.text,
        edges,
        values.shares,
        share if isinstance(share, Share) else None,
        type=draft.type,
        partners=sum(seat.role == PartyRole.PARTNER for seat in draft.seats),
        words=stakes,
    )
    status = status_of(triggers)
    seats = told.seats_of(draft, status, nearest, edges[-1][1])
    return Deal(
        type=draft.type,
        status=status,
        denied=is_denied(triggers),
        parties=tuple(_party(page, nearest, scene, seat) for seat in seats),
        amount=amount if isinstance(amount, Amount) else None,
        total=total if isinstance(total, Amount) else None,
        stake=stake.value if stake else None,
        date=day.value if isinstance(day, DateValue) else None,
        subject=subject.text if subject else None,
        evidence=tuple(page.mention(*edge) for edge in edges),
        confidence=confidence_of(features_of(draft, triggers), confidence),
        stake_after=stake.after if stake else None,
        triggers=tuple(page.mention(trigger.start, trigger.end) for trigger in triggers),
        stake_evidence=page.mention(stake.start, stake.end) if stake else None,
        date_evidence=page.mention(day.start, day.end) if day else None,
        subject_evidence=subject,
    )


def subjects_of(page: Page, deals: Sequence[Sequence[Trigger]]) -> list[Mention | None]:
    """Return the words that the heads point at from any of each deal's triggers, rather those of its own sentence.

    Words that another deal is surer to be about are left to it: three orders of one sentence are for three things.
    """
    pointed = [_pointed(page, triggers) for triggers in deals]
    choices = [
        (chance, at, span) for at, its in enumerate(pointed) for span, chance in its.items() if chance >= POINTED
    ]
    subjects: list[Mention | None] = [None] * len(deals)
    taken: set[tuple[int, int]] = set()
    for _, at, span in sorted(choices, key=lambda choice: -choice[0]):
        if subjects[at] is None and span not in taken:
            subjects[at] = page.mention(*span)
            taken.add(span)
    return subjects


def _pointed(page: Page, triggers: Sequence[Trigger]) -> dict[tuple[int, int], float]:
    """Return how likely each run of words is what a deal is about, as its triggers point at it."""
    found: dict[tuple[int, int], float] = {}
    for trigger in triggers:
        for subject in trigger.subjects:
            start, end = page.sentence_of(trigger.start)
            chance = subject.score * (1 if start <= subject.start < end else ELSEWHERE)
            span = _edges_of(subject, triggers)
            found[span] = max(chance, found.get(span, 0.0))
    return found


def _edges_of(subject: Subject, triggers: Sequence[Trigger]) -> tuple[int, int]:
    """Return the edges of a subject; of one that runs over several of the deal's triggers, those from the last on.

    "diverse commesse per l'acquisto di componentistica" is about an "acquisto di componentistica".
    """
    inside = [trigger.start for trigger in triggers if subject.start < trigger.end and trigger.start < subject.end]
    return max(inside) if len(inside) > 1 else subject.start, subject.end


@dataclass(frozen=True, slots=True)
class Nearest:
    """Finds which mention of a member stands nearest to the triggers of a deal: its evidence."""

    candidates: Sequence[Candidate]
    triggers: Sequence[Trigger]

    def __call__(self, member: Member) -> Candidate:
        """Return the nearest mention; of equally near ones the first."""
        return min((self.candidates[at] for at in member.candidates), key=self._gap)

    def _gap(self, span: Candidate) -> int:
        return min(max(span.start - each.end, each.start - span.end, 0) for each in self.triggers)


def _party(page: Page, nearest: Nearest, scene: Scene, seat: Seat) -> Party:
    member = scene.members[seat.member]
    span = nearest(member)
    return Party(member.name, seat.role, member.named, (page.mention(span.start, span.end),))


def _value(
    nearest: Nearest, scene: Scene, draft: Draft, name: str, values: Sequence[Amount | Share | DateValue]
) -> Amount | Share | DateValue | None:
    """Return the value that the draft picked, as it stands nearest to the triggers."""
    if name not in draft.values:
        return None
    span = nearest(scene.members[draft.values[name].member])
    return next((value for value in values if (value.start, value.end) == (span.start, span.end)), None)
