"""What is done with records that may be one person: the only writes."""

from simpul.duplicates.actions.deciding import NotDecidable, decide
from simpul.duplicates.actions.finding import keep_found, search_again
from simpul.duplicates.actions.merging import NotMergeable, NotUndoable, merge, undo

__all__ = [
    "NotDecidable",
    "NotMergeable",
    "NotUndoable",
    "decide",
    "keep_found",
    "merge",
    "search_again",
    "undo",
]
