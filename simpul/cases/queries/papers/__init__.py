"""The papers of a case: each is described once, for the page and the PDF, filled from a case or left for the pen."""

from simpul.cases.queries.papers.choices import Choices, instrument_called, instruments_for
from simpul.cases.queries.papers.filling import Filling, Picked, filling_of
from simpul.cases.queries.papers.kinds import KINDS, PaperKind, drawn, kind_called
from simpul.cases.queries.papers.shapes import Paper

__all__ = (
    "KINDS",
    "Choices",
    "Filling",
    "Paper",
    "PaperKind",
    "Picked",
    "drawn",
    "filling_of",
    "instrument_called",
    "instruments_for",
    "kind_called",
)
