"""Pages of recaps, and of what of them is public."""

from simpul.recaps.views.recaps import behind, file, index, one

__all__ = ["behind", "file", "index", "one"]
