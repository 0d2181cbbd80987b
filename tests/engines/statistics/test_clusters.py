"""People nested in organisations, against a second implementation and all signs counted."""

from __future__ import annotations

import random
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.engines.statistics.clusters import NO_ORGANISATIONS, ONE, SAME, clustered, draw
from simpul.engines.statistics.paired import paired
from tests.engines.statistics.patience import PATIENT

# Shrout & Fleiss (1979), table 2: six targets rated by four judges; ICC(1,1) is printed as .17.
SHROUT_FLEISS = {
    "1": [9.0, 2.0, 5.0, 8.0],
    "2": [6.0, 1.0, 3.0, 2.0],
    "3": [8.0, 4.0, 6.0, 8.0],
    "4": [7.0, 1.0, 2.0, 6.0],
    "5": [10.0, 5.0, 6.0, 9.0],
    "6": [6.0, 2.0, 4.0, 7.0],
}
UNEVEN = {"a": [3.0, 4.0, 2.0], "b": [1.0, 0.0], "c": [2.0, 5.0, 6.0, 1.0], "d": [-1.0]}
GROUPS = st.lists(
    st.lists(st.integers(-9, 9).map(float), min_size=1, max_size=5), min_size=2, max_size=7
).map(lambda lists: {str(number): values for number, values in enumerate(lists)})


class TestClustered:
    def test_gives_the_intraclass_correlation_of_shrout_and_fleiss(self):
        assert round(clustered(SHROUT_FLEISS).icc, 2) == 0.17

    def test_gives_their_interval(self):
        # As printed by the R package psych for these data: ICC1 0.17, from -0.13 to 0.72.
        found = clustered(SHROUT_FLEISS)
        assert (round(found.icc_low, 2), round(found.icc_high, 2)) == (-0.13, 0.72)

    @settings(PATIENT, max_examples=30)
    @given(GROUPS)
    def test_agrees_with_a_second_implementation(self, groups):
        linear = pytest.importorskip("statsmodels.api")
        found = clustered(groups)
        if found.p is None:
            return
        values = [value for values in groups.values() for value in values]
        names = [int(name) for name, values in groups.items() for _value in values]
        fit = linear.OLS(values, [1.0] * len(values)).fit(
            cov_type="cluster", cov_kwds={"groups": names}, use_t=True
        )
        assert found.standard_error == pytest.approx(fit.bse[0], rel=1e-6)
        assert found.p == pytest.approx(fit.pvalues[0], rel=1e-5, abs=1e-12)

    def test_errs_as_seldom_as_it_says_where_the_test_by_person_does_not(self):
        # Nothing happened, but people of an organisation are alike: 5 organisations of 6, as in Karimun.
        source = random.Random(5)
        errors = {"person": 0, "organisation": 0}
        for _study in range(1500):
            groups = {
                name: [shared + source.gauss(0, 1) for _person in range(6)]
                for name, shared in ((name, source.gauss(0, 0.7)) for name in "abcde")
            }
            errors["organisation"] += clustered(groups).p < 0.05
            errors["person"] += paired([value for values in groups.values() for value in values]).p < 0.05
        assert 0.03 < errors["organisation"] / 1500 < 0.07
        assert errors["person"] / 1500 > 0.15

    def test_is_the_t_test_of_the_organisations_where_all_are_equally_large(self):
        from scipy import stats

        means = [sum(values) / len(values) for values in SHROUT_FLEISS.values()]
        assert clustered(SHROUT_FLEISS).p == pytest.approx(stats.ttest_1samp(means, 0).pvalue)

    @PATIENT
    @given(GROUPS)
    def test_counts_all_signs_of_the_organisations(self, groups):
        found = clustered(groups)
        sums = [sum(values) for values in groups.values()]
        flips = [
            abs(sum(s * one for s, one in zip(signs, sums, strict=True)))
            for signs in product((1, -1), repeat=len(sums))
        ]
        expected = sum(one >= abs(sum(sums)) for one in flips) / len(flips)
        assert found.flip_p is None or found.flip_p == pytest.approx(expected)

    @pytest.mark.parametrize(
        ("groups", "why_not"),
        [
            pytest.param({}, NO_ORGANISATIONS, id="none"),
            pytest.param({"a": [1.0, 2.0]}, ONE, id="one"),
            pytest.param({"a": [1.0, 3.0], "b": [2.0, 2.0]}, SAME, id="alike"),
        ],
    )
    def test_says_why_there_is_no_test(self, groups, why_not):
        found = clustered(groups)
        assert (found.why_not, found.p) == (why_not, None)


class TestDraw:
    def test_gives_the_same_each_time(self):
        assert draw([UNEVEN, SHROUT_FLEISS]) == draw([UNEVEN, SHROUT_FLEISS])

    def test_holds_the_mean_and_agrees_with_the_formula_where_organisations_are_many(self):
        groups = {f"{n:03}": [float(n * 37 % 11), float(n * 53 % 7)] for n in range(120)}
        low, high = draw([groups])[0]
        found = clustered(groups)
        assert low == pytest.approx(found.low, abs=0.1)
        assert high == pytest.approx(found.high, abs=0.1)

    def test_draws_nothing_from_two_organisations(self):
        assert draw([{"a": [1.0], "b": [2.0]}]) == [None]

    def test_passes_over_organisations_that_did_not_answer_an_aspect(self):
        few = {name: UNEVEN[name] for name in ("a", "b", "c")}
        intervals = draw([UNEVEN, few])
        assert all(low <= high for low, high in intervals)
