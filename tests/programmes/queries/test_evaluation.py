import pytest

from simpul.access.refusal import Refusal
from simpul.instruments.models import AnswerSheet
from simpul.programmes.queries import evaluation as queries
from simpul.programmes.queries.evaluation_data import gather
from tests.programmes.evaluating import karimun, take_away


class TestPeopleOf:
    def test_tells_each_by_code_alone(self):
        made = karimun()
        people = queries.people_of(made.programme)
        assert [row.code for row in people.rows] == [f"P{number:02}" for number in range(1, 31)]
        assert people.rows[0].organisation == "LKS A"
        assert "Rahasia" not in repr(people)

    def test_names_who_missed_a_test_or_left(self):
        made = karimun()
        take_away(made, "post", 3, 8)
        type(made.people[0]).objects.filter(pk=made.people[8].pk).update(left_on="2026-10-01")
        assert queries.people_of(made.programme).missed == (
            ("Tidak mengisi tes akhir", ("P04", "P09")),
            ("Keluar dari program", ("P09",)),
        )

    def test_draws_a_line_for_each_who_took_both_tests(self):
        made = karimun()
        take_away(made, "post", 3)
        picture = queries.people_of(made.programme).pictures[0]
        assert picture.about.count(" dari ") == 29
        assert "P04 " not in picture.about


class TestWhyNot:
    def test_is_empty_where_enough_answered(self):
        assert queries.why_not(karimun().programme) == ""

    def test_says_what_is_missing(self, programme):
        assert "Pengelola program memilihnya" in queries.why_not(programme)

    def test_sends_nobody_to_change_a_programme_that_is_over(self, programme):
        programme.stage = "closed"
        assert "tidak ada yang dapat dievaluasi" in queries.why_not(programme)


class TestGather:
    def test_is_the_same_in_whatever_order_rows_came(self):
        made = karimun()
        first = gather(made.programme).digest
        sheets = list(AnswerSheet.objects.order_by("-pk"))
        AnswerSheet.objects.all().delete()
        AnswerSheet.objects.bulk_create(sheets)
        assert gather(made.programme).digest == first

    def test_says_by_part_what_changed(self):
        made = karimun()
        before = gather(made.programme).digests
        made.programme.aim = "Tujuan lain"
        after = gather(made.programme).digests
        assert [part for part in before if before[part] != after[part]] == ["programme"]

    def test_leaves_out_sheets_of_nobody_in_the_programme(self):
        made = karimun()
        sheet = AnswerSheet.objects.get(wave="pre", participant=made.people[0].pk)
        AnswerSheet.objects.filter(pk=sheet.pk).update(participant=made.programme.pk)
        found = gather(made.programme)
        assert found.missing["strangers"] == 1
        assert found.flow["programme"]["only_last"] == 1

    def test_leaves_out_a_comparison_that_is_too_small(self):
        made = karimun(design="comparison")
        type(made.members[0]).objects.filter(pk=made.members[4].pk).update(arm="comparison")
        take_away(made, "pre", 28, 29)
        take_away(made, "post", 28, 29)
        found = gather(made.programme)
        assert (found.study.comparison, found.missing["comparison"]) == ("", True)
        assert {one.group for one in found.scores} == {"programme"}

    def test_refuses_waves_that_are_not_set(self):
        made = karimun()
        made.programme.waves = []
        with pytest.raises(Refusal, match="Tes awal"):
            gather(made.programme)
