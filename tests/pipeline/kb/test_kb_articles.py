"""Articles: once each, versions when the text changes, copies linked; readings all or nothing."""

from dataclasses import replace

import pytest

from pipeline.errors import ArticleError, InputError
from pipeline.kb import articles
from pipeline.kb.rows import Saved
from pipeline.records import Mention
from tests.pipeline.kb.conftest import KAMAZ
from tests.pipeline.kb.told import MODEL, NEWER, article, euros, mention, reading, save, told_deal

TABLES = (
    "article",
    "article_version",
    "extraction",
    "appearance",
    "mention",
    "deal_mention",
    "deal",
    "entity",
    "deal_evidence",
)


def counts(base):
    return {table: base.db[table].count for table in TABLES}


def save_only(base, told):
    run = base.start_run("manual", code_version="test")
    return base.save_article(told, source="giornale", archive_key="k", run_id=run)


def test_saving_twice_changes_nothing(kamaz):
    before = counts(kamaz), [tuple(row) for row in kamaz.db.execute("SELECT * FROM deal")]
    told = article(1, f"{KAMAZ}\n\nNon è finita.", title="I russi in Piemonte")
    assert save_only(kamaz, told).saved is Saved.UNCHANGED
    stored = reading(told, ("Kamaz",))
    del stored
    assert (counts(kamaz), [tuple(row) for row in kamaz.db.execute("SELECT * FROM deal")]) == before


def test_saving_a_reading_twice_changes_nothing(base):
    told = article(1, "La Alfa compra la Beta per 3 milioni di euro.")
    deal = told_deal(
        told.text,
        "acquisition",
        {"Alfa": "buyer", "Beta": "target"},
        sentence=told.body,
        amount=euros(told.text, "3 milioni di euro", "3000000"),
    )
    said = reading(told, ("Alfa", "Beta"), (deal,))
    save(base, told, said)
    before = counts(base), [tuple(row) for row in base.db.execute("SELECT * FROM deal")]
    save(base, told, said)
    assert (counts(base), [tuple(row) for row in base.db.execute("SELECT * FROM deal")]) == before


def test_a_changed_text_is_a_new_version_and_the_old_one_stays_readable(base):
    first = save_only(base, article(1, "Prima stesura."))
    second = save_only(base, article(1, "Seconda stesura."))
    assert (first.id, first.version, second.saved, second.version) == (second.id, 1, Saved.CHANGED, 2)
    old = base.db.execute("SELECT text FROM article_version WHERE article_id=? AND version=1", [first.id]).fetchone()
    assert old["text"] == "Notizia\n\nPrima stesura."
    assert base.read_article(first.id).text == "Notizia\n\nSeconda stesura."


def test_evidence_of_an_old_version_is_cut_from_the_old_text(kamaz):
    save_only(kamaz, article(1, "Tutto diverso.", title="I russi in Piemonte"))
    (proof,) = kamaz.db.execute("SELECT sentence FROM deal_proof")
    assert proof["sentence"] == KAMAZ


def test_the_same_text_elsewhere_is_a_copy(base):
    first = save_only(base, article(1, "Testo d'agenzia."))
    second = save_only(base, article(2, "Testo d'agenzia."))
    third = save_only(base, article(3, "Testo d'agenzia, ma altro."))
    assert (first.copy_of, second.copy_of, third.copy_of) == (None, first.id, None)


def test_a_wire_text_cut_and_retitled_is_a_copy_and_counts_as_one_source(base):
    wire = " ".join(
        f"Il comma {number} del contratto prevede la consegna del lotto {number * 7}." for number in range(12)
    )
    first = save_only(base, article(1, wire, title="Contratto, i dettagli"))
    cut = save_only(base, article(2, wire[: len(wire) * 3 // 4], title="Tutto sul contratto"))
    other = save_only(base, article(3, wire.replace("lotto", "treno").replace("comma", "punto"), title="Altro"))
    again = save_only(base, article(4, wire + " Aggiunto in redazione.", title="Ancora"))
    assert (cut.copy_of, other.copy_of, again.copy_of) == (first.id, None, first.id)


def test_a_text_too_old_to_be_copied_is_no_original_and_is_forgotten(base, monkeypatch):
    monkeypatch.setattr(articles, "RECENT", 5)
    monkeypatch.setattr(articles, "OVERDUE", 4)
    wires = [" ".join(f"Il comma {k * n} prevede il lotto {k * n + n}." for k in range(30)) for n in range(101, 111)]
    first, *others = [save_only(base, article(n, wire)) for n, wire in enumerate(wires, start=1)]
    assert {other.copy_of for other in (first, *others)} == {None}
    near, far = (save_only(base, article(n, f"{wires[at]} Aggiunta.")) for n, at in ((21, 5), (22, 0)))
    assert (near.copy_of, far.copy_of) == (6, None)
    kept = [row[0] for row in base.db.execute("SELECT article_id FROM article_fingerprint ORDER BY 1").fetchall()]
    assert kept[-1] == far.id
    assert 5 <= len(kept) <= 5 + 4
    bands = base.db.execute("SELECT count(DISTINCT article_id) FROM article_band").fetchone()[0]
    assert bands == len(kept)


BAD_TEXTS = [("con un \0 dentro", "NUL"), ("mezzo carattere \ud83d", "half a character")]


@pytest.mark.parametrize(("body", "message"), BAD_TEXTS)
def test_text_that_would_not_come_back_is_refused(base, body, message):
    with pytest.raises(ArticleError, match=message):
        save_only(base, article(1, body))
    assert counts(base)["article"] == 0


def test_offsets_are_code_points_beyond_the_basic_plane(base):
    told = article(1, "😀😀 La Alfa compra la Beta.", title="𝄞 Musica")
    deal = told_deal(told.text, "acquisition", {"Alfa": "buyer", "Beta": "target"}, sentence="La Alfa compra la Beta.")
    save(base, told, reading(told, ("Alfa", "Beta"), (deal,)))
    (proof,) = base.db.execute("SELECT sentence FROM deal_proof")
    assert proof["sentence"] == "La Alfa compra la Beta."
    wrong = base.db.execute(
        "SELECT m.text FROM mention m JOIN article a ON a.id=m.article_id "
        "WHERE substr(a.text, m.char_start+1, m.char_end-m.char_start)<>m.text"
    ).fetchall()
    assert wrong == []


BROKEN = [  # what is wrong with a record, what the error says
    (lambda said: replace(said, article=replace(said.article, text="altro")), "another text"),
    (
        lambda said: replace(said, deals=(replace(said.deals[0], evidence=(Mention(0, 4, "Alfa"),)),)),
        "0-4 is not 'Alfa'",
    ),
    (lambda said: replace(said, organisations=said.organisations[:1]), "'Beta' is none of"),
]


@pytest.mark.parametrize(("spoil", "message"), BROKEN)
def test_a_broken_record_leaves_nothing_behind(base, spoil, message):
    told = article(1, "La Alfa compra la Beta.")
    deal = told_deal(told.text, "acquisition", {"Alfa": "buyer", "Beta": "target"}, sentence=told.body)
    with pytest.raises(ArticleError, match=message):
        save(base, told, spoil(reading(told, ("Alfa", "Beta"), (deal,))))
    left = counts(base)
    assert left.pop("article") == 1
    assert set(left.values()) == {0}


def test_articles_wait_for_the_reader_that_has_not_read_them(base):
    ids = [save_only(base, article(number, f"Testo {number}.")).id for number in range(1, 6)]
    assert [found.id for found in base.articles_without_extraction(MODEL)] == ids
    told = article(2, "Testo 2.")
    save(base, told, reading(told, ()))
    assert [found.id for found in base.articles_without_extraction(MODEL)] == [ids[0], *ids[2:]]
    assert [found.id for found in base.articles_without_extraction(NEWER, at_most=2)] == ids[:2]
    save_only(base, article(2, "Testo 2, cambiato."))
    assert ids[1] in [found.id for found in base.articles_without_extraction(MODEL)]


def test_an_unknown_article_is_an_error(base):
    with pytest.raises(InputError, match="article 7: there is none"):
        base.read_article(7)


def test_only_a_trusted_day_is_a_day(base):
    for number, doubt in ((1, ()), (2, ("la settimana scorsa, l'11 novembre",))):
        told = article(number, f"La Alfa compra la Beta. Articolo {number}.")
        deal = told_deal(
            told.text, "acquisition", {"Alfa": "buyer", "Beta": "target"}, sentence="La Alfa compra la Beta."
        )
        save(base, told, replace(reading(told, ("Alfa", "Beta"), (deal,)), published_doubts=doubt))
    days = [row["day"] for row in base.db.execute("SELECT day FROM appearance ORDER BY id")]
    assert days == ["2026-02-10", "2026-02-10", None, None]


IMPOSSIBLE = ["2026-02-30", "2026-21", "XXXX-11-25", "0000", "/", "ieri", "2026-02-10/2026-02-01"]


@pytest.mark.parametrize("edtf", IMPOSSIBLE)
def test_a_date_that_no_calendar_has_loses_nothing(base, edtf):
    told = article(1, "La Alfa compra la Beta.")
    deal = told_deal(told.text, "acquisition", {"Alfa": "buyer", "Beta": "target"}, sentence=told.body, date=edtf)
    save(base, told, reading(told, ("Alfa", "Beta"), (deal,)))
    row = base.db.execute("SELECT date, day FROM deal").fetchone()
    assert row["date"] == edtf
    assert row["day"] in {"2026-02-10", "2026-02-01"}


def test_mentions_keep_their_values(base):
    told = article(1, "La Alfa paga 3 milioni di euro.")
    deal = told_deal(
        told.text,
        "loan",
        {"Alfa": "borrower"},
        sentence=told.body,
        amount=euros(told.text, "3 milioni di euro", "3000000"),
    )
    save(base, told, reading(told, ("Alfa",), (deal,)))
    rows = [tuple(row) for row in base.db.execute("SELECT label, text, value FROM mention ORDER BY char_start")]
    assert rows == [("ORG", "Alfa", None), ("MONEY", "3 milioni di euro", "EUR exact 3000000")]
    assert mention(told.text, "Alfa").start == told.text.index("Alfa")
