"""People nested in organisations, against a second implementation and all signs counted."""

from __future__ import annotations

import random
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from simpul.engines.statistics.clusters import NO_ORGANISATIONS, ONE, SAME, clustered, draw
from simpul.engines.statistics.paired import paired
from tests.engines.statistics.patience import PATIENT

# Shrout & Fleiss (1979), table 2: six targets rated by four judges; ICC(1,1) is printed as .17. All else that is
# said of them here is worked out again by scipy.
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


def _bell_mccaffrey(groups):
    """The error and its degrees of freedom by whole matrices, as for any regression; here of a mean alone."""
    names = [name for name, values in groups.items() for _value in values]
    y = np.array([value for values in groups.values() for value in values])
    x = np.ones((len(y), 1))
    bread = np.linalg.inv(x.T @ x)
    away = np.eye(len(y)) - x @ bread @ x.T
    meat, pulls = np.zeros((1, 1)), []
    for name in groups:
        mine = np.array([one == name for one in names])
        hidden = np.eye(mine.sum()) - x[mine] @ bread @ x[mine].T
        values, vectors = np.linalg.eigh(hidden)
        widened = vectors @ np.diag(values**-0.5) @ vectors.T
        score = x[mine].T @ widened @ (away @ y)[mine]
        meat += np.outer(score, score)
        pulls.append(away[mine].T @ widened @ x[mine] @ bread)
    gram = np.hstack(pulls).T @ np.hstack(pulls)
    return float((bread @ meat @ bread)[0, 0]) ** 0.5, float(np.trace(gram) ** 2 / (gram**2).sum())


class TestClustered:
    def test_gives_the_intraclass_correlation_of_shrout_and_fleiss(self):
        assert round(clustered(SHROUT_FLEISS).icc, 2) == 0.17

    def test_gives_the_interval_of_one_way_analysis_of_variance(self):
        found, ratio = clustered(SHROUT_FLEISS), stats.f_oneway(*SHROUT_FLEISS.values()).statistic
        bounds = [ratio / stats.f.ppf(share, 5, 18) for share in (0.975, 0.025)]
        expected = [(one - 1) / (one + 3) for one in (ratio, *bounds)]
        assert [found.icc, found.icc_low, found.icc_high] == pytest.approx(expected)

    @settings(PATIENT, max_examples=30)
    @given(GROUPS)
    def test_agrees_with_the_general_formula_of_bell_and_mccaffrey(self, groups):
        found = clustered(groups)
        if found.p is None:
            return
        error, df = _bell_mccaffrey(groups)
        assert (found.standard_error, found.df) == pytest.approx((error, df), rel=1e-6)
        assert found.p == pytest.approx(2 * stats.t.sf(abs(found.t), df), rel=1e-6, abs=1e-12)

    def test_does_not_err_more_often_where_one_organisation_is_far_larger(self):
        source, wrong = random.Random(6), 0
        for _study in range(1500):
            shared = [source.gauss(0, 0.7) for _name in range(8)]
            sizes = (40, 2, 2, 2, 2, 2, 2, 2)
            told = zip(shared, sizes, strict=True)
            groups = {
                str(n): [one + source.gauss(0, 1) for _person in range(size)]
                for n, (one, size) in enumerate(told)
            }
            wrong += clustered(groups).p < 0.05
        # The plain sandwich with seven degrees of freedom finds a change in four of ten here.
        assert wrong / 1500 < 0.06

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
