import json
import math

import pytest
import sqlglot

from simpul.engines.linkage import model
from simpul.engines.linkage.model import (
    KEYS,
    LinkageMissing,
    defaults,
    proposing,
    require_installed,
    settings,
)
from simpul.engines.linkage.records import COLUMNS

STRANGERS = 1e-6


def written_for(dialect):
    return settings(defaults(), strangers=STRANGERS).create_settings_dict(dialect)


def conditions(dialect):
    return [
        level["sql_condition"]
        for comparison in written_for(dialect)["comparisons"]
        for level in comparison["comparison_levels"]
    ]


class TestSettings:
    @pytest.mark.parametrize("dialect", ["duckdb", "spark"])
    def test_can_be_kept_as_json_for_either_engine(self, dialect):
        held = written_for(dialect)
        assert json.loads(json.dumps(held)) == held

    def test_compare_the_same_things_in_the_same_order_on_both(self):
        def shape(dialect):
            return [
                (
                    comparison["output_column_name"],
                    [one["label_for_charts"] for one in comparison["comparison_levels"]],
                )
                for comparison in written_for(dialect)["comparisons"]
            ]

        assert shape("duckdb") == shape("spark")

    def test_are_read_by_spark_without_a_function_that_only_duckdb_has(self):
        for condition in conditions("spark"):
            if condition != "ELSE":
                sqlglot.parse_one(condition, read="spark")
        assert not [
            text for text in conditions("spark") if "list_" in text or "jaro_winkler_similarity" in text
        ]

    @pytest.mark.parametrize("dialect", ["duckdb", "spark"])
    def test_look_only_at_columns_that_records_have(self, dialect):
        known = {f"{name}_{side}" for name in COLUMNS for side in "lr"}
        for condition in conditions(dialect):
            if condition != "ELSE":
                found = sqlglot.parse_one(condition, read=dialect).find_all(sqlglot.exp.Column)
                assert {column.name for column in found} <= known

    def test_bring_together_by_columns_that_records_have(self):
        assert {column for key in KEYS for column in key} <= set(COLUMNS)

    def test_leave_out_what_is_not_to_be_compared(self):
        levels = {about: held for about, held in defaults().items() if about != "kin"}
        compared = settings(levels, strangers=STRANGERS).create_settings_dict("duckdb")["comparisons"]
        assert [one["output_column_name"] for one in compared] == list(levels)


class TestDefaults:
    @pytest.mark.parametrize("about", [about for about in defaults() if about != "kin"])
    def test_of_one_thing_add_up_to_one(self, about):
        levels = defaults()[about]
        assert math.isclose(sum(level.m for level in levels), 1, abs_tol=0.005)
        assert math.isclose(sum(level.u for level in levels), 1, abs_tol=0.005)

    @pytest.mark.parametrize("about", [about for about in defaults() if about != "kin"])
    def test_speak_for_one_person_at_best_and_for_two_at_worst(self, about):
        weights = [math.log2(level.m / level.u) for level in defaults()[about]]
        assert weights[0] == max(weights) > 0 > min(weights) == weights[-1]

    @pytest.mark.parametrize("kin", ["twins", "near_twins", "near_twins_by_number"])
    def test_make_two_people_of_twins_whose_names_are_different(self, kin):
        held = {about: {level.code: level for level in levels} for about, levels in defaults().items()}
        seen = [
            ("name", "different"),
            ("born", "same"),
            ("mother", "same"),
            ("region", "same_village"),
            ("sex", "same"),
            ("kin", kin),
        ]
        bits = sum(math.log2(held[about][code].m / held[about][code].u) for about, code in seen)
        assert bits + math.log2(STRANGERS) < -5

    def test_propose_nothing_that_is_less_likely_than_not(self):
        assert proposing()["least_probability"] >= 0.5


class TestRequireInstalled:
    def test_says_which_extra_is_missing(self, monkeypatch):
        monkeypatch.setattr(model, "find_spec", lambda name: None)
        with pytest.raises(LinkageMissing, match="extra 'big'"):
            require_installed()
