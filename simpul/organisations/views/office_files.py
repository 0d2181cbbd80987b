"""Lists as files: a workbook, a CSV file, and a PDF with the name of who took it out across every page."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import typst
from django.utils.translation import gettext as _

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "organisations" / "office_list.typ"

Rows = Sequence[Sequence[str]]

# What a spreadsheet runs, and what XML cannot hold.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
_NOT_IN_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 65534, 65535])
_LONGEST_CELL = 32_000

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe stands before whatever could be a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_RUNS) else cell


def as_csv(rows: Rows) -> bytes:
    """UTF-8 with its mark, so that spreadsheets read it as such."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([harmless(cell) for cell in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode("utf-8", "replace")


# --- a workbook ---


def as_xlsx(rows: Rows, *, title: str, notes: Sequence[tuple[str, str]]) -> bytes:
    """One sheet of text with bold heads that stay in sight, and one that says what the list is."""
    sheets = [(title, rows, True), (_("Keterangan"), notes, False)]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in _parts(sheets):
            book.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _parts(sheets: Sequence[tuple[str, Rows, bool]]) -> Iterator[tuple[str, str]]:
    numbered = list(enumerate(sheets, start=1))
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for number, _sheet in numbered
    )
    yield (
        "[Content_Types].xml",
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/styles.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
        f"{kinds}</Types>",
    )
    yield "_rels/.rels", _ties([("officeDocument", "xl/workbook.xml")])
    named = "".join(f'<sheet name="{_text(sheet[0])}" sheetId="{n}" r:id="rId{n}"/>' for n, sheet in numbered)
    yield (
        "xl/workbook.xml",
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_TIES}"><sheets>{named}</sheets></workbook>',
    )
    sheets_and_styles = [*(("worksheet", f"worksheets/sheet{n}.xml") for n, _sheet in numbered)]
    yield "xl/_rels/workbook.xml.rels", _ties([*sheets_and_styles, ("styles", "styles.xml")])
    yield "xl/styles.xml", _STYLES
    for number, (_name, rows, has_heads) in numbered:
        yield f"xl/worksheets/sheet{number}.xml", _sheet(rows, has_heads=has_heads)


# Every cell is text: what looks like a formula or a long number stays what it is.
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font/><font><b/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="49" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>'
)


def _ties(targets: Iterable[tuple[str, str]]) -> str:
    ties = "".join(
        f'<Relationship Id="rId{number}" Type="{_TIES}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{ties}</Relationships>'


def _sheet(rows: Rows, *, has_heads: bool) -> str:
    lines = [
        f'<row r="{number}">{_cells(row, number, is_head=has_heads and number == 1)}</row>'
        for number, row in enumerate(rows, start=1)
    ]
    stay = (
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/>'
        "</sheetView></sheetViews>"
    )
    width = '<cols><col min="1" max="26" width="24" customWidth="1"/></cols>'
    return f'{_XML}<worksheet xmlns="{_MAIN}">{stay if has_heads else ""}{width}<sheetData>{"".join(lines)}</sheetData></worksheet>'


def _cells(row: Sequence[str], number: int, *, is_head: bool) -> str:
    return "".join(
        f'<c r="{chr(64 + column)}{number}" t="inlineStr" s="{int(is_head)}"><is><t xml:space="preserve">{_text(cell)}</t></is></c>'
        for column, cell in enumerate(row, start=1)
        if cell
    )


def _text(cell: str) -> str:
    storable = cell.encode("utf-8", "replace").decode().translate(_NOT_IN_XML)
    return escape(storable[:_LONGEST_CELL], {'"': "&quot;"})


# --- paper ---


def as_pdf(rows: Rows, *, title: str, notes: Sequence[tuple[str, str]], mark: str, pages: str) -> bytes:
    """A4 lying down. Typst reads the words as JSON: nothing that anybody typed ever becomes Typst source."""
    words = {
        "title": title,
        "notes": [list(note) for note in notes],
        "head": list(rows[0]),
        "rows": [list(row) for row in rows[1:]],
        "mark": mark,
        "pages": pages,
    }
    inputs = {"data": json.dumps(words, ensure_ascii=False)}
    try:
        made: bytes = typst.compile(str(TEMPLATE), sys_inputs=inputs, pdf_standards=["ua-1"])
    except typst.TypstError:
        # PDF/UA allows no sign that the fonts cannot draw: such a name must not cost the whole list.
        made = typst.compile(str(TEMPLATE), sys_inputs=inputs)
    return made
