import uuid

import pytest

from simpul.cases.actions.around import About
from simpul.cases.actions.handover import propose
from simpul.cases.actions.plans import write_crisis_plan
from simpul.cases.actions.tasks import add_task
from simpul.cases.actions.team import add_member, end_member
from simpul.cases.models import Case, Handover
from tests.cases.actions.test_around import added
from tests.cases.contacts_factories import noted
from tests.cases.factories import SENTENCE, a_case
from tests.cases.plans import plan_of
from tests.cases.views.test_around import sent, shown
from tests.screening.factories import TODAY, when

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def case(caseworker):
    return a_case(caseworker)


def asked(case, by, to):
    return propose(case, by=by, key=uuid.uuid4(), to=to.pk, because="Pindah wilayah kerja", **when(70))


class TestHandover:
    def test_shows_first_what_a_new_worker_needs(self, client, case, caseworker, supervisor):
        added(case, caseworker, About(name="Bibi Rohani", relation="bibi", is_guardian=True))
        add_task(case, by=caseworker, key=uuid.uuid4(), words="Antar surat", due_on=TODAY, **when(65))
        page = shown(client, supervisor, "handover", case.pk).content.decode()
        for words in (SENTENCE, "Antar surat", "Bibi Rohani", "Belum ada kontak"):
            assert words in page

    def test_tells_of_a_note_that_was_put_right_only_what_is_right(
        self, client, case, caseworker, supervisor
    ):
        wrong = noted(case, caseworker, words="Ia pindah ke Tanjung Balai.")
        noted(case, caseworker, words="Ia pindah ke Meral.", corrects=wrong, after=71)
        page = shown(client, supervisor, "handover", case.pk).content.decode()
        assert ("pindah ke Meral" in page, "Tanjung Balai" in page) == (True, False)

    def test_shows_what_cannot_wait_and_what_the_client_wishes(self, client, case, caseworker, supervisor):
        case.risk, case.wishes = "Diancam tetangga", "Jangan telepon anak saya"
        case.save()
        plan = plan_of(case, caseworker)
        write_crisis_plan(plan, by=caseworker, version=1, words="Menelepon Bu RT", **when(110))
        for name in ("handover", "overview"):
            page = shown(client, supervisor, name, case.pk).content.decode()
            for words in ("Diancam tetangga", "Menelepon Bu RT", "Jangan telepon anak saya"):
                assert words in page, name

    def test_keeps_the_content_from_the_head(self, client, case, head):
        case.risk = "Diancam tetangga"
        case.save()
        for name in ("handover", "overview"):
            page = shown(client, head, name, case.pk).content.decode()
            assert (SENTENCE in page, "Diancam" in page) == (False, False), name
        assert "Minta rekan" not in page

    def test_tells_who_worked_with_the_client_before_and_how_much_each_colleague_has(
        self, client, case, caseworker, supervisor
    ):
        key = uuid.uuid4()
        member = add_member(case, by=caseworker, key=key, user=None, called="dr. Lina", **when(70))
        end_member(member, by=caseworker, **when(75))
        page = shown(client, caseworker, "handover", case.pk).content.decode()
        assert "Yang pernah mendampingi" in page
        assert "dr. Lina" in page
        assert "Pak Hamdan (belum ada kasus)" in page

    def test_asks_a_colleague(self, client, case, caseworker, supervisor):
        typed = {
            "once": uuid.uuid4(),
            "kind": "handover",
            "to": supervisor.pk,
            "because": "Pindah wilayah kerja",
        }
        for _ in range(2):
            assert sent(client, caseworker, "handover", case.pk, **typed).status_code == 302
        assert Handover.objects.get().to_user == supervisor.pk

    def test_wants_the_days_of_a_leave(self, client, case, caseworker, supervisor):
        typed = {"once": uuid.uuid4(), "kind": "cover", "to": supervisor.pk, "because": "Cuti tahunan"}
        answer = sent(client, caseworker, "handover", case.pk, **typed)
        assert answer.status_code == 422
        assert "Cuti tahunan" in answer.content.decode()

    @pytest.mark.parametrize(("role", "status"), [("stranger", 404), ("volunteer", 403)])
    def test_opens_for_those_who_may(self, client, case, request, role, status):
        assert shown(client, request.getfixturevalue(role), "handover", case.pk).status_code == status


class TestAnswer:
    def test_offers_the_answer_to_the_asked_alone(self, client, case, caseworker, supervisor):
        asked(case, caseworker, supervisor)
        assert 'name="accept"' in shown(client, supervisor, "handover", case.pk).content.decode()
        page = shown(client, caseworker, "handover", case.pk).content.decode()
        assert 'name="accept"' not in page
        assert "Tarik permintaan ini" in page

    def test_makes_the_asked_manager(self, client, case, caseworker, supervisor):
        sent(
            client, supervisor, "handover-answer", case.pk, asked(case, caseworker, supervisor).pk, accept="1"
        )
        assert Case.objects.get(pk=case.pk).worker_name == "Pak Hamdan"

    def test_refuses_anybody_else(self, client, case, caseworker, supervisor):
        handover = asked(case, caseworker, supervisor)
        answer = sent(client, caseworker, "handover-answer", case.pk, handover.pk, accept="1")
        assert answer.status_code == 422
        assert "Hanya Pak Hamdan" in answer.content.decode()
        assert Case.objects.get(pk=case.pk).worker == caseworker.pk

    @pytest.mark.parametrize(
        ("because", "status", "state"),
        [("Terlalu banyak kasus", 302, "declined"), ("", 422, "proposed")],
        ids=["with a reason", "without"],
    )
    def test_declines_with_a_reason(self, client, case, caseworker, supervisor, because, status, state):
        handover = asked(case, caseworker, supervisor)
        keys = (case.pk, handover.pk)
        answer = sent(client, supervisor, "handover-answer", *keys, decline="1", because=because)
        assert (answer.status_code, Handover.objects.get().state) == (status, state)


class TestWithdraw:
    def test_takes_it_back(self, client, case, caseworker, supervisor):
        sent(client, caseworker, "handover-withdraw", case.pk, asked(case, caseworker, supervisor).pk)
        assert Handover.objects.get().state == "withdrawn"
        assert "Ditarik kembali" in shown(client, caseworker, "handover", case.pk).content.decode()
