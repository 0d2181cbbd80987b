"""What a cell holds."""

from __future__ import annotations

import pytest

from simpul.commands.evaluate_cells import number_in, total


class TestNumberIn:
    @pytest.mark.parametrize(
        ("text", "value"), [("3", 3), ("3,5", 3.5), ("3.5", 3.5), ("-1", -1), ("", None), ("-", None)]
    )
    def test_reads_comma_and_point(self, text, value):
        assert number_in(text) == value

    @pytest.mark.parametrize("text", ["x", "1.000,5", "nan", "inf", "1e12", "1_0", "3;5"])
    def test_refuses_what_is_no_score(self, text):
        with pytest.raises(ValueError):
            number_in(text)


class TestTotal:
    def test_is_none_where_one_is_missing(self):
        assert total([1.0, 2.5]) == 3.5
        assert total([1.0, None]) is None
