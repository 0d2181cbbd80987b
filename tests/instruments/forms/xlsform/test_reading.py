import io
from dataclasses import replace

import pytest

from simpul.catalogue import instruments as shipped
from simpul.instruments.forms.sheets import Reader
from simpul.instruments.forms.xlsform import XlsFormReader, xlsform_example, xlsform_of
from simpul.ui.sheets import Sheet, as_xlsx
from tests.instruments.factories import DAY

SURVEY = [
    ["type", "name", "label", "required", "constraint", "relevant", "simpul_reversed", "simpul_method", "simpul_aspect"],
    ["begin_group", "sekolah", "Di sekolah", "", "", "", "", "sum", ""],
    ["select_one sering", "hadir", "Seberapa sering hadir?", "yes", "", "", "", "", ""],
    ["select_one sering", "bolos", "Seberapa sering bolos?", "", "", "", "yes", "", ""],
    ["end_group", "", "", "", "", "", "", "", ""],
    ["integer", "_1anak", "Berapa anak?", "", ". >= 0 and . <= 20", "", "", "", "rumah"],
    ["text", "cerita", "Apa ceritanya?", "", "", "", "", "", "rumah"],
]  # fmt: skip
CHOICES = [
    ["list_name", "name", "label", "simpul_score"],
    ["sering", "1", "Jarang", ""],
    ["sering", "2", "Sering", ""],
]
SETTINGS = [["form_title", "form_id"], ["Semangat belajar", "semangat-belajar"]]
BANDS = [
    ["aspect", "code", "label", "from_score"],
    ["sekolah", "kurang", "Kurang", "2"],
    ["sekolah", "baik", "Baik", "3,5"],
]


def workbook(place=None, value="", *, survey=SURVEY, choices=CHOICES, settings=SETTINGS, bands=BANDS):
    """The little form as .xlsx, with one cell changed: place is (sheet, row, column), rows counting from 1."""
    sheets = {"survey": survey, "choices": choices, "settings": settings, "simpul_bands": bands}
    changed = {name: [list(row) for row in rows] for name, rows in sheets.items()}
    if place:
        name, row, column = place
        changed[name][row - 1][changed[name][0].index(column)] = value
    return as_xlsx(*(Sheet(name, rows[0], rows[1:]) for name, rows in changed.items() if rows))


def read(content):
    reader = XlsFormReader(on=DAY)
    found = reader.read("a.xlsx", content)
    assert [fault.told for fault in reader.faults] == []
    return found


def faults_of(content, name="a.xlsx"):
    reader = XlsFormReader(on=DAY)
    assert reader.read(name, content) is None
    return [fault.told for fault in reader.faults]


class TestXlsFormReader:
    def test_reads_groups_as_aspects_with_our_own_columns(self):
        found = read(workbook())
        assert [(domain.code, domain.method) for domain in found.domains] == [
            ("sekolah", "sum"),
            ("rumah", "mean"),
        ]
        assert found.item("bolos").is_reversed
        assert found.item("hadir").required
        assert (found.item("1anak").minimum, found.item("1anak").maximum) == (0, 20)
        assert found.domain("sekolah").band(3.5).code == "baik"

    def test_takes_choices_without_numbers_for_a_choice_that_is_not_scored(self):
        choices = [CHOICES[0], ["sering", "pasar", "Pasar", ""], ["sering", "rumah", "Rumah", ""]]
        found = read(workbook(choices=choices, bands=[]))
        assert {item.kind for item in found.domain("sekolah").items} == {"choice"}
        assert [level.value for level in found.item("hadir").levels] == [1, 2]

    @pytest.mark.parametrize("instrument", shipped.all_instruments(), ids=lambda found: found.code)
    def test_reads_back_what_was_written(self, instrument):
        found = read(xlsform_of(instrument))
        assert replace(found, verified=instrument.verified) == instrument

    @pytest.mark.parametrize(
        ("sheet", "row", "column", "value", "said"),
        [
            ("survey", 3, "type", "select_multiple sering", "tidak dapat dibaca"),
            ("survey", 3, "type", "begin_repeat", "tidak dapat dibaca"),
            ("survey", 3, "type", "select_one lain", "perlu sedikitnya dua pilihan"),
            ("survey", 3, "name", "hadir di sekolah", "Kode hanya huruf kecil"),
            ("survey", 4, "name", "hadir", "sudah ada di baris lain"),
            ("survey", 3, "name", "reasons", "dipakai Simpul sendiri"),
            ("survey", 3, "label", "", "Kolom ini belum diisi"),
            ("survey", 3, "label", "Rujuk ${tidakada}", "nama yang tidak ada"),
            ("survey", 3, "required", "mungkin", "Pilih salah satu"),
            ("survey", 3, "relevant", "${bolos} = 1", "syarat tampil"),
            ("survey", 6, "constraint", ". > 3 or 1", "Batas angka ditulis"),
            ("survey", 2, "simpul_method", "median", "Pilih salah satu: mean, sum, highest"),
            ("survey", 5, "type", "begin_group", "Kelompok di dalam kelompok"),
            ("choices", 3, "name", "1", "sudah ada dalam kelompok"),
            ("choices", 3, "simpul_score", "dua", "bilangan bulat"),
            ("choices", 3, "label", "", "Kolom ini belum diisi"),
            ("settings", 2, "form_id", "Semangat Belajar!", "Kode hanya huruf kecil"),
            ("settings", 2, "form_title", "", "Kolom ini belum diisi"),
            ("simpul_bands", 2, "from_score", "1", "mulai dari 2"),
            ("simpul_bands", 3, "from_score", "9", "paling tinggi 4"),
            ("simpul_bands", 3, "aspect", "pasar", "Aspek ini tidak ada"),
        ],
        ids=str,
    )  # fmt: skip
    def test_names_the_place_of_a_fault(self, sheet, row, column, value, said):
        told = faults_of(workbook((sheet, row, column), value))
        place = "survey" if sheet == "simpul_bands" and column == "from_score" else sheet
        assert any(said in line and f"Lembar “{place}”" in line for line in told), told

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("a.xlsx", b"bukan berkas", "tidak terbaca"),
            ("a.xlsx", as_xlsx(Sheet("lain", ["a"], [["b"]])), "Ini bukan XLSForm"),
            ("a.xlsx", workbook(settings=[]), "form_id dan form_title"),
            ("a.xlsx", workbook(survey=SURVEY[:2]), "belum ditutup"),
            ("a.xlsx", workbook(survey=[SURVEY[0], SURVEY[4]]), "ditutup sebelum dibuka"),
        ],
        ids=["no workbook", "another", "no settings", "open group", "closed group"],
    )
    def test_refuses_what_is_no_such_form(self, name, content, said):
        assert any(said in line for line in faults_of(content, name))

    def test_refuses_a_workbook_with_more_rows_than_a_questionnaire_has(self):
        rows = [["text", f"t{number}", "x"] for number in range(2001)]
        content = as_xlsx(Sheet("survey", SURVEY[0][:3], rows))
        assert any("Terlalu banyak baris" in line for line in faults_of(content))


class TestXlsFormOf:
    def test_gives_the_same_bytes_for_the_same_instrument(self):
        assert xlsform_example() == xlsform_example()

    def test_is_no_file_of_the_other_shape(self):
        reader = Reader(on=DAY)
        assert reader.read("a.xlsx", xlsform_example()) is None
        assert io.BytesIO(xlsform_example()).read(2) == b"PK"
