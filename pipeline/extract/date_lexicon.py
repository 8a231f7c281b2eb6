"""Reads models/lexicon/dates.toml: the vocabulary of dates with the letter of each word. See date_words.py."""

from itertools import product
from string import ascii_lowercase

from pipeline.extract.atoms import cut_atoms
from pipeline.extract.date_turns import (
    AUXILIARY,
    COMING,
    CONDITIONAL,
    CONDITIONALS,
    INFINITIVE,
    INFINITIVES,
    PAST,
    STOPS,
    TAIL,
)
from pipeline.extract.date_words import LETTERS, OTHER, SIGNS, Cues, DateWords, letter_of
from pipeline.extract.number_lexicon import load_number_words
from pipeline.extract.numbers import NumberWords, may_be_long_number
from pipeline.lexicon import LexiconModel, load_lexicon


class DateTraps(LexiconModel):
    """Words beside which a date is none."""

    streets: tuple[str, ...]
    laws: tuple[str, ...]
    events: tuple[str, ...]
    counted: tuple[str, ...]


class TenseWords(LexiconModel):
    """Endings and words that place a clause in time."""

    future_endings: tuple[str, ...]
    not_future: tuple[str, ...]
    future_words: tuple[str, ...]
    auxiliaries: tuple[str, ...]
    participle_endings: tuple[str, ...]
    past_words: tuple[str, ...]
    past_endings: tuple[str, ...]


class DateLexicon(LexiconModel):
    """models/lexicon/dates.toml."""

    months: dict[str, int]
    short_months: dict[str, int]
    weekdays: dict[str, int]
    plural_weekdays: dict[str, int]
    short_weekdays: dict[str, int]
    ordinals: dict[str, int]
    relative_days: dict[str, int]
    seasons: dict[str, tuple[int, int]]
    holidays: dict[str, tuple[int, int]]
    easter: dict[str, int]
    moving: dict[str, tuple[int, int, int]]
    decades: dict[str, int]
    centuries: dict[str, int]
    years_of: dict[str, int]
    months_of: dict[str, int]
    classes: dict[str, tuple[str, ...]]
    year_nouns: tuple[str, ...]
    not_before_year: tuple[str, ...]
    traps: DateTraps
    tense: TenseWords
    examples: dict[str, str]
    non_examples: dict[str, tuple[str, ...]]


def load_date_words() -> DateWords:
    """Read models/lexicon/dates.toml and numbers.toml."""
    lexicon, numbers = load_lexicon("dates", DateLexicon), load_number_words()
    letters = _letters(lexicon, numbers)
    return DateWords(
        numbers=numbers,
        letters=letters,
        spelled=_spelled(letters, lexicon, numbers),
        months=lexicon.months | lexicon.short_months,
        year_nouns=frozenset(lexicon.year_nouns),
        not_before_year=frozenset(lexicon.not_before_year),
        weekdays=lexicon.weekdays,
        plural_weekdays=lexicon.plural_weekdays,
        short_weekdays=lexicon.short_weekdays,
        ordinals=lexicon.ordinals,
        relative_days=lexicon.relative_days,
        seasons=lexicon.seasons,
        feasts={cut_atoms(name).keys: name for name in _feasts(lexicon)},
        holidays=lexicon.holidays,
        easter=lexicon.easter,
        moving=lexicon.moving,
        decades=lexicon.decades,
        centuries=lexicon.centuries,
        years_of=lexicon.years_of,
        months_of=lexicon.months_of,
        streets=frozenset(lexicon.traps.streets),
        laws=frozenset(lexicon.traps.laws),
        events=frozenset(lexicon.traps.events),
        counted=frozenset(lexicon.traps.counted),
        future_words=frozenset(lexicon.tense.future_words),
        cues=_cues(lexicon.tense),
        participle_endings=lexicon.tense.participle_endings,
    )


def _feasts(lexicon: DateLexicon) -> tuple[str, ...]:
    """Return the names of all feasts."""
    return (*lexicon.holidays, *lexicon.easter, *lexicon.moving)


def _letters(lexicon: DateLexicon, numbers: NumberWords) -> dict[str, str]:
    """Return the letter of each word; where a word is in two classes, the more telling one wins."""
    letters = {word: LETTERS[name] for name, words in lexicon.classes.items() for word in words}
    feasts = {cut_atoms(name).keys[0] for name in _feasts(lexicon)}
    tables = {
        "holiday": feasts - letters.keys(),  # "giorno" of "giorno dei morti" stays what it is
        "some": numbers.collectives,
        "season": lexicon.seasons,
        "multi": lexicon.years_of,
        "months_of": lexicon.months_of,
        "relative": lexicon.relative_days,
        "ordinal": lexicon.ordinals,
        "weekday": lexicon.weekdays,
        "short_month": lexicon.short_months,
        "month": lexicon.months,
    }
    for name, words in tables.items():
        letters |= dict.fromkeys(words, LETTERS[name])
    return SIGNS | letters


def _spelled(letters: dict[str, str], lexicon: DateLexicon, numbers: NumberWords) -> dict[str, str]:
    """Return the letters of all words that have one; of long number words there is no end."""
    roman = ("".join(digits) for length in range(1, 6) for digits in product("ivx", repeat=length))
    elided = (f"{word[:-1]}'" for word in numbers.spelled if word[-1] in "ai")
    words = {*letters, *lexicon.centuries, *numbers.spelled, "mille", *elided, *roman}
    spelled = {word: letter_of(word, letters, lexicon.centuries, numbers) for word in words}
    return {word: letter for word, letter in spelled.items() if letter != OTHER and not may_be_long_number(word)}


def _cues(tense: TenseWords) -> Cues:
    """Return the words and endings that show the turn of a clause."""
    lists = ((STOPS, OTHER), (tense.future_words, COMING), (tense.auxiliaries, AUXILIARY), (tense.past_words, PAST))
    endings = (
        (tense.future_endings, 4, COMING),
        (CONDITIONALS, 4, CONDITIONAL),
        (INFINITIVES, 5, INFINITIVE),
        (tense.past_endings, 5, PAST),
    )
    every = [ending for group, _, _ in endings for ending in group]
    last = {
        "".join(more) + ending[-TAIL:]
        for ending in every
        for more in product(ascii_lowercase + "àèéìòù", repeat=max(TAIL - len(ending), 0))
    }
    return Cues({word: cue for group, cue in lists for word in group}, endings, frozenset(last))
