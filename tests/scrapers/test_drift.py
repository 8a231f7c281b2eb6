"""Drift alarms: which nights are unlike the last 28 days."""

from datetime import date, timedelta

import pytest

from scrapers.drift import find_drift
from scrapers.frontier import Night

TONIGHT = date(2024, 3, 19)


def night(links=20, new=10, length=2000, undated=0, *, ago=0):
    return Night(TONIGHT - timedelta(days=ago), links, (length,) * new, undated)


USUAL = [night(ago=days) for days in range(1, 29)]
QUIET = [night(links=3, new=0, ago=days) for days in range(1, 29)]
# 19 March 2024 is a Tuesday: seven days before it, and so on
QUIET_TUESDAYS = [night(new=0 if days % 7 == 0 else 10, ago=days) for days in range(1, 29)]
UNDATED = [night(undated=9, ago=days) for days in range(1, 29)]
NOTHING = ["no links found", "0 links, where 20 are usual", "0 new articles, where 10 are usual"]
ALARMS = [  # (tonight, history, readable, minimum, alarms)
    (night(), USUAL, 20, 1, []),
    (night(links=15, new=4, length=1500), USUAL, 15, 1, []),
    (night(links=0, new=0), USUAL, 0, 1, NOTHING),
    (night(links=0, new=0), [], 0, 0, ["no links found"]),
    (night(links=7, new=0), [], 0, 0, ["7 links, but no article could be read"]),
    (night(links=7, new=2), [], 4, 5, ["4 articles, fewer than min_articles = 5"]),
    (night(links=7, new=5), [], 5, 5, []),
    (night(links=5), USUAL, 5, 1, ["5 links, where 20 are usual"]),
    (night(links=5), USUAL[:4], 5, 1, []),  # four nights say nothing
    (night(new=2), USUAL, 20, 1, ["2 new articles, where 10 are usual"]),
    (night(links=3, new=0), QUIET, 3, 1, []),
    (night(new=0), QUIET_TUESDAYS, 20, 1, []),
    (night(new=0), QUIET_TUESDAYS[:14], 20, 1, ["0 new articles, where 10 are usual"]),  # two Tuesdays say nothing
    (night(length=400), USUAL, 20, 1, ["bodies of 400 characters, where 2000 are usual"]),
    (night(length=9000), USUAL, 20, 1, ["bodies of 9000 characters, where 2000 are usual"]),
    (night(new=4, length=400), USUAL, 20, 1, []),  # four bodies say nothing
    (night(undated=4), USUAL, 20, 1, ["40% of the articles without a date, where 0% are usual"]),
    (night(undated=2), USUAL, 20, 1, []),
    (night(undated=9), UNDATED, 20, 1, []),
]  # fmt: skip


@pytest.mark.parametrize(("tonight", "history", "readable", "minimum", "alarms"), ALARMS)
def test_alarms(tonight, history, readable, minimum, alarms):
    found = find_drift("alfa", tonight, history, readable=readable, minimum=minimum)
    assert [issue.message for issue in found] == alarms
    assert all(issue.alarm and issue.source == "alfa" for issue in found)
