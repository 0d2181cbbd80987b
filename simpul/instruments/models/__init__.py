"""What is stored of instruments: an office's own, and the sheets that were filled in."""

from simpul.instruments.models.sheets import LONGEST_CODE, AnswerSheet, SheetSource
from simpul.instruments.models.stored import StoredInstrument

__all__ = ("LONGEST_CODE", "AnswerSheet", "SheetSource", "StoredInstrument")
