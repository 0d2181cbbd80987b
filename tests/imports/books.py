"""Spreadsheets as other programs write them."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from xlsxwriter import Workbook


def raw_xlsx(rows, *, merge: str = "") -> bytes:
    """A workbook in which numbers are numbers, as somebody's spreadsheet keeps them."""
    out = io.BytesIO()
    book = Workbook(out)
    page = book.add_worksheet("Lembar1")
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    if merge:
        page.merge_range(merge, rows[0][0])
    book.close()
    return out.getvalue()


def ods(rows) -> bytes:
    """The least that LibreOffice would open."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = (
        '<?xml version="1.0"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Daftar">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", kind)
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()
