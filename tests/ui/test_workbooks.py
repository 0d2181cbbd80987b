import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

import simpul
from simpul.ui.workbooks import harmless, opens_safely


def filled_at(*places) -> bytes:
    out = io.BytesIO()
    book = Workbook(out)
    for place in places:
        page = book.add_worksheet()
        page.write("A1", "Nama")
        page.write(place, "Siti Aminah")
    book.close()
    return out.getvalue()


class TestOpensSafely:
    def test_takes_a_list_as_offices_keep_it(self):
        assert opens_safely(filled_at("CV2000"))

    @pytest.mark.parametrize("places", [("XFD1048576",), ("A2", "ALL20001")], ids=["last", "second_sheet"])
    def test_refuses_what_is_laid_out_too_far(self, places):
        assert not opens_safely(filled_at(*places))

    def test_leaves_what_is_no_spreadsheet_to_who_opens_it(self):
        assert opens_safely(b"PK\x03\x04 cut off")


class TestHarmless:
    @given(st.text())
    def test_never_begins_as_a_formula_does(self, text):
        assert not harmless(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))

    @pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM", "\t=1", "\r=1", "\n=1", "  =1"])
    def test_puts_an_apostrophe_before_what_would_run(self, cell):
        assert harmless(cell) == f"'{cell}"

    @pytest.mark.parametrize("cell", ["", "3", "Rina Wulandari", "LKS Tunas", "a=1"])
    def test_leaves_other_words_as_they_are(self, cell):
        assert harmless(cell) == cell


def test_nobody_opens_a_workbook_without_the_guard():
    opens = re.compile(r"CalamineWorkbook\.from_|load_workbook\(|\.read_(excel|ods)\(")
    found = [path for path in Path(simpul.__file__).parent.rglob("*.py") if opens.search(path.read_text())]
    assert found
    assert not [path for path in found if "opens_safely(" not in path.read_text()]
