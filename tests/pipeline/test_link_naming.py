"""Under which of its names a body is shown."""

import pytest

from pipeline.link import choose_name

NAMES = [  # (kind, how often each is seen, current, shown)
    ("organisation", {"Baldanza": 9, "Cantieri Baldanza": 2}, "Baldanza", "Cantieri Baldanza"),
    ("organisation", {"Baldanza": 30, "Cantieri Baldanza": 2}, "Baldanza", "Baldanza"),  # hardly anybody says so
    (
        "organisation",
        {"Cantieri Baldanza": 8, "Cantieri Baldanza di Ancona e Napoli": 1},
        "Cantieri Baldanza di Ancona e Napoli",
        "Cantieri Baldanza",
    ),
    (
        "organisation",
        {"Cantieri Baldanza": 1, "Cantieri Baldanza Ancona": 1},
        "Cantieri Baldanza",
        "Cantieri Baldanza Ancona",
    ),
    ("organisation", {"Mps": 8, "Banca Monte dei Paschi di Siena": 2}, "Mps", "Banca Monte dei Paschi di Siena"),
    ("organisation", {"Fti": 5, "Ferrotranvie Iblee": 2}, "Fti", "Ferrotranvie Iblee"),
    ("organisation", {"BREMBO": 3, "Brembo": 2}, "BREMBO", "Brembo"),
    ("organisation", {"Asl": 9, "Asl del Matese": 1}, "Asl", "Asl del Matese"),
    ("organisation", {"Comune": 2}, "Comune", "Comune"),
    ("organisation", {"Alfa Motori": 2, "Beta Motori": 2}, "Beta Motori", "Beta Motori"),  # open: stays
    ("organisation", {"Alfa Motori": 0}, "Alfa Motori", "Alfa Motori"),
    ("person", {"Sturla": 5, "Corrado Sturla": 3}, "Sturla", "Corrado Sturla"),
    ("person", {"Mario Rossi": 6, "Mario Luigi Rossi": 1}, "Mario Luigi Rossi", "Mario Rossi"),
]


@pytest.mark.parametrize(("kind", "seen", "current", "shown"), NAMES)
def test_the_best_attested_full_name_is_shown(kind, seen, current, shown):
    assert choose_name(kind, seen, current) == shown
