"""Pages of imports."""

from simpul.imports.views.batches import batch, batches, drop, refused, start, undo
from simpul.imports.views.columns import columns, ignore
from simpul.imports.views.doubts import doubt, doubts
from simpul.imports.views.sending import send

__all__ = [
    "batch",
    "batches",
    "columns",
    "doubt",
    "doubts",
    "drop",
    "ignore",
    "refused",
    "send",
    "start",
    "undo",
]
