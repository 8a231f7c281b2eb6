"""What kinds of deal can be one deal in two papers, and which parties must agree for it."""

from dataclasses import dataclass

from pipeline.records import DealType, PartyRole

R = PartyRole


@dataclass(frozen=True, slots=True)
class Family:
    """Deal types that papers take for one another.

    `object` is the side that the deal is about, `other` who does it; where both are named and differ it is another
    deal. `repeats`: the same parties do it again and again (orders, loans), so that parties alone prove little.
    `span` is for how many months after the signature it may still be told as in progress or completed.
    """

    name: str
    types: frozenset[DealType]
    object: frozenset[PartyRole]
    other: frozenset[PartyRole]
    repeats: bool
    span: float


T = DealType
FAMILIES = (
    Family(
        "control",
        frozenset({T.ACQUISITION, T.STAKE_PURCHASE, T.DIVESTITURE, T.MERGER, T.TAKEOVER_BID}),
        frozenset({R.TARGET}),
        frozenset({R.BUYER}),
        repeats=False,
        span=24,
    ),
    Family(
        "supply",
        frozenset({T.ORDER, T.SUPPLY_AGREEMENT, T.PUBLIC_TENDER}),
        frozenset({R.SUPPLIER}),
        frozenset({R.CLIENT}),
        repeats=True,
        span=60,
    ),
    Family(
        "alliance",
        frozenset({T.PARTNERSHIP, T.JOINT_VENTURE}),
        frozenset({R.PARTNER}),
        frozenset(),
        repeats=True,
        span=36,
    ),
    Family("investment", frozenset({T.INVESTMENT}), frozenset({R.INVESTOR}), frozenset(), repeats=True, span=36),
    Family(
        "capital",
        frozenset({T.FUNDING_ROUND, T.CAPITAL_INCREASE}),
        frozenset({R.ISSUER}),
        frozenset({R.INVESTOR}),
        repeats=True,
        span=18,
    ),
    Family("ipo", frozenset({T.IPO}), frozenset({R.ISSUER}), frozenset(), repeats=False, span=24),
    Family(
        "debt",
        frozenset({T.LOAN, T.BOND}),
        frozenset({R.BORROWER, R.ISSUER}),
        frozenset({R.LENDER, R.INVESTOR}),
        repeats=True,
        span=12,
    ),
    Family("restructuring", frozenset({T.RESTRUCTURING}), frozenset({R.ISSUER}), frozenset(), repeats=False, span=36),
    Family("grant", frozenset({T.GRANT}), frozenset({R.BENEFICIARY}), frozenset({R.GRANTOR}), repeats=True, span=48),
    Family(
        "license", frozenset({T.LICENSE}), frozenset({R.GRANTOR}), frozenset({R.BENEFICIARY}), repeats=True, span=48
    ),
    Family("lease", frozenset({T.LEASE}), frozenset({R.GRANTOR}), frozenset({R.BENEFICIARY}), repeats=True, span=48),
)
BY_TYPE = {kind: family for family in FAMILIES for kind in family.types}


def family_of(kind: DealType) -> str:
    """Return the name of the family of a deal type: only within one can two tellings be one deal."""
    return BY_TYPE[kind].name
