"""The tagger and the linker as components: aligned, seamless, the same in any batch, on any base pipeline."""

import json
import shutil
import warnings
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.training import Example

from pipeline.config import ROOT, Config, Language
from pipeline.errors import ModelError
from pipeline.extract.heads import Question, load_heads, only_words_of
from pipeline.extract.labels import KINDS, LINKS, RELATION_ENDS, RELATIONS, may_link
from pipeline.extract.linker import make_linker
from pipeline.extract.reading import reading_of
from pipeline.extract.tagger import describe_tagger, make_tagger
from pipeline.extract.weights import PROBE, check_files, open_session, read_settings
from pipeline.nlp import load_base

WEIGHTS = ROOT / "models" / "weights"
DEAL = (
    "Norsted rileva la Ferrantini Pompe\n\nIl gruppo svedese Norsted ha acquistato il 60% di Ferrantini Pompe, azienda"
    " di Schio, per 12 milioni di euro. Lo ha annunciato ieri Maria Bassoli, amministratore delegato di Norsted."
)
TEXTS = [
    DEAL,
    "",
    "  \n ",
    "Piove.",
    "Il sindaco di Torino, Ugo Rossi, ha incontrato la Regione Piemonte.",
    DEAL.upper(),
]


def make_nlp(base=None):
    nlp = base or spacy.blank("it")
    nlp.add_pipe("affari_values")
    nlp.add_pipe("affari_tagger", config={"weights": str(WEIGHTS), "threads": 1})
    nlp.add_pipe("affari_linker", config={"weights": str(WEIGHTS)})
    return nlp


@pytest.fixture(scope="module")
def nlp():
    return make_nlp()


@pytest.fixture(scope="module")
def doc(nlp):
    return nlp(DEAL)


def texts_of(group):
    return {(span.text, span.label_) for span in group}


def same(one, other):
    assert one.tensor.shape == other.tensor.shape
    assert np.array_equal(one.tensor, other.tensor)
    for name in ("affari_entities", "affari_roles", "affari_parties", "affari_triggers"):
        assert texts_of(one.spans[name]) == texts_of(other.spans[name])
    assert reading_of(one).triggers == reading_of(other).triggers
    assert np.array_equal(reading_of(one).links, reading_of(other).links)


def test_names_of_a_plain_article(doc):
    found = texts_of(doc.spans["affari_entities"])
    assert {("Norsted", "ORG"), ("Ferrantini Pompe", "ORG"), ("Maria Bassoli", "PER"), ("Schio", "LOC")} <= found
    assert ("amministratore delegato", "ROLE") in texts_of(doc.spans["affari_roles"])
    assert any(span.label_ == "acquisition" for span in doc.spans["affari_triggers"])


def test_entities_are_those_of_tagger_and_values(doc):
    labels = {ent.label_ for ent in doc.ents}
    assert {"ORG", "PER", "LOC", "MONEY", "PERCENT"} <= labels


def test_scores_are_chances(doc):
    for name in ("affari_entities", "affari_triggers"):
        group = doc.spans[name]
        assert len(group.attrs["scores"]) == len(group)
        assert all(0 < score <= 1 for score in group.attrs["scores"])


@pytest.mark.parametrize("size", [1, 2, 7])
def test_any_batch_reads_the_same(nlp, size):
    for alone, piped in zip(map(nlp, TEXTS), nlp.pipe(TEXTS, batch_size=size), strict=True):
        same(alone, piped)


def test_what_the_tagger_asked_the_linker_need_not_ask(nlp):
    doc = nlp(DEAL)
    heads = load_heads(WEIGHTS)
    question = Question(doc.tensor, [(0, 1)], [(0, 1, 0), (2, 3, 0)])
    tokens = [token.text for token in doc]
    told = heads.answer(question, lambda: tokens)
    assert load_heads(WEIGHTS).answer(Question(doc.tensor, [(0, 1)], [(0, 1, 0), (2, 3, 0)]), lambda: tokens) is told
    for other in (
        Question(doc.tensor, [(1, 2)], [(0, 1, 0), (2, 3, 0)]),
        Question(doc.tensor, [(0, 1)], [(0, 1, 0), (2, 4, 0)]),
        Question(doc.tensor.copy(), [(0, 1)], [(0, 1, 0), (2, 3, 0)]),
    ):
        assert heads.answer(other, lambda: tokens) is not told


def test_who_belongs_to_whom_needs_no_trigger(nlp):
    doc = nlp("Ieri ha parlato Guido Bolatto, segretario generale della Camera di commercio di Torino.")
    tokens = [token.text for token in doc]
    bolatto, office, body = ((3, 5), (6, 8), (9, 14))
    asked = [(*span, KINDS.index(kind)) for span, kind in ((bolatto, "PER"), (office, "ROLE"), (body, "ORG"))]
    heads = load_heads(WEIGHTS)
    told, beside = (heads.answer(Question(doc.tensor, triggers, asked), lambda: tokens) for triggers in ([], [(2, 3)]))
    assert told.relations[1, 0, RELATIONS.index("holds")] > 0.5
    assert told.relations[0, 2, RELATIONS.index("belongs")] > 0.5
    assert told.links.shape == (0, 3, len(LINKS))
    assert np.allclose(told.relations, beside.relations, atol=0.2)


def test_only_the_words_of_candidates_count_where_nothing_may_be_a_deal():
    vectors, spans = np.arange(14, dtype=np.float32).reshape(7, 2), np.array([[1, 3], [2, 4], [6, 7]])
    words, places = only_words_of(vectors, spans)
    assert words.tolist() == vectors[[1, 2, 3, 6]].tolist()
    assert places.tolist() == [[0, 2], [1, 3], [3, 4]]


def test_threads_do_not_matter():
    tagger = make_tagger(spacy.blank("it"), "x", str(WEIGHTS), 2, set_entities=False)
    one, two = make_nlp()(DEAL), tagger(spacy.blank("it").make_doc(DEAL))
    assert texts_of(one.spans["affari_entities"]) == texts_of(two.spans["affari_entities"])
    assert not two.ents


def test_a_long_text_has_no_seam(nlp):
    filler = "La giornata di ieri è stata lunga e piovosa in tutta la provincia. "
    for count in (20, 33, 50):
        doc = nlp(filler * count + DEAL.split("\n\n")[1] + " " + filler * 40)
        found = texts_of(doc.spans["affari_entities"])
        assert {("Norsted", "ORG"), ("Ferrantini Pompe", "ORG"), ("Maria Bassoli", "PER")} <= found


def test_reading_links_only_what_may_be_linked(doc):
    reading = reading_of(doc)
    assert reading.triggers
    for column, candidate in enumerate(reading.candidates):
        for link in LINKS:
            if candidate.kind not in KINDS or not may_link(candidate.kind, link):
                assert not reading.links[:, column, LINKS.index(link)].any()
    for number, relation in enumerate(RELATIONS):
        for row, column in np.argwhere(reading.relations[:, :, number]):
            assert (reading.candidates[row].kind, reading.candidates[column].kind) == RELATION_ENDS[relation]


def test_reading_tells_the_deal(doc):
    reading = reading_of(doc)
    names = [DEAL[candidate.start : candidate.end] for candidate in reading.candidates]
    buyers = reading.links[:, :, LINKS.index("buyer")].max(axis=0)
    assert names[int(buyers.argmax())] == "Norsted"
    with pytest.raises(ValueError, match="read-only"):
        reading.links[0, 0, 0] = 1


def own_pipeline(folder):
    """A pipeline with a tagger, a parser and an ner of its own, as it_core_news_lg has."""
    nlp = spacy.blank("it")
    words = ["Alfa", "compra", "Beta", "."]
    marks = {
        "words": words, "tags": ["NN", "VB", "NN", "FS"], "heads": [1, 1, 1, 1], "sent_starts": [1, 0, 0, 0],
        "deps": ["nsubj", "ROOT", "obj", "punct"], "entities": ["U-ORG", "O", "U-ORG", "O"],
    }  # fmt: skip
    for name in ("tok2vec", "tagger", "parser", "ner"):
        nlp.add_pipe(name)
    example = Example.from_dict(nlp.make_doc("Alfa compra Beta ."), marks)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # spaCy's own, about a training set of one sentence
        nlp.initialize(lambda: [example])
    nlp.to_disk(folder)


def test_on_a_pipeline_with_a_ner_of_its_own(tmp_path, doc):
    own_pipeline(tmp_path / "it_own")
    base = load_base(str(tmp_path / "it_own"))
    read = make_nlp(base)(DEAL)
    assert {"tagger", "parser", "ner", "affari_tagger"} <= set(base.pipe_names)
    assert texts_of(read.spans["affari_entities"]) == texts_of(doc.spans["affari_entities"])
    assert [(ent.text, ent.label_) for ent in read.ents] == [(ent.text, ent.label_) for ent in doc.ents]
    assert read.has_annotation("DEP")


def test_pipeline_of_config_names_the_folder(tmp_path):
    with pytest.raises(ModelError, match="nothing here"):
        load_base(str(tmp_path / "nothing here"))
    assert Config().language == Language()


def copy_weights(folder):
    shutil.copytree(WEIGHTS, folder)
    return folder


BREAKS = [  # what happens to the folder, what the error says
    (lambda folder: (folder / "linker.onnx").write_bytes(b"x"), r"linker\.onnx is not the file that was trained"),
    (lambda folder: (folder / "forest.npz").write_bytes(b"x"), r"forest\.npz is not the file that was trained"),
    (lambda folder: (folder / "surface.npz").unlink(), r"surface\.npz cannot be read"),
    (lambda folder: (folder / "probe.onnx").unlink(), r"probe\.onnx cannot be read"),
    (lambda folder: (folder / "tokenizer.json").unlink(), r"tokenizer\.json cannot be read"),
    (lambda folder: (folder / "SHA256SUMS").unlink(), r"SHA256SUMS cannot be read"),
]


@pytest.mark.parametrize(("harm", "message"), BREAKS)
def test_harmed_weights_are_refused(tmp_path, harm, message):
    folder = copy_weights(tmp_path / "weights")
    harm(folder)
    with pytest.raises(ModelError, match=message):
        check_files(folder)


def test_weights_for_other_labels_are_refused(tmp_path):
    folder = copy_weights(tmp_path / "weights")
    config = json.loads((folder / "config.json").read_text())
    config["labels"]["types"].reverse()
    (folder / "config.json").write_text(json.dumps(config))
    with pytest.raises(ModelError, match="trained for other types"):
        read_settings(folder)


def test_linker_without_tagger_says_so():
    linker = make_linker(spacy.blank("it"), "x", str(WEIGHTS))
    with pytest.raises(ModelError, match="behind affari_tagger"):
        linker(spacy.blank("it")("Alfa compra Beta."))


def test_int8_products_are_exact_on_every_processor():
    """Without VNNI the runtime's fast products are half of this, which the probe tells before a network is opened."""
    session = open_session(WEIGHTS / PROBE)
    rows, columns = session.get_inputs()[0].shape
    (sums,) = session.run(None, {"bytes": np.full((rows, columns), 255, np.uint8)})
    assert (sums == 255 * 127 * columns).all()


def test_facts_for_doctor():
    facts = describe_tagger(WEIGHTS)
    assert facts.megabytes <= 45
    assert len(facts.checksum) == 64
    assert facts.licence == "Apache-2.0"
    assert Path(WEIGHTS / "README.md").exists()
