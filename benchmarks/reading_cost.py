"""What deals cost beside the tagger: `python -m benchmarks.reading_cost` prints milliseconds an article, and the ratio.

Every article of the part is read step by step, in one process and one thread; of several turns the fastest counts, for
each step and article. "deals" is all that stands behind the tagger: the linker, and the assembly with the second reader
and the second look. The bar: at most 15% of the tagger.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from benchmarks.corpus import ROOT, Gold, read_part
from benchmarks.gate import day_of
from pipeline.config import load_config
from pipeline.contract import make_article_text
from pipeline.extract.read import read_article
from pipeline.reader import Reader, load_reader

Result = TypeVar("Result")
DEALS = ("affari_linker", "assembly")


class Clock:
    """Seconds of the processor by step and article: the fastest turn."""

    def __init__(self) -> None:
        self.best: defaultdict[str, dict[str, float]] = defaultdict(dict)

    def time(self, step: str, article: str, work: Callable[[], Result]) -> Result:
        """Do `work` and keep how long it took, where it was never faster."""
        began = time.process_time()
        done = work()
        took = time.process_time() - began
        self.best[step][article] = min(took, self.best[step].get(article, took))
        return done


def read_stepwise(reader: Reader, gold: Gold, clock: Clock) -> None:
    """Read one article, every component of the pipeline by itself."""
    article = make_article_text(gold.text, id=gold.id, title=gold.title, published=day_of(gold.published))
    doc = clock.time("tokens", gold.id, lambda: reader.nlp.make_doc(article.text))
    doc._.affari_published = article.published
    for name, component in reader.nlp.pipeline:
        doc = clock.time(name, gold.id, lambda work=component, each=doc: work(each))  # type: ignore[misc] # bound now
    told = clock.time(
        "assembly", gold.id, lambda: read_article(doc, article, model=reader.model, threshold=reader.threshold)
    )
    assert told.article.text == article.text


def main() -> None:
    """Read, print the steps and the ratio."""
    parser = argparse.ArgumentParser(description="Measure what deals cost beside the tagger.")
    parser.add_argument("--part", choices=["train", "dev", "test"], default="dev")
    parser.add_argument("--turns", type=int, default=3)
    options = parser.parse_args()
    reader, golds, clock = load_reader(load_config(ROOT / "config.toml")), list(read_part(options.part)), Clock()
    for _ in range(options.turns):
        for gold in golds:
            read_stepwise(reader, gold, clock)
    steps = {name: np.array(list(best.values())) for name, best in clock.best.items()}
    print(f"{options.part}: {len(golds)} articles, the fastest of {options.turns} turns, ms an article")
    for name, seconds in steps.items():
        print(f"  {name:20} {1000 * seconds.mean():7.2f}")
    deals = sum(steps[name] for name in DEALS)
    print(f"deals cost {deals.sum() / steps['affari_tagger'].sum():.1%} of the tagger")


if __name__ == "__main__":
    main()
