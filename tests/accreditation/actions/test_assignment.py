import uuid
from datetime import date, timedelta

import pytest

from simpul.access.refusal import NotAllowed, Refusal
from simpul.accreditation.actions import assignment as actions
from simpul.accreditation.models import Accreditation, Assignment
from simpul.accreditation.queries.run import standing
from simpul.organisations.models import Officer, Staff
from tests.access.factories import give, user_with
from tests.accreditation.factories import (
    REGION,
    accepted,
    assigned,
    checked,
    fresh,
    moved,
    named,
    now,
    scored,
    today,
    visiting,
)

pytestmark = pytest.mark.django_db


def declare(row, by, **details):
    return actions.declare(row, by=by, on=today(), at=now(), **{"has_conflict": False, **details})


class TestName:
    def test_names_somebody_for_a_time(self):
        told = accepted()
        row = named(told, told.first)
        assert (row.part, row.user_name, row.has_conflict) == ("assessor", "Asesor Satu", None)
        assert row.until == today() + timedelta(days=30)

    def test_pressed_twice_is_one_assignment(self):
        told, key = accepted(), uuid.uuid4()
        details = {"key": key, "on": today(), "at": now(), "part": "assessor", "since": today()}
        for _press in range(2):
            actions.name(told.run, by=told.secretary, user=told.first.pk, **details)
        assert Assignment.objects.count() == 1

    def test_never_names_somebody_who_works_for_the_body(self):
        told = accepted()
        give(told.first, "caseworker", organisation=told.organisation.pk)
        with pytest.raises(Refusal, match="bekerja untuk lembaga"):
            named(told, told.first)

    @pytest.mark.parametrize("listed", [Officer, Staff], ids=["officer", "staff"])
    def test_never_names_somebody_whose_name_stands_in_the_lists_of_the_body(self, listed):
        told = accepted()
        listed.objects.create(organisation=told.organisation, name="H. ASESOR  satu", title="Ketua")
        with pytest.raises(Refusal, match="Namanya sama"):
            named(told, told.first)

    def test_does_not_mind_who_left_the_lists(self):
        told = accepted()
        Officer.objects.create(
            organisation=told.organisation, name="Asesor Satu", title="Ketua", ended_on=today()
        )
        assert named(told, told.first).user == told.first.pk

    def test_refuses_who_does_not_hold_the_role_or_not_here(self):
        told = accepted()
        elsewhere = user_with("assessor", region="73")
        for user in (told.head, elsewhere):
            with pytest.raises(Refusal, match="tidak memegang peran"):
                named(told, user)

    def test_does_not_let_who_scored_check_the_scores(self):
        told = visiting()
        scored(told, told.first, {"1.1": 3})
        give(told.first, "accreditation_validator", region="21")
        row = Assignment.objects.get(user=told.first.pk)
        actions.end(row, by=told.secretary, on=today(), at=now(), words="sakit")
        with pytest.raises(Refusal, match="tidak memeriksa nilainya sendiri"):
            named(told, told.first, "validator")

    def test_refuses_a_second_part_for_the_same_person(self):
        told = accepted()
        named(told, told.first)
        with pytest.raises(Refusal, match="sudah ditugaskan"):
            named(told, told.first, "companion")

    def test_waits_until_the_file_is_complete(self):
        told = checked()
        with pytest.raises(Refusal, match="penugasan asesor"):
            named(told, told.first)

    def test_is_for_the_secretariat(self):
        told = accepted()
        told.secretary = told.head
        with pytest.raises(NotAllowed):
            named(told, told.first)

    def test_bars_who_checked_or_moved_the_file_for_an_office(self):
        told = accepted()
        for user in (told.secretary, told.registrar):
            give(user, "assessor", region="21")
            with pytest.raises(Refusal, match="memeriksa berkasnya"):
                named(told, user)

    def test_never_lets_who_was_at_the_visit_check_the_scores(self):
        told = accepted()
        row = named(told, told.first, "companion")
        actions.end(row, by=told.secretary, on=today(), at=now(), words="sakit")
        give(told.first, "accreditation_validator", region="21")
        with pytest.raises(Refusal, match="pernah ditugaskan pada visitasi"):
            named(told, told.first, "validator")

    def test_names_nobody_anew_after_an_appeal_who_was_named_before(self):
        told = accepted()
        row = named(told, told.validator, "validator")
        actions.end(row, by=told.secretary, on=today(), at=now(), words="sakit")
        Accreditation.objects.filter(pk=told.run.pk).update(stage="appeal")
        with pytest.raises(Refusal, match="tidak memeriksa ulang"):
            named(told, told.validator, "validator")

    def test_lets_a_dinas_officer_accompany_and_not_score(self):
        told = accepted()
        officer = user_with("dinas_officer", region=REGION)
        assert named(told, officer, "companion").part == "companion"
        with pytest.raises(Refusal, match="tidak memegang peran"):
            named(told, user_with("dinas_officer", region=REGION), "assessor")

    def test_is_not_for_a_secretary_who_belongs_to_the_body(self):
        told = accepted()
        give(told.secretary, "caseworker", organisation=told.organisation.pk)
        with pytest.raises(Refusal, match="Anda bagian dari lembaga ini"):
            named(told, told.first)

    def test_refuses_a_first_day_at_the_end_of_the_calendar(self):
        told = accepted()
        details = {"key": uuid.uuid4(), "on": today(), "at": now(), "part": "assessor"}
        with pytest.raises(Refusal, match="terlalu jauh"):
            actions.name(told.run, by=told.secretary, user=told.first.pk, since=date.max, **details)


class TestProlong:
    def test_moves_the_last_day_also_when_it_has_passed(self):
        told = visiting()
        row = Assignment.objects.get(user=told.first.pk)
        Assignment.objects.filter(pk=row.pk).update(
            since=today() - timedelta(9), until=today() - timedelta(1)
        )
        until = today() + timedelta(days=20)
        actions.prolong(row, by=told.secretary, on=today(), at=now(), until=until)
        assert Assignment.objects.get(pk=row.pk).until == until
        assert scored(told, told.first, {"1.1": 3})

    def test_refuses_a_day_that_has_passed_and_an_assignment_that_ended(self):
        told = accepted()
        row = named(told, told.first)
        with pytest.raises(Refusal, match="sudah lewat"):
            actions.prolong(row, by=told.secretary, on=today(), at=now(), until=today() - timedelta(days=1))
        actions.end(row, by=told.secretary, on=today(), at=now(), words="sakit")
        with pytest.raises(Refusal, match="sudah diakhiri"):
            actions.prolong(row, by=told.secretary, on=today(), at=now(), until=today() + timedelta(days=60))


class TestDeclare:
    def test_frees_the_way_to_the_file(self):
        told = accepted()
        row = declare(named(told, told.first), told.first)
        assert row.has_conflict is False
        assert row.withdrawn_on is None

    def test_ends_the_assignment_of_who_has_a_conflict(self):
        told = accepted()
        row = named(told, told.first)
        declare(row, told.first, has_conflict=True, words="saudara bendahara")
        kept = Assignment.objects.get()
        assert (kept.has_conflict, kept.withdrawn_on, kept.declaration) == (
            True,
            today(),
            "saudara bendahara",
        )
        assert b"saudara" not in bytes(kept.declaration_sealed)
        assert standing(told.run) == ()
        with pytest.raises(Refusal, match="benturan kepentingan"):
            named(told, told.first)

    def test_can_be_taken_back_into_a_conflict_later(self):
        told = visiting()
        row = Assignment.objects.get(user=told.first.pk)
        declare(row, told.first, has_conflict=True, words="baru saya ketahui")
        assert [one.user for one in standing(told.run)] == [told.second.pk]

    def test_asks_which_conflict(self):
        told = accepted()
        with pytest.raises(Refusal, match="Penjelasan"):
            declare(named(told, told.first), told.first, has_conflict=True)

    def test_is_for_the_person_alone(self):
        told = accepted()
        row = named(told, told.first)
        named(told, told.second)
        with pytest.raises(Refusal, match="hanya dapat diisi"):
            declare(row, told.second)

    def test_is_out_of_reach_for_who_is_not_named(self):
        told = accepted()
        with pytest.raises(NotAllowed):
            declare(named(told, told.first), told.second)

    def test_of_a_validator_stands_apart(self):
        told = accepted()
        row = named(told, told.validator, "validator")
        details = {"on": today(), "at": now(), "has_conflict": False}
        assert actions.declare_as_validator(row, by=told.validator, **details).has_conflict is False


class TestReach:
    """Being named opens only that file, and only in its time."""

    def reached(self, user):
        return Accreditation.objects.reachable(user, "accreditation.score").count()

    def test_opens_nothing_before_and_after_the_time(self):
        told = accepted()
        row = named(told, told.first)
        assert (self.reached(told.first), self.reached(told.second)) == (1, 0)
        Assignment.objects.filter(pk=row.pk).update(since=today() + timedelta(days=1))
        assert self.reached(told.first) == 0
        Assignment.objects.filter(pk=row.pk).update(
            since=today() - timedelta(days=9), until=today() - timedelta(days=1)
        )
        assert self.reached(told.first) == 0

    def test_opens_nothing_once_it_is_ended(self):
        told = accepted()
        row = named(told, told.first)
        actions.end(row, by=told.secretary, on=today(), at=now(), words="berhalangan")
        assert self.reached(told.first) == 0


class TestBeginVisit:
    def test_needs_as_many_assessors_as_the_scheme_asks_for(self):
        told = accepted()
        declare(named(told, told.first), told.first)
        with pytest.raises(Refusal, match="Perlu 2 asesor, baru ada 1"):
            moved(told, actions.begin_visit, told.secretary)

    def test_waits_for_every_declaration_and_names_who_owes_it(self):
        told = accepted()
        declare(named(told, told.first), told.first)
        named(told, told.second)
        with pytest.raises(Refusal, match="Asesor Dua"):
            moved(told, actions.begin_visit, told.secretary)

    def test_begins(self):
        assert visiting().run.stage == "visit"


class TestNameAnew:
    def test_goes_back_with_a_reason(self):
        told = visiting()
        moved(told, actions.name_anew, told.secretary, words="konflik baru diketahui")
        assert told.run.stage == "assignment"

    def test_is_only_for_a_visit(self):
        told = assigned()
        with pytest.raises(Refusal):
            moved(told, actions.name_anew, told.secretary, words="keliru")
        assert fresh(told).stage == "assignment"
