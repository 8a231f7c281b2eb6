"""How the knowledge base bears growth: load, a night's linking, the fifteen questions cold and warm, backup.

    python -m benchmarks.kb                 2,000 and 10,000 articles
    python -m benchmarks.kb 10000 100000    what the floors ask for; a million takes a night
    python -m benchmarks.kb --questions 100000    only the questions, on rows written without linking (kb_fill.py)

For each size: processor seconds to load (storing, linking, records, indexes), the cost of the last tenth
beside the first (1.0 is linear), a night of 5,000 more articles (half the size, where that is less), each question on
a fresh connection (by the clock) and again (of processor, median of five), a verified backup. The growth line says
how cost rose between two sizes, against n log n.
"""

import math
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path

from benchmarks.kb_fill import fill
from benchmarks.kb_world import make_world, name_of
from pipeline.kb import KnowledgeBase
from pipeline.kb.backup import back_up
from pipeline.kb.questions import ask, read_questions

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TODAY = date(2026, 3, 1)
NIGHT = 5_000
LIMIT_MS = 50
GIVEN = {
    "timeline": {"org": name_of(3)},
    "partners": {"org": name_of(3)},
    "officers": {"org": name_of(3), "office": "presidente"},
    "news": {"since": "2026-02-28", "type": "acquisition"},
    "grants": {"province": "CN"},
    "articles": {"words": "idrogeno"},
    "largest": {"year": "2024"},
    "proof": {"deal": "D7"},
}


def load(base: KnowledgeBase, articles: int, *, first: int = 0, seed: int = 1) -> list[float]:
    """Store `articles` and their readings; return the processor seconds of each tenth."""
    run = base.start_run("benchmark", code_version="benchmark")
    tenth, times, started = max(1, articles // 10), [], time.process_time()
    for number, (article, said, paper) in enumerate(make_world(articles, seed=seed, first=first), start=1):
        row = base.save_article(article, source=paper, archive_key=None, run_id=run)
        base.save_extraction(row.id, said, run_id=run)
        if number % tenth == 0:
            times.append(time.process_time() - started)
            started = time.process_time()
            print(f"  {number:,}/{articles:,}: {times[-1]:.1f} s of processor", file=sys.stderr, flush=True)
    base.finish_run(run, status="done", exit_code=0, counts={"articles": articles})
    return times


def timed(act: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Return the seconds that `act` takes by `clock`."""
    started = clock()
    act()
    return clock() - started


def time_questions(path: Path) -> dict[str, tuple[float, float]]:
    """Return milliseconds of each question: by the clock on a fresh connection, then of processor (median of five).

    Other programs lengthen the clock's time, not the processor's; warm, a question waits for nothing else.
    """
    times = {}
    for name in read_questions():
        with KnowledgeBase.open_readonly(path, now=lambda: NOW) as base:
            act = partial(ask, base.db, name, GIVEN.get(name, {}), today=TODAY)
            cold = 1000 * timed(act)
            warm = [1000 * timed(act, time.process_time) for _ in range(5)]
        times[name] = (cold, statistics.median(warm))
    return times


def measure(articles: int, folder: Path) -> float:
    """Measure one size, print it, and return the seconds of loading."""
    path = folder / f"{articles}.db"
    began = time.perf_counter()
    with KnowledgeBase.open(path, now=lambda: NOW) as base:
        times = load(base, articles)
        wall = time.perf_counter() - began
        counts = {table: base.db[table].count for table in ("article", "entity", "deal", "mention")}
        tonight = min(NIGHT, articles // 2)
        night = sum(load(base, tonight, first=articles))
        base.db.execute("ANALYZE")
    size = path.stat().st_size / 2**20
    took = sum(times)
    print(f"\n{articles:,} articles: {took:.0f} s of processor, {1000 * took / articles:.1f} ms an article")
    print(f"  {wall:.0f} s by the clock, {size:.0f} MB, {counts}")
    print(f"  last tenth / first tenth: {times[-1] / times[0]:.2f}")
    print(f"  a night of {tonight:,}: {night:.0f} s of processor, {1000 * night / tonight:.1f} ms an article")
    print_questions(path)
    print(f"  backup, verified: {timed(lambda: back_up(path, folder / 'copies', keep=1, now=NOW)):.1f} s")
    return took


def measure_questions(articles: int, folder: Path) -> None:
    """Fill a base of one size without linking, and time the questions on it."""
    path = folder / f"filled-{articles}.db"
    with KnowledgeBase.open(path, now=lambda: NOW) as base:
        seconds = timed(lambda: fill(base, articles))
        base.db.execute("ANALYZE")
        counts = {table: base.db[table].count for table in ("article", "entity", "deal", "mention")}
    print(f"\n{articles:,} articles filled in {seconds:.0f} s, {path.stat().st_size / 2**20:.0f} MB, {counts}")
    print_questions(path)
    print(f"  backup, verified: {timed(lambda: back_up(path, folder / 'copies', keep=1, now=NOW)):.1f} s")


def print_questions(path: Path) -> None:
    """Time the questions and print them."""
    questions = time_questions(path)
    for name, (cold, warm) in questions.items():
        print(f"  {name:<16} cold {cold:7.1f} ms   warm {warm:7.1f} ms{'   SLOW' if warm > LIMIT_MS else ''}")
    slow = [name for name, (_, warm) in questions.items() if warm > LIMIT_MS]
    print(f"  under {LIMIT_MS} ms: {len(questions) - len(slow)} of {len(questions)}", flush=True)


def main(sizes: list[int]) -> None:
    """Measure every size and the growth between them."""
    with tempfile.TemporaryDirectory() as folder:
        took = {size: measure(size, Path(folder)) for size in sizes}
    for small, large in pairwise(sizes):
        growth = took[large] / took[small]
        allowed = large * math.log(large) / (small * math.log(small))
        print(f"\n{small:,} -> {large:,}: cost x{growth:.1f}; n log n would be x{allowed:.1f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--questions"]:
        with tempfile.TemporaryDirectory() as scratch:
            for filled in sys.argv[2:]:
                measure_questions(int(filled), Path(scratch))
    else:
        main([int(size) for size in sys.argv[1:]] or [2_000, 10_000])
