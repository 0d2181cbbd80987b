"""Where the table of a file begins: its title rows, its headings in one or two rows, and its rows of data."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from simpul.access.secrets import blind_index
from simpul.imports.queries.reading import Opened, Raw, Unreadable
from simpul.imports.queries.words import all_heading_words, limits, plain, plain_heading

_COUNTED = re.compile(r"^\(?\d{1,3}\)?\.?$")
# A heading is a few words; data of people are longer numbers, dates and names.
_HEADING_SIGNS = 80


@dataclass(frozen=True, slots=True)
class Column:
    """One column with something in it: its place in the file, its heading, and what stands below."""

    place: int
    heading: str
    cells: list[str]

    @property
    def samples(self) -> list[str]:
        """The first few different things that stand in it."""
        return list(dict.fromkeys(cell for cell in self.cells[:300] if cell))[:3]


@dataclass(frozen=True, slots=True)
class Table:
    """The table in a file. `numbers` are the rows as their owner counts them."""

    columns: tuple[Column, ...]
    numbers: list[int]
    title: tuple[str, ...]
    heading_row: int
    width: int

    @property
    def fingerprint(self) -> str:
        """By which the next file of the same source is known again."""
        told = "\x1f".join(f"{column.place}:{plain(column.heading)}" for column in self.columns)
        # Keyed: headings can be guessed, and would tell what a list is about.
        return blind_index(hashlib.sha256(told.encode()).hexdigest(), "import.headings").hex()

    def column(self, place: int) -> Column | None:
        return next((column for column in self.columns if column.place == place), None)


def table_of(opened: Opened) -> Table:
    """The table that stands in the rows of a file. Raises Unreadable where there is none."""
    rows = opened.rows
    width = max(map(len, rows), default=0)
    if width > limits().columns:
        raise Unreadable(
            _(
                "Berkas ini punya %(width)s kolom; paling banyak %(most)s. Hapus kolom yang tidak perlu, lalu kirim lagi."
            )
            % {"width": width, "most": limits().columns}
        )
    top = _heading_row(rows)
    headings, first = _headings(rows, top, width)
    told = {tuple(row) for row in rows[top:first]}
    kept: list[list[str]] = []
    numbers: list[int] = []
    for number, row in enumerate(rows[first:], start=first + 1):
        # A heading is printed again on each page, and empty rows stand between families.
        if any(row) and tuple(row) not in told:
            kept.append(row + [""] * (width - len(row)) if len(row) < width else row)
            numbers.append(number)
    if not kept:
        raise Unreadable(
            _("Di bawah judul kolom tidak ada baris apa pun. Periksa berkasnya, lalu kirim lagi.")
        )
    if len(kept) > limits().rows:
        raise Unreadable(
            _("Berkas ini berisi %(rows)s baris data; paling banyak %(most)s. Bagi menjadi beberapa berkas.")
            % {"rows": len(kept), "most": limits().rows}
        )
    return Table(_columns(headings, kept), numbers, _title(rows[:top]), top + 1, width)


def _columns(headings: list[str], rows: Raw) -> tuple[Column, ...]:
    # An empty column between others, or one that nobody filled in, tells nothing.
    return tuple(
        Column(place, headings[place], list(cells))
        for place, cells in enumerate(zip(*rows, strict=True))
        if any(cells)
    )


def _title(rows: Raw) -> tuple[str, ...]:
    said = (" ".join(dict.fromkeys(cell for cell in row if cell)) for row in rows)
    return tuple(line for line in said if line)


def _heading_row(rows: Raw) -> int:
    """The row among the first ones that reads most like headings."""
    head = rows[: limits().title_rows]
    scores = [(_score(row), -place) for place, row in enumerate(head)]
    best, place = max(scores, default=(0, 0))
    if best <= 0:
        raise Unreadable(
            _(
                "Judul kolom tidak ditemukan. Baris pertama tabel harus berisi judul, misalnya NIK, Nama, Tanggal lahir."
            )
        )
    return -place


def _score(row: list[str]) -> int:
    """Known words weigh most; digits speak against a heading."""
    known, cells = all_heading_words(), [cell for cell in row if cell]
    # One title over the whole width says the same in each cell.
    if len(set(cells)) < 2 and not (len(cells) == 1 and plain_heading(cells[0]) in known):
        return 0
    recognised = sum(plain_heading(cell) in known for cell in cells)
    texts = sum(_looks_like_heading(cell) for cell in cells)
    return recognised * 10 + texts - (len(cells) - texts) * 4


def _looks_like_heading(cell: str) -> bool:
    return len(cell) <= _HEADING_SIGNS and any(map(str.isalpha, cell)) and sum(map(str.isdigit, cell)) <= 4


def _headings(rows: Raw, top: int, width: int) -> tuple[list[str], int]:
    """The heading of each column, and where the rows of data begin."""
    upper = _padded(rows[top], width)
    first = top + 1
    if first < len(rows) and _is_second(upper, _padded(rows[first], width)):
        lower = _padded(rows[first], width)
        upper = [_joined(one, other) for one, other in zip(_carried(upper, lower), lower, strict=True)]
        first += 1
    # Forms number their columns below the headings: (1) (2) (3).
    while first < len(rows) and _is_counted(rows[first]):
        first += 1
    return [" ".join(heading.split()) for heading in upper], first


def _padded(row: list[str], width: int) -> list[str]:
    return row + [""] * (width - len(row))


def _is_second(upper: list[str], lower: list[str]) -> bool:
    """Whether the row below is a second row of headings: under a gap or under a heading of several columns."""
    told = [cell for cell in lower if cell]
    if not told or not all(_looks_like_heading(cell) for cell in told) or _is_counted(lower):
        return False
    under_gap = any(cell and not above for cell, above in zip(lower, upper, strict=True))
    spans = {above for above in upper if above and upper.count(above) > 1}
    under_span = any(cell and above in spans for cell, above in zip(lower, upper, strict=True))
    # A row of data fills the first columns; a second row of headings stands only below the wide ones.
    is_partial = len(told) < len([cell for cell in upper if cell]) + len(told) // 2
    beside = [above for cell, above in zip(lower, upper, strict=True) if not cell and above]
    return (under_gap or under_span) and bool(beside) and is_partial


def _carried(upper: list[str], lower: list[str]) -> list[str]:
    """A heading left of a gap goes on over the gap, where something stands below it."""
    carried, last = [], ""
    for above, below in zip(upper, lower, strict=True):
        last = above or (last if below else "")
        carried.append(above or last)
    return carried


def _joined(upper: str, lower: str) -> str:
    return upper if not lower or lower == upper else f"{upper} {lower}".strip()


def _is_counted(row: list[str]) -> bool:
    told = [cell for cell in row if cell]
    if len(told) < 2 or not all(_COUNTED.match(cell) for cell in told):
        return False
    numbers = [int(re.sub(r"\D", "", cell)) for cell in told]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 1
