"""Pages of recaps, and of what of them is public."""

from simpul.recaps.views.recaps import file, index, one
from simpul.recaps.views.rows import behind

__all__ = ["behind", "file", "index", "one"]
