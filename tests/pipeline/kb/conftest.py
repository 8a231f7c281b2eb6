"""A knowledge base of its own for each test, and one with the Kamaz order in it."""

import pytest

from pipeline.kb import KnowledgeBase
from tests.pipeline.kb.told import article, open_base, over, reading, save, told_deal

KAMAZ = "La Kamaz nel 2013 ha assegnato a due aziende piemontesi un ordine per oltre un milione di euro."


@pytest.fixture
def base(tmp_path):
    with open_base(tmp_path) as opened:
        yield opened


@pytest.fixture
def kamaz(base: KnowledgeBase):
    told = article(1, f"{KAMAZ}\n\nNon è finita.", title="I russi in Piemonte")
    deal = told_deal(
        told.text,
        "order",
        {"Kamaz": "client", "due aziende piemontesi": "supplier"},
        unnamed=("due aziende piemontesi",),
        sentence=KAMAZ,
        trigger="ha assegnato",
        amount=over(told.text, "oltre un milione di euro", "1000000"),
        date="2013",
    )
    save(base, told, reading(told, ("Kamaz",), (deal,)))
    return base
