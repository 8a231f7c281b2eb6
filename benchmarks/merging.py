"""Measures merging on the events corpus: pairwise precision and recall of entities and deals over articles.

`python -m benchmarks.merging` links the gold mentions article by article, in the order of their days, as a night does;
`--reader model` links what the articles' own extraction finds, `--reader perfect` what it would find with a perfect
tagger, `--store` does so in a real knowledge base; `--errors` names what was merged wrongly or missed. A pair is two
articles' records of one thing; pairs within an article are not counted, they are the reader's. Recall is over all
pairs of the gold, found by the reader or not.
"""

import argparse
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import combinations

from benchmarks.events import GoldArticle, read_events
from benchmarks.extracted import READERS, read_extracted
from benchmarks.ledger import Ledger
from benchmarks.stored import Placed, link_in_base


@dataclass(frozen=True, slots=True)
class Record:
    """One article's record of a thing: what it is in gold, and what it was linked to."""

    article: str
    label: str
    gold: Hashable
    found: Hashable


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of records: true positives, found, in gold."""

    right: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        """Return the share of the found pairs that are right; 1 where none was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Return the share of the gold pairs that were found; 1 where there are none."""
        return self.right / self.gold if self.gold else 1.0


Groups = dict[str, list[Record]]


def count_pairs(records: list[Record]) -> Pairs:
    """Count the pairs of records of different articles."""
    right = found = gold = 0
    for one, two in combinations(records, 2):
        if one.article != two.article:
            same, linked = one.gold == two.gold, one.found == two.found
            right, found, gold = right + (same and linked), found + linked, gold + same
    return Pairs(right, found, gold)


def link_articles(articles: Iterable[GoldArticle]) -> tuple[Groups, Ledger]:
    """Return the records of organisations, people and deals after linking all articles in order."""
    ledger = Ledger()
    told = tuple(articles)
    return make_records(told, [ledger.add(article) for article in told]), ledger


def make_records(articles: Iterable[GoldArticle], placed: Iterable[Placed]) -> Groups:
    """Return the records of `articles`, by group, given where their names and deals ended."""
    records: Groups = defaultdict(list)
    for article, (entity, deals) in zip(articles, placed, strict=True):
        for group, names in (("organisations", article.organisations), ("people", article.people)):
            for name in names:
                record = Record(article.id, name.name, name.entity, entity[name.ref])
                records[group].append(record)
                records["entities"].append(record)
        for deal in article.deals:
            label = f"{deal.type} {deal.status} {' / '.join(p.name for p in deal.parties)}"
            records["deals"].append(Record(article.id, label, deal.event, deals[deal.id]))
    return records


def count_against(records: list[Record], gold: list[Record]) -> Pairs:
    """Count the pairs of `records`, over all pairs that the gold has."""
    pairs = count_pairs(records)
    return Pairs(pairs.right, pairs.found, count_pairs(gold).gold)


def show_errors(records: list[Record]) -> None:
    """Print the pairs that were merged wrongly, then those that were missed."""
    for one, two in combinations(records, 2):
        same, linked = one.gold == two.gold, one.found == two.found
        if same != linked and one.article != two.article:
            word = "missed" if same else "WRONG "
            print(f"{word} {one.gold!s:32} {one.article} {one.label:40} | {two.gold!s:28} {two.article} {two.label}")


def show(records: Groups, gold: Groups) -> None:
    """Print the table."""
    print(f"{'':16}{'P':>7}{'R':>7}{'right':>7}{'found':>7}{'gold':>7}")
    for group in ("entities", "organisations", "people", "deals"):
        pairs = count_against(records[group], gold[group])
        print(f"{group:16}{pairs.precision:7.3f}{pairs.recall:7.3f}{pairs.right:7}{pairs.found:7}{pairs.gold:7}")


def main() -> None:
    """Link and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", choices=["gold", *READERS], default="gold", help="whose mentions are linked")
    parser.add_argument("--store", action="store_true", help="link in a knowledge base; not of gold mentions")
    parser.add_argument("--errors", action="store_true", help="name the wrong and the missed pairs")
    options = parser.parse_args()
    gold, ledger = link_articles(read_events())
    records = gold
    if options.reader != "gold":
        read = read_extracted(READERS[options.reader])
        articles = [article for article, _, _ in read]
        records, ledger = link_articles(articles)
        records = make_records(articles, link_in_base(read)) if options.store else records
    show(records, gold)
    if not options.store:
        print(f"proposed: {len(ledger.proposals)} entities, {len(ledger.maybe)} deals")
    for group in ("entities", "deals") if options.errors else ():
        show_errors(records[group])


if __name__ == "__main__":
    main()
