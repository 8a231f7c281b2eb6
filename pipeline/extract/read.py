"""From a Doc with values and reading to an Extraction: everything read from one article. Draws this package.

reading -> organisations, people, places -> members -> scene (two readers) -> clusters of triggers -> drafts -> deals
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from spacy.tokens import Doc

from pipeline.config import ROOT
from pipeline.extract.clusters import Cluster, cluster_triggers
from pipeline.extract.confidence import Confidence, load_confidence
from pipeline.extract.deals import Told, tell_deals
from pipeline.extract.described import add_described, load_party_words
from pipeline.extract.drafts import Drafted, draft_deals
from pipeline.extract.forest.judge import Judge
from pipeline.extract.forest.look import Look, look_at
from pipeline.extract.forest.pairs import judge_pairs
from pipeline.extract.forest.trees import Forests, load_forests
from pipeline.extract.frames import Frames, Thresholds, load_frames, load_thresholds
from pipeline.extract.fusion import Fusion, fuse, load_fusion, scene_of_nothing
from pipeline.extract.glued import part_sentences
from pipeline.extract.names import OrganisationWords, load_organisation_words
from pipeline.extract.naming import Named, name_all
from pipeline.extract.offices import leave_out_offices
from pipeline.extract.others import part_others, tell_apart
from pipeline.extract.page import Page, sentences_of
from pipeline.extract.reading import Reading, reading_of
from pipeline.extract.stakes import StakeWords, load_stake_words
from pipeline.extract.status import TALKS
from pipeline.extract.surface.bodies import place_people
from pipeline.extract.surface.linear import Surface, load_surface
from pipeline.extract.surface.view import View, make_view
from pipeline.extract.values import Values, values_of
from pipeline.records import ArticleText, Deal, Extraction, Model

WEIGHTS = ROOT / "models" / "weights"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What people wrote down for the assembly."""

    organisations: OrganisationWords
    frames: Frames
    limits: Thresholds
    confidence: Confidence
    stakes: StakeWords
    described: re.Pattern[str]
    surface: Surface
    fusion: Fusion
    forests: Forests | None  # None: what the readers say counts as they say it


@cache
def load_knowledge(weights: Path = WEIGHTS) -> Knowledge:
    """Read the lexicon files of the assembly and the surface reader in the folder `weights`, once."""
    return Knowledge(
        organisations=load_organisation_words(),
        frames=load_frames(),
        limits=load_thresholds(),
        confidence=load_confidence(),
        stakes=load_stake_words(),
        described=load_party_words().pattern(),
        surface=load_surface(weights / "surface.npz"),
        fusion=load_fusion(),
        forests=load_forests(weights / "forest.npz"),
    )


def read_article(
    doc: Doc, article: ArticleText, *, model: Model, threshold: float, knowledge: Knowledge | None = None
) -> Extraction:
    """Return what `doc` says, of deals those of at least `threshold` confidence that tell something.

    `doc.text` is `article.text`.
    """
    page = Page(article.text, sentences_of(doc))  # a Doc puts its text together anew each time that it is asked
    extraction = assemble(page, reading_of(doc), values_of(doc), knowledge=knowledge or load_knowledge())
    deals = tuple(deal for deal in extraction.deals if deal.confidence >= threshold and tells(deal))
    doubted = extraction.published_doubts and article.published_trust == "high"
    told = replace(article, published_trust="low") if doubted else article
    return replace(extraction, article=told, model=model, deals=deals)


def tells(deal: Deal) -> bool:
    """Say whether a deal names somebody, a sum or a share, or, where it is more than talks, what it is about.

    "Ha concrete trattative" tells nothing, nor does "un distributore russo ha concrete trattative con due aziende".
    """
    sums = (deal.amount, deal.total, deal.stake, deal.stake_after)
    known = any(party.named for party in deal.parties) or any(each is not None for each in sums)
    return known or (deal.subject is not None and deal.status not in TALKS)


def assemble(page: Page, reading: Reading, values: Values, *, knowledge: Knowledge) -> Extraction:
    """Return what a reading comes to: all deals, whatever their confidence; article and model are left blank."""
    return assemble_drafts(page, reading, values, knowledge=knowledge)[0]


def assemble_drafts(
    page: Page, reading: Reading, values: Values, *, knowledge: Knowledge
) -> tuple[Extraction, Drafted]:
    """Return what `assemble` does, and the draft of each of its deals."""
    page = part_sentences(page, reading)
    reading, named, view = prepare(page, reading, values, knowledge=knowledge)
    people = place_people(view, named, surface=knowledge.surface, words=knowledge.organisations)
    look = look_over(page, reading, named, view=view, knowledge=knowledge)
    drafted = draft_all(look, knowledge=knowledge) if look else Drafted(scene_of_nothing(named.members), ())
    told = Told(page, drafted.scene, reading.candidates, values)
    extraction = Extraction(
        article=ArticleText("", page.text),
        model=Model("", "", ""),
        organisations=named.organisations,
        people=people,
        places=named.places,
        dates=values.dates,
        amounts=values.amounts,
        percents=values.shares,
        published_doubts=values.published_doubts,
        deals=tell_deals(told, drafted.drafts, confidence=knowledge.confidence, stakes=knowledge.stakes),
    )
    return extraction, drafted


def prepare(page: Page, reading: Reading, values: Values, *, knowledge: Knowledge) -> tuple[Reading, Named, View]:
    """Return the reading with what the tagger missed, whom it names, and the article as words."""
    reading = add_described(page.text, reading, pattern=knowledge.described)
    named = name_all(page, reading, values, words=knowledge.organisations)
    return reading, named, make_view(page.text, page.sentences, reading.candidates)


def look_over(page: Page, reading: Reading, named: Named, *, view: View, knowledge: Knowledge) -> Look | None:
    """Return what both readers say of the article together, of those triggers only that probably tell of a deal.

    None where there is no such trigger.
    """
    members = leave_out_offices(page.text, reading, named.members)
    bar = knowledge.limits.trigger
    scene = fuse(view, reading, members, surface=knowledge.surface, weights=knowledge.fusion, bar=bar)
    if not scene.triggers:
        return None
    bodies = {each.name: each.kind for each in named.organisations}
    return look_at(view, part_others(view, scene), reading, page.text, bodies)


def find_clusters(look: Look, knowledge: Knowledge) -> tuple[Cluster, ...]:
    """Return which of the article's triggers tell of one deal."""
    same = judge_pairs(look, knowledge.forests) if knowledge.forests else look.scene.same_deal
    apart = tell_apart(look.view, look.scene.spoken)
    return cluster_triggers(np.where(apart, np.float32(0), same), joined=knowledge.limits.joined)


def draft_all(look: Look, *, knowledge: Knowledge) -> Drafted:
    """Return the drafts of the article's deals, with the scene that their indices count in."""
    judge = Judge(look, knowledge.forests, knowledge.frames) if knowledge.forests else None
    clusters = find_clusters(look, knowledge)
    drafts = draft_deals(look.scene, clusters, frames=knowledge.frames, limits=knowledge.limits, judge=judge)
    return Drafted(look.scene, drafts)
