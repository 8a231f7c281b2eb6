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
from pipeline.kb.read import read_story
from pipeline.kb.review import Task, list_tasks

PAIR_KEYS: Mapping[str, str] = {"s": "same", "d": "different", "k": "skip", "q": "quit"}
DEAL_KEYS: Mapping[str, str] = {"c": "confirm", "r": "reject", "o": "open", "k": "skip", "q": "quit"}


@click.command()
@click.option("--list", "listing", is_flag=True, help="Print the queue instead of asking.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="At most so many.")
@click.option("--who", envvar="AFFARI_WHO", help="Who decides.  [default: your user name]")
@output_options
@click.pass_context
def review(ctx: click.Context, *, listing: bool, limit: int, who: str | None, form: Form) -> None:
    """Decide what the machine could not: which names and deals are one, which deals are right.

    A key answers: s same, d different; c confirm, r reject, o open; k skip, q quit.
    """
    if listing or form is not Form.TABLE:
        with reading(ctx) as base:
            tasks = list_tasks(base.db, limit=limit)
        print_rows([asdict(task) for task in tasks], form, nothing="nothing to decide")
        return
    with changing(ctx) as base:
        answered = answer_all(base, list_tasks(base.db, limit=limit), who or who_am_i())
    note(f"{answered} decided")


def answer_all(base: KnowledgeBase, tasks: tuple[Task, ...], who: str) -> int:
    """Ask about each task and do what is answered; return how many were decided.

    A task that an earlier answer settled contradicts it and is passed over with a note.
    """
    answered = 0
    for at, task in enumerate(tasks, start=1):
        note(f"\n{at}/{len(tasks)}  EUR {as_words(task.euro)} at stake\n{task.text}")
        word = ask_key(DEAL_KEYS if task.kind == "deal" else PAIR_KEYS, base, task)
        if word == "quit":
            break
        if word == "skip":
            continue
        try:
            decide(base, task, word, Signature(who, "review", now()))
        except InputError as error:
            note(f"passed over: {error}")
            continue
        answered += 1
    return answered


def ask_key(keys: Mapping[str, str], base: KnowledgeBase, task: Task) -> str:
    """Return what the pressed key means; "open" shows the deal and asks again, the end of input quits."""
    while True:
        note("  ".join(f"[{key}] {word}" for key, word in keys.items()))
        key = read_key()
        word = "quit" if not key else keys.get(key)
        if word == "open":
            print_story(read_story(base.db, task.a))
        elif word is not None:
            return word


def read_key() -> str:
    """Return a pressed key, or from a pipe the first letter of a line; "" at the end."""
    if sys.stdin.isatty():
        return click.getchar(echo=True)
    line = sys.stdin.readline()
    return line[:1] if line else ""


def decide(base: KnowledgeBase, task: Task, word: str, by: Signature) -> None:
    """Record the answer to a task."""
    if task.b is None:
        {"confirm": confirm, "reject": reject}[word](base.db, task.a, by)
    elif word == "different":
        say_different(base.db, task.a, task.b, by)
    else:
        # the younger one becomes part of the older one, whose identifier has been longer in people's notes
        (merge if task.a.startswith("D") else say_same)(base.db, task.b, task.a, by)
