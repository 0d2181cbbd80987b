from datetime import date

import pytest

from simpul.catalogue import facts
from simpul.imports.queries import values
from simpul.imports.queries.days import Reading, Wrong
from simpul.imports.queries.reading import SPOILT
from simpul.imports.queries.values import Said

READING = Reading(date(2026, 11, 21), date(2026, 10, 1), "permensos-8-2012")


class TestNik:
    @pytest.mark.parametrize(
        "cell", ["2102105203540001", "2102-1052-0354-0001", "2102 1052 0354 0001", "2102105203540001.0"]
    )
    def test_keeps_sixteen_digits(self, cell):
        assert values.nik(cell) == "2102105203540001"

    @pytest.mark.parametrize("cell", ["2.10211E+15", "2,10E15", SPOILT + "2102105203540000"])
    def test_refuses_what_a_spreadsheet_damaged(self, cell):
        with pytest.raises(Wrong, match="digit terakhirnya hilang"):
            values.nik(cell)

    @pytest.mark.parametrize(
        ("cell", "words"), [("21021052", "di sini 8 angka"), ("21021052035400O1", "hanya boleh")]
    )
    def test_says_what_is_wrong(self, cell, words):
        with pytest.raises(Wrong, match=words):
            values.nik(cell)

    @pytest.mark.parametrize("cell", ["0000000000000000", "0", "9999999999999999"])
    def test_takes_a_number_that_stands_for_nobody_as_none(self, cell):
        assert values.nik(cell) == ""


class TestSex:
    @pytest.mark.parametrize("cell", ["L", "l", "Laki-laki", "Pria", "1", "LK."])
    def test_knows_a_man(self, cell):
        assert values.sex(cell) == "L"

    @pytest.mark.parametrize("cell", ["P", "Perempuan", "WANITA", "2", "pr"])
    def test_knows_a_woman(self, cell):
        assert values.sex(cell) == "P"

    def test_refuses_what_is_neither(self):
        with pytest.raises(Wrong, match="tidak dikenal"):
            values.sex("X1")


class TestNeedType:
    @pytest.mark.parametrize(
        ("cell", "code"),
        [
            ("Lanjut Usia Terlantar", "LUT"),
            ("lansia terlantar", "LUT"),
            ("Lansia", "LUT"),
            ("Eks WTS", "TS"),
            ("mantan pecandu", "NAPZA"),
            ("Tuna Netra", "PD"),
            ("cacat mental", "PD"),
            ("Anak Nakal", "ABH"),
            ("Gelandangan Psykotik", "GLD"),
            ("Wanita Tuna Susila", "TS"),
            ("WRSE", "PRSE"),
            ("eks napi", "BWBLP"),
            ("Pengidap HIV/AIDS", "ODHA"),
            ("ODHA", "ODHA"),
        ],
    )
    def test_understands_old_and_hurtful_names(self, cell, code):
        assert values.need_type(cell, READING) == code

    def test_shows_none_of_them_where_it_does_not_know_one(self):
        with pytest.raises(Wrong) as wrong:
            values.need_type("orang gila di pasar", READING)
        assert "gila" not in str(wrong.value)


class TestSaid:
    @pytest.mark.parametrize(
        ("name", "cell", "said"),
        [
            ("poor", "Ya", Said("known", True)),
            ("poor", "v", Said("known", True)),
            ("poor", "tidak", Said("known", False)),
            ("poor", "tidak tahu", Said("unknown")),
            ("poor", "tidak mau menjawab", Said("refused")),
            ("marital", "Janda", Said("known", "cerai_mati")),
            ("marital", "Cerai hidup", Said("known", "cerai_hidup")),
            ("income", "Rp 1.500.000", Said("known", 1_500_000)),
            ("income", "1500000,00", Said("known", 1_500_000)),
        ],
    )
    def test_reads_an_answer_as_the_question_asks_it(self, name, cell, said):
        assert values.said(facts.get(name), cell, READING) == said

    @pytest.mark.parametrize(
        ("name", "cell"), [("poor", "mungkin"), ("marital", "rahasia"), ("income", "banyak")]
    )
    def test_refuses_what_is_no_answer(self, name, cell):
        with pytest.raises(Wrong):
            values.said(facts.get(name), cell, READING)


class TestSourceType:
    @pytest.mark.parametrize(
        ("cell", "code"),
        [("Karang Taruna", "KT"), ("TAGANA", "TAGANA"), ("Tenaga Kesejahteraan Sosial Kecamatan", "TKSK")],
    )
    def test_knows_the_names_of_the_list(self, cell, code):
        assert values.source_type(cell) == code
