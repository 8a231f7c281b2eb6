"""The language of an article: of its words when they are clear, else as the page declares it. Pure."""

import re

from scrapers.json_ld import ArticleNode
from scrapers.metadata import LANGUAGES, Metadata

WORD = re.compile(r"[^\W\d_]+")
STOPWORDS = {
    "it": frozenset(
        [
            "il",
            "di",
            "che",
            "la",
            "e",
            "per",
            "un",
            "non",
            "sono",
            "con",
            "una",
            "del",
            "della",
            "nel",
            "alla",
            "gli",
            "dei",
            "delle",
            "da",
            "si",
            "anche",
            "più",
            "dal",
            "è",
        ]
    ),
    "en": frozenset(
        [
            "the",
            "of",
            "and",
            "to",
            "in",
            "that",
            "for",
            "was",
            "with",
            "his",
            "on",
            "are",
            "this",
            "from",
            "by",
            "it",
            "at",
            "which",
            "have",
            "an",
            "be",
            "has",
        ]
    ),
    "fr": frozenset(
        [
            "le",
            "les",
            "des",
            "et",
            "est",
            "une",
            "dans",
            "qui",
            "pour",
            "pas",
            "sur",
            "au",
            "avec",
            "ce",
            "il",
            "par",
            "sont",
            "du",
            "aux",
            "cette",
            "ses",
            "nous",
        ]
    ),
    "de": frozenset(
        [
            "der",
            "die",
            "und",
            "das",
            "den",
            "von",
            "zu",
            "mit",
            "sich",
            "des",
            "auf",
            "für",
            "ist",
            "im",
            "dem",
            "nicht",
            "ein",
            "eine",
            "als",
            "auch",
            "es",
            "an",
        ]
    ),
    "es": frozenset(
        [
            "el",
            "los",
            "las",
            "y",
            "en",
            "que",
            "por",
            "una",
            "con",
            "para",
            "del",
            "se",
            "su",
            "como",
            "más",
            "al",
            "lo",
            "pero",
            "sus",
            "ha",
            "este",
            "fue",
        ]
    ),
}
SAMPLE = 400  # words
CLEAR = 1.4  # times the next language's words


def find_language(metadata: Metadata, node: ArticleNode | None, text: str) -> str | None:
    """Return the two letters of ISO 639-1, or None when nothing tells.

    Templates declare the language that their maker spoke (WordPress: lang="en-US"); so the words come first.
    """
    words = [word.lower() for word in WORD.findall(text[: SAMPLE * 12])[:SAMPLE]]
    votes = sorted(((sum(word in known for word in words), name) for name, known in STOPWORDS.items()), reverse=True)
    if votes[0][0] >= 5 and votes[0][0] > CLEAR * votes[1][0]:
        return votes[0][1]
    declared = (metadata.language, node.language if node else "", metadata.first(LANGUAGES))
    return next((name[:2].lower() for name in declared if re.fullmatch(r"[A-Za-z]{2}(?:[-_].*)?", name)), None)
