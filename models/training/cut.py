"""Cuts texts to words (spaCy's Italian tokenizer) and pieces (the cut tokenizer), as the reader does."""

import spacy
from tokenizers import Tokenizer

from models.training.examples import Example, make_example
from models.training.gold import Gold


class Cutter:
    """Words by spaCy, pieces by the cut tokenizer."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.nlp = spacy.blank("it")
        self.tokenizer = tokenizer

    def split(self, text: str) -> list[tuple[int, int]]:
        """Return the words' offsets."""
        return [(token.idx, token.idx + len(token)) for token in self.nlp.make_doc(text)]

    def encode(self, lines: list[str]) -> list[tuple[list[int], list[tuple[int, int]]]]:
        """Return pieces and offsets of each line."""
        cut = (self.tokenizer.encode(line, add_special_tokens=False) for line in lines)
        return [(line.ids, line.offsets) for line in cut]

    def example(self, gold: Gold) -> Example:
        """Return the article ready to read."""
        return make_example(gold, self.split, self.encode)

    def plain(self, text: str) -> Example:
        """Return a text without marks, ready to read."""
        return self.example(Gold("", "", text, (), full=False))
