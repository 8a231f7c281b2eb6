"""What stands around date forms: pairs ("dal X al Y"), deadlines ("entro"), beginnings ("dal"), prepositions."""

import re
from collections.abc import Sequence

from pipeline.extract.date_cut import Cut
from pipeline.extract.date_values import Bound, Calendar, Form, Pair, Shift, Weekday, When

# What may stand before a date and makes it a deadline or a beginning; over the shape that ends before the date.
BY = re.compile(r"(?:b(?:&__)?[lA]?|bldc|u[A](?:Il)?)$")  # "entro il", "fino al", "fino a tutto il"
NOT_LATER = re.compile(r"__(?:l|_[cA])$|A__l?$")  # "non oltre il", "non più tardi del", "al più tardi il"
FROM_HERE = re.compile(r"F_A$")  # "da qui al"
SINCE = re.compile(r"(?:(?:A_)?F|pF)$")  # "dal", "a partire dal", "già dal"
OPENINGS = frozenset({"partire", "decorrere", "cominciare", "iniziare"})  # "a partire dal"
AFTER = frozenset({"dopo"})
LEAD = re.compile(r"[jAlpFz]{1,2}$")  # "nel", "a", "il", "per il": inside the span
LEAD_REACH = 5
LATEST = frozenset({("non", "più", "tardi"), ("al", "più", "tardi")})
DENIAL_REACH = 5
TO = re.compile(r"(?:uA|A|ul)")  # "dal ... al", "dal ... fino al"
AND = re.compile(r"&l?")  # "tra ... e il"


def join_pairs(cut: Cut, forms: Sequence[Form]) -> list[Form]:
    """Join "dal X al Y", "tra X e Y", "X - Y" into one form."""
    joined: list[Form] = []
    for form in forms:
        before = joined[-1] if joined else None
        first = _pair_start(cut, before, form) if before else None
        if before and first is not None:
            joined[-1] = Form(first, form.last, Pair(before.when, form.when))
        else:
            joined.append(form)
    return joined


def _pair_start(cut: Cut, before: Form, form: Form) -> int | None:
    """Return where the pair of two forms begins, None where they are two."""
    if not 0 < form.first - before.last <= 3 or isinstance(before.when, Pair):
        return None
    lead = before.first - 1
    if cut.letter(lead) == "l":
        lead -= 1
    between = cut.shape[before.last : form.first]
    if cut.letter(lead) == "F" and TO.fullmatch(between):
        return lead
    if cut.letter(lead) == "z" and AND.fullmatch(between):
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
    form = _with_short_weekday(cut, form)
    before = cut.shape[max(0, form.first - LEAD_REACH) : form.first]
    if _has_both_ends(form.when):
        return _with_lead(cut, form, before)
    return _until(cut, form, before) or _since(cut, form, before) or _with_lead(cut, form, before)


def _has_both_ends(when: When) -> bool:
    """Say whether a range names both its ends: "dal 24 al 26 settembre", "da lunedì a venerdì"."""
    if isinstance(when, Calendar):
        return when.between
    return isinstance(when, Pair) or (isinstance(when, Weekday) and when.last is not None)


def _with_short_weekday(cut: Cut, form: Form) -> Form:
    """Read "ven" before "15 novembre", "Ven." and "Ven," too."""
    at = form.first - 2 if cut.letter(form.first - 1) in {".", ","} else form.first - 1
    weekday = cut.words.lexicon.short_weekdays.get(cut.key(at))
    if weekday is None or not isinstance(form.when, Calendar) or not form.when.first.day or cut.letter(at - 1) == "d":
        return form
    return form._replace(first=at, when=form.when._replace(weekday=weekday))


def _until(cut: Cut, form: Form, before: str) -> Form | None:
    """Read "entro il", "fino al", "fino a tutto il 2024", "ad oggi", "da qui al 2030"."""
    here = FROM_HERE.search(before)
    if here and cut.key(form.first - 2) == "qui":
        return Form(form.first - len(here.group()), form.last, Pair(Shift("year", 0, 0), form.when))
    by = BY.search(before) or _not_later(cut, form, before)
    if by is None:
        today = before.endswith("A") and cut.key(form.first) == "oggi"
        led = cut.letter(form.first) == "b"  # "entro due settimane"
        return form._replace(first=form.first - today, bound=Bound.BY) if today or led else None
    whole = "I" in by.group() and isinstance(form.when, Calendar) and form.when.first.month is None
    december = isinstance(form.when, Calendar) and form.when._replace(first=form.when.first._replace(month=12))
    when = december if whole and december else form.when
    return form._replace(first=form.first - len(by.group()), when=when, bound=Bound.BY)


def _not_later(cut: Cut, form: Form, before: str) -> re.Match[str] | None:
    """Read "non oltre il", "non più tardi del"."""
    match = NOT_LATER.search(before)
    words = cut.atoms.keys[form.first - len(match.group()) : form.first] if match else ()
    return match if words[:2] == ("non", "oltre") or words[:3] in LATEST else None


def _since(cut: Cut, form: Form, before: str) -> Form | None:
    """Read "dal", "a partire dal", "già dal"."""
    since = SINCE.search(before)
    if since and since.group().startswith("A_") and cut.key(form.first - 2) not in OPENINGS:
        since = None if before[-1:] != "F" else re.search("F$", before)
    return form._replace(first=form.first - len(since.group()), bound=Bound.SINCE) if since else None


def _is_denied(cut: Cut, index: int) -> bool:
    """Say whether "non" stands up to four words before, in the same clause."""
    for at in range(index - 1, index - DENIAL_REACH, -1):
        if cut.key(at) == "non":
            return True
        if not cut.key(at).isalpha():
            return False
    return False


def _with_lead(cut: Cut, form: Form, before: str) -> Form:
    """Read "prima di" and "dopo" as bounds; take "nel", "per il", "a" into the span."""
    article = before.endswith(("l", "c"))
    word = cut.key(form.first - 2 if article else form.first - 1)
    if before.endswith("c") and word == "prima" and _is_denied(cut, form.first - 2):
        start = form.first - 2 - (cut.key(form.first - 3) == "non")
        return form._replace(
            first=start, bound=Bound.SINCE
        )  # "non prima del 2026", "non sono previste prima di ottobre"
    if before.endswith("c") and word == "prima":
        return form._replace(first=form.first - 2, bound=Bound.BEFORE)
    if word in AFTER and not before.endswith("c"):
        return form._replace(first=form.first - 1 - article, bound=Bound.SINCE)
    lead = LEAD.search(before)
    return form._replace(first=form.first - len(lead.group())) if lead else form
