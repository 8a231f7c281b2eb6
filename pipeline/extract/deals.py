"""Tells drafts as deals: names, sums, days, status, subject, evidence. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.cast import Cast
from pipeline.extract.confidence import Confidence, confidence_of, features_of
from pipeline.extract.drafts import Draft, Drafted, Pick, Seat
from pipeline.extract.labels import LINKS
from pipeline.extract.reading import Candidate, Reading
from pipeline.extract.status import is_denied, status_of
from pipeline.extract.subjects import SubjectWords, find_subject
from pipeline.extract.values import Values
from pipeline.records import Amount, DateValue, Deal, Mention, Party, Share

Edges = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Page:
    """The text of an article with the edges of its sentences, in reading order."""

    text: str
    sentences: tuple[Edges, ...]

    def mention(self, start: int, end: int) -> Mention:
        """Return the place in the text from `start` to `end`."""
        return Mention(start, end, self.text[start:end])

    def sentence_of(self, start: int) -> Edges:
        """Return the edges of the sentence that holds the character at `start`; of the last one behind the text."""
        return next((edges for edges in self.sentences if edges[0] <= start < edges[1]), self.sentences[-1])


@dataclass(frozen=True, slots=True)
class Telling:
    """What people wrote down, and what was fitted, for telling a draft."""

    confidence: Confidence
    subjects: SubjectWords


def tell_deal(page: Page, drafted: Drafted, values: Values, draft: Draft, *, know: Telling) -> Deal:
    """Return the deal that `draft` stands for."""
    reading, cast = drafted.reading, drafted.cast
    triggers = [reading.triggers[at] for at in draft.triggers]
    amount = _value(reading, cast, draft, "amount", values.amounts)
    total = _value(reading, cast, draft, "total", values.amounts)
    stake = _value(reading, cast, draft, "stake", values.shares)
    day = _value(reading, cast, draft, "date", values.dates)
    edges = sorted({page.sentence_of(trigger.start) for trigger in triggers})
    spoken = [(trigger.start, trigger.end) for trigger in triggers]
    subject = find_subject(page.text, spoken, [*spoken, *_spans_of(reading, cast, draft)], words=know.subjects)
    return Deal(
        type=draft.type,
        status=status_of(page.text, edges, triggers),
        denied=is_denied(triggers),
        parties=tuple(_party(page, reading, cast, draft, seat) for seat in draft.seats),
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


def _party(page: Page, reading: Reading, cast: Cast, draft: Draft, seat: Seat) -> Party:
    member = cast.members[seat.member]
    best = _surest(reading, draft, member.candidates, seat.role.value)
    return Party(member.name, seat.role, member.named, (page.mention(best.start, best.end),))


def _surest(reading: Reading, draft: Draft, candidates: Sequence[int], link: str) -> Candidate:
    """Return the candidate whose link to a trigger of the deal is surest: the evidence."""
    column = reading.links[list(draft.triggers), :, LINKS.index(link)].max(axis=0)
    return reading.candidates[max(candidates, key=lambda at: (float(column[at]), -at))]


def _value(
    reading: Reading, cast: Cast, draft: Draft, name: str, values: Sequence[Amount | Share | DateValue]
) -> Amount | Share | DateValue | None:
    """Return the value that the draft picked, as it stands where it is surest to be the deal's."""
    pick: Pick | None = draft.values.get(name)
    if pick is None:
        return None
    span = _surest(reading, draft, cast.members[pick.member].candidates, name)
    return next((value for value in values if (value.start, value.end) == (span.start, span.end)), None)


def _spans_of(reading: Reading, cast: Cast, draft: Draft) -> tuple[Edges, ...]:
    """Return the edges of all that plays a part in the deal: no subject runs into it."""
    members = [seat.member for seat in draft.seats] + [pick.member for pick in draft.values.values()]
    spans = (reading.candidates[at] for member in members for at in cast.members[member].candidates)
    return tuple((span.start, span.end) for span in spans)
