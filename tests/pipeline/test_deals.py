"""From readings to deals: who takes part in what, for how much, told how often."""

import re

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from benchmarks.gold_reading import heads_only
from pipeline.extract.page import Page
from pipeline.extract.read import assemble, read_article
from pipeline.extract.reading import set_reading
from pipeline.records import ArticleText, Model
from tests.pipeline.marked import read_marked

KNOWLEDGE = heads_only()
ACQUISITION = {"1": "acquisition completed", "2": "acquisition completed"}

DEALS = [  # (marked text, type and status by deal, what comes out: "type status: role=name … amount= total= …")
    (
        "{Alfa|ORG|1:buyer} <rileva|1> {il 60%|PERCENT|1:stake} di {Beta|ORG|1:target} per {12 euro|MONEY|1:amount}.",
        ACQUISITION,
        ["acquisition completed: buyer=Alfa target=Beta amount=12 stake=60"],
    ),
    # coordinated parties of one role are partners of one deal
    (
        "{Comune di Rimini|ORG|1:client} e {Provincia di Rimini|ORG|1:client} <comprano|1> da {Alfa|ORG|1:supplier}",
        {"1": "supply_agreement signed"},
        ["supply_agreement signed: client=Comune di Rimini client=Provincia di Rimini supplier=Alfa"],
    ),
    # two companies bought are two deals; one sum for both is their total
    (
        "{Alfa|ORG|1:buyer} <compra|1> {Beta|ORG|1:target} e {Gamma|ORG|1:target} per {30 euro|MONEY|1:amount}",
        ACQUISITION,
        [
            "acquisition completed: buyer=Alfa target=Beta total=30",
            "acquisition completed: buyer=Alfa target=Gamma total=30",
        ],
    ),
    # rispettivamente
    (
        "{Alfa|ORG|1:buyer} <compra|1> {Beta|ORG|1:target} e {Gamma|ORG|1:target} da {Delta|ORG|1:seller} e "
        "{Epsilon|ORG|1:seller}, rispettivamente per {10 euro|MONEY|1:amount} e {20 euro|MONEY|1:amount}",
        ACQUISITION,
        [
            "acquisition completed: buyer=Alfa target=Beta seller=Delta amount=10",
            "acquisition completed: buyer=Alfa target=Gamma seller=Epsilon amount=20",
        ],
    ),
    # the party stands in the headline only, under its description in the body
    (
        "{Brembo|ORG} cresce\n\n{Il gruppo di Bergamo|PARTY|=Brembo 1:buyer} <ha rilevato|1> {Beta|ORG|1:target}",
        ACQUISITION,
        ["acquisition completed: buyer=Brembo target=Beta"],
    ),
    # told twice, each time with both parties: one deal, though the linker has it as two
    (
        "{Alfa|ORG|1:buyer 2:buyer} <compra|1> {Beta|ORG|1:target 2:target}\n\n"
        "<L'operazione|2> vale {5 euro|MONEY|2:amount}.",
        ACQUISITION,
        ["acquisition completed: buyer=Alfa target=Beta amount=5"],
    ),
    # another sum, another party, or no more than one party: two deals
    (
        "{Alfa|ORG|1:lender 2:lender} <presta|1> {3 euro|MONEY|1:amount} a {Beta|ORG|1:borrower 2:borrower} e "
        "<ne aveva prestati|2> {5 euro|MONEY|2:amount}.",
        {"1": "loan completed", "2": "loan completed"},
        [
            "loan completed: lender=Alfa borrower=Beta amount=3",
            "loan completed: lender=Alfa borrower=Beta amount=5",
        ],
    ),
    (
        "{Alfa|ORG|1:investor 2:investor} <amplia|1> la fonderia. <Costruirà|2> anche una scuola.",
        {"1": "investment completed", "2": "investment completed"},
        ["investment completed: investor=Alfa", "investment completed: investor=Alfa"],
    ),
    # told three times
    (
        "{Alfa|ORG|1:buyer} <rileva|1> {Beta|ORG|1:target}\n\n<L'acquisizione|1> vale {5 euro|MONEY|1:amount}. "
        "<Il passaggio|1> è di {2013|DATE|1:date}.",
        ACQUISITION,
        ["acquisition completed: buyer=Alfa target=Beta amount=5 date=2013"],
    ),
    # a background deal of its own date
    (
        "{Alfa|ORG|1:buyer 2:target} <ha rilevato|1> {Beta|ORG|1:target}. "
        "{Nel 2017|DATE|2:date} <era passata|2> a {Bain|ORG|2:buyer}",
        ACQUISITION,
        ["acquisition completed: buyer=Alfa target=Beta", "acquisition completed: target=Alfa buyer=Bain date=2017"],
    ),
    # a trigger that tells of both deals shares its buyer, not the others' targets
    (
        "<Due acquisizioni|1 2> di {Alfa|ORG|1:buyer 2:buyer}: "
        "<compra|1> {Beta|ORG|1:target} e <rileva|2> {Gamma|ORG|2:target}",
        ACQUISITION,
        ["acquisition completed: buyer=Alfa target=Beta", "acquisition completed: buyer=Alfa target=Gamma"],
    ),
    # nobody takes part: no deal
    ("<L'accordo|1> vale {5 euro|MONEY|1:amount}.", {"1": "partnership signed"}, []),
    # a role that the type does not have
    (
        "{Alfa|ORG|1:lender} <ha rilevato|1> {Beta|ORG|1:target}",
        ACQUISITION,
        ["acquisition completed: target=Beta"],
    ),
    (
        "{Alfa|ORG|1:buyer} smentisce <l'acquisto|1> di {Beta|ORG|1:target}",
        {"1": "acquisition rumour denied"},
        ["acquisition rumour denied: buyer=Alfa target=Beta"],
    ),
    (
        "{Kamaz|ORG|1:client} <ha assegnato|1> a {due aziende piemontesi|PARTY|1:supplier} <un ordine|1>",
        {"1": "order signed"},
        ["order signed: client=Kamaz supplier=(due aziende piemontesi)"],
    ),
    # who is named only after talks of described parties is not one of them; who was named before is
    (
        "{Un distributore|PARTY|1:client} ha <trattative|1> in corso. {Kamaz|ORG|1:supplier} cresce.",
        {"1": "order negotiation"},
        ["order negotiation: client=(Un distributore)"],
    ),
    (
        "{Kamaz|ORG|1:supplier} cresce. {Un distributore|PARTY|1:client} ha <trattative|1> in corso.",
        {"1": "order negotiation"},
        ["order negotiation: supplier=Kamaz client=(Un distributore)"],
    ),
    (
        "{Un distributore|PARTY|1:client} ha <comprato|1>. {Kamaz|ORG|1:supplier} cresce.",
        {"1": "order signed"},
        ["order signed: client=(Un distributore) supplier=Kamaz"],
    ),
]


def page_of(text: str) -> Page:
    return Page(text, tuple(match.span() for match in re.finditer(r"[^.\n]+[.]?", text)))


def describe(deal) -> str:
    parties = " ".join(f"{each.role}={each.name if each.named else f'({each.name})'}" for each in deal.parties)
    values = {
        "amount": deal.amount and deal.amount.value,
        "total": deal.total and deal.total.value,
        "stake": deal.stake,
        "date": deal.date,
    }
    stated = "".join(f" {name}={value}" for name, value in values.items() if value is not None)
    return f"{deal.type} {deal.status}{' denied' * deal.denied}: {parties}{stated}"


@pytest.mark.parametrize(("marked", "deals", "expected"), DEALS)
def test_deals(marked, deals, expected):
    text, reading, values = read_marked(marked, deals)
    found = assemble(page_of(text), reading, values, knowledge=KNOWLEDGE).deals
    assert [describe(deal) for deal in found] == expected


def test_every_field_has_its_evidence():
    text, reading, values = read_marked(DEALS[0][0] + " Altro.", ACQUISITION)
    (deal,) = assemble(page_of(text), reading, values, knowledge=KNOWLEDGE).deals
    sentence = text.removesuffix(" Altro.")
    assert [each.text for each in deal.evidence] == [sentence]
    assert [[each.text for each in party.evidence] for party in deal.parties] == [["Alfa"], ["Beta"]]
    assert [each.text for each in deal.triggers] == ["rileva"]
    assert deal.stake_evidence and deal.stake_evidence.text == "il 60%"
    assert deal.amount and deal.amount.text == "12 euro"


def test_unsure_triggers_and_deals_are_not_told():
    text, reading, _ = read_marked("{Alfa|ORG|1:buyer} <ha rilevato|1> {Beta|ORG|1:target}", ACQUISITION)
    doc = Doc(Vocab(), words=text.split(), sent_starts=[True, *[False] * 3])
    article = ArticleText("a", doc.text.strip())
    set_reading(doc, reading)
    model = Model("blank:it", "none", "0")
    assert len(read_article(doc, article, model=model, threshold=0.5, knowledge=KNOWLEDGE).deals) == 1
    assert read_article(doc, article, model=model, threshold=0.99, knowledge=KNOWLEDGE).deals == ()
