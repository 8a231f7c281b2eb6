"""The quality gate: `python -m benchmarks.gate` reads the corpus' test articles and holds F1 against floors.json.

Exit status 1 where a measure lies below its floor. `--errors` lists what is missed, false and wrong; `--part dev` is
for choosing, test for judging. Measured are the committed corpora, and those beside the checkout (AFFARI_SHARED).
"""

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from benchmarks.corpus import COMMITTED, ROOT, Gold, find_folders, read_part
from benchmarks.measures import Count, Scores, measure
from pipeline.config import load_config
from pipeline.contract import make_article_text
from pipeline.records import Extraction

FLOORS = Path(__file__).with_name("floors.json")
BRIEF = ("organisations", "people", "deal found", "deal typed", "party in role", "deal exact", "clean articles")
STYLES = (  # the first that the style begins with
    ("agency", ("agenzia",)),
    ("daily", ("quotidiano", "notizie", "giornale")),
    ("magazine", ("rivista", "sito", "settimanale", "blog")),
    ("newsletter", ("newsletter",)),
    ("press release", ("comunicato", "avviso", "ufficio stampa", "tweet", "contenuto", "camera di commercio")),
    ("wiki news", ("wikinotizie",)),
    ("other", ("",)),
)

Pairs = Sequence[tuple[Gold, Extraction]]


def family_of(style: str) -> str:
    """Return the family of an article's style: "quotidiano locale" is a daily."""
    return next(family for family, beginnings in STYLES if style.startswith(beginnings))


def read(golds: Sequence[Gold]) -> Pairs:
    """Read the articles with the pipeline of config.toml; all deals are kept that its threshold keeps."""
    from pipeline.reader import Failure, load_reader

    reader = load_reader(load_config(ROOT / "config.toml"))
    articles = [
        make_article_text(gold.text, id=gold.id, title=gold.title, published=day_of(gold.published)) for gold in golds
    ]
    results = list(reader.read(articles))
    failed = [each for each in results if isinstance(each, Failure)]
    if failed:
        raise SystemExit(f"{len(failed)} articles could not be read, the first: {failed[0].id}: {failed[0].error}")
    return list(zip(golds, results, strict=True))  # type: ignore[arg-type]


def day_of(stated: str | None) -> date | None:
    """Return the day that the corpus states, if any."""
    return date.fromisoformat(stated) if stated else None


def below(scores: Scores, floors: dict[str, float]) -> list[str]:
    """Return what lies below its floor, in words."""
    measured = {name: round(scores.counts[name].f1, 3) for name in floors}
    return [
        f"{name}: {measured[name]:.3f} is below {floor:.3f}" for name, floor in floors.items() if measured[name] < floor
    ]


def show(title: str, counts: Iterable[tuple[str, Count]]) -> None:
    """Print precision, recall and F1 of measures."""
    print(f"\n{title:34}    P     R     F1   hits/guesses/gold")
    for name, count in counts:
        ratios = f"{count.precision:.3f} {count.recall:.3f} {count.f1:.3f}"
        print(f"  {name:32} {ratios}   {count.hits}/{count.guesses}/{count.gold}")


def show_styles(pairs: Pairs) -> None:
    """Print the F1 of the main measures by family of styles."""
    by_family: defaultdict[str, list[tuple[Gold, Extraction]]] = defaultdict(list)
    for gold, extraction in pairs:
        by_family[family_of(gold.style)].append((gold, extraction))
    print(f"\n{'F1 by style':18}" + "".join(f"{name:>16}" for name in BRIEF))
    for family, some in sorted(by_family.items()):
        counts = measure(some).counts
        cells = "".join(f"{counts[name].f1:16.3f}" if counts[name].gold else f"{'-':>16}" for name in BRIEF)
        print(f"{family:12} {len(some):4} {cells}")


def main() -> int:
    """Measure and judge."""
    parser = argparse.ArgumentParser(description="Hold the quality of reading against its floors.")
    parser.add_argument("--part", choices=["train", "dev", "test"], default="test")
    parser.add_argument("--errors", action="store_true", help="list what is missed, false and wrong")
    options = parser.parse_args()
    golds = list(read_part(options.part))
    print(f"{options.part}: {len(golds)} articles of {', '.join(find_folders())}")
    began = time.perf_counter()
    pairs = read(golds)
    print(f"read in {time.perf_counter() - began:.0f} s")
    judged = {
        "committed": measure([pair for pair in pairs if pair[0].corpus in COMMITTED]),
        "all": measure(pairs),
    }
    for name, scores in judged.items():
        show(f"{name} corpora", scores.counts.items())
    show_styles(pairs)
    for kind, article, what in judged["all"].errors if options.errors else ():
        print(f"{kind}\t{article}\t{what}")
    if options.part != "test":
        return 0
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    complete = len(find_folders()) > len(COMMITTED)
    faults = below(judged["committed"], floors["committed"]) + (below(judged["all"], floors["all"]) if complete else [])
    print("\n" + ("\n".join(faults) or "every measure holds its floor"))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
