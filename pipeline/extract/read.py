"""From a Doc with values and reading to an Extraction: everything read from one article. Draws this package.

reading -> organisations, people, places -> cast -> clusters of triggers -> drafts -> deals
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc

from pipeline.extract.cast import make_cast
from pipeline.extract.clusters import cluster_triggers
from pipeline.extract.confidence import load_confidence
from pipeline.extract.deals import Page, Telling, tell_deal
from pipeline.extract.drafts import Drafted, draft_deals
from pipeline.extract.frames import Frames, Thresholds, load_frames, load_thresholds
from pipeline.extract.names import OrganisationWords, load_organisation_words
from pipeline.extract.organisations import group_mentions, make_organisation
from pipeline.extract.people import find_people, group_people
from pipeline.extract.places import find_places
from pipeline.extract.reading import Reading, reading_of
from pipeline.extract.subjects import load_subject_words
from pipeline.extract.values import Values, values_of
from pipeline.records import (
    Amount,
    ArticleText,
    DateValue,
    Extraction,
    Mention,
    Model,
    Organisation,
    Person,
    Share,
)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What people wrote down for the assembly."""

    organisations: OrganisationWords
    frames: Frames
    limits: Thresholds
    telling: Telling


@cache
def load_knowledge() -> Knowledge:
    """Read the lexicon files of the assembly, once."""
    return Knowledge(
        organisations=load_organisation_words(),
        frames=load_frames(),
        limits=load_thresholds(),
        telling=Telling(load_confidence(), load_subject_words()),
    )


def read_article(
    doc: Doc, article: ArticleText, *, model: Model, threshold: float, knowledge: Knowledge | None = None
) -> Extraction:
    """Return what `doc` says, deals of at least `threshold` confidence only. `doc.text` is `article.text`."""
    extraction = assemble(page_of(doc), reading_of(doc), values_of(doc), knowledge=knowledge or load_knowledge())
    deals = tuple(deal for deal in extraction.deals if deal.confidence >= threshold)
    doubted = extraction.published_doubts and article.published_trust == "high"
    told = replace(article, published_trust="low") if doubted else article
    return replace(extraction, article=told, model=model, deals=deals)


def page_of(doc: Doc) -> Page:
    """Return the text of `doc` with its sentences."""
    return Page(doc.text, tuple((sentence.start_char, sentence.end_char) for sentence in doc.sents))


def assemble(page: Page, reading: Reading, values: Values, *, knowledge: Knowledge) -> Extraction:
    """Return what a reading comes to: all deals, whatever their confidence; article and model are left blank."""
    return assemble_drafts(page, reading, values, knowledge=knowledge)[0]


def assemble_drafts(
    page: Page, reading: Reading, values: Values, *, knowledge: Knowledge
) -> tuple[Extraction, Drafted]:
    """Return what `assemble` does, and the draft of each of its deals."""
    organisations, bodies = _organisations(page, reading, knowledge.organisations)
    people, persons = _people(page, reading, bodies)
    drafted = _draft(page, reading, values, owners=bodies | persons, knowledge=knowledge)
    extraction = Extraction(
        article=ArticleText("", page.text),
        model=Model("", "", ""),
        organisations=organisations,
        people=people,
        places=find_places([mention for _, mention in _mentions(page, reading, "LOC")]),
        dates=values.dates,
        amounts=values.amounts,
        percents=values.shares,
        published_doubts=values.published_doubts,
        deals=tuple(tell_deal(page, drafted, values, draft, know=knowledge.telling) for draft in drafted.drafts),
    )
    return extraction, drafted


def _mentions(page: Page, reading: Reading, kind: str) -> list[tuple[int, Mention]]:
    return [(at, page.mention(c.start, c.end)) for at, c in enumerate(reading.candidates) if c.kind == kind]


def _organisations(
    page: Page, reading: Reading, words: OrganisationWords
) -> tuple[tuple[Organisation, ...], dict[int, str]]:
    """Return the organisations, and the name of the organisation by candidate."""
    found = _mentions(page, reading, "ORG")
    mentions = [mention for _, mention in found]
    kinds = [reading.candidates[at].organisation for at, _ in found]
    groups = group_mentions(page.text, mentions, words=words)
    organisations = tuple(make_organisation(group, mentions, kinds, words=words) for group in groups)
    owners = {
        found[at][0]: each.name for group, each in zip(groups, organisations, strict=True) for at in group.members
    }
    return organisations, owners


def _people(page: Page, reading: Reading, bodies: Mapping[int, str]) -> tuple[tuple[Person, ...], dict[int, str]]:
    """Return the people, and the name of the person by candidate."""
    found = _mentions(page, reading, "PER")
    groups = group_people([mention.text for _, mention in found])
    placed = [replace(group, members=tuple(found[at][0] for at in group.members)) for group in groups]
    owners = {at: group.name for group in placed for at in group.members}
    return find_people(page.text, reading, placed, bodies), owners


def _draft(page: Page, reading: Reading, values: Values, *, owners: Mapping[int, str], knowledge: Knowledge) -> Drafted:
    """Return the drafts of the article's deals, with the triggers and the cast that their indices count."""
    kept = _keep_triggers(reading, knowledge.limits)
    cast = make_cast(page.text, kept, owners, _value_keys(kept, values))
    clusters = cluster_triggers(kept.same_deal, joined=knowledge.limits.joined)
    drafts = draft_deals(kept, cast, clusters, frames=knowledge.frames, limits=knowledge.limits)
    return Drafted(kept, cast, drafts)


def _keep_triggers(reading: Reading, limits: Thresholds) -> Reading:
    """Return the reading with those triggers only that probably tell of a deal."""
    kept = [at for at, each in enumerate(reading.triggers) if each.score * (1 - each.types[-1]) >= limits.trigger]
    return replace(
        reading,
        triggers=tuple(reading.triggers[at] for at in kept),
        links=reading.links[kept],
        same_deal=reading.same_deal[kept][:, kept],
    )


def _value_keys(reading: Reading, values: Values) -> dict[int, str]:
    """Return what each sum, share or day comes to, by candidate: the same sum named twice is one."""
    stated: list[Amount | Share | DateValue] = [*values.amounts, *values.shares, *values.dates]
    keys = {(value.start, value.end): _value_key(value) for value in stated}
    spans = ((at, (each.start, each.end)) for at, each in enumerate(reading.candidates))
    return {at: key for at, span in spans if (key := keys.get(span))}


def _value_key(value: Amount | Share | DateValue) -> str | None:
    if isinstance(value, Amount):
        return f"{value.currency} {value.qualifier} {value.value} {value.min} {value.max} {value.per}"
    if isinstance(value, Share):
        return f"{value.value} {value.min} {value.max} {value.of}"
    return value.value.replace("~", "") if value.value else None
