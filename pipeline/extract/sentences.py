"""Sentence boundaries of Italian news: rules and the words of models/lexicon/sentences.toml. No parser, no model.

`nlp.add_pipe("affari_sentences")` sets the sentence starts of a Doc; `find_sentence_starts` is the pure part.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.lexicon import LexiconModel, load_lexicon

# A stop with its closing quotes: "?», " and ".» "; never the point of "1.310", which no space follows.
# The look-behind and the possessive repeats keep a megabyte of stops linear.
STOP = re.compile(r"(?<![.!?…])(?P<mark>[.!?…]++)(?P<close>[»”’\"')\]]*+)(?P<gap>\s++|(?=[A-ZÀ-Ý]))")
# A blank line, spaces on it or not: "Titolo\n\nTesto"; one line break alone is a space.
BLANK_LINE = re.compile(r"\n[ \t\r\f\v\xa0]*+\n\s*+")
# What may stand before the first letter of a sentence: "«Vendo", "- Vendo", "(Ansa)"
OPENING = re.compile(r"[«“‘\"'(\[–—-]{0,3}\s?")
WORD = re.compile(r"[^\W\d_]+")
# The word before a stop, with the stops inside it: "S.p.A", "dott", "2013"
BEFORE = re.compile(r"[\w.&'’]{1,16}$")
LOOK_BACK = 20
# "fine.Il" is a lost space; "www.Alfa.It" and "S.p.A" are not
GLUED = re.compile(r"(?:^|[\s'’«\"(])[a-zà-ý]{3,}$")


class SentenceWords(LexiconModel):
    """models/lexicon/sentences.toml. In `examples` a bar stands where a sentence begins."""

    never_end: tuple[str, ...]
    may_end: tuple[str, ...]
    openers: tuple[str, ...]
    examples: tuple[str, ...]
    non_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SentenceRules:
    """The words as sets, in lower case."""

    never_end: frozenset[str]
    may_end: frozenset[str]
    openers: frozenset[str]


def load_sentence_rules() -> SentenceRules:
    """Read models/lexicon/sentences.toml."""
    words = load_lexicon("sentences", SentenceWords)
    return SentenceRules(frozenset(words.never_end), frozenset(words.may_end), frozenset(words.openers))


def find_sentence_starts(text: str, *, rules: SentenceRules) -> tuple[int, ...]:
    """Return the offsets of the first characters of the sentences after the first one, in reading order.

    A blank line always ends a sentence. Offsets point at the first character that is no space.
    """
    starts = {match.end() for match in BLANK_LINE.finditer(text)}
    starts.update(match.end() for match in STOP.finditer(text) if _ends_sentence(text, match, rules))
    return tuple(sorted(start for start in starts if 0 < start < len(text)))


def _ends_sentence(text: str, stop: re.Match[str], rules: SentenceRules) -> bool:
    """Say whether this stop ends a sentence: what follows opens one, what precedes is no abbreviation."""
    following = _opening_word(text, stop.end())
    if following is None:
        return False
    before = text[max(0, stop.start() - LOOK_BACK) : stop.start()]
    if not stop["gap"]:
        opens = len(following) > 1 and following.lower() in rules.openers
        return opens and not stop["close"] and bool(GLUED.search(before))
    if stop["mark"] != ".":
        return not (stop["mark"] == "!" and following.islower())
    return not _is_abbreviation(before, following, rules) and not _is_list_number(text, stop)


def _opening_word(text: str, start: int) -> str | None:
    """Return the capitalised word, digit or quote that may open a sentence at `start`, else None."""
    opening = OPENING.match(text, start)
    at = opening.end() if opening else start
    word = WORD.match(text, at, at + 30)
    if word:
        return word.group() if word.group()[0].isupper() else None
    return text[at] if at < len(text) and (text[at].isdigit() or at > start) else None


def _is_abbreviation(before: str, following: str, rules: SentenceRules) -> bool:
    """Say whether the word before a single full stop only abbreviates: "dott", "S.p.A", the initial "G"."""
    match = BEFORE.search(before)
    if not match:
        return False
    word = re.split(r"['’]", match.group())[-1]
    known = word.lower()
    if known in rules.never_end:
        return not (known in {"s", "p", "v"} and following.lower() in rules.openers)
    initial = len(word) == 1 and word.isalpha() and word.isupper()
    return (initial or known in rules.may_end) and following.lower() not in rules.openers


def _is_list_number(text: str, stop: re.Match[str]) -> bool:
    """Say whether the stop belongs to the number of a list at the start of a line: "1. Alfa compra"."""
    line = text.rfind("\n", max(0, stop.start() - 4), stop.start()) + 1
    if not line and stop.start() > 3:
        return False
    return text[line : stop.start()].strip().isdigit()


def set_sentence_starts(doc: Doc, starts: Iterable[int]) -> Doc:
    """Mark the tokens of `doc` at the offsets `starts`; an offset inside a token is passed over."""
    wanted = set(starts)
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in wanted
    return doc


class Sentences:
    """The spaCy component `affari_sentences`."""

    def __init__(self, rules: SentenceRules) -> None:
        self.rules = rules

    def __call__(self, doc: Doc) -> Doc:
        """Set the sentence starts of `doc`."""
        return set_sentence_starts(doc, find_sentence_starts(doc.text, rules=self.rules))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 128) -> Iterator[Doc]:  # noqa: ARG002 - spaCy's signature
        """Set the sentence starts of each Doc of a stream."""
        return (self(doc) for doc in docs)


@Language.factory("affari_sentences", assigns=["token.is_sent_start", "doc.sents"])
def make_sentences(nlp: Language, name: str) -> Sentences:  # noqa: ARG001 - spaCy's signature
    """Make the component; `nlp` and `name` are spaCy's."""
    return Sentences(load_sentence_rules())
