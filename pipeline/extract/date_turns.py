"""Says whether a clause tells of what was or of what comes, by the verbs and nouns near a date. No parser."""

from functools import lru_cache, partial

from pipeline.extract.date_cut import Cut
from pipeline.extract.date_values import Form
from pipeline.extract.date_words import OTHER, DateWords
from pipeline.extract.memo import Memo

REACH = 14  # atoms on either side
DATELINE_REACH = 14  # atoms from the paragraph's begin
STOPS = frozenset(".|")
COMMAS = frozenset(",:()")
STEMS = ("at", "ut", "it", "ess", "ott", "ost", "us", "ert", "int", "unt")
PARTICIPLES = tuple(stem + vowel for stem in STEMS for vowel in "oaie")
PAST, COMING, AUXILIARY, INFINITIVE, CONDITIONAL = "-", "+", "h", "i", "c"  # what a word shows
CONDITIONALS = ("rebbe", "rebbero")
INFINITIVES = ("are", "ere", "ire", "arsi", "ersi", "irsi", "urre", "orre")
COMMA_COST = 4  # a cue beyond a comma counts as so much farther


def clause_turn(cut: Cut, form: Form) -> int:
    """Return -1 where the nearest cue is past, 1 where it is coming, 0 without cue; the sentence is the limit."""
    if is_bare_participle(cut, form.first - 1):
        return -1
    nearest, turn = 10**6, 0
    for step in (-1, 1):
        distance, found = _nearest_cue(cut, form.first - 1 if step < 0 else form.last, step)
        if found and distance < nearest:
            nearest, turn = distance, found
    return turn


def _nearest_cue(cut: Cut, start: int, step: int) -> tuple[int, int]:
    """Return the distance and the turn of the first cue on one side, 0 and 0 where there is none."""
    keys, shape, cues = cut.atoms.keys, cut.shape, _cues(cut.words)
    stop = min(start + REACH, len(keys)) if step > 0 else max(start - REACH, -1)
    cost = 0
    for index in range(start, stop, step):
        letter = shape[index]
        cost += COMMA_COST if letter in COMMAS else 1
        if letter in STOPS and not cut.atoms.glued(index + 1):
            return 0, 0
        if cues[keys[index]] != OTHER:
            turn = cue_of(cut, index)
            if turn:
                return cost, turn
    return 0, 0


def cue_of(cut: Cut, index: int) -> int:
    """Return the turn that one word shows: "sarà", "consegna" 1, "ha firmato", "firmò" -1."""
    cue = _cues(cut.words)[cut.atoms.keys[index]]
    if cue == AUXILIARY:
        return -1 if _has_participle(cut, index) else 0
    if cue == INFINITIVE:
        return int(cut.key(index - 1) == "da")  # "da consegnare"
    if cue == CONDITIONAL:
        return -1 if _has_participle(cut, index) else 1
    if cue == PAST and index and _cues(cut.words)[cut.atoms.keys[index - 1]] == COMING:
        return 1  # "sarà firmato"
    return {PAST: -1, COMING: 1}.get(cue, 0)


@lru_cache(maxsize=8)
def _cues(words: DateWords) -> Memo[str]:
    """Return the memo of the turns that words show."""
    return Memo(partial(_cue, words=words))


def _cue(key: str, *, words: DateWords) -> str:
    """Return the turn that a word shows: by the lists, else by its ending."""
    lists = ((words.past_words, PAST), (words.auxiliaries, AUXILIARY), (words.future_words, COMING))
    told = next((cue for group, cue in lists if key in group), None)
    if told or len(key) < 4 or key in words.letters:
        return told or OTHER
    tense = words.lexicon.tense
    endings = (
        (tense.future_endings, 4, COMING),
        (CONDITIONALS, 4, CONDITIONAL),
        (INFINITIVES, 5, INFINITIVE),
        (tense.past_endings, 5, PAST),
    )
    return next((cue for ends, least, cue in endings if len(key) >= least and key.endswith(ends)), OTHER)


def is_bare_participle(cut: Cut, index: int) -> bool:
    """Say whether a participle stands right before the date: "la licenza concessa mercoledì", "chiusa venerdì"."""
    key = cut.key(index)
    long = len(key) > 5 and cut.letter(index) == OTHER
    told = long and key.endswith(PARTICIPLES) and key not in cut.words.future_words
    return told and _cues(cut.words)[cut.atoms.keys[index - 1]] != COMING  # "sarà pubblicato a maggio"


def _has_participle(cut: Cut, index: int) -> bool:
    """Say whether a participle follows an auxiliary within three words: "ha già firmato"."""
    endings = tuple(cut.words.lexicon.tense.participle_endings)
    for at in range(index + 1, index + 4):
        key = cut.key(at)
        if cut.letter(at) != OTHER or not key.isalpha():
            return False
        if len(key) > 3 and key.endswith(endings):
            return True
    return False


def is_dateline(cut: Cut, form: Form) -> bool:
    """Say whether the date stands in a dateline: "Milano, 13 set - ", "(ANSA) - ROMA, 2 OTT - "."""
    if cut.letter(form.last) not in {"-", "(", "|"} or cut.letter(form.first - 1) not in {",", "-", "(", "|", ""}:
        return False
    start = cut.shape.rfind("|", max(0, form.first - DATELINE_REACH), form.first) + 1
    return form.first - start < DATELINE_REACH


def is_alone(cut: Cut, form: Form) -> bool:
    """Say whether the text is this date and nothing else but a sign."""
    return form.last - form.first >= len(cut.shape) - 1
