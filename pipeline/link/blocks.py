"""The keys by which candidates are found: few and selective, so a night costs its names, not the base."""

from functools import lru_cache

from pipeline.link.knowledge import words
from pipeline.link.names import OrgName, parse_org_name, person_words
from pipeline.link.places import large_places

PREFIX = 4  # letters of a word that a typing error seldom touches: "Daewon", "Daewoon"
BESIDE = 3  # of each word of a name of several
WORD_KEYS = 3


def normal_form(kind: str, name: str) -> str:
    """Return the form under which `name` is stored and found equal; a person's words come in alphabetical order."""
    if kind == "person":
        return " ".join(sorted(person_words(name)))
    return parse_org_name(name).norm


@lru_cache(maxsize=65536)
def blocks_of(kind: str, name: str) -> tuple[str, ...]:
    """Return the keys under which `name` is found, the selective first; two names that may be one share a key.

    None for a name that says only what sort of body it is: "Regione" is found by nobody, and finds nobody.
    """
    if kind == "person":
        return person_blocks(name)
    parsed = parse_org_name(name)
    return () if parsed.generic else org_blocks(parsed)


def person_blocks(name: str) -> tuple[str, ...]:
    """Return a key of the whole name and one that survives a slip: the first letters of its outer words."""
    found = sorted(person_words(name))
    if len(found) < 2:
        return tuple(f"surname {word}" for word in found)
    return (f"person {''.join(found)}", f"person~ {' '.join(word[:3] for word in found)}")


def slip_block(words: tuple[str, ...]) -> str:
    """Return the key that survives a slip in any of `words`: the first letters of all.

    Those of one word would be shared by ever more names as the base grows.
    """
    letters = PREFIX if len(words) == 1 else BESIDE
    return " ".join(("slip", *sorted(word[:letters] for word in words)))


def org_blocks(name: OrgName) -> tuple[str, ...]:
    """Return the keys of the whole name, as written and with a slip, of its distinctive words and of its initials.

    Large places are in too many names to find anybody by; a small one may be the name: "Tarsia Robotics".
    """
    keys = [f"org {name.norm.replace(' ', '')}", f"org {name.compact}"]
    telling = [word for word in name.distinctive if word not in large_places() and len(word) > 2]
    if telling:
        # the rarest are the long ones: "Acciaierie Valgrande di Brescia" is found by "valgrande"
        keys += [f"word {word}" for word in sorted(telling, key=len, reverse=True)[:WORD_KEYS]]
        keys.append(slip_block(name.words))
    else:
        keys.append(f"words {' '.join(sorted(word[:4] for word in name.words))}")
    if len(name.words) == 1 and len(name.norm) <= 6:
        keys.append(f"initials {name.norm}")
    elif len(name.words) >= 3:
        keys.append(f"initials {''.join(word[0] for word in name.words)}")
    group = words().group
    if group & set(name.words) and len(name.words) > 1:
        keys.append(f"org {''.join(word for word in name.words if word not in group)}")
    if name.words[0] == "regione" and len(name.words) > 1:
        keys.append(f"org {''.join(name.words[1:])}")  # "Piemonte" is a name for it
    return tuple(dict.fromkeys(keys))
