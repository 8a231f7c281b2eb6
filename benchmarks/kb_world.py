"""A made-up world of Italian trade news for `benchmarks/kb.py`: seeded, endless, with readings as a reader gives them.

An event (a purchase, an order, a loan ...) is told by one to four papers over some weeks, its status moving on and its
sum now and then rounded. Few organisations are in many articles, many in few.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from pipeline.records import (
    Amount,
    ArticleText,
    DateValue,
    Deal,
    DealType,
    Extraction,
    Mention,
    Model,
    Organisation,
    Party,
    PartyRole,
    Person,
    Qualifier,
    Status,
)
from scrapers.article import Article, PublishedFrom, Trust

MODEL = Model("blank:it", "world", "1")
TRADES = (
    "Officine", "Cantieri", "Tessitura", "Meccanica", "Cartiera", "Filatura", "Acciaierie", "Pastificio", "Vetreria",
    "Ceramiche", "Fonderie", "Distilleria", "Conceria", "Tipografia", "Molini", "Cantina", "Caseificio", "Salumificio",
    "Avionica", "Chimica", "Farmaceutici", "Elettronica", "Idraulica", "Autolinee", "Costruzioni", "Energia",
)  # fmt: skip
SYLLABLES = (
    "ba", "bel", "bri", "ca", "cer", "chi", "cor", "da", "del", "do", "fa", "fer", "fio", "ga", "ger", "gra",
    "la", "len", "li", "lom", "ma", "mer", "mi", "mon", "na", "ne", "no", "or", "pa", "pel", "pi", "pra",
    "qua", "ra", "ri", "ros", "sa", "ser", "si", "sol", "spa", "ste", "ta", "ter", "ti", "tra", "tu", "va",
    "ver", "vi", "vol", "za", "zen", "zi",
)  # fmt: skip
TAILS = ("cci", "rdi", "tti", "ni", "lo", "zzo", "sco", "glia", "no", "ra")
TOWNS: tuple[str, ...] = (
    "Torino",
    "Alba",
    "Biella",
    "Vercelli",
    "Asti",
    "Novara",
    "Milano",
    "Bergamo",
    "Brescia",
    "Verona",
    "Padova",
)
TOWNS += ("Udine", "Bologna", "Modena", "Firenze", "Prato", "Ancona", "Perugia", "Bari", "Lecce", "Napoli", "Catania")
PAPERS = tuple(f"giornale-{number:02}" for number in range(1, 41))
MATTERS = (
    "idrogeno", "satelliti", "autobus elettrici", "depuratori", "telai da competizione",
    "macchine per il packaging", "filati riciclati", "poli logistici", "farmaci generici",
    "componenti aeronautici", "turbine eoliche", "pannelli fotovoltaici", "treni regionali", "traghetti",
    "ponti in acciaio", "valvole cardiache", "semiconduttori", "batterie", "stampanti industriali",
    "robot collaborativi", "macchine tessili", "piastrelle", "vini da tavola", "olio extravergine",
    "pasta secca", "formaggi stagionati", "cartone ondulato", "bottiglie di vetro", "pompe idrauliche",
    "cuscinetti", "utensili da taglio", "gru portuali", "ascensori", "caldaie", "condizionatori", "cucine",
    "divani", "lampade", "occhiali", "scarpe da lavoro", "gioielli", "cosmetici", "integratori", "reagenti",
    "vaccini", "protesi", "software gestionale", "centri dati", "fibra ottica", "antenne", "droni", "radar",
    "simulatori", "serre", "trattori", "mangimi", "fertilizzanti", "biometano", "rifiuti speciali",
    "acquedotti",
)  # fmt: skip
VOCABULARY = (
    "mercato", "ordini", "costi", "energia", "analisti", "conti", "anno", "consiglio", "settimane",
    "sindacati", "garanzie", "occupazione", "incontro", "proprietà", "estate", "filiera", "imprese", "estero",
    "settore", "associazione", "manifattura", "regione", "commento", "legali", "parti", "note", "società",
    "crescita", "calo", "trimestre", "bilancio", "margini", "export", "materie", "prime", "prezzi", "fabbrica",
    "turni", "reparto", "linea", "prodotto", "cliente", "fornitore", "banca", "credito", "tassi", "inflazione",
    "consumi", "famiglie", "distretto", "tecnologia", "brevetto", "ricerca", "università", "tecnici",
    "giovani", "contratto", "gara", "piano", "investimento", "sede", "uffici", "magazzino", "logistica",
    "porto", "strada", "ferrovia", "cantiere", "collaudo", "consegna", "scadenza", "rinvio", "ricorso",
    "tribunale", "delibera", "assessore", "ministro", "governo", "Europa", "dazi", "dollaro", "concorrenza",
    "quota", "primato", "storia", "famiglia", "fondatore", "figli", "nipoti", "manager", "successione",
    "borsa", "titolo", "azionisti", "assemblea", "dividendo", "utile", "perdita", "ricavi", "debito", "rating",
    "fondi", "sostenibilità", "emissioni", "acqua", "rifiuti", "riciclo", "certificazione", "qualità",
    "sicurezza", "infortuni", "formazione", "scuola", "territorio", "comunità", "sindaco", "comune",
    "provincia", "capannone", "terreno", "impianto", "forno", "pressa", "robot", "software", "dati", "rete",
    "server",
)  # fmt: skip
KINDS = (  # type, first role, second role, sentence; {a} and {b} are parties, {m} a matter, {s} a sum
    (DealType.ACQUISITION, "buyer", "target", "{a} ha comprato {b} per {s}."),
    (DealType.ACQUISITION, "buyer", "target", "{a} rileva {b}, operazione da {s}."),
    (DealType.STAKE_PURCHASE, "buyer", "target", "{a} entra nel capitale di {b} con {s}."),
    (DealType.ORDER, "client", "supplier", "{a} ha ordinato {m} a {b} per {s}."),
    (DealType.ORDER, "client", "supplier", "{a} affida a {b} una commessa per {m} da {s}."),
    (DealType.PUBLIC_TENDER, "client", "supplier", "{a} aggiudica a {b} l'appalto per {m}, {s}."),
    (DealType.PARTNERSHIP, "partner", "partner", "{a} e {b} firmano un accordo su {m}."),
    (DealType.JOINT_VENTURE, "partner", "partner", "{a} e {b} fondano una società comune per {m}."),
    (DealType.LOAN, "lender", "borrower", "{a} ha finanziato {b} con {s}."),
    (DealType.GRANT, "grantor", "beneficiary", "{a} concede a {b} un contributo di {s} per {m}."),
    (DealType.FUNDING_ROUND, "investor", "issuer", "{a} guida un round da {s} in {b}."),
)
COURSE = (Status.RUMOUR, Status.NEGOTIATION, Status.ANNOUNCED, Status.SIGNED, Status.COMPLETED)
FIRST_DAY = date(2018, 1, 1)
DAYS = 3000


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens once and is told several times."""

    kind: tuple[DealType, str, str, str]
    a: str
    b: str
    town: str
    matter: str
    millions: int
    day: date


def name_of(number: int) -> str:
    """Return the name of organisation `number`; different numbers have different names."""
    rest, trade = divmod(number * 7919 % 2_000_003, len(TRADES))  # a prime: neighbours have nothing in common
    return f"{TRADES[trade]} {surname_of(rest)}"


def surname_of(number: int) -> str:
    """Return a surname that no other number has."""
    rest, tail = divmod(number, len(TAILS))
    syllables = []
    for _ in range(3):
        rest, syllable = divmod(rest, len(SYLLABLES))
        syllables.append(SYLLABLES[syllable])
    return "".join(syllables).capitalize() + TAILS[tail]


def make_world(articles: int, *, seed: int = 1, first: int = 0) -> Iterator[tuple[Article, Extraction, str]]:
    """Give `articles` articles with their readings and papers; `first` numbers the addresses."""
    rng = random.Random(f"{seed}-{first}")
    number, last = first, first + articles
    bodies = max(200, (first + articles) // 2)
    while number < last:
        event = make_event(rng, bodies)
        for telling in range(min(rng.choices((1, 2, 3, 4), (60, 22, 12, 6))[0], last - number)):
            yield tell(rng, event, number, telling)
            number += 1


def make_event(rng: random.Random, bodies: int) -> Event:
    """Return an event; the first organisations are in many, most in few."""
    one, two = (int(bodies * rng.random() ** 3) for _ in range(2))
    return Event(
        kind=rng.choice(KINDS),
        a=name_of(one),
        b=name_of(two if two != one else one + 1),
        town=rng.choice(TOWNS),
        matter=rng.choice(MATTERS),
        millions=max(1, int(rng.lognormvariate(2.5, 1.2))),
        day=FIRST_DAY + timedelta(days=rng.randrange(DAYS)),
    )


def tell(rng: random.Random, event: Event, number: int, telling: int) -> tuple[Article, Extraction, str]:
    """Return how one paper tells an event."""
    type, one, other, pattern = event.kind
    millions = event.millions + (telling == 2 and rng.random() < 0.3)
    words = f"{millions} milioni di euro"
    sentence = pattern.format(a=event.a, b=event.b, m=event.matter, s=words)
    person = f"{surname_of(rng.randrange(80))} {surname_of(rng.randrange(200_000))}"
    said = f"Lo ha detto {person}, presidente di {event.a}."
    first, second = filler(rng, 4), filler(rng, 3)
    day = event.day + timedelta(days=7 * telling + rng.randrange(5))
    body = f"{event.town.upper()} - {sentence} {said}\n\n{first}\n\n{second} Pezzo {number}."
    url = f"https://{PAPERS[number % len(PAPERS)]}.example/{number}"
    article = Article(
        url=url,
        canonical_url=url,
        title=f"{event.b}, {event.matter}: le novità da {event.town}",
        body=body,
        published=day,
        published_from=PublishedFrom.JSON_LD,
        published_trust=Trust.HIGH,
    )
    text = article.text
    amount = None
    if "{s}" in pattern:
        start = text.index(words)
        amount = Amount(start, start + len(words), words, "EUR", Qualifier.EXACT, value=Decimal(millions) * 1_000_000)
    deal = Deal(
        type=type,
        status=COURSE[min(len(COURSE) - 1, telling + rng.randrange(3))],
        denied=False,
        parties=(Party(event.a, PartyRole(one), named=True), Party(event.b, PartyRole(other), named=True)),
        amount=amount,
        stake=None,
        date=(event.day + timedelta(days=7 * telling)).isoformat() if rng.random() < 0.7 else None,
        subject=event.matter if "{m}" in pattern else None,
        evidence=(find(text, sentence),),
        confidence=round(0.4 + 0.6 * rng.random(), 3),
        triggers=(),
    )
    return article, read(article, event, person, deal), PAPERS[number % len(PAPERS)]


def filler(rng: random.Random, sentences: int) -> str:
    """Return sentences of words that have nothing to say, and that no other article has."""
    return " ".join(f"{' '.join(rng.choices(VOCABULARY, k=14)).capitalize()}." for _ in range(sentences))


def find(text: str, words: str) -> Mention:
    """Return where `words` stand first."""
    start = text.index(words)
    return Mention(start, start + len(words), words)


def read(article: Article, event: Event, person: str, deal: Deal) -> Extraction:
    """Return the reading of an article."""
    text = article.text
    organisations = tuple(Organisation(name, "company", (), (find(text, name),)) for name in (event.a, event.b))
    people = (Person(person, (find(text, person),), "presidente", event.a),)
    dates = (DateValue(0, 5, text[:5], None, resolved=False),)
    return Extraction(
        article=ArticleText(article.canonical_url, text, article.title, article.canonical_url, article.published),
        model=MODEL,
        organisations=organisations,
        people=people,
        dates=dates,
        amounts=(deal.amount,) if deal.amount else (),
        deals=(deal,),
    )
