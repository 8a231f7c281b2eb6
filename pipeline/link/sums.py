"""How two sums of money stand to each other, hedges minded. Never across currencies: rates are not known here."""

from decimal import Decimal

from pipeline.known import Sum
from pipeline.records import Qualifier

# "oltre 10 milioni" is said of 10,2 and of 12, not of 40; "quasi 22" of 21,6
OVER_REACH = Decimal("1.3")
ABOUT_REACH = Decimal("1.08")


def bounds(amount: Sum) -> tuple[Decimal, Decimal] | None:
    """Return the least and the greatest value that the words allow; None where the sum states nothing."""
    low, high = amount.min, amount.max
    if amount.value is not None:
        if amount.qualifier is Qualifier.ABOUT:
            return amount.value / ABOUT_REACH, amount.value * ABOUT_REACH
        return amount.value, amount.value
    if low is not None and high is not None:
        return low, high
    if low is not None:
        return low, low * OVER_REACH
    if high is not None:
        return high / OVER_REACH, high
    return None


def ratio(one: Sum | None, two: Sum | None) -> Decimal | None:
    """Return by which factor two sums differ beyond their hedges, 1 where they agree, None across currencies."""
    if one is None or two is None or one.currency != two.currency:
        return None
    first, second = bounds(one), bounds(two)
    if first is None or second is None or min(first[0], second[0]) <= 0:
        return None
    if first[0] <= second[1] and second[0] <= first[1]:
        return Decimal(1)
    return second[0] / first[1] if second[0] > first[1] else first[0] / second[1]
