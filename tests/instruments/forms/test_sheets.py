import csv
import io
import zipfile

import pytest

from simpul.instruments.forms import csv_template, xlsx_template
from simpul.instruments.forms.sheets import Reader
from tests.instruments.factories import DAY, sheet_after

ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def faults_of(content, name="instrumen.csv"):
    reader = Reader(on=DAY)
    assert reader.read(name, content) is None
    return [fault.told for fault in reader.faults]


def read(content, name):
    reader = Reader(on=DAY)
    found = reader.read(name, content)
    assert [fault.told for fault in reader.faults] == []
    return found


def open_document():
    """The example as .ods, as an office program writes it: empty cells repeat to the edge."""
    sheets, rows = [], []
    for cells in csv.reader(io.StringIO(csv_template().removeprefix("\ufeff"))):
        if cells[0].startswith("["):
            rows = []
            sheets.append((cells[0].strip("[]"), rows))
        else:
            filled = "".join(
                f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
                if cell
                else "<table:table-cell/>"
                for cell in cells
            )
            edge = '<table:table-cell table:number-columns-repeated="16000"/>'
            rows.append(f"<table:table-row>{filled}{edge}</table:table-row>")
    rest = (
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    tables = "".join(
        f'<table:table table:name="{name}">{"".join(rows)}{rest}</table:table>' for name, rows in sheets
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        book.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{ODF}manifest:1.0"/>')
        book.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content xmlns:office="{ODF}office:1.0" '
            f'xmlns:table="{ODF}table:1.0" xmlns:text="{ODF}text:1.0"><office:body><office:spreadsheet>'
            f"{tables}</office:spreadsheet></office:body></office:document-content>",
        )
    return packed.getvalue()


def repacked(change):
    """The example as .xlsx, each file in it changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx_template())) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(*change(name, old.read(name)))
    return packed.getvalue()


class TestReader:
    def test_reads_the_example_from_either_file(self):
        found = read(xlsx_template(), "Instrumen.XLSX")
        assert found == read(csv_template().encode(), "instrumen.csv")
        assert (found.code, len(found.items), found.domain("rumah").method) == ("semangat-belajar", 4, "sum")
        assert found.item("bolos").is_reversed
        assert found.domain("sekolah").fewest_answered == 1
        assert found.scheme().domains[1].maximum == 2

    def test_reads_what_spreadsheets_here_save_with_semicolons(self):
        written = io.StringIO(newline="")
        csv.writer(written, delimiter=";").writerows(csv.reader(io.StringIO(csv_template())))
        assert read(written.getvalue().encode(), "a.csv") == read(csv_template().encode(), "a.csv")

    def test_reads_an_open_document_with_empty_cells_to_its_edge(self):
        assert read(open_document(), "a.ods") == read(csv_template().encode(), "a.csv")

    @pytest.mark.parametrize(
        ("sheet", "row", "column", "value", "said"),
        [
            ("butir", 2, "tingkat", "harian", "kolom “tingkat”: Kelompok ini tidak ada"),
            ("butir", 2, "bagian", "pasar", "kolom “bagian”: Bagian ini tidak ada"),
            ("butir", 3, "kode", "hadir", "sudah ada di baris lain"),
            ("butir", 2, "kode", "reasons", "dipakai Simpul sendiri"),
            ("butir", 2, "kode", "masuk sekolah", "Kode hanya huruf kecil"),
            ("butir", 2, "pertanyaan", "", "kolom “pertanyaan”: Kolom ini belum diisi"),
            ("butir", 2, "jenis", "gambar", "Pilih salah satu: skala, pilihan, angka, teks"),
            ("butir", 5, "tingkat", "sering", "tidak punya tingkat"),
            ("butir", 2, "terkecil", "banyak", "bilangan bulat"),
            ("bagian", 2, "paling_sedikit", "5", "punya 2 butir berskala"),
            ("bagian", 2, "keandalan", "0,85", "kolom “sumber_keandalan”: Tulis dari penelitian mana"),
            ("bagian", 2, "keandalan", "1,2", "di bawah 1"),
            ("bagian", 2, "arah", "naik", "makin tinggi makin baik"),
            ("bagian", 2, "kode", "kelas", "belum punya butir"),
            ("batas", 2, "bagian", "pasar", "Bagian ini tidak ada"),
            ("batas", 2, "mulai", "nol", "Tulis angka, misalnya 10"),
            ("tingkat", 3, "nilai", "0", "sudah ada dalam kelompok"),
            ("tingkat", 3, "nilai", "satu", "kolom “nilai”: Tulis bilangan bulat"),
            ("tingkat", 3, "nama", "", "kolom “nama”: Kolom ini belum diisi"),
            ("instrumen", 2, "isian", "nama", "Isian ini tidak dikenal"),
            ("instrumen", 2, "isi", "", "kolom “isi”: Kolom ini belum diisi"),
            ("instrumen", 7, "isi", "hiburan", "Pilih salah satu: asesmen"),
            ("butir", 2, "petunjuk", "x" * 2001, "Terlalu panjang"),
        ],
        ids=str,
    )  # fmt: skip
    def test_names_the_place_of_a_fault(self, sheet, row, column, value, said):
        told = faults_of(sheet_after(sheet, row, column, value))
        assert any(said in line and f"Lembar “{sheet}”" in line for line in told), told

    def test_reads_cut_offs_and_files_that_have_none(self):
        found = read(csv_template().encode(), "a.csv")
        assert [band.code for band in found.domain("sekolah").bands] == ["kurang", "cukup", "baik"]
        older = csv_template().partition("[batas]")[0]
        assert read(older.encode(), "a.csv").domain("sekolah").bands == ()

    def test_refuses_cut_offs_that_leave_the_lowest_score_without_a_name(self):
        told = faults_of(sheet_after("batas", 2, "mulai", "0,5"))
        assert any("mulai dari 0 dan paling tinggi 2" in line for line in told), told

    def test_names_sheet_row_and_column(self):
        told = faults_of(sheet_after("tingkat", 3, "nilai", "satu"))
        line = csv_template().splitlines().index("sering,1,Kadang-kadang,,Satu atau dua kali seminggu.") + 1
        assert f"Lembar “tingkat”, baris {line}, kolom “nilai”: Tulis bilangan bulat, misalnya 3." in told

    def test_gathers_all_faults_at_once(self):
        spoilt = sheet_after("butir", 2, "pertanyaan", "").replace(b"sering,0,", b"sering,nol,")
        assert len(faults_of(spoilt)) >= 2

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("a.xlsx", b"bukan berkas", "tidak terbaca"),
            ("a.ods", b"PK\x05\x06" + bytes(18), "tidak terbaca"),
            ("a.csv", "Bagian é".encode("utf-16"), "bukan UTF-8"),
            ("a.csv", b"", "Lembar “instrumen” tidak ada"),
            ("a.csv", b"[instrumen]\nisian,warna\nkode,x\n", "“warna” tidak dikenal"),
            ("a.csv", b"[instrumen]\n", "kosong"),
        ],
        ids=str,
    )
    def test_refuses_what_is_no_such_file(self, name, content, said):
        assert any(said in line for line in faults_of(content, name))

    @pytest.mark.parametrize("folder", [b"worksheets/", b"other/"])
    @pytest.mark.parametrize("quote", [b'"', b"'"])
    def test_refuses_a_file_that_would_fill_the_memory(self, folder, quote):
        def far(name, held):
            held = held.replace(b"worksheets/", folder)
            return name.replace("worksheets/", folder.decode()), held.replace(
                b'r="A2"', b"r=" + quote + b"XFD1048576" + quote
            )

        assert any("terlalu besar" in line for line in faults_of(repacked(far), "a.xlsx"))
