"""The rows of a CSV file, one by one: a row that does not hold is set aside alone, and the others are read on."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from simpul.commands.language import _

# A quoted cell may hold line breaks, as an address does. A quote that is not closed after so many is a mistake,
# and without an end to it one such quote would swallow the rest of the file, and of the memory.
MOST_LINES = 50
# Longer than all facts together; beyond it there is no row, but a file without line breaks.
LONGEST_LINE = 1_000_000
# Of a row that was set aside this much is shown, enough to find it by.
MOST_SHOWN = 200
# Signs that no text holds. They appear where a disk was full or a copy was cut.
_NO_TEXT = re.compile("[\x00-\x08]")


@dataclass(frozen=True)
class Row:
    """A row that holds, as CSV again without its line break; `number` is what a spreadsheet calls it."""

    number: int
    text: str


@dataclass(frozen=True)
class Broken:
    """A row that does not hold: what there is of it, and why, in a sentence."""

    number: int
    text: str
    why: str


class CsvRows:
    """Walk through a file whose first row are the headings. Memory holds a few lines, however long the file.

    Raises UnicodeDecodeError (in the walk) when the file is not UTF-8.
    """

    def __init__(self, path: Path, separator: str, width: int) -> None:
        self._path, self._separator, self._width = path, separator, width
        self._waiting: deque[str] = deque()

    def __iter__(self) -> Iterator[Row | Broken]:
        with self._path.open(encoding="utf-8-sig", newline="") as file:
            # The headings were read when the file was opened.
            file.readline()
            number = 1
            while line := self._next(file):
                number += 1
                row = self._row(line, number, file)
                if row is not None:
                    yield row

    def _next(self, file: TextIO) -> str:
        return self._waiting.popleft() if self._waiting else file.readline(LONGEST_LINE)

    def _row(self, line: str, number: int, file: TextIO) -> Row | Broken | None:
        if len(line) == LONGEST_LINE and not line.endswith(("\n", "\r")):
            self._skip_line(file)
            return Broken(number, line[:MOST_SHOWN], _("baris ini terlalu panjang"))
        text = line.rstrip("\r\n")
        # Where there is one column, an empty row is somebody of whom it is not known.
        if not text and self._width > 1:
            return None
        if '"' in text:
            return self._quoted(line, number, file)
        cells = text.count(self._separator) + 1
        return self._checked(number, text, text, cells)

    def _quoted(self, line: str, number: int, file: TextIO) -> Row | Broken:
        """A row with quotes, which may go on in the next lines. Where they do not fit, those lines stay rows."""
        taken = [line]

        def lines() -> Iterator[str]:
            yield line
            while len(taken) < MOST_LINES and (more := self._next(file)):
                taken.append(more)
                yield more

        try:
            cells = next(csv.reader(lines(), delimiter=self._separator, strict=True))
        except csv.Error:
            cells = []
        # Lines that make no row together were joined by a quote that stands astray in the first.
        if not cells or (len(taken) > 1 and len(cells) != self._width):
            self._waiting.extendleft(reversed(taken[1:]))
            why = _("tanda petik salah letak atau tidak ditutup")
            return Broken(number, line.rstrip("\r\n")[:MOST_SHOWN], why)
        said = "".join(taken).rstrip("\r\n")
        return self._checked(number, said, _plain(cells, self._separator), len(cells))

    def _checked(self, number: int, said: str, text: str, cells: int) -> Row | Broken:
        if _NO_TEXT.search(text):
            return Broken(number, _NO_TEXT.sub("?", said)[:MOST_SHOWN], _("ada tanda yang bukan tulisan"))
        if cells != self._width:
            why = _("berisi %(cells)s isian, padahal judul kolomnya %(width)s") % {
                "cells": cells,
                "width": self._width,
            }
            return Broken(number, said[:MOST_SHOWN], why)
        return Row(number, text)

    @staticmethod
    def _skip_line(file: TextIO) -> None:
        while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(("\n", "\r")):
            pass


def in_pieces(rows: CsvRows, size: int) -> Iterator[tuple[list[Row], list[Broken]]]:
    """Rows in lots of at most so many, those that hold and those that do not."""
    walk = iter(rows)
    while lot := list(islice(walk, size)):
        yield [row for row in lot if isinstance(row, Row)], [row for row in lot if isinstance(row, Broken)]


def _plain(cells: list[str], separator: str) -> str:
    """The cells written anew, so that whoever reads them next understands the quotes in the same way."""
    out = io.StringIO()
    # Cells with line breaks are quoted only where these are what ends a row.
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerow(cells)
    return out.getvalue().removesuffix("\r\n")
