import pytest

from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.accreditation.actions import desk as actions
from simpul.accreditation.models import DeskLine, Step
from simpul.accreditation.queries.desk import checklist, wanting
from simpul.accreditation.queries.scheme import scheme_of
from simpul.accreditation.queries.typed import Looked
from simpul.organisations.models import Organisation
from tests.access.factories import give
from tests.accreditation.factories import applied, checked, fresh, moved, now, recommended, today

pytestmark = pytest.mark.django_db


def check(told, looked, by=None):
    return actions.check(told.run, by=by or told.secretary, at=now(), answers={"surat": looked})


def lines(told):
    return checklist(told.run, scheme_of(told.run))


class TestApply:
    def test_keeps_the_day_and_what_was_found_about_the_conditions(self):
        told = applied()
        assert (told.run.stage, told.run.applied_on) == ("desk_check", today())
        assert told.run.conditions["answer"] == "yes"

    def test_refuses_while_a_condition_is_not_known_and_says_where_to_mend_it(self):
        told = recommended()
        Organisation.objects.update(legal_status="")
        with pytest.raises(Refusal, match="Lengkapi data lembaga"):
            moved(told, actions.apply, told.head)
        assert fresh(told).stage == "application"

    def test_pressed_twice_is_one_step(self):
        told = recommended()
        for _press in range(2):
            actions.apply(told.run, by=told.head, version=told.run.version, on=today(), at=now())
        assert Step.objects.filter(stage="desk_check").count() == 1


class TestCheck:
    def test_keeps_each_answer_and_lets_the_newest_count(self):
        told = applied()
        (first,) = check(told, Looked("missing"))
        check(told, Looked("met", seen=first.pk))
        assert [line.answer for line in lines(told)] == ["met"]
        assert DeskLine.objects.count() == 2

    def test_keeps_the_same_answer_only_once(self):
        told = applied()
        for _press in range(2):
            check(told, Looked("met"))
        assert DeskLine.objects.count() == 1

    def test_shows_both_when_a_colleague_looked_meanwhile(self):
        told = applied()
        check(told, Looked("met"))
        with pytest.raises(Clash):
            check(told, Looked("missing"))

    def test_asks_what_is_wrong_with_a_wrong_paper(self):
        with pytest.raises(Refusal, match="Catatan untuk"):
            check(applied(), Looked("wrong"))

    def test_leaves_out_a_paper_with_a_reason(self):
        told = applied()
        with pytest.raises(Refusal, match="Catatan untuk"):
            check(told, Looked("exempt"))
        check(told, Looked("exempt", "Lembaga pemerintah tidak didaftarkan."))
        moved(told, actions.accept, told.secretary)
        assert told.run.stage == "assignment"

    def test_leaves_out_no_condition(self):
        told = applied()
        told.run.scheme_words["conditions"] = [
            {"code": "buka", "text": "Buka lima tahun", "rule": "confirmed"}
        ]
        told.run.save()
        with pytest.raises(Refusal, match="tidak dikenal"):
            actions.check(
                told.run, by=told.secretary, at=now(), answers={"buka": Looked("exempt", "Tidak perlu.")}
            )

    def test_is_not_for_the_body(self):
        told = applied()
        with pytest.raises(NotAllowed):
            check(told, Looked("met"), by=told.head)

    def test_waits_for_the_application(self):
        with pytest.raises(Refusal, match="verifikasi berkas"):
            check(recommended(), Looked("met"))


class TestAccept:
    def test_needs_every_line_met(self):
        told = applied()
        with pytest.raises(Refusal, match="Surat permohonan"):
            moved(told, actions.accept, told.secretary)

    def test_lets_assessors_be_named(self):
        told = checked()
        moved(told, actions.accept, told.secretary)
        assert told.run.stage == "assignment"

    def test_is_not_for_who_belongs_to_the_body(self):
        told = checked()
        give(told.secretary, "head_of_lks", organisation=told.organisation.pk)
        with pytest.raises(Refusal, match="Anda bagian dari lembaga ini"):
            moved(told, actions.accept, told.secretary)
        assert told.run.stage == "desk_check"


class TestGiveBack:
    def test_gives_back_with_the_list_and_comes_again(self):
        told = applied()
        check(told, Looked("wrong", "tanpa cap"))
        moved(told, actions.give_back, told.secretary, words="mohon dilengkapi")
        assert (told.run.stage, told.run.answer) == ("returned", "mohon dilengkapi")
        assert [(line.text, line.note) for line in wanting(lines(told))] == [
            ("Surat permohonan", "tanpa cap")
        ]
        moved(told, actions.apply, told.head)
        assert told.run.stage == "desk_check"

    def test_needs_something_to_mend(self):
        told = checked()
        with pytest.raises(Refusal, match="Tandai dahulu"):
            moved(told, actions.give_back, told.secretary)
