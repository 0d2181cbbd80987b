"""What a small packed file would become in memory: a spreadsheet can name its last cell and mean nothing between."""

from __future__ import annotations

import io
import re
import zipfile
from xml.parsers import expat

# What an unpacked file may hold, and how far its sheets may reach: more is no questionnaire.
MOST_UNPACKED = 50 * 1024 * 1024
FURTHEST_ROW, FURTHEST_COLUMN = 10_000, 702
MOST_CELLS = 1_000_000

_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ZIPPED = b"PK"


def is_reasonable(content: bytes) -> bool:
    """Whether a workbook can be opened without filling the memory. Raises zipfile.BadZipFile where it is none.

    Every sheet counts, wherever it lies in the file: the workbook itself says where to look for them.
    """
    if not content.startswith(_ZIPPED):
        # Something else before a packed file would be read as that something else.
        raise zipfile.BadZipFile
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        entries = packed.infolist()
        if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            return False
        cells = 0
        for entry in entries:
            unpacked = packed.read(entry)
            # Without zero characters the names of UTF-16 read as any others.
            if entry.filename == "content.xml" or b"sheetData" in unpacked.replace(b"\0", b""):
                cells += _cells_of(unpacked)
        return cells <= MOST_CELLS


def _cells_of(sheet: bytes) -> int:
    """How many cells from the first to the last filled one; more than there may be where it is no proper XML."""
    found = _Reach()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = found.begin, found.end
    try:
        parser.Parse(sheet, True)
    except (expat.ExpatError, _TooFarError):
        return MOST_CELLS + 1
    return found.cells + found.rows * found.columns


class _TooFarError(Exception):
    """A cell lies beyond what is read."""


class _Reach:
    """How far the sheets of one file reach, as told by its elements one after the other."""

    def __init__(self) -> None:
        # Cells of the tables before this one, and the reach of this one.
        self.cells = self.rows = self.columns = 0
        self.row = self.column = 0
        # How often the row and the cell at hand repeat (OpenDocument), and whether one is open.
        self.times = self.width = 0
        self.in_cell = False

    def begin(self, name: str, told: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row":
                self.row, self.column = _whole(told.get("r"), self.row + 1), 0
                self._reach(self.row, 0)
            case "c":
                self._cell_at(told.get("r"))
            case "table":
                self.cells += self.rows * self.columns
                self.rows = self.columns = self.row = self.column = self.times = 0
            case "table-row":
                self.row, self.column = self.row + self.times, 0
                self.times = self._repeated(told, "rows")
            case "table-cell" | "covered-table-cell":
                self.width, self.in_cell = self._repeated(told, "columns"), True
                if any(key.startswith(("office:", "calcext:")) for key in told):
                    self._fill()
            case "p" if self.in_cell:
                self._fill()

    def end(self, name: str) -> None:
        if name.rpartition(":")[2] in ("table-cell", "covered-table-cell"):
            self.column, self.in_cell = self.column + self.width, False

    def _cell_at(self, place: str | None) -> None:
        self.column += 1
        if place is not None:
            matched = _PLACE.fullmatch(place)
            if matched is None:
                raise _TooFarError
            self.row, self.column = int(matched[2]), _number_of(matched[1])
        self._reach(self.row, self.column)

    def _fill(self) -> None:
        """Something stands in the cell at hand, as often as it and its row repeat."""
        self._reach(self.row + self.times, self.column + self.width)

    def _reach(self, row: int, column: int) -> None:
        if row > FURTHEST_ROW or column > FURTHEST_COLUMN:
            raise _TooFarError
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)

    @staticmethod
    def _repeated(told: dict[str, str], what: str) -> int:
        return _whole(told.get(f"table:number-{what}-repeated"), 1)


def _whole(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) <= 7):
        raise _TooFarError
    return int(text)


def _number_of(letters: str) -> int:
    """The number of a column by its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
