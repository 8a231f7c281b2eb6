"""Who takes part in a merged deal: every named party of every telling, in the role of its best evidence."""

from pipeline.known import Choice, Telling, ToldParty
from pipeline.link.folding import fold
from pipeline.records import PartyRole

ROLE_ORDER = {role: place for place, role in enumerate(PartyRole)}


def merge_parties(ordered: tuple[Telling, ...]) -> tuple[tuple[ToldParty, ...], tuple[Choice, ...]]:
    """Return the parties and why; described ones ("un fondo") only in a role that nobody named has."""
    told: dict[object, list[tuple[Telling, ToldParty]]] = {}
    for telling in ordered:
        for party in telling.parties:
            told.setdefault(party_key(party), []).append((telling, party))
    named = [choose_party(said) for said in told.values() if said[0][1].named]
    taken = {party.role for party, _ in named}
    described = [choose_party(said) for said in told.values() if not said[0][1].named]
    shown = [*named, *unfilled(described, taken)]
    shown.sort(key=lambda item: (ROLE_ORDER[item[0].role], item[1].telling, item[0].name))
    return tuple(party for party, _ in shown), tuple(choice for _, choice in shown)


def party_key(party: ToldParty) -> object:
    """Return what makes two told parties one: the known entity, else the words."""
    return party.entity if party.entity is not None else (party.named, fold(party.name))


def choose_party(said: list[tuple[Telling, ToldParty]]) -> tuple[ToldParty, Choice]:
    """Return the party in the role that most originals give it, under its fullest name, and the choice."""
    roles = [party.role for telling, party in said if telling.original == telling.article] or [p.role for _, p in said]
    role = max(sorted(set(roles)), key=roles.count)
    telling, _ = next((t, p) for t, p in said if p.role is role)
    fullest = max((party for _, party in said), key=lambda party: (len(party.name), party.name))
    says = tuple((t.id, f"{p.role} {p.name}") for t, p in said)
    party = ToldParty(role, fullest.name, fullest.named, fullest.entity)
    return party, Choice("party", f"{role} {fullest.name}", telling.id, says)


def unfilled(described: list[tuple[ToldParty, Choice]], taken: set[PartyRole]) -> list[tuple[ToldParty, Choice]]:
    """Return for each role that no named party fills the description that comes first."""
    kept: list[tuple[ToldParty, Choice]] = []
    roles = set(taken)
    for party, choice in described:
        # two unnamed partners of one telling are two, "un fondo" and "un fondo americano" of two are one
        beside = any(choice.telling == other.telling and party.role is told.role for told, other in kept)
        if party.role not in roles or beside:
            kept.append((party, choice))
            roles.add(party.role)
    return kept
