"""Train the linker further, alone, over the vectors of a trained encoder: `python -m models.training.link --help`.

The encoder reads each article a few times, in other variants, and is not asked again; an epoch of the heads then takes
seconds. Writes `linked.pt`: the run's encoder and token heads, and a better linker.
"""

import argparse
import random
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from models.training.cut import Cutter
from models.training.evaluate import Tally, read_all, score_links, spans_of
from models.training.examples import Example, Links
from models.training.gazetteers import read_gazetteers
from models.training.losses import WEIGHTS, linker_losses, predicted, with_predicted
from models.training.network import Linker
from models.training.reader import Reader
from models.training.train import SEED, add_choice, drawn, read_articles, read_kept, say, shares_of, thinned, variants


@dataclass(frozen=True, slots=True)
class Frozen:
    """An article as the encoder left it: word vectors, the linker's answers with predicted spans among the gold's."""

    example: Example
    words: torch.Tensor  # float16
    links: Links
    triggers: frozenset[tuple[int, int, str]]


def freeze(reader: Reader, examples: list[Example]) -> list[Frozen]:
    """Read the articles once."""
    frozen = []
    for example, words, logits in read_all(reader, [one for one in examples if one.links is not None]):
        tensors = {layer: torch.from_numpy(scores) for layer, scores in logits.items()}
        assert example.links is not None
        links = with_predicted(example.links, predicted(tensors, slice(None)))
        frozen.append(Frozen(example, words.half(), links, frozenset(spans_of(logits["triggers"], "triggers"))))
    return frozen


def train_epoch(linker: Linker, optimiser: torch.optim.Optimizer, articles: list[Frozen], batch: int) -> Counter[str]:
    """Go once over the articles, `batch` a step."""
    linker.train()
    sums: Counter[str] = Counter()
    for at in range(0, len(articles), batch):
        parts: defaultdict[str, list[torch.Tensor]] = defaultdict(list)
        for one in articles[at : at + batch]:
            for name, loss in linker_losses(linker, one.words.float(), one.example, one.links).items():
                parts[name].append(loss)
        total = torch.stack([WEIGHTS[name] * torch.stack(losses).mean() for name, losses in parts.items()]).sum()
        optimiser.zero_grad()
        total.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(linker.parameters(), 2.0)
        optimiser.step()
        sums.update({name: float(torch.stack(losses).detach().mean()) for name, losses in parts.items()})
    return sums


def measure(reader: Reader, articles: list[Frozen]) -> Tally:
    """Score the linker's answers over gold spans."""
    reader.eval()
    tally = Tally()
    with torch.no_grad():
        for one in articles:
            score_links(reader, one.words.float(), one.example, tally, set(one.triggers))
    return tally


def go(reader: Reader, train: list[list[Frozen]], dev: list[Frozen], options: argparse.Namespace) -> None:
    """Train for the epochs asked for; each takes the next variants, and is measured on dev."""
    chance = random.Random(SEED)
    optimiser = torch.optim.AdamW(reader.linker.parameters(), lr=options.rate, weight_decay=0.02, fused=True)
    for epoch in range(options.epochs):
        began = time.time()
        optimiser.param_groups[0]["lr"] = options.rate * (1 - epoch / options.epochs)
        articles = list(train[epoch % len(train)])
        chance.shuffle(articles)
        sums = train_epoch(reader.linker, optimiser, articles, options.batch)
        losses = {name: round(value * options.batch / len(articles), 3) for name, value in sums.items()}
        scores = measure(reader, dev).brief()
        say(options.run / "link.jsonl", epoch=epoch + 1, losses=losses, wall_s=round(time.time() - began), dev=scores)
        torch.save({"shipped": reader.state_dict()}, options.run / "linked.pt")


def main() -> None:
    """Read the options and train."""
    options = read_options()
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    reader = Reader(len(read_kept(options.run)))
    reader.load_state_dict(torch.load(options.run / "reader.pt", weights_only=True)["shipped"])
    cutter = Cutter(Tokenizer.from_file(str(options.run / "tokenizer.json")))
    parts = thinned(read_articles(options.shared), options.limit)
    names = read_gazetteers(options.shared / "data" / "gazetteers")
    chance, began = random.Random(SEED), time.time()
    dev = freeze(reader, [cutter.example(gold) for gold in parts["dev"]])
    draws = [drawn(parts["train"], chance, shares_of(options)) for _ in range(options.variants)]
    train = [freeze(reader, variants(golds, names, cutter, chance)) for golds in draws]
    wall = round(time.time() - began)
    say(options.run / "link.jsonl", articles=len(train[0]), variants=len(train), wall_s=wall)
    go(reader, train, dev, options)


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Train the linker over a trained encoder.")
    parser.add_argument("--shared", type=Path, required=True, help="folder with corpus/ and data/")
    parser.add_argument("--run", type=Path, required=True, help="folder of a run with reader.pt; linked.pt is written")
    parser.add_argument("--variants", type=int, default=3, help="how often the encoder reads the articles")
    add_choice(parser)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--batch", type=int, default=8, help="articles a step")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
