"""Under which of its names a body or a person is shown: the best attested full one, not the longest ever written."""

from collections import defaultdict
from collections.abc import Mapping

from pipeline.link.blocks import normal_form
from pipeline.link.matches import is_letters_of
from pipeline.link.names import parse_org_name

SHORT = 0.1  # "Baldanza" gives way to "Cantieri Baldanza" where one article in ten says so
FULL = 0.5  # "Cantieri Baldanza" gives way to "Cantieri Baldanza Ancona" only where every second one does
SPELLING = 0.1  # "Mps" to "Banca Monte dei Paschi di Siena", its equal


def choose_name(kind: str, seen: Mapping[str, int], current: str) -> str:
    """Return the name to show of those `seen` (how often each); `current` where they leave it open, or none is left."""
    told = {name: count for name, count in seen.items() if count > 0}
    named = {name: count for name, count in told.items() if kind == "person" or not parse_org_name(name).generic}
    forms: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for name, count in (named or told).items():
        forms[normal_form(kind, name)][name] = count
    if not forms:
        return current
    totals = {form: sum(names.values()) for form, names in forms.items()}
    best = max(totals, key=lambda form: (totals[form], form == normal_form(kind, current), len(form), form))
    while fuller := [form for form in totals if gives_way(best, form, totals)]:
        best = max(fuller, key=lambda form: (totals[form], len(form), form))
    return choose_spelling(forms[best], current)


def gives_way(form: str, fuller: str, totals: Mapping[str, int]) -> bool:
    """Return whether `form` is a short one, or an acronym, of one that is attested well enough to be shown instead."""
    words, others = set(form.split()), set(fuller.split())
    if not (words < others or is_letters_of(form, fuller)):
        return False
    return totals[fuller] > totals[form] * FULL if len(words) > 1 else totals[fuller] >= totals[form] * SHORT


def choose_spelling(names: Mapping[str, int], current: str) -> str:
    """Return the longest of the spellings that are not rare; of those alike in length the most frequent one.

    "Brembo" before "BREMBO", which headlines shout.
    """
    most = max(names.values())
    usual = [name for name, count in names.items() if count >= most * SPELLING]
    return max(usual, key=lambda name: (len(name), not name.isupper(), names[name], name == current, name))
