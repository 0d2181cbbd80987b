"""A scheme out of a spreadsheet: every mistake is told with its place."""

import pytest

from simpul.accreditation.forms.own_schemes import SchemeForm, example_csv, read_scheme
from simpul.instruments.forms.workbook import SheetFault

EXAMPLE = example_csv()


class TestReadScheme:
    def test_reads_the_example_without_a_fault(self):
        scheme = read_scheme("skema.csv", EXAMPLE.encode())

        assert [standard.weight for standard in scheme.standards] == [60, 40]
        assert scheme.item("p1").required_for == ("A",)
        assert scheme.reminder_months == (12, 6, 3)
        assert [one.rule for one in scheme.conditions] == ["legal_entity", "confirmed"]

    @pytest.mark.parametrize(
        ("right", "wrong", "told"),
        [
            ("Program,60", "Program,enam", "Lembar “standar”, baris 25, kolom “bobot”"),
            ("Program,60", "Program,50", "Lembar “standar”: Jumlah bobot"),
            ("4,1,A,2", "0,1,A,2", "Lembar “butir”, baris 29, kolom “paling_tinggi”"),
            ("4,1,A,2", "4,1,Z,2", "Lembar “butir”, baris 29, kolom “wajib_untuk”"),
            ("h1,hasil", "h1,lain", "Lembar “butir”, baris 30, kolom “standar”"),
            ("h1,hasil", "p1,hasil", "Lembar “butir”: Kode “p1” ada dua kali"),
            ("86,60,60", "86,60,", "Lembar “peringkat”, baris 33, kolom “berlaku_bulan”"),
            ("B,B,71", "B,B,96", "Lembar “peringkat”: Peringkat harus berurutan"),
            ("tunggu_bulan,6", "tunggu_bulan,nanti", "Lembar “skema”, baris 10, kolom “tunggu_bulan”"),
            ("2025-08-01", "Agustus", "Lembar “skema”, baris 6, kolom “berlaku_sejak”"),
            ("bobot_contoh", "bobot_lain", "Lembar “skema”, baris 8, kolom “isian”"),
        ],
    )
    def test_names_sheet_row_and_column(self, right, wrong, told):
        with pytest.raises(SheetFault) as fault:
            read_scheme("skema.csv", EXAMPLE.replace(right, wrong, 1).encode())

        assert fault.value.told.startswith(told)


class TestSchemeForm:
    @pytest.mark.parametrize("data", [{}, {"pasted": ""}], ids=["nothing", "empty"])
    def test_asks_for_a_file_or_rows(self, data):
        form = SchemeForm(data, {})

        assert not form.is_valid()
        assert "salah satu" in form.non_field_errors()[0]

    def test_takes_pasted_rows(self):
        form = SchemeForm({"pasted": EXAMPLE}, {})

        assert form.is_valid(), form.errors
        assert form.scheme.code == "peraturan-kami"
