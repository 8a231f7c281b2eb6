"""Names to swap in: companies, people, places, from the open lists that models/weights/README.md names."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# "ROSSI E FIGLI S.R.L. IN LIQUIDAZIONE" -> "ROSSI E FIGLI"; "Esparta" stays
FORM = re.compile(
    r"[\s,-]+(?:S\.?\s?P\.?\s?A|S\.?\s?R\.?\s?L\.?\s?S?|S\.?\s?A\.?\s?S|S\.?\s?N\.?\s?C|S\.?C\.?A\.?R\.?L|SOCIET[AÀ]['’]?|SA|SE|"
    r"NV|AG|PLC|INC|CORP(?:ORATION)?|LTD|SOC)\b.*$",
    re.IGNORECASE,
)
PLAIN_NAME = re.compile(r"[^\W\d_][\w&'’.-]*(?: [\w&'’.-]+){0,3}")  # "Aeffe Group", not "4AIM", not "A (B)"
COMMUNE = re.compile(r"^Comune di ([^\W\d_][^\d()/,]{2,24})$", re.IGNORECASE)
SMALL = frozenset(
    {"di", "del", "della", "dei", "delle", "e", "ed", "in", "per", "la", "le", "il", "lo", "gli", "al", "alla"}
)


@dataclass(frozen=True, slots=True)
class Gazetteers:
    """Names by what they name; `places` by kind, so that a country is swapped for a country."""

    companies: tuple[str, ...]
    forenames: tuple[str, ...]
    surnames: tuple[str, ...]
    places: dict[str, tuple[str, ...]]


def read_gazetteers(folder: Path) -> Gazetteers:
    """Read the lists under `folder`."""
    names = {_print(FORM.sub("", name)) for name in _company_names(folder)}
    bodies = (COMMUNE.match(row["name"]) for row in _rows(folder / "publicbodies_it.csv"))
    italian = [row["name"].strip() for row in _rows(folder / "rip_names.csv") if int(row["number"]) >= 5]
    return Gazetteers(
        companies=tuple(sorted(name for name in names if 3 <= len(name) <= 28 and PLAIN_NAME.fullmatch(name))),
        forenames=(*italian, *_latin(folder / "popular_forenames.csv", "Romanized Name")),
        surnames=(
            *(row["surname"].strip() for row in _rows(folder / "rip_surnames.csv")),
            *_latin(folder / "popular_surnames.csv", "Romanized Name"),
        ),
        places={
            "country": tuple(row["value"] for row in _rows(folder / "countries_it.csv") if " " not in row["value"]),
            "region": tuple(row["label_1_livello_it"] for row in _rows(folder / "istat_provinces.csv")),
            "town": (
                *(row["label_2_livello_it"] for row in _rows(folder / "istat_provinces.csv") if "/" not in str(row)),
                *(_print(body[1].upper()) for body in bodies if body),
            ),
        },
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _latin(path: Path, column: str) -> Iterator[str]:
    return (name for row in _rows(path) if (name := row[column].strip()).isascii() and name.isalpha())


def _company_names(folder: Path) -> Iterator[str]:
    for row in _rows(folder / "lei_it.csv"):
        yield " ".join(row["Entity.LegalName"].replace('"', " ").split())
    for row in _rows(folder / "equities_MIL.csv"):
        yield row["name"]


def _print(name: str) -> str:
    """Print a name in capitals as a newspaper would: "BANCA DI ASTI" -> "Banca di Asti"."""
    if not name.isupper():
        return name
    words = name.lower().split()
    return " ".join(word if at and word in SMALL else word[:1].upper() + word[1:] for at, word in enumerate(words))
