"""Tests of ages by the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.engines.rules.ages import completed_years, latest_start

DAYS = st.dates(date(1880, 1, 1), date(2100, 12, 31))


class TestCompletedYears:
    """The completed years."""

    @pytest.mark.parametrize(
        ("born", "on", "years"),
        [
            (date(2004, 2, 29), date(2022, 2, 28), 17),
            (date(2004, 2, 29), date(2022, 3, 1), 18),
            (date(2004, 2, 29), date(2024, 2, 29), 20),
            (date(1966, 6, 15), date(2026, 6, 14), 59),
            (date(1966, 6, 15), date(2026, 6, 15), 60),
            (date(2026, 11, 21), date(2026, 11, 21), 0),
        ],
    )
    def test_are_completed_on_the_day_itself(self, born, on, years):
        assert completed_years(born, on) == years

    def test_are_none_for_somebody_born_later(self):
        assert completed_years(date(2030, 1, 1), date(2026, 1, 1)) == 0


class TestLatestStart:
    """The latest start."""

    @given(born=DAYS, on=DAYS, years=st.integers(0, 150))
    def test_divides_the_days_exactly_where_the_age_does(self, born, on, years):
        assert (completed_years(born, on) >= years) == (born <= latest_start(years, on))

    @given(on=DAYS, years=st.integers(1, 150))
    def test_is_the_last_such_day(self, on, years):
        last = latest_start(years, on)
        assert completed_years(last, on) >= years > completed_years(last + timedelta(days=1), on)

    def test_refuses_years_before_the_calendar(self):
        with pytest.raises(ValueError, match="before the calendar"):
            latest_start(3000, date(2026, 1, 1))
