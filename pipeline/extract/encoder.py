"""Runs the encoder: words of a text in, a vector a word and the scores of each layer of tags out.

One window a run, never a padded batch: products are int8 with a scale taken from their input, so in a batch an article
would depend on its neighbours; and padding is computed for nothing. A run takes one core: the tagger reads several
articles at once, which on two cores is half as fast again as two cores for one article.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from pipeline.extract.labels import LAYERS
from pipeline.extract.layers import Floats, Half, open_halves
from pipeline.extract.weights import Settings, check_files, open_session, open_tokenizer, read_settings
from pipeline.extract.windows import Window, pieces_of, windows_of

OUTPUTS = ("words", *LAYERS)


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text: `words` [words, width], and the logits of each layer [words, tags]."""

    words: Floats
    layers: dict[str, Floats]


@dataclass(frozen=True, slots=True)
class Network:
    """What runs one after the other: pieces to vectors, the halves of all layers, vectors to words and scores."""

    pieces: onnxruntime.InferenceSession
    halves: tuple[Half, ...]
    words: onnxruntime.InferenceSession

    def run(self, window: Window) -> list[Floats]:
        """Return OUTPUTS of one window, for the words in it."""
        (x,) = self.pieces.run(None, {"ids": window.ids[None]})
        for half in self.halves:
            x = half(x)
        return list(self.words.run(OUTPUTS, {"x": x, "first": window.first, "last": window.last}))


class Encoder:
    """The encoder and its tokenizer, opened."""

    def __init__(self, network: Network, tokenizer: Tokenizer, settings: Settings) -> None:
        self.network, self.tokenizer, self.settings = network, tokenizer, settings

    def encode(self, text: str, words: Sequence[tuple[int, int]]) -> Encoded:
        """Read `text`, whose `words` are given by their character offsets."""
        outputs = [np.zeros((len(words), *shape[1:]), np.float32) for shape in self._shapes()]
        if words:
            for window in windows_of(pieces_of(text, words, self.cut)):
                for output, part in zip(outputs, self.network.run(window), strict=True):
                    output[window.words] = part
        return Encoded(outputs[0], dict(zip(LAYERS, outputs[1:], strict=True)))

    def _shapes(self) -> list[tuple[int, ...]]:
        return [tuple(output.shape) for output in self.network.words.get_outputs()]

    def cut(self, lines: list[str]) -> list[tuple[list[int], list[tuple[int, int]]]]:
        """Return the pieces of each line, and their offsets in it."""
        cut = (self.tokenizer.encode(line, add_special_tokens=False) for line in lines)
        return [(line.ids, line.offsets) for line in cut]


def load_encoder(folder: Path, *, compiled: bool | None = None) -> Encoder:
    """Open the encoder in `folder`; raises ModelError where a file is missing, changed or of another version.

    `compiled` is as `open_halves` takes it.
    """
    check_files(folder)
    settings = read_settings(folder)
    halves = open_halves(folder, compiled=compiled)
    network = Network(open_session(folder / "pieces.onnx"), halves, open_session(folder / "words.onnx"))
    return Encoder(network, open_tokenizer(folder / "tokenizer.json"), settings)
