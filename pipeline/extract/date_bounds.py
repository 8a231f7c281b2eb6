"""What stands around date forms: pairs ("dal X al Y"), deadlines ("entro"), beginnings ("dal"), prepositions."""

import re
from functools import lru_cache
from typing import Final

from pipeline.extract.date_cut import Cut
from pipeline.extract.date_values import Bound, Calendar, Form, Pair, Shift, Weekday, When

# What may stand before a date and makes it a deadline or a beginning; over the shape that ends before the date.
BY: Final = re.compile(r"(?:b(?:&__)?[lA]?|bldc|u[A](?:Il)?)$")  # "entro il", "fino al", "fino a tutto il"
NOT_LATER: Final = re.compile(r"__(?:l|_[cA])$|A__l?$")  # "non oltre il", "non più tardi del", "al più tardi il"
FROM_HERE: Final = re.compile(r"F_A$")  # "da qui al"
SINCE: Final = re.compile(r"(?:(?:A_)?F|pF)$")  # "dal", "a partire dal", "già dal"
OPENINGS: Final = frozenset({"partire", "decorrere", "cominciare", "iniziare"})  # "a partire dal"
AFTER: Final = frozenset({"dopo"})
LEAD: Final = re.compile(r"[jAlpFz]{1,2}$")  # "nel", "a", "il", "per il": inside the span
SHORT_WEEKDAY: Final = frozenset(".,_m")  # what may stand before "15 novembre" where "ven" does
LEADING: Final = frozenset("_blAcFjpzV")  # what any lead ends with
PLAIN: Final = frozenset("jAlpFz")  # "nel", "a", "il", "per": the letters of LEAD
# Before each letter, what it may be a bound with: "entro il", "fino al", "prima di"; other letters may always be one
BOUND_BEFORE: Final = {
    letter: frozenset(before) for letter, before in zip("jpzlAc", ("", "", "", "b_IV", "ub_", "d_o"), strict=True)
}
FAR: Final = frozenset("_dI")  # the last letter but one of leads that are longer than two; "b&__l" is the longest
WORDED: Final = frozenset("AlcV")  # "ad oggi", "prima di", "dopo il": the word decides what these are
LATEST: Final = frozenset({("non", "più", "tardi"), ("al", "più", "tardi")})
DENIAL_REACH: Final = 5
LONGEST_BETWEEN: Final = 3  # atoms between two dates that are a pair
TO: Final = re.compile(r"(?:uA|A|ul)")  # "dal ... al", "dal ... fino al"
AND: Final = re.compile(r"&l?")  # "tra ... e il"


class Leads:
    """How many atoms right before a date are a lead of each kind, 0 where they are none."""

    __slots__ = ("alone", "by", "here", "not_later", "opened", "plain", "since", "whole")

    def __init__(self, before: str) -> None:
        by, since = BY.search(before), SINCE.search(before)
        self.by: Final = _length(by)
        self.since: Final = _length(since)
        self.here: Final = _length(FROM_HERE.search(before))
        self.not_later: Final = _length(NOT_LATER.search(before))
        self.plain: Final = _length(LEAD.search(before))
        self.whole: Final = by is not None and "I" in by.group()  # "fino a tutto il 2024"
        self.opened: Final = since is not None and since.group().startswith("A_")  # "a partire dal": the word decides
        # nothing but `plain` can stand there
        led = self.by or self.since or self.here or self.not_later
        self.alone: Final = not led and before[-1:] not in WORDED


@lru_cache(maxsize=8192)
def read_leads(before: str) -> Leads:
    """Return the leads at the end of a shape; there are few, so each is looked at once."""
    return Leads(before)


def _length(match: re.Match[str] | None) -> int:
    """Return how long a match is, 0 where there is none."""
    return len(match.group()) if match else 0


def join_pairs(cut: Cut, forms: list[Form]) -> list[Form]:
    """Join "dal X al Y", "tra X e Y", "X - Y" into one form."""
    joined: list[Form] = []
    for form in forms:
        before = joined[-1] if joined and 0 < form.first - joined[-1].last <= LONGEST_BETWEEN else None
        first = _pair_start(cut, before, form) if before else None
        if before and first is not None:
            joined[-1] = Form(first, form.last, Pair(before.when, form.when))
        else:
            joined.append(form)
    return joined


def _pair_start(cut: Cut, before: Form, form: Form) -> int | None:
    """Return where the pair of two forms begins, None where they are two."""
    if isinstance(before.when, Pair):
        return None
    lead = before.first - 1
    if cut.letters[lead] == "l":
        lead -= 1
    between = cut.shape[before.last : form.first]
    if cut.letters[lead] == "F" and TO.fullmatch(between):
        return lead
    if cut.letters[lead] == "z" and AND.fullmatch(between):
        return lead
    if between == "&" and _is_run_of_days(before.when, form.when):
        return before.first
    days = all(isinstance(when, Calendar) and when.first.month for when in (before.when, form.when))
    return before.first if between == "-" and days else None


def _is_run_of_days(first: When, last: When) -> bool:
    """Say whether two days of the week follow each other: "lunedì 22 e martedì 23", "domani e venerdì"."""
    if isinstance(first, Weekday) and isinstance(last, Weekday):
        return first.day is not None and last.day == first.day + 1
    return isinstance(first, Shift) and first.unit == "day" and isinstance(last, Weekday)


def with_bound(cut: Cut, form: Form) -> Form:
    """Mark a deadline or a beginning and take the preposition that places the date into its span."""
    if cut.letters[form.first - 1] in SHORT_WEEKDAY:
        form = _with_short_weekday(cut, form)
    first = form.first
    plain = _plain_lead(cut, first)
    if plain is not None:
        return form.replace(first=first - plain) if plain else form
    before = cut.shape[max(0, first - _reach(cut, first)) : first]
    leads = read_leads(before)
    if leads.alone and cut.letters[form.first] != "b":
        return form.replace(first=form.first - leads.plain) if leads.plain else form
    if _has_both_ends(form.when):
        return _with_lead(cut, form, before, leads)
    return _until(cut, form, before, leads) or _since(cut, form, before, leads) or _with_lead(cut, form, before, leads)


def _reach(cut: Cut, first: int) -> int:
    """Return how many letters before a date may be a lead: as few as decide, since what they are is remembered."""
    if cut.letters[first - 2] not in FAR:
        return 2
    return 5 if cut.letters[first - 4] == "&" else 4


def _plain_lead(cut: Cut, first: int) -> int | None:
    """Return how long "nel", "per il", "a" before a date is, 0 where nothing leads; None where it may be a bound."""
    if cut.letters[first] == "b":
        return None
    letter, before = cut.letters[first - 1], cut.letters[first - 2]
    if letter not in LEADING:
        return 0
    if letter not in BOUND_BEFORE or before in BOUND_BEFORE[letter] or cut.keys[first] == "oggi":
        return None
    return 0 if letter == "c" else 1 + (before in PLAIN)


def _has_both_ends(when: When) -> bool:
    """Say whether a range names both its ends: "dal 24 al 26 settembre", "da lunedì a venerdì"."""
    if isinstance(when, Calendar):
        return when.between
    return isinstance(when, Pair) or (isinstance(when, Weekday) and when.last is not None)


def _with_short_weekday(cut: Cut, form: Form) -> Form:
    """Read "ven" before "15 novembre", "Ven." and "Ven," too."""
    if not isinstance(form.when, Calendar) or not form.when.first.day:
        return form
    at = form.first - 2 if cut.letters[form.first - 1] in {".", ","} else form.first - 1
    weekday = cut.words.short_weekdays.get(cut.keys[at])
    if weekday is None or cut.letters[at - 1] == "d":
        return form
    return form.replace(first=at, when=form.when.replace(weekday=weekday))


def _until(cut: Cut, form: Form, before: str, leads: Leads) -> Form | None:
    """Read "entro il", "fino al", "fino a tutto il 2024", "ad oggi", "da qui al 2030"."""
    if leads.here and cut.keys[form.first - 2] == "qui":
        return Form(form.first - leads.here, form.last, Pair(Shift("year", 0, 0), form.when))
    by = leads.by or _not_later(cut, form, leads)
    if not by:
        today = before.endswith("A") and cut.keys[form.first] == "oggi"
        led = cut.letters[form.first] == "b"  # "entro due settimane"
        return Form(form.first - today, form.last, form.when, Bound.BY) if today or led else None
    when = form.when
    if leads.whole and isinstance(when, Calendar) and when.first.month is None:
        when = when.replace(first=when.first.replace(month=12))
    return Form(form.first - by, form.last, when, Bound.BY)


def _not_later(cut: Cut, form: Form, leads: Leads) -> int:
    """Return how long "non oltre il", "non più tardi del" is."""
    words = cut.atoms.keys[form.first - leads.not_later : form.first] if leads.not_later else ()
    return leads.not_later if words[:2] == ("non", "oltre") or words[:3] in LATEST else 0


def _since(cut: Cut, form: Form, before: str, leads: Leads) -> Form | None:
    """Read "dal", "a partire dal", "già dal"."""
    length = leads.since
    if leads.opened and cut.keys[form.first - 2] not in OPENINGS:
        length = 1 if before.endswith("F") else 0
    return Form(form.first - length, form.last, form.when, Bound.SINCE) if length else None


def _is_denied(cut: Cut, index: int) -> bool:
    """Say whether "non" stands up to four words before, in the same clause."""
    for at in range(index - 1, index - DENIAL_REACH, -1):
        if cut.keys[at] == "non":
            return True
        if not cut.keys[at].isalpha():
            return False
    return False


def _with_lead(cut: Cut, form: Form, before: str, leads: Leads) -> Form:
    """Read "prima di" and "dopo" as bounds; take "nel", "per il", "a" into the span."""
    article = before.endswith(("l", "c"))
    word = cut.keys[form.first - 2 if article else form.first - 1]
    if before.endswith("c") and word == "prima" and _is_denied(cut, form.first - 2):
        start = form.first - 2 - (cut.keys[form.first - 3] == "non")
        return form.replace(
            first=start, bound=Bound.SINCE
        )  # "non prima del 2026", "non sono previste prima di ottobre"
    if before.endswith("c") and word == "prima":
        return form.replace(first=form.first - 2, bound=Bound.BEFORE)
    if word in AFTER and not before.endswith("c"):
        return form.replace(first=form.first - 1 - article, bound=Bound.SINCE)
    return form.replace(first=form.first - leads.plain) if leads.plain else form
