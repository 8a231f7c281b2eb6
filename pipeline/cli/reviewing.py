"""The command `review`: what a person should decide next, most valuable first, answered by keys."""

import sys
from collections.abc import Mapping
from dataclasses import asdict

import click

from pipeline.cli.base import changing, now, reading
from pipeline.cli.deciding import who_am_i
from pipeline.cli.output import Form, as_words, note, output_options, print_rows
from pipeline.cli.telling import print_story
from pipeline.errors import InputError
from pipeline.kb import KnowledgeBase
from pipeline.kb.decisions import Signature, confirm, merge, reject, say_different, say_same
from pipeline.kb.look import read_contexts
from pipeline.kb.read import read_story
from pipeline.kb.review import Task, list_tasks

PAIR_KEYS: Mapping[str, str] = {"s": "same", "d": "different", "o": "open", "k": "skip", "q": "quit"}
CONTEXTS = 3  # articles shown of each side
DEAL_KEYS: Mapping[str, str] = {"c": "confirm", "r": "reject", "o": "open", "k": "skip", "q": "quit"}


@click.command()
@click.option("--list", "listing", is_flag=True, help="Print the queue instead of asking.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="At most so many.")
@click.option("--who", envvar="AFFARI_WHO", help="Who decides.  [default: your user name]")
@output_options
@click.pass_context
def review(ctx: click.Context, *, listing: bool, limit: int, who: str | None, form: Form) -> None:
    """Decide what the machine could not: which names and deals are one, which deals are right.

    A key answers: s same, d different; c confirm, r reject; o open (shows what it is about), k skip, q quit.
    """
    if listing or form is not Form.TABLE:
        with reading(ctx) as base:
            tasks = list_tasks(base.db, limit=limit)
        print_rows([asdict(task) for task in tasks], form, nothing="nothing to decide")
        return
    with changing(ctx) as base:
        answered = answer_all(base, who or who_am_i(), limit=limit)
    note(f"{answered} decided")


def answer_all(base: KnowledgeBase, who: str, *, limit: int) -> int:
    """Ask about `limit` tasks at most, one after the other, and do what is answered; return how many were decided.

    The queue is read anew for each: an answer settles other tasks, or changes what they say.
    """
    answered, asked = 0, set[tuple[str, str | None]]()
    while len(asked) < limit and (task := next_task(base, asked)):
        asked.add((task.a, task.b))
        note(f"\n{len(asked)}.  EUR {as_words(task.euro)} at stake\n{task.text}")
        word = ask_key(DEAL_KEYS if task.kind == "deal" else PAIR_KEYS, base, task)
        if word == "quit":
            break
        if word != "skip":
            answered += decide(base, task, word, Signature(who, "review", now()))
    return answered


def next_task(base: KnowledgeBase, asked: set[tuple[str, str | None]]) -> Task | None:
    """Return the most valuable task that was not asked about yet, None where there is none."""
    tasks = list_tasks(base.db, limit=len(asked) + 1)
    return next((task for task in tasks if (task.a, task.b) not in asked), None)


def ask_key(keys: Mapping[str, str], base: KnowledgeBase, task: Task) -> str:
    """Return what the pressed key means; "open" shows what it is about and asks again, the end of input quits."""
    while True:
        note("  ".join(f"[{key}] {word}" for key, word in keys.items()))
        key = read_key()
        word = "quit" if not key else keys.get(key)
        if word == "open":
            show_sides(base, task)
        elif word is not None:
            return word


def show_sides(base: KnowledgeBase, task: Task) -> None:
    """Print a deal with its sentences, or an organisation or person with the words around its name."""
    for side in (task.a, task.b):
        if side is not None and side.startswith("D"):
            print_story(read_story(base.db, side))
        elif side is not None:
            note(side)
            print_rows(read_contexts(base.db, side, limit=CONTEXTS), Form.TABLE)


def read_key() -> str:
    """Return a pressed key, or from a pipe the first letter of a line; "" at the end."""
    if sys.stdin.isatty():
        key = click.getchar()
        note(key)
        return key
    line = sys.stdin.readline()
    return line[:1] if line else ""


def decide(base: KnowledgeBase, task: Task, word: str, by: Signature) -> bool:
    """Record the answer to a task; return False for one that contradicts what was decided, which is told."""
    try:
        made = record_answer(base, task, word, by)
    except InputError as error:
        note(f"passed over: {error}")
        return False
    note(f"decision {made}; `affari revoke {made}` undoes it")
    return True


def record_answer(base: KnowledgeBase, task: Task, word: str, by: Signature) -> int:
    """Record the answer to a task; return the decision's number."""
    if task.b is None:
        return {"confirm": confirm, "reject": reject}[word](base.db, task.a, by)
    if word == "different":
        return say_different(base.db, task.a, task.b, by)
    # the younger one becomes part of the older one, whose identifier has been longer in people's notes
    return (merge if task.a.startswith("D") else say_same)(base.db, task.b, task.a, by)
