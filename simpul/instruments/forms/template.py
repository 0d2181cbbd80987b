"""The spreadsheet that an office fills in: a small whole example to write over, and a sheet of help."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from simpul.instruments.forms.sheets import DIRECTIONS, HEAD, HEADINGS, KINDS, USES, WAYS

Rows = list[tuple[str, ...]]

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def _example() -> dict[str, Rows]:
    """An instrument of three items in two parts. It is read back without a fault, which a test holds."""
    return {
        "instrumen": [
            HEADINGS["instrumen"],
            ("kode", "semangat-belajar"),
            ("judul", "Semangat belajar anak"),
            ("tentang", "Diisi bersama anak, tentang sebulan terakhir."),
            ("catatan", "Keandalan belum diukur."),
            ("sumber", "Disusun sendiri oleh lembaga"),
            ("kegunaan", "asesmen"),
        ],
        "bagian": [
            HEADINGS["bagian"],
            ("sekolah", "Di sekolah", "", "makin tinggi makin baik", "rata-rata", "1"),
            ("rumah", "Di rumah", "", "makin tinggi makin baik", "jumlah"),
        ],
        "butir": [
            HEADINGS["butir"],
            ("sekolah", "hadir", "Seberapa sering anak masuk sekolah?", "", "Lihat buku hadir bila ada.", "skala", "sering"),
            ("sekolah", "bolos", "Seberapa sering anak pulang sebelum waktunya?", "", "", "skala", "sering", "ya"),
            ("rumah", "belajar", "Seberapa sering anak belajar di rumah?", "", "", "skala", "sering"),
            ("rumah", "cita-cita", "Apa cita-citanya?", "", "", "teks"),
        ],
        "tingkat": [
            HEADINGS["tingkat"],
            ("sering", "0", "Tidak pernah", "", "Tidak satu kali pun sebulan terakhir."),
            ("sering", "1", "Kadang-kadang", "", "Satu atau dua kali seminggu."),
            ("sering", "2", "Hampir setiap hari", "", "Lebih dari dua kali seminggu."),
        ],
    }  # fmt: skip


def _help() -> Rows:
    """What belongs where, one line each."""
    return [
        (_("lembar"), _("kolom"), _("arti")),
        ("instrumen", "isian", _("Nama isian. Yang dikenal: %(known)s.") % {"known": ", ".join(HEAD)}),
        ("instrumen", "kegunaan", ", ".join(USES)),
        ("bagian", "kode", _("Nama pendek tanpa spasi, huruf kecil.")),
        ("bagian", "arah", ", ".join(DIRECTIONS)),
        ("bagian", "cara", ", ".join(WAYS)),
        ("bagian", "paling_sedikit", _("Berapa butir harus terjawab supaya nilai diketahui. Kosong: semua.")),
        ("bagian", "keandalan", _("Angka di bawah 1 dari penelitian. Kosong bila belum diketahui.")),
        ("bagian", "simpangan_baku", _("Simpangan baku nilai bagian ini dari penelitian yang sama.")),
        ("bagian", "sumber_keandalan", _("Penelitian asal kedua angka itu.")),
        ("butir", "bagian", _("Kode bagian dari lembar “bagian”.")),
        ("butir", "jenis", ", ".join(KINDS)),
        ("butir", "tingkat", _("Nama kelompok dari lembar “tingkat”. Kosong untuk angka dan teks.")),
        ("butir", "terbalik", _("ya, bila tingkat tertinggi justru yang paling tidak baik.")),
        ("butir", "wajib", _("ya, bila harus dijawab; “tidak tahu” juga jawaban.")),
        ("tingkat", "kelompok", _("Nama yang sama untuk semua tingkat satu skala.")),
        ("tingkat", "keterangan", _("Seperti apa tingkat ini dalam kehidupan sehari-hari.")),
        ("", "…_inggris", _("Boleh dikosongkan; lalu teks Indonesia yang dipakai.")),
    ]


def csv_template() -> str:
    """All sheets in one file: a line such as [butir] begins that sheet."""
    written = io.StringIO(newline="")
    # The mark in front tells spreadsheets that this is UTF-8.
    written.write("\ufeff")
    out = csv.writer(written)
    for sheet, rows in _example().items():
        out.writerow([f"[{sheet}]"])
        out.writerows(rows)
    return written.getvalue()


def xlsx_template() -> bytes:
    """The same as a workbook, with a sheet of help in front. Written by hand: it needs no more than text and bold heads."""
    sheets = {"petunjuk": _help(), **_example()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in _parts(sheets):
            book.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _parts(sheets: dict[str, Rows]) -> Iterator[tuple[str, str]]:
    numbered = list(enumerate(sheets.items(), start=1))
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
    yield (
        "xl/workbook.xml",
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_TIES}"><sheets>'
        + "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, (name, _rows) in numbered)
        + "</sheets></workbook>",
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        _ties(
            [*(("worksheet", f"worksheets/sheet{n}.xml") for n, _sheet in numbered), ("styles", "styles.xml")]
        ),
    )
    yield (
        "xl/styles.xml",
        f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font/><font><b/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="49" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>',
    )
    for number, (_name, rows) in numbered:
        yield f"xl/worksheets/sheet{number}.xml", _sheet_xml(rows)


def _ties(targets: list[tuple[str, str]]) -> str:
    ties = "".join(
        f'<Relationship Id="rId{number}" Type="{_TIES}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{ties}</Relationships>'


def _sheet_xml(rows: Rows) -> str:
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(
            f'<c r="{chr(64 + column)}{number}" t="inlineStr" s="{int(number == 1)}"><is><t>{escape(cell)}</t></is></c>'
            for column, cell in enumerate(row, start=1)
            if cell
        )
        lines.append(f'<row r="{number}">{cells}</row>')
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><cols><col min="1" max="11" width="24" customWidth="1"/></cols>'
        f"<sheetData>{''.join(lines)}</sheetData></worksheet>"
    )
