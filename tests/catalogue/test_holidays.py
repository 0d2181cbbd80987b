from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.catalogue.holidays import (
    add_working_days,
    is_working_day,
    read_folder,
    unknown_years,
    working_days_between,
    years,
)
from simpul.catalogue.tables import CatalogueError

DAYS = st.dates(date(2023, 12, 1), date(2027, 3, 1))
ONE = date(2026, 3, 13)  # a Friday; Nyepi, Idulfitri and joint leave follow


def plain_between(first, last):
    """The twin: day by day."""
    days = (first + timedelta(days=number + 1) for number in range((last - first).days))
    return sum(is_working_day(day) for day in days)


class TestWorkingDays:
    @given(DAYS, DAYS)
    def test_counts_as_one_who_crosses_off_a_calendar(self, first, last):
        assert working_days_between(first, last) == plain_between(first, last)

    @given(DAYS, st.integers(1, 60))
    def test_adding_and_counting_agree_on_a_working_day(self, first, number):
        found = add_working_days(first, number)
        assert working_days_between(first, found) == number
        assert is_working_day(found)

    @given(DAYS, DAYS, DAYS)
    def test_stretches_add_up(self, one, two, three):
        first, middle, last = sorted((one, two, three))
        parts = working_days_between(first, middle) + working_days_between(middle, last)
        assert parts == working_days_between(first, last)

    def test_passes_over_holidays_and_joint_leave(self):
        assert add_working_days(ONE, 3) == date(2026, 3, 25)
        assert working_days_between(ONE, date(2026, 3, 24)) == 2

    def test_of_none_is_the_day_itself_and_never_goes_back(self):
        assert add_working_days(ONE, 0) == ONE
        with pytest.raises(ValueError, match="forward"):
            add_working_days(ONE, -1)


class TestYears:
    def test_says_which_years_are_not_known(self):
        assert unknown_years(date(2023, 5, 1), date(2027, 1, 1)) == (2023, 2027)
        assert unknown_years(date(2024, 1, 1), date(2026, 12, 31)) == ()

    @pytest.mark.parametrize("year", sorted(years()))
    def test_each_has_its_source_and_the_days_that_never_move(self, year):
        known = years()[year]
        days = {(day.on.month, day.on.day) for day in known.days if day.kind == "national"}
        assert {(1, 1), (5, 1), (6, 1), (8, 17), (12, 25)} <= days
        assert known.source
        assert {day.on.year for day in known.days} == {year}

    @pytest.mark.parametrize(
        ("name", "text", "words"),
        [
            pytest.param(
                "2030", "year = 2031\nsource = 'x'\nverified = 'memory'", "must be called", id="name"
            ),
            pytest.param(
                "2030",
                "year = 2030\nsource = 'x'\nverified = 'memory'\n[[day]]\non = 2031-01-01\nkind = 'national'\n"
                "title = { id = 'a', en = 'b' }",
                "is not in 2030",
                id="another-year",
            ),
        ],
    )
    def test_a_slip_is_named(self, tmp_path, name, text, words):
        (tmp_path / f"{name}.toml").write_text(text)
        with pytest.raises(CatalogueError, match=words):
            read_folder(tmp_path)
