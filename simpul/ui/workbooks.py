"""Spreadsheets do no harm: one that comes is opened only where it cannot fill the memory, and no cell that leaves runs."""

from __future__ import annotations

import subprocess
import sys

# A sheet is laid out from its first cell to its last, whatever stands between: two cells in 2 KB can ask for hundreds
# of gigabytes, and memory refused to the reader ends its whole process. So another process, which may have only so
# much, opens the file first, of whatever kind it is.
MOST_CELLS = 20_000_000
MOST_MEMORY = 2 * 1024**3
_SECONDS = 120

# What begins so, a spreadsheet takes for a formula and runs; much of what is told was typed by people.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")

# A file that is damaged or locked is safe: who opens it next says what is wrong with it.
_TRIAL = """
import io, resource, sys
most_cells, most_memory = int(sys.argv[1]), int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_AS, (most_memory, most_memory))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
from python_calamine import CalamineError, CalamineWorkbook
FAULTS = CalamineError, OSError, ValueError
try:
    book, cells = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read())), 0
except FAULTS:
    sys.exit(0)
for number in range(len(book.sheet_names)):
    try:
        sheet = book.get_sheet_by_index(number)
    except FAULTS:
        continue
    cells += (sheet.total_height + 1) * (sheet.total_width + 1)
    if cells > most_cells:
        sys.exit(1)
"""


def opens_safely(content: bytes, *, most_cells: int = MOST_CELLS, most_memory: int = MOST_MEMORY) -> bool:
    """Whether all sheets of a file together are of a size that can be read. True for what cannot be opened at all.

    The one guard before every workbook that somebody else made is opened. Memory in bytes.
    """
    words = [sys.executable, "-I", "-c", _TRIAL, str(most_cells), str(most_memory)]
    try:
        done = subprocess.run(words, input=content, capture_output=True, check=False, timeout=_SECONDS)  # noqa: S603
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe stands before whatever could be a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_RUNS) else cell
