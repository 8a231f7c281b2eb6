"""How rows of value tests are written: values in brackets in the text, what they are worth beside it."""

from collections.abc import Iterable
from decimal import Decimal

from pipeline.records import Amount, Qualifier, Share


def unmark(marked: str) -> tuple[str, list[str]]:
    """Return the text without brackets and the pieces that stood in them."""
    text = marked.replace("[", "").replace("]", "")
    return text, [piece.split("]")[0] for piece in marked.split("[")[1:]]


def write_amount(amount: Amount) -> str:
    """Write an amount as the rows do: "EUR 12", "EUR ~12", "EUR >12", "EUR <12", "EUR 3..5", "EUR 3 per share"."""
    low, high = amount.min, amount.max
    if amount.qualifier is Qualifier.RANGE:
        value = f"{_number(low)}..{_number(high)}"
    else:
        sign = {Qualifier.EXACT: "", Qualifier.ABOUT: "~", Qualifier.OVER: ">", Qualifier.UNDER: "<"}[amount.qualifier]
        value = sign + _number(amount.value if amount.value is not None else low if low is not None else high)
    return f"{amount.currency} {value}" + (f" per {amount.per}" if amount.per else "")


def write_share(share: Share) -> str:
    """Write a share as the rows do: "60%", "2..3%", "2 points", "3 permille"."""
    value = f"{_number(share.min)}..{_number(share.max)}" if share.value is None else _number(share.value)
    return value + {"percent": "%", "points": " points", "permille": " permille"}[share.unit]


def join(values: Iterable[str]) -> str:
    """Join the values of one row."""
    return " | ".join(values)


def _number(value: Decimal | None) -> str:
    assert value is not None
    return format(value.normalize(), "f")
