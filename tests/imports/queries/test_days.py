from datetime import date

import pytest

from simpul.engines.rules import DateRange
from simpul.imports.queries.days import Reading, Wrong, age, born, day, writes_month_first

READING = Reading(date(2026, 11, 21), date(2026, 10, 1), "permensos-8-2012")
BORN = date(1990, 3, 12)


class TestDay:
    @pytest.mark.parametrize(
        "cell",
        ["1990-03-12", "12-03-1990", "12/3/1990", "12.03.1990", "12 Maret 1990", "12 Mar 1990", "12-mar-90",
         "12 03 1990", "1990-03-12 00:00:00", "32944"],
    )  # fmt: skip
    def test_reads_what_lists_write(self, cell):
        assert day(cell, READING) == BORN

    @pytest.mark.parametrize("cell", ["31-02-1990", "12 Foo 1990", "kemarin", "45/13/1990", "99999999"])
    def test_refuses_what_is_no_day(self, cell):
        with pytest.raises(Wrong):
            day(cell, READING)

    def test_refuses_a_year_of_two_digits_that_two_centuries_fit(self):
        with pytest.raises(Wrong, match="dua arti"):
            day("12-03-20", READING)

    def test_reads_months_first_where_the_whole_column_is_written_so(self):
        american = Reading(READING.on, READING.listed_on, READING.edition, month_first=True)
        assert day("03/12/1990", american) == BORN


class TestBorn:
    def test_reads_the_day_behind_the_place(self):
        assert born("Tanjung Balai, 12 Maret 1990", READING) == BORN

    @pytest.mark.parametrize(
        ("cell", "first", "last"),
        [
            ("1954", date(1954, 1, 1), date(1954, 12, 31)),
            ("tahun 1954", date(1954, 1, 1), date(1954, 12, 31)),
            ("Maret 1954", date(1954, 3, 1), date(1954, 3, 31)),
            ("umur 67", date(1957, 10, 2), date(1960, 10, 1)),
        ],
    )
    def test_keeps_an_estimate_as_one(self, cell, first, last):
        assert born(cell, READING) == DateRange(first, last)

    @pytest.mark.parametrize(
        ("cell", "words"), [("01-01-2027", "belum terjadi"), ("01-01-1890", "terlalu lama")]
    )
    def test_refuses_what_nobody_can_be(self, cell, words):
        with pytest.raises(Wrong, match=words):
            born(cell, READING)


class TestAge:
    @pytest.mark.parametrize("cell", ["67", "67 tahun", "Usia 67 th", "67.0", "± 67"])
    def test_counts_from_the_day_of_the_list(self, cell):
        assert age(cell, READING) == DateRange(date(1957, 10, 2), date(1960, 10, 1))

    def test_takes_a_span(self):
        assert age("60-70", READING) == DateRange(date(1954, 10, 2), date(1967, 10, 1))

    @pytest.mark.parametrize("cell", ["200", "tua"])
    def test_refuses_what_is_none(self, cell):
        with pytest.raises(Wrong):
            age(cell, READING)


class TestWritesMonthFirst:
    def test_needs_a_second_number_beyond_twelve_and_no_first_one(self):
        assert writes_month_first(["03/25/1990", "03/12/1990"])
        assert not writes_month_first(["03/25/1990", "25/03/1990"])
        assert not writes_month_first(["03/12/1990"])
