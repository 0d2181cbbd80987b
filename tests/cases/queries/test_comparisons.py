from dataclasses import replace

import pytest

from simpul.cases.models import Assessment
from simpul.cases.queries.comparisons import compared, comparison_of
from simpul.engines.statistics import Verdict
from simpul.instruments.models import StoredInstrument
from tests.cases.assessing import ALL_GOOD, OWN, WG, assessed, begun, own_instrument, owned, reworded
from tests.cases.contacts_factories import opened
from tests.instruments.factories import added

pytestmark = pytest.mark.django_db
BAD = {"tidur": 1, "cemas": 3, "lelah": 3}


@pytest.fixture
def case(caseworker):
    return opened(caseworker)


def rows(case, code=OWN, **details):
    return {row.code: row for row in comparison_of(case, code, **details).rows}


class TestComparisonOf:
    def test_is_empty_before_anything_is_completed(self, case, caseworker):
        begun(case, caseworker)
        found = comparison_of(case, WG)
        assert (found.rows, found.baseline, found.now, found.unsaid) == ((), None, None, 0)

    def test_shows_the_baseline_alone_before_the_first_re_assessment(self, case, caseworker, supervisor):
        owned(supervisor)
        assessed(case, caseworker, OWN, BAD)
        row = rows(case)["hidup"]
        assert (row.baseline.figure, row.now, row.change, row.direction) == ("1", None, None, "")
        assert (row.picture.before, row.picture.now) == ("10", "")

    def test_tells_better_from_worse_by_the_direction_of_the_domain(self, case, caseworker, supervisor):
        owned(supervisor)
        assessed(case, caseworker, OWN, BAD)
        assessed(case, caseworker, OWN, ALL_GOOD, days=90)
        found = rows(case)
        assert [(row.difference, row.gain, row.direction) for row in found.values()] == [
            ("+2", 2.0, "better"),
            ("-2", 2.0, "better"),
        ]
        assert {row.change.verdict for row in found.values()} == {Verdict.BETTER}

    def test_draws_the_better_end_always_at_the_right(self, case, caseworker, supervisor):
        owned(supervisor)
        assessed(case, caseworker, OWN, BAD)
        assessed(case, caseworker, OWN, ALL_GOOD, days=90)
        pictures = [row.picture for row in rows(case).values()]
        assert {(picture.before, picture.now) for picture in pictures} == {("10", "230")}
        assert pictures[0].start == "17"
        assert pictures[0].words == "Hidup sehari-hari: awal 1; kini 3"

    def test_says_when_a_change_is_within_the_error_of_measuring(self, case, caseworker, supervisor):
        # S_diff = 0.5 * sqrt(2 * (1 - 0.91)) = 0.2121; the change of 0.5 is an index of 2.357, one of 0 is none.
        owned(supervisor)
        assessed(case, caseworker, OWN, BAD)
        assessed(case, caseworker, OWN, BAD | {"tidur": 2}, days=90)
        found = rows(case)
        assert round(found["hidup"].change.index, 3) == 2.357
        assert "Indeks perubahan +2,36" in found["hidup"].basis
        assert found["beban"].verdict == "Perubahannya tidak lebih dari kesalahan pengukuran."
        assert (found["beban"].direction, comparison_of(case, OWN).beyond_error) == ("same", 1)
        assert comparison_of(case, OWN).shared_verdict == ""

    @pytest.mark.parametrize(
        ("known", "words"),
        [
            ({}, "keandalan instrumen belum diketahui"),
            ({"reliability": 0.9, "measured_in": "X"}, "simpangan baku"),
        ],
        ids=["nothing", "reliability"],
    )
    def test_says_that_it_cannot_be_said_and_why(self, case, caseworker, supervisor, known, words):
        plain = own_instrument(measured=False)
        owned(supervisor, replace(plain, domains=tuple(replace(each, **known) for each in plain.domains)))
        assessed(case, caseworker, OWN, BAD)
        assessed(case, caseworker, OWN, ALL_GOOD, days=90)
        row = rows(case)["hidup"]
        assert (row.direction, row.is_reliable, row.basis) == ("better", False, "")
        assert words in row.verdict
        assert comparison_of(case, OWN).shared_verdict == row.verdict

    def test_counts_and_names_what_was_not_answered_and_never_as_zero(self, case, caseworker, supervisor):
        owned(supervisor)
        assessed(case, caseworker, OWN, BAD)
        assessed(case, caseworker, OWN, {"tidur": 3, "cemas": {"state": "refused"}, "lelah": 1}, days=90)
        row = rows(case, is_told=True)["hidup"]
        assert (row.now.is_known, row.gain, row.open, row.open_at_baseline) == (False, None, 1, 0)
        assert row.open_items == ("Seberapa cemas? (tidak mau menjawab)",)
        assert "salah satu nilainya belum diketahui" in row.verdict
        assert rows(case)["hidup"].open_items == ()

    def test_lacks_nothing_that_does_not_apply(self, case, caseworker, supervisor):
        owned(supervisor)
        assessed(case, caseworker, OWN, {"tidur": 3, "cemas": 3, "lelah": {"state": "not_applicable"}})
        assert (rows(case)["beban"].open, rows(case, is_told=True)["beban"].open_items) == (0, ())

    def test_compares_only_domains_with_the_very_same_items(self, case, caseworker, supervisor):
        first = owned(supervisor)
        assessed(case, caseworker, OWN, BAD)
        added(supervisor, reworded(first, "cemas"))
        assessed(case, caseworker, OWN, ALL_GOOD, days=90)
        found = comparison_of(case, OWN)
        life, load = found.rows
        assert (found.versions_differ, life.is_comparable, load.is_comparable) == (True, False, True)
        assert (life.gain, life.change, load.gain) == (None, None, 2.0)
        assert "berbeda antara kedua versi" in life.verdict
        assert (life.picture.before, life.picture.now) == ("", "230")

    def test_passes_over_a_change_in_what_is_not_scored(self, case, caseworker, supervisor):
        first = owned(supervisor)
        assessed(case, caseworker, OWN, BAD)
        added(supervisor, reworded(first, "cerita"))
        assessed(case, caseworker, OWN, ALL_GOOD, days=90)
        assert rows(case)["hidup"].gain == 2.0

    def test_keeps_a_domain_that_the_new_version_no_longer_has(self, case, caseworker, supervisor):
        first = owned(supervisor)
        assessed(case, caseworker, OWN, BAD)
        added(supervisor, replace(first, domains=first.domains[:1]))
        assessed(case, caseworker, OWN, {"tidur": 3, "cemas": 1}, days=90)
        row = rows(case)["beban"]
        assert (row.baseline.figure, row.now) == ("3", None)
        assert "hanya ada dalam satu versi" in row.verdict

    def test_does_not_compare_where_the_text_was_changed_behind_its_version(
        self, case, caseworker, supervisor
    ):
        owned(supervisor)
        assessed(case, caseworker, OWN, BAD)
        Assessment.objects.update(digest="0" * 64)
        assessed(case, caseworker, OWN, ALL_GOOD, days=90)
        assert "tidak tersimpan lagi" in rows(case)["hidup"].verdict

    def test_stands_even_when_the_instrument_is_gone(self, case, caseworker, supervisor):
        owned(supervisor)
        assessed(case, caseworker, OWN, BAD)
        StoredInstrument.objects.all().delete()
        found = comparison_of(case, OWN)
        assert (found.title, found.rows, found.baseline.scores["hidup"].score) == (OWN, (), 1.0)

    def test_shows_the_last_but_one_and_leaves_additional_ones_out(self, case, caseworker, supervisor):
        owned(supervisor)
        for days, level in enumerate((1, 2, 3)):
            assessed(case, caseworker, OWN, {"tidur": level, "cemas": 3, "lelah": 3}, days=days)
        assessed(case, caseworker, OWN, BAD, days=4, is_further=True)
        found = comparison_of(case, OWN)
        row = found.rows[0]
        assert (row.baseline.figure, row.previous.figure, row.now.figure) == ("1", "1,5", "2")
        assert (row.picture.between, found.further) == ("65", 1)

    def test_shows_the_washington_group_by_its_own_rule(self, case, caseworker):
        six = ("seeing", "hearing", "walking", "remembering", "self_care", "communicating")
        assessed(case, caseworker, WG, dict.fromkeys(six, 1))
        assessed(case, caseworker, WG, dict.fromkeys(six, 1) | {"seeing": 3}, days=90)
        row = rows(case, WG)["functioning"]
        assert (row.baseline.answer_words, row.now.answer_words, row.direction) == ("tidak", "ya", "worse")

    def test_asks_the_database_twice_at_most(self, case, caseworker, supervisor, django_assert_num_queries):
        owned(supervisor)
        assessed(case, caseworker, OWN, BAD)
        assessed(case, caseworker, OWN, ALL_GOOD, days=90)
        with django_assert_num_queries(2):
            comparison_of(case, OWN, is_told=True)


class TestCompared:
    def test_gives_one_for_each_case_and_instrument(self, case, caseworker, django_assert_num_queries):
        other = opened(caseworker)
        assessed(case, caseworker)
        assessed(case, caseworker, "family-support")
        assessed(other, caseworker)
        held = list(Assessment.objects.all())
        with django_assert_num_queries(0):
            made = compared(held)
        assert {(found.case, found.instrument) for found in made} == {
            (case.pk, WG),
            (case.pk, "family-support"),
            (other.pk, WG),
        }
