"""The cells of the files of `simpul evaluate`: what they hold, and what is wrong with them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from simpul.commands.language import _
from simpul.commands.people_file import ROW, PeopleFile
from simpul.commands.stop import Stop
from simpul.engines.statistics.study import LARGEST

# Told a name of the codebook and why it cannot be.
Tell = Callable[[str, str], None]
# Enough to mend a file by; the next run shows the next.
MOST_TOLD = 10
EMPTY = frozenset({"", "-"})


class Faults:
    """What is wrong in a file, cell by cell. Nothing is computed from a file in which something is."""

    def __init__(self, path: Path, hint: str = "") -> None:
        self._path, self._hint, self._told, self._count = path, hint, list[str](), 0

    def add(self, row: int, column: str, why: str) -> None:
        self._count += 1
        if len(self._told) < MOST_TOLD:
            place = _("Baris %(row)s, kolom %(column)s") if column else _("Baris %(row)s")
            self._told.append(f"{place % {'row': row, 'column': column}}: {why}")

    def of_row(self, row: int, columns: Mapping[str, str]) -> Tell:
        """For this row: told a name of the codebook, its own heading is shown."""
        return lambda name, why: self.add(row, columns[name], why)

    def stop(self) -> None:
        """Raises Stop where there is any."""
        if self._count:
            head = _("%(file)s: %(count)s hal perlu diperbaiki. Tidak ada yang dihitung.")
            more = [_("… dan %s lagi.") % (self._count - MOST_TOLD)] if self._count > MOST_TOLD else []
            told = head % {"file": self._path, "count": self._count}
            raise Stop("\n".join(filter(None, [told, *self._told, *more, self._hint])))


def number_in(text: str) -> float | None:
    """The number a cell holds, with comma or point; None where it is empty. Raises ValueError."""
    if text in EMPTY:
        return None
    value = float(text.replace(",", ".") if "." not in text else text)
    if not math.isfinite(value) or abs(value) > LARGEST or "_" in text:
        raise ValueError(text)
    return value


def rows(file: PeopleFile, faults: Faults) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its number; those that stand askew become faults."""
    for piece in file.pieces({heading: heading for heading in file.headings if heading}):
        for broken in piece.broken:
            faults.add(broken.number, "", broken.why)
        for row in piece.frame.iter_rows(named=True):
            number = int(row.pop(ROW))
            cells = {name: "" if cell is None else str(cell).strip() for name, cell in row.items()}
            if any(cells.values()):
                yield number, cells


def plain(heading: str) -> str:
    """A heading without what people write in different ways."""
    return heading.strip().lower().replace(" ", "_")


def total(values: Sequence[float | None]) -> float | None:
    """The exact sum; None where one of them is."""
    known = [value for value in values if value is not None]
    return math.fsum(known) if len(known) == len(values) else None
