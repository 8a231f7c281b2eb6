"""Quality and speed of the value readers: `python -m benchmarks.values [--part train dev] [--examples FILE]`.

Values are scored as the corpus' score.py does: found one to one, numbers within 0.5%, dates without "~". Beside them in
the same run dateparser.search, text2num and price-parser (extra `bench`), where they are installed.
"""

import argparse
import json
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.corpus import Gold, Mark, read_part
from pipeline.extract.atoms import cut_atoms
from pipeline.extract.dates import read_dates
from pipeline.extract.values import Values, ValueWords, load_value_words, read_values
from pipeline.records import Amount, DateValue, Share

KINDS = ("date", "money", "percent")
SPEED_ARTICLES = 30  # of the peers' speed and their dates: dateparser needs a second for some
TURNS = 10  # parts of the texts that are timed by turns
WARM = 100  # other articles read before, as in a night: nobody's loading counts, nor what each asks once

Found = DateValue | Amount | Share


@dataclass(slots=True)
class Tally:
    """How many were right, found, wanted; and of the right ones, whose span was exactly the mark's."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    spans: int = 0

    def row(self) -> str:
        """Return precision, recall, F1 and the share of exact spans."""
        precision, recall = self.right / max(self.found, 1), self.right / max(self.wanted, 1)
        both = 2 * self.right / max(self.found + self.wanted, 1)
        exact = self.spans / max(self.right, 1)
        return f"{precision:.3f}  {recall:.3f}  {both:.3f}  {exact:.3f}   {self.right}/{self.found}/{self.wanted}"


def same_date(stated: str | None, wanted: object) -> bool:
    """Say whether two EDTF values agree; marks of doubt do not count, ".." is an open end."""
    return _plain(stated) == _plain(str(wanted) if wanted else None)


SEASONS = {"40": ("01", "06"), "41": ("07", "12"), "33": ("01", "03"), "34": ("04", "06"), "35": ("07", "09")}


def _plain(value: str | None) -> str:
    """Return a value in one notation: "2024-40" is "2024-01/2024-06", "198X" is "1980/1989"."""
    bare = re.sub(r"[~?]", "", value or "").replace("..", "")
    year, _, part = bare.partition("-")
    if part in SEASONS:
        return f"{year}-{SEASONS[part][0]}/{year}-{SEASONS[part][1]}"
    return f"{bare[:3]}0/{bare[:3]}9" if re.fullmatch(r"\d{3}X", bare) else bare


def same_amount(found: Amount, wanted: dict[str, object]) -> bool:
    """Say whether currency and numbers agree within 0.5%."""
    ours = [number for number in (found.value, found.min, found.max) if number is not None]
    theirs = [float(str(wanted[key])) for key in ("value", "min", "max") if wanted.get(key) is not None]
    if not ours or not theirs or found.currency != (wanted.get("currency") or "EUR"):
        return False
    ends = [(ours[0], theirs[0])] + ([(ours[-1], theirs[-1])] if len(ours) > 1 and len(theirs) > 1 else [])
    return all(abs(float(our) - their) <= 0.005 * max(abs(their), 1e-9) for our, their in ends)


def same_share(found: Share, wanted: dict[str, object]) -> bool:
    """Say whether two percentages are the same number, or the same range."""
    if wanted.get("value") is not None:
        return found.value is not None and abs(float(found.value) - float(str(wanted["value"]))) < 0.01
    ends = ((found.min, wanted.get("min")), (found.max, wanted.get("max")))
    return all(our is not None and float(our) == float(str(their)) for our, their in ends)


def agree(found: Found, wanted: dict[str, object]) -> bool:
    """Say whether a value found is the one wanted."""
    if isinstance(found, DateValue):
        accepted = wanted.get("accept")
        return any(same_date(found.value, each) for each in (wanted.get("value"), *(accepted or ())))  # type: ignore[misc]
    return same_amount(found, wanted) if isinstance(found, Amount) else same_share(found, wanted)


def count(tally: Tally, found: Sequence[Found], wanted: Sequence[dict[str, object]]) -> None:
    """Match one to one and count; what is wanted `optional` is neither missed nor false."""
    left = list(found)
    for each in sorted(wanted, key=lambda each: bool(each.get("optional"))):
        hit = next((value for value in left if agree(value, each)), None)
        if hit:
            left.remove(hit)
        if not each.get("optional"):
            tally.wanted += 1
            tally.right += hit is not None
            tally.found += hit is not None
            tally.spans += hit is not None and hit.text == each.get("surface")
    optional = [str(each["surface"]) for each in wanted if each.get("optional")]
    tally.found += sum(not any(text in value.text or value.text in text for text in optional) for value in left)


def by_kind(values: Values) -> dict[str, list[Found]]:
    """Return the values by the tag of the corpus; dates without value are not found."""
    dates: list[Found] = [found for found in values.dates if found.value and found.resolved]
    return {"date": dates, "money": list(values.amounts), "percent": list(values.shares)}


def wanted_of(gold: Gold, kind: str) -> Iterator[dict[str, object]]:
    """Yield the values that the marks of one kind state."""
    for mark in gold.marks:
        if mark.tag == kind and any(mark.attrs.get(key) for key in ("value", "min", "max")):
            yield {**mark.attrs, "surface": _surface(gold, mark)}


def _surface(gold: Gold, mark: Mark) -> str:
    return gold.text[mark.start : mark.end]


def score_corpus(golds: Sequence[Gold], words: ValueWords) -> None:
    """Print the scores of each corpus and kind."""
    tallies: defaultdict[tuple[str, str], Tally] = defaultdict(Tally)
    for gold in golds:
        published = date.fromisoformat(gold.published) if gold.published else None
        found = by_kind(read_values(gold.text, words=words, published=published))
        for kind in KINDS:
            for corpus in (gold.corpus, "all"):
                count(tallies[kind, corpus], found[kind], list(wanted_of(gold, kind)))
    print(f"{'':20} P      R      F1     span   right/found/wanted")
    for (kind, corpus), tally in sorted(tallies.items()):
        print(f"{kind:8} {corpus:10}  {tally.row()}")


def score_examples(path: Path, words: ValueWords) -> None:
    """Print the scores on hard phrases, and how many qualifiers of the right amounts are right."""
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    hedged = [0, 0]
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found = by_kind(read_values(row["text"], words=words, published=date.fromisoformat(row["reference_date"])))
        for kind in row["kinds"]:
            wanted = [each for each in row["expected"] if each["kind"] == kind]
            count(tallies[kind], found[kind], wanted)
            pairs = [(value, each) for each in wanted for value in found[kind] if agree(value, each)]
            hedged[1] += sum(isinstance(value, Amount) for value, _ in pairs)
            hedged[0] += sum(
                isinstance(value, Amount) and value.qualifier == each["qualifier"] for value, each in pairs
            )
    for kind, tally in tallies.items():
        print(f"{kind:8} {'examples':10}  {tally.row()}")
    print(f"qualifiers right: {hedged[0]} of {hedged[1]}")


def compare(golds: Sequence[Gold], words: ValueWords) -> None:
    """Print the dates that dateparser.search finds, and its speed beside ours, on the same texts in this run."""
    if not find_spec("dateparser"):
        print("dateparser is not installed: pip install -e '.[bench]'")
        return
    from dateparser.search import search_dates

    dated = [(gold, date.fromisoformat(gold.published)) for gold in golds if gold.published]
    texts, warm = dated[:SPEED_ARTICLES], dated[SPEED_ARTICLES:][:WARM]
    tally = Tally()
    readers: dict[str, Callable[[Sequence[tuple[Gold, date]]], object]] = {
        "dateparser.search": lambda part: [
            count(tally, found, list(wanted_of(gold, "date"))) for gold, found in _peer_dates(part, search_dates)
        ],
        "our dates": lambda part: [
            read_dates(cut_atoms(gold.text), today=day, words=words.dates) for gold, day in part
        ],
        "all three kinds": lambda part: [read_values(gold.text, words=words, published=day) for gold, day in part],
    }
    for read in readers.values():
        read(warm)
    # a text is read once by each: dateparser remembers texts that it has seen; by turns, so that a busy neighbour
    # slows all alike
    seconds = dict.fromkeys(readers, 0.0)
    for part in (texts[turn::TURNS] for turn in range(TURNS)):
        for name, read in readers.items():
            start = time.process_time()
            read(part)
            seconds[name] += time.process_time() - start
    size = sum(len(gold.text) for gold, _ in texts)
    print(f"dateparser.search, dates   {tally.row()}")
    for name, its in seconds.items():
        print(f"{name:26} {size / its:12,.0f} characters a second, {seconds['dateparser.search'] / its:.0f} times")


def _peer_dates(texts: Sequence[tuple[Gold, date]], search: Any) -> Iterator[tuple[Gold, list[DateValue]]]:
    """Yield for each text what dateparser's `search` finds."""
    for gold, published in texts:
        base = datetime(published.year, published.month, published.day)  # noqa: DTZ001 - dateparser wants a naive one
        hits = search(gold.text, languages=["it"], settings={"RELATIVE_BASE": base}) or []
        yield gold, [DateValue(0, 0, text, day.date().isoformat(), resolved=True) for text, day in hits]


def compare_amounts(path: Path) -> None:
    """Print how many amounts of the phrases price-parser finds, number words turned to digits by text2num."""
    if not (find_spec("price_parser") and find_spec("text_to_num")):
        print("price-parser or text2num is not installed: pip install -e '.[bench]'")
        return
    from price_parser import Price
    from text_to_num import alpha2digit

    right = wanted = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        expected = [each for each in row["expected"] if each["kind"] == "money" and each.get("value")]
        price = Price.fromstring(alpha2digit(row["text"], "it")) if expected else None
        wanted += len(expected)
        right += bool(price and price.amount and any(float(price.amount) == each["value"] for each in expected))
    print(f"text2num and price-parser, amounts of the examples: {right} of {wanted}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", nargs="+", default=["test"], choices=["train", "dev", "test"])
    parser.add_argument("--examples", type=Path, help="hard phrases as JSON lines")
    parser.add_argument("--no-peers", action="store_true")
    args = parser.parse_args()
    words = load_value_words()
    golds = [gold for part in args.part for gold in read_part(part)]
    if not args.no_peers:
        compare(golds, words)  # first, while nobody has read the texts
    score_corpus(golds, words)
    if args.examples:
        score_examples(args.examples, words)
        if not args.no_peers:
            compare_amounts(args.examples)


if __name__ == "__main__":
    main()
