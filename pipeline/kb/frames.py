"""The ledger as pandas frames; needs the extra `affari[export]`. Sums are floats; the records are exact."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.kb.base import KnowledgeBase
from pipeline.kb.questions import Answer
from pipeline.kb.read import read_sentences
from pipeline.kb.rows import DealRow
from pipeline.kb.sheets import as_number, load_extra, party_cells, rows_of

if TYPE_CHECKING:
    import pandas


def frame_deals(base: KnowledgeBase, deals: Iterable[DealRow]) -> "pandas.DataFrame":
    """Return a row a deal, the columns of the exports."""
    rows = tuple(deals)
    cells = [
        {name: as_number(value) for name, value in row.items()} for row in rows_of(rows, read_sentences(base.db, rows))
    ]
    return load_extra("pandas").DataFrame(cells)


def frame_parties(deals: Iterable[DealRow]) -> "pandas.DataFrame":
    """Return a row for each party of each deal."""
    return load_extra("pandas").DataFrame(party_cells(deals))


def frame_answer(answer: Answer) -> "pandas.DataFrame":
    """Return the answer to a question as a frame."""
    return load_extra("pandas").DataFrame(answer.rows, columns=answer.columns)
