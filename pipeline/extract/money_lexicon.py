"""Reads models/lexicon/money.toml and the numbers, currencies and hedges that go with it. See money.py."""

from pipeline.extract.currency_lexicon import load_currency_words
from pipeline.extract.hedge_lexicon import load_hedge_words
from pipeline.extract.money import PER_LEADS, TAXED, MoneyWords
from pipeline.extract.number_lexicon import load_number_words
from pipeline.lexicon import LexiconModel, load_lexicon


class ChangeVerbs(LexiconModel):
    """The stems of verbs of change."""

    stems: tuple[str, ...]
    endings: tuple[str, ...]


class EllipsisWords(LexiconModel):
    """What allows a bare number to borrow a unit."""

    follow: tuple[str, ...]
    things: tuple[str, ...]
    count_verbs: tuple[str, ...]
    never_after: tuple[str, ...]
    never_money_after: tuple[str, ...]
    leads: tuple[str, ...]
    verbs: tuple[str, ...]
    follow_endings: tuple[str, ...]
    nouns: tuple[str, ...]


class MoneyLexicon(LexiconModel):
    """models/lexicon/money.toml."""

    money_nouns: tuple[str, ...]
    count_words: tuple[str, ...]
    ellipsis: EllipsisWords
    per: dict[str, str]
    change: ChangeVerbs
    examples: dict[str, tuple[str, ...]]
    non_examples: dict[str, tuple[str, ...]]


def load_money_words() -> MoneyWords:
    """Read models/lexicon/money.toml and the numbers, currencies and hedges that go with it."""
    lexicon, currencies = load_lexicon("money", MoneyLexicon), load_currency_words()
    return MoneyWords(
        numbers=load_number_words(units=frozenset(currencies.openers)),
        currencies=currencies,
        hedges=load_hedge_words(),
        money_nouns=frozenset(lexicon.money_nouns),
        count_words=frozenset(lexicon.count_words),
        per=lexicon.per,
        per_starts=PER_LEADS.union(TAXED, lexicon.per),
        change_verbs=frozenset(stem + end for stem in lexicon.change.stems for end in lexicon.change.endings),
        never_money_after=frozenset(lexicon.ellipsis.never_money_after),
        follow=frozenset(lexicon.ellipsis.follow),
        things=frozenset(lexicon.ellipsis.things).union(lexicon.count_words),
        count_verbs=lexicon.ellipsis.count_verbs,
        never_after=frozenset(lexicon.ellipsis.never_after),
        leads=frozenset(lexicon.ellipsis.leads),
        verbs=lexicon.ellipsis.verbs,
        follow_endings=lexicon.ellipsis.follow_endings,
        nouns=frozenset(lexicon.ellipsis.nouns) | frozenset(lexicon.money_nouns),
    )
