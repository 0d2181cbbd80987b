import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from simpul.organisations.views.office_files import as_csv, as_pdf, as_xlsx, harmless


class TestHarmless:
    @given(st.text())
    def test_never_begins_as_a_formula_does(self, text):
        assert not harmless(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))

    @pytest.mark.parametrize("text", ["LKS Tunas", "", "3 anak", "a=1"])
    def test_leaves_other_words_as_they_are(self, text):
        assert harmless(text) == text


class TestAsCsv:
    def test_begins_with_the_mark_of_utf_8(self):
        assert as_csv([("Nama",), ("LKS Nâti",)]) == "\ufeffNama\r\nLKS Nâti\r\n".encode()


class TestAsXlsx:
    @given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zs", "Zl", "Zp"]), min_size=1))
    def test_gives_back_what_was_written(self, words):
        book = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx([("Nama",), (words,)], title="L", notes=[])))
        assert book.get_sheet_by_name("L").to_python()[1][0] == words


class TestAsPdf:
    def test_is_set_whatever_the_names_hold(self):
        rows = [("Kepala",) * 9, ('#panic("x") \\ $a$ 日本 \u0000',) * 9]
        made = as_pdf(
            rows, title="Daftar", notes=[("Wilayah", "Kab. Karimun")], mark="Bu Farida", pages="{page}"
        )
        assert made.startswith(b"%PDF")
