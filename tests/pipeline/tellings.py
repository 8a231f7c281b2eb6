"""Tellings written in one line, for tables: "2024-03-12 order signed client=1 supplier=2 EUR=12 'dodici treni'".

Numbers are entities, words unnamed parties; sums are millions, "EUR=10+" over, "EUR=~10" about, "EUR=8-10" a range.
"""

import re
from datetime import date
from decimal import Decimal

from pipeline.known import Sum, Telling, ToldParty
from pipeline.records import DealType, PartyRole, Qualifier, Status

MILLION = Decimal(1_000_000)
PART = re.compile(r"'[^']*'|\S+")
CURRENCIES = {"EUR", "USD", "GBP"}


def tell(line: str, *, id: int = 1, article: int | None = None, confidence: float = 0.9, quotes: tuple[str, ...] = ()):
    """Return the telling that `line` describes; `article` is `id` where it is not given."""
    day, kind, status, *parts = PART.findall(line)
    fields: dict[str, str] = dict(part.split("=", 1) for part in parts if "=" in part and not part.startswith("'"))
    subject = next((part.strip("'") for part in parts if part.startswith("'")), None)
    roles = set(map(str, PartyRole))
    article = id if article is None else article
    return Telling(
        id=id,
        article=article,
        source=fields.get("source", f"paper{article}"),
        original=int(fields.get("original", article)),
        published=date.fromisoformat(day),
        seen=date.fromisoformat(day),
        type=DealType(kind),
        status=Status(status),
        denied="denied" in parts,
        parties=tuple(p for key, value in fields.items() if key in roles for p in make_parties(key, value)),
        confidence=confidence,
        amount=next((make_sum(key, value) for key, value in fields.items() if key in CURRENCIES), None),
        stake=Decimal(fields["stake"]) if "stake" in fields else None,
        date=fields.get("date"),
        subject=subject,
        quotes=quotes,
        around=frozenset(map(int, fields["around"].split(","))) if "around" in fields else frozenset(),
    )


def make_parties(role: str, value: str) -> list[ToldParty]:
    """Return the parties of one role: "1,2" two entities, "1/7" one that may be 7 besides, "fondo" an unnamed one."""
    found = []
    for word in value.split(","):
        entity, _, maybe = word.partition("/")
        known = entity.isdigit()
        others = frozenset({int(maybe)}) if maybe else frozenset()
        found.append(
            ToldParty(PartyRole(role), f"N{entity}" if known else entity, known, int(entity) if known else None, others)
        )
    return found


def make_sum(currency: str, text: str) -> Sum:
    """Return a sum in millions."""
    if text.endswith("+"):
        return Sum(currency, Qualifier.OVER, min=Decimal(text[:-1]) * MILLION)
    if text.startswith("~"):
        return Sum(currency, Qualifier.ABOUT, value=Decimal(text[1:]) * MILLION)
    if "-" in text:
        low, high = text.split("-")
        return Sum(currency, Qualifier.RANGE, min=Decimal(low) * MILLION, max=Decimal(high) * MILLION)
    return Sum(currency, Qualifier.EXACT, value=Decimal(text) * MILLION)
