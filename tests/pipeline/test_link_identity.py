"""A deal keeps its identity over a new model by the sentence that proves it."""

import pytest

from pipeline.link import match_by_quotes, match_by_terms, quote_key
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


JOIN = "Valgrande e Hydrovolt, che nel 2021 avevano firmato un accordo di ricerca, danno vita a una società comune."
TITLE = "Valgrande e Hydrovolt mettono su casa"


def test_two_deals_of_one_family_in_one_sentence_keep_their_own_by_type_and_what_else_is_told():
    old = (
        at("2024-11-19 partnership completed partner=1,2,3", 1, JOIN),
        at("2024-11-19 joint_venture signed partner=1,2 target=4", 2, TITLE, JOIN),
    )
    new = (
        at("2024-11-19 joint_venture signed partner=1,2,3 target=4", 3, TITLE, JOIN),  # all that the first tells, too
        at("2024-11-19 partnership completed partner=1,2,3", 4, JOIN),
    )
    assert set(match_by_quotes(old, new)) == {(1, 4), (2, 3)}
    assert set(match_by_quotes(old, new[::-1])) == {(1, 4), (2, 3)}


BUSES = "2020-10-13 public_tender completed client=1 supplier=2 EUR=~22"
TERMS = [  # new telling by another sentence, whether it is the same deal
    ("2020-10-13 public_tender signed client=1 supplier=2 EUR=~22", True),
    ("2020-10-13 order signed client=1 supplier=2 EUR=22", True),  # one family
    ("2020-10-13 public_tender signed client=1 supplier=2 EUR=7", False),  # the second lot
    ("2020-10-13 public_tender signed client=1 supplier=2", False),  # no sum to know it by
    ("2020-10-13 public_tender signed client=1 supplier=3 EUR=~22", False),
    ("2020-10-13 public_tender signed client=1 supplier=due_aziende EUR=~22", False),
    ("2020-10-13 loan signed lender=1 borrower=2 EUR=~22", False),
]


@pytest.mark.parametrize(("line", "same"), TERMS)
def test_a_deal_that_another_sentence_proves_is_known_by_parties_and_sum(line, same):
    old, new = at(BUSES, 1, SENTENCE), at(line, 2, OTHER)
    assert match_by_terms((old,), (new,)) == (((1, 2),) if same else ())


def test_a_quote_is_compared_by_its_letters():
    assert quote_key("L’ordine è  da «12» milioni.") == quote_key("l'ordine e' da 12 milioni")
    assert quote_key("12 milioni") != quote_key("13 milioni")
