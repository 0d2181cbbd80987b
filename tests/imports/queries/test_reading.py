import io
import zipfile

import pytest

from simpul.imports.queries import reading
from simpul.imports.queries.reading import SPOILT, Unreadable, opened
from simpul.ui.sheets import Sheet, as_xlsx
from tests.imports.books import ods, raw_xlsx

TEXT = "NIK;Nama\n2102105203540001;Siti Aminah\n"


class TestOpened:
    @pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
    def test_reads_a_csv_in_any_usual_letters(self, letters):
        data = "NIK;Nama\n1;Café Rahmañ\n".encode(letters)
        assert opened(data).rows[1] == ["1", "Café Rahmañ"]

    @pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
    def test_finds_out_what_divides_the_cells(self, sign):
        data = TEXT.replace(";", sign).encode()
        assert opened(data).rows == [["NIK", "Nama"], ["2102105203540001", "Siti Aminah"]]

    def test_takes_the_word_of_a_file_that_names_its_separator(self):
        assert opened(b"sep=|\r\na|b;c\r\n").rows[1:] == [["a", "b;c"]]

    @pytest.mark.parametrize("cell", ["'2102105203540001", '"=""2102105203540001"""'])
    def test_takes_away_what_tells_a_spreadsheet_that_it_is_text(self, cell):
        assert opened(f"NIK;Nama\n{cell};A\n".encode()).rows[1][0] == "2102105203540001"

    def test_keeps_commas_in_quotes_in_one_cell(self):
        assert opened(b'a,b\n"Jl. Melati, RT 1",2\n').rows[1] == ["Jl. Melati, RT 1", "2"]

    def test_names_the_row_of_a_quote_that_nobody_closed(self):
        data = 'a;b\n1;"x\n' + "2;y\n" * 100
        with pytest.raises(Unreadable, match="Tanda petik di baris 2"):
            opened(data.encode())

    @pytest.mark.parametrize("make", [lambda rows: as_xlsx(Sheet("A", (), rows)), ods])
    def test_reads_spreadsheets_as_their_owner_sees_them(self, make):
        rows = [["Nama", "Umur"], ["Aminah", "67"]]
        assert opened(make(rows)).rows == rows

    def test_takes_the_largest_sheet_and_names_the_others(self):
        book = as_xlsx(
            Sheet("Kunci", ("a",), [["b"]]), Sheet("Data", ("NIK", "Nama"), [["1", "A"], ["2", "B"]])
        )
        found = opened(book)
        assert (found.sheet, found.other_sheets) == ("Data", ("Kunci",))

    def test_marks_a_number_whose_last_digit_a_spreadsheet_cut(self):
        found = opened(raw_xlsx([["NIK"], [2102105203540000.0]]))
        assert found.rows[1] == [SPOILT + "2102105203540000"]

    def test_believes_sixteen_digits_that_no_spreadsheet_could_have_made(self):
        assert opened(raw_xlsx([["NIK"], [2102105203540001.0]])).rows[1] == ["2102105203540001"]

    def test_spreads_a_heading_over_the_columns_that_it_covers(self):
        assert opened(raw_xlsx([["Alamat", ""], ["Desa", "Kec"]], merge="A1:B1")).rows[0] == [
            "Alamat",
            "Alamat",
        ]

    @pytest.mark.parametrize("data", [b"", b" \r\n\n", b"\x00\x00"])
    def test_says_that_a_file_is_empty(self, data):
        with pytest.raises(Unreadable, match="kosong"):
            opened(data)

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"%PDF-1.7 x", "PDF tidak dapat dibaca"),
            (b"PK\x03\x04 cut off", "terpotong"),
            (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "kata sandi"),
            (b"abc\x00\x01\x02def\n", "bukan tabel"),
        ],
        ids=["pdf", "cut", "locked", "binary"],
    )
    def test_says_what_is_wrong_and_what_to_do(self, data, words):
        with pytest.raises(Unreadable, match=words):
            opened(data)

    def test_refuses_a_small_file_that_unpacks_to_a_huge_one(self, monkeypatch):
        bomb = io.BytesIO()
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("xl/worksheets/sheet1.xml", b"0" * 3_000_000)
        monkeypatch.setattr(reading, "_MEGABYTE", 1_000)
        with pytest.raises(Unreadable, match="terlalu besar"):
            opened(bomb.getvalue())

    @pytest.mark.parametrize("quote", ['"', "'"])
    def test_refuses_two_cells_that_ask_for_all_the_memory(self, quote):
        packed, far = io.BytesIO(), io.BytesIO(raw_xlsx([["NIK", "Nama"]]))
        with zipfile.ZipFile(far) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
            for part in old.infolist():
                sheet = old.read(part).replace(b'r="B1"', f"r={quote}XFD1048576{quote}".encode())
                new.writestr(part.filename, sheet)
        with pytest.raises(Unreadable, match="terlalu jauh"):
            opened(packed.getvalue())

    def test_says_how_many_rows_are_too_many(self, monkeypatch):
        few = reading.limits().__class__(5, 300, 800, 2, 90, 1)
        monkeypatch.setattr(reading, "limits", lambda: few)
        with pytest.raises(Unreadable, match="lebih dari 5 baris"):
            opened(b"a;b\n" * 9)
