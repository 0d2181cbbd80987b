"""A whole evaluation: what is said, what is refused, and that it is always the same."""

from __future__ import annotations

import math
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.engines.reasons import Answer
from simpul.engines.statistics import (
    NAMES,
    Aspect,
    Band,
    ItemAnswers,
    Score,
    Study,
    evaluate,
    is_sure,
    sentence,
    to_text,
)
from tests.engines.statistics.patience import PATIENT
from tests.engines.statistics.test_counts import KARIMUN

BANDS = (Band("kurang", 0), Band("cukup", 8), Band("baik", 14))


def scores(before, after, *, aspect="A", organisations=0, group="", prefix="p"):
    """One score before and one after for each person; None where there is none."""
    for number, values in enumerate(zip(before, after, strict=True)):
        place = f"o{number % organisations}" if organisations else ""
        for wave, value in zip(("before", "after"), values, strict=True):
            yield Score(f"{prefix}{number:02}", aspect, wave, value, place, group)


def result_of(rows, *, aspect=None, **options):
    evaluation = evaluate(Study((aspect or Aspect("A"),), rows, **options))
    return evaluation, evaluation.aspects[0]


def kinds(findings):
    return [finding.kind for finding in findings]


def karimun(seed=7):
    """Made-up scores of 30 people in 5 organisations whose sums are those of the paper."""
    source = random.Random(seed)
    for code, *_printed, sum_before, sum_after in KARIMUN:
        for wave, total in (("before", sum_before), ("after", sum_after)):
            values = [total // 30] * 30
            for place in range(total % 30):
                values[place] += 1
            for _step in range(60):
                one, other = source.sample(range(30), 2)
                if values[one] > 0:
                    values[one], values[other] = values[one] - 1, values[other] + 1
            for number, value in enumerate(values):
                yield Score(f"P{number:02}", code, wave, value, f"o{number // 6}")


class TestEvaluate:
    def test_gives_the_sixteen_means_of_karimun(self):
        aspects = tuple(Aspect(row[0]) for row in KARIMUN)
        evaluation = evaluate(Study(aspects, karimun()))
        told = [(f"{one.before.mean:.3f}", f"{one.after.mean:.3f}") for one in evaluation.aspects]
        assert told == [(row[1], row[2]) for row in KARIMUN]
        assert (evaluation.flow.with_pairs, len(evaluation.flow.organisations)) == (30, 5)

    def test_sees_a_clear_change_and_says_how_sure(self):
        before, after = [5, 6, 7, 8, 9, 10] * 5, [9, 11, 10, 14, 13, 15] * 5
        _evaluation, one = result_of(scores(before, after))
        assert kinds(one.findings)[:3] == ["seen_up", "sure_by_person", "size"]
        assert one.findings[1].answer is Answer.YES
        assert is_sure(one)

    def test_takes_people_of_an_organisation_for_alike(self):
        # Two of five organisations rose, all their people alike: by person a sure thing, by organisation not.
        after = [10 + (8 if number % 5 < 2 else 0) + number % 3 * 0.1 for number in range(30)]
        _evaluation, one = result_of(scores([10.0] * 30, after, organisations=5))
        assert one.holm_p < 0.001
        assert one.clustered_holm_p > 0.05
        assert not is_sure(one)
        assert one.findings[1].kind == "sure_by_organisation"
        assert one.findings[1].answer is Answer.UNKNOWN

    @pytest.mark.parametrize(
        ("organisations", "people", "kinds_told", "sure"),
        [
            pytest.param(5, 30, ["disagree_by_organisation", "flips_too_few"], False, id="five"),
            pytest.param(6, 30, ["sure_by_organisation"], True, id="six"),
            pytest.param(0, 5, ["disagree_by_person", "tests_differ"], False, id="five-people"),
            pytest.param(0, 6, ["sure_by_person"], True, id="six-people"),
        ],
    )
    def test_is_sure_only_where_every_test_says_so(self, organisations, people, kinds_told, sure):
        after = [15 + number % 3 * 0.1 + number * 0.01 for number in range(people)]
        _evaluation, one = result_of(scores([10.0] * people, after, organisations=organisations))
        assert one.holm_p < 0.001
        assert kinds(one.findings)[1 : 1 + len(kinds_told)] == kinds_told
        assert is_sure(one) is sure

    def test_corrects_sign_flips_over_the_aspects_too(self):
        after = [15 + number % 3 * 0.1 for number in range(30)]
        rows = [
            *scores([10.0] * 30, after, organisations=6),
            *scores([10.0] * 30, after, organisations=6, aspect="B"),
        ]
        evaluation = evaluate(Study((Aspect("A"), Aspect("B")), rows))
        assert [one.flip_holm_p for one in evaluation.aspects] == [0.0625, 0.0625]
        assert "never_sure" in kinds(evaluation.limits)
        assert "power" not in kinds(evaluation.limits)

    def test_says_where_people_one_by_one_do_not_bear_it_out(self):
        # Within each organisation one rose much and one fell: the means of organisations hardly differ.
        swing = [(1 + number % 8) * (3 if number % 16 < 8 else -3) for number in range(32)]
        after = [10.5 + number % 8 * 0.05 + swing[number] for number in range(32)]
        _evaluation, one = result_of(scores([10.0] * 32, after, organisations=8))
        assert one.clustered_holm_p < 0.05 < one.holm_p
        assert "persons_disagree" in kinds(one.findings)
        assert not is_sure(one)

    def test_never_says_that_nothing_changed(self):
        _evaluation, one = result_of(scores([5, 6, 7, 8], [6, 5, 8, 7]))
        assert all(finding.answer is not Answer.NO for finding in one.findings)

    @pytest.mark.parametrize(
        ("before", "after", "kind"),
        [
            pytest.param([5], [7], "few_pairs", id="one person"),
            pytest.param([5, 6], [None, None], "no_pairs", id="nobody stayed"),
            pytest.param([5, 6, 7], [5, 6, 7], "nobody_changed", id="all equal"),
            pytest.param([5, 6, 7], [7, 8, 9], "constant_difference", id="all by the same"),
            pytest.param([0.1, 0.2, 0.7], [0.4, 0.5, 1.0], "constant_difference", id="with noise"),
        ],
    )
    def test_says_and_does_not_compute_what_cannot_be_tested(self, before, after, kind):
        _evaluation, one = result_of(scores(before, after))
        assert kind in kinds(one.findings)
        assert (one.paired.p, one.holm_p, is_sure(one)) == (None, None, False)
        # No other test gives a p beside words that say that nothing is tested.
        assert (one.ranks.p, one.ranks_holm_p, one.flip_holm_p) == (None, None, None)

    def test_tests_no_categories_where_everybody_changed_by_the_same(self):
        _evaluation, one = result_of(
            scores([5, 6, 7, 7, 5, 6], [9, 10, 11, 11, 9, 10]), aspect=Aspect("A", bands=BANDS)
        )
        assert (one.shift.p, one.shift_holm_p, one.shift.up) == (None, None, 6)
        assert "categories_untested" in kinds(one.findings)

    def test_says_first_of_all_that_one_group_proves_no_cause(self):
        evaluation, _one = result_of(scores([5, 6, 7], [7, 8, 10]))
        assert evaluation.limits[0].kind == "one_group"
        assert "sebab lain tidak tersingkir" in sentence(evaluation.limits[0])

    def test_sets_a_comparison_group_beside(self):
        rows = [
            *scores([5, 6, 7, 8], [9, 11, 10, 13], group="program"),
            *scores([5, 6, 7, 8], [5, 7, 7, 9], group="lain", prefix="q"),
        ]
        evaluation, one = result_of(rows, comparison="lain")
        assert one.compared.difference == pytest.approx(4.25 - 0.5)
        assert one.paired.pairs == 4
        assert "compared_by_person" in kinds(one.findings)
        assert kinds(evaluation.limits)[0] == "comparison_not_drawn"

    def test_names_who_left_and_who_came_late(self):
        evaluation, one = result_of(scores([5, 6, 7, None], [8, 8, None, 9]))
        assert (one.dropouts, one.newcomers) == (("p02",), ("p03",))
        left = next(finding for finding in one.findings if finding.kind.startswith("left"))
        assert left.values[NAMES] == ("p02",)
        assert "dropouts" in kinds(evaluation.limits)
        assert "p02" in sentence(left)
        assert "p02" not in sentence(left, named=False)

    def test_does_not_guess_whom_somebody_without_organisation_is_like(self):
        rows = [*scores([5, 6, 7, 8], [7, 9, 8, 12], organisations=2)]
        rows[0], rows[1] = (Score("p00", "A", wave, value) for wave, value in (("before", 5), ("after", 7)))
        evaluation, one = result_of(rows)
        assert one.clustered.p is None
        assert "organisations_not_told" in kinds(evaluation.limits)

    def test_says_little_of_nothing(self):
        evaluation, one = result_of([])
        assert (evaluation.flow.people, one.paired.pairs) == (0, 0)
        assert "no_power" in kinds(evaluation.limits)
        assert evaluate(Study((), [])).aspects == ()

    def test_tells_somebody_under_two_organisations(self):
        rows = [*scores([5, 6, 7], [7, 9, 8], organisations=1)]
        rows[1] = Score("p00", "A", "after", 7, "elsewhere")
        evaluation, _one = result_of(rows)
        assert evaluation.flow.moved == ("p00",)

    def test_judges_categories_and_reliable_change(self):
        aspect = Aspect("A", lowest=0, highest=20, reliability=0.8, standard_deviation=3, bands=BANDS)
        _evaluation, one = result_of(scores([5, 6, 7, 9], [15, 9, 7, 15]), aspect=aspect)
        assert [(each.before, each.after) for each in one.shift.standings] == [(3, 1), (1, 1), (0, 2)]
        assert one.reliable.better == 2
        assert {"categories_stuart_maxwell", "reliable_by_given"} <= set(kinds(one.findings))

    def test_takes_alpha_from_the_items(self):
        rows = [[0, 1], [2, 2], [3, 4], [5, 4]]
        items = ItemAnswers("A", ("a", "b"), rows, (0, 0), (5, 5))
        _evaluation, one = result_of(scores([1, 4, 7, 9], [9, 9, 9, 10]), items=(items,))
        assert one.items.alpha == pytest.approx(one.reliable.reliability)
        assert {"alpha", "reliable_by_alpha"} <= set(kinds(one.findings))

    def test_says_nothing_sure_where_the_organisation_is_told_for_some_only(self):
        rows = list(scores([5, 6, 4, 7, 5, 6], [9, 11, 8, 12, 8, 11], organisations=3))
        rows = [
            Score(one.person, "A", one.wave, one.value, "" if one.person == "p05" else one.organisation)
            for one in rows
        ]
        _evaluation, one = result_of(rows)
        assert one.holm_p < 0.05
        assert (is_sure(one), "sure_untold" in kinds(one.findings)) == (False, True)

    @pytest.mark.parametrize(
        ("organisations", "kind", "answer"),
        [
            pytest.param(0, "categories_mcnemar", Answer.YES, id="strangers"),
            pytest.param(4, "categories_nested", Answer.UNKNOWN, id="of-four-organisations"),
        ],
    )
    def test_concludes_from_categories_only_where_people_are_strangers(self, organisations, kind, answer):
        rows = scores([5] * 12, [9, 10, 9, 11] * 3, organisations=organisations)
        _evaluation, one = result_of(rows, aspect=Aspect("A", bands=BANDS))
        assert [(found.kind, found.answer) for found in one.findings if "categor" in found.kind] == [
            (kind, answer)
        ]

    def test_describes_the_waves_between(self):
        rows = [*scores([5, 6], [8, 9]), Score("p00", "A", "midway", 6), Score("p01", "A", "midway", 8)]
        _evaluation, one = result_of(rows)
        assert [(wave, found.mean) for wave, found in one.waves] == [("midway", 7)]
        assert one.over_waves.people == 2
        assert "waves_moved" in kinds(one.findings)

    @pytest.mark.parametrize(
        "row",
        [
            pytest.param(Score("p00", "A", "after", 9), id="twice"),
            pytest.param(Score("x", "B", "after", 9), id="no such aspect"),
            pytest.param(Score("x", "A", "after", math.inf), id="no number"),
            pytest.param(Score("x", "A", "after", 21), id="above the scale"),
            pytest.param(Score("p00", "A", "later", 9, group="other"), id="two groups"),
        ],
    )
    def test_refuses_a_score_that_cannot_be(self, row):
        aspect = Aspect("A", lowest=0, highest=20)
        with pytest.raises(ValueError, match=r"p00|'x'|'B'"):
            result_of([*scores([5, 6], [7, 9]), row], aspect=aspect)

    @settings(PATIENT, max_examples=40)
    @given(
        st.lists(st.none() | st.integers(0, 20), min_size=1, max_size=14),
        st.lists(st.none() | st.integers(0, 20), min_size=14, max_size=14),
        st.integers(0, 4),
        st.randoms(use_true_random=False),
    )
    def test_says_the_same_in_whatever_order_and_always_has_words(self, before, after, organisations, source):
        aspect = Aspect("A", "Aspek", 0, 20, bands=BANDS)
        rows = list(scores(before, after[: len(before)], organisations=organisations))
        there, _one = result_of(rows, aspect=aspect)
        source.shuffle(rows)
        back, one = result_of(rows, aspect=aspect)
        assert to_text(there) == to_text(back)
        for finding in (*one.findings, *back.limits):
            assert "nan" not in sentence(finding, "id").split()
            assert "{" not in sentence(finding, "en")

    def test_corrects_over_all_aspects(self):
        source = random.Random(1)
        before = [source.randint(0, 9) for _person in range(12)]
        rows = [
            row
            for place in range(5)
            for row in scores(before, [b + source.randint(-2, 4) for b in before], aspect=f"A{place}")
        ]
        evaluation = evaluate(Study(tuple(Aspect(f"A{place}") for place in range(5)), rows))
        assert min(one.holm_p for one in evaluation.aspects) == pytest.approx(
            5 * min(one.paired.p for one in evaluation.aspects)
        )


class TestImport:
    def test_does_not_bring_the_heavy_libraries_along(self):
        code = "import sys, simpul.engines.statistics; print([m for m in ('numpy', 'scipy') if m in sys.modules])"
        found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert found.stdout.strip() == "[]"
