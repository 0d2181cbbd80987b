"""Everything that is kept about one person, for that person. Subjects add their part in `sections.py`."""

from simpul.desk.queries.copy.copying import Cell, Copying, Row, Section, row
from simpul.desk.queries.copy.sections import SECTIONS, Copy, copy_of

__all__ = ["SECTIONS", "Cell", "Copy", "Copying", "Row", "Section", "copy_of", "row"]
