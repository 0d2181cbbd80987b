import random

import pytest

from simpul.engines.disclosure.anonymity import ANY, age_steps, k_anonymity, region_steps
from simpul.engines.disclosure.bands import UNKNOWN, Band, Bands

WIDE = Bands("wide", (Band("0-17", 0, 17), Band("18+", 18)))
LADDERS = {"age": age_steps(WIDE), "area": region_steps()}


def someone(area, age, type_="AT"):
    return {"area": area, "age": age, "type": type_}


ROWS = [
    someone("21.02.10.2001", 7, "AT"),
    someone("21.02.10.2001", 9, "ABT"),
    someone("21.02.10.2002", 40, "LU"),
    someone("21.02.10.2002", 41, "PD"),
]


def sizes(rows, names, steps):
    """The twin: how many rows are alike in the columns after the steps taken."""
    taken = {name: {step.code: step.coarser for step in LADDERS.get(name, ())} for name in names}
    found = {}
    for row in rows:
        coarse = tuple(
            ANY if steps[name] == ANY else taken[name].get(steps[name], lambda one: one)(row[name])
            for name in names
        )
        found[coarse] = found.get(coarse, 0) + 1
    return found


class TestKAnonymity:
    def test_finds_the_smallest_class_and_those_below(self):
        found = k_anonymity([*ROWS, ROWS[0]], ["area", "age"], k=2)
        assert (found.smallest, found.holds) == (1, False)
        assert [one.values for one in found.below] == [
            ("21.02.10.2001", 9),
            ("21.02.10.2002", 40),
            ("21.02.10.2002", 41),
        ]

    def test_suggests_the_mildest_way_first(self):
        found = k_anonymity(ROWS, ["area", "age"], k=2, ladders=LADDERS)
        assert found.suggestions[0].steps == {"area": "", "age": "wide"}
        assert (found.suggestions[0].smallest, found.suggestions[0].suppressed) == (2, ())

    def test_leaves_out_few_rows_where_that_costs_less(self):
        rows = [someone("21.02.10.2001", 7)] * 30 + [someone("21.03.01.2001", 7)]
        found = k_anonymity(rows, ["area"], k=3, ladders=LADDERS)
        assert (found.suggestions[0].steps, found.suggestions[0].suppressed) == ({"area": ""}, (30,))
        strict = k_anonymity(rows, ["area"], k=3, ladders=LADDERS, suppress=0.0)
        assert strict.suggestions[0].steps == {"area": "province"}

    def test_notes_classes_of_which_a_sensitive_column_tells_one_thing(self):
        rows = [someone("21", 7, "HIV")] * 3 + [someone("22", 7, "HIV"), someone("22", 7, "LU")]
        found = k_anonymity(rows, ["area"], k=2, sensitive=["type"], ladders=LADDERS)
        assert found.holds
        assert [(one.values, one.diversity) for one in found.poor] == [(("21",), {"type": 1})]
        assert found.suggestions[0].steps == {"area": ANY}

    def test_has_no_suggestion_where_nothing_is_wrong(self):
        found = k_anonymity(ROWS, ["type"], k=2, ladders=LADDERS)
        assert not found.holds
        assert k_anonymity(ROWS * 2, ["type"], k=2).suggestions == ()

    def test_counts_who_lacks_a_column_as_unknown(self):
        found = k_anonymity([{"age": None}, {}, {"age": 3}], ["age"], k=2, ladders=LADDERS)
        assert {one.values for one in found.below} == {(3,), (None,), (UNKNOWN,)}
        assert k_anonymity([], ["age"], k=2).smallest == 0

    @pytest.mark.parametrize("seed", range(8))
    def test_suggests_only_what_holds(self, seed):
        chance = random.Random(seed)
        rows = [
            someone(f"21.0{chance.randint(1, 3)}.0{chance.randint(1, 2)}.2001", chance.randint(0, 80))
            for _ in range(60)
        ]
        names = ["area", "age"]
        for way in k_anonymity(rows, names, k=4, ladders=LADDERS).suggestions:
            kept = [row for at, row in enumerate(rows) if at not in way.suppressed]
            assert min(sizes(kept, names, way.steps).values()) == way.smallest >= 4
            assert len(way.suppressed) <= 3

    def test_is_the_same_for_every_order(self):
        def told(rows):
            found = k_anonymity(rows, ["area", "age"], k=2, ladders=LADDERS)
            return [one.values for one in found.below], [(way.steps, way.loss) for way in found.suggestions]

        assert told(ROWS) == told(ROWS[::-1])

    def test_refuses_a_k_of_one(self):
        with pytest.raises(ValueError, match="below 2"):
            k_anonymity(ROWS, ["area"], k=1)


class TestAgeSteps:
    @pytest.mark.parametrize(
        ("value", "expected"), [(17, "0-17"), (18, "18+"), (None, UNKNOWN), (-1, UNKNOWN)]
    )
    def test_put_years_into_bands(self, value, expected):
        (step,) = age_steps(WIDE)
        assert (step.code, step.coarser(value)) == ("wide", expected)


class TestRegionSteps:
    def test_go_up_from_the_village(self):
        found = {step.code: step.coarser("21.02.10.2001") for step in region_steps()}
        assert found == {"district": "21.02.10", "regency": "21.02", "province": "21"}
