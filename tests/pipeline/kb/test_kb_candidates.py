"""Who and what the store puts before the linker: enough to find what is one, however busy a body is."""

from datetime import UTC, date, datetime, timedelta

from pipeline.kb.decisions import Signature, say_same
from pipeline.kb.read import read_deals
from pipeline.records import Person
from tests.pipeline.kb.told import article, deal_article, euros, mention, reading, save

BUSY = "Lloyd Ligure"


def order(number, supplier, day, millions=7):
    words = f"{millions} milioni di euro"
    return deal_article(
        number,
        f"{BUSY} ha ordinato navette a {supplier} per {words}.",
        {BUSY: "client", supplier: "supplier"},
        type="order",
        amount=lambda text: euros(text, words, f"{millions}000000"),
        day=day,
        date="2020-03",
    )


def test_an_old_deal_of_a_busy_client_is_found_by_both_parties(base):
    save(base, *order(1, "Cantieri Pegli", "2020-03-10"))
    for number in range(2, 40):
        day = (date(2020, 4, 1) + timedelta(days=7 * number)).isoformat()
        save(base, *order(number, f"Officine {'abcdefghilmnopqrstuvz'[number % 20]}{number}amonte", day, number + 20))
    save(base, *order(99, "Cantieri Pegli", "2021-06-10"))
    assert [deal.articles for deal in read_deals(base.db) if deal.id == "D1"] == [2]


def test_the_asl_of_a_firm_is_the_one_told_beside_it_before(base):
    parties = {"Asl del Matese": "client", "Cantieri Pegli": "supplier"}
    save(base, *deal_article(1, "Asl del Matese affida i lavori a Cantieri Pegli.", parties, type="public_tender"))
    late = {"Asl": "client", "Cantieri Pegli": "supplier"}
    save(base, *deal_article(2, "L'Asl revoca i lavori a Cantieri Pegli.", late, type="public_tender"))
    other = {"Asl": "client", "Lloyd Ligure": "supplier"}
    save(base, *deal_article(3, "L'Asl affida le mense a Lloyd Ligure.", other, type="public_tender"))
    rows = base.db.execute("SELECT name, articles FROM organisation ORDER BY public_id").fetchall()
    assert ("Asl del Matese", 2) in {tuple(row) for row in rows}
    assert ("Asl", 1) in {tuple(row) for row in rows}


def saying(number, person, title="presidente"):
    told = article(number, f"{BUSY} cresce, dice {person}, {title} di {BUSY}. Pezzo {number}.")
    speaker = Person(person, (mention(told.text, person),), title, BUSY)
    return told, reading(told, (BUSY,), people=(speaker,))


def test_a_bare_name_is_one_of_many_officers(base):
    save(base, *saying(1, "Corrado Sturla"))
    for number in range(2, 30):
        save(
            base,
            *saying(number, f"{'Abcdefghilmnopqrstuvz'[number % 20]}ina {'bcdfglmnprstvz'[number % 14]}{number}elli"),
        )
    save(base, *saying(500, "Sturla"))
    bearers = base.db.execute("SELECT articles FROM entity WHERE kind='person' AND name='Corrado Sturla'").fetchone()
    assert bearers["articles"] == 2


def test_an_officer_is_proposed_under_a_name_with_two_slips(base):
    save(base, *saying(1, "Alessandro Mastroianni"))
    save(base, *saying(2, "Alesandro Mastroiani"))
    save(base, *saying(3, "Alice Mastelloni"))
    found = base.db.execute("SELECT entity_id, other_id, why FROM entity_candidate").fetchall()
    people = [row["id"] for row in base.db.execute("SELECT id FROM entity WHERE kind='person' ORDER BY id").fetchall()]
    assert [tuple(row) for row in found] == [(*people[:2], "near name in the same organisation")]


def names(base):
    return [row["title"] for row in base.db.execute("SELECT title FROM live_deal ORDER BY deal_id").fetchall()]


def test_a_deal_says_the_name_that_most_papers_say(base):
    told = {"Cantieri Pegli Sampierdarena e figli": "buyer", "Tessitura Valdera": "target"}
    save(base, *deal_article(1, "Cantieri Pegli Sampierdarena e figli compra Tessitura Valdera.", told))
    assert names(base) == ["acquisition: Cantieri Pegli Sampierdarena e figli (buyer), Tessitura Valdera (target)"]
    for number in (2, 3, 4):
        text = f"Cantieri Pegli cresce ancora. Pezzo {number}."
        told = article(number, text)
        save(base, told, reading(told, ("Cantieri Pegli",)))
    say_same(base.db, "O3", "O1", Signature("anna", None, datetime(2026, 3, 2, tzinfo=UTC)))
    assert names(base) == ["acquisition: Cantieri Pegli (buyer), Tessitura Valdera (target)"]
