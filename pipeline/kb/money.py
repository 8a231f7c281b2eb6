"""Sums of money as columns and back: whole cents, a lower and an upper bound. Pure."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from pipeline.errors import ArticleError
from pipeline.known import Sum
from pipeline.link import sum_text
from pipeline.records import Qualifier

CENTS = Decimal(100)
LARGEST = 2**63 - 1


class HasSum(Protocol):
    """What an Amount and a Sum have in common."""

    @property
    def currency(self) -> str: ...  # noqa: D102 - see Sum
    @property
    def qualifier(self) -> Qualifier: ...  # noqa: D102
    @property
    def value(self) -> Decimal | None: ...  # noqa: D102
    @property
    def min(self) -> Decimal | None: ...  # noqa: D102
    @property
    def max(self) -> Decimal | None: ...  # noqa: D102


def to_cents(units: Decimal | None) -> int | None:
    """Return whole cents, half up; raises ArticleError for a sum that no ledger holds."""
    if units is None:
        return None
    if not units.is_finite() or abs(units * CENTS) > LARGEST:
        raise ArticleError(f"the sum {units} is beyond what can be stored")
    return int((units * CENTS).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def to_units(cents: int | None) -> Decimal | None:
    """Return plain units of `cents`, without needless zeros: 1200000000 is 12000000."""
    if cents is None:
        return None
    units = Decimal(cents) / CENTS
    return units.quantize(Decimal(1)) if units == units.to_integral_value() else units


def bounds_of(amount: HasSum | None) -> tuple[int | None, int | None]:
    """Return lower and upper bound in cents; a sum that is exact or about is both."""
    if amount is None:
        return None, None
    if amount.value is not None:
        return to_cents(amount.value), to_cents(amount.value)
    return to_cents(amount.min), to_cents(amount.max)


def sum_of(currency: str | None, qualifier: str | None, low: int | None, high: int | None) -> Sum | None:
    """Return the sum that columns hold, None without a currency."""
    if currency is None or qualifier is None:
        return None
    kind = Qualifier(qualifier)
    if kind in {Qualifier.EXACT, Qualifier.ABOUT}:
        return Sum(currency, kind, value=to_units(low))
    return Sum(currency, kind, min=to_units(low), max=to_units(high))


def say_sum(amount: HasSum) -> str:
    """Write a sum as canonical text: "EUR over 1000000", "EUR range 3000000-5000000", "EUR exact 12.5"."""
    return sum_text(Sum(amount.currency, amount.qualifier, amount.value, amount.min, amount.max))
