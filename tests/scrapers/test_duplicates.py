"""Wire copies, cut copies and updates are one article; other articles on the same event are not."""

import random
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scrapers.duplicates import (
    Fingerprint,
    containment,
    fingerprint,
    is_copy,
    read_fingerprint,
    similarity,
)

CORPUS = Path(__file__).parents[2] / "models" / "corpus"

WIRE = """\
Il gruppo Orsera ha firmato il contratto per rilevare il 75% della Falkenrath, fabbrica tedesca di pompe dosatrici.
Il prezzo è di 48 milioni di euro, pagati in contanti al closing, che le parti prevedono entro giugno.
A vendere è il fondo Rhenus Mittelstand II, che era entrato nel 2016 e che conserva il 25% con un'opzione di vendita.
«Cercavamo da due anni un marchio che ci aprisse le porte dei laboratori», dice Tiziano Orsera, amministratore.
L'operazione è coperta per 30 milioni da un prestito a sette anni della Cassa Padana Lombarda e per il resto da mezzi.
Orsera ha chiuso il 2022 con 162 milioni di ricavi e 410 addetti; la società tedesca ne fattura 37.
Advisor finanziario di Orsera è stata la boutique milanese Quattrocolli Partners."""
LINES = WIRE.splitlines()
OTHER = """\
Passa in mani italiane la Falkenrath di Wuppertal. I bresciani di Orsera si aggiudicano tre quarti del capitale
battendo la concorrenza di un fondo svedese. Sul piatto 48 milioni, un terzo dei quali da cassa, il resto a debito con
la Cassa Padana Lombarda. Il venditore, Rhenus Mittelstand II, resta socio con il 25% e potrà uscire dal 2026.
Per Tiziano Orsera, che guida l'azienda di famiglia, «è il passo che mancava: abbiamo una casa».
Secondo i sindacati i centoventi dipendenti tedeschi non corrono rischi; a Lumezzane si attendono invece
venti assunzioni entro l'anno."""

UPDATE = (
    WIRE.replace("48 milioni", "50 milioni").replace("entro giugno", "a luglio") + "\nIl governo ha dato il via libera."
)
NEXT_DEAL = (
    LINES[5]
    + " Il gruppo investirà ora 20 milioni in un forno a induzione, il terzo dal 2018, e assumerà quaranta tecnici "
    "tra Brescia e Bergamo nei prossimi due anni, dice il sindacato."
)

COPIES = [  # (what happened to the wire text, the text)
    ("nothing", WIRE),
    ("capitals, signs and spaces", WIRE.upper().replace(",", " ").replace("\n", "\n\n   ")),
    ("agency's mark and signature", f"(Campkronos) - BRESCIA, 14 MAR - {WIRE} (Com/Adx)"),
    ("cut from below", "\n".join(LINES[:4])),
    ("cut to the core", "\n".join(LINES[1:4])),
    (
        "a sentence added",
        f"{WIRE}\nIl titolo non è quotato. I sindacati chiedono un incontro al ministero delle Imprese.",
    ),
    ("an update", UPDATE),
    ("a local lead", f"Un pezzo di Germania diventa bresciano. Lumezzane festeggia.\n{WIRE}"),
]

STRANGERS = [
    ("the same event in other words", OTHER),
    ("the same company, another deal", NEXT_DEAL),
    ("another article", "La Provincia di Cuneo ha affidato a Edilgranda i lavori in sette scuole. " * 6),
    ("one sentence", LINES[1]),
    ("nothing", ""),
]  # fmt: skip


@pytest.mark.parametrize(("what", "text"), COPIES)
def test_copy(what: str, text: str) -> None:
    wire, copy = fingerprint(WIRE), fingerprint(text)
    assert is_copy(wire, copy)
    assert is_copy(copy, wire)
    assert set(wire.bands) & set(copy.bands)


@pytest.mark.parametrize(("what", "text"), STRANGERS)
def test_no_copy(what: str, text: str) -> None:
    assert not is_copy(fingerprint(WIRE), fingerprint(text))


def test_stubs_are_alike_without_being_copies() -> None:
    stub = fingerprint("Borsa: Milano apre in rialzo, Ftse Mib +0,3%")
    assert similarity(stub, stub) == 1.0
    assert not is_copy(stub, stub)
    assert stub.bands == ()


def test_containment_is_of_the_smaller_text() -> None:
    whole, part = fingerprint(WIRE), fingerprint("\n".join(LINES[:2]))
    assert similarity(whole, part) < 0.5
    assert containment(whole, part) > 0.8


def test_fingerprint_survives_the_database() -> None:
    known = fingerprint(WIRE)
    assert read_fingerprint(known.to_bytes()) == known
    assert all(0 <= band < 1 << 63 for band in known.bands)
    with pytest.raises(ValueError, match="no fingerprint"):
        read_fingerprint(b"abc")


def test_fingerprint_is_the_same_in_every_process() -> None:
    assert fingerprint("Alfa compra Beta per dodici milioni").signature[:2] == (848519426138192016, 7679883402907782697)


def _corpus(folder: str) -> list[tuple[str, Fingerprint]]:
    paths = sorted((CORPUS / folder).rglob("*.xml"))
    roots = ((path.stem, ElementTree.parse(path).getroot()) for path in paths)
    return [
        (stem, fingerprint("\n".join("".join(part.itertext()) for part in root.iterfind("body/p"))))
        for stem, root in roots
    ]


def is_found(one: Fingerprint, other: Fingerprint) -> bool:
    """Return whether a copy is looked up by a band, and recognised, as the knowledge base does it."""
    return bool(set(one.bands) & set(other.bands)) and is_copy(one, other)


def test_papers_that_tell_the_same_event_are_no_copies() -> None:
    found = [print_ for _, print_ in _corpus("events")]
    assert len(found) > 50
    assert not [1 for one, other in combinations(found, 2) if is_found(one, other)]


def test_copies_are_found_among_many() -> None:
    articles = dict(each for each in _corpus("deals") if each[1].size > 80)
    for stem in random.Random(3).sample(sorted(articles), 20):
        assert [other for other, print_ in articles.items() if is_found(articles[stem], print_)] == [stem]
