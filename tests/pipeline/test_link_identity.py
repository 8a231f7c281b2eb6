"""A deal keeps its identity over a new model by the sentence that proves it."""

import pytest

from pipeline.link import match_by_quotes, quote_key
from tests.pipeline.tellings import tell

SENTENCE = "La Kamvol ha assegnato a due aziende un ordine da un milione."
OTHER = "Nel 2017 Bain aveva comprato la Zeta."
LOAN = "2014-11-19 loan signed lender=8 borrower=9"
ORDER = "2014-11-19 order signed client=1 supplier=due_aziende"


def at(line, id, *quotes, article=1):
    return tell(line, id=id, article=article, quotes=quotes)


KEPT = [  # (old, new): one deal read by two models
    (at(ORDER, 1, SENTENCE), at(ORDER, 2, SENTENCE)),
    (at(ORDER, 1, SENTENCE), at("2014-11-19 supply_agreement announced client=1", 2, SENTENCE)),  # another type
    (at(ORDER, 1, SENTENCE), at("2014-11-19 partnership signed client=1 supplier=due_aziende", 2, SENTENCE)),
    (at(ORDER, 1, SENTENCE), at(ORDER, 2, SENTENCE + " " + OTHER)),  # sentences cut anew
    (at(ORDER, 1, SENTENCE, OTHER), at(ORDER, 2, SENTENCE.replace("La ", "la  "))),
]


@pytest.mark.parametrize(("old", "new"), KEPT)
def test_the_same_deal(old, new):
    assert match_by_quotes((old,), (new,)) == ((1, 2),)


NEW = [
    (at(ORDER, 1, SENTENCE), at(ORDER, 2, OTHER)),  # another sentence
    (at(ORDER, 1, SENTENCE), at(ORDER, 2, SENTENCE, article=2)),  # another article
    (at(ORDER, 1), at(ORDER, 2)),  # no proof
    (
        at(ORDER, 1, SENTENCE, "Uno.", "Due.", "Tre."),
        at(LOAN, 2, "Uno.", OTHER),
    ),
]


@pytest.mark.parametrize(("old", "new"), NEW)
def test_another_deal(old, new):
    assert match_by_quotes((old,), (new,)) == ()


def test_two_deals_of_one_sentence_keep_their_own():
    old = (at(ORDER, 1, SENTENCE), at(LOAN, 2, SENTENCE))
    new = (at(LOAN, 3, SENTENCE), at(ORDER, 4, SENTENCE))
    assert set(match_by_quotes(old, new)) == {(1, 4), (2, 3)}


def test_a_quote_is_compared_by_its_letters():
    assert quote_key("L’ordine è  da «12» milioni.") == quote_key("l'ordine e' da 12 milioni")
    assert quote_key("12 milioni") != quote_key("13 milioni")
