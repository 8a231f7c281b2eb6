"""Percentages and shares: the text with them in brackets, and their values. Near negatives have no brackets."""

import pytest

from pipeline.extract.atoms import cut_atoms
from pipeline.extract.share_lexicon import load_share_words
from pipeline.extract.share_words import ShareWords
from pipeline.extract.shares import read_shares
from pipeline.records import ShareOf
from tests.pipeline.value_rows import join, unmark, write_share

ROWS = [
    ("rileva il [60%] di Alfa", "60%"),
    ("il [22,6 per cento] del mercato", "22.6%"),
    ("il [12 percento]", "12%"),
    ("[3,5 %] di sconto", "3.5%"),
    ("il [venti per cento] delle azioni", "20%"),
    ("[ventidue virgola sei per cento]", "22.6%"),
    ("il [cento per cento] delle quote", "100%"),
    ("una quota del [51%]", "51%"),
    ("l'[80%] della società", "80%"),
    ("[un terzo] del capitale", "33.3%"),
    ("[due terzi] stagionali", "66.7%"),
    ("[tre quarti] delle azioni", "75%"),
    ("i [nove decimi] del prezzo", "90%"),
    ("[un quarto] delle lavorazioni", "25%"),
    ("[un quinto], dicono", "20%"),
    ("la [metà] delle quote", "50%"),
    ("[metà] in contanti", "50%"),
    ("per [metà] coperto da un mutuo", "50%"),
    ("meno della [metà]", "50%"),
    ("[uno su dieci] è in cassa integrazione", "10%"),
    ("[una su quattro] resta senza fido", "25%"),
    ("[un'impresa su quattro]", "25%"),
    ("[otto nuovi rapporti su dieci]", "80%"),
    ("[88 su cento]", "88%"),
    ("[1/3] del capitale", "33.3%"),
    ("[2/3] delle azioni", "66.7%"),
    ("Ebitda in calo del [4,2%]", "4.2%"),
    ("ricavi a 30 milioni ([+11%])", "11%"),
    ("un incremento del [+ 11%] sul 2013", "11%"),
    ("[-5%] in un anno", "5%"),
    ("[più 68 per cento]", "68%"),
    ("un rialzo del [2-3%]", "2..3%"),
    ("un premio del [10-15%]", "10..15%"),
    ("dal [18] al [33%]", "18% | 33%"),
    ("dal [5%] al [7%]", "5% | 7%"),
    ("tra il [10] e il [15%]", "10% | 15%"),
    ("il [23] e il [15%]", "23% | 15%"),
    ("ribassi del [18] e del [21%]", "18% | 21%"),
    ("royalty comprese tra [9] e [14%]", "9% | 14%"),
    ("il [55%] ad Alfa e a Beta il [45]", "55% | 45%"),
    ("Alfa ([60%]), Beta ([28]) e Gamma ([12])", "60% | 28% | 12%"),
    ("sale dal [46] al [58%] e lascia a Beta il [42]", "46% | 58% | 42%"),
    ("[2 punti percentuali]", "2 points"),
    ("[venti punti percentuali] in più", "20 points"),
    ("[un punto percentuale]", "1 points"),
    ("[3 per mille]", "3 permille"),
    ("il [5‰]", "5 permille"),
    ("lo [0,4%]", "0.4%"),
    ("[99,9%]", "99.9%"),
    ("oltre il [90%] degli italiani", "90%"),
    ("quasi il [30%]", "30%"),
    ("il [100%] di Alfa", "100%"),
    ("il [51%] e il [49%]", "51% | 49%"),
    ("cedola [4,375%]", "4.375%"),
    ("il tasso del [9,7%]", "9.7%"),
    ("all'[1,4%] del prezzo", "1.4%"),
    ("il [7,5 per cento] annuo", "7.5%"),
    ("l'[1,5 per cento]", "1.5%"),
    ("[tre quinti] dei voti", "60%"),
    ("[due quinti] dei quali", "40%"),
    ("[un settimo] del totale", "14.3%"),
    ("[sei decimi] del capitale", "60%"),
    ("il [10 per cento] circa", "10%"),
    ("un terzo stabilimento", ""),
    ("un quarto socio", ""),
    ("tre quarti d'ora", ""),
    ("un quarto d'ora", ""),
    ("alle due e un quarto", ""),
    ("i quarti di finale", ""),
    ("due quarti di finale", ""),
    ("a metà ottobre", ""),
    ("a metà 2023", ""),
    ("nella prima metà dell'anno", ""),
    ("nella seconda metà del 2014", ""),
    ("a metà strada", ""),
    ("311 voti su 340", ""),
    ("due volte su tre", ""),
    ("tre consiglieri su cinque", ""),
    ("il terzo trimestre", ""),
    ("un sesto senso", ""),
    ("50 punti base", ""),
    ("cento persone", ""),
    ("il 5 ottobre", ""),
    ("il 60 della Serie A", ""),
    ("la percentuale cresce", ""),
    ("per mille ragioni", ""),
    ("su dieci imprese", ""),
    ("un decimo posto", ""),
    ("la terza volta", ""),
    ("5 milioni", ""),
    ("il 2013", ""),
    ("numero 10", ""),
    ("a quota 30", ""),
    ("20 gradi", ""),
    ("% di ricarico", ""),
]

KINDS = [  # what the only share of the text is a part of
    ("ha rilevato il 60% di Beta", ShareOf.STAKE),
    ("una quota del 51%", ShareOf.STAKE),
    ("ne ha preso il 25%.", ShareOf.STAKE),
    ("il 72% della stamperia passa alla svizzera", ShareOf.STAKE),
    ("il 100% del produttore di lame", ShareOf.STAKE),
    ("il 91% delle società ha un socio solo", ShareOf.OTHER),
    ("il 91% delle banche", ShareOf.OTHER),
    ("il raggruppamento fra Schermi (mandataria) e Argonavis (46%)", ShareOf.OTHER),
    ("i ricavi vengono per il 64% dall'estero", ShareOf.OTHER),
    ("il titolo, in avvio, ha ceduto il 4,6%.", ShareOf.GROWTH),
    ("Alfa ha ceduto il 4,6%.", ShareOf.STAKE),
    ("il 20% del capitale", ShareOf.STAKE),
    ("detiene il 34% della società", ShareOf.STAKE),
    ("ricavi in crescita del 12%", ShareOf.GROWTH),
    ("utile in calo del 3,5 per cento", ShareOf.GROWTH),
    ("ordini a quota 5 milioni (+8%)", ShareOf.GROWTH),
    ("il 97 per cento in meno", ShareOf.GROWTH),
    ("il 38% dei lavoratori ha il contratto scaduto", ShareOf.OTHER),
    ("il tasso fisso del 4,75%", ShareOf.OTHER),
    ("cede il 12% della società", ShareOf.STAKE),
    ("perde il 12% in Borsa", ShareOf.GROWTH),
    ("il collocamento del 6,1% della svedese Nilsby", ShareOf.STAKE),
    ("produce il 45% del PIL", ShareOf.OTHER),
    ("una società comune, 60% ai bresciani", ShareOf.STAKE),
    ("il 35% in mano ai manager", ShareOf.STAKE),
    ("il 35% va ai comuni", ShareOf.OTHER),
    ("il 62% è della presidente", ShareOf.STAKE),
    ("il 62% è plastica", ShareOf.OTHER),
    ("la famiglia avrebbe il 31%, i soci il resto", ShareOf.STAKE),
    ("la famiglia pagherebbe il 31%, i soci il resto", ShareOf.OTHER),
    ("un calo superiore al 5%", ShareOf.GROWTH),
    ("un margine superiore al 5%", ShareOf.OTHER),
    ("l'export scende dell'8,4%", ShareOf.GROWTH),
    ("l'export è dell'8,4%", ShareOf.OTHER),
]


@pytest.fixture(scope="module")
def words() -> ShareWords:
    return load_share_words()


@pytest.mark.parametrize(("marked", "expected"), ROWS)
def test_shares(marked: str, expected: str, words: ShareWords) -> None:
    text, pieces = unmark(marked)
    shares = read_shares(cut_atoms(text), words=words)
    assert [share.text for share in shares] == pieces
    assert join(map(write_share, shares)) == expected


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_what_a_share_is_a_part_of(text: str, kind: ShareOf, words: ShareWords) -> None:
    (share,) = read_shares(cut_atoms(text), words=words)
    assert share.of is kind


def test_a_share_goes_with_the_one_before_it_in_its_sentence(words: ShareWords) -> None:
    rows = [("Alfa avrà il 55% di Gamma e Beta il 45%", 2), ("Alfa avrà il 55% di Gamma. A Napoli il 45%", 1)]
    for text, stakes in rows:
        kinds = [share.of for share in read_shares(cut_atoms(text), words=words)]
        assert kinds.count(ShareOf.STAKE) == stakes
