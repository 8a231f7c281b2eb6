"""What of a page is the article's text, what is not."""

import pytest

from scrapers.errors import PageError
from scrapers.source import PageRules
from tests.scrapers.pages import PARAGRAPHS, TEXT, TITLE, article_around, parse

BODY = "\n\n".join(PARAGRAPHS)
STANDFIRST = "Il gruppo torinese sale al 60% della società di Cuneo e promette cinquanta assunzioni"

HOUSE = [  # what stands between two paragraphs and must go
    "<div class='related'><h4>Articoli correlati</h4><ul><li><a href='/x'>Un altro articolo</a></li></ul></div>",
    "<p>Leggi anche: <a href='/x'>Il ponte costa il doppio</a></p>",
    "<p><strong>LEGGI ANCHE</strong> <a href='/x'>Il ponte costa il doppio</a></p>",
    "<p><a href='/x'>Il ponte sul Po costa il doppio di quanto si pensava</a></p>",
    "<figure><img src='x'><figcaption>Lo stabilimento di Gamma a Cuneo, in una foto d'archivio.</figcaption></figure>",
    "<p class='didascalia'>Lo stabilimento di Gamma a Cuneo, visto dall'alto in una mattina d'inverno.</p>",
    "<p>(foto Ansa)</p>",
    "<div class='cookie-box'>Per vedere questo contenuto devi accettare i cookie di profilazione del sito.</div>",
    "<div class='box-newsletter'><p>Ogni mattina le notizie che contano, scelte dalla redazione per te.</p></div>",
    "<p>Iscriviti alla newsletter per ricevere ogni giorno le notizie della tua città.</p>",
    "<ul class='share-bar'><li><a href='#'>Facebook</a></li><li><a href='#'>X</a></li></ul>",
    "<div class='adv'><span>Pubblicità</span></div>",
    "<aside><p>Chi è Beta: fondata nel 1930, produce pompe e valvole per l'industria chimica e alimentare.</p></aside>",
    "<blockquote class='twitter-tweet'><p>Buon lavoro!</p>- Unione (@unione) <a href='#'>1 marzo 2020</a></blockquote>",
    "<div style='display: none'>Testo nascosto che nessun lettore vede e che non deve entrare nell'articolo.</div>",
    "<script>var testo = 'Il codice non è testo dell articolo, per quanto lungo.';</script>",
    "<p>Seguici anche sul canale WhatsApp: <a href='#'>clicca qui</a></p>",
]

KEPT = [  # (HTML between two paragraphs, paragraphs it gives)
    ("<h3>Il piano industriale</h3>", ["Il piano industriale"]),
    ("<p>I CONTI DEL GRUPPO</p>", ["I CONTI DEL GRUPPO"]),
    ("<p><strong>Chi resta</strong></p>", ["Chi resta"]),
    (
        "<p>LE COMMESSE - Gli ordini di Gamma valgono 30 milioni.</p>",
        ["LE COMMESSE - Gli ordini di Gamma valgono 30 milioni."],
    ),
    (
        "<blockquote><p>«Ci abbiamo sempre creduto», dice Conti.</p></blockquote>",
        ["«Ci abbiamo sempre creduto», dice Conti."],
    ),
    ("<ul><li>30 tram;</li><li>8 anni di manutenzione.</li></ul>", ["30 tram;", "8 anni di manutenzione."]),
    (
        "<table><tr><th>Anno</th><th>Ricavi</th></tr><tr><td>2022</td><td>31 milioni</td></tr></table>",
        ["Anno | Ricavi", "2022 | 31 milioni"],
    ),
    (
        "<p>Gamma <a href='/gamma'>ha 120 addetti</a> e ne cerca altri trenta a Cuneo.</p>",
        ["Gamma ha 120 addetti e ne cerca altri trenta a Cuneo."],
    ),
    ("<p>Un&shy;a pa\u200brola&nbsp;&egrave;   una.</p>", ["Una parola è una."]),
    (
        "<p>P<b>iemonte</b> e<i> L</i>iguria sono vicine, dice Conti.</p>",
        ["Piemonte e Liguria sono vicine, dice Conti."],
    ),
]


@pytest.mark.parametrize("html", HOUSE)
def test_house_text_goes(html: str) -> None:
    assert article_around(inside=html).body == BODY


@pytest.mark.parametrize(("html", "paragraphs"), KEPT)
def test_text_stays(html: str, paragraphs: list[str]) -> None:
    assert article_around(inside=html).body == "\n\n".join([PARAGRAPHS[0], *paragraphs, *PARAGRAPHS[1:]])


@pytest.mark.parametrize(
    "html",
    [
        f"<p class='sommario'>{STANDFIRST}</p>",
        f"<h2>{STANDFIRST}</h2>",
        f"<div class='ContentHeaderDek-x'>{STANDFIRST}</div>",
        f"<div itemprop='alternativeHeadline'>{STANDFIRST}</div>",
    ],
)
def test_standfirst_stays(html: str) -> None:
    assert article_around(after_title=html).body == f"{STANDFIRST}\n\n{BODY}"


def test_standfirst_known_from_the_description() -> None:
    head = f"<meta name='description' content='{STANDFIRST}'>"
    assert article_around(after_title=f"<div class='q'>{STANDFIRST}</div>", head=head).body == f"{STANDFIRST}\n\n{BODY}"


@pytest.mark.parametrize(
    "html",
    [
        "<p>di Mario Rossi | 12 marzo 2024 alle ore 10:30 | tempo di lettura 3 minuti</p>",
        f"<p class='sommario'>{PARAGRAPHS[0]}</p>",
        f"<p class='sommario'>{PARAGRAPHS[0][:80]}</p>",
        f"<h2>{TITLE}</h2>",
        f"<p>{TITLE}</p>",
    ],
)
def test_what_the_text_says_again_stands_once(html: str) -> None:
    assert article_around(after_title=html).body == BODY


@pytest.mark.parametrize(
    "html",
    [
        "<p class='copy'>© Riproduzione riservata</p>",
        "<p>© RIPRODUZIONE RISERVATA</p><p>Il Gazzettino esce dal 1887 e ha sede a Venezia, con venti redazioni.</p>",
        "<div id='comments'><h3>2 commenti</h3><p>Bella notizia, speriamo che assumano i nostri ragazzi.</p></div>",
        "<h3>Lascia un commento</h3><p>Il tuo indirizzo email non sarà pubblicato, i campi hanno un asterisco.</p>",
        "<p>di Mario Rossi</p>",
        "<p>12 marzo 2024</p>",
        "<div class='author-box'><p>Mario Rossi scrive di industria dal 1998 e ha pubblicato due libri.</p></div>",
        "<h3>Potrebbe interessarti anche</h3><div><h4><a href='/x'>Un altro articolo</a></h4><p>"
        "Un testo che parla di tutt'altro, e lo fa a lungo, per riempire la pagina.</p></div>",
        "<p>Tag: <a>Torino</a>, <a>pompe</a></p>",
        "<h3>In evidenza</h3>",
        f"<div class='sticky'><h1>{TITLE}</h1></div>",
    ],
)
def test_what_follows_the_article_goes(html: str) -> None:
    assert article_around(after=html).body == BODY


@pytest.mark.parametrize(
    "html",
    [
        "<div class='texto'>{}</div>".format("<br><br>".join(PARAGRAPHS)),
        "<span class='x'>{}</span>".format("<br>".join(PARAGRAPHS)),
        "<font size=2>{}</font>".format("<br/>\n<br/>".join(PARAGRAPHS)),
        "<table><tr><td>{}</td></tr></table>".format("<br><br>".join(PARAGRAPHS)),
        "".join(f"<div class='a{place}'><div><span>{text}</span></div></div>" for place, text in enumerate(PARAGRAPHS)),
        "".join(f"<p>{text}" for text in PARAGRAPHS),  # never closed
        f"<div class='elementor-widget-container overflow-hidden'>{TEXT}</div>",
        f"<form id='aspnetForm'>{TEXT}</form>",
        "".join(f"<div class='article-body'><p>{text}</p></div><div class='adv'></div>" for text in PARAGRAPHS),
        f"<a name='inizio'>{TEXT}",  # an anchor that nobody closed is no link
        f"<article class='post type-post tag-newsletter category-in-evidenza'>{TEXT}</article>",
        f"<div class='content-sidebar-wrap has-share'>{TEXT}</div>",
    ],
)
def test_layouts(html: str) -> None:
    assert parse(f"<h1>{TITLE}</h1>{html}").body == BODY


def test_a_source_says_where_and_what() -> None:
    html = f"<div class='txt'>{TEXT}</div><div class='q'><p>Un riquadro.</p>{TEXT}</div><p>Da Alfa: altro.</p>"
    rules = PageRules(body=".q", remove=(".q > p:first-child",), phrases=("Beta ha rilevato",), language="it")
    article = parse(html, rules=rules)
    assert article.body == "\n\n".join(PARAGRAPHS[1:])
    assert article.body_from == "selectors"


def test_body_of_a_page_that_scripts_draw() -> None:
    told = " ".join(PARAGRAPHS) * 2
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{told}"}}</script>'
    article = parse("<div id='root'></div>", head=head)
    assert (article.body, article.body_from) == (told, "json-ld")


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>Ciao</p>",
        "<nav><ul>" + "<li><a href='/a'>Una voce di menu</a></li>" * 40 + "</ul></nav>",
        "<h1>Pagina non trovata</h1><p>La pagina non esiste.</p>",
    ],
)
def test_no_article(html: str) -> None:
    with pytest.raises(PageError, match="no article"):
        parse(html)


@pytest.mark.parametrize(
    ("after", "head", "locked"),
    [
        ("", "", False),
        ("<div class='paywall-box'><p>Abbonati per continuare a leggere</p></div>", "", True),
        ("<p>Questo articolo è riservato agli abbonati.</p>", "", True),
        ("", "<meta property='article:content_tier' content='locked'>", True),
        ("", "<meta property='article:content_tier' content='free'>", False),
        ("", '<script type="application/ld+json">{"@type":"Article","isAccessibleForFree":false}</script>', True),
        ("", '<script type="application/ld+json">{"@type":"Article","isAccessibleForFree":"True"}</script>', False),
    ],
)
def test_paywall(after: str, head: str, *, locked: bool) -> None:
    article = article_around(after=after, head=head)
    assert (article.paywalled, article.body) == (locked, BODY)


@pytest.mark.parametrize("crumb", [f"<ul><li>Home</li><li>{TITLE}</li></ul>", f"<h1>{TITLE}</h1><p>Menu</p>"])
def test_title_that_stands_twice_above(crumb: str) -> None:
    assert article_around(before=crumb).body == BODY
