"""Three or more tests of the same people, against scipy and against the tests of two."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from simpul.engines.statistics import Aspect, Score, Study, evaluate, sentence
from simpul.engines.statistics.clusters import clustered
from simpul.engines.statistics.waves import ALL_TIED, FEW_PEOPLE, corrected, over_waves
from tests.engines.statistics.patience import PATIENT

WAVES = ("pre", "m2", "post")
ROWS = st.lists(st.tuples(*[st.integers(0, 6).map(float)] * 3), min_size=3, max_size=20)


def _scores(rows):
    return {wave: {f"P{n:02}": row[place] for n, row in enumerate(rows)} for place, wave in enumerate(WAVES)}


class TestOverWaves:
    @settings(PATIENT, max_examples=60)
    @given(ROWS)
    def test_agrees_with_scipy_on_friedman(self, rows):
        found = over_waves(WAVES, _scores(rows), {})
        if found.p is None:
            assert all(len(set(row)) == 1 for row in rows)
            return
        other = stats.friedmanchisquare(*zip(*rows, strict=True))
        assert (found.statistic, found.p) == pytest.approx((other.statistic, other.pvalue))

    def test_has_a_concordance_of_one_where_everybody_rises(self):
        found = over_waves(WAVES, _scores([(1.0, 2.0, 3.0)] * 5), {})
        assert (found.concordance, found.statistic, found.df) == (1.0, 10.0, 2)

    def test_compares_each_two_tests_by_organisation_where_it_is_known(self):
        rows = [(1.0, 2.0, 4.0), (2.0, 2.0, 5.0), (1.0, 3.0, 3.0), (0.0, 1.0, 5.0)]
        homes = {"P00": "a", "P01": "a", "P02": "b", "P03": "c"}
        steps = over_waves(WAVES, _scores(rows), homes).steps
        assert [(one.first, one.second) for one in steps] == [("pre", "m2"), ("pre", "post"), ("m2", "post")]
        last = clustered({"a": [3.0, 3.0], "b": [2.0], "c": [5.0]})
        assert (steps[1].unit, steps[1].p, steps[1].low) == ("organisation", last.p, last.low)

    def test_tests_no_step_where_the_organisation_is_told_for_some_only(self):
        rows = [(1.0, 2.0, 4.0), (2.0, 2.0, 5.0), (1.0, 3.0, 3.0)]
        steps = over_waves(WAVES, _scores(rows), {"P00": "a", "P01": "b"}).steps
        assert [one.p for one in steps] == [None, None, None]

    @pytest.mark.parametrize(
        ("rows", "why_not"),
        [
            pytest.param([(1.0, 2.0, 3.0)], FEW_PEOPLE, id="one"),
            pytest.param([(1.0, 1.0, 1.0), (2.0, 2.0, 2.0)], ALL_TIED, id="same"),
        ],
    )
    def test_says_why_nothing_is_tested(self, rows, why_not):
        found = over_waves(WAVES, _scores(rows), {})
        assert (found.why_not, found.p) == (why_not, None)


class TestCorrected:
    def test_corrects_the_steps_of_all_aspects_together(self):
        rows = [(1.0, 2.0, 4.0), (2.0, 2.0, 5.0), (1.0, 3.0, 3.0), (0.0, 1.0, 5.0)]
        one = over_waves(WAVES, _scores(rows), {})
        alone, both = corrected([one])[0], corrected([one, None, one])[0]
        assert min(step.holm_p for step in both.steps) == pytest.approx(
            2 * min(step.holm_p for step in alone.steps)
        )


class TestEvaluate:
    def test_says_between_which_tests_the_scores_moved(self):
        rows = [(n % 3 + 0.0, n % 4 + 4.0, n % 5 + 4.0) for n in range(12)]
        scores = [
            Score(f"P{n:02}", "a", wave, value, organisation=str(n % 4))
            for n, row in enumerate(rows)
            for wave, value in zip(WAVES, row, strict=True)
        ]
        [aspect] = evaluate(Study((Aspect("a"),), scores, "pre", "post")).aspects
        told = [sentence(one) for one in aspect.findings if one.kind.startswith(("waves_", "step_"))]
        assert "Friedman" in told[0]
        assert told[1].startswith("Dari pre ke m2")
        assert not any("m2 ke post" in one for one in told)
