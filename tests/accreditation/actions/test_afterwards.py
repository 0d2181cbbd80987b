"""The improvement plan, and looks afterwards."""

import uuid
from datetime import timedelta

import pytest

from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.accreditation.actions.afterwards import (
    finish_improvement,
    plan_improvement,
    watch,
    watch_from_the_secretariat,
)
from simpul.accreditation.models import Recommendation, Watch
from tests.access.factories import give, user_with
from tests.accreditation.second import DECIDED_ON, a_run, decided_run, head_of, moment

pytestmark = pytest.mark.django_db

DUE = DECIDED_ON + timedelta(days=90)


def recommended():
    run = decided_run(recommendations=(("", "Latih pendamping."),))
    return run, Recommendation.objects.get()


class TestPlanImprovement:
    def test_keeps_what_and_by_when(self):
        run, row = recommended()
        plan_improvement(row, by=head_of(run), version=1, plan="Pelatihan.", due_on=DUE, on=DECIDED_ON)

        row.refresh_from_db()
        assert (row.plan, row.due_on, row.version) == ("Pelatihan.", DUE, 2)

    def test_shows_both_plans_when_somebody_was_faster(self):
        run, row = recommended()
        head = head_of(run)
        plan_improvement(row, by=head, version=1, plan="Pelatihan.", due_on=DUE, on=DECIDED_ON)

        with pytest.raises(Clash) as clash:
            plan_improvement(row, by=head, version=1, plan="Belajar.", due_on=DUE, on=DECIDED_ON)
        assert "Pelatihan" in clash.value.theirs
        assert "Belajar" in clash.value.mine

    def test_sent_twice_changes_nothing_more(self):
        run, row = recommended()
        for _press in range(2):
            plan_improvement(row, by=head_of(run), version=1, plan="Latih.", due_on=DUE, on=DECIDED_ON)

        assert Recommendation.objects.get().version == 2

    def test_refuses_a_day_that_is_over(self):
        run, row = recommended()

        with pytest.raises(Refusal, match="sudah lewat"):
            plan_improvement(row, by=head_of(run), version=1, plan="Latih.", due_on=DECIDED_ON, on=DUE)

    def test_is_the_body_s_own(self):
        _run, row = recommended()
        officer = user_with("dinas_officer", region="21.02")

        with pytest.raises(NotAllowed):
            plan_improvement(row, by=officer, version=1, plan="Latih.", due_on=DUE, on=DECIDED_ON)


class TestFinishImprovement:
    def test_stays_as_it_was_told(self):
        run, row = recommended()
        head, told = head_of(run), {"done_on": DUE, "on": DUE}
        finish_improvement(row, by=head, version=1, words="Dua hari pelatihan.", **told)
        finish_improvement(row, by=head, version=1, words="Dua hari pelatihan.", **told)

        with pytest.raises(Refusal, match="tidak diubah lagi"):
            finish_improvement(row, by=head, version=2, words="Tiga hari.", **told)
        assert Recommendation.objects.get().done_words == "Dua hari pelatihan."

    @pytest.mark.parametrize("days", [-1, 91], ids=["before-the-decision", "to-come"])
    def test_refuses_a_day_that_cannot_be(self, days):
        run, row = recommended()
        done_on = DECIDED_ON + timedelta(days=days)

        with pytest.raises(Refusal, match="Periksa tanggalnya"):
            finish_improvement(row, by=head_of(run), version=1, words="Sudah.", done_on=done_on, on=DUE)


class TestWatch:
    def test_is_noted_by_the_dinas_and_by_the_secretariat(self):
        run = decided_run()
        told = {"seen_on": DUE, "on": DUE, "at": moment(200), "words": "Berjalan baik."}
        watch(run, by=user_with("dinas_officer", region="21.02"), key=uuid.uuid4(), **told)
        secretary = user_with("accreditation_secretary", region="21")
        watch_from_the_secretariat(run, by=secretary, key=uuid.uuid4(), **told)

        assert Watch.objects.count() == 2

    def test_pressed_twice_is_one(self):
        run, key = decided_run(), uuid.uuid4()
        officer = user_with("dinas_officer", region="21.02")
        for _press in range(2):
            watch(run, by=officer, key=key, seen_on=DUE, on=DUE, at=moment(200), words="Baik.")

        assert Watch.objects.count() == 1

    def test_is_not_done_by_somebody_of_the_body(self):
        run = decided_run()
        both = head_of(run)
        give(both, "dinas_officer", region="21.02")
        told = {"seen_on": DUE, "on": DUE, "at": moment(200), "words": "Berjalan baik."}

        with pytest.raises(Refusal, match="bagian dari lembaga"):
            watch(run, by=both, key=uuid.uuid4(), **told)

    def test_refuses_the_key_of_another_run(self):
        run, other, key = decided_run(), decided_run(), uuid.uuid4()
        told = {"seen_on": DUE, "on": DUE, "at": moment(200), "words": "Berjalan baik."}
        officer = user_with("dinas_officer", region="21.02")
        watch(run, by=officer, key=key, **told)

        with pytest.raises(Refusal, match="dengan isian lain"):
            watch(other, by=officer, key=key, **told)

    def test_is_for_accredited_bodies(self):
        officer = user_with("dinas_officer", region="21.02")

        with pytest.raises(Refusal, match="terakreditasi"):
            watch(a_run(), by=officer, key=uuid.uuid4(), seen_on=DUE, on=DUE, at=moment(200), words="Baik.")

    def test_is_not_for_the_body_itself(self):
        run = decided_run()
        head = head_of(run)

        with pytest.raises(NotAllowed):
            watch(run, by=head, key=uuid.uuid4(), seen_on=DUE, on=DUE, at=moment(200), words="Baik.")
