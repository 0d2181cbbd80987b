"""What happens to instruments: an office's own versions, and the sheets that are filled in."""

from simpul.instruments.actions.importing import import_answers
from simpul.instruments.actions.own import InstrumentRefused, add, withdraw
from simpul.instruments.actions.sheets import answer, begin, discard, export_answers, forget, lock, unlock

__all__ = (
    "InstrumentRefused",
    "add",
    "answer",
    "begin",
    "discard",
    "export_answers",
    "forget",
    "import_answers",
    "lock",
    "unlock",
    "withdraw",
)
