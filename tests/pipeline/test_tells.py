"""Which deals tell an analyst something."""

from decimal import Decimal

import pytest

from pipeline.extract.read import tells
from pipeline.records import Amount, Deal, DealType, Party, PartyRole, Qualifier, Status

SOME = Party("un distributore russo", PartyRole.CLIENT, named=False, evidence=())
NAMED = Party("Kamaz", PartyRole.CLIENT, named=True, evidence=())
SUM = Amount(0, 1, "5 milioni", currency="EUR", qualifier=Qualifier.EXACT, value=Decimal(5_000_000))


@pytest.mark.parametrize(
    ("status", "party", "amount", "stake", "subject", "told"),
    [
        (Status.NEGOTIATION, SOME, None, None, None, False),  # "ha concrete trattative"
        (Status.NEGOTIATION, SOME, None, None, "ricambi", False),
        (Status.RUMOUR, SOME, None, None, "ricambi", False),
        (Status.NEGOTIATION, NAMED, None, None, None, True),
        (Status.NEGOTIATION, SOME, SUM, None, None, True),
        (Status.RUMOUR, SOME, None, Decimal(30), None, True),
        (Status.SIGNED, SOME, None, None, "ricambi", True),
        (Status.SIGNED, SOME, None, None, None, False),
        (Status.SIGNED, NAMED, None, None, None, True),
    ],
)
def test_talks_of_nobody_for_no_sum_tell_nothing(status, party, amount, stake, subject, told):
    deal = Deal(DealType.ORDER, status, False, (party,), amount, stake, None, subject, (), 0.9)
    assert tells(deal) is told
