"""One side of the tagger's speed measurement, in a process of its own: prints seconds, articles, pieces, megabytes.

PyTorch reads as it would be used: float32, batches of articles of like length, padded, no gradients, cut by the same
tokenizer. Its weights are random: time does not depend on them, and those that were trained ship as int8 only. It ends
with the scores of every word, and so does `network`; `affari` is the whole component, which goes on to spans and
judges every proposed trigger by who takes part.
"""

import argparse
import resource
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import spacy
from spacy.language import Language

from benchmarks.tagger import SIDES, make_affari, read_part
from pipeline.extract.encoder import load_encoder
from pipeline.extract.tagger import words_of
from pipeline.extract.windows import pieces_of, windows_of

BUDGET = 4096  # pieces a batch of PyTorch's


def torch_reader(weights: Path, threads: int) -> Callable[[list[str]], None]:
    """Return a function that reads texts with the network in PyTorch, float32."""
    import torch

    from models.training.batches import group, make_batch
    from models.training.cut import Cutter
    from models.training.network import WIDTH, Encoder, TokenHeads

    torch.set_num_threads(threads)
    encoder = load_encoder(weights)
    cutter = Cutter(encoder.tokenizer)
    network, heads = Encoder(encoder.tokenizer.get_vocab_size()).eval(), TokenHeads().eval()

    def read(texts: list[str]) -> None:
        examples = [cutter.plain(text) for text in texts]
        with torch.inference_mode():
            for articles in group(examples, BUDGET):
                batch = make_batch(articles)
                flat = network(batch.ids, batch.mask).reshape(-1, WIDTH)
                heads((flat[batch.first] + flat[batch.last]) / 2)

    return read


def network_reader(weights: Path, threads: int) -> Callable[[list[str]], None]:
    """Return a function that reads texts with the network as the tagger runs it, up to the scores."""
    encoder, cutter = load_encoder(weights), spacy.blank("it")

    def read_one(text: str) -> None:
        encoder.encode(text, words_of(cutter.make_doc(text)))

    def read(texts: list[str]) -> None:
        with ThreadPoolExecutor(threads) as pool:
            for _ in pool.map(read_one, sorted(texts, key=len, reverse=True)):
                pass

    return read


def affari_reader(nlp: Language) -> Callable[[list[str]], None]:
    """Return a function that reads texts with the tagger."""

    def read(texts: list[str]) -> None:
        for _ in nlp.pipe(texts):
            pass

    return read


def count_pieces(texts: list[str], weights: Path) -> int:
    """Return how many pieces the texts are, start pieces counted."""
    encoder, nlp = load_encoder(weights), spacy.blank("it")
    words = (words_of(nlp.make_doc(text)) for text in texts)
    cut = (pieces_of(text, its, encoder.cut) for text, its in zip(texts, words, strict=True))
    return sum(len(window.ids) for pieces in cut for window in windows_of(pieces))


def main() -> None:
    """Measure one side."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=SIDES)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--part", default="test")
    options = parser.parse_args()
    texts = [gold.text for gold in read_part(options.part)]
    if options.what == "torch":
        read = torch_reader(options.weights, options.threads)
    elif options.what == "network":
        read = network_reader(options.weights, options.threads)
    else:
        read = affari_reader(make_affari(options.weights, options.threads))
    read(texts[:10])
    began = time.perf_counter()
    read(texts)
    seconds = time.perf_counter() - began
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{seconds:.3f} {len(texts)} {count_pieces(texts, options.weights)} {megabytes}")


if __name__ == "__main__":
    main()
