"""Computes Easter Sunday. Which feasts hang on it is said in models/lexicon/dates.toml."""

from datetime import date


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Butcher's rule)."""
    century, golden = year // 100, year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - moon - year % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
