"""Keeps what is known of words that were met: texts repeat their words, and asking once is what makes reading fast."""

from collections.abc import Callable

LIMIT = 100_000  # words; then it begins anew, so that no stream of texts fills the memory


class Memo(dict[str, str]):
    """The letter that `say` gives each word; a word is asked for once."""

    def __init__(self, say: Callable[[str], str]) -> None:
        super().__init__()
        self.say = say

    def __missing__(self, word: str) -> str:
        """Ask for a new word."""
        if len(self) >= LIMIT:
            self.clear()
        letter = self[word] = self.say(word)
        return letter
