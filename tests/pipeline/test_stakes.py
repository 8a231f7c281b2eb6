from datetime import date

import pytest

from pipeline.extract.stakes import StakeLexicon, StakeWords, load_stake_words, read_stake
from pipeline.extract.values import ValueWords, load_value_words, read_values
from pipeline.lexicon import WordList, load_lexicon
from pipeline.records import DealType

BUY, STAKE, BID, SALE = DealType.ACQUISITION, DealType.STAKE_PURCHASE, DealType.TAKEOVER_BID, DealType.DIVESTITURE
VENTURE, ORDER, INCREASE = DealType.JOINT_VENTURE, DealType.ORDER, DealType.CAPITAL_INCREASE

# text, the share that the readers picked, type of the deal -> stake, stake afterwards, where it is said
ROWS = (
    ("Alfa ha rilevato il 51% di Beta.", "51%", BUY, ("51", None, "51%")),
    ("Alfa ha rilevato Beta.", None, BUY, None),
    ("Alfa sale dal 10 al 35% di Beta.", "35%", STAKE, ("25", "35", "10 al 35%")),
    ("Alfa sale dal 10 al 35% di Beta.", "10", STAKE, ("25", "35", "10 al 35%")),
    ("Alfa sale dal 4,8 al 9,4 per cento di Beta.", "9,4 per cento", STAKE, ("4.6", "9.4", "4,8 al 9,4 per cento")),
    ("L'offerente è passato dal 55% al 91% di Beta.", "91%", BID, ("36", "91", "55% al 91%")),
    ("Alfa porta dal 51 al 75% la quota in Beta.", None, BUY, ("24", "75", "51 al 75%")),
    ("Lunaria scende dal 30 al 12% del capitale.", "12%", SALE, ("18", None, "30 al 12%")),
    ("I fondatori si diluiscono dal 100 al 55%.", "55%", INCREASE, ("45", None, "100 al 55%")),
    ("Alfa compra il 20% di Beta, i cui ricavi salgono dal 10 al 35%.", "20%", STAKE, ("20", None, "20%")),
    ("Alfa compra Beta. I margini salgono dal 10 al 35%.", None, BUY, None),
    ("Alfa ordina a Beta dal 10 al 35% dei pezzi.", None, ORDER, None),
    ("Alfa rileva il 24% di Beta e sale al 75%.", "24%", BUY, ("24", "75", "24%")),
    ("Alfa rileva il 16% di Beta portando la sua quota al 46%.", "16%", STAKE, ("16", "46", "16%")),
    ("Alfa rileva il 16% di Beta, i soci restano al 46%.", "16%", STAKE, ("16", None, "16%")),
    ("Alfa rileva il 16% di Beta. Gamma sale al 46% di Delta.", "16%", STAKE, ("16", None, "16%")),
    ("Lavazza, che era socia di minoranza, sale al 100% di Maxicoffee.", None, BUY, (None, "100", "100%")),
    ("Alfa ha comprato Beta, il cui margine sale al 12%.", None, BUY, None),
    ("Alfa ordina a Beta, che sale al 12% del capitale di Gamma.", None, ORDER, None),
    ("Silverlake ha venduto l'intero capitale di Orobica.", None, BUY, ("100", None, "intero capitale")),
    ("Ceduta la totalità delle quote di Orobica.", None, SALE, ("100", None, "totalità delle quote")),
    ("Ceduto l'intero capitale: il 60% era di Alfa.", None, SALE, None),
    ("Con l'intero capitale versato Alfa ordina due gru.", None, ORDER, None),
    ("Alfa e Beta daranno vita a una società paritetica.", None, VENTURE, ("50", None, "paritetica")),
    ("Alfa e Beta daranno vita a una società comune.", None, VENTURE, None),
    ("Alfa compra una società paritetica.", None, BUY, None),
)  # fmt: skip


@pytest.fixture(scope="module")
def words() -> StakeWords:
    return load_stake_words()


@pytest.fixture(scope="module")
def value_words() -> ValueWords:
    return load_value_words()


@pytest.mark.parametrize(("text", "picked", "type", "expected"), ROWS)
def test_stake(text: str, picked: str | None, type: DealType, expected: object, words, value_words) -> None:
    shares = read_values(text, words=value_words, published=date(2024, 11, 22)).shares
    chosen = next((share for share in shares if share.text.removeprefix("il ") == picked), None)
    assert (chosen is None) == (picked is None), [share.text for share in shares]
    end = text.find(". ") + 1 or len(text)
    stake = read_stake(text, [(0, end)], shares, chosen, type=type, partners=2, words=words)
    found = stake and (
        stake.value and str(stake.value),
        stake.after and str(stake.after),
        text[stake.start : stake.end].removeprefix("il "),
    )
    assert found == expected


def test_three_partners_do_not_hold_half_each(words: StakeWords) -> None:
    text = "Alfa, Beta e Gamma fondano una società in parti uguali."
    assert read_stake(text, [(0, len(text))], (), None, type=VENTURE, partners=3, words=words) is None


@pytest.mark.parametrize("name", ["whole", "half"])
def test_lexicon(name: str, words: StakeWords) -> None:
    group: WordList = getattr(load_lexicon("stakes", StakeLexicon), name)
    pattern = getattr(words, name)
    assert all(pattern.search(phrase) for phrase in group.examples)
    assert not any(pattern.search(phrase) for phrase in group.non_examples)


def test_lexicon_of_rising(words: StakeWords) -> None:
    group = load_lexicon("stakes", StakeLexicon).rising
    for phrases, expected in ((group.examples, True), (group.non_examples, False)):
        starts = [phrase[: phrase.rindex(" ") + 1] for phrase in phrases]  # up to the last percentage
        assert [bool(words.rising.search(start)) for start in starts] == [expected] * len(phrases)
