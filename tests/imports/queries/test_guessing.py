import pytest

from simpul.imports.queries.guessing import proposal
from simpul.imports.queries.headings import table_of
from simpul.imports.queries.reading import Opened


def guessed(headings, *rows, kind="people"):
    table = table_of(Opened([list(headings), *map(list, rows)], "csv"))
    found = proposal(table, kind)
    return {column.heading: found.get(str(column.place), "") for column in table.columns}


class TestProposal:
    @pytest.mark.parametrize(
        ("heading", "field"),
        [
            ("No. KTP", "nik"),
            ("NIK (16 digit)", "nik"),
            ("Nama Lengkap", "name"),
            ("L/P", "sex"),
            ("Jenis Kelamin", "sex"),
            ("Tgl. Lahir", "born"),
            ("Umur (tahun)", "age"),
            ("No. KK", "kk"),
            ("SHDK", "relation"),
            ("Desa/Kelurahan", "village"),
            ("KECAMATAN", "district"),
            ("Jenis PMKS", "need_type"),
            ("Status Perkawinan", "fact:marital"),
            ("Apakah ia punya KTP?", "fact:has_id_card"),
        ],
    )
    def test_knows_how_offices_head_their_columns(self, heading, field):
        assert guessed(("Keterangan lain", heading), ("x", "y"))[heading] == field

    def test_forgives_a_slip_of_the_pen(self):
        assert guessed(("Nama Lengkapp", "Kecamtan"), ("A", "Meral"))["Kecamtan"] == "district"

    def test_tells_a_nik_and_a_family_card_by_what_stands_in_them(self):
        rows = [(f"21021052035400{n:02d}", f"210210010101000{n // 4}", "A") for n in range(12)]
        found = guessed(("Nomor A", "Nomor B", "Nama"), *rows)
        assert (found["Nomor A"], found["Nomor B"]) == ("nik", "kk")

    def test_tells_sex_and_birth_by_what_stands_in_them(self):
        found = guessed(("Nama", "Kol A", "Kol B"), ("A", "L", "12-03-1990"), ("B", "P", "5 Mei 2018"))
        assert (found["Kol A"], found["Kol B"]) == ("sex", "born")

    def test_gives_each_field_to_one_column_only(self):
        found = guessed(("Nama", "Nama Lengkap"), ("A", "A B"))
        assert sorted(found.values()) == ["", "name"]

    def test_takes_a_list_of_numbers_and_names_alone(self):
        assert guessed(("NIK", "NAMA"), ("1", "A")) == {"NIK": "nik", "NAMA": "name"}

    def test_leaves_alone_what_it_does_not_know(self):
        assert guessed(("Nama", "Paraf"), ("A", "x"))["Paraf"] == ""
