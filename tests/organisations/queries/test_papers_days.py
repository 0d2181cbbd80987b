from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.organisations.queries.papers_days import (
    TOLD,
    Nearness,
    last_day_told,
    nearness,
    words_of,
)

LAST = date(2027, 5, 22)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


class TestNearness:
    @pytest.mark.parametrize(
        ("on", "expected"),
        [
            (date(2026, 11, 21), Nearness.VALID),
            (date(2026, 11, 22), Nearness.FIRST),
            (date(2027, 2, 21), Nearness.FIRST),
            (date(2027, 2, 22), Nearness.SECOND),
            (date(2027, 5, 21), Nearness.SECOND),
            (date(2027, 5, 22), Nearness.TODAY),
            (date(2027, 5, 23), Nearness.OVER),
        ],
        ids=str,
    )
    def test_changes_on_the_day_of_each_bound(self, on, expected):
        assert nearness(LAST, on) is expected

    @pytest.mark.parametrize(
        ("last", "first"),
        [
            (date(2028, 2, 29), date(2027, 8, 29)),
            (date(2028, 8, 31), date(2028, 2, 29)),
            (date(2027, 8, 31), date(2027, 2, 28)),
            (date(2026, 12, 31), date(2026, 6, 30)),
            (date(2027, 1, 1), date(2026, 7, 1)),
        ],
        ids=str,
    )
    def test_reminds_on_the_last_day_of_a_shorter_month(self, last, first):
        assert nearness(last, first) is Nearness.FIRST
        assert nearness(last, first - timedelta(days=1)) is Nearness.VALID

    def test_without_a_last_day_nothing_is_known(self):
        assert nearness(None, LAST) is Nearness.UNKNOWN
        assert Nearness.UNKNOWN not in TOLD

    @given(last=DAYS, on=DAYS)
    def test_only_comes_nearer_as_days_go_by(self, last, on):
        order = list(Nearness)
        assert order.index(nearness(last, on)) <= order.index(nearness(last, on + timedelta(days=1)))


class TestLastDayTold:
    @given(last=DAYS, on=DAYS)
    def test_lists_exactly_what_a_single_one_says(self, last, on):
        assert (last <= last_day_told(on)) == (nearness(last, on) in TOLD)

    @given(on=st.sampled_from([date(2027, 2, 28), date(2028, 2, 29), date(2028, 2, 28), date(2026, 4, 30)]))
    def test_holds_at_the_ends_of_months(self, on):
        days = [on + timedelta(days=170 + more) for more in range(25)]
        assert [day <= last_day_told(on) for day in days] == [nearness(day, on) in TOLD for day in days]


class TestWordsOf:
    def test_are_different_for_each(self):
        words = [words_of(near) for near in Nearness]
        assert len(set(words)) == len(words)
        assert words_of(Nearness.FIRST) == "habis dalam 6 bulan"
