"""The dates, amounts and shares of an article, as `affari_values` left them in a Doc. Reads nothing itself."""

from dataclasses import dataclass

from spacy.tokens import Doc

from pipeline.records import Amount, DateValue, Share

GROUP = "affari_values"


@dataclass(frozen=True, slots=True)
class Values:
    """All values of an article, each kind in reading order."""

    dates: tuple[DateValue, ...] = ()
    amounts: tuple[Amount, ...] = ()
    shares: tuple[Share, ...] = ()


def values_of(doc: Doc) -> Values:
    """Return the values of `doc`; none where `affari_values` did not run."""
    found = [span._.value for span in doc.spans[GROUP]] if GROUP in doc.spans else []
    return Values(
        dates=tuple(value for value in found if isinstance(value, DateValue)),
        amounts=tuple(value for value in found if isinstance(value, Amount)),
        shares=tuple(value for value in found if isinstance(value, Share)),
    )
