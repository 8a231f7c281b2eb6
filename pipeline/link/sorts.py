"""Which body is meant by a name that says only what sort of body it is: "Asl" beside a firm of Asl del Matese."""

from pipeline.known import Appearance, KnownEntity
from pipeline.link.entities import COMMON, NO_PROOF
from pipeline.link.names import parse_org_name
from pipeline.link.organisations import kinds_agree


def is_sort(appearance: Appearance) -> bool:
    """Return whether all names of an organisation say only what sort of body it is: "Regione", "il Comune"."""
    names = (appearance.name, *appearance.aliases)
    return appearance.kind == "organisation" and all(parse_org_name(name).generic for name in names)


def proves_sort(entity: KnownEntity) -> bool:
    """Return whether whoever is told beside `entity` can be meant again: not beside a bank, a paper, everybody."""
    return entity.org_kind not in NO_PROOF and len(entity.beside) <= COMMON


def resolve_sort(appearance: Appearance, told_beside: tuple[KnownEntity, ...]) -> KnownEntity | None:
    """Return the one body of that sort among those told beside the article's other organisations elsewhere.

    None where there are two: a firm that works for two Comuni says of neither which is meant.
    """
    ours = parse_org_name(appearance.name).words
    found = [
        entity
        for entity in told_beside
        if is_of_sort(ours, entity)
        and kinds_agree(appearance.org_kind, entity.org_kind)
        and not (appearance.region and entity.region and appearance.region != entity.region)
    ]
    return found[0] if len(found) == 1 else None


def is_of_sort(words: tuple[str, ...], entity: KnownEntity) -> bool:
    """Return whether the entity's own name begins with `words` and goes on: "asl", "asl matese"."""
    theirs = parse_org_name(entity.name)
    return not theirs.generic and len(theirs.words) > len(words) and theirs.words[: len(words)] == words
