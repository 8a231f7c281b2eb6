"""Drift alarms: is a source tonight what it was in the last 28 days? Pure: counts in, alarms out.

A feed that moved, a template that changed, a consent page in place of the article: none of them is an error anywhere,
all of them show in the counts.
"""

from collections.abc import Sequence
from statistics import median

from scrapers.frontier import Night
from scrapers.issues import Issue, IssueKind

WINDOW_DAYS = 28
FEW_NIGHTS = 5  # a median of fewer says nothing
FEW_WEEKS = 3  # from so many on, new articles are compared with those of the same weekday: Sundays are quiet
FEW_ARTICLES = 5  # shares of fewer say nothing
LOW_SHARE = 0.3  # of the median: fewer links, fewer articles, shorter bodies are an alarm
LONG_BODIES = 3.0  # times the median: the whole page is taken for the body
UNDATED_SHARE = 0.3  # of tonight's articles, when it was under half of that before


def find_drift(
    source: str, tonight: Night, history: Sequence[Night], *, readable: int, minimum: int
) -> tuple[Issue, ...]:
    """Return the alarms of `source` for `tonight` against the nights of `history`, which leaves tonight out.

    `readable` are the articles on offer that could be read tonight or were read before; below `minimum`, or none at
    all, is always an alarm. The medians need five nights.
    """
    found = [*_too_few(tonight, readable, minimum)]
    if len(history) >= FEW_NIGHTS:
        found += [*_fewer(tonight, history), *_other_bodies(tonight, history), *_without_date(tonight, history)]
    return tuple(Issue(source, IssueKind.DRIFT, message) for message in found)


def _too_few(tonight: Night, readable: int, minimum: int) -> list[str]:
    if tonight.links == 0:
        return ["no links found"]
    if readable == 0:
        return [f"{tonight.links} links, but no article could be read"]
    return [f"{readable} articles, fewer than min_articles = {minimum}"] if readable < minimum else []


def _fewer(tonight: Night, history: Sequence[Night]) -> list[str]:
    same_day = [night for night in history if night.day.weekday() == tonight.day.weekday()]
    alike = same_day if len(same_day) >= FEW_WEEKS else history
    counts = (
        ("links", tonight.links, median(night.links for night in history)),
        ("new articles", len(tonight.lengths), median(len(night.lengths) for night in alike)),
    )
    return [
        f"{count} {what}, where {usual:g} are usual"
        for what, count, usual in counts
        if usual >= 1 and count < LOW_SHARE * usual
    ]


def _other_bodies(tonight: Night, history: Sequence[Night]) -> list[str]:
    usual = [median(night.lengths) for night in history if night.lengths]
    if len(tonight.lengths) < FEW_ARTICLES or len(usual) < FEW_NIGHTS:
        return []
    length, before = median(tonight.lengths), median(usual)
    if LOW_SHARE * before <= length <= LONG_BODIES * before:
        return []
    return [f"bodies of {length:g} characters, where {before:g} are usual"]


def _without_date(tonight: Night, history: Sequence[Night]) -> list[str]:
    read, before = len(tonight.lengths), sum(len(night.lengths) for night in history)
    if read < FEW_ARTICLES or not before:
        return []
    share, usual = tonight.undated / read, sum(night.undated for night in history) / before
    if share <= UNDATED_SHARE or usual > share / 2:
        return []
    return [f"{share:.0%} of the articles without a date, where {usual:.0%} are usual"]
