"""Mentions of organisations to organisations: names, short forms, acronyms, kinds."""

import re

import pytest

from pipeline.extract.names import abbreviates, kind_of, load_organisation_words, read_name, within
from pipeline.extract.organisations import group_mentions, make_organisation
from pipeline.records import Mention

WORDS = load_organisation_words()
MARK = re.compile(r"\[([^\]]+)\]")

GROUPS = [  # (marked text, organisations: name, then aliases)
    ("[Brembo] compra. Per il [Gruppo Brembo] è la terza.", [("Gruppo Brembo", "Brembo")]),
    ("[Alfa S.p.A.] e [Beta]. [Alfa] paga.", [("Alfa",), ("Beta",)]),
    ("[Rete Adriatica Gas] ([Rag]) compra; [Rag] paga.", [("Rete Adriatica Gas", "Rag")]),
    ("[Rete Adriatica Gas] cede.\n\n([Ansa]) - Roma", [("Rete Adriatica Gas",), ("Ansa",)]),
    ("[Autodifesa] ([Samoobrona]) vota", [("Autodifesa", "Samoobrona")]),
    (
        "dal [Centro Estero per l'Internazionalizzazione] ([Ceipiemonte]). Il presidente di [Ceipiemonte]",
        [("Ceipiemonte", "Centro Estero per l'Internazionalizzazione")],
    ),
    ("[Nordkilde] vende [Nordkilde Italia]", [("Nordkilde",), ("Nordkilde Italia",)]),
    ("il [Comune di Rimini]; il [Comune] ha deciso", [("Comune di Rimini", "Comune")]),
    (
        "[Comune di Rimini] e [Comune di Cervia]; il [Comune] ha deciso",
        [("Comune di Rimini",), ("Comune di Cervia", "Comune")],
    ),
    ("[Mediobanca] e [Mediobanca SGR]", [("Mediobanca",), ("Mediobanca SGR",)]),
    (
        "[Banca d'Italia] e il [Consiglio della Banca d'Italia]",
        [("Banca d'Italia",), ("Consiglio della Banca d'Italia",)],
    ),
    ("il [Viminale] e il [Ministero dell'Interno]", [("Ministero dell'Interno", "Viminale")]),
    ("[Terme di Montecavo] chiude. [Montecavo] aveva", [("Terme di Montecavo", "Montecavo")]),
    ("la [Procura di Cagliari] e il [Cagliari]", [("Procura di Cagliari",), ("Cagliari",)]),
    (
        "[Leonardo]\n\n[Leonardo] vende. Lo dice [Leonardo Helicopters]; [Leonardo] incassa",
        [("Leonardo",), ("Leonardo Helicopters",)],
    ),
    ("[Leonardo Helicopters] vende. Poi [Leonardo] incassa", [("Leonardo Helicopters", "Leonardo")]),
    ("[Juventus] e [Juventus] sono la [Juventus Football Club]", [("Juventus Football Club", "Juventus")]),
    (
        "[Ita-Lufthansa], sì\n\n[Lufthansa] compra [Ita Airways]. [Ita] vola",
        [("Ita Airways", "Ita"), ("Lufthansa",)],
    ),
    ("[Tim-Kkr]\n\n[Tim] cede a [Kkr]", [("Tim",), ("Kkr",)]),
    ("[Rolls-Royce]\n\n[Rolls] tace", [("Rolls-Royce", "Rolls")]),
    ("[Ristoravending], poi [Ristora Vending]", [("Ristora Vending", "Ristoravending")]),
]


@pytest.mark.parametrize(("marked", "expected"), GROUPS)
def test_groups(marked, expected):
    text = MARK.sub(r"\1", marked)
    mentions, shift = [], 0
    for match in MARK.finditer(marked):
        start = match.start() - shift
        mentions.append(Mention(start, start + len(match[1]), match[1]))
        shift += 2
    groups = group_mentions(text, mentions, words=WORDS)
    found = [make_organisation(group, mentions, [None] * len(mentions), words=WORDS) for group in groups]
    assert [(each.name, *each.aliases) for each in found] == expected


NAMES = [  # (as written, name, legal form)
    ("Alfa S.p.A.", "Alfa", "S.p.A."),
    ("ALFA SPA", "ALFA", "SPA"),
    ("Alfa spa", "Alfa", "spa"),
    ("Costruzioni Verdi S.r.l.", "Costruzioni Verdi", "S.r.l."),
    ("Schuler GmbH", "Schuler", "GmbH"),
    ("Nordika Soc. Coop.", "Nordika", "Soc. Coop."),
    ("Terme Spa e Benessere", "Terme Spa e Benessere", None),
    ("Casa sa", "Casa sa", None),
    ("Spa", "Spa", None),
]


@pytest.mark.parametrize(("text", "name", "form"), NAMES)
def test_legal_form_is_set_apart(text, name, form):
    read = read_name(text, words=WORDS)
    assert (read.text, read.legal_form) == (name, form)


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("Cta", "Costruzioni Tranviarie Adriatiche", True),
        ("CDP", "Cassa depositi e prestiti", True),
        ("E.N.P.A.", "Ente Nazionale Protezione Animali", True),
        ("Cta", "Costruzioni Adriatiche", False),
        ("Csgi", "China Southern Power Grid International", True),
        ("Csg", "China Southern Power Grid", False),
        ("C", "Costruzioni", False),
    ],
)
def test_acronyms(short, long, expected):
    assert abbreviates(read_name(short, words=WORDS), read_name(long, words=WORDS)) is expected


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("Brembo", "Brembo Freni", True),
        ("Uffizi", "Galleria degli Uffizi", True),
        ("Brembo", "Bremboli", False),
        ("Alfa Italia", "Alfa", False),
        ("Enel", "Enel Distribución Perú", False),
        ("Enel", "Enel Distribuzione", True),
        ("Alfa", "Alfa Vini Cile", False),
    ],
)
def test_short_forms(short, long, expected):
    assert within(read_name(short, words=WORDS), read_name(long, words=WORDS), words=WORDS) is expected


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [(kind, name, True) for kind, words in WORDS.kinds.items() for name in words.examples]
    + [(kind, name, False) for kind, words in WORDS.kinds.items() for name in words.non_examples],
)
def test_lexicon_of_kinds(kind, name, expected):
    assert (kind_of(read_name(name, words=WORDS), words=WORDS) == kind) is expected


def test_the_kind_that_the_linker_sees_counts_where_no_word_tells_it():
    mentions = [Mention(0, 4, "Alfa"), Mention(5, 9, "Alfa")]
    group = group_mentions("Alfa Alfa", mentions, words=WORDS)[0]
    assert make_organisation(group, mentions, ["fund", "fund"], words=WORDS).kind == "fund"
    assert make_organisation(group, mentions, [None, None], words=WORDS).kind is None
