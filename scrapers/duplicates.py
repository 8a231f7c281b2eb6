"""Wire copies: articles with nearly the same words. Pure.

An agency's text runs in forty papers, cut from below, with another headline, with a sentence added. Each text becomes
a MinHash signature of its word shingles; signatures that agree in one band are candidates, and candidates are copies
when one text holds most of the other's shingles. Articles that tell the same event in other words are no copies.
"""

import re
import struct
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

WORD = re.compile(r"\w+")
SHINGLE = 4  # words; shorter ones are shared by all company news, longer ones break at every edit
HASHES = 192
ROWS = 2  # a band
BANDS = 24  # texts that share half of their shingles meet in one of them 99.9 times in 100, a third 94 times
SAME = 0.6  # share of the smaller text's shingles in the larger one
SHORTEST = 25  # shingles; shorter texts (market data, stubs) are alike without being copies
SEED = 20_14_11_25
EMPTY = np.iinfo(np.uint64).max

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of a text to find its copies: its MinHash signature and how many shingles it has."""

    signature: tuple[int, ...]
    size: int  # different shingles

    @property
    def bands(self) -> tuple[int, ...]:
        """Return the keys, of 63 bits, by which candidates are looked up; copies share one at least, nearly always."""
        if self.size < SHORTEST:
            return ()
        parts = np.array(self.signature[: BANDS * ROWS], dtype=np.uint64).reshape(BANDS, ROWS)
        return tuple((_roll(parts) >> np.uint64(1)).tolist())  # SQLite's integers are signed

    def to_bytes(self) -> bytes:
        """Return the form for a database: 8 bytes of size, then the signature."""
        return struct.pack(f"<{HASHES + 1}Q", self.size, *self.signature)


def read_fingerprint(stored: bytes) -> Fingerprint:
    """Return the fingerprint that `to_bytes` wrote; raises ValueError for other bytes."""
    try:
        size, *signature = struct.unpack(f"<{HASHES + 1}Q", stored)
    except struct.error as error:
        raise ValueError(f"{len(stored)} bytes are no fingerprint: {error}") from error
    return Fingerprint(tuple(signature), size)


def fingerprint(text: str) -> Fingerprint:
    """Return the fingerprint of a text; case, signs and spaces do not count."""
    shingles = _shingles(text)
    if not shingles.size:
        return Fingerprint((int(EMPTY),) * HASHES, 0)
    factors, addends = _permutations()
    with np.errstate(over="ignore"):  # arithmetic modulo 2**64 is meant
        mixed = _mix(shingles[:, None] * factors[None, :] + addends[None, :])
    return Fingerprint(tuple(mixed.min(axis=0).tolist()), int(shingles.size))


def similarity(one: Fingerprint, other: Fingerprint) -> float:
    """Return the estimated share of all shingles that both texts have (Jaccard), 0..1."""
    if not one.size or not other.size:
        return 0.0
    return sum(left == right for left, right in zip(one.signature, other.signature, strict=True)) / HASHES


def containment(one: Fingerprint, other: Fingerprint) -> float:
    """Return the estimated share of the smaller text's shingles that the larger one has, 0..1.

    A copy cut to a third has a Jaccard of a third only, but a containment of one.
    """
    alike = similarity(one, other)
    smaller = min(one.size, other.size)
    both = alike * (one.size + other.size) / (1 + alike)
    return min(both / smaller, 1.0) if smaller else 0.0


def is_copy(one: Fingerprint, other: Fingerprint) -> bool:
    """Tell whether two texts are one article: a wire copy, a cut copy, an update of it."""
    return min(one.size, other.size) >= SHORTEST and containment(one, other) >= SAME


def _shingles(text: str) -> Hashes:
    """Return the different shingles of a text as numbers; a text of fewer words than a shingle has none."""
    words = WORD.findall(text.casefold())
    if len(words) < SHINGLE:
        return np.empty(0, dtype=np.uint64)
    numbers = np.array([_word_number(word) for word in words], dtype=np.uint64)
    return np.unique(_roll(np.lib.stride_tricks.sliding_window_view(numbers, SHINGLE)))


def _roll(rows: Hashes) -> Hashes:
    """Return a number for each row of numbers; their order counts."""
    rolled = np.zeros(len(rows), dtype=np.uint64)
    with np.errstate(over="ignore"):  # arithmetic modulo 2**64 is meant
        for column in rows.T:
            rolled = _mix(rolled * np.uint64(0x9E3779B97F4A7C15) + column)
    return rolled


@lru_cache(maxsize=1 << 16)  # an article says most of its words again, and so does the next one
def _word_number(word: str) -> int:
    """Return a number for a word."""
    return _number(word)


def _number(text: str) -> int:
    """Return a number for `text` that is the same in every process, as `hash` is not."""
    return int.from_bytes(blake2b(text.encode("utf-8", errors="surrogatepass"), digest_size=8).digest(), "little")


def _mix(values: Hashes) -> Hashes:
    """Spread the bits (splitmix64's finaliser)."""
    with np.errstate(over="ignore"):
        values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return values ^ (values >> np.uint64(31))


@cache
def _permutations() -> tuple[Hashes, Hashes]:
    draw = np.random.Generator(np.random.PCG64(SEED))
    factors = draw.integers(1, EMPTY, HASHES, dtype=np.uint64) | np.uint64(1)
    return factors, draw.integers(0, EMPTY, HASHES, dtype=np.uint64)
