"""Tells drafts as deals: names, sums, days, status, subject, evidence. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.cast import Member
from pipeline.extract.confidence import Confidence, confidence_of, features_of
from pipeline.extract.drafts import Draft
from pipeline.extract.fusion import Scene
from pipeline.extract.page import Edges, Page
from pipeline.extract.reading import Candidate, Trigger
from pipeline.extract.seating import Seat
from pipeline.extract.status import is_denied, status_of
from pipeline.extract.subjects import SubjectWords, find_subject
from pipeline.extract.values import Values
from pipeline.records import Amount, DateValue, Deal, Party, Share


@dataclass(frozen=True, slots=True)
class Telling:
    """What people wrote down, and what was fitted, for telling a draft."""

    confidence: Confidence
    subjects: SubjectWords


def tell_deal(
    page: Page, scene: Scene, candidates: Sequence[Candidate], values: Values, draft: Draft, *, know: Telling
) -> Deal:
    """Return the deal that `draft` stands for."""
    triggers = [scene.triggers[at] for at in draft.triggers]
    nearest = Nearest(candidates, triggers)
    amount, total, stake, day = (
        _value(nearest, scene, draft, name, stated)
        for name, stated in (
            ("amount", values.amounts),
            ("total", values.amounts),
            ("stake", values.shares),
            ("date", values.dates),
        )
    )
    edges = sorted({page.sentence_of(trigger.start) for trigger in triggers})
    spoken = [(trigger.start, trigger.end) for trigger in triggers]
    taken = [*spoken, *_spans_of(candidates, scene, draft)]
    subject = find_subject(page.text, spoken, taken, words=know.subjects)
    return Deal(
        type=draft.type,
        status=status_of(triggers),
        denied=is_denied(triggers),
        parties=tuple(_party(page, nearest, scene, seat) for seat in draft.seats),
        amount=amount if isinstance(amount, Amount) else None,
        total=total if isinstance(total, Amount) else None,
        stake=stake.value if isinstance(stake, Share) else None,
        date=day.value if isinstance(day, DateValue) else None,
        subject=subject.text if subject else None,
        evidence=tuple(page.mention(*edge) for edge in edges),
        confidence=confidence_of(features_of(draft, triggers), know.confidence),
        triggers=tuple(page.mention(trigger.start, trigger.end) for trigger in triggers),
        stake_evidence=page.mention(stake.start, stake.end) if stake else None,
        date_evidence=page.mention(day.start, day.end) if day else None,
        subject_evidence=subject,
    )


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


def _spans_of(candidates: Sequence[Candidate], scene: Scene, draft: Draft) -> tuple[Edges, ...]:
    """Return the edges of all that plays a part in the deal: no subject runs into it."""
    members = [seat.member for seat in draft.seats] + [pick.member for pick in draft.values.values()]
    spans = (candidates[at] for member in members for at in scene.members[member].candidates)
    return tuple((span.start, span.end) for span in spans)
