"""Days as addresses, machines and readers have them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.days import beside_days, day_of_url, find_days, parse_moment, rome_day

LATEST = date(2026, 11, 29)

URLS = [
    ("https://www.alfa.it/economia/2014/11/19/news/titolo-1/", "2014-11-19"),
    ("https://www.alfa.it/economia/14_novembre_19/titolo.shtml", "2014-11-19"),
    ("https://www.alfa.it/2024-03-12-titolo.html", "2024-03-12"),
    ("https://www.alfa.it/art/20240312/titolo", "2024-03-12"),
    ("https://www.alfa.it/news/titolo-202403121015", "2024-03-12"),
    ("https://www.alfa.it/notizie/12-03-2024/titolo", "2024-03-12"),
    ("https://www.alfa.it/2024/03/titolo", None),  # a month is no day
    ("https://www.alfa.it/titolo-20241399/", None),  # no such month
    ("https://www.alfa.it/2031/03/12/titolo", None),  # to come
    ("https://www.alfa.it/foto-1280-1024-20", None),
    ("https://www.alfa.it/articolo?data=2024-03-12", None),  # a question to the site, not its place
]

MOMENTS = [
    ("2023-03-13T23:20:00Z", "2023-03-14"),  # after midnight in Rome
    ("2023-07-13T22:10:00+00:00", "2023-07-14"),
    ("2023-03-14T00:20:00+01:00", "2023-03-14"),
    ("2023-03-14T08:30+0200", "2023-03-14"),
    ("2023-03-14 23:50:00", "2023-03-14"),  # without a zone: Rome's
    ("2023-03-14", "2023-03-14"),
    ("20230314", "2023-03-14"),
    ("2023/03/14 10:00", "2023-03-14"),
    ("2023-03-14T10:00:00.123456Z", "2023-03-14"),
    ("Tue, 14 Mar 2023 10:30:00 +0100", "2023-03-14"),
    ("Martedì, 14 marzo 2023", "2023-03-14"),
    ("14/03/2023 08:15", "2023-03-14"),
    ("March 14, 2023", "2023-03-14"),
    ("Tue Mar 14 10:30:00 CET 2023", "2023-03-14"),
    ("lun, 14 mar 2023 10:30:00 +0100", "2023-03-14"),
    ("Fri, 31 Dec 9999 23:59:59 -1200", "9999-12-31"),
    ("1678789800", "2023-03-14"),
    ("1678789800000", "2023-03-14"),
    ("2023-02-31", None),
    ("0000-00-00", None),
    ("oggi", None),
    ("", None),
]

WRITTEN = [  # (text, days in it)
    ("di Mario Rossi - 12 marzo 2024", ["2024-03-12"]),
    ("Pubblicato il 3/5/2023", ["2023-05-03"]),
    ("TORINO, 12 MAR 2024 - Alfa", ["2024-03-12"]),
    ("1° aprile 2020", ["2020-04-01"]),
    ("09.11.2021, ore 10", ["2021-11-09"]),
    ("lun 12-mar-2018", ["2018-03-12"]),
    ("12 marzo '07", ["2007-03-12"]),
    ("12/03/98", ["1998-03-12"]),
    ("dal 3 maggio 2021 al 4 giugno 2021", ["2021-05-03", "2021-06-04"]),
    ("marzo 2024", []),
    ("12 marzo", []),
    ("alle 10.30 del 12", []),
    ("versione 1.12.2024.5", []),
    ("31/02/2020", []),
    ("un calo del 12,03,2020", []),
    ("12 marzo 1650", []),
]


@pytest.mark.parametrize(("url", "day"), URLS)
def test_day_of_url(url: str, day: str | None) -> None:
    assert day_of_url(url, latest=LATEST) == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(("text", "day"), MOMENTS)
def test_moment_for_machines_gives_a_day_in_rome(text: str, day: str | None) -> None:
    moment = parse_moment(text)
    assert (rome_day(moment).isoformat() if moment else None) == day


@pytest.mark.parametrize(("text", "days"), WRITTEN)
def test_written_days(text: str, days: list[str]) -> None:
    found = find_days(text, latest=LATEST)
    assert [written.day.isoformat() for written in found] == days
    assert all(0 <= written.start < written.end <= len(text) for written in found)


def test_moment_keeps_its_zone() -> None:
    assert parse_moment("2023-03-14 10:00") == datetime(2023, 3, 14, 10, tzinfo=ZoneInfo("Europe/Rome"))


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Pubblicato il 12 marzo 2024 alle 10:30", ""),
        ("mar 12/03/2024 - ore 10", ""),
        ("Firmato il 12 marzo 2024 a Roma", "FirmatoaRoma"),
    ],
)
def test_what_stands_beside_a_day(text: str, rest: str) -> None:
    assert beside_days(text, find_days(text, latest=LATEST)) == rest


@given(
    st.one_of(
        st.text(max_size=60), st.from_regex(r"[A-Za-z]{3}, \d{1,2} [A-Za-z]{3} \d{1,5} [\d:+ -]{0,20}", fullmatch=True)
    )
)
def test_any_text_is_a_day_or_none(text: str) -> None:
    moment = parse_moment(text)
    assert moment is None or rome_day(moment) <= date.max
    assert all(written.day <= LATEST for written in find_days(text, latest=LATEST))
