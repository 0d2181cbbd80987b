from datetime import date

import pytest

from simpul.engines.days import months_later


class TestMonthsLater:
    @pytest.mark.parametrize(
        ("day", "months", "later"),
        [
            (date(2026, 11, 21), 1, date(2026, 12, 21)),
            (date(2026, 11, 21), 14, date(2028, 1, 21)),
            (date(2026, 12, 31), 12, date(2027, 12, 31)),
            (date(2026, 1, 31), 1, date(2026, 2, 28)),
            (date(2026, 1, 31), 25, date(2028, 2, 29)),
            (date(2028, 2, 29), 12, date(2029, 2, 28)),
            (date(2026, 1, 31), -2, date(2025, 11, 30)),
            (date(2026, 1, 15), -1, date(2025, 12, 15)),
        ],
        ids=str,
    )
    def test_is_the_same_day_or_the_last_of_the_month(self, day, months, later):
        assert months_later(day, months) == later

    @pytest.mark.parametrize(("day", "months"), [(date.max, 1), (date.min, -1)], ids=str)
    def test_ends_where_the_calendar_does(self, day, months):
        with pytest.raises(ValueError, match="outside the calendar"):
            months_later(day, months)
