"""Days as pages write them: in addresses, for machines, for readers. Pure; the page's zone is Europe/Rome.

Nothing is completed: "marzo 2024" and "12 marzo" give no day.
"""

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

ROME = ZoneInfo("Europe/Rome")
FIRST = date(1990, 1, 1)  # no page is older than the web
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "gennaio genn gen january jan",
            "febbraio febbr feb february",
            "marzo mar march",
            "aprile apr april",
            "maggio magg mag may",
            "giugno giu june jun",
            "luglio lug july jul",
            "agosto ago august aug",
            "settembre sett set september sept sep",
            "ottobre ott october oct",
            "novembre nov november",
            "dicembre dic december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
# "/2024/03/12/", "/2024-03-12-titolo", "/20240312/", "-202403121015" yes; "/2024/03/titolo", "id-20240312999" no
URL_DAYS = (
    re.compile(r"(?<!\d)((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)[-_](\d\d)[-_](\d\d)(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?:[012]\d[0-5]\d(?:[0-5]\d)?)?(?!\d)"),
)
# "/24_marzo_12/" yes (corriere.it)
URL_CORRIERE = re.compile(rf"(?<!\d)(\d\d)_({_MONTH})_(\d\d)(?!\d)", re.IGNORECASE)
# "/12-03-2024/", "/12032024-" yes
URL_DAY_FIRST = re.compile(r"(?<!\d)(\d\d)[-_/.]?(\d\d)[-_/.]?((?:19|20)\d\d)(?!\d)")
# "2024-03-12T10:30:00+01:00", "2024-03-12 10:30", "20240312", "2024/03/12" yes
ISO = re.compile(
    r"\s*((?:19|20)\d\d)[-/.]?(\d\d)[-/.]?(\d\d)"
    r"(?:[T\s,]+(\d{1,2})[:.]?(\d\d)(?:[:.]?(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?)?(?!\d)",
    re.IGNORECASE,
)
EPOCH = re.compile(r"\s*(1\d{9})(\d{3})?\s*")  # "1710236400", "1710236400000" yes
# "12 marzo 2024", "1° mar. 2024", "12-mar-2024", "12 marzo '24", "12 de marzo" no
IN_WORDS = re.compile(
    rf"(?<![\d.,/])(\d{{1,2}})[°º^]?[\s\-/.]{{1,3}}({_MONTH})\b\.?[\s\-/.,]{{0,3}}((?:19|20)\d\d|['’]\d\d)(?!\d)",
    re.IGNORECASE,
)
# "March 12, 2024", "Tue Mar 12 10:30:00 CET 2024" (Java) yes
MONTH_FIRST = re.compile(
    rf"\b({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?:[\d:]{{4,8}}\s+[A-Z]{{3,4}}\s+)?((?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
# "12/03/2024", "12.3.24", "12-03-2024" yes; "1.12.2024.5" no, "10.30" no
IN_DIGITS = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d|\d\d)(?![\d/-]|\.\d)")
YEAR_FIRST = re.compile(r"(?<![\d./-])((?:19|20)\d\d)([./-])(\d{1,2})\2(\d{1,2})(?!\d)")


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day as a reader sees it. Offsets are characters of the text it was found in."""

    day: date
    start: int
    end: int


# What a line may hold beside its date and still be a dateline
DECORATION = re.compile(
    r"\b(?:ore|alle|il|del|di|da|in|a\s+cura|pubblicat\w+|inserit\w+|aggiornat\w+|ultim\w+|modific\w+|aggiornamento|data"
    r"|scritto|postato|creato|redazione|lettura|minut\w+|min|letto|volte|visite|visualizzazioni|commenti|cet|cest|gmt|am|pm|h)\b"
    r"|\b(?:luned|marted|mercoled|gioved|venerd)[ìi'’]|\b(?:sabato|domenica|lun|mar|mer|gio|ven|sab|dom)\b|\d|\W",
    re.IGNORECASE,
)


def rome_day(moment: datetime) -> date:
    """Return the day in Rome; a moment without zone is taken as Roman."""
    if moment.tzinfo is None or moment.year in (MINYEAR, MAXYEAR):  # at the ends of time there is no next zone
        return moment.date()
    return moment.astimezone(ROME).date()


def day_of_url(url: str, *, latest: date) -> date | None:
    """Return the day that an address names wholly, not after `latest`."""
    path = url.split("://", 1)[-1].partition("/")[2].split("?", 1)[0]
    for pattern in URL_DAYS:
        for found in pattern.finditer(path):
            if day := checked_day(found[1], found[2], found[3], latest=latest):
                return day
    for found in URL_CORRIERE.finditer(path):
        if day := checked_day("20" + found[1], MONTHS[found[2].lower()], found[3], latest=latest):
            return day
    for found in URL_DAY_FIRST.finditer(path):
        if day := checked_day(found[3], found[2], found[1], latest=latest):
            return day
    return None


def parse_moment(text: str) -> datetime | None:
    """Read what pages write for machines; None for what is no day. Without a zone it is Roman."""
    text = text.strip().replace("&#43;", "+")[:100]
    if found := EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(found[1]), tz=UTC)
    if found := ISO.match(text):
        return _moment_of_iso(found)
    if text[:3].isalpha() and "," in text[:10]:
        try:
            return parsedate_to_datetime(text)  # RFC 822: "Tue, 12 Mar 2024 10:30:00 +0100"
        except ValueError:  # "Martedì, 12 marzo 2024" is for readers: below
            pass
    written = next(iter(find_days(text, latest=date.max)), None)
    return datetime(written.day.year, written.day.month, written.day.day, tzinfo=ROME) if written else None


def find_days(text: str, *, latest: date) -> tuple[WrittenDay, ...]:
    """Return the whole days written in `text`, in reading order, none after `latest`."""
    found: list[WrittenDay] = []
    for pattern, order in (
        (IN_WORDS, (3, 2, 1)),
        (MONTH_FIRST, (3, 1, 2)),
        (IN_DIGITS, (4, 3, 1)),
        (YEAR_FIRST, (1, 3, 4)),
    ):
        for match in pattern.finditer(text):
            year, month, day = (match[group] for group in order)
            if known := checked_day(_whole_year(year), MONTHS.get(month.lower(), month), day, latest=latest):
                found.append(WrittenDay(known, match.start(), match.end()))
    return tuple(sorted(found, key=lambda written: written.start))


def beside_days(text: str, days: tuple[WrittenDay, ...]) -> str:
    """Return what letters of `text` stay when its days, hours and a dateline's usual words are gone."""
    for written in reversed(days):
        text = f"{text[: written.start]} {text[written.end :]}"
    return DECORATION.sub("", text)


def checked_day(year: str | int, month: str | int, day: str | int, *, latest: date) -> date | None:
    """Return the day, or None when there is none such, or before the web, or after `latest`."""
    try:
        known = date(int(year), int(month), int(day))
    except ValueError:  # 31 febbraio, or digits that mean something else
        return None
    return known if FIRST <= known <= latest else None


def _whole_year(year: str) -> str:
    if len(year) == 4:
        return year
    two = year[-2:]
    return ("19" if two >= "90" else "20") + two


def _moment_of_iso(found: re.Match[str]) -> datetime | None:
    year, month, day, hour, minute, second, zone = found.groups()
    if not checked_day(year, month, day, latest=date.max):
        return None
    stamp = f"{year}-{month}-{day}"
    if hour is not None:
        zone = {"Z": "+00:00", "UTC": "+00:00", "GMT": "+00:00"}.get((zone or "").upper(), zone or "")
        stamp += f"T{hour:0>2}:{minute}:{second or '00'}{zone}"
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:  # "24:00", "+25:00"
        moment = datetime.fromisoformat(stamp[:10])
    return moment if moment.tzinfo else moment.replace(tzinfo=ROME)
