"""The label inventories of the learned reader. Their order is that of the heads' outputs: append, never reorder."""

from pipeline.records import DealType, PartyRole, Status

ENTITIES = ("ORG", "PER", "LOC")
ROLE = "ROLE"
PARTY = "PARTY"
TRIGGER = "TRIGGER"

TYPES = tuple(kind.value for kind in DealType)
STATUSES = tuple(status.value for status in Status)

# What a candidate is to a trigger's deal: a party's role, or a value's part in it.
VALUE_LINKS = ("amount", "total", "stake", "date")
LINKS = (*(role.value for role in PartyRole), *VALUE_LINKS)

# Kinds of candidates. ROLE is no party of a deal, but the office of a person.
KINDS = ("ORG", "PER", "PARTY", "MONEY", "PERCENT", "DATE", "ROLE")

# Relations between two candidates: a role's person, a person's organisation, what a described party stands for,
# another mention of the same organisation.
RELATIONS = ("holds", "belongs", "refers", "same")

SHARES = ("stake", "growth", "other")
ORGANISATION_KINDS = (
    "company",
    "public",
    "association",
    "bank",
    "institution",
    "fund",
    "media",
    "union",
    "university",
    "ministry",
    "club",
    "party",
    "newspaper",
    "exchange",
    "team",
    "hospital",
    "church",
)


def bio(*labels: str) -> tuple[str, ...]:
    """Return the tags of a BIO layer: O, then B- and I- of each label."""
    return ("O", *(f"{edge}-{label}" for label in labels for edge in "BI"))


# The token layers: separate heads, so that a place may lie in a party.
LAYERS = {
    "entities": bio(*ENTITIES),
    "roles": bio(ROLE),
    "parties": bio(PARTY),
    "triggers": bio(TRIGGER),
}

# What kind of candidate a link of a value takes; a party's role takes any of PARTIES.
PARTIES = ("ORG", "PER", "PARTY")
VALUE_KINDS = {"amount": "MONEY", "total": "MONEY", "stake": "PERCENT", "date": "DATE"}
# From what kind of candidate to what kind a relation leads.
RELATION_ENDS = {
    "holds": ("ROLE", "PER"),
    "belongs": ("PER", "ORG"),
    "refers": ("PARTY", "ORG"),
    "same": ("ORG", "ORG"),
}


def may_link(kind: str, link: str) -> bool:
    """Whether a candidate of `kind` can have the part `link` in a deal."""
    return VALUE_KINDS[link] == kind if link in VALUE_KINDS else kind in PARTIES


MAY_LINK = tuple(tuple(may_link(kind, link) for link in LINKS) for kind in KINDS)  # as a table
