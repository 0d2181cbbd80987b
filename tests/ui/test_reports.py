import io
import zipfile
from xml.etree import ElementTree

import pytest
from docx import Document

from simpul.ui.drawings import Mark
from simpul.ui.reports import (
    Listing,
    Picture,
    Report,
    Section,
    Table,
    Word,
    Words,
    archive_of,
    as_docx,
    as_pdf,
)

PICTURE = Picture(
    "Naik & turun", 'Dari "2" ke <3>', 352, 120, (Mark("M10 10 L300 90", is_thick=True),), (Word("20", "30", "A & B", "start"),)
)  # fmt: skip
TABLE = Table("Nilai", ("Aspek", "Sebelum"), (("Legalitas", "9,30"), ("#show: panic()", "=1+1")), (3, 1))


@pytest.fixture
def report():
    blocks = (Words(("Satu.", "Dua.")), Listing(("Tiga",)), TABLE, PICTURE)
    return Report(
        "Laporan", "Tentang", "id", "Halaman {page} dari {total}", (Section("Bagian", blocks),), "Contoh"
    )


class TestSvg:
    def test_can_be_read_whatever_was_typed(self):
        root = ElementTree.fromstring(PICTURE.svg)
        space = "{http://www.w3.org/2000/svg}"
        assert root.findtext(f"{space}title") == "Naik & turun"
        assert root.findtext(f"{space}desc") == 'Dari "2" ke <3>'
        assert [one.text for one in root.iter(f"{space}text")] == ["A & B"]


class TestAsPdf:
    def test_is_tagged_and_the_same_to_the_byte(self, report):
        made = as_pdf(report)
        assert b"pdfuaid" in made
        assert made == as_pdf(report)


class TestAsDocx:
    def test_is_the_same_to_the_byte(self, report):
        assert as_docx(report) == as_docx(report)

    def test_holds_headings_a_table_and_a_picture_in_words(self, report):
        paper = Document(io.BytesIO(as_docx(report)))
        assert [one.text for one in paper.paragraphs if one.style.name == "Heading 1"] == ["Bagian"]
        assert [cell.text for cell in paper.tables[0].rows[1].cells] == ["Legalitas", "9,30"]
        assert paper.inline_shapes[0]._inline.docPr.get("descr") == 'Naik & turun. Dari "2" ke <3>'

    def test_tells_no_day_on_which_it_was_made(self, report):
        with zipfile.ZipFile(io.BytesIO(as_docx(report))) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert b"2026-01-01T00:00:00Z" in archive.read("docProps/core.xml")


class TestArchiveOf:
    def test_keeps_names_order_and_content(self):
        made = archive_of([("b.txt", b"dua"), ("a.txt", b"satu")])
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            assert {name: archive.read(name) for name in archive.namelist()} == {
                "b.txt": b"dua",
                "a.txt": b"satu",
            }
