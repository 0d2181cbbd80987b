"""Tests of typing what people send: what is read, and what is refused with which code."""

from datetime import date

import polars as pl
import pytest

from simpul.engines.rules import FactKind, FactSpec
from simpul.engines.rules.columns import schema_of, typed

ON = date(2026, 11, 21)
FACTS = {
    "poor": FactSpec("poor", FactKind.BOOL),
    "income": FactSpec("income", FactKind.NUMBER, minimum=0, maximum=100_000_000),
    "floor": FactSpec("floor", FactKind.CHOICE, choices=("tiles", "soil")),
    "born": FactSpec("born", FactKind.DATE),
    "leaves_on": FactSpec("leaves_on", FactKind.DATE),
}


def read(column, *cells):
    return typed(pl.DataFrame({column: cells}), FACTS, ON)


def code(column, cell):
    """The code with which one cell is refused, or None."""
    refused = read(column, cell).refused
    return refused["code"].item() if refused.height else None


class TestTyped:
    """A column."""

    @pytest.mark.parametrize(
        ("column", "text", "value"),
        [
            ("poor", "ya", True),
            ("poor", " Tidak ", False),
            ("poor", "TRUE", True),
            ("poor", "0", False),
            ("poor", "tidak tahu", None),
            ("poor", "", None),
            ("income", "1500000", 1_500_000),
            ("income", "1.500.000", 1_500_000),
            ("income", "1.500.000,00", 1_500_000),
            ("income", "3.0", 3),
            ("floor", "soil", "soil"),
            ("floor", "-", None),
            ("born", "2000-02-29", date(2000, 2, 29)),
            ("born", "2000-02-29 00:00:00", date(2000, 2, 29)),
            ("born", "29-02-2000", date(2000, 2, 29)),
            ("born", "1/2/2000", date(2000, 2, 1)),
            ("born", "tidak mau menjawab", None),
            ("leaves_on", "2030-01-01", date(2030, 1, 1)),
        ],
    )
    def test_is_read_as_people_write(self, column, text, value):
        result = read(column, text)
        assert result.refused.is_empty()
        assert result.frame[column].to_list() == [value]

    @pytest.mark.parametrize(
        ("column", "text", "reason"),
        [
            ("poor", "mungkin", "not_yes_or_no"),
            ("poor", "2", "not_yes_or_no"),
            ("income", "12a", "not_a_number"),
            ("income", "1.5", "not_a_number"),
            ("income", "1.50.000", "not_a_number"),
            ("income", "-1", "out_of_bounds"),
            ("income", "100.000.001", "out_of_bounds"),
            ("floor", "mud", "not_a_choice"),
            ("born", "2001-02-29", "not_a_date"),
            ("born", "31/04/2001", "not_a_date"),
            ("born", "02-2001", "not_a_date"),
            ("born", "01-02-99", "not_a_date"),
            ("born", "2026-11-22", "born_later"),
            ("born", "1895-11-21", "too_old"),
        ],
    )
    def test_refuses_what_cannot_be_believed(self, column, text, reason):
        assert code(column, text) == reason

    @pytest.mark.parametrize("text", ["2026-11-21", "1895-11-22"])
    def test_believes_the_newest_and_the_oldest(self, text):
        assert code("born", text) is None

    def test_that_is_typed_already_is_only_checked(self):
        frame = pl.DataFrame({"born": [date(2000, 1, 1), date(2030, 1, 1)], "income": [5, 7], "poor": [1, 0]})
        result = typed(frame, FACTS, ON)
        assert result.frame.rows() == [(date(2000, 1, 1), 5, True)]
        assert result.refused["code"].to_list() == ["born_later"]

    def test_of_an_estimated_date_may_not_end_before_it_begins(self):
        frame = pl.DataFrame(
            {"born_earliest": ["1990-01-01", "1980-01-01"], "born_latest": ["1980-01-01"] * 2}
        )
        result = typed(frame, FACTS, ON)
        assert result.refused.rows() == [(1, "born_earliest", "1990-01-01", "range_reversed")]
        assert result.frame.rows() == [(date(1980, 1, 1), date(1980, 1, 1))]

    def test_leaves_out_a_row_whole_and_names_each_bad_cell(self):
        frame = pl.DataFrame({"id": ["a", "b"], "poor": ["ya", "x"], "income": ["1", "y"], "note": ["", "-"]})
        result = typed(frame, FACTS, ON)
        assert result.frame.rows() == [("a", True, 1, "")]
        assert result.refused.rows() == [
            (2, "poor", "x", "not_yes_or_no"),
            (2, "income", "y", "not_a_number"),
        ]

    def test_has_the_type_that_is_promised(self):
        names = ["id", "poor", "income", "floor", "born", "born_latest"]
        frame = pl.DataFrame({name: pl.Series(["1"], dtype=pl.String) for name in names}).clear()
        assert dict(typed(frame, FACTS, ON).frame.schema) == {"id": pl.String, **schema_of(names, FACTS)}
