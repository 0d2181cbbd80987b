import uuid

import pytest
from django.urls import reverse

from simpul.cases.models import Case, CaseMember, Conference, Task
from tests.cases.factories import a_case
from tests.cases.queries.test_team import joined
from tests.cases.views.test_around import sent, shown
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


def a_member(**typed):
    return {"once": uuid.uuid4(), **typed}


class TestTeam:
    def test_shows_profession_and_roles(self, client, case, caseworker, supervisor):
        joined(case, caseworker, supervisor, profession="nurse", roles=["broker"])
        page = shown(client, caseworker, "team", case.pk).content.decode()
        for words in ("manajer kasus", "Perawat", "Penghubung", "Keluarkan dari tim"):
            assert words in page

    @pytest.mark.parametrize(("role", "status"), [("stranger", 404), ("volunteer", 403), ("head", 200)])
    def test_opens_for_those_who_may(self, client, case, request, role, status):
        answer = shown(client, request.getfixturevalue(role), "team", case.pk)
        assert answer.status_code == status
        assert "Tambah anggota" not in answer.content.decode()


class TestRolesToGive:
    def test_are_those_of_the_model_that_nobody_holds(self, client, case, caseworker, supervisor):
        Case.objects.update(working_model="expanded_broker")
        joined(case, caseworker, supervisor, roles=["broker"])
        page = shown(client, caseworker, "team", case.pk).content.decode()
        assert "belum dipegang siapa pun: Pembela, Perencana</p>" in page

    def test_are_not_told_without_a_model(self, client, case, caseworker):
        assert "belum dipegang" not in shown(client, caseworker, "team", case.pk).content.decode()


class TestAdd:
    @pytest.mark.parametrize("field", ["colleague", "username", "called"])
    def test_lets_in_by_list_by_name_of_user_or_by_name(self, client, case, caseworker, supervisor, field):
        assert shown(client, caseworker, "member-add", case.pk).status_code == 200
        who = {"colleague": supervisor.pk, "username": supervisor.username, "called": "Pak Hamdan"}[field]
        answer = sent(client, caseworker, "member-add", case.pk, **a_member(**{field: who}))
        assert answer.status_code == 302
        member = CaseMember.objects.get(is_manager=False)
        assert (member.name, member.user) == ("Pak Hamdan", None if field == "called" else supervisor.pk)

    @pytest.mark.parametrize(
        ("typed", "words"),
        [({}, "Isi satu saja"), ({"username": "nobody"}, "Periksa ejaannya")],
        ids=["nobody", "unknown"],
    )
    def test_says_what_is_wrong(self, client, case, caseworker, typed, words):
        answer = sent(client, caseworker, "member-add", case.pk, **a_member(**typed))
        assert answer.status_code == 422
        assert words in answer.content.decode()


class TestChange:
    def test_saves_and_then_tells_who_was_slower(self, client, case, caseworker, supervisor):
        member = joined(case, caseworker, supervisor)
        keys = (case.pk, member.pk)
        first = sent(client, caseworker, "member-change", *keys, profession="nurse", seen="||")
        late = sent(client, caseworker, "member-change", *keys, profession="doctor", seen="||")
        assert (first.status_code, late.status_code) == (302, 422)
        assert "Perawat" in late.content.decode()
        assert 'name="seen" value="nurse||"' in late.content.decode()

    def test_knows_no_member_of_another_case(self, client, case, caseworker):
        other = CaseMember.objects.get(case=a_case(caseworker))
        assert shown(client, caseworker, "member-change", case.pk, other.pk).status_code == 404


class TestEnd:
    def test_lets_out(self, client, case, caseworker, supervisor):
        member = joined(case, caseworker, supervisor)
        sent(client, caseworker, "member-end", case.pk, member.pk)
        assert "Yang pernah dalam tim" in shown(client, caseworker, "team", case.pk).content.decode()

    def test_says_why_the_manager_stays(self, client, case, caseworker):
        sent(client, caseworker, "member-end", case.pk, CaseMember.objects.get().pk)
        assert "Serahkan dahulu kasusnya" in shown(client, caseworker, "team", case.pk).content.decode()


class TestConference:
    def typed(self, case, **changes):
        return {
            "once": uuid.uuid4(),
            "held_on_day": TODAY.day,
            "held_on_month": TODAY.month,
            "held_on_year": TODAY.year,
            "present": [str(CaseMember.objects.get(case=case, is_manager=True).pk)],
            "guest_0": "dr. Lina",
            "guest_profession_0": "doctor",
            "discussed": "Obat yang sering habis",
            "decided": "Obat diantar setiap bulan",
            **changes,
        }

    def test_keeps_minutes_and_shares_out_tasks(self, client, case, caseworker):
        typed = self.typed(case, task_0="Telepon puskesmas", task_worker_0=str(caseworker.pk))
        assert sent(client, caseworker, "conference", case.pk, **typed).status_code == 302
        assert Task.objects.get(kind="conference").words == "Telepon puskesmas"
        page = shown(client, caseworker, "conference", case.pk).content.decode()
        for words in ("dr. Lina, Dokter", "Obat diantar setiap bulan"):
            assert words in page

    def test_sent_twice_is_kept_once(self, client, case, caseworker):
        typed = self.typed(case)
        for _ in range(2):
            sent(client, caseworker, "conference", case.pk, **typed)
        assert Conference.objects.count() == 1

    @pytest.mark.parametrize(
        "changes", [{"decided": ""}, {"present": [], "guest_0": ""}, {"task_0": "Telepon"}],
        ids=["nothing decided", "nobody", "task of nobody"],
    )  # fmt: skip
    def test_shows_again_what_was_typed(self, client, case, caseworker, changes):
        answer = sent(client, caseworker, "conference", case.pk, **self.typed(case, **changes))
        assert answer.status_code == 422
        assert "Obat yang sering habis" in answer.content.decode()

    def test_tells_the_head_neither_who_met_nor_what_was_said(self, client, case, caseworker, head):
        sent(client, caseworker, "conference", case.pk, **self.typed(case))
        page = shown(client, head, "conference", case.pk).content.decode()
        assert "dr. Lina" not in page
        assert "Obat diantar" not in page


class TestCaseload:
    def test_leads_to_the_cases_of_each_worker(self, client, case, caseworker, supervisor):
        page = shown(client, supervisor, "caseload").content.decode()
        assert f"{reverse('cases:cases')}?petugas={caseworker.pk}" in page
        assert "belum dipilih: 1" in page

    @pytest.mark.parametrize(("role", "status"), [("caseworker", 403), ("head", 200), ("verifier", 200)])
    def test_opens_for_who_supervises(self, client, request, role, status):
        assert shown(client, request.getfixturevalue(role), "caseload").status_code == status
