"""Periods, sums and places as the linker compares them."""

from datetime import date

import pytest

from pipeline.link import find_place
from pipeline.link.periods import Period, months_after, parse_period
from pipeline.link.sums import ratio
from pipeline.records import Mention, Organisation
from tests.pipeline.tellings import make_sum

PERIODS = [
    ("2014-11-25", date(2014, 11, 25), date(2014, 11, 25)),
    ("2014-02", date(2014, 2, 1), date(2014, 2, 28)),
    ("2013", date(2013, 1, 1), date(2013, 12, 31)),
    ("2024-03~", date(2024, 3, 1), date(2024, 3, 31)),
    ("2014-11-11/2014-11-12", date(2014, 11, 11), date(2014, 11, 12)),
    ("/2024-12", None, date(2024, 12, 31)),
    ("2024-03/", date(2024, 3, 1), None),
    ("2024-03/..", date(2024, 3, 1), None),
]


@pytest.mark.parametrize(("edtf", "first", "last"), PERIODS)
def test_periods(edtf, first, last):
    assert parse_period(edtf) == Period(first, last)


@pytest.mark.parametrize(
    "edtf", ["XXXX-11-25", "XXXX-11-11/XXXX-11-12", "2014-02-30", "2014-13", "", "/", "ieri", "0000"]
)
def test_what_is_no_period(edtf):
    assert parse_period(edtf) is None


GAPS = [
    ("2013", "2013-05-02", 0),
    ("2013-01", "2014-01", 11),
    ("2014-01", "2013-01", -11),
    ("/2013", "2014", 0),
    ("2013-06/", "2012", -5),
]


@pytest.mark.parametrize(("one", "two", "months"), GAPS)
def test_gaps_in_months(one, two, months):
    assert round(months_after(parse_period(one), parse_period(two))) == months


RATIOS = [  # (sum, sum, by how much they differ beyond their hedges)
    ("10+", "10.2", 1),
    ("10+", "12.5", 1),
    ("10+", "26", 2),
    ("~22", "21.6", 1),
    ("8-10", "9.2", 1),
    ("18-20", "30", 1.5),
    ("12", "12", 1),
    ("12", "24", 2),
    ("24", "12", 2),
]


@pytest.mark.parametrize(("one", "two", "factor"), RATIOS)
def test_sums_compared(one, two, factor):
    assert float(ratio(make_sum("EUR", one), make_sum("EUR", two))) == pytest.approx(factor)


def test_sums_of_two_currencies_are_not_compared():
    assert ratio(make_sum("EUR", "12"), make_sum("USD", "12")) is None
    assert ratio(make_sum("EUR", "12"), None) is None


PLACES = [  # (text with the name in brackets, province, region)
    ("[Alfa] di Alba ha vinto", "CN", "Piemonte"),
    ("[Alfa] d'Alba ha vinto", "CN", "Piemonte"),
    ("[Alfa], con sede a Bassano del Grappa, ha vinto", "VI", "Veneto"),
    ("[Alfa], società con sede legale a Reggio Emilia, ha vinto", "RE", "Emilia-Romagna"),
    ("[Alfa] (Cn) ha vinto", "CN", "Piemonte"),
    ("[Alfa] (Torino) ha vinto", "TO", "Piemonte"),
    ("[Alfa], azienda bergamasca del caffè, ha vinto", "BG", "Lombardia"),
    ("la torinese [Alfa] ha vinto", "TO", "Piemonte"),
    ("il gruppo emiliano [Alfa] ha vinto", None, "Emilia-Romagna"),
    ("i bergamaschi di [Alfa] hanno vinto", "BG", "Lombardia"),
    ("[Camera di commercio di Cuneo] dice", "CN", "Piemonte"),
    ("[Regione Puglia] dice", None, "Puglia"),
    ("[Giunta regionale della Puglia] dice", None, "Puglia"),
    ("[Università degli Studi di Brescia] dice", "BS", "Lombardia"),
    ("[Alfa] lavora a Torino", None, None),
    ("[Alfa] (Aim) ha vinto", None, None),
    ("la tedesca [Alfa] ha vinto", None, None),
    ("due aziende piemontesi e [Alfa]", None, None),
    ("[Alfa] di Stoccarda ha vinto", None, None),
    ("lo stabilimento torinese di [Alfa]", None, None),
    ("[Banca di Alba] dice", None, None),  # its name, not its seat
]


@pytest.mark.parametrize(("marked", "province", "region"), PLACES)
def test_where_an_organisation_is_at_home(marked, province, region):
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    name = text[start:end]
    place = find_place(Organisation(name, None, (), (Mention(start, end, name),)), text)
    assert (place and place.province, place and place.region) == (province, region)


def test_the_place_that_most_mentions_say():
    text = "Alfa di Alba. Alfa di Alba. Alfa di Torino."
    mentions = tuple(Mention(at, at + 4, "Alfa") for at in (0, 14, 28))
    assert find_place(Organisation("Alfa", None, (), mentions), text).province == "CN"
