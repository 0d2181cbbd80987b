"""Printed counts, percentages and means: what follows from them, and what cannot be. The paper is that of Karimun."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.engines.reasons import Answer
from simpul.engines.statistics import Printed, counted, means_only, percent
from tests.engines.statistics.patience import PATIENT

# Printed of thirty people: means before and after, their difference, and the sums behind them.
KARIMUN = [
    ("LEG", "9.300", "10.400", "1.100", 279, 312),
    ("SAR", "9.233", "12.400", "3.167", 277, 372),
    ("PGR", "3.300", "5.900", "2.600", 99, 177),
    ("MAN", "34.667", "45.933", "11.266", 1040, 1378),
    ("ORG", "9.367", "15.567", "6.200", 281, 467),
    ("MET", "3.233", "6.467", "3.234", 97, 194),
    ("PRG", "10.667", "14.667", "4.000", 320, 440),
    ("STI", "12.967", "16.167", "3.200", 389, 485),
]
# Count, what the paper prints, what is right, and what is the matter.
PRINTED_WRONG = [
    (5, "16.17", 16.67, "percent_wrong"),
    (25, "83.53", 83.33, "percent_wrong"),
    (27, "80.00", 90.0, "percent_wrong"),
    (13, "43.70", 43.33, "percent_wrong"),
    (23, "76.70", 76.67, "percent_rounded"),
    (22, "73.3", 73.33, "percent_rounded"),
    (1, "3.30", 3.33, "percent_rounded"),
    (8, "26.70", 26.67, "percent_rounded"),
    (7, "23.30", 23.33, "percent_rounded"),
    (2, "6.70", 6.67, "percent_rounded"),
    (10, "33.30", 33.33, "percent_rounded"),
]
PRINTED_RIGHT = [
    "36.67",
    "40.00",
    "33.33",
    "20.00",
    "66.67",
    "63.33",
    "10.00",
    "30.00",
    "60.00",
    "53.33",
    "46.67",
    "23.33",
    "56.67",
    "90.00",
    "76.67",
    "93.33",
    "6.67",
    "96.67",
    "43.33",
    "83.33",
    "26.67",
    "50.00",
]


class TestPercent:
    @PATIENT
    @given(st.integers(1, 5000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
    def test_is_the_nearest_hundredth_of_the_exact_share(self, share):
        count, total = share
        found = Fraction(str(percent(count, total)))
        exact = Fraction(100 * count, total)
        assert abs(found - exact) <= Fraction(1, 200)
        assert found - exact != Fraction(-1, 200)

    @pytest.mark.parametrize(("count", "total"), [(35, 30), (-1, 30), (0, 0)])
    def test_refuses_what_cannot_be(self, count, total):
        with pytest.raises(ValueError, match="no share"):
            percent(count, total)


class TestCounted:
    @pytest.mark.parametrize(("count", "printed", "right", "kind"), PRINTED_WRONG)
    def test_corrects_the_paper_s_percentages(self, count, printed, right, kind):
        found = counted([Printed("line", count, Decimal(printed)), Printed("rest", 30 - count)], 30)
        assert found.shares[0].percent == right
        assert [(finding.kind, finding.about) for finding in found.findings] == [(kind, "line")]

    @pytest.mark.parametrize("printed", PRINTED_RIGHT)
    def test_lets_the_right_ones_stand(self, printed):
        count = round(float(printed) * 30 / 100)
        found = counted([Printed("line", count, Decimal(printed)), Printed("rest", 30 - count)], 30)
        assert (found.shares[0].agrees, found.findings) == (True, ())

    def test_names_the_thirty_five_of_thirty(self):
        # "18 baik, and 17 kurang became cukup": physical building, after.
        found = counted([Printed("baik", 18), Printed("cukup", 17)], 30)
        assert found.unreported is None
        assert [finding.kind for finding in found.findings] == ["sum_more_than_all"]
        assert found.findings[0].values["sum"] == 35
        assert found.findings[0].answer is Answer.NO

    def test_gives_no_percentage_to_a_count_above_all(self):
        found = counted([Printed("cukup", 35)], 30)
        assert found.shares[0].percent is None
        assert [finding.kind for finding in found.findings] == ["more_than_all"]

    def test_tells_how_many_are_in_no_line(self):
        # Physical building, before: 7 baik and 17 kurang.
        found = counted([Printed("baik", 7), Printed("kurang", 17)], 30)
        assert found.unreported == 6
        assert [finding.kind for finding in found.findings] == ["unreported"]

    def test_does_not_take_an_untold_line_for_none(self):
        found = counted([Printed("baik", 30), Printed("cukup", None, Decimal("0.00"))], 30)
        assert (found.shares[1].percent, found.shares[1].agrees) == (None, None)

    def test_refuses_fewer_than_nobody(self):
        assert counted([Printed("baik", -1)], 30).findings[0].kind == "negative_count"
        assert counted([], 0).findings[0].kind == "no_people"


class TestMeansOnly:
    @pytest.mark.parametrize(("code", "before", "after", "difference", "sum_before", "sum_after"), KARIMUN)
    def test_finds_the_sums_behind_the_sixteen_means(
        self, code, before, after, difference, sum_before, sum_after
    ):
        found = means_only(code, 30, Decimal(before), Decimal(after), difference=Decimal(difference))
        assert (found.before_sum, found.after_sum) == (sum_before, sum_after)
        assert found.difference == Fraction(sum_after - sum_before, 30)
        assert f"{sum_before / 30:.3f}" == before
        assert f"{sum_after / 30:.3f}" == after

    @pytest.mark.parametrize("row", KARIMUN, ids=lambda row: row[0])
    def test_claims_no_significance_from_the_paper(self, row):
        found = means_only(row[0], 30, Decimal(row[1]), Decimal(row[2]))
        assert [finding.kind for finding in found.findings] == ["means_alone"]
        assert not any(hasattr(found, name) for name in ("t", "p"))

    @pytest.mark.parametrize(("code", "right"), [("MAN", "11.267"), ("MET", "3.233")])
    def test_corrects_differences_of_rounded_means(self, code, right):
        row = next(row for row in KARIMUN if row[0] == code)
        found = means_only(code, 30, *(Decimal(text) for text in row[1:3]), difference=Decimal(row[3]))
        wrong = next(finding for finding in found.findings if finding.kind == "difference_wrong")
        assert wrong.values["difference"] == right

    def test_names_a_mean_that_no_thirty_whole_scores_have(self):
        found = means_only("X", 30, Decimal("9.310"), Decimal("10.400"))
        assert found.before_sum is None
        assert found.difference is None
        assert found.findings[0].kind == "impossible_mean"

    @PATIENT
    @given(st.integers(1, 300), st.integers(0, 9000))
    def test_believes_every_mean_that_can_be(self, n, total):
        mean = (Decimal(total) / n).quantize(Decimal("0.001"))
        if abs(Fraction(mean) - Fraction(total, n)) < Fraction(1, 2000):
            assert means_only("X", n, mean, mean).before_sum is not None
