import uuid

import pytest

from simpul.access.models import Event
from simpul.access.refusal import NotAllowed, Refusal
from simpul.instruments.models import AnswerSheet
from simpul.programmes.actions import evaluation as actions
from simpul.programmes.models import Evaluation, Extract
from simpul.programmes.queries.evaluation import changes
from tests.access.factories import user_with
from tests.programmes.evaluating import INSTRUMENT, a_participant, a_sheet, karimun, measured, take_away
from tests.programmes.making import AT, TODAY, a_member


@pytest.fixture
def researcher():
    return user_with("researcher", region="21.02", name="Bu Laila")


def run(programme, by, at=AT, key=None):
    return actions.run(programme, by=by, key=key or uuid.uuid4(), on=TODAY, at=at)


def later(minutes):
    return AT.replace(minute=minutes)


def aspect(evaluation, code):
    found = evaluation.result["evaluation"]["aspects"]
    return next(one for one in found if one["aspect"]["code"] == code)


class TestRun:
    def test_gives_the_sixteen_means_of_the_paper(self, researcher):
        made = run(karimun().programme, researcher)
        told = {
            one["aspect"]["code"]: (f"{one['before']['mean']:.3f}", f"{one['after']['mean']:.3f}")
            for one in made.result["evaluation"]["aspects"]
        }
        assert told == {
            "legality": ("9.300", "10.400"),
            "facilities": ("9.233", "12.400"),
            "board": ("3.300", "5.900"),
            "management": ("34.667", "45.933"),
            "organisation": ("9.367", "15.567"),
            "method": ("3.233", "6.467"),
            "programme": ("10.667", "14.667"),
            "stimulus": ("12.967", "16.167"),
        }

    def test_of_the_same_data_is_the_run_that_is_there(self, researcher):
        programme = karimun().programme
        first = run(programme, researcher)
        assert run(programme, researcher, later(5)).pk == first.pk
        assert Evaluation.objects.count() == 1

    def test_keeps_nothing_of_one_person(self, researcher):
        made = karimun()
        take_away(made, "post", 3)
        kept = repr(run(made.programme, researcher).result)
        assert [word for word in ("P01", "P04", "Rahasia", "'scores'") if word in kept] == []

    def test_says_what_changed_since(self, officer):
        made = karimun()
        first = run(made.programme, officer)
        take_away(made, "post", 0, 1)
        second = run(made.programme, officer, later(5))
        told = changes(second, first)
        assert "Jawaban peserta berubah atau bertambah." in told
        assert "Peserta atau lembaga berubah." in told
        assert "Rencana aksi atau pelaksanaannya berubah." not in told
        assert any(one.startswith("Legalitas: dahulu selisih 1,10 dari 30 pasangan") for one in told)

    def test_keeps_no_score_that_stands_for_one_person(self, researcher):
        found = aspect(run(karimun().programme, researcher), "board")
        assert set(found["before"]) == {"n", "mean", "sd"}
        assert found["shift"]["table"] == []

    def test_refuses_who_could_reckon_one_person_from_the_run_before(self, researcher, officer):
        made = karimun()
        run(made.programme, researcher)
        take_away(made, "post", 0)
        with pytest.raises(Refusal, match="nilai satu orang dapat dihitung"):
            run(made.programme, researcher, later(5))
        inner = run(made.programme, officer, later(6))
        assert inner.is_inner
        with pytest.raises(Refusal, match="nilai satu orang dapat dihitung"):
            run(made.programme, researcher, later(7))

    def test_is_open_again_once_a_whole_body_changed(self, researcher):
        made = karimun()
        run(made.programme, researcher)
        take_away(made, "post", *range(6))
        assert not run(made.programme, researcher, later(5)).is_inner

    def test_sees_another_answer_that_leaves_the_sum_as_it_was(self, officer):
        made = karimun()
        first = run(made.programme, officer)
        one, other = (item.code for item in INSTRUMENT.domain("board").items[:2])
        sheets = AnswerSheet.objects.filter(wave="pre")
        sheet = next(row for row in sheets if row.answers[one] != row.answers[other])
        sheet.answers = sheet.answers | {one: sheet.answers[other], other: sheet.answers[one]}
        sheet.save()
        second = run(made.programme, officer, later(5))
        assert aspect(second, "board")["paired"] == aspect(first, "board")["paired"]
        assert (second.digest != first.digest, second.is_inner) == (True, True)

    def test_refuses_a_group_in_which_people_can_be_told(self, researcher):
        member = a_member(measured())
        AnswerSheet.objects.bulk_create(a_sheet(a_participant(member, one), "pre", {}) for one in range(4))
        with pytest.raises(Refusal, match="Baru 4 peserta"):
            run(member.programme, researcher)

    def test_refuses_a_programme_without_a_test(self, programme, researcher):
        with pytest.raises(Refusal, match="instrumen"):
            run(programme, researcher)

    def test_counts_only_what_was_locked(self, researcher):
        made = karimun()
        AnswerSheet.objects.filter(wave="post", participant=made.people[0].pk).update(locked_at=None)
        found = run(made.programme, researcher).result
        assert found["missing"]["open"] == 1
        assert found["flow"]["programme"]["both"] == 29

    def test_is_not_for_a_body(self, head):
        with pytest.raises(NotAllowed):
            run(karimun().programme, head)


class TestSmallGroups:
    def test_hide_the_means_that_would_tell_what_few_said(self, researcher):
        made = karimun()
        take_away(made, "post", 0)
        found = aspect(run(made.programme, researcher), "board")
        assert found["all_before"] == {"n": 30}
        assert found["before"]["n"] == 29

    def test_stand_together_with_another_body(self, researcher):
        made = karimun()
        for wave in ("pre", "post"):
            take_away(made, wave, 0, 1)
        kept = run(made.programme, researcher).result
        rows = next(one for one in kept["evaluation"]["aspects"])["organisations"]
        assert sorted(row["pairs"] for row in rows) == [6, 6, 6, 10]
        assert len(kept["labels"]) == 3

    def test_leave_out_an_aspect_that_few_answered_twice(self, researcher):
        made = karimun()
        take_away(made, "post", *range(27))
        found = aspect(run(made.programme, researcher), "board")
        assert set(found) == {"aspect", "withheld"}


class TestMakeFinal:
    def test_leaves_one_result(self, officer):
        made = karimun()
        first = actions.make_final(run(made.programme, officer), by=officer)
        take_away(made, "post", 0)
        second = actions.make_final(run(made.programme, officer, later(5)), by=officer)
        first.refresh_from_db()
        assert (first.is_final, second.is_final) == (False, True)

    def test_refuses_a_run_of_older_data(self, officer):
        made = karimun()
        old = run(made.programme, officer)
        take_away(made, "post", 0)
        with pytest.raises(Refusal, match="Data sudah berubah"):
            actions.make_final(old, by=officer)

    def test_is_not_for_a_researcher(self, researcher):
        with pytest.raises(NotAllowed):
            actions.make_final(run(karimun().programme, researcher), by=researcher)


class TestRecordExtract:
    def test_says_for_what_and_for_whom_before_anything_leaves(self, researcher):
        told = {"purpose": "Tesis tentang LKS", "for_whom": "Universitas Contoh"}
        key, programme = uuid.uuid4(), karimun().programme
        run(programme, researcher)
        for _twice in range(2):
            actions.record_extract(programme, by=researcher, key=key, on=TODAY, at=AT, **told)
        kept = Extract.objects.get()
        assert (kept.purpose, kept.for_whom, kept.by_name) == (*told.values(), "Bu Laila")
        assert Event.objects.filter(permission="programme.evaluate", is_reading=False).count() == 3

    def test_refuses_data_that_no_reader_may_hold(self, researcher, officer):
        made = karimun()
        told = {"purpose": "Tesis", "for_whom": "Kami", "on": TODAY, "at": AT}
        with pytest.raises(Refusal, match="Jalankan evaluasi dulu"):
            actions.record_extract(made.programme, by=researcher, key=uuid.uuid4(), **told)
        run(made.programme, officer)
        take_away(made, "post", 0)
        run(made.programme, officer, later(5))
        with pytest.raises(Refusal, match="nilai satu orang dapat dihitung"):
            actions.record_extract(made.programme, by=researcher, key=uuid.uuid4(), **told)
        assert not Extract.objects.exists()

    def test_refuses_without_a_purpose(self, researcher):
        details = {"by": researcher, "key": uuid.uuid4(), "on": TODAY, "at": AT}
        with pytest.raises(Refusal, match="Tujuan"):
            actions.record_extract(karimun().programme, purpose=" ", for_whom="Kami", **details)
