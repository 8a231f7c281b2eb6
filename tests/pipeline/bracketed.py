"""Names as the token layer tags them, written as text: "Con [Kamaz] e [Alfa]"."""

from pipeline.extract.decode import Tagged


def read_marks(marked: str, label: str = "ORG") -> tuple[list[str], list[Tagged]]:
    """Return the words, and the names in [brackets]."""
    words, found, begin = [], [], 0
    for piece in marked.split():
        if piece.startswith("["):
            begin = len(words)
        words.append(piece.strip("[]"))
        if piece.endswith("]"):
            found.append(Tagged(begin, len(words), label, 0.9))
    return words, found
