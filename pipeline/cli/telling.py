"""How a deal is told on the command line: as a row, and as a page with its evidence."""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal

from rich.console import Console
from rich.text import Text

from pipeline.cli.output import WIDE, as_words
from pipeline.kb.rows import DealRow, DealStory, PartyRow, Proof
from pipeline.known import Sum

HEDGES = {"exact": "", "about": "about ", "over": "over ", "under": "up to ", "range": ""}


def say_amount(amount: Sum | None) -> str:
    """Write a sum for people: "over EUR 1,000,000"."""
    if amount is None:
        return ""
    numbers = [number for number in (amount.value, amount.min, amount.max) if number is not None]
    return f"{HEDGES[amount.qualifier]}{amount.currency} {' to '.join(as_words(number) for number in numbers)}"


def say_party(party: PartyRow) -> str:
    """Write a party: "client Kamaz"."""
    return f"{party.role} {party.name}"


def deal_row(deal: DealRow) -> Mapping[str, object]:
    """Return a deal as a row: what a table shows first, then everything for other forms."""
    return {
        "id": deal.id,
        "date": deal.date,
        "type": deal.type,
        "status": f"{deal.status}, denied" if deal.denied else deal.status,
        "denied": deal.denied,
        "parties": [say_party(party) for party in deal.parties],
        "sum": say_amount(deal.amount),
        "amount": amount_row(deal.amount),
        "amount_eur": deal.amount_eur,
        "stake": deal.stake,
        "stake_after": deal.stake_after,
        "subject": deal.subject,
        "confidence": round(deal.confidence, 3),
        "sources": deal.sources,
        "articles": deal.articles,
        "disputed": deal.disputed,
        "review": "" if deal.review == "none" else deal.review,
        "first_seen": deal.first_seen,
        "last_changed": deal.last_changed,
    }


def amount_row(amount: Sum | None) -> Mapping[str, Decimal | str | None] | None:
    """Return a sum as Contract 1 writes it."""
    if amount is None:
        return None
    return {
        "currency": amount.currency,
        "qualifier": amount.qualifier.value,
        "value": amount.value,
        "min": amount.min,
        "max": amount.max,
    }


def story_row(story: DealStory) -> Mapping[str, object]:
    """Return a deal with everything that proves it, as one row."""
    return {
        **deal_row(story.deal),
        "parties": [asdict(party) for party in story.deal.parties],
        "evidence": [asdict(proof) for proof in story.proofs],
        "timeline": [asdict(status) for status in story.statuses],
        "decisions": list(story.decisions),
    }


def print_story(story: DealStory) -> None:
    """Print a deal, each field with the number of the sentence that proves it, then the sentences."""
    console = Console() if Console().is_terminal else Console(width=WIDE // 2)
    deal, numbers = story.deal, number_sentences(story.proofs)
    denied = ", denied" if deal.denied else ""
    review = "" if deal.review == "none" else f" · {deal.review} by a person"
    console.print(Text(f"{deal.id}  {deal.type} · {deal.status}{denied}{review}", style="bold"))
    for name, value, proofs in fields_of(story):
        marks = "".join(f"[{number}]" for number in sorted({numbers[sentence_key(proof)] for proof in proofs}))
        by = "by a person" if not proofs and name in story.corrected else marks
        console.print(Text(f"  {name:<12}{value}  {by}".rstrip()))
    for disagreement in disagreements_of(story, numbers):
        console.print(Text(f"  {disagreement}", style="yellow"))
    print_sentences(console, story, numbers)
    for status in story.statuses[:1] and story.statuses:
        console.print(Text(f"  {status.date or 'day unknown':<12}{status.status}, {status.source}"))
    for decision in story.decisions:
        console.print(Text(f"  decision {decision}"))


def fields_of(story: DealStory) -> list[tuple[str, str, list[Proof]]]:
    """Return (name, value, proofs that agree) of every field that the deal has."""
    deal = story.deal
    agreeing = [proof for proof in story.proofs if proof.agrees]
    rows = [
        (party.role, say_name(party), [proof for proof in story.proofs if proof.field == f"party:{place}"])
        for place, party in enumerate(deal.parties)
    ]
    sums = say_amount(deal.amount)
    if deal.amount_eur is not None and deal.amount and deal.amount.currency != "EUR":
        sums += f" (EUR {as_words(deal.amount_eur)})"
    values = {
        "amount": sums,
        "stake": f"{deal.stake}%" if deal.stake is not None else "",
        "stake_after": f"{deal.stake_after}%" if deal.stake_after is not None else "",
        "date": deal.date or "",
        "subject": deal.subject or "",
        "status": deal.status,
        "type": deal.type,
    }
    rows += [
        (name, value, [proof for proof in agreeing if proof.field == name]) for name, value in values.items() if value
    ]
    told = f"{deal.confidence:.2f}, {deal.sources} source(s), {deal.articles} article(s)"
    return [*rows, ("confidence", told if deal.articles else "no article tells of it now", [])]


def say_name(party: PartyRow) -> str:
    """Write a party's name and identifier: "Kamaz (O1)"."""
    return f"{party.name} ({party.entity})" if party.entity else party.name


def sentence_key(proof: Proof) -> tuple[str, int, int]:
    """Return what tells two sentences apart."""
    return proof.url, proof.char_start, proof.char_end


def number_sentences(proofs: tuple[Proof, ...]) -> dict[tuple[str, int, int], int]:
    """Number the sentences in the order of publication and text."""
    ordered = sorted(proofs, key=lambda proof: (proof.published or "9999", *sentence_key(proof)))
    return {key: number for number, key in enumerate(dict.fromkeys(sentence_key(proof) for proof in ordered), start=1)}


def disagreements_of(story: DealStory, numbers: dict[tuple[str, int, int], int]) -> list[str]:
    """Return a line for every value that an article states and the ledger does not take."""
    return list(
        dict.fromkeys(
            f"but {proof.field}: {proof.value} [{numbers[sentence_key(proof)]}]"
            for proof in story.proofs
            if not proof.agrees and proof.field != "subject"
        )
    )


def print_sentences(console: Console, story: DealStory, numbers: dict[tuple[str, int, int], int]) -> None:
    """Print each sentence once, with its article."""
    by_key = {sentence_key(proof): proof for proof in story.proofs}
    for key, number in numbers.items():
        proof = by_key[key]
        console.print()
        console.print(Text(f"[{number}] «{' '.join(proof.sentence.split())}»"))
        console.print(Text(f"    {proof.article} · {proof.source} · {proof.published or 'day unknown'}", style="dim"))
        console.print(Text(f"    {proof.url} ({proof.char_start}-{proof.char_end}, {proof.extractor})", style="dim"))
    console.print()
