"""Says whether a clause tells of what was or of what comes, by the verbs and nouns near a date. No parser."""

from typing import Final

from pipeline.extract.atoms import PARAGRAPH
from pipeline.extract.date_cut import Cut
from pipeline.extract.date_values import Form
from pipeline.extract.date_words import OTHER, DateWords

REACH: Final = 14  # atoms on either side
DATELINE_REACH: Final = 14  # atoms from the paragraph's begin
STOPS: Final = frozenset({".", PARAGRAPH})
COMMAS: Final = frozenset(",:()")
STEMS: Final = ("at", "ut", "it", "ess", "ott", "ost", "us", "ert", "int", "unt")
PARTICIPLES: Final = tuple(stem + vowel for stem in STEMS for vowel in "oaie")
# What a word shows
PAST: Final = "-"
COMING: Final = "+"
AUXILIARY: Final = "h"
INFINITIVE: Final = "i"
CONDITIONAL: Final = "c"
TURNS: Final = {PAST: -1, COMING: 1}
CONDITIONALS: Final = ("rebbe", "rebbero")
INFINITIVES: Final = ("are", "ere", "ire", "arsi", "ersi", "irsi", "urre", "orre")
TAIL: Final = 3  # letters of an ending that are looked at first; words that show a turn so are longer
COMMA_COST: Final = 4  # a cue beyond a comma counts as so much farther


def clause_turn(cut: Cut, form: Form) -> int:
    """Return -1 where the nearest cue is past, 1 where it is coming, 0 without cue; the sentence is the limit."""
    first, last = form.first, form.last
    if is_bare_participle(cut, first - 1):
        return -1
    before, turn_before = _nearest_cue(cut, first - 1, first - 1 - min(REACH, first), -1)
    reach = min(REACH, len(cut.shape) - last, before - 1 if turn_before else REACH)
    behind, turn_behind = _nearest_cue(cut, last, last + reach, 1)
    return turn_behind if turn_behind and (not turn_before or behind < before) else turn_before


def _nearest_cue(cut: Cut, start: int, end: int, step: int) -> tuple[int, int]:
    """Return the distance and the turn of the first cue on one side, 0 and 0 where there is none."""
    keys, told, last = cut.keys, cut.words.cues.told, cut.words.cues.last
    index = start
    while index != end:
        key = keys[index]
        if key in told or (len(key) > TAIL and key[-TAIL:] in last):
            turn = cue_of(cut, index)
            if turn:
                return _distance(cut.shape, start, index), turn
            if key in STOPS and not cut.atoms.glued(index + 1):
                break
        index += step
    return 0, 0


def _distance(shape: str, start: int, index: int) -> int:
    """Return how far from `start` a cue is; beyond a comma it counts as farther."""
    between = shape[start:index] if start < index else shape[index + 1 : start + 1]
    distance = 1 + len(between)
    for letter in between:
        if letter in COMMAS:
            distance += COMMA_COST - 1
    return distance


def cue_of(cut: Cut, index: int) -> int:
    """Return the turn that one word shows: "sarà", "consegna" 1, "ha firmato", "firmò" -1."""
    cue = _cue(cut.keys[index], cut.words)
    if cue == AUXILIARY:
        return -1 if _has_participle(cut, index) else 0
    if cue == INFINITIVE:
        return int(cut.keys[index - 1] == "da")  # "da consegnare"
    if cue == CONDITIONAL:
        return -1 if _has_participle(cut, index) else 1
    if cue == PAST and _cue(cut.keys[index - 1], cut.words) == COMING:
        return 1  # "sarà firmato"
    return TURNS.get(cue, 0)


def _cue(key: str, words: DateWords) -> str:
    """Return the turn that a word shows: by the lists, else by its ending."""
    cues = words.cues
    told = cues.told.get(key)
    if told is not None:
        return told
    if key[-TAIL:] not in cues.last or key in words.letters:
        return OTHER
    for ends, least, cue in cues.endings:
        if key.endswith(ends) and len(key) >= least:
            return cue
    return OTHER


def is_bare_participle(cut: Cut, index: int) -> bool:
    """Say whether a participle stands right before the date: "la licenza concessa mercoledì", "chiusa venerdì"."""
    key = cut.keys[index]
    long = len(key) > 5 and cut.letters[index] == OTHER
    told = long and key.endswith(PARTICIPLES) and key not in cut.words.future_words
    return told and _cue(cut.keys[index - 1], cut.words) != COMING  # "sarà pubblicato a maggio"


def _has_participle(cut: Cut, index: int) -> bool:
    """Say whether a participle follows an auxiliary within three words: "ha già firmato"."""
    endings = cut.words.participle_endings
    for at in range(index + 1, index + 4):
        key = cut.keys[at]
        if cut.letters[at] != OTHER or not key.isalpha():
            return False
        if len(key) > 3 and key.endswith(endings):
            return True
    return False


def is_dateline(cut: Cut, form: Form) -> bool:
    """Say whether the date stands in a dateline: "Milano, 13 set - ", "(ANSA) - ROMA, 2 OTT - "."""
    if cut.letters[form.last] not in {"-", "(", "|"} or cut.letters[form.first - 1] not in {",", "-", "(", "|", ""}:
        return False
    start = cut.shape.rfind("|", max(0, form.first - DATELINE_REACH), form.first) + 1
    return form.first - start < DATELINE_REACH


def is_alone(cut: Cut, form: Form) -> bool:
    """Say whether the text is this date and nothing else but a sign."""
    return form.last - form.first >= len(cut.shape) - 1
