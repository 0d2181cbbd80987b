import csv
import io
import tempfile
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from xlsxwriter.exceptions import XlsxInputError

from simpul.ui.sheets import Sheet, as_csv, as_xlsx

NIK = "2102010203040005"


def read(content, name="L"):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(name).to_python()


def written(cell):
    return read(as_xlsx(Sheet("L", ("Nama",), [(cell, "x")])))[1][0]


def inside(content, name="xl/worksheets/sheet1.xml"):
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


class TestAsCsv:
    def test_begins_with_the_mark_of_utf_8(self):
        assert as_csv([("Nama",), ("LKS Nâti",)]) == "\ufeffNama\r\nLKS Nâti\r\n".encode()

    def test_tells_numbers_days_and_nothing(self):
        row = (-3, Decimal("1.50"), date(2026, 11, 22), datetime(2026, 11, 22, 9, 5, tzinfo=UTC), None, True)
        (cells,) = csv.reader(io.StringIO(as_csv([row]).decode("utf-8-sig")))
        assert cells == ["-3", "1.50", "2026-11-22", "2026-11-22 09:05+00:00", "", "TRUE"]

    def test_lets_no_words_run_also_those_translated_late(self):
        assert as_csv([("=1", gettext_lazy("-1"))]) == "\ufeff'=1,'-1\r\n".encode()


class TestAsXlsx:
    # A workbook is seven files on the disk: how long that takes says nothing about what is tested.
    @settings(deadline=None, max_examples=50)
    @given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zs", "Zl", "Zp"]), min_size=1))
    def test_gives_back_what_was_written(self, words):
        assert written(words) == words

    @pytest.mark.parametrize(
        ("cell", "found"),
        [
            pytest.param(NIK, NIK, id="a-nik"),
            pytest.param("007", "007", id="a-code"),
            pytest.param("=1+1", "=1+1", id="what-looks-like-a-formula"),
            pytest.param("https://contoh.id", "https://contoh.id", id="an-address"),
            pytest.param(3, 3, id="a-number"),
            pytest.param(Decimal("2.5"), 2.5, id="a-decimal"),
            pytest.param(int(NIK), NIK, id="a-number-too-long-to-be-kept"),
            pytest.param(float("nan"), "nan", id="no-number"),
            pytest.param(True, True, id="a-yes"),
            pytest.param(date(2026, 11, 22), date(2026, 11, 22), id="a-day"),
            pytest.param(date(1899, 8, 17), "1899-08-17", id="a-day-before-spreadsheets"),
            pytest.param(None, "", id="nothing"),
            pytest.param("a\x00b\ufffe\ud800", "ab?", id="what-xml-cannot-hold"),
        ],
    )
    def test_keeps_each_cell_as_what_it_is(self, cell, found):
        assert written(cell) == found

    def test_shows_a_moment_on_the_clock_of_the_office(self, settings):
        settings.TIME_ZONE = "Asia/Jakarta"
        assert written(datetime(2026, 11, 22, 20, 0, tzinfo=UTC)) == datetime(2026, 11, 23, 3, 0)

    def test_writes_no_formula_no_link_and_nothing_that_was_typed_as_xml(self):
        made = as_xlsx(Sheet("L", ("=1",), [("=cmd()", "mailto:a@b.id", "<r><t>x</t></r>")]))
        assert not any(sign in inside(made) for sign in ("<f>", "<hyperlink", "<r><t>"))
        assert read(made)[1] == ["=cmd()", "mailto:a@b.id", "<r><t>x</t></r> "]

    def test_has_the_sheets_in_their_order_and_headings_that_stay_in_sight(self):
        made = as_xlsx(Sheet("Orang", ("Nama",), iter([("Rina",)])), Sheet("Ket", (), [("Masa", "2026")]))
        assert CalamineWorkbook.from_filelike(io.BytesIO(made)).sheet_names == ["Orang", "Ket"]
        assert 'state="frozen"' in inside(made)
        assert "frozen" not in inside(made, "xl/worksheets/sheet2.xml")
        assert read(made, "Ket") == [["Masa", "2026"]]

    def test_makes_the_same_file_twice(self):
        assert as_xlsx(Sheet("L", ("a",), [("b",)])) == as_xlsx(Sheet("L", ("a",), [("b",)]))

    def test_leaves_nothing_on_the_disk_when_a_row_cannot_be_told(self, tmp_path, monkeypatch):
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        rows = (("Rina", 1 / left) for left in (1, 0))
        with pytest.raises(ZeroDivisionError):
            as_xlsx(Sheet("L", ("Nama",), rows))
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("names", [("a/b",), ("x" * 32,), ("A", "a")], ids=["sign", "long", "twice"])
    def test_takes_no_name_that_a_sheet_cannot_have(self, names):
        with pytest.raises(XlsxInputError):
            as_xlsx(*(Sheet(name, (), []) for name in names))
