"""What a deal is about, in the words of the text: "manutenzione dei motori", "20 Dreamliner". Pure.

No parser stands behind it: a subject is the words behind a trigger ("una commessa per …", "ha ordinato 20 …"), or those
before a passive verb ("la manutenzione dei motori è affidata"), up to a word of models/lexicon/subjects.toml, a stop or
a span that plays another part in the deal; else a trigger that says it by itself ("minibond").
"""

import re
from collections.abc import Sequence

from pipeline.lexicon import LexiconModel, load_lexicon
from pipeline.records import Mention

Edges = tuple[int, int]

# "dell'impianto" is two words; "20", "S.p.A" and "da 5,5" have no stop inside
WORD = re.compile(r"[^\W_]+(?:[.,-][^\W_]+)*['’]?|[^\w\s]")
# "è affidata", "sarà fornita", "sono stati venduti"; not "è il fornitore"
PASSIVE = re.compile(
    r"(?:è|sono|era|erano|sarà|saranno|venga|viene|vengono|verrà|verranno|stat[aoie])\b.*[aoie]$", re.I
)
MOST = 12  # words
LEAST = 4  # letters


class SubjectWords(LexiconModel):
    """models/lexicon/subjects.toml."""

    openers: frozenset[str]
    articles: frozenset[str]
    enders: frozenset[str]
    empty: frozenset[str]
    nouns: frozenset[str]
    numbers: frozenset[str]
    examples: tuple[str, ...]
    non_examples: tuple[str, ...]


def load_subject_words() -> SubjectWords:
    """Read models/lexicon/subjects.toml."""
    return load_lexicon("subjects", SubjectWords)


def find_subject(
    text: str, triggers: Sequence[Edges], taken: Sequence[Edges], *, words: SubjectWords
) -> Mention | None:
    """Return the subject of the deal that `triggers` tell of; None where no words say it.

    `taken` are the edges of all triggers, parties and values: where one begins, a subject ends. Of several the longest.
    """
    found = [_behind(text, end, taken, words) for _, end in triggers]
    found += [_before(text, start, taken, words) for start, end in triggers if PASSIVE.match(text[start:end])]
    said = [mention for mention in found if mention and len(mention.text) >= LEAST]
    said = said or [Mention(*edges, text[slice(*edges)]) for edges in triggers if _is_noun(text[slice(*edges)], words)]
    return max(said, key=lambda mention: (_fullness(mention), -mention.start), default=None)


def _is_noun(said: str, words: SubjectWords) -> bool:
    return any(re.match(rf"{noun}\b", said, re.I) for noun in words.nouns)


def _fullness(mention: Mention) -> int:
    return len(WORD.findall(mention.text))


def _behind(text: str, at: int, taken: Sequence[Edges], words: SubjectWords) -> Mention | None:
    """Return the words behind `at`: with an opener or at once; parties and sums before them are stepped over."""
    at = _skip(text, at, taken, words)
    opener = max((each for each in words.openers if _starts_with(text, at, each)), key=len, default="")
    behind = at + len(opener) + (text[at + len(opener) : at + len(opener) + 1] == " ")
    start = _cut_article(text, behind, words)
    counted = text[at : at + 1].isdigit() or any(_starts_with(text, at, number) for number in words.numbers)
    if not opener and start == behind and not counted:
        return None  # "ha rilevato ieri": neither a thing nor a number of things
    return _up_to_end(text, start, taken, words)


def _skip(text: str, at: int, taken: Sequence[Edges], words: SubjectWords) -> int:
    """Step over "a due aziende piemontesi", "da 12 milioni di euro": a preposition and what plays another part."""
    at += len(text[at:]) - len(text[at:].lstrip(" "))
    for start, end in sorted(taken):
        between = text[at:start].strip().lower()
        if at <= start and (not between or between in words.enders | words.openers | words.articles):
            at = end + len(text[end:]) - len(text[end:].lstrip(" "))
    return at


def _starts_with(text: str, at: int, opener: str) -> bool:
    end = at + len(opener)
    return text[at:end].lower() == opener and (opener.endswith("'") or text[end : end + 1] == " ")


def _cut_article(text: str, at: int, words: SubjectWords) -> int:
    match = WORD.match(text, at)
    if match and match.group().lower().replace("’", "'") in words.articles:
        return match.end() + (text[match.end() : match.end() + 1] == " ")
    return at


def _up_to_end(text: str, start: int, taken: Sequence[Edges], words: SubjectWords) -> Mention | None:
    limit = min((other for other, end in taken if end > start), default=len(text))
    end = start
    for count, match in enumerate(WORD.finditer(text, start, max(start, limit))):
        word = match.group()
        gap = text[end : match.start()]
        if count >= MOST or "\n" in gap or not word[0].isalnum() or _ends(word, words):
            break
        end = match.end()
    return _trimmed(text, start, end, words)


def _ends(word: str, words: SubjectWords) -> bool:
    return word.lower().replace("’", "'") in words.enders


def _trimmed(text: str, start: int, end: int, words: SubjectWords) -> Mention | None:
    """Cut function words from the end; None for words that say nothing."""
    while matches := list(WORD.finditer(text, start, end)):
        last = matches[-1].group().lower().replace("’", "'")
        if last not in words.openers | words.articles | {"e", "ed", "circa", "o"}:
            break
        end = matches[-2].end() if len(matches) > 1 else start
    said = text[start:end]
    empty = said.lower() in words.empty or said.lower().split(" ")[0] in words.empty
    return Mention(start, end, said) if said and not empty else None


def _before(text: str, at: int, taken: Sequence[Edges], words: SubjectWords) -> Mention | None:
    """Return the words between the beginning of the clause and a passive verb at `at`."""
    behind = max((end for _, end in taken if end <= at), default=0)
    stop = max(text.rfind(mark, behind, at) for mark in ".,;:\n»")
    start = max(stop + 1, behind)
    start += len(text[start:at]) - len(text[start:at].lstrip())
    return _up_to_end(text, _cut_article(text, start, words), [*taken, (at, at + 1)], words)
