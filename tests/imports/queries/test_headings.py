import pytest

from simpul.imports.queries import headings
from simpul.imports.queries.headings import table_of
from simpul.imports.queries.reading import Opened, Unreadable


def table(*rows):
    return table_of(Opened([list(row) for row in rows], "csv"))


def heads(found):
    return [column.heading for column in found.columns]


class TestTableOf:
    def test_finds_the_headings_below_title_rows(self):
        found = table(
            ("DINAS SOSIAL KABUPATEN KARIMUN", "", ""),
            ("Daftar lansia 2026", "", ""),
            ("", "", ""),
            ("No", "NIK", "Nama"),
            ("1", "2102105203540001", "Siti Aminah"),
        )
        assert heads(found) == ["No", "NIK", "Nama"]
        assert found.numbers == [5]
        assert found.title == ("DINAS SOSIAL KABUPATEN KARIMUN", "Daftar lansia 2026")

    def test_joins_two_rows_of_headings(self):
        found = table(
            ("NIK", "Nama", "Alamat", "", "Jenis kelamin"),
            ("", "", "Desa", "Kecamatan", ""),
            ("2102105203540001", "Aminah", "Pangke", "Meral Barat", "P"),
        )
        assert heads(found) == ["NIK", "Nama", "Alamat Desa", "Alamat Kecamatan", "Jenis kelamin"]

    def test_does_not_take_a_row_of_data_for_headings(self):
        found = table(("NIK", "Nama", "Desa"), ("", "Aminah", "Pangke"), ("", "Budi", "Pangke"))
        assert found.numbers == [2, 3]

    def test_leaves_out_the_row_that_numbers_the_columns(self):
        found = table(("NIK", "Nama"), ("(1)", "(2)"), ("2102105203540001", "Aminah"))
        assert found.numbers == [3]

    def test_leaves_out_headings_repeated_on_each_page_and_empty_rows(self):
        found = table(("NIK", "Nama"), ("1", "A"), ("", ""), ("NIK", "Nama"), ("2", "B"))
        assert found.numbers == [2, 5]

    def test_leaves_out_columns_without_anything(self):
        found = table(("NIK", "", "Nama"), ("1", "", "A"))
        assert [column.place for column in found.columns] == [0, 2]

    def test_says_that_there_are_no_headings(self):
        with pytest.raises(Unreadable, match="Judul kolom tidak ditemukan"):
            table(("1", "2"), ("3", "4"))

    def test_says_that_there_is_nothing_below_them(self):
        with pytest.raises(Unreadable, match="tidak ada baris apa pun"):
            table(("NIK", "Nama"))

    def test_takes_two_hundred_columns_and_refuses_too_many(self):
        wide = [f"Kolom {letter}" for letter in "abcdefghij" * 20]
        assert len(table(["NIK", *wide], ["1", *wide[::-1]]).columns) == 201
        with pytest.raises(Unreadable, match="301 kolom"):
            table(["NIK"] * 301, ["1"] * 301)

    def test_says_how_many_rows_it_takes(self, monkeypatch):
        few = headings.limits().__class__(2, 300, 800, 40, 90, 1)
        monkeypatch.setattr(headings, "limits", lambda: few)
        with pytest.raises(Unreadable, match="berisi 3 baris data; paling banyak 2"):
            table(("NIK", "Nama"), ("1", "A"), ("2", "B"), ("3", "C"))

    def test_knows_the_next_file_of_a_source_by_its_headings(self):
        one, other = table(("NIK", "Nama"), ("1", "A")), table(("NIK", "nama "), ("2", "B"))
        assert one.fingerprint == other.fingerprint
