"""A column as bars, as tiles, and over time."""

from datetime import date

import pytest

from simpul.recaps.facts import Asked, Column, Definition, Line, Recap, Table
from simpul.recaps.queries.pictures import chosen, over_time, picture, times

MARCH = Asked(since=date(2026, 3, 1), until=date(2026, 3, 31))
COLUMNS = (Column("L", "Laki-laki"), Column("all", "Jumlah"), Column("what", "Apa", is_number=False))


def table(*numbers, head="Lembaga"):
    lines = tuple(
        Line(str(place), f"Baris {place}", (0, number, "kata")) for place, number in enumerate(numbers)
    )
    return Table("one", "Satu", "orang", head, COLUMNS, lines, Line("", "Jumlah", (0, sum(numbers), "")))


def recap(*tables):
    return Recap("R9", "Rekap", MARCH, tables)


def counting(numbers, uses=("period",)):
    """A definition that counts as many as the month says."""
    made = lambda user, asked: recap(table(numbers[asked.until.month]))  # noqa: E731
    return Definition("R9", "Rekap", "", made, lambda *_asked: None, frozenset(uses))


class TestChosen:
    def test_takes_what_was_asked_for(self):
        assert chosen(recap(table(1)), "one.L")[1].key == "L"

    @pytest.mark.parametrize("asked", ["", "one.salary", "one.what"], ids=["nothing", "no column", "words"])
    def test_takes_the_whole_otherwise(self, asked):
        assert chosen(recap(table(1)), asked)[1].key == "all"

    def test_finds_nothing_where_nothing_is_counted(self):
        assert chosen(recap(table()), "") is None


class TestPicture:
    def test_draws_each_line_beside_the_largest(self):
        bars = picture(table(5, 10, 0), COLUMNS[1]).bars
        assert [(one.number, one.drawing.bar) for one in bars] == [("5", 56), ("10", 112), ("0", 0)]

    def test_stands_as_tiles_where_lines_are_areas(self):
        assert picture(table(1, 2, head="Wilayah"), COLUMNS[1]).is_area
        assert not picture(table(1, 2), COLUMNS[1]).is_area


class TestTimes:
    def test_are_calendar_periods_of_the_same_length(self):
        asked = [one for _words, one in times(MARCH, counting({}))]
        assert [(one.since, one.until) for one in asked[-2:]] == [
            (date(2026, 2, 1), date(2026, 2, 28)),
            (date(2026, 3, 1), date(2026, 3, 31)),
        ]

    def test_touch_each_other_where_the_period_is_no_calendar_one(self):
        asked = [
            one for _words, one in times(Asked(since=date(2026, 3, 5), until=date(2026, 3, 9)), counting({}))
        ]
        assert [(one.since.day, one.until.day) for one in asked[-2:]] == [(28, 4), (5, 9)]

    def test_are_none_for_what_knows_only_today(self):
        assert times(MARCH, counting({}, uses=("area",))) == []


class TestOverTime:
    def test_lays_each_line_and_the_total_side_by_side(self):
        told = over_time(None, counting({10: 1, 11: 2, 12: 3, 1: 4, 2: 5, 3: 6}), MARCH, "one", "all")
        assert told.table.lines[0].cells == told.table.total.cells == (1, 2, 3, 4, 5, 6)
        assert told.path.count("M") == 7

    def test_is_nothing_for_a_table_that_is_not_there(self):
        assert over_time(None, counting(dict.fromkeys(range(1, 13), 1)), MARCH, "other", "all") is None
