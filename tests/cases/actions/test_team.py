import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from simpul.access.models import Grant
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.cases.actions.tasks import add_task
from simpul.cases.actions.team import (
    Decision,
    Minutes,
    Participant,
    add_member,
    change_member,
    end_member,
    hold_conference,
)
from simpul.cases.models import Case, CaseMember, Conference, Task
from simpul.cases.queries.team import mark_of
from simpul.people.queries import Limited
from simpul.screening.queries import ConsentNeeded
from tests.access import factories
from tests.cases.factories import a_case
from tests.people.factories import limited
from tests.screening.factories import TODAY, when, without_consent

pytestmark = pytest.mark.django_db
MINUTES = Minutes(
    held_on=TODAY,
    place="Balai desa",
    participants=(
        Participant("Rina Wulandari", "social_worker"),
        Participant("dr. Lina", "doctor", "Puskesmas"),
    ),
    discussed="Obat yang sering habis",
    decided="Obat diantar setiap bulan",
    client_view="Ibu Siti ingin obatnya diantar tetangga",
)


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


def joined(case, by, user=None, *, key=None, **details):
    who = {"user": user.pk} if user else {"called": "dr. Lina, Puskesmas Meral"}
    return add_member(case, by=by, key=key or uuid.uuid4(), **{**who, **details}, **when(70))


def sees(user, case):
    user.forget_grants()
    return Case.objects.reachable(user, "case.view").filter(pk=case.pk).exists()


class TestAddMember:
    def test_gives_somebody_of_another_body_sight_of_this_case_alone(self, case, caseworker, stranger):
        other = a_case(caseworker)
        member = joined(case, caseworker, stranger, profession="nurse", roles=["broker", "advocator"])
        assert (member.organisation, member.roles) == (factories.OTHER_ORGANISATION, ["advocator", "broker"])
        assert sees(stranger, case)
        assert not sees(stranger, other)

    def test_keeps_somebody_without_an_account_by_name(self, case, caseworker):
        member = joined(case, caseworker, profession="doctor")
        assert (member.user, member.name) == (None, "dr. Lina, Puskesmas Meral")

    def test_pressed_twice_lets_in_one(self, case, caseworker):
        key = uuid.uuid4()
        assert joined(case, caseworker, key=key) == joined(case, caseworker, key=key)
        assert CaseMember.objects.filter(case=case).count() == 2

    @pytest.mark.parametrize(
        "details",
        [
            {"profession": "wizard"},
            {"roles": ["king"]},
            {"until": TODAY - timedelta(days=1)},
            {"called": " "},
        ],
        ids=["profession", "role", "day that is over", "no name"],
    )
    def test_refuses_what_cannot_be(self, case, caseworker, details):
        with pytest.raises(Refusal):
            joined(case, caseworker, **details)

    def test_refuses_who_is_there_or_may_see_no_cases(self, case, caseworker, volunteer):
        with pytest.raises(Refusal, match="sudah ada"):
            joined(case, caseworker, caseworker)
        with pytest.raises(Refusal, match="belum berhak"):
            joined(case, caseworker, volunteer)

    @pytest.mark.parametrize("role", ["stranger", "head", "verifier"])
    def test_refuses_by_who_may_not(self, case, request, role):
        with pytest.raises(NotAllowed):
            joined(case, request.getfixturevalue(role))

    def test_refuses_while_the_data_may_only_be_read(self, case, caseworker, supervisor):
        limited(case.person, caseworker)
        with pytest.raises(Limited):
            add_member(case, by=caseworker, key=uuid.uuid4(), user=supervisor.pk, **when(70))


class TestSight:
    """Membership never gives sight for longer than it, or the right through which it came, stands."""

    def test_ends_with_the_membership_at_once(self, case, caseworker, stranger):
        end_member(joined(case, caseworker, stranger), by=caseworker, **when(80))
        assert not sees(stranger, case)

    def test_ends_with_the_last_day(self, case, caseworker, stranger):
        joined(case, caseworker, stranger, until=TODAY)
        CaseMember.objects.filter(user=stranger.pk).update(until=TODAY - timedelta(days=30))
        assert not sees(stranger, case)

    def test_ends_with_the_right_at_the_body_they_came_from(self, case, caseworker, stranger):
        joined(case, caseworker, stranger)
        factories.give(stranger, "caseworker", organisation=uuid.uuid4())
        Grant.objects.filter(user=stranger, organisation=factories.OTHER_ORGANISATION).update(
            withdrawn_at=timezone.now()
        )
        assert not sees(stranger, case)

    def test_ends_for_a_manager_who_left(self, case, caseworker):
        Grant.objects.filter(user=caseworker).update(withdrawn_at=timezone.now())
        assert not sees(caseworker, case)


class TestChangeMember:
    def changed(self, member, by, *, seen=None, profession="nurse", **details):
        seen = mark_of(member) if seen is None else seen
        return change_member(member, by=by, seen=seen, on=TODAY, profession=profession, roles=(), **details)

    def test_changes_what_was_seen(self, case, caseworker):
        assert self.changed(joined(case, caseworker), caseworker).profession == "nurse"

    def test_shows_both_values_to_who_was_slower(self, case, caseworker, supervisor):
        member = joined(case, caseworker)
        self.changed(member, caseworker)
        with pytest.raises(Clash, match=r"“Perawat”.*“Dokter”"):
            self.changed(member, supervisor, seen=mark_of(member), profession="doctor")
        assert CaseMember.objects.get(pk=member.pk).profession == "nurse"

    def test_sent_twice_changes_once(self, case, caseworker):
        member = joined(case, caseworker)
        for _ in range(2):
            self.changed(member, caseworker, seen=mark_of(member))
        assert CaseMember.objects.get(pk=member.pk).profession == "nurse"

    def test_gives_a_manager_no_last_day(self, case, caseworker):
        with pytest.raises(Refusal, match="tidak mempunyai tanggal akhir"):
            self.changed(CaseMember.objects.get(), caseworker, until=TODAY)


class TestEndMember:
    def test_hands_open_tasks_to_the_manager(self, case, caseworker, supervisor):
        member = joined(case, caseworker, supervisor)
        task = add_task(
            case, by=caseworker, key=uuid.uuid4(), words="Antar surat", due_on=TODAY, worker=supervisor.pk, **when(75)
        )  # fmt: skip
        end_member(member, by=caseworker, **when(80))
        assert Task.objects.get(pk=task.pk).worker == caseworker.pk

    def test_refuses_for_the_manager(self, case, caseworker):
        with pytest.raises(Refusal, match="Serahkan dahulu"):
            end_member(CaseMember.objects.get(), by=caseworker, **when(80))


class TestHoldConference:
    def held(self, case, by, *, key=None, **changes):
        minutes = replace(MINUTES, **changes)
        return hold_conference(case, by=by, key=key or uuid.uuid4(), minutes=minutes, **when(90))

    def test_keeps_participants_by_profession_and_words_sealed(self, case, caseworker):
        held = Conference.objects.get(pk=self.held(case, caseworker).pk)
        assert [one["profession"] for one in held.participants] == ["social_worker", "doctor"]
        assert held.decided == "Obat diantar setiap bulan"
        assert b"Obat" not in bytes(held.decided_sealed) + bytes(held.discussed_sealed)

    def test_makes_tasks_of_decisions(self, case, caseworker):
        due = TODAY + timedelta(days=3)
        held = self.held(
            case,
            caseworker,
            decisions=(Decision("Telepon", caseworker.pk, due), Decision("Surat", caseworker.pk)),
        )
        tasks = Task.objects.filter(kind="conference", about=held.pk).order_by("due_on")
        assert [(task.words, (task.due_on - TODAY).days) for task in tasks] == [("Telepon", 3), ("Surat", 14)]

    def test_pressed_twice_is_held_once(self, case, caseworker):
        key = uuid.uuid4()
        for _ in range(2):
            self.held(case, caseworker, key=key, decisions=(Decision("Surat", caseworker.pk),))
        assert (Conference.objects.count(), Task.objects.filter(kind="conference").count()) == (1, 1)

    @pytest.mark.parametrize(
        "changes",
        [
            {"participants": ()},
            {"decided": ""},
            {"held_on": TODAY + timedelta(days=1)},
            {"decisions": (Decision("Surat", uuid.UUID(int=7)),)},
        ],
        ids=["nobody", "nothing decided", "tomorrow", "task for a stranger"],
    )
    def test_refuses_what_cannot_be_and_writes_nothing(self, case, caseworker, changes):
        with pytest.raises(Refusal):
            self.held(case, caseworker, **changes)
        assert not Conference.objects.exists()

    def test_refuses_without_a_basis(self, case, caseworker):
        without_consent(case, caseworker)
        with pytest.raises(ConsentNeeded):
            self.held(Case.objects.get(pk=case.pk), caseworker)
