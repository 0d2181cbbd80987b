"""What a small packed file would become in memory: a spreadsheet can name its last cell and mean nothing between."""

from __future__ import annotations

import io
import re
import zipfile

# What an unpacked file may hold, and how far a sheet may reach: more is no questionnaire.
MOST_UNPACKED = 50 * 1024 * 1024
FURTHEST_ROW = 10_000
MOST_REPEATED = 1000

_XLSX_PLACE = re.compile(rb'\br="([A-Z]*)([0-9]+)"')
_ODS_CELL = re.compile(rb'<table:table-cell\b[^>]*number-columns-repeated="([0-9]+)"[^>]*[^/]>')
_ODS_ROW = re.compile(
    rb'<table:table-row\b[^>]*number-rows-repeated="([0-9]+)"[^>]*>(.*?)</table:table-row>', re.DOTALL
)


def is_reasonable(content: bytes) -> bool:
    """Whether a workbook can be opened without filling the memory. Raises zipfile.BadZipFile where it is none."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED:
            return False
        return all(
            _is_small(packed.read(name))
            for name in packed.namelist()
            if name == "content.xml" or name.startswith("xl/worksheets/")
        )


def _is_small(sheet: bytes) -> bool:
    """Empty cells may repeat to the edge, as spreadsheets write them; filled ones may not."""
    for column, row in _XLSX_PLACE.findall(sheet):
        if len(column) > 2 or len(row) > 7 or int(row) > FURTHEST_ROW:
            return False
    if any(len(times) > 7 or int(times) > MOST_REPEATED for times in _ODS_CELL.findall(sheet)):
        return False
    filled = (
        times for times, cells in _ODS_ROW.findall(sheet) if b"<text:p" in cells or b"office:value" in cells
    )
    return all(len(times) <= 7 and int(times) <= MOST_REPEATED for times in filled)
