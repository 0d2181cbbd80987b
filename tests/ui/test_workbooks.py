import io

import pytest
from xlsxwriter import Workbook

from simpul.ui.workbooks import opens_safely


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
