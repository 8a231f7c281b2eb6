"""Who is whom and which deal is which: pure functions from what an article tells and what is known to what is one.

Opens nothing but the lexicon. `link_entities` and `assign_deals` are given candidates; `blocks_of` names the keys by
which the knowledge base finds them. What people decided comes in as pairs held apart and goes through `settle`.
"""

from pipeline.link.blocks import blocks_of, normal_form
from pipeline.link.deals import assign_deals
from pipeline.link.decisions import Contradiction, Settled, check_decision, settle
from pipeline.link.entities import link_entities
from pipeline.link.families import family_of
from pipeline.link.identity import match_by_quotes, match_by_terms, quote_key
from pipeline.link.merged import merge_tellings, number_text, sum_text
from pipeline.link.naming import choose_name
from pipeline.link.organisations import Judgement, Verdict, judge_names
from pipeline.link.places import HomePlace, find_place
from pipeline.link.sides import says_behind
from pipeline.link.sorts import is_sort, proves_sort, resolve_sort

__all__ = [
    "Contradiction",
    "HomePlace",
    "Judgement",
    "Settled",
    "Verdict",
    "assign_deals",
    "blocks_of",
    "check_decision",
    "choose_name",
    "family_of",
    "find_place",
    "is_sort",
    "judge_names",
    "link_entities",
    "match_by_quotes",
    "match_by_terms",
    "merge_tellings",
    "normal_form",
    "number_text",
    "proves_sort",
    "quote_key",
    "resolve_sort",
    "says_behind",
    "settle",
    "sum_text",
]
