from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.engines.rules.ages import completed_years
from simpul.people.facts import OLDEST, age_span, born_from_age, oldest_birth

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))


class TestBornFromAge:
    @given(st.integers(0, OLDEST), st.sampled_from([0, 1, 5, 10]), days)
    def test_holds_exactly_the_days_that_give_such_an_age(self, years, margin, on):
        born = born_from_age(years, margin, on)
        assert completed_years(born.latest, on) == max(years - margin, 0)
        assert completed_years(born.earliest, on) == min(years + margin, OLDEST)
        assert born.latest <= on

    @pytest.mark.parametrize(("years", "margin"), [(-1, 0), (OLDEST + 1, 0), (5, -1)])
    def test_refuses_what_is_beyond_belief(self, years, margin):
        with pytest.raises(ValueError):
            born_from_age(years, margin, date(2026, 11, 21))


class TestOldestBirth:
    @given(days)
    def test_is_the_first_day_of_the_oldest_age(self, on):
        assert completed_years(oldest_birth(on), on) == OLDEST


class TestAgeSpan:
    def test_gives_least_and_most_years(self):
        assert age_span(date(1950, 1, 1), date(1960, 12, 31), date(2026, 11, 21)) == (65, 76)
